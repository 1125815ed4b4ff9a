"""The page of each step. Their modules are imported while the person reads the first page, or when a page is needed."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.import_ahead import find_keyring, import_for_log_in, import_slow_modules
from wizard.core.flow import StepId
from wizard.ui.jobs import Job, JobRunner
from wizard.ui.pages.base import StepPage
from wizard.ui.services import Services
from wizard.ui.window.page_stack import PageMaker

PageType = Callable[[Services, QWidget], StepPage]


def _welcome() -> PageType:
    from wizard.ui.pages.welcome.page import WelcomePage

    return WelcomePage


def _products() -> PageType:
    from wizard.ui.pages.products.page import ProductsPage

    return ProductsPage


def _log_in() -> PageType:
    from wizard.ui.pages.log_in.page import LogInPage

    return LogInPage


def _apps() -> PageType:
    from wizard.ui.pages.apps.page import AppsPage

    return AppsPage


def _roles() -> PageType:
    from wizard.ui.pages.roles.page import RolesPage

    return RolesPage


def _app_id() -> PageType:
    from wizard.ui.pages.app_id.page import AppIdPage

    return AppIdPage


def _bot_settings() -> PageType:
    from wizard.ui.pages.bot_settings.page import BotSettingsPage

    return BotSettingsPage


def _test() -> PageType:
    from wizard.ui.pages.handover_test.page import HandoverTestPage

    return HandoverTestPage


def _finished() -> PageType:
    from wizard.ui.pages.finished.page import FinishedPage

    return FinishedPage


def _recovery() -> PageType:
    from wizard.ui.pages.recovery.page import RecoveryPage

    return RecoveryPage


def _check() -> PageType:
    from wizard.ui.pages.check.page import CheckPage

    return CheckPage


def _setups() -> PageType:
    from wizard.ui.pages.setups.page import SetupsPage

    return SetupsPage


_PAGES: dict[StepId, Callable[[], PageType]] = {
    StepId.WELCOME: _welcome,
    StepId.PRODUCTS: _products,
    StepId.LOG_IN: _log_in,
    StepId.APPS: _apps,
    StepId.ROLES: _roles,
    StepId.APP_ID: _app_id,
    StepId.BOT_SETTINGS: _bot_settings,
    StepId.TEST: _test,
    StepId.FINISHED: _finished,
}
_ASIDES: dict[str, Callable[[], PageType]] = {"recovery": _recovery, "check": _check, "setups": _setups}


def _token_entry() -> object:
    from wizard.ui.pages.log_in import entry

    return entry


def _page_picker() -> object:
    from wizard.ui.widgets import page_picker

    return page_picker


def _choose_page() -> object:
    from wizard.ui.pages.log_in import choose_page

    return choose_page


def _ways() -> object:
    from wizard.ui.pages.log_in import ways

    return ways


def _without_token() -> object:
    from wizard.ui.pages.log_in.ask_somebody import AskSomebody
    from wizard.ui.pages.log_in.page_by_hand import PageByHand

    return AskSomebody, PageByHand


def _facebook() -> object:
    from wizard.ui.pages.log_in import facebook

    return facebook


def _check_details() -> object:
    from wizard.ui.pages.check import details

    return details


def _diff_view() -> object:
    from wizard.ui.widgets import diff_view

    return diff_view


def _card() -> object:
    from wizard.ui.pages.finished import card

    return card


# Large parts of a page come before it, so that no import holds the window up for long.
_SECOND: tuple[Callable[[], object], ...] = (
    *(_products, _token_entry, _facebook, _page_picker, _choose_page, _ways, _without_token, _log_in),
)
_REST: tuple[Callable[[], object], ...] = (
    *(_diff_view, _card),
    *(page for page in _PAGES.values() if page not in (_products, _log_in)),
    *(_recovery, _check_details, _check),
)
_FIRST_PAGE_MS = 500  # the first page is painted, and at rest
_PAUSE_MS = 10  # between two imports: what the person does comes first


def page_makers(services: Services) -> dict[StepId, PageMaker]:
    return {step: partial(_make, page_type, services) for step, page_type in _PAGES.items()}


def aside_makers(services: Services) -> dict[str, PageMaker]:
    return {aside: partial(_make, page_type, services) for aside, page_type in _ASIDES.items()}


def _make(page_type: Callable[[], PageType], services: Services, parent: QWidget) -> StepPage:
    return page_type()(services, parent)


def import_all() -> None:
    """For the self-test: every page with its parts, at once. Raises what is wrong with one."""
    for part in (*_SECOND, *_REST, *_PAGES.values(), *_ASIDES.values()):
        part()
    import_for_log_in()
    import_slow_modules()


class PageModules(QObject):
    """Imports the modules of the pages while the person reads the first one: those of the second, then the rest; each
    time first in a thread what knows nothing of Qt. Classes of widgets are made one by one in the window's thread: it
    uses them. What cannot be imported is said when it is asked for."""

    second_imported = Signal()
    imported = Signal()

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._job: Job[None] | None = None
        self._left: list[Callable[[], object]] = []
        self._then: Callable[[], None] = self._begin
        self._pause = QTimer(self)
        self._pause.timeout.connect(self._import_next)
        self._pause.setSingleShot(True)
        self._pause.start(_FIRST_PAGE_MS)

    def stop(self) -> None:
        """Import nothing any more: the window closes."""
        self._pause.stop()
        if self._job is not None:
            self._job.ignore()

    def _begin(self) -> None:
        self._import(import_for_log_in, _SECOND, self._end_second)

    def _end_second(self) -> None:
        self.second_imported.emit()
        self._import(_import_slow_modules, _REST, self.imported.emit)

    def _import(
        self, in_thread: Callable[[], None], pages: Sequence[Callable[[], object]], then: Callable[[], None]
    ) -> None:
        self._left, self._then = list(pages), then
        job = self._job = self._runner.start(lambda _job: in_thread())
        job.on_success(lambda _nothing: self._pause.start(_PAUSE_MS))
        job.on_failure(lambda _error: self._pause.start(_PAUSE_MS))

    def _import_next(self) -> None:
        if not self._left:
            self._then()
            return
        with suppress(ImportError):
            self._left.pop(0)()
        self._pause.start(_PAUSE_MS)


def _import_slow_modules() -> None:
    with suppress(ImportError):
        import_slow_modules()
    find_keyring()
