"""What the recovery screen does in threads: read what is open, look at it, bring it back. No widget is touched here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wizard.core.cancel import CancelToken
from wizard.core.facts import TokenKind
from wizard.core.open_test import OpenTest
from wizard.core.ports import Progress, Report
from wizard.core.secret import Secret
from wizard.core.trial.recovery import Situation, recover, situation, subject_of
from wizard.core.trial.rescue import thread_of
from wizard.core.trial.result import Ended
from wizard.core.trial.run import TrialRun
from wizard.practice import is_alive
from wizard.session import Opened, Session
from wizard.ui.window_person import WindowConsent, WindowPerson
from wizard.words import asking

_LOOPBACK = "http://127.0.0.1:"  # where practice worlds are; no other address is asked whether it lives


class WrongToken(StrEnum):
    """Why a token that works does not help here."""

    NO_PAGE_TOKEN = "no_page_token"
    OTHER_PAGE = "other_page"
    OTHER_APP = "other_app"


@dataclass(frozen=True, slots=True)
class Listed:
    """closed: how many tests of practice worlds that are gone were closed. damaged: files that cannot be read."""

    tests: Sequence[OpenTest]
    closed: int = 0
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class NeedsToken:
    """No token of this Page and app is at hand."""

    entry: OpenTest


@dataclass(frozen=True, slots=True)
class Refused:
    """The token that was pasted is another one. opened: what it revealed."""

    why: WrongToken
    opened: Opened


@dataclass(frozen=True, slots=True)
class Looked:
    """token_name: of the token that saw it. now: Unix seconds by Facebook's clock."""

    found: Situation
    token_name: str
    now: float


Work = Callable[[CancelToken, Report], object]


def list_open(session: Session) -> Work:
    """Work that returns Listed, and closes what belongs to a practice world that has ended."""

    def work(cancel: CancelToken, _report: Report) -> Listed:
        closed = 0
        for entry in session.strangers():
            cancel.raise_if_cancelled()
            if entry.graph.startswith(_LOOPBACK) and not is_alive(entry.graph):
                session.journal.close(entry.id)
                closed += 1
        return Listed(session.open_tests(), closed, len(session.journal.damaged()))

    return work


def look_at(session: Session, entry: OpenTest, token_name: str = "") -> Work:
    """Work that returns Looked or NeedsToken. token_name: of another token than the test's own."""

    def work(cancel: CancelToken, _report: Report) -> Looked | NeedsToken:
        name = token_name or entry.token_name
        if session.vault.get(name) is None:
            return NeedsToken(entry)
        return _look(session, entry, name, cancel)

    return work


def look_with(session: Session, entry: OpenTest, secret: Secret, proof: Secret | None) -> Work:
    """Work that returns Looked, or Refused where the token is not of this Page and app. It is kept in memory only."""

    def work(cancel: CancelToken, _report: Report) -> Looked | Refused:
        opened = session.open_token(secret, proof, cancel)
        identity = opened.facts.identity.value
        app = opened.facts.app.value if opened.facts.app is not None else None
        if opened.kind is not TokenKind.PAGE or identity is None or app is None:
            return Refused(WrongToken.NO_PAGE_TOKEN, opened)
        if identity.id != entry.page_id:
            return Refused(WrongToken.OTHER_PAGE, opened)
        if app.id != entry.token_app_id:
            return Refused(WrongToken.OTHER_APP, opened)
        session.keep(opened, remember=False)
        return _look(session, entry, session.name_of(opened), cancel)

    return work


def bring_back(session: Session, looked: Looked) -> Work:
    """Work that returns Ended; the person agreed before."""

    def work(cancel: CancelToken, report: Report) -> Ended:
        entry = looked.found.entry
        graph = session.graph_of(looked.token_name, cancel)
        run = TrialRun(
            subject_of(entry, asking.metadata()),
            thread_of(graph, entry, cancel),
            session.journal,
            WindowPerson(report, cancel),
            WindowConsent(report, cancel, frozenset(), asking.consent),
            cancel,
            session.clock,
            lambda event: report(Progress("event", detail=event)),
            say=asking.say,
        )
        return recover(run, looked.found)

    return work


def _look(session: Session, entry: OpenTest, name: str, cancel: CancelToken) -> Looked:
    graph = session.graph_of(name, cancel)
    return Looked(situation(graph, entry), name, graph.time)
