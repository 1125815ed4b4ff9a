"""Starts the window. What takes long to import comes after the person sees it: `wizard.ui.window.program`."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QLocale,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from wizard.core.signals import handle_termination_signals
from wizard.i18n import language
from wizard.i18n.language import _

if TYPE_CHECKING:
    from wizard.ui.window.program import Program

_FIRST_SIZE = 1040, 720
_FRAME = 16, 48  # what title bar and edges may take; the window manager tells only when the window is there
# Python's names for what is in Qt's namespace are made all at once, hundreds of them, when the first is asked for: that
# takes a tenth of the time in which the first window comes, so that is done without.
_CENTRED = 0x84  # Qt.AlignmentFlag.AlignCenter
_MIRRORED = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})  # languages read from the right
_NOT_IN_FRONT_MS = 300  # a window that is not brought to the front goes on all the same


def run_window(practice: str | None, practice_at: str | None, files: Sequence[str] = ()) -> int:
    """Show the window and run until it is closed. practice: a scenario to start; practice_at: a world to join.
    files: saved set-ups and facts to look at."""
    told: list[int] = []  # nothing is raised: an exception may be lost in a call of Qt, and with it that one shall end
    with handle_termination_signals(told.append):
        return _run_window(told, practice, practice_at, files)


def _run_window(told: Sequence[int], practice: str | None, practice_at: str | None, files: Sequence[str]) -> int:
    """told: signals to end that came before there is a program that hears them."""
    app = _application()
    window, label = _first_window(_("The wizard is being prepared …"))
    running: list[Program] = []

    def go_on() -> None:
        if running or not window.isVisible():
            return
        from wizard.core.world import World
        from wizard.ui.theme import Theme
        from wizard.ui.window.first_window import FirstWindow
        from wizard.ui.window.program import Program

        _configure_application(app)
        program = Program(Theme(app), FirstWindow(window, label), files=[Path(name) for name in files])
        running.append(program)
        if told:
            window.close()
        elif practice or practice_at:
            program.open_practice(practice or "", practice_at or "")
        else:
            program.open(World())
        _open_what_the_system_hands_over(app, program)

    sys.excepthook = _end_early
    app.focusWindowChanged.connect(lambda _window: QTimer.singleShot(0, go_on))  # it is there, and painted next
    QTimer.singleShot(_NOT_IN_FRONT_MS, go_on)
    _show_within_screen(window)
    code = app.exec()
    for program in running:
        program.end()
    window.deleteLater()  # now, not in whatever order Python ends: a widget must not outlive the application
    app.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    return code


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


def _first_window(sentence: str) -> tuple[QWidget, QLabel]:
    window, label = QWidget(), QLabel(sentence)
    label.setProperty("alignment", _CENTRED)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(label)
    window.setWindowTitle(_("Messenger Handover Wizard"))
    window.resize(*_FIRST_SIZE)
    return window, label


def _show_within_screen(window: QWidget) -> None:
    """In the middle of what is free of the screen; over all of it where the first size and its frame have no room."""
    free = window.screen().availableGeometry()
    width, height = (size + frame for size, frame in zip(_FIRST_SIZE, _FRAME, strict=True))
    window.resize(min(_FIRST_SIZE[0], free.width() - _FRAME[0]), min(_FIRST_SIZE[1], free.height() - _FRAME[1]))
    window.move(free.x() + max(0, free.width() - width) // 2, free.y() + max(0, free.height() - height) // 2)
    if width <= free.width() and height <= free.height():
        window.show()
    else:
        window.showMaximized()


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
    window, label = _first_window("")
    keeper = FirstWindow(window, label)
    program = Program(Theme(app), keeper)
    keeper.set_content(program.build(session_for(World()), Answers()))
    window.grab()
    window.deleteLater()
    program.end()
    return qVersion()


def _application() -> QApplication:
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else _new_application()
    app.setApplicationName("handover-wizard")
    app.setApplicationDisplayName(_("Messenger Handover Wizard"))
    app.setDesktopFileName("handover-wizard")
    if language.current().split("_")[0] in _MIRRORED:
        app.setLayoutDirection(QLocale(language.current()).textDirection())
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

        app: QApplication = MacApplication(sys.argv[:1])
    else:
        app = QApplication(sys.argv[:1])
    qInstallMessageHandler(before)
    return app


def _configure_application(app: QApplication) -> None:
    """The icon, and Qt's own words in the person's language."""
    from PySide6.QtCore import QLibraryInfo
    from PySide6.QtGui import QIcon

    from wizard.core.resource import resource

    app.setWindowIcon(QIcon(str(resource("icons/handover-wizard.png"))))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(language.current()), "qtbase", "_", folder):
        app.installTranslator(translator)
