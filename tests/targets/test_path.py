import pytest

from wizard.core.target import TargetError, TargetProblem
from wizard.targets.path import names_in


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("app_id", ("app_id",)),
        ("facebook.app_id", ("facebook", "app_id")),
        ("v1~12.app~0id", ("v1.2", "app~id")),
        ("~01", ("~1",)),
        ("pages.0.id", ("pages", "0", "id")),
        ("größe.app id", ("größe", "app id")),
    ],
)
def test_a_path_names_what_it_leads_through(key: str, names: tuple[str, ...]) -> None:
    assert names_in(key) == names


@pytest.mark.parametrize(
    "key", [".", "a.", ".a", "a..b", " a", "a ", "a\nb", "a\0", "~", "a~2", "x" * 201, "a." * 20 + "a"]
)
def test_what_is_no_path_is_refused(key: str) -> None:
    with pytest.raises(TargetError) as raised:
        names_in(key)
    assert raised.value.problem is TargetProblem.BAD_KEY_PATH
