"""The whole route in one process: the real window on a practice world, its owner at work beside it.

For pictures and figures; what a person really presses is proved by tests/e2e. No page is imported here: in life the
program does that while it runs, and it takes time."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QRect, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.simulator.world import PracticeWorld
from wizard.actions.practice import join_practice
from wizard.actions.session import session_for
from wizard.core.answers import Answers
from wizard.core.facts import App
from wizard.core.flow import StepId
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.theme import Theme
from wizard.ui.window.first_window import FirstWindow
from wizard.ui.window.program import Program
from wizard.ui.window.shell import Shell
from wizard.words.asking import sentence_for

if TYPE_CHECKING:
    from wizard.ui.pages.app_id.page import AppIdPage
    from wizard.ui.pages.apps.page import AppsPage
    from wizard.ui.pages.base import StepPage
    from wizard.ui.pages.bot_settings.page import BotSettingsPage
    from wizard.ui.pages.finished.page import FinishedPage
    from wizard.ui.pages.handover_test.page import HandoverTestPage
    from wizard.ui.pages.log_in.page import LogInPage
    from wizard.ui.pages.products.page import ProductsPage
    from wizard.ui.pages.roles.page import RolesPage

_LOOK_MS = 20
_READING = 2.0  # seconds
_LONGEST_MS = 60_000
_TAKE = "POST me/take_thread_control"


class TourStopped(AssertionError):
    """The tour did not come on; the text says where."""


def settle(window: QWidget) -> None:
    """Until no part of it moves any more: each round of events may lay out what lies deeper, and Qt leaves some of it
    to a timer, so that one round in which nothing moves is not the end."""
    before: list[QRect] = []
    still = 0
    for _round in range(60):
        QTest.qWait(5)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # of what a thread told just now
        places = [part.geometry() for part in window.findChildren(QWidget)]
        still = still + 1 if places == before else 0
        if still == 3:
            return
        before = places
    raise AssertionError("the window never comes to rest")


class Tour:
    """One window, at Welcome. theme: the one of the application. slow_return: the conversation comes back slowly,
    so that there is a moment in which the live chat has it."""

    def __init__(self, world: PracticeWorld, theme: Theme, slow_return: bool = False) -> None:
        self._world, self._slow_return = world, slow_return
        keeper = FirstWindow()
        self._keeper, self.window = keeper, keeper.window
        self._program = Program(theme, keeper, open_link=lambda _address: True)
        self.shell: Shell = self._program.build(session_for(join_practice(world.control_url).world), Answers())
        self._program.show(self.shell)
        self.window.resize(1040, 720)
        self.window.show()

    def close(self) -> None:
        self.window.close()
        self._program.end()
        self._keeper.delete()

    def moments(self) -> Iterator[str]:
        """Go the route; at each moment worth a look, yield its name. The window stays as it is until the next."""
        yield from self._begin()
        yield from self._choose()
        yield from self._place()
        yield from self._test()
        finished = cast("FinishedPage", self._page(StepId.FINISHED))
        yield "finished"
        for fold in (finished.words_fold, finished.details_fold):  # one after the other, as a person does
            fold.open()
            self._look_at(fold)
        yield "finished-all"

    def _begin(self) -> Iterator[str]:
        self._read()
        self.wait("Welcome", lambda: not self._program.runner.is_busy)
        yield "welcome"
        self.press(self.shell.next_button)
        products = cast("ProductsPage", self._page(StepId.PRODUCTS))
        for moment, chosen in (("products-bot", "own"), ("products-chat", "unknown")):  # then every page is needed
            self.rest()
            yield moment
            products.names[products.asked].choose(chosen)
            self.press(self.shell.next_button)
        log_in = cast("LogInPage", self._page(StepId.LOG_IN))
        self.rest()
        cards = log_in.ways.cards
        if not cards.card("facebook").isHidden():
            yield "log-in-facebook"
        for chosen, moment in (("ask", "log-in-ask"), ("without", "log-in-without"), ("token", "log-in")):
            cards.choose(chosen)
            self._look_at(cards.card(chosen))
            yield moment
        self._paste(log_in.entry.secret.paste_button, self._world.token("expired"))
        self.wait("the expired token", lambda: log_in.notice.isVisible() and not log_in.is_busy)
        yield "log-in-expired"
        self.press(self.shell.next_button)
        yield "log-in-guide"
        self._paste(log_in.entry.secret.paste_button, self._world.token("page"))
        self.wait("the account", lambda: log_in.shown == "account" and not log_in.is_busy)
        self.press(log_in.account.question.card("bot"))
        yield "account"
        self.press(self.shell.next_button)

    def _choose(self) -> Iterator[str]:
        apps = cast("AppsPage", self._page(StepId.APPS))
        self.rest()
        yield "apps"
        apps.live_chat.cards.choose("other")
        apps.live_chat.by_id.set_text("12ab")
        self.press(self.shell.next_button)
        yield "apps-wrong-id"
        apps.live_chat.by_id.set_text(self._world.app("secondary"))
        self.press(self.shell.next_button)
        roles = cast("RolesPage", self._page(StepId.ROLES))
        self.rest()
        yield "roles"
        self.press(roles.rows["default_app"].open_button)
        self._look_at(roles.rows["default_app"].path)
        yield "roles-way"
        for step in ("default_app", "take_control_bot", "take_control_live_chat", "social_route"):
            self._owner(step)
        roles.someone_fold.open()
        self._look_at(roles.someone_fold)
        yield "roles-message"
        for _task in range(3):
            self.press(self.shell.next_button)

    def _place(self) -> Iterator[str]:
        app_id = cast("AppIdPage", self._page(StepId.APP_ID))
        self.wait("the places", lambda: bool(app_id.places.cards) and not self._program.runner.is_busy)
        yield "app-id"
        app_id.places.choose("dotenv")
        app_id.places.chosen.emit("dotenv")
        yield "app-id-file"
        app_id.places.choose("developer")  # whose bot is their own pastes it on no platform
        app_id.places.chosen.emit("developer")
        self.press(self.shell.next_button)
        settings = cast("BotSettingsPage", self._page(StepId.BOT_SETTINGS))
        self.wait(
            "the way", lambda: bool(settings.panels) and settings.panels[0].by_hand.isVisible() and not settings.is_busy
        )
        yield "bot-settings"
        self._owner("paste_app_id", copied=self._world.app("secondary"))
        self.press(self.shell.next_button)

    def _test(self) -> Iterator[str]:
        test = cast("HandoverTestPage", self._page(StepId.TEST))
        yield "test-code"
        self._owner("send_code", link=test.code.qr.text())
        self.press(self.shell.next_button)
        self.wait("the conversation", lambda: test.stage != "code" and not test.is_busy)
        if test.stage == "ready":
            yield "test-ready"
            self.press(self.shell.next_button)
        self._wait_told(test, "ask_for_human")
        yield "test-human"
        if self._slow_return:
            self._world.fault(_TAKE, "drip")
        self._owner("ask_for_human")
        self._wait_told(test, "write_once_more")
        yield "test-once-more"
        self._owner("write_once_more")
        if self._slow_return:
            self.wait("the live chat in control", lambda: self._world.calls()[-1] == _TAKE)
            yield "test"
        self.wait("the result", lambda: test.stage == "over")
        yield "test-over"
        self.press(self.shell.next_button)

    # Hands and eyes.

    def press(self, button: QAbstractButton) -> None:
        self.wait(f"“{button.text()}”", lambda: button.isVisible() and button.isEnabled())
        button.click()

    def rest(self) -> None:
        """Until no work runs."""
        self.wait("an end of the work", lambda: not self._program.runner.is_busy)

    def _read(self) -> None:
        """The first page is looked at before anything is pressed."""
        begun = time.monotonic()
        self.wait("the end of the reading", lambda: time.monotonic() - begun > _READING)

    def wait(self, what: str, look: Callable[[], bool]) -> None:
        """Let the window live until there is something. Raises TourStopped."""
        loop, timer, end = QEventLoop(), QTimer(), QTimer()
        timer.timeout.connect(lambda: loop.quit() if look() else None)
        end.timeout.connect(lambda: loop.exit(1))
        timer.start(_LOOK_MS)
        end.start(_LONGEST_MS)
        if loop.exec():
            page = self.shell.page
            raise TourStopped(f"{what} did not come; on the page “{page.title()}”: {page.notice.title()}")

    def _look_at(self, part: QWidget) -> None:
        """Scroll to it: what is below the edge nobody sees."""
        bring_into_view(part)
        self.rest()

    def _page(self, step: StepId) -> "StepPage":
        self.wait(step, lambda: self.shell.page.step is step)
        return self.shell.page

    def _paste(self, button: QAbstractButton, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.press(button)

    def _owner(self, step: str, link: str | None = None, copied: str | None = None) -> None:
        """The owner does it in a thread: the window lives on meanwhile."""
        answers: list[bool] = []
        done = threading.Thread(
            target=lambda: answers.append(self._world.instruct(step, link, copied)["done"]), daemon=True
        )
        done.start()
        self.wait(f"the owner at {step}", lambda: not done.is_alive())
        assert answers == [True], step

    def _wait_told(self, test: "HandoverTestPage", step: str) -> None:
        words = sentence_for(step, App("1"))  # in the language of the window
        self.wait(step, lambda: test.live.prompt.isVisible() and test.live.prompt.title() == words)
