"""What the recovery screen does in threads: read what is open, look at it, bring it back. No widget is touched here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from wizard.actions.session import Opened, Session
from wizard.core.cancel import CancelToken
from wizard.core.errors import WizardError
from wizard.core.facts import TokenKind
from wizard.core.pending import OpenTest
from wizard.core.ports import Graph, Person, Report, Work
from wizard.core.secret import Secret
from wizard.core.trial.restore_later import Situation, recover, situation, subject_of
from wizard.core.trial.restore_on_exit import NobodyThere, thread_of
from wizard.core.trial.run import TrialRun
from wizard.core.trial_result import Back, Ended, TrialResult
from wizard.ui.person import WindowPerson
from wizard.words import asking


class WrongToken(StrEnum):
    """Why a token that works does not help here."""

    NO_PAGE_TOKEN = "no_page_token"
    OTHER_PAGE = "other_page"
    OTHER_APP = "other_app"


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


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody else brought it back meanwhile: the entry is not open any more."""


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
    """Work that returns Ended; the person agreed before to what was seen. Where that has changed, nothing is done and
    the new Looked is returned, or Gone. Raises HeldElsewhere where another window works on it now."""

    def work(cancel: CancelToken, report: Report) -> Ended | Looked | Gone:
        entry = looked.found.entry
        with session.journal.running(entry.id):
            if not _is_open(session, entry):
                return Gone()
            graph = session.graph_of(looked.token_name, cancel)
            found = recover(_run(session, entry, graph, WindowPerson(report, cancel), cancel), looked.found)
            return found if isinstance(found, Ended) else Looked(found, looked.token_name, graph.time)

    return work


def bring_back_hurried(session: Session, looked: Looked) -> Work:
    """Work for the moment when `bring_back` is left: the same on new connections with short time limits, asking nobody.
    Returns a list of one Ended, or none where the entry is closed already."""

    def work(cancel: CancelToken, _report: Report) -> list[Ended]:
        entry = looked.found.entry
        with session.journal.running(entry.id):
            if not _is_open(session, entry):
                return []
            try:
                graph = session.graph_of(looked.token_name, cancel).hurried(cancel)
                found = recover(_run(session, entry, graph, NobodyThere(), cancel), looked.found)
            except WizardError as error:
                return [Ended(Back.NOT_BACK, error.failure)]
            return [found if isinstance(found, Ended) else Ended(Back.NOT_BACK, left=found.owner)]

    return work


def _run(session: Session, entry: OpenTest, graph: Graph, person: Person, cancel: CancelToken) -> TrialRun:
    return TrialRun(
        subject_of(entry, asking.metadata()),
        thread_of(graph, entry, cancel),
        session.journal,
        person,
        lambda _request: False,  # all there is to agree to was agreed to before
        cancel,
        session.clock,
        lambda _event: None,
        say=asking.say,
    )


def with_ending(tests: Sequence[TrialResult], entry: OpenTest, ended: Ended) -> tuple[TrialResult, ...]:
    """The results of this run, with the new ending in the one that had left this entry open."""

    def is_its(test: TrialResult) -> bool:
        return test.part is entry.part and any(reading.psid == entry.psid for reading in test.readings)

    return tuple(replace(test, ended=ended) if test.is_left_elsewhere and is_its(test) else test for test in tests)


def _is_open(session: Session, entry: OpenTest) -> bool:
    return any(each.id == entry.id for each in session.open_tests())


def _look(session: Session, entry: OpenTest, name: str, cancel: CancelToken) -> Looked:
    graph = session.graph_of(name, cancel)
    return Looked(situation(graph, entry), name, graph.time)
