"""Starts the window. Nothing is shown before the first page is: what it does not need is imported after it."""

import builtins
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QLocale,
    QMessageLogContext,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtWidgets import QApplication

from wizard.core.signals import handle_termination_signals
from wizard.i18n import language
from wizard.i18n.language import _

if TYPE_CHECKING:
    from wizard.ui.window.first_window import FirstWindow
    from wizard.ui.window.program import Program

_PAINTED_MS = 500  # the first page is there, and at rest
_STYLE = ("-style", "Fusion")  # QApplication.setStyle hands the style on to Python, with hundreds of names


def run_window(practice: str | None, practice_at: str | None, files: Sequence[str] = ()) -> int:
    """Show the window and run until it is closed. practice: a scenario to start; practice_at: a world to join.
    files: saved set-ups and facts to look at."""
    told: list[int] = []  # nothing is raised: an exception may be lost in a call of Qt, and with it that one shall end
    with handle_termination_signals(told.append):
        return _run_window(told, practice, practice_at, files)


def _run_window(told: Sequence[int], practice: str | None, practice_at: str | None, files: Sequence[str]) -> int:
    """told: signals to end that came before there is a program that hears them."""
    app = _application()
    running: list[tuple[Program, FirstWindow]] = []

    def begin() -> None:
        from wizard.core.world import World
        from wizard.ui.theme import Theme
        from wizard.ui.window.first_window import FirstWindow
        from wizard.ui.window.program import Program

        _configure_application(app)
        theme = Theme(app)  # first: what the window holds has the window's font
        window = FirstWindow()
        program = Program(theme, window, files=[Path(name) for name in files])
        running.append((program, window))
        if told:
            app.quit()
        elif practice or practice_at:
            program.open_practice(practice or "", practice_at or "")
        else:
            program.open(World())
        _open_what_the_system_hands_over(app, program)
        QTimer.singleShot(_PAINTED_MS, lambda: program.hear_signals(told))

    sys.excepthook = _end_early
    QTimer.singleShot(0, begin)  # in the event loop: what goes wrong there is told, and ends it
    code = app.exec()
    for program, window in running:
        program.end()
        window.delete()
    return code


def import_directly() -> None:
    """From now on no import passes through PySide6. It reads the source of each module, and keeps it, to see whether
    one of its `__feature__`s is asked for, which ours never do: that takes a seventh of the time of all imports.
    Source: shibokensupport/feature.py of PySide6 6.11.3, read and measured 2026-11-29."""
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def _open_what_the_system_hands_over(app: QApplication, program: "Program") -> None:
    """From the Finder, while the window is open or on its way; elsewhere files stand on the command line."""
    if sys.platform == "darwin":
        from wizard.ui.mac_application import MacApplication

        if isinstance(app, MacApplication):
            app.give_opened_files_to(program.open_files)


def _end_early(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """Until there is a program that tells of its troubles in its window."""
    from wizard.core.exit_code import ExitCode
    from wizard.fatal import show_fatal_error
    from wizard.words.starting import not_begun

    show_fatal_error(not_begun(f"{kind.__name__}: {error}"))
    QApplication.exit(ExitCode.PROBLEM)


def window_works() -> str:
    """For the self-test: build the whole window without showing it, and import all its pages. Returns Qt's version."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from wizard.actions.session import session_for
    from wizard.core.answers import Answers
    from wizard.core.world import World
    from wizard.ui.theme import Theme
    from wizard.ui.window.first_window import FirstWindow
    from wizard.ui.window.pages import import_all
    from wizard.ui.window.program import Program

    app = _application()
    _configure_application(app)
    import_all()
    theme = Theme(app)
    keeper = FirstWindow()
    program = Program(theme, keeper)
    keeper.set_content(program.build(session_for(World()), Answers()))
    keeper.window.grab()
    program.end()
    keeper.delete()
    return qVersion()


def speak_as_the_system(platform: str) -> None:
    """Where the environment tells little of the person's languages, ask Qt. platform: `sys.platform`."""
    if platform in ("darwin", "win32") and language.is_systems():
        language.use_first(QLocale.system().uiLanguages())


def _application() -> QApplication:
    import_directly()
    speak_as_the_system(sys.platform)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else _new_application()
    app.setApplicationName("handover-wizard")
    app.setApplicationDisplayName(_("Messenger Handover Wizard"))
    app.setDesktopFileName("handover-wizard")
    if language.is_mirrored():  # what is made before the rest of `speak_on_screen`
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return app


def _new_application() -> QApplication:
    """Qt ends the process where it finds no display to work with: it is said in words before."""
    complained: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        complained.append(text)
        if kind is QtMsgType.QtFatalMsg:
            from wizard.core.exit_code import ExitCode
            from wizard.fatal import show_fatal_error
            from wizard.words.starting import no_window

            show_fatal_error(no_window("\n".join(complained)))
            os._exit(ExitCode.WRONG_USE)  # Qt would abort now
        print(text, file=sys.stderr)

    before = qInstallMessageHandler(hear)
    if sys.platform == "darwin":
        from wizard.ui.mac_application import MacApplication

        app: QApplication = MacApplication([*sys.argv[:1], *_STYLE])
    else:
        app = QApplication([*sys.argv[:1], *_STYLE])
    qInstallMessageHandler(before)
    return app


def _configure_application(app: QApplication) -> None:
    """Roles as a screen reader names them, and Qt's own words in the person's language."""
    from wizard.ui.accessible import speak_roles
    from wizard.ui.window.languages import speak_on_screen

    speak_roles(app)
    speak_on_screen(app)
