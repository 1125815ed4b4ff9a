"""One test of a handover through either face: the real program at a terminal, or the test page in a real window."""

import json
import re
from dataclasses import dataclass, replace

import pytest
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld, request
from tests.terminal.program import Program
from tests.ui.handover_stage import window_at_test
from tests.ui.set_up import new_session, ready
from wizard.actions.roles import add_fields, missing_fields
from wizard.actions.session import Session
from wizard.core import limits
from wizard.core.answers import TokenOwner
from wizard.core.cancel import CancelToken
from wizard.core.outcome import exit_code
from wizard.core.secret import Secret
from wizard.core.trial_result import Event, ItemState
from wizard.ui.pages.handover_test.live import LivePanel
from wizard.ui.pages.handover_test.stage import Stage
from wizard.words import summary, trial

JOURNAL = ("state", "handover-wizard-practice", "open-tests")
# A line of the checklist. What the simulated owner was asked begins with a question mark, too, and has another one.
_LINE = re.compile(r"^  (?:[✓✗!•]|\?(?!.*\?)) (.+?)(?:  .*)?$", re.MULTILINE)
_STEPS = {"Hello": "say_hello", "human": "ask_for_human", "once more": "write_once_more"}
_TIMEOUT = 60_000  # ms
_WAIT = 5.0  # seconds for what takes minutes in life
_TOKENS = {TokenOwner.BOT: "page", TokenOwner.LIVE_CHAT: "secondary_page"}


@dataclass(frozen=True)
class Case:
    """scenario: where it begins, thread_owner: what Facebook shows, "" as the scenario says. saves: whose App ID is in
    the bot. owner: whose token it is. has_second: the token of the other app is given, too."""

    scenario: str
    saves: str = "secondary"
    owner: TokenOwner = TokenOwner.BOT
    has_second: bool = False
    thread_owner: str = ""

    @property
    def tokens(self) -> tuple[str, str]:
        """Names of the first token and of the other one."""
        first = _TOKENS[self.owner]
        return first, "secondary_page" if first == "page" else "page"

    def prepare(self, world: PracticeWorld) -> None:
        said = {"name": self.scenario, **({"thread_owner": self.thread_owner} if self.thread_owner else {})}
        assert request("POST", f"{world.control_url}/scenario", json_body=said).status == 200
        world.instruct("paste_app_id", copied=world.app(self.saves))
        world.forget_requests()


@dataclass
class Shown:
    """What a test showed. lines: the checklist's, as they were decided. parts: what each part found, where it ended and
    the apps it names. calls: those about control, the same one after the other as one. owner: who has it afterwards.
    sentence: who had, got and has control. code: what the program ends with."""

    lines: list[str]
    parts: list[tuple[str, str, str, str | None]]
    calls: list[str]
    owner: str | None
    entries: int
    sentence: str
    code: int


def _calls(world: PracticeWorld) -> list[str]:
    calls = [call for call in world.calls() if "thread" in call]
    return [call for at, call in enumerate(calls) if at == 0 or call != calls[at - 1]]


def at_the_terminal(program: Program, world: PracticeWorld, case: Case) -> Shown:
    case.prepare(world)
    first, other = case.tokens
    second = ("--other-token-env", "OTHER") if case.has_second else ()
    ended = program.run(
        *("setup", "--practice-at", world.control_url, "--owner", "simulated", "--json"),
        *("--token-env", "FIRST", *second, "--bot", world.app("primary"), "--live-chat", world.app("secondary")),
        *("--confirm-roles", "--confirm-saved", "--consent", "--wait", f"{_WAIT:.0f}"),
        FIRST=world.token(first),
        OTHER=world.token(other),
    )
    parts = [
        (part["part"], part["found"], part["back"], (part["app"] or {}).get("name"))
        for part in json.loads(ended.said)["parts"]
    ]
    entries = list(program.home.joinpath(*JOURNAL).glob("*.json"))
    sentence = ended.complained.rstrip().rsplit("\n", 1)[-1].strip()
    lines = _LINE.findall(ended.complained)
    return Shown(lines, parts, _calls(world), world.owner_of(), len(entries), sentence, ended.code)


def give_second(session: Session, world: PracticeWorld, case: Case) -> None:
    """The token of the other app, as the page of the apps takes it."""
    if case.has_second:
        opened = session.open_token(Secret(world.token(case.tokens[1])), None, CancelToken())
        session.tokens.keep(opened, remember=False)
        session.accept_second(opened)


def in_the_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, world: PracticeWorld, case: Case) -> Shown:
    case.prepare(world)
    session = new_session(world)
    answers = ready(session, world, case.owner)
    give_second(session, world, case)
    if missing := missing_fields(session.check_context(answers)):  # before the test the terminal adds them, as the page
        session.facts = replace(session.facts, token=add_fields(session, answers.token_name, missing, CancelToken()))
    lines: list[str] = []
    show_event = LivePanel.show_event

    def note(panel: LivePanel, event: Event, now: float) -> None:
        if event.state is not ItemState.RUNNING:
            lines.append(trial.line(event, trial.TrialApps(*answers.pair), now).title)
        show_event(panel, event, now)

    monkeypatch.setattr(LivePanel, "show_event", note)
    monkeypatch.setattr(limits, "MESSAGE", _WAIT)
    window = window_at_test(qtbot, session, world, answers)
    window.begin()
    window.send_code()
    window.until(lambda: window.page.stage in (Stage.READY, Stage.CHOOSE))
    if window.page.stage is Stage.CHOOSE:
        window.page.choose.people.choose(world.tester)
        window.page.choose.tick.box.click()
    world.forget_requests()
    window.begin()
    done: set[str] = set()

    def acts() -> bool:
        """The person does and answers what the page says, as the simulated owner at the terminal."""
        live = window.page.live
        for word, step in _STEPS.items():
            if live.prompt.isVisible() and word in live.prompt.title() and step not in done:
                done.add(step)
                world.instruct(step)
        asked = live.question.asked
        if asked is not None and asked.consent is not None:
            window.pick("I agree")
            window.press("Go on")
        elif asked is not None and asked.is_instruction:
            world.instruct(asked.question)
            window.press("I have done it")
        elif asked is not None:
            words = {choice.id: choice.text for choice in asked.choices}
            window.press(words[world.ask(asked.question, *words)])
            if window.offers("Go on"):
                window.press("Go on")
        return window.page.stage is Stage.OVER

    qtbot.waitUntil(acts, timeout=_TIMEOUT)
    parts = [
        (test.part.value, test.outcome.value, test.ended.result.value, test.app.name if test.app else None)
        for test in session.tests
    ]
    sentence = summary.handover_line(session.tests, window.answers)
    code = exit_code(session.tests, session.verdicts(window.answers))
    return Shown(lines, parts, _calls(world), world.owner_of(), len(session.pending_tests()), sentence, code)
