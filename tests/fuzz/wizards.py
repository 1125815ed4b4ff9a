"""Wizards in one practice world: real calls and journals, a clock that moves when somebody waits, and a look at who has
the conversation after every call. A wizard can die at a call, and the world can move before one."""

import contextlib
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.core.trial.stage import Tester
from tests.simulator.world import PracticeWorld, request
from wizard.actions.practice import PracticePerson, join_practice
from wizard.actions.restore import NeedsToken, SituationRead, read_situation, restore
from wizard.actions.session import Session
from wizard.actions.trial import TrialPlan, TrialPorts, restore_pending, run_trial
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.errors import WizardError
from wizard.core.facts import App
from wizard.core.pending import AlreadyInTest, PendingTest
from wizard.core.ports import Choice, GraphApi
from wizard.core.secret import Secret
from wizard.core.trial_result import ConsentRequest, Event, RestoreEnd, TrialResult
from wizard.store.places import Places

_WAIT = 40.0  # seconds that a part waits for the tester, or for the bot
_CHANGES = {"pass_control": "pass", "take_control": "take", "release_control": "release"}


class Died(BaseException):
    """The process of a wizard is gone: nothing of it runs any more but what the system does."""


@dataclass
class WorldClock:
    """The practice world's time is this one: whoever waits moves both, and nobody else does."""

    world: PracticeWorld
    ahead: float = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead

    def now(self) -> float:
        return time.time() + self.ahead

    def advance(self, seconds: float) -> None:
        self.ahead += seconds
        self.world.clock(seconds)


class WorldToken(CancelToken):
    def __init__(self, clock: WorldClock) -> None:
        super().__init__()
        self._clock = clock

    def wait(self, seconds: float) -> None:
        self.raise_if_cancelled()
        self._clock.advance(max(0.0, seconds))


@dataclass(frozen=True)
class Moved:
    """Control went from one app to another, None for nobody. by: name of a wizard, "asked" where the tester did what a
    wizard had asked for, else what the world did by itself."""

    before: str | None
    after: str | None
    by: str


@dataclass
class Ended:
    """One run of a wizard. start: who had the conversation. results: of the parts of a test; ends: of whatever brought
    it back; restored: of a recovery, by open test. how: "done", "died", "stopped", "refused" where nothing was read, or
    the kind of an error. moves: during it, by whom ever. wrong: what it must not have done."""

    how: str
    start: str | None
    results: list[TrialResult] = field(default_factory=list)
    ends: list[RestoreEnd] = field(default_factory=list)
    restored: list[tuple[PendingTest, RestoreEnd]] = field(default_factory=list)
    moves: list[Moved] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Break:
    """Where a run breaks off, as numbers of calls from 1. dies_before, dies_after: at one that was not sent, or was;
    stops: the person stops the run then."""

    dies_before: int = 0
    dies_after: int = 0
    stops: int = 0


@dataclass
class Script:
    """How a run goes. before: what the world does, by the number of the call. agrees: to whatever is asked."""

    before: dict[int, Callable[[], None]] = field(default_factory=dict)
    at: Break = field(default_factory=Break)
    agrees: bool = True
    with_part_a: bool = True


class Stage:
    """The world, its clock, and every move of control so far."""

    def __init__(self, world: PracticeWorld) -> None:
        self.world = world
        self.clock = WorldClock(world)
        self.moves: list[Moved] = []

    def set_up(self, start: str, saved: str = "secondary") -> None:
        """start: role of the app that has the conversation, or "nobody". saved: of the one that the bot hands over to,
        "" for none."""
        self.world.scenario("happy-routing")
        self.clock.ahead = 0.0
        if saved:
            self.world.instruct("paste_app_id", copied=self.world.app(saved))
        if start == "nobody":
            self.world.control_of("release")
        elif start != "primary":
            self.world.control_of("pass", target_app_id=self.world.app(start))
        self.moves = []
        self._owner = self.world.owner_of()

    def look(self, by: str) -> str | None:
        """Note who has the conversation now, and who was at work since the last look."""
        owner = self.world.owner_of()
        if owner != self._owner:
            self.moves.append(Moved(self._owner, owner, by))
            self._owner = owner
        return owner

    def does(self, deed: str) -> None:
        """Something that the world does by itself."""
        self.look("time")
        with contextlib.suppress(OSError):  # trouble with Facebook meets other apps, too
            DEEDS[deed](self)
        self.look(deed)

    def role(self, app_id: str | None) -> str:
        return {self.world.app(role): role for role in ("primary", "secondary", "third")}.get(app_id or "", "nobody")


def _answer_from_desk(stage: Stage) -> None:
    request("POST", f"{stage.world.start['livechat_url']}/{stage.world.tester}/reply", form={"text": "Hello"})


def _route_to(role: str) -> Callable[[Stage], None]:
    def change(stage: Stage) -> None:
        form = {"default_app": stage.world.app(role) if role else ""}
        request("POST", f"{stage.world.start['facebook_url']}/settings/routing", form=form)

    return change


# The customer, the live chat, another app, the bot by itself, Facebook, the clock.
DEEDS: dict[str, Callable[[Stage], object]] = {
    "customer writes": lambda stage: stage.world.write("Are you open?"),
    "customer asks for a human": lambda stage: stage.world.write("human"),
    "desk answers": _answer_from_desk,
    "desk closes": lambda stage: stage.world.control_of("release", "secondary_page"),
    "desk passes back": lambda stage: stage.world.control_of(
        "pass", "secondary_page", target_app_id=stage.world.app("primary")
    ),
    "other app takes": lambda stage: stage.world.control_of("take", "third_app_page"),
    "other app lets go": lambda stage: stage.world.control_of("release", "third_app_page"),
    "bot takes": lambda stage: stage.world.control_of("take"),
    "a day passes": lambda stage: stage.clock.advance(25 * 3600),
    "an hour passes": lambda stage: stage.clock.advance(3600),
    "bot is default": _route_to("primary"),
    "owners are hidden": _route_to("third"),
    "no default app": _route_to(""),
    "throttled": lambda stage: stage.world.fault("*", "throttled", 2, minutes=1),
    "answer lost": lambda stage: stage.world.fault("*", "answer_lost"),
    "reset": lambda stage: stage.world.fault("*", "reset"),
    "server trouble": lambda stage: stage.world.fault("*", "http_500", 2),
    "take refused": lambda stage: stage.world.fault("POST me/take_thread_control", "refuse"),
    "pass refused": lambda stage: stage.world.fault("POST me/pass_thread_control", "refuse"),
    "token dead": lambda stage: stage.world.fault("*", "error", 1, code=190, subcode=460),
}
MOVES_CONTROL = frozenset(list(DEEDS)[:10])


class WatchedGraph:
    """A wizard's Graph: every call is told before and after."""

    def __init__(self, graph: GraphApi, wizard: "Wizard") -> None:
        self._graph, self._wizard = graph, wizard

    def __getattr__(self, name: str) -> object:
        found = getattr(self._graph, name)
        if name == "with_short_timeouts":
            return lambda cancel: WatchedGraph(found(cancel), self._wizard)
        if name == "time" or not callable(found):
            return found
        return lambda *given, **named: self._wizard.calls(name, lambda: found(*given, **named))


class WatchedSession(Session):
    wizard: "Wizard"

    def graph(self, secret: Secret, proof: Secret | None, cancel: CancelToken) -> GraphApi:
        return WatchedGraph(super().graph(secret, proof, cancel), self.wizard)  # type: ignore[return-value]


class Wizard:
    """One computer with its own home: session, journal, and the person in front of it."""

    def __init__(self, stage: Stage, name: str) -> None:
        self.stage, self.name, world = stage, name, stage.world
        places = Places(f"handover-fuzz-{uuid.uuid4().hex}")
        self.session = WatchedSession(join_practice(world.control_url).world, places, stage.clock)
        self.session.wizard = self
        self.run: Ended | None = None
        self._script = Script()
        self._number = 0
        self._changes = 0
        self._cancel = WorldToken(stage.clock)
        self._agreed: list[ConsentRequest] = []
        opened = self.session.open_token(Secret(world.token()), None, CancelToken())
        self.session.tokens.keep(opened, remember=False)
        answers = self.session.accept(opened, Answers(started=True))
        apps = {role: App(world.app(role), world.start["apps"][role]["name"]) for role in ("primary", "secondary")}
        self.answers = with_changes(
            with_changes(answers, token_owner=TokenOwner.BOT), bot=apps["primary"], live_chat=apps["secondary"]
        )
        self.person = Tester(PracticePerson(world.control_url), {"way_out": "wait"})

    @property
    def entries(self) -> Sequence[PendingTest]:
        return self.session.journal.entries()

    def forget(self) -> None:
        for entry in self.entries:
            self.session.journal.close(entry.id)

    # What it does.

    def test(self, script: Script) -> Ended:
        def act() -> None:
            plan = TrialPlan(self.stage.world.tester, with_part_a=script.with_part_a, wait=_WAIT)
            ports = TrialPorts(self, self._consent, self._show, run.results.append)
            run_trial(self.session, self.answers, plan, ports, self._cancel)

        run = self._begin(script)
        return self._ended(run, act)

    def recover(self, script: Script) -> Ended:
        """Bring back every open test, as one who agrees to what is shown."""

        def act() -> None:
            for entry in self.entries:
                read: object = read_situation(self.session, entry, self._cancel)
                assert not isinstance(read, NeedsToken)
                for _again in range(3):
                    if isinstance(read, SituationRead) and script.agrees:
                        read = restore(self.session, read, self, self._show, self._cancel)
                if isinstance(read, RestoreEnd):
                    run.ends.append(read)
                    run.restored.append((entry, read))

        run = self._begin(script, is_recovery=True)
        return self._ended(run, act)

    def _begin(self, script: Script, is_recovery: bool = False) -> Ended:
        self._script, self._number, self._changes = script, 0, 0
        self._cancel, self._agreed, self._is_recovery = WorldToken(self.stage.clock), [], is_recovery
        run = Ended("done", self.stage.look("time"))
        self.run, self._moves_before = run, len(self.stage.moves)
        return run

    def _ended(self, run: Ended, act: Callable[[], None]) -> Ended:
        try:
            act()
        except Died:
            run.how = "died"
        except AlreadyInTest:
            run.how = "refused"
        except Cancelled:
            run.how = "stopped"
        except WizardError as error:
            run.how = error.kind.value
        if run.how not in ("done", "died", "refused") and not self._is_recovery:
            # As both faces do: nothing of the run goes on, and what it left is brought back at once.
            self._script = Script(agrees=False)
            run.ends += restore_pending(
                self.session, self.answers, self.stage.world.tester, WorldToken(self.stage.clock)
            )
        self.stage.look(self.name)
        run.moves = self.stage.moves[self._moves_before :]
        self.run = None
        return run

    # What it meets.

    def calls(self, name: str, call: Callable[[], object]) -> object:
        stage, script, run = self.stage, self._script, self.run
        self._number += 1
        number = self._number
        if number in script.before:
            script.before.pop(number)()
        before = stage.look("time")
        if script.at.dies_before == number:
            raise Died
        if script.at.stops == number:
            self._cancel.cancel()
        if run is not None and name in _CHANGES:
            run.wrong += self._unasked(_CHANGES[name], before)
        try:
            answer = call()
        finally:
            after = stage.look(self.name)
            if run is not None and before != after and not self._mine():
                run.wrong.append(f"{self.name}: {name} moved control without an entry")
        if script.at.dies_after == number:
            raise Died
        return answer

    def _mine(self) -> bool:
        return bool(self.entries)

    def _unasked(self, change: str, owner: str | None) -> list[str]:
        """What is changed without anybody's word: taken from another app, or given to the live chat."""
        self._changes += 1
        if self._is_recovery:
            return [] if self._script.agrees else [f"{self.name}: {change} though nobody agreed"]
        is_others = owner not in (None, self.stage.world.app("primary"))
        if change == "take" and is_others and not (self._agreed or self._has_moved_it()):
            return [f"{self.name}: took from {self.stage.role(owner)} though nobody agreed"]
        if change == "pass" and not (self._agreed or self._has_moved_it()):
            return [f"{self.name}: passed though nobody agreed"]
        return []

    def _has_moved_it(self) -> bool:
        """This run has passed it, or let the tester write: what it takes then it takes back."""
        return any(entry.passed_at or entry.told_at for entry in self.entries)

    def _consent(self, request: ConsentRequest) -> bool:
        if self._script.agrees:
            self._agreed.append(request)
        return self._script.agrees

    def _show(self, event: Event) -> None:
        """Nobody watches."""

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        self.stage.look("time")
        done = self.person.instruct(step, text, link, copied)
        self.stage.look("asked")
        return done

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        answer = self.person.ask(question, text, choices)
        self.stage.look("asked")
        return answer
