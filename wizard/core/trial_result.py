"""What a test tells while it runs, and what it found in the end. Facts only; words has the sentences."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from wizard.core.errors import Failure
from wizard.core.facts import App, OwnerReading
from wizard.core.pending import TrialPart


class OwnerRelation(StrEnum):
    """An owner reading, put in relation to the two apps of the set-up."""

    BOT = "bot"
    LIVE_CHAT = "live_chat"
    OTHER = "other"  # a third app, named in the reading
    HIDDEN = "hidden"  # some other app; Facebook does not tell this one which
    IDLE = "idle"
    NOTHING = "nothing"  # an empty list that may mean idle or hidden
    UNREADABLE = "unreadable"


class Item(StrEnum):
    """The lines of the checklist on the test page, in order of time."""

    OWNER = "owner"  # who has control now
    PROBE = "probe"  # the bot can let go and take again
    PASSED = "passed"
    HELLO = "hello"  # a fresh message: who answers first
    HUMAN = "human"  # the words that make the bot hand over
    ARRIVED = "arrived"  # the live chat has control
    SILENCE = "silence"  # the bot stays silent meanwhile
    BACK = "back"


class ItemState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    SAID = "said"  # the person says so; no program saw it
    WARNING = "warning"
    PROBLEM = "problem"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Event:
    """One change of the checklist. relation and owner: the reading behind it. look, looks: number of this reading and
    how many there will be at most, 0 where not counted. app: who has control, None where the reading names nobody.
    is_written: the tester's message was seen to have arrived."""

    item: Item
    state: ItemState
    relation: OwnerRelation | None = None
    owner: OwnerReading | None = None
    failure: Failure | None = None
    look: int = 0
    looks: int = 0
    app: App | None = None
    is_written: bool = False


OnEvent = Callable[[Event], None]


class TrialOutcome(StrEnum):
    """What one part showed."""

    # Part A
    WORKS = "works"  # passed, seen there, or seen to have left the bot
    NOT_OFFERED = "not_offered"  # it could not be given back, or not be seen: nothing was changed
    DECLINED = "declined"  # the person did not agree: nothing was changed, or all was put back
    PROBE_REFUSED = "probe_refused"  # Facebook does not let the bot take control: nothing was passed
    PASS_REFUSED = "pass_refused"
    NEVER_LEFT = "never_left"  # returned at once, or never left
    # Part B
    BOT_HANDED_OVER = "bot_handed_over"
    OTHER_ANSWERS_FIRST = "other_answers_first"
    LIVE_CHAT_AT_ONCE = "live_chat_at_once"  # it got the fresh message first, or the bot handed over before we looked
    NO_HELLO = "no_hello"  # the fresh message was not seen
    NOTHING_HAPPENED = "nothing_happened"  # the bot kept the conversation
    TALKS_ON = "talks_on"  # it handed over, and did not stay silent while a person had control
    # Both
    WENT_ELSEWHERE = "went_elsewhere"  # a third app got control
    CANNOT_TELL = "cannot_tell"
    TROUBLE = "trouble"  # a call failed on the way; the failure tells
    MOVED = "moved"  # something else moved the conversation meanwhile: the part ended there


PASSED = frozenset({TrialOutcome.WORKS, TrialOutcome.BOT_HANDED_OVER})
# Neither passed nor wrong, though the person agreed.
NOTHING_LEARNED = frozenset(
    {
        TrialOutcome.NOT_OFFERED,
        TrialOutcome.CANNOT_TELL,
        TrialOutcome.TROUBLE,
        TrialOutcome.MOVED,
        TrialOutcome.NO_HELLO,
        TrialOutcome.LIVE_CHAT_AT_ONCE,
    }
)


class Silence(StrEnum):
    """Whether the bot stayed silent while a person had control."""

    SEEN = "seen"  # nobody on the Page's side wrote
    SAID = "said"  # the tester says so
    BROKEN = "broken"  # the tester says that the bot answered
    BOT_HAS_IT = "bot_has_it"  # the bot had control again, whoever gave it that
    UNKNOWN = "unknown"


class RestoreResult(StrEnum):
    """Where the conversation is in the end."""

    UNTOUCHED = "untouched"  # nothing was changed
    BACK = "back"  # with its start owner, seen
    BY_ITSELF = "by_itself"  # it had come back before we asked
    IDLE = "idle"  # nobody has control; the next message goes to the app that answers first
    LET_GO = "let_go"  # released again; who had control at the start, if anybody, was not shown and did not get it back
    NOT_BACK = "not_back"  # with another app than at the start, as far as known: the journal entry stays open


@dataclass(frozen=True, slots=True)
class RestoreEnd:
    """How bringing back ended. failure: why it did not work, or None. left: the last owner reading. is_certain: False
    where it is not back as far as known, and may be all the same: this token is not shown who has it. is_wanted: the
    person chose to leave it where it is. is_idle: it is not back, and nobody has it; no app may answer."""

    result: RestoreResult
    failure: Failure | None = None
    left: OwnerReading | None = None
    is_certain: bool = True
    is_wanted: bool = False
    is_idle: bool = False


@dataclass(frozen=True, slots=True)
class TrialResult:
    """app: the app that got control, where it was seen. first_app: the app that got the fresh message (part B), None
    where that was not tried or not seen. is_probe_good: the bot let go and took control again, so that part B may begin
    with a release. is_seen_by_live_chat: with the live chat's token, which is not shown who passed the conversation.
    readings: all owners seen, oldest first. at: Unix seconds of its end by Facebook's clock, 0.0 where not noted.
    bot_id, live_chat_id: App IDs of the two it was about, "" where not noted. silence: None where it was not tried."""

    part: TrialPart
    outcome: TrialOutcome
    ended: RestoreEnd
    app: App | None = None
    first_app: App | None = None
    failure: Failure | None = None
    is_probe_good: bool = False
    by_eye: bool = False
    is_seen_by_live_chat: bool = False
    readings: tuple[OwnerReading, ...] = ()
    at: float = 0.0
    bot_id: str = ""
    live_chat_id: str = ""
    silence: Silence | None = None

    @property
    def may_go_on(self) -> bool:
        """After part A: part B may follow in the same go. A refusal is dealt with first: the conversation would go to
        the live chat and stay there."""
        is_sound = self.outcome in (TrialOutcome.WORKS, TrialOutcome.CANNOT_TELL)
        return is_sound and self.is_probe_good and not self.is_left_elsewhere

    @property
    def is_left_elsewhere(self) -> bool:
        return self.ended.result is RestoreResult.NOT_BACK


class ConsentTo(StrEnum):
    """What a person must agree to before it is done. Given by a click or an option, never by a program."""

    READ_MESSAGES = "read_messages"  # newest messages of conversations that changed since the code was shown
    READ_OWNERS = "read_owners"  # IDs and who has control, no text
    TEST = "test"  # part A or B with this conversation, which may stay with the live chat until a time
    TAKE_FROM = "take_from"  # another app has control now, or may have, and would lose it
    TEST_CUSTOMER = "test_customer"  # a conversation chosen from the list, not found by the code


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """until: Unix seconds up to which the conversation may stay with app, None where unknown."""

    to: ConsentTo
    app: App | None = None
    person_name: str = ""
    until: int | None = None


Consent = Callable[[ConsentRequest], bool]
