"""The former way from the services of a page to the session."""

from wizard.actions.session import Session
from wizard.ui.services import Services


def session_of(services: Services) -> Session:
    return services.session
