"""Answers survive a restart; what cannot be read is kept beside, and the program starts afresh and says why."""

import json
from pathlib import Path

import pytest

from tests.store.examples import ANSWERS
from wizard.core.answers import Answers
from wizard.core.saved_file import SavedFileProblem
from wizard.store.answers import AnswersFile
from wizard.words.saved_files import said


def test_answers_survive_a_restart(tmp_path: Path) -> None:
    AnswersFile(tmp_path / "answers.json").save(ANSWERS)
    kept = AnswersFile(tmp_path / "answers.json").load()
    assert kept.answers == ANSWERS
    assert kept.quarantined is None


def test_answers_that_can_be_neither_read_nor_put_aside_are_empty_and_say_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The set-up begins all the same: answers of last time are no reason not to."""

    def refuse(*_given: object) -> None:
        raise PermissionError

    path = tmp_path / "answers.json"
    path.write_text("{}")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    monkeypatch.setattr(Path, "rename", refuse)
    kept = AnswersFile(path).load()
    assert (kept.answers, kept.quarantined) == (Answers(), None)
    assert kept.trouble is not None
    assert kept.trouble.problem is SavedFileProblem.NO_PERMISSION
    assert said(kept.trouble)[0] == f"You may not read “{path}”."


def test_without_a_file_answers_are_empty_and_nothing_is_made(tmp_path: Path) -> None:
    kept = AnswersFile(tmp_path / "config" / "answers.json").load()
    assert kept.answers == Answers()
    assert not (tmp_path / "config").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"[]",
        b'{"version": 1}',
        b'{"version": 1, "content": {"token_owner": "somebody"}}',
        b'{"version": 1, "content": {"page_id": 5}}',
        b'{"version": 2, "content": {}}',
        b"\xff\xfe\x00",
    ],
)
def test_unreadable_answers_are_kept_beside_and_the_program_starts_afresh(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "answers.json"
    path.write_bytes(content)
    kept = AnswersFile(path).load()
    assert kept.answers == Answers()
    assert kept.quarantined is not None
    assert kept.quarantined.read_bytes() == content
    AnswersFile(path).save(ANSWERS)
    assert AnswersFile(path).load().answers == ANSWERS
    assert kept.quarantined.read_bytes() == content


def test_fields_an_older_program_does_not_know_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    AnswersFile(path).save(ANSWERS)
    saved = json.loads(path.read_text(encoding="utf-8"))
    saved["content"]["colour"] = "green"
    saved["content"]["bot"]["shape"] = "round"
    path.write_text(json.dumps(saved), encoding="utf-8")
    assert AnswersFile(path).load().answers == ANSWERS


def test_forgotten_answers_are_gone(tmp_path: Path) -> None:
    file = AnswersFile(tmp_path / "answers.json")
    file.save(ANSWERS)
    file.forget()
    assert file.load().answers == Answers()
