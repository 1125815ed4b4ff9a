import pytest

from tests.targets.properties import NEW
from wizard.core.target import TargetError, TargetProblem
from wizard.targets.ini_file import Ini
from wizard.targets.json_file import Json
from wizard.targets.path import names_in
from wizard.targets.splice import Format, splice
from wizard.targets.toml_file import Toml
from wizard.targets.yaml_file import Yaml


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


@pytest.mark.parametrize("form", [Yaml(), Toml(), Json(), Ini()])
def test_no_key_at_all_is_asked_for(form: Format) -> None:
    with pytest.raises(TargetError) as raised:
        form.check_key("")
    assert raised.value.problem is TargetProblem.NO_KEY


@pytest.mark.parametrize("form", [Yaml(), Toml(), Json(), Ini()])
@pytest.mark.parametrize("name", ["page_token", "app-secret", "api-key", "db_password"])
def test_a_key_that_is_for_a_secret_never_gets_an_app_id(form: Format, name: str) -> None:
    with pytest.raises(TargetError) as raised:
        splice("", f"facebook.{name}", NEW, form)
    assert raised.value.problem is TargetProblem.LOOKS_SECRET
