"""What lives as long as the program: it builds the shell and all it needs, once, and passes it down.

What the first page does not need is imported where it is used."""

import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox

from wizard.actions.running import OneWindow, log_crash
from wizard.actions.session import Session, log_start, logged_session
from wizard.core.answers import Answers, with_changes
from wizard.core.bundle import ProgramFile
from wizard.core.flow import SETUP, StepId
from wizard.core.saved_file import SavedFileError
from wizard.core.world import World
from wizard.i18n.language import _
from wizard.ui.clipboard import Clipboard
from wizard.ui.garbage import GarbageCollection
from wizard.ui.jobs import JobContext, JobRunner
from wizard.ui.services import FailureText, Services
from wizard.ui.stop_signals import StopSignals
from wizard.ui.theme import Theme
from wizard.ui.troubles import explainer
from wizard.ui.window.first_window import FirstWindow
from wizard.ui.window.pages import PageModules, aside_makers, page_makers
from wizard.ui.window.shell import Shell

if TYPE_CHECKING:
    from wizard.actions.practice import Practice
    from wizard.catalogues.imported import ImportedCatalogues


class Program:
    """What lives as long as the program: the runner, the window, and a practice world that was started.

    open_link: shows an address in the browser; False if none could be started. files: saved set-ups and facts that the
    person opened the program with."""

    def __init__(
        self,
        theme: Theme,
        keeper: FirstWindow,
        open_link: Callable[[str], bool] | None = None,
        files: Sequence[Path] = (),
    ) -> None:
        self._running, self._files = ProgramFile(), files
        self.runner = JobRunner()
        self._garbage = GarbageCollection()
        self._theme, self._keeper = theme, keeper
        self._savers = JobRunner()
        self._open_link = open_link if open_link is not None else _open_on_desktop
        self._practice: Practice | None = None
        self._unsaved: Answers | None = None
        self._session: Session | None = None
        self._shell: Shell | None = None
        self._one_window: OneWindow | None = None
        self._can_save = True
        self._stop_signals = StopSignals()
        self._stop_signals.wanted.connect(keeper.window.close)

    def open(self, world: World) -> None:
        self._session = session = logged_session(world)
        self._one_window = one_window = OneWindow(session.places.state)
        _catch_crashes(self._running)
        kept, trouble = self._kept_answers(session)
        # Tokens and test results are of one run: whoever goes on logs in again, and a new test is a new proof.
        answers = replace(kept, started=False, token_name="", token_owner=None, test=None, test_skipped_because="")
        shell = self.build(session, answers)
        self.show(shell)
        if trouble is not None:
            shell.page.show_trouble(trouble)
        job = self.runner.start(lambda _job: session.imported())
        job.on_success(lambda found: _go_by_imported(shell, found, trouble) if found is not None else None)
        if not one_window.claim():
            from wizard.words import starting

            self._can_save = False
            shell.page.show_trouble(FailureText(*starting.open_elsewhere()))
        if self._files:
            self.open_files(self._files)

    def open_files(self, paths: Sequence[Path]) -> None:
        """Look at saved set-ups and facts on the Check screen."""
        from wizard.core.log_in import ENDING
        from wizard.ui.pages.check.page import CheckPage

        shell = self._shell
        if shell is None:
            return
        log_ins = [path for path in paths if path.name.lower().endswith(ENDING)]
        if log_ins:
            self._import_log_ins(shell, log_ins)
        if len(log_ins) == len(paths):
            return
        shell.open_aside("check")
        page = shell.page
        if isinstance(page, CheckPage):
            page.open_files([path for path in paths if path not in log_ins])

    def _import_log_ins(self, shell: Shell, paths: Sequence[Path]) -> None:
        """With a vendor's file one can log in at once, so the person is taken there."""
        session = self._session
        if session is None:
            return

        from wizard.actions.log_in_files import ImportedLogIns, import_log_ins
        from wizard.ui.pages.log_in.page import LogInPage

        def done(found: ImportedLogIns) -> None:
            if found.problems:
                from wizard.words import log_in

                shell.page.show_trouble(FailureText(*log_in.said(found.problems[0])))
            elif isinstance(shell.page, LogInPage):
                shell.page.read_log_ins(is_new=True)
            else:
                shell.take_answers(with_changes(shell.answers, started=True))
                shell.go_to(StepId.PRODUCTS)  # where it is not answered yet, one logs in after that
                shell.go_to(StepId.LOG_IN)

        job = self.runner.start(lambda _job: import_log_ins(session, paths))
        job.on_success(done)
        job.on_failure(lambda error: shell.page.failed(error))

    def _kept_answers(self, session: Session) -> tuple[Answers, FailureText | None]:
        """The answers of last time. Where they cannot be read: none, and what to say about it."""
        title = _("Your previous answers could not be read, so you start from the beginning.")
        try:
            kept = session.answers_file.load()
        except (SavedFileError, OSError) as error:
            # Saving would replace a file that somebody else may still be able to read.
            from wizard.words import saved_files

            self._can_save = False
            what = saved_files.said(error)[0] if isinstance(error, SavedFileError) else error.strerror or ""
            return Answers(), FailureText(title, f"{what} {_('The answers you give now are not saved.')}".strip())
        if kept.quarantined is None:
            return kept.answers, None
        return kept.answers, FailureText(
            title, _("The damaged file is kept as “{path}”.").format(path=kept.quarantined)
        )

    def open_practice(self, scenario: str, control_url: str) -> None:
        """The world takes a while to start: until then the window says so."""
        self._keeper.show_status(_("Practice is being prepared …"))
        job = self.runner.start(lambda _job: _practice(scenario, control_url))
        job.on_success(self._practice_ready)
        job.on_failure(self._no_practice)

    def _practice_ready(self, practice: "Practice") -> None:
        self._practice = practice
        self.open(practice.world)

    def _no_practice(self, error: Exception) -> None:
        from wizard.actions.practice import NoPracticeWorld

        text = str(error) if isinstance(error, NoPracticeWorld) else _("Practice could not be started.")
        QMessageBox.critical(self._keeper.window, _("Messenger Handover Wizard"), text)
        self._keeper.end()

    def build(self, session: Session, answers: Answers) -> Shell:
        services = Services(
            runner=self.runner,
            open_link=self._open_link,
            clipboard=Clipboard(),
            clock=session.clock,
            explain=explainer(session.world, session.clock.now, self._running),
            session=session,
            start_practice_window=start_practice_window,
        )
        self._shell = shell = Shell(
            SETUP,
            page_makers(services),
            answers,
            services,
            asides=aside_makers(services),
            label=session.world.label,
        )
        shell.system_look_changed.connect(self._theme.refresh)
        shell.files_dropped.connect(self.open_files)
        shell.answers_changed.connect(lambda changed: self._save(session, changed))
        shell.language_chosen.connect(self._speak, Qt.ConnectionType.QueuedConnection)  # its menu is open still
        return shell

    def _speak(self, code: str) -> None:
        """Another language, now and the next time."""
        from wizard.actions import languages
        from wizard.ui.window.languages import speak_on_screen

        languages.speak(code)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            speak_on_screen(app)
        if self._shell is not None:
            self._shell.rebuild()
        job = self.runner.start(lambda _job: languages.keep(code))
        job.on_failure(log_crash)  # it is spoken all the same

    def show(self, shell: Shell) -> None:
        """Put it into the window, and prepare the pages that come later while the person reads the first."""
        shell.closed.connect(self._keeper.end)
        self._keeper.show_content(shell)
        modules = PageModules(self.runner, shell)
        modules.imported.connect(self._garbage.freeze)
        shell.closed.connect(modules.stop)
        modules.second_imported.connect(self._garbage.freeze)
        modules.second_imported.connect(shell.preload_pages)
        modules.second_imported.connect(self._tidy_up)

    def _tidy_up(self) -> None:
        """What can wait until the first page has been read."""
        session = self._session
        if session is None:
            return

        def tidy_up(_job: JobContext) -> None:
            log_start()
            session.tidy_up()

        self.runner.start(tidy_up)

    def _save(self, session: Session, answers: Answers) -> None:
        """Save in the background, the newest last: a save that is running is followed by one of what came since."""
        if not self._can_save:
            return
        if self._savers.is_busy:
            self._unsaved = answers
            return
        job = self._savers.start(lambda _job: session.answers_file.save(answers))
        job.on_failure(self._say_not_kept)
        job.finished.connect(lambda: self._save_rest(session))

    def _say_not_kept(self, error: Exception) -> None:
        """Once: it is the same with every answer."""
        self._can_save, self._unsaved = False, None
        log_crash(error)
        if self._shell is not None:
            from wizard.words import starting

            reason = error.strerror if isinstance(error, OSError) else None
            self._shell.page.show_trouble(FailureText(*starting.not_kept(reason or type(error).__name__)))

    def _save_rest(self, session: Session) -> None:
        if self._unsaved is not None:
            answers, self._unsaved = self._unsaved, None
            self._save(session, answers)

    def end(self) -> None:
        self._stop_signals.end()
        self.runner.stop_all(500)
        self._savers.stop_all(2_000)
        session = self._session
        if session is not None and self._unsaved is not None:
            with suppress(OSError):  # there is nobody left to be told
                session.answers_file.save(self._unsaved)
        if self._practice is not None:
            from wizard.actions.practice import is_alive

            self._practice.end()
            if session is not None:
                with suppress(OSError, SavedFileError):
                    session.forget_ended_practices(is_alive)
        if self._one_window is not None:
            self._one_window.give_back()
        self._garbage.end()


def _go_by_imported(shell: Shell, found: "ImportedCatalogues", trouble: FailureText | None) -> None:
    """Use the newer instructions that were imported. trouble: what the page says already."""
    from wizard.core import catalogues
    from wizard.words.catalogues import said_of_broken

    if catalogues.use(found.in_use):
        shell.rebuild_pages()
    if found.problems:
        action = _("Under Help you can import a newer file, or go back to the built-in ones.")
        titles = [said_of_broken(problem) for problem in found.problems]
        if trouble is not None:
            titles, action = [trouble.title, *titles], f"{trouble.action} {action}".strip()
        shell.page.show_trouble(FailureText("\n".join(titles), action))


def _open_on_desktop(address: str) -> bool:
    return QDesktopServices.openUrl(QUrl(address))


def _practice(scenario: str, control_url: str) -> "Practice":
    from wizard.actions.practice import join_practice, start_practice

    return join_practice(control_url) if control_url else start_practice(scenario)


def start_practice_window() -> bool:
    """Start this program again in practice mode; it lives on its own."""
    import subprocess

    from wizard.actions.practice import own_program

    try:
        subprocess.Popen([*own_program(window=True), "--practice"], start_new_session=True)
    except OSError:
        return False
    return True


def _catch_crashes(running: ProgramFile) -> None:
    """What nobody expected is logged by kind and place, and told; the window goes on where it can."""

    def in_window(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log_crash(error.with_traceback(trace))
        text = _("Something went wrong in this program. Nothing you typed is lost.")
        action = _("If it happens again, send this to support: {kind}").format(kind=kind.__name__)
        if running.executable_changed():
            from wizard.words import starting

            text, action = starting.replaced()
        box = QMessageBox(QMessageBox.Icon.Critical, _("Messenger Handover Wizard"), text)
        box.setInformativeText(action)
        box.exec()

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            log_crash(args.exc_value)

    sys.excepthook = in_window
    threading.excepthook = in_thread
