"""The terminal walks the same route as the window: every step in its order, and none past an answer that is missing."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld
from wizard.actions.practice import join_practice
from wizard.actions.session import Session
from wizard.core.app_id import AppIdProblem, AppIdTrouble
from wizard.core.clock import SystemClock
from wizard.core.exit_code import ExitCode
from wizard.core.flow import SETUP, Problem, StepId
from wizard.core.ports import Choice
from wizard.core.target import TargetChoice
from wizard.store.places import Places
from wizard.terminal.options import SetupOptions
from wizard.terminal.printing import Printer
from wizard.terminal.setup import run_setup
from wizard.terminal.setup_run import SetupRun
from wizard.words import daily, fields, steps


@dataclass
class Scripted:
    """A person who has an answer for each question; what is not among them is a mistake of the test."""

    answers: Mapping[str, str]
    asked: list[str] = field(default_factory=list)
    offered: dict[str, set[str]] = field(default_factory=dict)

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        return True

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        self.asked.append(question)
        self.offered[question] = {choice.id for choice in choices}
        return self.answers[question]


def run_of(world: PracticeWorld, **answers: str) -> tuple[SetupRun, Scripted]:
    name = f"handover-test-{uuid.uuid4().hex}"
    session = Session(join_practice(world.control_url).world, Places(name), SystemClock())
    products = {"bot_product": "flow-ai", "live_chat_product": "unknown"}
    person = Scripted(
        {**products, "token": world.token(), "token_owner": "bot", "roles_done": "done", "saved": "yes", **answers}
    )
    return SetupRun(session, SetupOptions(), person, lambda request: False, Printer(as_json=False)), person


def headings(shown: str) -> list[str]:
    titles = {steps.title(step.id) for step in SETUP.steps}
    return [line for line in shown.splitlines() if line in titles]


def test_every_step_behind_the_first_is_walked_in_the_order_of_the_route(
    world: PracticeWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    run, person = run_of(world, live_chat=world.app("page_inbox"))
    assert run_setup(run) is ExitCode.NO_PROBLEM
    expected = [steps.title(step.id) for step in SETUP.route(run.answers) if step.id is not StepId.WELCOME]
    assert headings(capsys.readouterr().out) == expected
    assert person.asked == [
        *("bot_product", "live_chat_product"),
        *("token", "token_owner", "live_chat", *["roles_done"] * 3, "saved"),
    ]
    assert SETUP.reachable(run.answers) == SETUP.route(run.answers)
    assert StepId.APP_ID not in {step.id for step in SETUP.route(run.answers)}


def test_whose_live_chat_has_a_public_app_id_is_not_asked_for_it(world: PracticeWorld) -> None:
    run, person = run_of(world, live_chat_product="page-inbox")
    assert run_setup(run) is ExitCode.NO_PROBLEM
    assert "live_chat" not in person.asked
    assert run.answers.saved_app_id == world.app("page_inbox")


def test_a_bot_of_their_own_is_left_to_its_developer(world: PracticeWorld) -> None:
    run, person = run_of(world, bot_product="own", live_chat=world.app("page_inbox"))
    run_setup(run)
    assert run.answers.target == TargetChoice("developer")
    assert {"chatfuel", "manychat", "other", "own", "unknown"} <= person.offered["bot_product"]
    assert {"zendesk", "support-desk", "other", "unknown"} <= person.offered["live_chat_product"]


def test_the_apps_that_are_offered_are_those_of_the_window(world: PracticeWorld) -> None:
    """The Page Inbox is no bot, and an app that is said to be neither takes over nothing."""
    run, person = run_of(
        world, token_owner="neither", bot="other", app_id=world.app("third"), live_chat=world.app("page_inbox")
    )
    run_setup(run)
    assert person.offered["bot"] == {"other"}
    assert world.app("primary") not in person.offered["live_chat"]
    assert world.app("page_inbox") in person.offered["live_chat"]


def test_one_app_cannot_be_bot_and_live_chat(world: PracticeWorld, capsys: pytest.CaptureFixture[str]) -> None:
    own = world.app("secondary")
    run, _person = run_of(world, token=world.token("secondary_page"), token_owner="live_chat", bot="other", app_id=own)
    assert run_setup(run) is ExitCode.PROBLEM
    shown = capsys.readouterr().out
    assert headings(shown)[-1] == steps.title(StepId.APPS)
    assert fields.app_id_problem_text(AppIdProblem(AppIdTrouble.SAME_AS_OTHER)) in shown
    assert run.answers.bot is None


def test_settings_that_are_done_later_stay_open_and_the_route_goes_on(world: PracticeWorld) -> None:
    run, _person = run_of(world, live_chat=world.app("page_inbox"), roles_done="later")
    assert run_setup(run) is ExitCode.NO_PROBLEM
    assert SETUP.problems(StepId.ROLES, run.answers) == (Problem.ROLES_OPEN,)
    assert run.answers.saved_app_id == world.app("page_inbox")


def test_what_was_not_saved_ends_the_route(world: PracticeWorld, capsys: pytest.CaptureFixture[str]) -> None:
    run, _person = run_of(world, live_chat=world.app("page_inbox"), saved="no")
    assert run_setup(run) is ExitCode.PROBLEM
    assert headings(capsys.readouterr().out)[-1] == steps.title(StepId.BOT_SETTINGS)
    assert SETUP.problems(StepId.BOT_SETTINGS, run.answers) == (Problem.NOT_SAVED,)


def test_the_end_shows_the_rules_for_every_day_and_saves_the_reminder_that_was_asked_for(
    world: PracticeWorld, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run, _person = run_of(world, live_chat=world.app("secondary"))
    run.options = replace(run.options, reminder=tmp_path / "check.ics")
    assert run_setup(run) is ExitCode.NO_PROBLEM
    shown = capsys.readouterr().out
    for number, rule in enumerate(daily.rules(run.answers), start=1):
        assert f"{number}. {rule.title}\n   {rule.text}\n" in shown
    assert "BEGIN:VALARM" in (tmp_path / "check.ics").read_text()
    assert shown.splitlines()[-1] == f"Saved as {tmp_path / 'check.ics'}. Open it: your calendar takes it in."


def test_a_reminder_that_cannot_be_saved_is_said(
    world: PracticeWorld, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run, _person = run_of(world, live_chat=world.app("secondary"))
    run.options = replace(run.options, reminder=tmp_path / "no-such-folder" / "check.ics")
    assert run_setup(run) is ExitCode.PROBLEM
    assert "A file could not be saved" in capsys.readouterr().out
