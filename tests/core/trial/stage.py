"""A test of the handover on the practice world: real calls, a real journal, and a clock that may run quicker."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.simulator.world import PracticeWorld
from wizard.actions.practice import PracticePerson
from wizard.core.cancel import CancelToken
from wizard.core.facts import App, OwnerReading
from wizard.core.pending import PendingTest
from wizard.core.ports import Choice
from wizard.core.secret import Secret
from wizard.core.trial.by_eye import run_by_eye
from wizard.core.trial.conversation import ControlledConversation
from wizard.core.trial.part_a import run_part_a
from wizard.core.trial.part_b import run_part_b
from wizard.core.trial.run import TrialRun, TrialTarget
from wizard.core.trial_result import ConsentRequest, Event, Item, ItemState, TrialResult
from wizard.graph.client import GraphClient
from wizard.store.journal import FileJournal

WORDS = "Test by the Page owner; will be taken back in seconds."


@dataclass(frozen=True)
class QuickClock:
    """Runs `speed` times as fast as time: the one thing here that is not real."""

    speed: float = 1.0

    def monotonic(self) -> float:
        return time.monotonic() * self.speed

    def now(self) -> float:
        return time.time()


class QuickToken(CancelToken):
    """Waits by the quick clock."""

    def __init__(self, speed: float = 1.0) -> None:
        super().__init__()
        self._speed = speed

    def wait(self, seconds: float) -> None:
        super().wait(seconds / self._speed)


@dataclass
class Tester:
    """The person: acts in the practice world as told, and answers questions as the test says."""

    owner: PracticePerson
    answers: dict[str, str] = field(default_factory=dict)
    acts: bool = True
    cannot: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    before: dict[str, Callable[[], object]] = field(default_factory=dict)

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        self.told.append(step)
        if step in self.before:
            self.before[step]()
        if step in self.cannot:
            return False
        return self.owner.instruct(step, text, link, copied) if self.acts else True

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        self.asked.append(question)
        if question in self.before:
            self.before[question]()
        if question in self.answers:
            return self.answers[question]
        return self.owner.ask(question, text, choices)


@dataclass
class Stage:
    """speed: how much quicker than in life the waits are. reads: the tester agreed that messages are read.
    answers_first: the bot was seen to be the default app before. written_at: of the last message, where known."""

    world: PracticeWorld
    folder: Path
    speed: float = 1.0
    agrees: bool = True
    window: float = 120.0
    silence: float = 0.4
    reads: bool = False
    token: str = "page"
    answers_first: bool = False
    written_at: float = 0.0
    consents: list[ConsentRequest] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cancel = QuickToken(self.speed)
        self.clock = QuickClock(self.speed)
        self.journal = FileJournal(self.folder / "open-tests")
        self.person = Tester(PracticePerson(self.world.control_url))
        self.bot = App(self.world.app("primary"), "Flow bot")
        self.live_chat = App(self.world.app("secondary"), "Support Desk")
        self.third = App(self.world.app("third"), "Order Robot")
        self.on_event: Callable[[Event], None] = self.events.append

    def start_again(self) -> None:
        """As the next start of the program: nothing of a stopped run is left but the journal."""
        self.cancel = QuickToken(self.speed)

    @property
    def token_app_id(self) -> str:
        return {"page": self.bot, "secondary_page": self.live_chat, "third_app_page": self.third}[self.token].id

    def graph(self, token: str = "") -> GraphClient:
        secret = Secret(self.world.token(token or self.token))
        return GraphClient(self.world.graph_url, secret, None, self.cancel, self.clock)

    def graph_of_exit(self, cancel: CancelToken, happens: Callable[[], object]) -> GraphClient:
        """The calls of whoever brings back on exit. happens: in the moment after the first look at the owner."""
        graph = self.graph().with_short_timeouts(cancel)
        look, late = graph.owner, [happens]

        def owner(psid: str) -> OwnerReading:
            reading = look(psid)
            if late:
                late.pop()()
            return reading

        graph.owner = owner  # type: ignore[method-assign] # that moment cannot be met from outside
        return graph

    def consent(self, request: ConsentRequest) -> bool:
        self.consents.append(request)
        return self.agrees

    def tell(self, event: Event) -> None:
        self.on_event(event)

    def after_event(self, item: Item, deed: Callable[[], object], state: ItemState = ItemState.RUNNING) -> None:
        """Do something once, as soon as the run tells this of an item: the world moves while the test runs."""
        waiting = [deed]

        def watch(event: Event) -> None:
            self.events.append(event)
            if waiting and event.item is item and event.state is state:
                waiting.pop()()

        self.on_event = watch

    def subject(self) -> TrialTarget:
        start = self.world.start
        return TrialTarget(
            graph_address=self.world.graph_url,
            page_id=self.world.page_id,
            page_name=start["page"]["name"],
            psid=self.world.tester,
            token_app_id=self.token_app_id,
            bot=self.bot,
            live_chat=self.live_chat,
            words=WORDS,
            token_name="token of the test",
        )

    def run(self) -> TrialRun:
        thread = ControlledConversation(
            self.graph(), self.cancel, self.world.tester, self.token_app_id, self.bot, self.live_chat
        )
        return TrialRun(
            self.subject(),
            thread,
            self.journal,
            self.person,
            self.consent,
            self.cancel,
            self.clock,
            self.tell,
            window=self.window,
            silence=self.silence,
            conversation_id=self.conversation_id() if self.reads else "",
            answers_first=self.answers_first,
            written_at=self.written_at,
        )

    def conversation_id(self) -> str:
        return next(one.id for one in self.graph().conversations() if one.psid == self.world.tester)

    def part_a(self) -> TrialResult:
        return run_part_a(self.run())

    def part_b(self, is_probe_good: bool = False) -> TrialResult:
        return run_part_b(self.run(), is_probe_good)

    def by_eye(self) -> TrialResult:
        return run_by_eye(self.run())

    def save_on_platform(self, app_id: str | None = None) -> None:
        self.world.instruct("paste_app_id", copied=app_id or self.live_chat.id)

    def give(self, app: App, token: str = "page") -> None:
        """Pass the tester's conversation before the test; only the test's own calls are counted afterwards."""
        reply = self.world.control_of("pass", token, target_app_id=app.id)
        assert reply.status == 200, reply.text
        self.world.forget_requests()

    def make_idle(self) -> None:
        assert self.world.control_of("release").status == 200
        self.world.forget_requests()

    def entries(self) -> Sequence[PendingTest]:
        return self.journal.entries()

    def states(self, item: Item) -> list[ItemState]:
        """The states an item went through, each run of the same once."""
        seen: list[ItemState] = []
        for event in self.events:
            if event.item is item and (not seen or seen[-1] is not event.state):
                seen.append(event.state)
        return seen

    def writes(self) -> list[str]:
        """The Graph calls that change control, in order: "pass", "take", "release"."""
        return [
            call.removeprefix("POST me/").removesuffix("_thread_control")
            for call in self.world.calls()
            if call.endswith("_thread_control")
        ]
