"""Which Page is meant by what a person types."""

import pytest

from wizard.core.page_address import page_id_in


@pytest.mark.parametrize(
    ("typed", "page_id"),
    [
        ("107836259148302", "107836259148302"),
        (" https://www.facebook.com/lumencoffee/ ", "lumencoffee"),
        ("facebook.com/lumen.coffee?ref=1", "lumen.coffee"),
        ("https://www.facebook.com/profile.php?id=107836259148302", "107836259148302"),
        ("https://www.facebook.com/pages/Lumen-Coffee/107836259148302", "107836259148302"),
        ("https://www.facebook.com/p/Lumen-Coffee-107836259148302/", "107836259148302"),
        ("https://m.me/lumencoffee", "lumencoffee"),
        ("@lumencoffee", "lumencoffee"),
        ("my page", ""),
        ("https://[", ""),
        ("https://www.facebook.com\u2100/lumencoffee", ""),
        ("", ""),
    ],
)
def test_a_page_is_known_by_its_id_or_by_its_address(typed: str, page_id: str) -> None:
    assert page_id_in(typed) == page_id
