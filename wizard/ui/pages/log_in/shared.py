"""What the first pages share: the program behind them, and small work without a progress line."""

from collections.abc import Callable
from typing import Any

from wizard.core.errors import ErrorKind, WizardError
from wizard.core.ports import Work
from wizard.ui.backend import SessionBackend
from wizard.ui.jobs import Job
from wizard.ui.services import Services


def backend_of(services: Services) -> SessionBackend:
    """Raises TypeError for a window that was built without a session."""
    backend = services.backend
    if not isinstance(backend, SessionBackend):
        raise TypeError("the backend has no session")
    return backend


def quietly(
    services: Services,
    work: Work,
    on_success: Callable[[object], None],
    on_failure: Callable[[Exception], None],
) -> Job[Any]:
    """Do small work beside the page's own: reading a list, asking the keyring. Nothing shows that it runs."""
    job = services.runner.start_untyped(work)
    job.on_success(on_success)
    job.on_failure(on_failure)
    return job


def is_proof_trouble(error: Exception) -> bool:
    return isinstance(error, WizardError) and error.kind in (ErrorKind.PROOF_NEEDED, ErrorKind.PROOF_WRONG)
