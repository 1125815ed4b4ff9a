"""Which module each page is in. They are imported after the first page is on the screen, or when a page is needed."""

import importlib
import pkgutil
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from wizard.core.cancel import CancelToken
from wizard.core.flow import StepId
from wizard.core.ports import Report
from wizard.ui import check, pages, widgets
from wizard.ui.jobs import JobRunner
from wizard.ui.page_stack import PageMaker
from wizard.ui.pages.base import StepPage
from wizard.ui.services import Services
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
    *("wizard.core.trial.recovery", "wizard.words.summary", "wizard.words.customer", "wizard.all_pages"),
    "wizard.report.render",
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
        self._left = [name for name in _modules(pages) if "log_in" in name]
        self._then = self._end_second
        self._pause = QTimer(self)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._import_next)
        QTimer.singleShot(_FIRST_PAGE_MS, self, self._pause.start)

    def _import_next(self) -> None:
        if not self._left:
            self._pause.stop()
            self._then()
            return
        with suppress(ImportError):  # said when the page is asked for
            importlib.import_module(self._left.pop(0))

    def _end_second(self) -> None:
        self.second_imported.emit()
        self._runner.start(_import_without_qt).succeeded.connect(self._begin_rest)

    def _begin_rest(self, _nothing: object) -> None:
        self._left, self._then = _all_modules(), self.imported.emit
        self._pause.start()


def import_all() -> None:
    """At once. Raises ImportError where the list of modules that is gone through above lacks a page, or one is bad."""
    found = _all_modules()
    for module, _name in (*_PAGES.values(), *_ASIDES.values()):
        if f"wizard.ui.pages.{module}" not in found:
            raise ImportError(f"the list of modules lacks “{module}”")
    for name in found:
        importlib.import_module(name)


def _all_modules() -> list[str]:
    return [*_modules(widgets), *_modules(check), *_modules(pages)]


def _modules(package: ModuleType) -> list[str]:
    """From the last of the alphabet: a page comes after its parts then, so that no import takes long."""
    return sorted(
        (module.name for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")), reverse=True
    )


def _import_without_qt(token: CancelToken, _report: Report) -> None:
    for name in _WITHOUT_QT:
        token.raise_if_cancelled()
        importlib.import_module(name)
    look_for_store()
