"""What lives as long as the program: it builds the shell and all it needs, once, and passes it down.

What the first page does not need is imported where it is used."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from wizard.actions.running import OneWindow, log_crash
from wizard.actions.session import Session, log_start, logged_session
from wizard.core.answers import Answers
from wizard.core.bundle import ProgramFile
from wizard.core.flow import SETUP
from wizard.core.saved_file import SavedFileError
from wizard.core.world import World
from wizard.i18n import language
from wizard.i18n.language import _
from wizard.ui.clipboard import Clipboard
from wizard.ui.garbage import GarbageCollection
from wizard.ui.jobs import JobContext, JobRunner
from wizard.ui.lines import for_box
from wizard.ui.services import FailureText, Services, Trouble
from wizard.ui.theme import Theme
from wizard.ui.troubles import explainer
from wizard.ui.window.answers_keeper import AnswersKeeper
from wizard.ui.window.crashes import catch_crashes
from wizard.ui.window.first_window import FirstWindow, to_front
from wizard.ui.window.pages import PageModules, aside_makers, page_makers
from wizard.ui.window.practice_window import PracticeWindow
from wizard.ui.window.shell import Shell

if TYPE_CHECKING:
    from wizard.actions.practice import Practice
    from wizard.catalogues.imported import ImportedCatalogues
    from wizard.ui.stop_signals import StopSignals
    from wizard.ui.window.neighbours import Neighbours


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
        self._open_link = open_link if open_link is not None else _open_on_desktop
        self._practice: Practice | None = None
        self._answers: AnswersKeeper | None = None
        self._practice_window: PracticeWindow | None = None
        self._neighbours: Neighbours | None = None
        self._session: Session | None = None
        self._shell: Shell | None = None
        self._one_window: OneWindow | None = None
        self._stop_signals: StopSignals | None = None

    def open(self, world: World) -> None:
        self._session = session = logged_session(world)
        self._one_window = one_window = OneWindow(session.places.state)
        catch_crashes(self._running)
        is_only = one_window.claim()
        if not is_only and not world.control and self._is_taken_by_open_window(session):
            QApplication.quit()
            return
        self._answers = keeper = AnswersKeeper(session, self._say)
        kept, trouble = keeper.load()
        # Tokens and test results are of one run: whoever goes on logs in again, and a new test is a new proof.
        answers = replace(kept, started=False, token_name="", token_owner=None, test=None, test_skipped_because="")
        shell = self.build(session, answers)
        self.show(shell)
        if trouble is not None:
            shell.page.show_trouble(trouble)
        if session.has_catalogues():
            job = self.runner.start(lambda _job: session.catalogues.find())
            job.on_success(lambda found: _go_by_imported(shell, found, trouble))
        if not is_only:
            keeper.can_save = False
            self._say_second(shell, is_practice=bool(world.control))
        if code := language.lacking():
            from wizard.words import starting

            shell.page.show_trouble(lambda: FailureText(starting.language_unknown(code), starting.choose_language()))
        if self._files:
            self.open_files(self._files)

    def hear_signals(self, told: Sequence[int]) -> None:
        """From now on the window closes by a signal at once, also while it waits for the next event. told: signals that
        came before."""
        from wizard.ui.stop_signals import StopSignals

        self._stop_signals = StopSignals()
        self._stop_signals.wanted.connect(self._keeper.window.close)
        if told:
            self._keeper.window.close()

    def open_files(self, paths: Sequence[Path]) -> None:
        """Open what the person dropped, or started the program with."""
        from wizard.ui.window.opened_files import open_files

        if self._shell is not None and self._session is not None and paths:
            open_files(self._shell, self._session, self.runner, paths)

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
        from PySide6.QtWidgets import QMessageBox

        from wizard.actions.practice import NoPracticeWorld

        text = str(error) if isinstance(error, NoPracticeWorld) else _("Practice could not be started.")
        QMessageBox.critical(self._keeper.window, _("Messenger Handover Wizard"), for_box(text))
        self._keeper.end()

    def _is_taken_by_open_window(self, session: Session) -> bool:
        from wizard.actions.window_requests import ask_open_window

        return ask_open_window(session.places.state, self._files)

    def _say_second(self, shell: Shell, is_practice: bool) -> None:
        """Another window keeps the answers. In practice none listens to others."""
        from wizard.words import starting

        if is_practice:
            shell.page.show_trouble(lambda: FailureText(*starting.open_elsewhere()))
            return
        shell.other_window_wanted.connect(self._go_to_other_window)
        shell.show_other_window()

    def _go_to_other_window(self) -> None:
        """It may have been busy when this window opened."""
        session = self._session
        if session is not None:
            job = self.runner.start(lambda _job: self._is_taken_by_open_window(session))
            job.on_success(self._leave_to_other_window).on_failure(log_crash)

    def _leave_to_other_window(self, is_there: bool) -> None:
        from wizard.words import starting

        if is_there:
            self._keeper.window.close()
        else:
            self._say(lambda: FailureText(*starting.other_is_silent()))

    def build(self, session: Session, answers: Answers) -> Shell:
        services = Services(
            runner=self.runner,
            open_link=self._open_link,
            clipboard=Clipboard(),
            clock=session.clock,
            explain=explainer(session.world, session.clock.now, self._running),
            session=session,
            start_practice_window=self._start_practice_window,
        )
        self._shell = shell = Shell(
            SETUP,
            page_makers(services),
            answers,
            services,
            asides=aside_makers(services),
            label=session.world.label,
            parent=self._keeper.window,  # from the first: what is moved has each of its parts styled once more
        )
        self._practice_window = PracticeWindow(shell)
        self._practice_window.ended.connect(lambda: to_front(shell))
        shell.system_look_changed.connect(self._theme.refresh)
        shell.files_dropped.connect(self.open_files)
        shell.answers_changed.connect(self._save)
        shell.real_wanted.connect(self._go_for_real)
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
        self.runner.start(lambda _job: languages.keep(code)).on_failure(log_crash)  # it is spoken all the same
        if self._session is not None and (world := self._session.world).control:
            from wizard.actions.practice import speak_in_practice

            self.runner.start(lambda _job: speak_in_practice(world, code)).on_failure(log_crash)

    def _say(self, trouble: Trouble) -> None:
        if self._shell is not None:
            self._shell.page.show_trouble(trouble)

    def _save(self, answers: Answers) -> None:
        if self._answers is not None:
            self._answers.save(answers)

    # Practice and the real window.

    def _start_practice_window(self) -> bool:
        """In any thread."""
        return self._practice_window is not None and self._practice_window.start()

    def _go_for_real(self) -> None:
        """Enough practised: the real window comes to the front, or is started, and this one closes."""
        from wizard.actions.window_requests import go_for_real
        from wizard.ui.window.practice_window import start_program

        shell = self._shell
        if shell is None:
            return
        answers = shell.answers
        job = self.runner.start(lambda _job: go_for_real(answers) or start_program() is not None)
        job.on_success(self._end_practice)
        job.on_failure(lambda error: shell.page.failed(error))

    def _end_practice(self, is_real_there: bool) -> None:
        if is_real_there:
            self._keeper.window.close()
        else:
            self._say(
                lambda: FailureText(_("The wizard could not be opened."), _("Close this window, and open it yourself."))
            )

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
        session, shell = self._session, self._shell
        if session is None or shell is None:
            return
        if not session.world.control and self._answers is not None and self._answers.can_save:
            from wizard.ui.window.neighbours import Neighbours

            self._neighbours = Neighbours(shell, session.places.state, self.open_files)

        def tidy_up(_job: JobContext) -> None:
            log_start()
            session.tidy_up()

        self.runner.start(tidy_up)
        self._read_motion()

    def _read_motion(self) -> None:
        from wizard.ui.motion import is_less_motion_wanted
        from wizard.ui.widgets.busy_bar import MOTION

        def take(is_still: bool) -> None:
            if (app := QApplication.instance()) is not None:
                app.setProperty(MOTION, not is_still)

        self.runner.start(lambda _job: is_less_motion_wanted()).on_success(take)

    def end(self) -> None:
        if self._stop_signals is not None:
            self._stop_signals.end()
        self.runner.stop_all(500)
        session = self._session
        if self._answers is not None:
            self._answers.end()
        if self._practice is not None:
            from wizard.actions.practice import is_alive

            self._practice.end()
            if session is not None:
                with suppress(OSError, SavedFileError):
                    session.forget_ended_practices(is_alive)
        if self._one_window is not None:
            self._one_window.give_back()
        self._garbage.end()


def _go_by_imported(shell: Shell, found: "ImportedCatalogues", trouble: Callable[[], FailureText] | None) -> None:
    """Use the newer instructions that were imported. trouble: what the page says already."""
    from wizard.core import catalogues
    from wizard.words.catalogues import said_of_broken

    if catalogues.use(found.in_use):
        shell.rebuild_pages()
    if found.problems:

        def both() -> FailureText:
            action = _("Under Help you can import a newer file, or go back to the built-in ones.")
            titles = [said_of_broken(problem) for problem in found.problems]
            if trouble is not None:
                before = trouble()
                titles, action = [before.title, *titles], f"{before.action} {action}".strip()
            return FailureText("\n".join(titles), action)

        shell.page.show_trouble(both)


def _open_on_desktop(address: str) -> bool:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    return QDesktopServices.openUrl(QUrl(address))


def _practice(scenario: str, control_url: str) -> "Practice":
    from wizard.actions.practice import join_practice, start_practice

    return join_practice(control_url) if control_url else start_practice(scenario)
