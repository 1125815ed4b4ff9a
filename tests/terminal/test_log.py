"""What the log says of a run of a command: events, kinds and numbers, for support."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.program import Program
from wizard.core.version import __version__
from wizard.store.log import FILE_NAME


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home", is_hurried=True)


def events(program: Program) -> list[dict[str, Any]]:
    (path,) = program.home.rglob(FILE_NAME)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_set_up_logs_its_token_its_tests_and_how_they_ended(program: Program, world: PracticeWorld) -> None:
    ended = program.run(
        *("setup", "--practice-at", world.control_url, "--owner", "simulated", "--consent", "--wait", "4"), timeout=60
    )
    assert ended.code == 0
    logged = events(program)
    assert logged[0]["event"] == "started"
    assert logged[0]["version"] == __version__
    assert [one["kind"] for one in logged if one["event"] == "token_opened"] == ["page"]
    tests = [(one["step"], one["back"]) for one in logged if one["event"] == "test_ended"]
    assert [part for part, _back in tests] == ["facebook_allows", "bot_does"]
    assert all(back in ("back", "by_itself", "idle") for _part, back in tests)
    assert any(one["event"] == "test_open" for one in logged)
    assert [one["event"] for one in logged].count("test_closed") >= 1


def test_a_refused_token_is_logged_by_facebooks_numbers_without_its_message(
    program: Program, world: PracticeWorld
) -> None:
    world.fault("GET me", {"code": 190, "subcode": 463, "message": "Secret of the Page Lumen"}, times=None)
    program.run("check", "--practice-at", world.control_url, "--token-env", "T", T=world.token())
    failed = next(one for one in events(program) if one.get("call") == "GET me")
    del failed["time"], failed["trace_id"]
    assert failed == {
        "event": "call_failed",
        "call": "GET me",
        "kind": "token_expired",
        "code": 190,
        "subcode": 463,
    }
    assert not [one for one in events(program) if "Lumen" in json.dumps(one)]


def test_a_checked_page_is_logged_with_its_outcome(program: Program, world: PracticeWorld) -> None:
    program.run("check", "--practice-at", world.control_url, "--token-env", "T", T=world.token())
    (checked,) = [one["kind"] for one in events(program) if one["event"] == "page_checked"]
    assert checked == "not_proven"
