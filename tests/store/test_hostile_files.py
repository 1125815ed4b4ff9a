"""What lies in the program's own folders may be anything: nothing waits for it, nothing is read without an end."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.program import Program
from wizard.core.facts import App, Control
from wizard.core.pending import PendingTest, TrialPart
from wizard.core.target import TargetChoice
from wizard.store.journal import FileJournal
from wizard.store.log import log_event, start_log, stop_log
from wizard.store.progress import ResumeFile
from wizard.store.undo_notes import UndoNote, UndoNotes
from wizard.targets.presets import load_presets
from wizard.targets.unfinished import Unfinished

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices that have a name in a folder")
NOTE = UndoNote(TargetChoice("dotenv", "/srv/bot/.env", "APP_ID"), "538127490663815", "/srv/bot/.env", 1_790_000_000.0)
HUGE = 3_000_000_000  # bytes, all of them holes


def pipe(path: Path) -> None:
    os.mkfifo(path)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(HUGE)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def deep(path: Path) -> None:
    path.write_bytes(b'{"version": 1, "x": ' + b"[" * 90_000)  # where it is no mistake of form


def folder(path: Path) -> None:
    path.mkdir()


def broken_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


ODD = [pipe, huge, endless, deep, folder, broken_link]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


@pytest.fixture(params=ODD, ids=lambda make: make.__name__)
def odd(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    make: Callable[[Path], None] = request.param
    return make


def entry(**changed: object) -> PendingTest:
    app = App("914602738451926", "Desk")
    test = PendingTest(
        *("id", "https://graph.facebook.com", "107836259148302", "Lumen Coffee", "7194026385510274", app.id),
        *(app, app, TrialPart.FACEBOOK_ALLOWS, Control.APP, app.id, 1_795_000_000.0),
    )
    return msgspec.convert(msgspec.to_builtins(test) | changed, PendingTest)


def test_an_odd_entry_hides_no_other(tmp_path: Path, odd: Callable[[Path], None]) -> None:
    good = entry()
    (tmp_path / "good.json").write_bytes(msgspec.json.encode({"version": 1, "test": good}))
    odd(tmp_path / "a.json")
    journal = FileJournal(tmp_path)
    assert list(journal.entries()) == [good]
    assert [path.name for path in journal.damaged()] == ([] if odd is broken_link else ["a.json"])


def test_an_odd_preset_hides_no_other_and_is_named(tmp_path: Path, odd: Callable[[Path], None]) -> None:
    odd(tmp_path / "a.toml")
    found = load_presets([tmp_path])
    assert found.by_name.keys() == load_presets().by_name.keys()
    assert [problem.file.name for problem in found.problems] == ["a.toml"]
    assert found.problems[0].place


def test_a_preset_that_keeps_the_reader_busy_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("a" + ".a" * 20_000 + "=1")
    (tmp_path / "b.toml").write_text("a=1\n" * 100_000)
    found = load_presets([tmp_path])
    assert ["longer than" in found.problems[0].place, "larger than" in found.problems[1].place] == [True, True]


def test_an_odd_note_of_a_write_is_passed_over(tmp_path: Path, odd: Callable[[Path], None]) -> None:
    odd(tmp_path / "0123456789abcdef.json")
    assert list(UndoNotes(tmp_path).all()) == []


def test_a_note_under_the_name_of_another_write_is_passed_over(tmp_path: Path) -> None:
    """Else what is undone would not be what the list shows, and dropping the one would leave the other."""
    notes = UndoNotes(tmp_path)
    notes.keep(NOTE)
    (kept,) = tmp_path.iterdir()
    notes.keep(replace(NOTE, where="/srv/other/.env"))
    (other,) = set(tmp_path.iterdir()) - {kept}
    other.write_bytes(kept.read_bytes())
    assert list(notes.all()) == [NOTE]
    assert notes.of(NOTE.choice, "/srv/other/.env") is None


def test_notes_of_a_clock_that_was_ahead_take_no_new_one_away(tmp_path: Path) -> None:
    notes = UndoNotes(tmp_path)
    for number in range(30):
        notes.keep(replace(NOTE, where=f"/srv/{number}", at=4_000_000_000.0 + number))
    notes.keep(NOTE)
    assert notes.of(NOTE.choice, NOTE.where) == NOTE
    assert len(notes.all()) == 20


def test_an_odd_note_of_unfinished_writing_stops_nothing(tmp_path: Path, odd: Callable[[Path], None]) -> None:
    odd(tmp_path / "0123456789ab.writing")
    Unfinished(tmp_path).clear()


def test_a_note_of_unfinished_writing_that_is_not_of_its_file_removes_nothing(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    mine, left = tmp_path / "mine", tmp_path / ".mine.01234567.tmp"
    left.write_text("mine")
    note = tmp_path / "state" / "0123456789ab.writing"
    note.write_text(json.dumps(str(mine)))
    Unfinished(tmp_path / "state").clear()
    assert left.exists()
    assert not note.exists()


def test_odd_progress_of_a_check_is_none(tmp_path: Path, odd: Callable[[Path], None]) -> None:
    progress = ResumeFile(tmp_path, "run")
    odd(progress._path)
    assert list(progress.pages()) == []


def test_a_log_that_is_a_pipe_holds_nothing_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "events.log")
    start_log(tmp_path)
    try:
        log_event(event="started")
    finally:
        stop_log()


def test_a_log_that_is_a_link_changes_no_file_of_the_person(tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "events.log").symlink_to(mine)
    start_log(tmp_path / "logs")
    try:
        log_event(event="started")
    finally:
        stop_log()
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("moment", [1e12, 1e300, -1e300, 0, -1])
@pytest.mark.parametrize("name", ["opened_at", "passed_at", "told_at"])
def test_an_entry_of_an_odd_moment_is_listed(program: Program, world: PracticeWorld, name: str, moment: float) -> None:
    program.environment()
    tests = program.home / "state" / "handover-wizard-practice" / "open-tests"
    tests.mkdir(parents=True)
    for number, more in enumerate(({name: moment}, {})):
        kept = entry(graph=world.graph_url, id=str(number), **more)
        (tests / f"{number}.json").write_bytes(msgspec.json.encode({"version": 1, "test": kept}))
    ended = program.run("recover", "--list", "--practice-at", world.control_url, "--token-env", "T", T=world.token())
    assert ended.said.count("Lumen Coffee") >= 2


@pytest.mark.slow
def test_a_home_full_of_odd_files_stops_no_command(program: Program, odd: Callable[[Path], None]) -> None:
    program.environment()
    for name in ("config/handover-wizard", "state/handover-wizard"):
        (program.home / name).mkdir(parents=True, exist_ok=True)
    for name in ("open-tests", "undo", "backups", "setups", "presets", "catalogues", "checks"):
        for above in ("config", "state"):
            kept = program.home / above / "handover-wizard" / name
            kept.mkdir(exist_ok=True)
            for ending in (".json", ".toml", ".handover.json", ".writing", ".jsonl"):
                odd(kept / f"0123456789ab{ending}")
    for name in ("answers.json", "remembered.json", "settings.json"):
        odd(program.home / "config" / "handover-wizard" / name)
    for command in (
        ("recover", "--list"),
        ("targets",),
        ("targets", "undo", "--yes"),
        ("catalogues",),
        ("explain", "190"),
    ):
        ended = program.run(*command, timeout=30)
        assert ended.code in (0, 1, 2, 3), command


def test_a_saved_file_that_is_too_large_is_not_read_whole(tmp_path: Path) -> None:
    huge(tmp_path / "x.json")
    read = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))\n"
        "from pathlib import Path\n"
        "from wizard.store.journal import FileJournal\n"
        "print(len(FileJournal(Path(sys.argv[1])).damaged()))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", read, str(tmp_path)], capture_output=True, text=True, timeout=30, check=False
    )
    assert (run.stdout, run.returncode) == ("1\n", 0)
