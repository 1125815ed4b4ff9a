"""How far a check came survives a crash, and holds nothing about people."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from wizard.core.answers import Answers
from wizard.core.checked import CheckedPage, SavedFacts
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Control, Conversation, Facts, Identity, OwnerReading, Reading, TokenFacts, TokenKind
from wizard.core.target import TargetChoice
from wizard.store.progress import ResumeFile

PSID = "7194026385510274"
TOKEN = "EAATOKENx1y2z3" + "q" * 120


def page(number: int, not_checked: Failure | None = None) -> CheckedPage:
    own = str(118_400_000_000_000 + number)
    token = TokenFacts(Reading("GET me", 5.0, Identity(TokenKind.PAGE, own, f"Page {number}")))
    return CheckedPage(
        Answers(
            token_name="graph|page|app", page_id=own, page_name=f"Page {number}", bot=App("914602738451926", "Bot")
        ),
        at=5.0,
        facts=Facts(
            token=token,
            conversations=Reading(
                "GET me/conversations", 5.0, (Conversation("t_7194026385510274", 4.0, PSID, "Robin"),)
            ),
            owners=(OwnerReading(PSID, Control.APP, 5.0, "914602738451926"),),
            tasks=Reading("GET me/accounts", 5.0, frozenset({"MANAGE"})),
        ),
        not_checked=not_checked,
    )


def write(folder: Path, *numbers: int, run: str = "run") -> None:
    with ResumeFile(folder, run) as kept:
        for number in numbers:
            kept.add(page(number))


def names(folder: Path, run: str = "run") -> list[str]:
    return [seen.answers.page_name for seen in ResumeFile(folder, run).pages()]


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_what_was_seen_is_there_again_in_order(tmp_path: Path) -> None:
    write(tmp_path, 1, 2)
    write(tmp_path, 3)
    assert names(tmp_path) == ["Page 1", "Page 2", "Page 3"]
    first = next(ResumeFile(tmp_path, "run").pages())
    assert first == SavedFacts(first.answers, first.facts, 5.0)
    assert first.facts.tasks == page(1).facts.tasks
    assert first.facts.token == page(1).facts.token


def test_why_a_page_was_not_checked_is_kept(tmp_path: Path) -> None:
    failure = Failure(ErrorKind.TOKEN_REVOKED, "GET me", 190, 460)
    with ResumeFile(tmp_path, "run") as kept:
        kept.add(page(1, failure))
    assert [seen.not_checked for seen in ResumeFile(tmp_path, "run").pages()] == [failure]


def test_another_check_has_a_progress_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, 1, run="bot 1")
    assert names(tmp_path, run="bot 2") == []


def test_nothing_of_people_and_no_token_is_written(tmp_path: Path) -> None:
    with ResumeFile(tmp_path, "10229481736205517", "run") as kept:
        kept.add(page(1, Failure(ErrorKind.UNKNOWN, "GET me", message=f"odd {TOKEN}")))
    path = only_file(tmp_path)
    text = path.read_text() + path.name
    for private in (PSID, "Robin", "10229481736205517", TOKEN[:40], "graph|page|app"):
        assert private not in text
    assert "Page 1" in text


def test_nothing_of_people_is_left_in_failures_and_answers(tmp_path: Path) -> None:
    own = page(1).answers.page_id
    seen = page(1, Failure(ErrorKind.PERSON_UNKNOWN, "GET me", 100, message=f"No user {PSID} on {own}"))
    told = replace(
        seen.answers,
        test_skipped_because="Kim is on holiday",
        target=TargetChoice("dotenv", "/home/kim/bot/.env", "HANDOVER_APP_ID"),
    )
    with ResumeFile(tmp_path, "run") as kept:
        kept.add(replace(seen, answers=told))
    text = only_file(tmp_path).read_text()
    assert not [private for private in (PSID, "Kim", "/home/kim") if private in text]
    (again,) = ResumeFile(tmp_path, "run").pages()
    assert again.not_checked is not None
    assert again.not_checked.message == f"No user (ID) on {own}"


@pytest.mark.parametrize("odd", [f'access_token="{TOKEN}"', f"access_token={TOKEN}\\", f"access_token=\n{TOKEN}\n"])
def test_a_token_in_any_text_leaves_its_line_readable(tmp_path: Path, odd: str) -> None:
    with ResumeFile(tmp_path, "run") as kept:
        kept.add(page(1, Failure(ErrorKind.UNKNOWN, "GET me", message=odd)))
        kept.add(page(2))
    assert names(tmp_path) == ["Page 1", "Page 2"]
    assert TOKEN[:40] not in only_file(tmp_path).read_text()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    write(tmp_path / "new", 1)
    assert only_file(tmp_path / "new").stat().st_mode & 0o077 == 0
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("torn", [b'{"answers": {"page_na', b"\n", b"\xff\xfe", b'{"answers": 5}\n', b"[]"])
def test_a_line_that_a_crash_cut_off_is_not_believed_and_written_over(tmp_path: Path, torn: bytes) -> None:
    write(tmp_path, 1, 2)
    with only_file(tmp_path).open("ab") as file:
        file.write(torn)
    assert names(tmp_path) == ["Page 1", "Page 2"]
    write(tmp_path, 3)
    assert names(tmp_path) == ["Page 1", "Page 2", "Page 3"]


def test_a_whole_line_without_its_end_is_checked_again_and_not_torn(tmp_path: Path) -> None:
    write(tmp_path, 1, 2)
    path = only_file(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    assert names(tmp_path) == ["Page 1"]
    write(tmp_path, 2)
    assert names(tmp_path) == ["Page 1", "Page 2"]


def test_what_is_done_is_safe_before_the_end(tmp_path: Path) -> None:
    with ResumeFile(tmp_path, "run") as kept:
        for number in range(64):
            kept.add(page(number))
        assert len(names(tmp_path)) == 64


def test_a_finished_check_leaves_nothing(tmp_path: Path) -> None:
    write(tmp_path, 1)
    ResumeFile(tmp_path, "run").forget()
    assert list(tmp_path.iterdir()) == []
    ResumeFile(tmp_path, "run").forget()


def test_what_nobody_went_on_with_for_a_week_is_removed(tmp_path: Path) -> None:
    write(tmp_path, 1, run="old")
    old = time.time() - 8 * 86_400
    os.utime(only_file(tmp_path), (old, old))
    write(tmp_path, 2, run="new")
    assert names(tmp_path, run="old") == []
    assert names(tmp_path, run="new") == ["Page 2"]
