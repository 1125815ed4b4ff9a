"""Which module each page is in. They are imported after the first page is on the screen, or when a page is needed."""

import importlib
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from wizard.core.cancel import CancelToken
from wizard.core.flow import StepId
from wizard.core.ports import Report
from wizard.ui.jobs import JobRunner
from wizard.ui.pages.base import StepPage
from wizard.ui.services import Services
from wizard.ui.window.page_stack import PageMaker
from wizard.vault import look_for_store

_PAGES = {
    StepId.WELCOME: ("welcome", "WelcomePage"),
    StepId.LOG_IN: ("log_in", "LogInPage"),
    StepId.APPS: ("apps", "AppsPage"),
    StepId.ROLES: ("roles", "RolesPage"),
    StepId.APP_ID: ("app_id", "AppIdPage"),
    StepId.BOT_SETTINGS: ("bot_settings", "BotSettingsPage"),
    StepId.TEST: ("handover_test", "HandoverTestPage"),
    StepId.FINISHED: ("finished", "FinishedPage"),
}
_ASIDES = {"recovery": ("recovery", "RecoveryPage"), "check": ("check", "CheckPage")}
# What a page, the first call to Facebook or the first look at a bot's settings would wait for, and the window with it.
_WITHOUT_QT = (
    *("wizard.graph.token_reading", "wizard.targets.choose", "wizard.checks.run", "wizard.words.verdicts", "segno"),
    *("wizard.core.trial.restore_later", "wizard.words.summary", "wizard.words.customer", "wizard.actions.account"),
    "wizard.report.render",
)
# In the order in which they are needed; the large parts of a page before it, so that no import takes long.
_SECOND = (
    *("widgets.page_picker", "pages.log_in_parts_account", "pages.log_in_parts_no_token", "pages.log_in_parts_pages"),
    "pages.log_in",
)
_REST = (
    *("pages.apps_parts_find", "pages.apps", "pages.roles_state", "pages.roles_parts", "pages.roles"),
    *("pages.app_id_parts_api", "pages.app_id", "widgets.diff_view", "pages.bot_settings"),
    *("pages.handover_test_work", "pages.handover_test_find", "pages.handover_test", "pages.finished"),
    *("pages.recovery_work", "pages.recovery"),
    *("check.account", "check.details", "check.explain_box", "pages.check"),
)
_FIRST_PAGE_MS = 500  # the first page is painted, and at rest
_PAUSE_MS = 10  # between two imports: what the person does comes first


def page_makers(services: Services) -> dict[StepId, PageMaker]:
    return {step: _maker(module, name, services) for step, (module, name) in _PAGES.items()}


def aside_makers(services: Services) -> dict[str, PageMaker]:
    return {aside: _maker(module, name, services) for aside, (module, name) in _ASIDES.items()}


def _maker(module: str, name: str, services: Services) -> PageMaker:
    def make(parent: QWidget) -> StepPage:
        page: Callable[[Services, QWidget], StepPage] = getattr(
            importlib.import_module(f"wizard.ui.pages.{module}"), name
        )
        return page(services, parent)

    return make


class PageModules(QObject):
    """Imports the modules of the pages while the person reads the first one: those of the second, in a thread what
    knows nothing of Qt, and the rest. Classes of widgets are made one by one in the window's thread: it uses them."""

    second_imported = Signal()
    imported = Signal()

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._left, self._then = list(_SECOND), self._end_second
        self._pause = QTimer(self)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._import_next)
        self._pause.setSingleShot(True)
        self._pause.start(_FIRST_PAGE_MS)

    def stop(self) -> None:
        """Import nothing any more: the window closes."""
        self._pause.stop()
        self._left, self._then = [], lambda: None

    def _import_next(self) -> None:
        if not self._left:
            self._then()
            return
        with suppress(ImportError):  # said when the page is asked for
            importlib.import_module(f"wizard.ui.{self._left.pop(0)}")
        self._pause.start(_PAUSE_MS)

    def _end_second(self) -> None:
        self.second_imported.emit()
        job = self._runner.start(_import_without_qt)
        job.succeeded.connect(self._begin_rest)
        job.failed.connect(self._begin_rest)  # said when what is missing is asked for

    def _begin_rest(self, _result: object) -> None:
        self._left, self._then = list(_REST), self.imported.emit
        self._pause.start()


def import_all() -> None:
    """For the self-test: every page, at once. Raises what is wrong with one."""
    for name in (*_SECOND, *_REST, *(f"pages.{module}" for module, _name in (*_PAGES.values(), *_ASIDES.values()))):
        importlib.import_module(f"wizard.ui.{name}")
    for name in _WITHOUT_QT:
        importlib.import_module(name)


def _import_without_qt(token: CancelToken, _report: Report) -> None:
    for name in _WITHOUT_QT:
        token.raise_if_cancelled()
        with suppress(ImportError):
            importlib.import_module(name)
    look_for_store()
