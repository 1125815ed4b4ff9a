"""The fault table in the window: log-in and the test of a handover under faults that hold. A sentence of the catalogue
is shown, what was typed stays, no piece of the token shows, and the conversation is back or its test is open."""

import tomllib
from collections.abc import Mapping
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.faults.judge import pieces
from tests.faults.kinds import all_kinds
from tests.simulator.world import PracticeWorld
from tests.ui.handover_stage import HELLO, NOT_BACK, TestWindow, window_at_test
from tests.ui.harness import Window, open_window
from tests.ui.set_up import new_session, ready
from wizard.core import limits
from wizard.core.resource import resource
from wizard.ui.pages.handover_test.stage import Stage

KINDS = all_kinds()
LOG_IN = (
    *("reset", "500 html", "200 html", "429 {}", "503 empty", "407 html", "302 elsewhere", "cut", "throttled"),
    *("throttled 1e308", "body null", "body []", "deep", "gzip bomb", "in utf-16", "code token-expired"),
    *("code token-revoked", "code proof-needed", "code account-checkpoint", "code unknown-without-reason"),
)
DEAD = ("code token-expired", "code token-revoked")  # of the above: the main button leads to a new token
CONTROL = ("reset", "answer_lost", "500 done", "deep", "throttled", "done, 10", "done, 190", "done, success:false")
TITLES = [entry["title"] for entry in tomllib.loads(resource("errors.toml").read_text(encoding="utf-8"))["error"]]


@pytest.fixture(autouse=True)
def quick_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in {"READ": 1.0, "REPEATED_READ": 2.0, "REPEATED_READ_QUICK": 2.0, "MESSAGE": 5.0}.items():
        monkeypatch.setattr(limits, name, seconds)


def put(world: PracticeWorld, call: str, kind: str, times: int | None, after: int = 0) -> None:
    fault: Mapping[str, Any] = KINDS[kind].fault
    more = {name: value for name, value in fault.items() if name != "kind"}
    world.fault(call, fault["kind"], times, after=after, **more)


def shows_no_token(window: Window, world: PracticeWorld) -> bool:
    """But in the field it was typed into, where stars are seen."""
    return not any(piece.decode() in window.words().replace(world.token(), "") for piece in pieces(world.token()))


@pytest.mark.parametrize("kind", LOG_IN)
def test_a_fault_at_log_in_is_said_and_the_token_stays(qtbot: QtBot, world: PracticeWorld, kind: str) -> None:
    put(world, "*", kind, None)
    window = open_window(qtbot, new_session(world))
    window.paste_token(world.token())
    assert any(window.sees(title) for title in TITLES), window.words()
    assert shows_no_token(window, world)
    assert window.page.entry.secret.text() == world.token()
    world.forget_faults()
    window.press_main()
    if kind in DEAD:
        window.paste_token(world.token())
    assert window.sees("Logged in to Lumen Coffee")


@pytest.mark.parametrize(
    ("call", "times"), [("release", 1), ("take", None), ("pass", 1), ("pass", None), ("take 2", None)]
)
@pytest.mark.parametrize("kind", CONTROL)
def test_a_fault_in_a_test_leaves_no_conversation_silently(
    qtbot: QtBot, world: PracticeWorld, kind: str, call: str, times: int | None
) -> None:
    session = new_session(world)
    window = window_at_test(qtbot, session, world, ready(session, world))
    window.find()
    verb, _, number = call.partition(" ")
    put(world, f"POST me/{verb}_thread_control", kind, times, after=int(number or 1) - 1)
    window.begin()
    window.until(lambda: ends(window), 30_000)
    is_back = world.owner_of() == world.app("primary")
    assert is_back or session.pending_tests(), window.words()
    assert shows_no_token(window, world)


def ends(window: TestWindow) -> bool:
    """Part A has ended: the page is done, asks what to do, or part B waits for a message."""
    is_asked = window.page.live.question.asked is not None or window.sees(NOT_BACK)
    return window.page.stage is not Stage.RUNNING or is_asked or window.sees(HELLO)
