"""Logging in with Facebook at the terminal: what comes of every kind of trouble, by the real program."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.log_in_rows import ROWS, Row, changed_file, prepare
from tests.simulator.world import PracticeWorld
from tests.terminal.program import Ended, Program

NO_DISPLAY = ":404"  # there is one, so the browser's way is gone; but the browser is the pretend owner's


def log_in(program: Program, world: PracticeWorld, row: Row, *more: str) -> Ended:
    world.scenario_of("happy-routing", log_in=row.world, owner=row.owner)
    prepare(world, row)
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


def test_a_check_by_log_in_says_until_when_and_takes_no_other_apps_token(
    hurried: Program, world: PracticeWorld
) -> None:
    ended = check(hurried, world, {"long_lived": False})
    assert ended.code == 0
    expiry = of_check(ended, "token.expiry")
    assert (expiry["state"], expiry["reason"]) == ("ok", "ends")
    assert expiry["text"].startswith("Facebook said at the log-in that this token works until ")
    assert of_check(check(hurried, world, {}), "token.expiry")["reason"] == "no_end"
    other = check(hurried, world, {"app": "third"})
    assert other.code == 1
    assert "belongs to another app than the one that was asked for" in other.said + other.complained


def check(program: Program, world: PracticeWorld, log_in: dict[str, Any], **more: str) -> Ended:
    """Nobody but a person logs in for a check: here the pretend owner, at the address that is printed."""
    world.scenario_of("happy-routing", log_in=log_in)
    where = ("--practice-at", world.control_url, "--log-in", "practice", "--format", "json")
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    with program.started("check", *where, *apps, DISPLAY=NO_DISPLAY, **{"BROWSER": "true", **more}) as process:
        assert process.stderr is not None
        address = next(line.strip() for line in process.stderr if "/dialog/oauth" in line)
        world.instruct("log_in", address)
        said, complained = process.communicate(timeout=60)
    return Ended(process.returncode, said, complained)


def of_check(ended: Ended, name: str) -> Any:
    (page,) = json.loads(ended.said)["pages"]
    return next(one for one in page["verdicts"] if one["check"] == name)


def test_pages_that_cannot_be_used_are_listed_with_the_reason(hurried: Program, world: PracticeWorld) -> None:
    world.scenario_of("happy-routing", other_pages=7)
    where = ("--practice-at", world.control_url, "--owner", "simulated", "--log-in", "practice")
    ended = hurried.run("setup", *where, DISPLAY=NO_DISPLAY)
    assert ended.said.count("Your role on this Page is too small: ask for access to messages") == 1
    assert "Page: Lumen Coffee" in ended.said


def test_until_when_a_log_in_works_is_said_at_once(hurried: Program, world: PracticeWorld) -> None:
    assert "This log-in works until " in log_in(hurried, world, ROWS["no long life"]).said
    assert "this log-in has no last day" in log_in(hurried, world, ROWS["allowed"]).said
    world.scenario("short-log-in")
    where = ("--practice-at", world.control_url, "--owner", "simulated", "--log-in", "practice")
    assert "This log-in works until " in hurried.run("setup", *where, DISPLAY=NO_DISPLAY).said


@pytest.mark.keyring
def test_a_remembered_log_in_is_warned_of_before_its_end_and_then_named(hurried: Program, world: PracticeWorld) -> None:
    world.scenario("short-log-in")
    where = ("--practice-at", world.control_url)
    setup = ("setup", *where, "--owner", "simulated", "--log-in", "practice", "--remember")
    assert hurried.run(*setup, DISPLAY=NO_DISPLAY).code == 0
    early = hurried.run("check", *where, "--remembered", "--format", "json")
    assert of_check(early, "token.expiry")["state"] == "ok"
    world.clock(55 * 60)
    late = hurried.run("check", *where, "--remembered")
    assert late.code == 0
    assert "the log-in that looks at this Page works until " in late.said
    world.clock(10 * 60)
    ended = hurried.run("check", *where, "--remembered")
    assert ended.code == 1
    assert "Lumen Coffee: nothing could be checked: the log-in has ended." in ended.said
    assert "Log in again. Nothing that is set up is lost." in ended.said


def test_one_logs_in_with_an_app_of_ones_own_by_its_id(hurried: Program, world: PracticeWorld) -> None:
    world.scenario("development-mode")
    where = ("--practice-at", world.control_url, "--owner", "simulated", "--own-app", world.app("primary"))
    ended = hurried.run("setup", *where, DISPLAY=NO_DISPLAY)
    assert "Page: Lumen Coffee" in ended.said
    wrong = hurried.run("setup", "--practice-at", world.control_url, "--own-app", "flowbot")
    assert wrong.code == 2
    assert "An App ID has digits only." in wrong.complained
    twice = hurried.run("setup", "--practice-at", world.control_url, "--own-app", world.app("primary"), "--log-in")
    assert twice.code == 2


def test_a_letter_to_whoever_set_up_the_bot_is_printed(program: Program) -> None:
    ended = program.run("log-in", "ask")
    assert ended.code == 0
    assert "Its name ends in .handoverlogin, and nothing secret is in it." in ended.said
    assert "log-in ask" in program.run("log-in", "list").said
    assert "Page: Lumen Coffee" in program.run("log-in", "ask", "Lumen Coffee").said


def test_how_to_get_the_id_of_an_own_app_is_printed(program: Program) -> None:
    ended = program.run("log-in", "own-app")
    assert ended.code == 0
    assert "1. Log in with the Facebook account that manages your Page" in ended.said
    assert "https://developers.facebook.com/apps/" in ended.said
    assert "handover-wizard setup --own-app APP_ID" in ended.said
    assert program.run("log-in", "own-app", "914602738451926").code == 2


def test_a_code_is_not_offered_by_a_file_without_one(program: Program, world: PracticeWorld) -> None:
    path = program.home / "plain.handoverlogin"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = str(world.start["log_in"]).splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith("client_token")), encoding="utf-8")
    where = ("--practice-at", world.control_url)
    assert program.run("log-in", "import", str(path), *where).code == 0
    ended = program.run("setup", *where, "--log-in", "plain", "--with-code")
    assert ended.code == 1
    assert "This log-in file does not allow to log in with a code." in ended.said


def test_a_port_that_is_taken_is_said(hurried: Program, world: PracticeWorld) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        back = f"http://localhost:{other.getsockname()[1]}/"
        ended = log_in(hurried, world, Row("", 1, file={"redirect_uri": back}))
    assert ended.code == 1
    assert "Another program uses the connection on which the log-in would come back." in ended.said


def test_without_a_browser_the_address_that_is_printed_is_enough(hurried: Program, world: PracticeWorld) -> None:
    ended = check(hurried, world, {}, BROWSER="/nowhere/browser")
    assert ended.code == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": "2"}, "was made for a newer version of this program"),
        ({"redirect_uri": '"http://acme.example/"'}, "must begin with https://"),
        ({"grant": '"pkce"'}, "asks for a way to log in (pkce)"),
        ({"app_secret": '"x"'}, "holds something secret ("),
        ({"colour": '"red"'}, "has a mistake"),
    ],
    ids=["newer", "not https", "pkce", "secret", "unknown field"],
)
def test_a_log_in_file_that_cannot_be_used_is_wrong_usage(
    program: Program, world: PracticeWorld, tmp_path: Path, change: dict[str, str], said: str
) -> None:
    path = tmp_path / "acme.handoverlogin"
    lines = [line for line in str(world.start["log_in"]).splitlines() if line.partition(" ")[0] not in change]
    path.write_text("\n".join([*lines, *(f"{name} = {value}" for name, value in change.items())]), encoding="utf-8")
    for what in ("import", "check"):
        ended = program.run("log-in", what, str(path))
        assert (ended.code, said in ended.said + ended.complained) == (2, True)
    assert "There is none." in program.run("log-in", "list").said


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
    assert "Noted: practice" in missing.said
    assert "Facebook’s text" not in missing.said


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


def test_a_file_whose_answer_does_not_come_back_is_imported_with_a_word(program: Program, world: PracticeWorld) -> None:
    path = program.home / "acme.handoverlogin"
    path.parent.mkdir(parents=True, exist_ok=True)
    landing = "https://www.facebook.com/connect/login_success.html"
    path.write_text(changed_file(world, redirect_uri=landing), encoding="utf-8")
    at = ("--practice-at", world.control_url)
    imported = program.run("log-in", "import", str(path), *at)
    assert imported.code == 0
    assert "may not get through" in imported.said
    assert program.run("log-in", "remove", "acme.handoverlogin", *at).code == 0
    assert program.run("log-in", "remove", "acme", *at).code == 2


def test_a_log_in_file_is_named_with_its_ending_too(hurried: Program, world: PracticeWorld) -> None:
    given = ("--practice-at", world.control_url, "--owner", "simulated", "--log-in", "practice.handoverlogin")
    assert hurried.run("setup", *given, DISPLAY=NO_DISPLAY).code == 0
