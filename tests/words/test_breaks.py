"""Lines are not broken where only half of a thing would stand on each."""

import pytest

from wizard.i18n.breaks import unbroken


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("معرّف التطبيق (App ID) هنا", "معرّف التطبيق (App~ID) هنا"),
        ("Kennung (App ID), Geheimnis (App Secret)", "Kennung (App~ID), Geheimnis (App~Secret)"),
        ("“Generate Access Token” (Zugriffstoken erzeugen)", "“Generate Access Token” (Zugriffstoken erzeugen)"),
        ("صندوق لـ Messenger", "صندوق لـ~Messenger"),
        ("f(a) b (c) d", "f(a) b (c) d"),
        ("nothing", "nothing"),
    ],
)
def test_short_terms_in_brackets_and_what_leads_to_a_name_stay_on_one_line(text: str, shown: str) -> None:
    assert unbroken(text) == shown.replace("~", "\u00a0")
