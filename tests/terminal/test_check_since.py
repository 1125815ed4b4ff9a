"""`check --since`: what got better or worse since an earlier report."""

import json
from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.checking import check
from tests.terminal.program import Program


@pytest.fixture
def earlier(program: Program, world: PracticeWorld, tmp_path: Path) -> Path:
    report = tmp_path / "earlier.json"
    assert check(program, world, "--format", "json", "-o", str(report)).code == 0
    return report


def test_where_nothing_changed_that_is_said(program: Program, world: PracticeWorld, earlier: Path) -> None:
    ended = check(program, world, "--since", str(earlier))
    assert (ended.code, ended.last_line) == (0, "Nothing changed.")


def test_what_got_worse_is_named_with_what_it_was(program: Program, world: PracticeWorld, earlier: Path) -> None:
    world.scenario("fields-missing")
    ended = check(program, world, "--since", str(earlier))
    assert ended.code == 1
    assert "What the Page tells the app: Worse: it was “OK” in the earlier report." in ended.said


@pytest.mark.parametrize("many", [(), ("--all-pages",)])
def test_every_format_compares(program: Program, world: PracticeWorld, earlier: Path, many: tuple[str, ...]) -> None:
    world.scenario("fields-missing")
    token = "user" if many else "page"
    ended = check(program, world, "--since", str(earlier), "--format", "json", *many, token=token)
    changes = [
        (verdict["check"], verdict["change"]["kind"])
        for page in json.loads(ended.said)["pages"]
        for verdict in page["verdicts"]
        if verdict["change"]
    ]
    assert ("app.fields", "worse") in changes


def test_a_file_that_is_no_report_is_said_and_nothing_is_checked(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    wrong = tmp_path / "notes.txt"
    wrong.write_text("no report", encoding="utf-8")
    ended = check(program, world, "--since", str(wrong))
    assert ended.code == 2
    assert "is not JSON" in ended.complained
    assert world.requests() == []
