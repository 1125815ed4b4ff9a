"""What parts A and B share: the conversation, the journal entry, and the people to ask."""

import contextlib
import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from wizard.core import limits
from wizard.core.cancel import CancelToken
from wizard.core.errors import Failure, WizardError
from wizard.core.facts import App, Control, Origin, OwnerReading
from wizard.core.pending import CONTROL_LASTS, Journal, PendingTest, TrialPart
from wizard.core.poll import poll_until
from wizard.core.ports import Choice, Clock, GraphApi, Person
from wizard.core.trial.conversation import ControlledConversation
from wizard.core.trial_result import Consent, ConsentRequest, ConsentTo, Event, Item, ItemState, OnEvent, OwnerRelation

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TrialTarget:
    """What is tested. words: the metadata that travels with each change of control, readable by staff."""

    graph_address: str
    page_id: str
    page_name: str
    psid: str
    token_app_id: str
    bot: App
    live_chat: App
    words: str
    token_name: str = ""


@dataclass(slots=True)
class TrialRun:
    """One part of one test while it runs. say: the sentence for a step, question or choice, with the app it is about.
    other_side: the live chat's own token where the person gave two. is_recovery: an
    earlier run left the test open, and the person agreed to bring the conversation back from whoever has it now.

    window: seconds a part waits for the tester's message or for the bot to hand over. conversation_id: of the tester's
    conversation, where its messages may be read; "" where nobody agreed to that. silence: seconds in which the bot must
    not answer any more. answers_first: the bot was seen to be the default app.
    written_at: Unix seconds of the last message known of, 0.0 for none.
    given_up: set by a tester who wrote and sees nothing happen: the next look is the last one.
    is_hello_seen: the bot was seen to get a fresh message just now, and to have control since.
    is_written: what the tester was told to write has arrived."""

    subject: TrialTarget
    thread: ControlledConversation
    journal: Journal
    person: Person
    consent: Consent
    cancel: CancelToken
    clock: Clock
    on_event: OnEvent
    sentence_for: Callable[[str, App], str] = lambda id, app: id
    other_side: GraphApi | None = None
    window: float = field(default_factory=lambda: limits.MESSAGE)
    silence: float = field(default_factory=lambda: limits.SILENCE)
    conversation_id: str = ""
    given_up: threading.Event = field(default_factory=threading.Event)
    entry: PendingTest | None = field(default=None)
    is_recovery: bool = False
    answers_first: bool = False
    written_at: float = 0.0
    is_hello_seen: bool = False
    is_written: bool = False

    def read_start(self) -> OwnerRelation:
        """Who has control before anything is changed; read already where the tester's message was looked at."""
        last = self.thread.last
        return self._show_read(self.thread.relation(last), Item.OWNER) if last else self.read_owner(Item.OWNER)

    def read_owner(self, item: Item, look: int = 0, looks: int = 0) -> OwnerRelation:
        """Read the owner and show it on the item's line, which stays running."""
        return self._show_read(self.thread.read(), item, look, looks)

    def read_owner_surely(self, item: Item) -> OwnerRelation:
        """The same after a change of ours: where that was answered with an error, one reading is no proof."""
        return self._show_read(self.thread.read_surely(), item)

    def _show_read(self, relation: OwnerRelation, item: Item, look: int = 0, looks: int = 0) -> OwnerRelation:
        self._note_shows_others()
        self.show(item, ItemState.RUNNING, look=look, looks=looks)
        return relation

    def try_read_owner(self, item: Item) -> OwnerRelation:
        """As `read_owner_surely`, where a failed reading must not hide what came before it."""
        try:
            return self.read_owner_surely(item)
        except WizardError as error:
            return self.thread.unread(error.failure)

    def is_with_start_owner(self) -> bool:
        reading, entry = self.thread.last, self.entry
        if reading is None or entry is None or entry.start is not Control.APP:
            return False
        return reading.control is Control.APP and reading.app_id == entry.start_app_id

    @property
    def start_app(self) -> App | None:
        """Whoever had control at the start where that was neither the token's app nor hidden, else None."""
        entry = self.entry
        if entry is None or entry.start is not Control.APP or entry.start_app_id == entry.token_app_id:
            return None
        return App(entry.start_app_id)

    def may_stay(self) -> ConsentRequest:
        """What to agree to before the conversation goes to the live chat: it may stay there until this time."""
        return ConsentRequest(ConsentTo.TEST, self.subject.live_chat, until=int(self.thread.graph.time + CONTROL_LASTS))

    def ask(self, question: str, app: App, choices: Sequence[str]) -> str:
        return self.person.ask(
            question,
            self.sentence_for(question, app),
            [Choice(choice, self.sentence_for(choice, app)) for choice in choices],
        )

    def instruct(self, step: str) -> bool:
        return self.person.instruct(step, self.sentence_for(step, self.subject.live_chat))

    def show(self, item: Item, state: ItemState, failure: Failure | None = None, look: int = 0, looks: int = 0) -> None:
        reading = self.thread.last
        relation = self.thread.relation(reading) if reading else None
        self.on_event(Event(item, state, relation, reading, failure, look, looks, self.app_seen(), self.is_written))

    def open_entry(self, part: TrialPart, start: OwnerReading) -> None:
        """Write the journal entry, before the first change."""
        subject = self.subject
        self._write(
            PendingTest(
                id=uuid.uuid4().hex,
                graph=subject.graph_address,
                page_id=subject.page_id,
                page_name=subject.page_name,
                psid=subject.psid,
                token_app_id=subject.token_app_id,
                bot=subject.bot,
                live_chat=subject.live_chat,
                part=part,
                start=start.control,
                start_app_id=start.app_id,
                opened_at=self.thread.graph.time,
                start_expires_at=start.expires_at,
                shows_others=self.thread.shows_others,
                releases=start.control is Control.APP and start.app_id == subject.token_app_id,
                token_name=subject.token_name,
                answers_first=self.answers_first,
            )
        )

    def note_pass(self) -> None:
        """A pass is about to be tried, or was just seen."""
        if self.entry is not None:
            self._write(replace(self.entry, passed_at=self.thread.graph.time))

    def tell_to_write(self, step: str) -> bool:
        """Let the tester write. From now on other apps may move the conversation."""
        if self.entry is not None:
            self._write(replace(self.entry, told_at=self.thread.graph.time, answers_first=self.answers_first))
        self.thread.is_just_released = False
        self.is_written = False
        self.given_up.clear()
        return self.instruct(step)

    def watch(self, look: Callable[[], T], is_decided: Callable[[T], bool]) -> T:
        """Only look, until decided, until the window is over or the tester gives up. Trouble on the way is looked past
        until then."""
        return poll_until(look, is_decided, self.cancel, self.clock, self.window, self.given_up.is_set)

    def close_entry(self) -> None:
        if self.entry is not None:
            self.journal.close(self.entry.id)
            self.entry = None

    def _note_shows_others(self) -> None:
        if self.thread.shows_others and self.entry is not None and not self.entry.shows_others:
            # It helps a later recovery only: a full disk must not end the test over it.
            with contextlib.suppress(OSError):
                self._write(replace(self.entry, shows_others=True))

    def _write(self, entry: PendingTest) -> None:
        # A stopped run must not touch the journal any more: whoever brings the conversation back owns the entry now.
        self.cancel.raise_if_cancelled()
        self.journal.write(entry)
        self.entry = entry

    def app_seen(self) -> App | None:
        """The app in the last owner reading: one of the two chosen where it is one of them."""
        reading = self.thread.last
        if reading is None or reading.control is not Control.APP:
            return None
        known = {self.subject.bot.id: self.subject.bot, self.subject.live_chat.id: self.subject.live_chat}
        return known.get(reading.app_id) or App(reading.app_id, origin=Origin.HAS_CONTROL)
