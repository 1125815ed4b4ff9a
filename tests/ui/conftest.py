"""What tests of the window share: the theme on the one application, a runner that ends, a shell with made-up pages."""

import gc
import threading
from collections.abc import Iterator

import keyring
import keyring.backend
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.short_waits import shorten
from tests.simulator.world import PracticeWorld
from tests.ui import demo, harness
from tests.ui.handover_stage import OpenAt, TestWindow, window_at_test
from tests.ui.set_up import ready, saved, session_in, without_token
from wizard.core import limits
from wizard.core.answers import TokenOwner
from wizard.ui.accessible import speak_roles
from wizard.ui.colours import Scheme
from wizard.ui.jobs import JobRunner
from wizard.ui.services import Services
from wizard.ui.theme import Theme
from wizard.ui.window.shell import Shell


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The platform without a screen warns about what it cannot do; nothing is wrong with the program."""
    for item in items:
        if item.path.is_relative_to(__file__.rsplit("/", 1)[0]):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    shorten(monkeypatch.setattr)


@pytest.fixture(scope="session")
def one_theme(qapp: QApplication) -> Theme:
    speak_roles(qapp)
    return Theme(qapp, scheme=Scheme.LIGHT)


@pytest.fixture(autouse=True)
def theme(one_theme: Theme, qapp: QApplication) -> Iterator[Theme]:
    """Light, 100 %, left to right: whatever the test before has changed."""
    one_theme.use_scheme(Scheme.LIGHT)
    one_theme.use_text_scale(1.0)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    QGuiApplication.clipboard().clear()
    yield one_theme
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture(autouse=True, scope="module")
def what_stays_is_not_looked_through() -> None:
    """After each test what is of no use any more is looked for: in what is there before the first, it takes longer."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def old_windows_are_gone() -> Iterator[None]:
    """Delete a test's window before the next test: else a worker's garbage collection deletes widgets in its thread."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    assert runner.stop_all(5_000)


@pytest.fixture
def opened() -> list[str]:
    """The addresses that were opened in the browser."""
    return []


@pytest.fixture
def services(runner: JobRunner, opened: list[str]) -> Services:
    return demo.services(runner, opened)


@pytest.fixture
def shell(qtbot: QtBot, services: Services) -> Shell:
    return harness.shown(qtbot, demo.make_shell(services))


@pytest.fixture
def new_page(world: PracticeWorld) -> PracticeWorld:
    return world.scenario("new-page")


@pytest.fixture
def open_at(qtbot: QtBot, world: PracticeWorld) -> OpenAt:
    """Return a function that opens the test page in a scenario, with a token or by eye, the App ID saved in the bot."""

    def open_window(
        scenario: str = "happy-routing", owner: TokenOwner = TokenOwner.BOT, is_saved: bool = True
    ) -> TestWindow:
        session = session_in(world, scenario)
        if is_saved:
            world.instruct("paste_app_id", copied=world.app("secondary"))
        has_token = owner is not TokenOwner.NONE
        answers = ready(session, world, owner) if has_token else saved(without_token(world))
        world.forget_requests()
        return window_at_test(qtbot, session, world, answers)

    return open_window


@pytest.fixture
def silent_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A password store that takes every call and answers none, until the test is over."""
    before = keyring.get_keyring()  # first: the system's is looked for among all classes there are
    is_over = threading.Event()

    class Silent(keyring.backend.KeyringBackend):
        @property
        def priority(self) -> float:
            raise RuntimeError("nothing but this test may choose it")

        def get_password(self, service: str, username: str) -> None:
            is_over.wait(30)

        def set_password(self, service: str, username: str, password: str) -> None:
            is_over.wait(30)

        def delete_password(self, service: str, username: str) -> None:
            is_over.wait(30)

    Silent.__module__ = "keyring.backends.kwallet"  # one of those that count as the system's own
    keyring.set_keyring(Silent())  # type: ignore[no-untyped-call] # keyring has none
    for name in ("KEYRING", "KEYRING_UNLOCKED"):
        monkeypatch.setattr(limits, name, 0.2)
    yield
    is_over.set()
    keyring.set_keyring(before)
