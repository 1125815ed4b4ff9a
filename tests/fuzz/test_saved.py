"""Whatever is in a file that the program reads, it is read or refused with a reason; what is saved is read again."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.examples import ANSWERS, ENTRY
from tests.store.test_facts_file import page
from wizard.catalogues.imported import shipped_text
from wizard.catalogues.readers import read
from wizard.checks.page import evaluate
from wizard.core.catalogues import CatalogueError, CatalogueKind
from wizard.core.checked import CheckReport
from wizard.core.pending import PendingTest
from wizard.core.resource import resource
from wizard.core.saved_file import SavedFileError
from wizard.core.target import TargetChoice
from wizard.report.earlier import EarlierReportError, read_earlier
from wizard.report.render import FORMATS, render
from wizard.store.answers import AnswersFile
from wizard.store.facts_file import load_facts, save_facts
from wizard.store.journal import FileJournal
from wizard.store.setups import SetupFolder, answers_of, load_setup, save_setup, setup_of
from wizard.store.tokens import RememberedToken, RememberedTokens
from wizard.store.undo_notes import UndoNote, UndoNotes
from wizard.targets.presets import load_presets
from wizard.targets.unfinished import Unfinished
from wizard.words.moments import clock_time

CHOICE = TargetChoice("dotenv", "/srv/bot/.env", "HANDOVER_APP_ID")
NOTE = UndoNote(CHOICE, "263902037430900", "/srv/bot/.env", 1_790_000_000.0, "/srv/bot/.env", "/b/1.backup", "ab" * 32)


def _setup(folder: Path) -> Path:
    setup = setup_of(ANSWERS, 1_790_000_000.0)
    assert setup is not None
    return SetupFolder(folder).save(setup)


def _facts(folder: Path) -> Path:
    save_facts(folder / "a.facts.json", page(named=True), include_personal_data=True)
    return folder / "a.facts.json"


def _entry(folder: Path) -> Path:
    FileJournal(folder).write(ENTRY)
    return folder / f"{ENTRY.id}.json"


def _note(folder: Path) -> Path:
    UndoNotes(folder).keep(NOTE)
    return next(folder.glob("*.json"))


def _answers(folder: Path) -> Path:
    AnswersFile(folder / "answers.json").save(ANSWERS)
    return folder / "answers.json"


def _tokens(folder: Path) -> Path:
    RememberedTokens(folder / "remembered.json").add(RememberedToken("n", "https://graph.facebook.com", "1"))
    return folder / "remembered.json"


def _report(folder: Path) -> Path:
    report = CheckReport((page(),), 1_790_000_000.0, "1")
    (folder / "report.json").write_text(render(report, next(form for form in FORMATS if form.id == "json")))
    return folder / "report.json"


def _text(name: str, text: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / name).write_text(text, encoding="utf-8")
        return folder / name

    return write


def _read_facts(path: Path) -> None:
    saved = load_facts(path)
    judged = evaluate(saved.answers, saved.facts, saved.at)
    for form in FORMATS:
        assert render(CheckReport((judged,), saved.at, "1"), form)


def _read_entries(path: Path) -> None:
    journal = FileJournal(path.parent)
    assert len(journal.entries()) + len(journal.damaged()) + len(journal.newer()) == 1
    assert all(clock_time(entry.opened_at) for entry in journal.entries())


def _read_note(path: Path) -> None:
    for note in UndoNotes(path.parent).all():
        assert clock_time(note.at)
        assert UndoNotes(path.parent).of(note.choice, note.where) == note


# What is saved, and what reads it.
FILES: dict[str, tuple[Callable[[Path], Path], Callable[[Path], object]]] = {
    "set-up": (_setup, lambda path: setup_of(answers_of(load_setup(path)), 1.0)),
    "facts": (_facts, _read_facts),
    "open test": (_entry, _read_entries),
    "undo note": (_note, _read_note),
    "answers": (_answers, lambda path: AnswersFile(path).load()),
    "list of tokens": (_tokens, lambda path: RememberedTokens(path).all()),
    "earlier report": (_report, read_earlier),
    "note of a write": (_text("0123456789ab.writing", '"/srv/bot/.env"'), lambda path: Unfinished(path.parent).clear()),
    "preset": (
        _text("own.toml", (resource("presets") / "rasa.toml").read_text(encoding="utf-8")),
        lambda path: load_presets([path.parent]),
    ),
    "errors": (_text("errors.toml", shipped_text(CatalogueKind.ERRORS)), read),
    "ui paths": (_text("ui-paths.toml", shipped_text(CatalogueKind.UI_PATHS)), read),
}
REFUSED = (SavedFileError, EarlierReportError, CatalogueError)

ODD: st.SearchStrategy[Any] = st.sampled_from(
    (
        *(
            None,
            True,
            False,
            -1,
            0,
            1,
            10**30,
            1e308,
            -1e308,
            1e12,
            253_402_300_800.0,
            "",
            "\0",
            "x" * 300,
            "../../x",
            "\u202e",
        ),
        *([], {}, [[]], {"": {}}, "<img src=x>", "EAA" + "x1" * 90, "https://[", "9999-12-31", "\x1b[2J"),
    )
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("saved")
    yield folder
    shutil.rmtree(folder)


def changed(value: Any, data: st.DataObject) -> Any:
    """The same JSON with an odd value somewhere, without a member, or with one more."""
    if isinstance(value, dict) and value and data.draw(st.booleans() | st.just(True)):
        name = data.draw(st.sampled_from(sorted(value)))
        if data.draw(st.integers(0, 7)) == 0:
            return {key: inner for key, inner in value.items() if key != name} | data.draw(
                st.sampled_from([{}, {"more": 1}])
            )
        return {**value, name: changed(value[name], data)}
    if isinstance(value, list) and value and data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(value) - 1))
        return [*value[:at], changed(value[at], data), *value[at + 1 :]]
    return data.draw(ODD)


def damaged(content: bytes, data: st.DataObject) -> bytes:
    """What a disk, an editor, a mail or a stranger makes of a file."""
    kind = data.draw(st.sampled_from(["value", "cut", "byte", "twice", "any", "brackets", "line"]))
    at = data.draw(st.integers(0, len(content)))
    if kind == "value":
        with suppress(ValueError):
            whole = json.loads(content)
            for _more in range(data.draw(st.integers(1, 3))):
                whole = changed(whole, data)
            return json.dumps(whole).encode()
        kind = "line"
    if kind == "line":
        lines = content.splitlines(keepends=True)
        number = data.draw(st.integers(0, len(lines) - 1))
        name, _is, _value = lines[number].partition(b"=")
        new = (
            name
            + b" = "
            + data.draw(st.sampled_from([b"1", b'""', b"[]", b"{}", b"2026-13-45", b"nan", b"'''", b"1e999"]))
        )
        return b"".join([*lines[:number], new + b"\n", *lines[number + 1 :]])
    if kind == "cut":
        return content[:at]
    if kind == "byte":
        return content[:at] + data.draw(st.binary(min_size=1, max_size=3)) + content[at + 1 :]
    if kind == "twice":
        return content[:at] + content
    if kind == "brackets":
        return content[:at] + b"[" * 5000 + content[at:]
    return data.draw(st.binary(max_size=200))


@pytest.mark.parametrize("kind", FILES)
@given(data=st.data())
def test_whatever_is_in_a_file_it_is_read_or_refused(folder: Path, kind: str, data: st.DataObject) -> None:
    save, read_it = FILES[kind]
    place = folder / kind.replace(" ", "-")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    path = save(place)
    path.write_bytes(damaged(path.read_bytes(), data))
    with suppress(*REFUSED):
        read_it(path)


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
MOMENTS = st.floats(0, 253_370_764_800, allow_nan=False, exclude_max=True)  # up to the year 9999
ENTRIES = st.builds(
    replace,
    st.just(ENTRY),
    page_name=NAMES,
    psid=NAMES,
    start_app_id=NAMES,
    token_name=NAMES,
    opened_at=MOMENTS,
    passed_at=MOMENTS,
    told_at=MOMENTS,
    start_expires_at=st.none() | st.integers(0, 2**40),
    shows_others=st.booleans(),
    releases=st.booleans(),
)


@given(entry=ENTRIES)
def test_an_open_test_is_read_as_it_was_written(folder: Path, entry: PendingTest) -> None:
    journal = FileJournal(folder / "journal")
    journal.write(entry)
    try:
        assert list(journal.entries()) == [entry]
    finally:
        journal.close(entry.id)


@given(
    note=st.builds(
        replace, st.just(NOTE), app_id=NAMES, where=NAMES, at=MOMENTS, file=NAMES, old=NAMES, can_undo=st.booleans()
    )
)
def test_an_undo_note_is_read_as_it_was_written(folder: Path, note: UndoNote) -> None:
    notes = UndoNotes(folder / "notes")
    notes.keep(note)
    try:
        assert list(notes.all()) == [note]
    finally:
        notes.drop(note)


@given(
    answers=st.builds(
        replace, st.just(ANSWERS), page_name=NAMES, saved_app_id=NAMES, read_back_at=MOMENTS, test_skipped_because=NAMES
    )
)
def test_answers_and_set_ups_are_read_as_they_were_written(folder: Path, answers: Any) -> None:
    file = AnswersFile(folder / "round.json")
    file.save(answers)
    assert file.load().answers == answers
    setup = setup_of(answers, 1.0)
    assert setup is not None
    save_setup(folder / "round.handover.json", setup)
    (folder / "again.handover.json").unlink(missing_ok=True)
    again = load_setup(folder / "round.handover.json")
    save_setup(folder / "again.handover.json", again)
    assert load_setup(folder / "again.handover.json") == again
