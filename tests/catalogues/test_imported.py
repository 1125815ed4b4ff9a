"""The folder of what was imported: the newer one wins, what is broken is named, and what ships serves in its place."""

import calendar
from datetime import date, timedelta
from pathlib import Path

import pytest

from wizard.catalogues.imported import CatalogueFolder, Taken, shipped_text
from wizard.core.catalogues import CatalogueError, CatalogueKind, CatalogueProblem, shipped_on
from wizard.core.resource import resource
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.store.places import Places
from wizard.targets.presets import Preset

BUILT_IN = shipped_on(CatalogueKind.UI_PATHS)
NEWER = BUILT_IN + timedelta(days=10)
NOW = calendar.timegm((BUILT_IN + timedelta(days=30)).timetuple())
PRESET = resource("presets/example/our-bot.toml").read_text(encoding="utf-8")


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setattr(Places, "config", property(lambda _self: tmp_path / "config"))
    return Places("test")


@pytest.fixture
def folder(places: Places) -> CatalogueFolder:
    return CatalogueFolder(places)


def sent(tmp_path: Path, day: date = NEWER, kind: CatalogueKind = CatalogueKind.UI_PATHS, name: str = "sent") -> Path:
    path = tmp_path / f"{name}.catalogue.toml"
    path.write_text(shipped_text(kind, day), encoding="utf-8")
    return path


def put(folder: CatalogueFolder, content: bytes, kind: CatalogueKind = CatalogueKind.UI_PATHS) -> Path:
    """As if it had been imported earlier and changed since."""
    path = folder.path(kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def refused(folder: CatalogueFolder, file: Path) -> CatalogueError:
    with pytest.raises(CatalogueError) as caught:
        folder.take(file, NOW)
    return caught.value


def test_without_an_import_there_is_nothing_and_no_folder_is_made(folder: CatalogueFolder, places: Places) -> None:
    assert folder.find().is_empty
    assert folder.unused() == ()
    assert not places.config.exists()


def test_a_newer_file_is_kept_as_it_came_and_is_in_use(folder: CatalogueFolder, tmp_path: Path) -> None:
    file = sent(tmp_path)
    assert isinstance(folder.take(file, NOW), Taken)
    assert folder.path(CatalogueKind.UI_PATHS).read_bytes() == file.read_bytes()
    file.unlink()
    found = folder.find()
    assert [(one.kind, one.date) for one in found.in_use] == [(CatalogueKind.UI_PATHS, NEWER)]
    assert (found.outdated, found.problems) == ((), ())


def test_both_kinds_lie_beside_each_other(folder: CatalogueFolder, tmp_path: Path) -> None:
    for kind in CatalogueKind:
        folder.take(sent(tmp_path, kind=kind), NOW)
    assert [one.kind for one in folder.find().in_use] == list(CatalogueKind)


@pytest.mark.parametrize("days", [0, -1])
def test_a_file_that_is_not_newer_than_what_ships_is_refused(
    folder: CatalogueFolder, tmp_path: Path, days: int
) -> None:
    error = refused(folder, sent(tmp_path, BUILT_IN + timedelta(days=days)))
    assert (error.problem, error.than) == (CatalogueProblem.NOT_NEWER, BUILT_IN)
    assert folder.find().is_empty


def test_a_file_older_than_the_one_imported_before_is_refused_and_one_of_its_day_taken(
    folder: CatalogueFolder, tmp_path: Path
) -> None:
    folder.take(sent(tmp_path), NOW)
    error = refused(folder, sent(tmp_path, NEWER - timedelta(days=1)))
    assert (error.problem, error.than) == (CatalogueProblem.NOT_NEWER, NEWER)
    corrected = sent(tmp_path)
    corrected.write_text(corrected.read_text("utf-8").replace("Save.", "Save it."), encoding="utf-8")
    folder.take(corrected, NOW)
    assert "Save it." in folder.path(CatalogueKind.UI_PATHS).read_text("utf-8")
    folder.take(corrected, NOW)


def test_a_date_far_ahead_would_win_for_ever_and_is_refused(folder: CatalogueFolder, tmp_path: Path) -> None:
    error = refused(folder, sent(tmp_path, date(2099, 1, 1)))
    assert (error.problem, error.day) == (CatalogueProblem.TO_COME, date(2099, 1, 1))
    today = BUILT_IN + timedelta(days=30)
    folder.take(sent(tmp_path, today + timedelta(days=1)), NOW)  # it is tomorrow somewhere


@pytest.mark.parametrize("days", [0, 5])
def test_after_an_update_of_the_program_the_newer_one_wins_again(
    folder: CatalogueFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    folder.take(sent(tmp_path), NOW)
    monkeypatch.setattr("wizard.catalogues.imported.shipped_on", lambda _kind: NEWER + timedelta(days=days))
    found = folder.find()
    assert found.in_use == ()
    assert [one.date for one in found.outdated] == [NEWER]
    assert found.problems == ()


BROKEN = [
    (b"", CatalogueProblem.MISTAKE),
    (shipped_text(CatalogueKind.UI_PATHS, NEWER).encode()[:700], CatalogueProblem.TRUNCATED),
    (b"\xff\xfe\x00", CatalogueProblem.NOT_TEXT),
    (b"kind = 'ui-paths'\nversion = 2\n", CatalogueProblem.NEWER),
    (b"#" * 300_000, CatalogueProblem.TOO_LARGE),
    (shipped_text(CatalogueKind.ERRORS, NEWER).encode(), CatalogueProblem.MISTAKE),  # under the name of the other
    (PRESET.encode(), CatalogueProblem.MISTAKE),
]


@pytest.mark.parametrize(("content", "problem"), BROKEN)
def test_what_broke_since_it_was_imported_is_named_and_the_other_kind_is_in_use(
    folder: CatalogueFolder, tmp_path: Path, content: bytes, problem: CatalogueProblem
) -> None:
    folder.take(sent(tmp_path, kind=CatalogueKind.ERRORS), NOW)
    path = put(folder, content)
    found = folder.find()
    assert [one.kind for one in found.in_use] == [CatalogueKind.ERRORS]
    (error,) = found.problems
    assert isinstance(error, CatalogueError)
    assert (error.problem, error.path) == (problem, path)


def test_a_file_takes_the_place_of_a_broken_one(folder: CatalogueFolder, tmp_path: Path) -> None:
    put(folder, b"\xff")
    folder.take(sent(tmp_path), NOW)
    assert [one.date for one in folder.find().in_use] == [NEWER]


def test_a_folder_in_its_place_and_one_that_may_not_be_read_are_named(
    folder: CatalogueFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.path(CatalogueKind.UI_PATHS).mkdir(parents=True)
    put(folder, b"x", CatalogueKind.ERRORS)

    def refuse(_path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read everything
    problems = folder.find().problems
    assert [error.problem for error in problems] == [SavedFileProblem.NO_FILE, SavedFileProblem.NO_PERMISSION]


def test_a_refused_file_changes_nothing(folder: CatalogueFolder, tmp_path: Path) -> None:
    folder.take(sent(tmp_path), NOW)
    before = folder.path(CatalogueKind.UI_PATHS).read_bytes()
    bad = sent(tmp_path, NEWER + timedelta(days=1))
    bad.write_bytes(bad.read_bytes()[:900])
    refused(folder, bad)
    with pytest.raises(SavedFileError):
        folder.take(tmp_path, NOW)
    assert folder.path(CatalogueKind.UI_PATHS).read_bytes() == before


def test_a_second_file_of_one_kind_is_not_looked_at_and_said(folder: CatalogueFolder, tmp_path: Path) -> None:
    folder.take(sent(tmp_path), NOW)
    second = folder.path(CatalogueKind.UI_PATHS).with_name("facebook-2030.toml")
    second.write_text(shipped_text(CatalogueKind.UI_PATHS, date(2030, 1, 1)), encoding="utf-8")
    assert [one.date for one in folder.find().in_use] == [NEWER]
    assert [(error.problem, error.path) for error in folder.unused()] == [(CatalogueProblem.UNUSED, second)]
    assert folder.remove("facebook-2030.toml") == second
    assert folder.unused() == ()


def test_a_folder_that_cannot_be_made_is_an_error_of_the_system(
    folder: CatalogueFolder, places: Places, tmp_path: Path
) -> None:
    places.config.write_text("a file where a folder belongs")
    assert folder.find().is_empty
    with pytest.raises(OSError, match="config"):
        folder.take(sent(tmp_path), NOW)


def test_a_preset_is_put_among_the_presets(folder: CatalogueFolder, places: Places, tmp_path: Path) -> None:
    file = tmp_path / "from the makers.toml"
    file.write_text(PRESET, encoding="utf-8")
    taken = folder.take(file, NOW)
    assert isinstance(taken.what, Preset)
    assert taken.before is None
    assert (places.presets / "our-bot.toml").read_text("utf-8") == PRESET
    assert "our-bot" in folder.presets().by_name
    assert folder.find().is_empty


def test_a_preset_replaces_the_one_of_its_name_under_whatever_file_and_keeps_it(
    folder: CatalogueFolder, places: Places, tmp_path: Path
) -> None:
    places.presets.mkdir(parents=True)
    own = places.presets / "zz.toml"
    own.write_text(PRESET.replace("Our own bot", "Mine"), encoding="utf-8")
    file = tmp_path / "sent.toml"
    file.write_text(PRESET, encoding="utf-8")
    taken = folder.take(file, NOW)
    assert folder.presets().by_name["our-bot"].product == "Our own bot"
    assert taken.before is not None
    assert "Mine" in taken.before.read_text("utf-8")
    assert not folder.presets().problems
    assert folder.take(file, NOW).before is None, "the same once more"


def test_what_was_imported_is_removed_by_name_and_nothing_else_is(
    folder: CatalogueFolder, places: Places, tmp_path: Path
) -> None:
    file = tmp_path / "sent.toml"
    file.write_text(PRESET, encoding="utf-8")
    folder.take(file, NOW)
    folder.take(sent(tmp_path), NOW)
    for name in ("errors", "flow-ai", "", "../../sent.toml", str(file), "presets", "."):
        assert folder.remove(name) is None, name
    assert file.exists()
    assert folder.remove("our-bot") == places.presets / "our-bot.toml"
    assert folder.remove("ui-paths") == folder.path(CatalogueKind.UI_PATHS)
    assert folder.find().is_empty
    assert "our-bot" not in folder.presets().by_name


def test_what_is_broken_can_be_removed_too(folder: CatalogueFolder, places: Places) -> None:
    put(folder, b"\xff")
    places.presets.mkdir(parents=True)
    (places.presets / "bad.toml").write_bytes(b"\xff")
    assert folder.remove("ui-paths") is not None
    assert folder.remove("bad.toml") is not None
    assert folder.find().is_empty
    assert not folder.presets().problems


def test_the_text_to_start_from_is_what_is_in_use(folder: CatalogueFolder, tmp_path: Path) -> None:
    assert folder.text("ui-paths") == shipped_text(CatalogueKind.UI_PATHS)
    assert folder.text("flow-ai") == resource("presets/flow-ai.toml").read_text("utf-8")
    file = sent(tmp_path)
    folder.take(file, NOW)
    assert folder.text("ui-paths") == file.read_text("utf-8")
    for name in ("nothing", "../ui_paths", ""):
        assert folder.text(name) is None
