"""Logging in with Facebook at the terminal: what comes of every kind of trouble, by the real program."""

import json
from pathlib import Path

import pytest

from tests.log_in_rows import ROWS, Row, changed_file
from tests.simulator.world import PracticeWorld
from tests.terminal.program import Ended, Program

NO_DISPLAY = ":404"  # there is one, so the browser's way is gone; but the browser is the pretend owner's


def log_in(program: Program, world: PracticeWorld, row: Row, *more: str) -> Ended:
    world.scenario_of("happy-routing", log_in=row.world, owner=row.owner)
    name = "practice"
    if row.file:
        name = "changed"
        _import(program, world, row.file)
    how = ("--with-code",) if row.with_code else ()
    where = ("--practice-at", world.control_url, "--owner", "simulated", "--log-in", name, *how)
    return program.run("setup", *where, *more, DISPLAY=NO_DISPLAY)


def _import(program: Program, world: PracticeWorld, changes: dict[str, str]) -> None:
    path = program.home / "changed.handoverlogin"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(changed_file(world, **changes), encoding="utf-8")
    assert program.run("log-in", "import", str(path), "--practice-at", world.control_url).code == 0


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_what_comes_of_a_log_in(hurried: Program, world: PracticeWorld, row: Row) -> None:
    ended = log_in(hurried, world, row)
    assert row.said in ended.said
    assert ended.code == row.code
    if row.code:
        assert not _remembered(hurried.home)


def _remembered(home: Path) -> list[str]:
    found = list(home.rglob("remembered.json"))
    return [name for path in found for name in json.loads(path.read_text())["content"]]


def test_the_token_of_a_log_in_is_in_no_argument_no_file_and_no_output(hurried: Program, world: PracticeWorld) -> None:
    ended = log_in(hurried, world, ROWS["allowed"])
    assert ended.code == 0
    written = b"".join(path.read_bytes() for path in hurried.home.rglob("*") if path.is_file())
    for text in (ended.said + ended.complained).encode(), written:
        assert b"EAA" not in text
        assert b"state=" not in text or b"access_token" not in text


def test_what_is_wrong_with_a_log_in_file_is_said(program: Program, world: PracticeWorld, tmp_path: Path) -> None:
    path = tmp_path / "acme.handoverlogin"
    path.write_text('app_secret = "0123456789abcdef0123456789abcdef"', encoding="utf-8")
    ended = program.run("log-in", "import", str(path))
    assert ended.code == 2
    assert "holds something secret" in ended.said + ended.complained
    assert "0123456789abcdef" not in ended.said + ended.complained
    assert "There is none." in program.run("log-in", "list").said
    missing = program.run("setup", "--log-in", "--practice-at", world.control_url, "--log-in", "nobody")
    assert missing.code == 1
    assert "No log-in file of this name" in missing.said


def test_a_vendor_learns_whether_the_page_that_sends_on_is_right(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    path = tmp_path / "acme.handoverlogin"
    path.write_text(str(world.start["log_in"]), encoding="utf-8")
    where = ("--practice-at", world.control_url)
    good = program.run("log-in", "check", str(path), *where)
    assert good.code == 0
    assert "is the one that comes with this program" in good.said
    assert "never the App secret" in good.said
    assert "/dialog/oauth?client_id=" in good.said
    path.write_text(str(world.start["log_in"]).replace(str(world.start["relay_url"]), str(world.start["platform_url"])))
    wrong = program.run("log-in", "check", str(path), *where)
    assert wrong.code == 1
    assert "is not the one that comes with this program" in wrong.said
