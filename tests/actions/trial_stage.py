"""A run of the wizard without a window: a session of its own on the practice world, and whoever starts an action."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.core.trial.stage import QuickClock, QuickToken, Tester
from tests.simulator.world import PracticeWorld
from wizard.actions.practice import PracticePerson, join_practice
from wizard.actions.session import Session
from wizard.actions.tokens import Opened
from wizard.actions.trial import TrialPlan, TrialPorts, run_trial
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.cancel import CancelToken
from wizard.core.facts import App
from wizard.core.pending import PendingTest
from wizard.core.secret import Secret
from wizard.core.trial_result import ConsentRequest, Event, TrialResult
from wizard.store.places import Places

_SPEED = 10.0
_WAIT = 40.0  # seconds of the quick clock that a part waits for the tester, or for the bot


@dataclass
class ActionStage:
    """shown: events and results of an action, in order. answers: up to the test, with the bot's token
    unless `log_in` says otherwise."""

    world: PracticeWorld
    session: Session
    answers: Answers
    person: Tester
    cancel: CancelToken = field(default_factory=lambda: QuickToken(_SPEED))
    shown: list[Event | TrialResult] = field(default_factory=list)
    consents: list[ConsentRequest] = field(default_factory=list)
    on_event: Callable[[Event], None] = lambda _event: None

    @property
    def results(self) -> list[TrialResult]:
        return [each for each in self.shown if isinstance(each, TrialResult)]

    def app(self, role: str) -> App:
        told = self.world.start["apps"][role]
        return App(str(told["id"]), told["name"])

    def open(self, token: str) -> Opened:
        """A token of the practice world, kept in memory."""
        opened = self.session.open_token(Secret(self.world.token(token)), None, CancelToken())
        self.session.tokens.keep(opened, remember=False)
        return opened

    def log_in(self, token: str, owner: TokenOwner, second: str = "") -> None:
        """The answers of somebody who gave this token, and a second one."""
        answers = self.session.accept(self.open(token), Answers(started=True))
        answers = with_changes(answers, token_owner=owner)
        self.answers = with_changes(answers, bot=self.app("primary"), live_chat=self.app("secondary"))
        if second:
            self.session.accept_second(self.open(second))
        self.world.forget_requests()

    def save_app_id(self) -> None:
        self.world.instruct("paste_app_id", copied=self.world.app("secondary"))
        self.world.forget_requests()

    def run(self, plan: TrialPlan | None = None) -> list[TrialResult]:
        ports = TrialPorts(self.person, self._consent, self._show_event, self.shown.append)
        run_trial(self.session, self.answers, plan or TrialPlan(self.world.tester, wait=_WAIT), ports, self.cancel)
        return self.results

    def stop_after_pass(self) -> PendingTest:
        """Leave a test in the middle: the conversation is with the live chat, and its entry open."""
        self.world.fault("POST me/take_thread_control", "refuse", None, every=2)  # not the probe's
        self.person.answers["way_out"] = "wait"
        self.run(TrialPlan(self.world.tester, wait=_WAIT))
        self.world.forget_faults()
        (entry,) = self.session.pending_tests()
        return entry

    def _consent(self, request: ConsentRequest) -> bool:
        self.consents.append(request)
        return True

    def _show_event(self, event: Event) -> None:
        self.shown.append(event)
        self.on_event(event)


StageIn = Callable[[str], ActionStage]


def new_stage(world: PracticeWorld, scenario: str) -> ActionStage:
    """Logged in with the bot's token, in a session with folders and a vault of its own."""
    world.scenario(scenario)
    name = f"handover-test-{uuid.uuid4().hex}"
    session = Session(join_practice(world.control_url).world, Places(name), QuickClock(_SPEED))
    stage = ActionStage(world, session, Answers(), Tester(PracticePerson(world.control_url)))
    stage.log_in("page", TokenOwner.BOT)
    return stage
