"""What nobody expected: it is logged by kind and place, and told; the window goes on where it can."""

import sys
import threading
from types import TracebackType

from wizard.actions.running import log_crash
from wizard.core.bundle import ProgramFile
from wizard.i18n.language import _
from wizard.ui.lines import for_box


def catch_crashes(running: ProgramFile) -> None:
    """From now on. running: whose update may be the cause."""

    def in_window(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        from PySide6.QtWidgets import QMessageBox  # hardly ever

        log_crash(error.with_traceback(trace))
        text = _("Something went wrong in this program. Nothing you typed is lost.")
        action = _("If it happens again, send this to support: {kind}").format(kind=kind.__name__)
        if running.executable_changed():
            from wizard.words import starting

            text, action = starting.replaced()
        box = QMessageBox(QMessageBox.Icon.Critical, _("Messenger Handover Wizard"), for_box(text))
        box.setInformativeText(for_box(action))
        box.exec()

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            log_crash(args.exc_value)

    sys.excepthook = in_window
    threading.excepthook = in_thread
