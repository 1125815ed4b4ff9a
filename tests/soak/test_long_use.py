"""A day of use of one window: tests of a handover, checks, a computer that sleeps, a network that goes, a keyring that
is locked, windows that change their size. Nothing is lost on the way, and nothing is held on to."""

import errno
import gc
import itertools
import socket
import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.short_waits import shorten
from tests.simulator.world import PracticeWorld
from tests.soak.amount import AMOUNT, IS_SOAK
from tests.soak.figures import Holds, grown, held, report, thirds
from tests.soak.keyring_lock import locked_keyring
from tests.ui.conftest import old_windows_are_gone, one_theme, theme
from tests.ui.handover_stage import HELLO, HUMAN, ONCE_MORE, TestWindow, window_at_test
from tests.ui.set_up import new_session, ready
from wizard.actions.session import Session
from wizard.core import limits
from wizard.core.cancel import CancelToken
from wizard.core.flow import SETUP, StepId
from wizard.core.secret import Secret
from wizard.store.log import start_log, stop_log
from wizard.ui.garbage import GarbageCollection
from wizard.ui.pages.check.page import CheckPage
from wizard.ui.pages.handover_test.stage import Stage
from wizard.ui.widgets.notice import Tone
from wizard.vault import RememberResult

__all__ = ["old_windows_are_gone", "one_theme", "theme"]

pytestmark = [
    pytest.mark.serial,  # it locks the keyring, and counts what this process holds
    pytest.mark.keyring,
    pytest.mark.timeout(3600),
    # What keyring leaves open where the store is locked goes with the next collection.
    pytest.mark.filterwarnings("ignore:unclosed <socket.*dbus:ResourceWarning"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]

_SIZES = ((1040, 720), (700, 640), (1270, 900), (500, 480), (1600, 1000))
_TOLD = {"say_hello": HELLO, "ask_for_human": HUMAN, "write_once_more": ONCE_MORE}
_NIGHT = 9 * 3600.0  # seconds of sleep


@pytest.fixture(autouse=True)
def hardly_any_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot of this world is silent when it should be."""
    shorten(monkeypatch.setattr)
    for name, seconds in (("SILENCE", 0.2), ("FIRST_LOOK", 0.05), ("LONGEST_LOOK", 0.1), ("KEYRING", 1.0)):
        monkeypatch.setattr(limits, name, seconds)
    monkeypatch.setattr(limits, "KEYRING_UNLOCKED", 0.1)
    monkeypatch.setattr(limits, "KEYRING_PAUSE", 0.0)


@pytest.fixture
def session(world: PracticeWorld) -> Iterator[Session]:
    world.keep_requests(200)
    session = new_session(world)
    start_log(session.places.logs)
    yield session
    stop_log()


@pytest.fixture
def window(qtbot: QtBot, session: Session, world: PracticeWorld) -> Iterator[TestWindow]:
    """Cyclic garbage is collected as in the program."""
    garbage = GarbageCollection()
    answers = ready(session, world)
    world.instruct("paste_app_id", copied=world.app("secondary"))
    yield window_at_test(qtbot, session, world, answers)
    garbage.end()


def test_a_day_of_use_loses_nothing_and_holds_on_to_nothing(
    window: TestWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, rounds = Counter[str](), list[Holds]()
    window.find()
    hand_over(window)
    window.press_main()
    assert window.step() is StepId.FINISHED  # the set-up is saved with its test: it can be checked
    window.shell.open_step(StepId.TEST)
    window.wait()
    for _round in range(AMOUNT.rounds):
        for _test in range(AMOUNT.tests):
            hand_over(window)
            done["tests"] += 1
        for _check in range(AMOUNT.checks):
            check(window)
            done["checks"] += 1
        sleep_and_wake(window, _NIGHT)
        done["nights"] += 1
        with monkeypatch.context() as patch:
            lose_the_network(window, patch)
        done["networks lost"] += 1
        lock_the_keyring(window)
        done["keyrings locked"] += 1
        done["changes of size of a page"] += change_sizes(window)
        window.shell.open_step(StepId.TEST)
        window.wait()
        rounds.append(what_is_held(window))
        if IS_SOAK:
            print(f"round {len(rounds)} of {AMOUNT.rounds}: {rounds[-1]}", file=sys.__stdout__, flush=True)
    assert len(window.session.tests) == 2 + done["tests"] * 2
    first, last = thirds(rounds[1:])  # the first fills what is filled once
    figures = {
        **done,
        "hours": AMOUNT.hours,
        "changes of size of each page": AMOUNT.rounds * AMOUNT.resizes,
    }
    if IS_SOAK:
        print(f"\n{report(figures, first, last)}", file=sys.__stdout__)
    assert grown(first, last) == []


def hand_over(window: TestWindow) -> None:
    """Once more, from a conversation that is found."""
    if window.page.stage is Stage.OVER:
        window.press_second()
    assert window.page.stage is Stage.READY
    window.begin()
    done: set[str] = set()

    def acts() -> bool:
        """As a person: with an eye on the one line that says what to do."""
        for step, words in _TOLD.items():
            if step not in done and is_told(window, words):
                done.add(step)
                window.world.instruct(step)
        return window.page.stage is Stage.OVER

    window.until(acts)
    window.assert_restored()
    assert window.page.over.notice.tone is Tone.OK


def is_told(window: TestWindow, words: str) -> bool:
    prompt = window.page.live.prompt
    return prompt.isVisible() and words in prompt.title()


def check(window: TestWindow, then: str = "The handover works, proven by a test") -> None:
    if not isinstance(window.shell.page, CheckPage):
        window.shell.open_aside("check")
        window.wait()
    window.press_main()
    assert window.sees(then), window.words()


def sleep_and_wake(window: TestWindow, seconds: float) -> None:
    """Some hours of use went by, then the computer slept. Facebook's clock went on with ours."""
    slept = AMOUNT.hours * 3600 / AMOUNT.rounds + seconds
    window.clock.ahead += slept
    window.world.clock(slept)
    check(window)


def lose_the_network(window: TestWindow, patch: pytest.MonkeyPatch) -> None:
    """Away in the middle of the checks, and back."""

    def no_way(*_arguments: object) -> None:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    with patch.context() as away:
        away.setattr(socket.socket, "connect", no_way)
        check(window, "Facebook could not be reached")
    check(window)


def lock_the_keyring(window: TestWindow) -> None:
    """What is to be remembered meanwhile is said not to be; it is once the keyring is open again."""
    session, token = window.session, Secret(window.world.token())
    opened = session.open_token(token, None, CancelToken())
    with locked_keyring():
        assert session.tokens.keep(opened, remember=True) is RememberResult.LOCKED
    assert session.tokens.keep(opened, remember=True) is RememberResult.STORED


def change_sizes(window: TestWindow) -> int:
    """Change the size of each page of the route, and of the Check screen. Return how often in all."""
    sizes, count = itertools.cycle(_SIZES), 0
    before = window.shell.size()
    for step in (None, *(step.id for step in SETUP.route(window.answers))):
        if step is not None:
            window.shell.open_step(step)
            window.wait()
        for width, height in itertools.islice(sizes, AMOUNT.resizes):
            window.shell.resize(width, height)
            QCoreApplication.sendPostedEvents()
            window.shell.repaint()
            count += 1
    window.shell.resize(before)
    return count


def what_is_held(window: TestWindow) -> Holds:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    return held(len(QApplication.allWidgets()), window.session.places.logs)
