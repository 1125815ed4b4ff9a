"""Restoring a conversation that an earlier run left in a test: read how things are, then give it back."""

from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum

from wizard.actions.log_in import PageNotOpened, choose_page
from wizard.actions.session import Session
from wizard.actions.tokens import Opened
from wizard.core.apps import named
from wizard.core.cancel import CancelToken
from wizard.core.errors import WizardError
from wizard.core.facts import App, Control, TokenFacts, TokenKind
from wizard.core.kept_tests import with_ending
from wizard.core.pending import PendingTest
from wizard.core.ports import GraphApi, Person
from wizard.core.secret import Secret
from wizard.core.trial.restore_later import Answered, Situation, restore_later, situation, subject_of
from wizard.core.trial.restore_on_exit import UnattendedPerson, thread_of
from wizard.core.trial.run import TrialRun
from wizard.core.trial_result import Event, OnEvent, RestoreEnd, RestoreResult
from wizard.store.entry_lock import HeldElsewhere
from wizard.store.setups import save_setup
from wizard.vault import token_name
from wizard.words import asking


class WrongTokenReason(StrEnum):
    """Why a token that works does not help here."""

    NO_PAGE_TOKEN = "no_page_token"
    OTHER_PAGE = "other_page"
    OTHER_APP = "other_app"


@dataclass(frozen=True, slots=True)
class NeedsToken:
    """No token of this Page and app is at hand."""

    entry: PendingTest


@dataclass(frozen=True, slots=True)
class WrongToken:
    """The token that was given is another one. opened: what it revealed."""

    reason: WrongTokenReason
    opened: Opened


@dataclass(frozen=True, slots=True)
class SituationRead:
    """How things are. owner: who has control, an app without ID where Facebook names none. token_name: of the token
    that saw it. read_at: Unix seconds by Facebook's clock."""

    situation: Situation
    owner: App
    token_name: str
    read_at: float

    @property
    def entry(self) -> PendingTest:
        return self.situation.entry

    @property
    def takes_from_somebody(self) -> bool:
        """Somebody may be in the middle of an answer where the conversation is now: restoring it needs their word."""
        return self.situation.answered is not Answered.NO and self.owner.id != self.entry.bot.id


@dataclass(frozen=True, slots=True)
class AlreadyClosed:
    """Somebody else restored it meanwhile: the entry is not open any more."""


@dataclass(frozen=True, slots=True)
class RunsElsewhere:
    """Another window or terminal works on this test now."""


def read_situation(session: Session, entry: PendingTest, cancel: CancelToken) -> SituationRead | NeedsToken:
    """With the token that the test was made with. Raises WizardError and Cancelled."""
    if session.vault.get(entry.token_name) is None:
        return NeedsToken(entry)
    return _read(session, entry, entry.token_name, cancel)


def read_situation_with(
    session: Session, entry: PendingTest, secret: Secret, proof: Secret | None, cancel: CancelToken
) -> SituationRead | WrongToken:
    """With another token of the same Page and app, which is kept in memory; a person's, as a log-in gives it, opens the
    Page's own. Raises WizardError and Cancelled."""
    opened = _open_for(session, entry, secret, proof, cancel)
    reason = _reason_against(opened, entry.page_id, entry.token_app_id)
    if reason is not None:
        return WrongToken(reason, opened)
    session.tokens.keep(opened, remember=False)
    return _read(session, entry, session.tokens.name_of(opened), cancel)


def open_other_token(
    session: Session, entry: PendingTest, secret: Secret, proof: Secret | None, cancel: CancelToken
) -> Opened | WrongToken:
    """The live chat's own token, kept in memory, for `Session.accept_second`: with it the conversation can be given
    back where the bot may not take it. Raises WizardError and Cancelled."""
    opened = _open_for(session, entry, secret, proof, cancel)
    reason = _reason_against(opened, entry.page_id, entry.live_chat.id)
    if reason is not None:
        return WrongToken(reason, opened)
    session.tokens.keep(opened, remember=False)
    return opened


def restore(
    session: Session, read: SituationRead, person: Person, show_event: OnEvent, cancel: CancelToken
) -> RestoreEnd | SituationRead | AlreadyClosed | RunsElsewhere:
    """Give the conversation back; the person agreed before to what was read. Where that has changed nothing is done,
    and what is true now is returned. Whatever fails is NOT_BACK with the entry open.

    Raises WizardError where the token is not at hand any more, Cancelled, and OSError where the entry could not be
    closed."""
    entry = read.entry
    try:
        with session.journal.running(entry.id):
            if not _is_open(session, entry):
                return AlreadyClosed()
            graph = session.graph_of(read.token_name, cancel)
            result = restore_later(_run(session, entry, graph, person, show_event, cancel), read.situation)
            if isinstance(result, RestoreEnd):
                _note_ending(session, entry, result)
            return result if isinstance(result, RestoreEnd) else _situation_read(graph, result, read.token_name)
    except HeldElsewhere:
        return RunsElsewhere()


def restore_hurried(session: Session, read: SituationRead, cancel: CancelToken) -> list[RestoreEnd]:
    """For the moment when `restore` is left: the same on new connections with short time limits, asking nobody. Returns
    one Ended, or none where the entry is closed already. Raises Cancelled and OSError."""
    entry = read.entry
    try:
        with session.journal.running(entry.id):
            if not _is_open(session, entry):
                return []
            graph = session.graph_of(read.token_name, cancel).with_short_timeouts(cancel)
            run = _run(session, entry, graph, UnattendedPerson(), _show_nothing, cancel)
            run.other_side = run.other_side.with_short_timeouts(cancel) if run.other_side is not None else None
            result = restore_later(run, read.situation)
            return [result if isinstance(result, RestoreEnd) else RestoreEnd(RestoreResult.NOT_BACK, left=result.owner)]
    except HeldElsewhere:
        return [RestoreEnd(RestoreResult.NOT_BACK)]
    except WizardError as error:
        return [RestoreEnd(RestoreResult.NOT_BACK, error.failure)]


def _note_ending(session: Session, entry: PendingTest, ended: RestoreEnd) -> None:
    """Note in the saved set-up of this Page how a test that was left open ended at last. Nothing is noted where that
    cannot be written: the conversation itself is what matters."""
    for path, setup in session.setups.list().setups:
        tests = with_ending(setup.tests, entry, ended)
        if setup.page_id == entry.page_id and tests != setup.tests:
            with suppress(OSError):
                save_setup(path, replace(setup, tests=tests))


def _open_for(
    session: Session, entry: PendingTest, secret: Secret, proof: Secret | None, cancel: CancelToken
) -> Opened:
    """The token of the test's Page where a person's opens it, else what was given."""
    opened = session.open_token(secret, proof, cancel)
    if opened.is_for_many_pages:
        with suppress(PageNotOpened):
            return choose_page(session, opened, entry.page_id, lambda _pages: entry.page_id, cancel)
    return opened


def _reason_against(opened: Opened, page_id: str, app_id: str) -> WrongTokenReason | None:
    page = opened.facts.identity.value
    app = opened.facts.app.value if opened.facts.app is not None else None
    if opened.kind is not TokenKind.PAGE or page is None or app is None:
        return WrongTokenReason.NO_PAGE_TOKEN
    if page.id != page_id:
        return WrongTokenReason.OTHER_PAGE
    return WrongTokenReason.OTHER_APP if app.id != app_id else None


def _is_open(session: Session, entry: PendingTest) -> bool:
    return any(each.id == entry.id for each in session.pending_tests())


def _read(session: Session, entry: PendingTest, name: str, cancel: CancelToken) -> SituationRead:
    graph = session.graph_of(name, cancel)
    return _situation_read(graph, situation(graph, entry), name)


def _situation_read(graph: GraphApi, current: Situation, name: str) -> SituationRead:
    app = current.entry.app_of(current.owner.app_id)
    owner = named(graph, app) if current.owner.control is Control.APP else app
    return SituationRead(current, owner, name, graph.time)


def _run(
    session: Session, entry: PendingTest, graph: GraphApi, person: Person, show_event: OnEvent, cancel: CancelToken
) -> TrialRun:
    return TrialRun(
        subject_of(entry, asking.metadata()),
        thread_of(graph, entry, cancel),
        session.journal,
        person,
        lambda _request: False,  # all there is to agree to was agreed to before
        cancel,
        session.clock,
        show_event,
        sentence_for=asking.sentence_for,
        other_side=_other_side(session, entry, cancel),
    )


def _other_side(session: Session, entry: PendingTest, cancel: CancelToken) -> GraphApi | None:
    """Through the live chat's own token, where it is one of the two of this run, beside the bot's of the test."""
    live_chat = entry.live_chat.id
    tokens = [facts for facts in (session.facts.token, session.facts.second_token) if facts is not None]
    if entry.token_app_id == live_chat or not any(_is_for(facts, entry.page_id, live_chat) for facts in tokens):
        return None
    name = token_name(entry.graph, entry.page_id, live_chat)
    return session.graph_of(name, cancel) if session.vault.get(name) is not None else None


def _is_for(facts: TokenFacts, page_id: str, app_id: str) -> bool:
    page, app = facts.identity.value, facts.app.value if facts.app is not None else None
    return page is not None and app is not None and (page.id, app.id) == (page_id, app_id)


def _show_nothing(_event: Event) -> None:
    """Nobody watches."""
