"""Starts the window. What takes long to import comes after the person sees it: `wizard.ui.program`."""

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator, qVersion
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from wizard.ui.first_window import FirstWindow
from wizard.words import language
from wizard.words.language import _

if TYPE_CHECKING:
    from wizard.ui.program import Program


def run_window(practice: str | None, practice_at: str | None) -> int:
    """Show the window and run until it is closed. practice: a scenario to start; practice_at: a world to join."""
    app = _application()
    running: list[Program] = []

    def go_on() -> None:
        from wizard.core.world import World
        from wizard.ui.program import Program
        from wizard.ui.theme import Theme

        _dress(app)
        program = Program(Theme(app), window)
        running.append(program)
        if practice or practice_at:
            program.open_practice(practice or "", practice_at or "")
        else:
            program.open(World())

    window = FirstWindow(_("Messenger Handover Wizard"), _("The wizard is being prepared …"), go_on)
    window.show()
    code = app.exec()
    for program in running:
        program.end()
    return code


def window_works() -> str:
    """For the self-test: build the whole window without showing it. Returns Qt's version."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from wizard.core.answers import Answers
    from wizard.core.world import World
    from wizard.session import session_for
    from wizard.ui.program import Program
    from wizard.ui.theme import Theme

    app = _application()
    _dress(app)
    window = FirstWindow("", "", lambda: None)
    program = Program(Theme(app), window)
    window.hold(program.build(session_for(World()), Answers()))
    window.grab()
    window.deleteLater()
    program.end()
    return qVersion()


def _application() -> QApplication:
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("handover-wizard")
    app.setApplicationDisplayName(_("Messenger Handover Wizard"))
    app.setDesktopFileName("handover-wizard")
    app.setLayoutDirection(QLocale(language.current()).textDirection())
    return app


def _dress(app: QApplication) -> None:
    """The icon, and Qt's own words in the person's language."""
    from wizard.core.resource import resource

    app.setWindowIcon(QIcon(str(resource("icons/handover-wizard.png"))))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(language.current()), "qtbase", "_", folder):
        app.installTranslator(translator)
