"""What the first pages share: the session behind them, small work without a progress line, and coming into view."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from wizard.core.errors import ErrorKind, WizardError
from wizard.session import Session
from wizard.ui.backend import SessionBackend
from wizard.ui.jobs import Job, Work
from wizard.ui.services import Services


def backend_of(services: Services) -> SessionBackend:
    """Raises TypeError for a window that was built without a session."""
    backend = services.backend
    if not isinstance(backend, SessionBackend):
        raise TypeError("the backend has no session")
    return backend


def session_of(services: Services) -> Session:
    return backend_of(services).session


def quietly(
    services: Services,
    work: Work,
    on_success: Callable[[object], None],
    on_failure: Callable[[Exception], None],
) -> Job:
    """Do small work beside the page's own: reading a list, asking the keyring. Nothing shows that it runs."""
    job = services.runner.start(work)
    job.succeeded.connect(on_success)
    job.failed.connect(on_failure)
    return job


def is_proof_trouble(error: Exception) -> bool:
    return isinstance(error, WizardError) and error.kind in (ErrorKind.PROOF_NEEDED, ErrorKind.PROOF_WRONG)


def bring_into_view(widget: QWidget) -> None:
    """Scroll the page so that the widget is seen, once its place is known."""

    def scroll() -> None:
        parent = widget.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None and widget.isVisible():
            parent.ensureWidgetVisible(widget, 0, widget.fontMetrics().height())

    QTimer.singleShot(0, widget, scroll)
