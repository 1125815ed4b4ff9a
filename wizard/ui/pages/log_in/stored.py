"""What this computer holds of tokens, as work for jobs: reading the list, opening, remembering, forgetting."""

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.actions.session import Opened, Session
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.ports import Report, Work
from wizard.store.tokens import RememberedToken
from wizard.vault import RememberResult


@dataclass(frozen=True, slots=True)
class Stored:
    """where: name of the system's store, None where there is none. remembered: for this Graph address."""

    where: str | None
    remembered: Sequence[RememberedToken]


def reading(session: Session) -> Work:
    """Return the work that reads Stored; the first look at the keyring loads it, which is slow."""

    def work(_cancel: CancelToken, _report: Report) -> Stored:
        return Stored(session.vault.where(), session.remembered.of(session.world.graph))

    return work


def opening(session: Session, token: RememberedToken) -> Work:
    """Return the work that opens a remembered token. Raises WizardError where the keyring does not hold it."""

    def work(cancel: CancelToken, _report: Report) -> Opened:
        return session.open_token(*session.token_of(token.name), cancel)

    return work


def keeping(session: Session, opened: Opened, remember: bool) -> Work:
    """Return the work that keeps a token and says with a RememberResult where. Raises OSError, SavedFileError."""

    def work(_cancel: CancelToken, _report: Report) -> RememberResult:
        return session.keep(opened, remember)

    return work


def forgetting(session: Session, name: str, in_use: Opened | None) -> Work:
    """Return the work that says whether the keyring holds the token no more. in_use: stays in memory for this run."""

    def work(_cancel: CancelToken, _report: Report) -> bool:
        gone = session.forget(name)
        if in_use is not None:
            session.keep(in_use, False)
        return gone

    return work


def is_of_last_time(token: RememberedToken, answers: Answers) -> bool:
    """Whether it is the token that the saved answers were given with."""
    app = answers.token_app
    return bool(token.page_id) and token.page_id == answers.page_id and app is not None and token.app_id == app.id
