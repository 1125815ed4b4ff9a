"""The owner's own Meta app: its App ID is enough to log in with Facebook while the app is in development mode."""

from wizard.actions.browser_log_in import NEEDED
from wizard.core.app_id import AppIdProblem, check_app_id, clean_app_id
from wizard.core.log_in import PORT, LogInFile


class NoAppId(Exception):
    """What was typed is surely no App ID. problem: why, for `words.fields.app_id_problem_text`."""

    def __init__(self, problem: AppIdProblem) -> None:
        super().__init__(problem.trouble.value)
        self.problem = problem


def log_in_file(typed: str) -> LogInFile:
    """Return what a vendor's log-in file would say of the app; nothing is saved. It asks for what is needed and no
    more, and comes back to this computer, which Facebook allows as long as the app is in development mode. Raises
    NoAppId."""
    app_id = clean_app_id(typed)
    problem = check_app_id(app_id)
    if problem is not None:
        raise NoAppId(problem)
    return LogInFile(f"app-{app_id}", app_id, app_id, f"http://localhost:{PORT}/", scopes=NEEDED)
