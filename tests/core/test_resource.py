"""Resources are found in every form the program is shipped in, and a bad one is named."""

from pathlib import Path

import pytest

from wizard.core import resource as module
from wizard.core.resource import ResourceError, load_toml, resource


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package folder with data inside (as in a wheel) and beside it (as in a source tree)."""
    inside, beside = tmp_path / "wizard" / "resources", tmp_path / "resources"
    for folder in (inside, beside):
        folder.mkdir(parents=True)
    monkeypatch.setattr(module, "_ROOTS", (inside, beside))
    load_toml.cache_clear()
    return tmp_path


def test_source_tree_has_its_resources_beside_the_package() -> None:
    assert resource("locale") == Path(__file__).parents[2] / "resources" / "locale"


def test_data_inside_the_package_wins_over_a_folder_beside_it(shipped: Path) -> None:
    for folder in ("wizard/resources", "resources"):
        (shipped / folder / "a.toml").write_text("")
    assert resource("a.toml") == shipped / "wizard" / "resources" / "a.toml"


def test_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/no-such-icon\.svg"):
        resource("icons/no-such-icon.svg")


@pytest.mark.parametrize("name", ["../pyproject.toml", "locale/../../pyproject.toml", "/etc/hostname"])
def test_name_does_not_leave_the_data_folder(name: str) -> None:
    with pytest.raises(FileNotFoundError):
        resource(name)


def test_toml_is_read_once(shipped: Path) -> None:
    path = shipped / "resources" / "sites.toml"
    path.write_text('checked = 2026-01-31\n[page]\ntitle = "Page — settings"\n', encoding="utf-8")
    first = load_toml("sites.toml")
    path.unlink()
    assert first["page"] == {"title": "Page — settings"}
    assert load_toml("sites.toml") is first


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'title = "never closed\n', "line 1"),
        (b"a = 1\nb = 2\na = 3\n", "line 3"),
        (b'title = "caf\xe9"\n', "byte 12"),
    ],
)
def test_bad_toml_names_file_and_place(shipped: Path, content: bytes, place: str) -> None:
    (shipped / "resources" / "broken.toml").write_bytes(content)
    with pytest.raises(ResourceError) as caught:
        load_toml("broken.toml")
    assert caught.value.name == "broken.toml"
    assert place in caught.value.place
    assert "broken.toml" in str(caught.value)


def test_missing_toml_is_a_resource_error_with_its_name(shipped: Path) -> None:
    with pytest.raises(ResourceError, match=r"errors\.toml: file not found"):
        load_toml("errors.toml")


def test_a_folder_in_place_of_a_file_is_a_resource_error(shipped: Path) -> None:
    (shipped / "resources" / "folder.toml").mkdir()
    with pytest.raises(ResourceError, match=r"folder\.toml"):
        load_toml("folder.toml")
