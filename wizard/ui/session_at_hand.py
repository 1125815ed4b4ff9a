"""The session behind a page, out of what the window was given."""

from typing import Protocol, runtime_checkable

from wizard.actions.session import Session
from wizard.ui.services import Services


@runtime_checkable
class HasSession(Protocol):
    """A backend with a run of the wizard in it."""

    @property
    def session(self) -> Session: ...


def session_of(services: Services) -> Session:
    """Raises TypeError for a window that was built without a session."""
    backend = services.backend
    if not isinstance(backend, HasSession):
        raise TypeError("the backend has no session")
    return backend.session
