"""A test that is still open after a run is exit code 4 in every command, whatever went wrong in between."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.actions.trial_stage import ActionStage, new_stage
from tests.core.trial.stage import QuickToken
from tests.simulator.world import PracticeWorld
from tests.terminal.program import Ended, Program
from wizard.core.exit_code import ExitCode
from wizard.store.entry_lock import let_go
from wizard.store.journal import FileJournal
from wizard.terminal.options import TokenOptions
from wizard.terminal.person import TerminalPerson
from wizard.terminal.printing import Printer
from wizard.terminal.recover import RecoverOptions, Recovery

JOURNAL = ("state", "handover-wizard-practice", "open-tests")
TOKEN = "RECOVERS_WITH"
CALLS = 9  # of a recovery: of the log-in, owner, list and messages, those three again, take, owner


@pytest.fixture
def stage(world: PracticeWorld, monkeypatch: pytest.MonkeyPatch) -> Iterator[ActionStage]:
    """A test stopped after its pass: the live chat has the conversation."""
    stage = new_stage(world, "happy-routing")
    stage.stop_after_pass()
    monkeypatch.setenv(TOKEN, world.token())
    yield stage
    world.forget_faults()


def recovered(stage: ActionStage, env: str = TOKEN) -> ExitCode:
    options = RecoverOptions(TokenOptions(env=env), yes=True, consent=True)
    person = TerminalPerson(Printer(as_json=False), says_yes=False)
    cancel = QuickToken(1000)
    return Recovery(stage.session, options, person, Printer(as_json=False), cancel).run()


KINDS: dict[str, dict[str, Any]] = {
    **{name: {"kind": name} for name in ("refuse", "reset", "http_500", "html", "truncated", "answer_lost")},
    **{name: {"kind": name} for name in ("throttled", "batch_null")},
    "token revoked": {"kind": {"code": 190, "subcode": 460}},
    "no default app": {"kind": {"code": 27}},
    "done, but refused": {"kind": {"code": 10}, "done": True},
    "done, but success: false": {"kind": "answer", "answer": {"body": '{"success":false}'}, "done": True},
    "an empty list": {"kind": "answer", "answer": {"body": '{"data":[]}'}},
}


@pytest.mark.parametrize("times", [1, None], ids=["once", "from then on"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_recovery_with_trouble_at_any_call_is_back_or_says_that_it_is_open(
    kind: str, times: int | None, stage: ActionStage
) -> None:
    world, (entry,) = stage.world, stage.session.pending_tests()
    for call in range(CALLS):
        stage.session.journal.write(entry)
        let_go(stage.session.places.journal / f"{entry.id}.lock")
        if world.owner_of() != world.app("secondary"):
            world.control_of("take")
            world.control_of("pass", target_app_id=world.app("secondary"))
        world.fault("*", times=times, after=call, **KINDS[kind])
        code = recovered(stage)
        world.forget_faults()
        is_open = bool(stage.session.pending_tests())
        assert code == (ExitCode.WRONG_APP_HAS_IT if is_open else ExitCode.NO_PROBLEM), call
        assert is_open or world.owner_of() == world.app("primary"), call


def test_a_token_of_another_app_leaves_it_open(stage: ActionStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, stage.world.token("third_app_page"))
    assert recovered(stage) == ExitCode.WRONG_APP_HAS_IT
    assert stage.session.pending_tests()


def test_nobody_there_to_answer_leaves_it_open(stage: ActionStage, program: Program) -> None:
    write_for(program, stage)
    at = ("recover", "--practice-at", stage.world.control_url, "--token-env", "T")
    ended = program.run(*at, T=stage.world.token())
    assert ended.code == 4
    assert "Say it with --consent" in ended.complained


def test_stopped_at_the_question_it_is_open_still(stage: ActionStage, program: Program) -> None:
    write_for(program, stage)
    at = ("recover", "--practice-at", stage.world.control_url, "--token-env", "T")
    with program.at_a_terminal(*at, T=stage.world.token()) as person:
        person.sees("Bring the conversation back?")
        person.sees("Number")
        person.presses_control_c()
        assert person.waits_for_the_end() == 4
        assert "The conversation is not back yet." in person.all_shown()


# A set-up or a check of the same Page.


def write_for(program: Program, stage: ActionStage, page_id: str = "") -> Path:
    """As a program that has died leaves it: nobody holds it."""
    folder = program.home.joinpath(*JOURNAL)
    (entry,) = stage.session.pending_tests()
    FileJournal(folder).write(replace(entry, page_id=page_id or entry.page_id))
    let_go(folder / f"{entry.id}.lock")
    return folder / f"{entry.id}.json"


def ends(program: Program, stage: ActionStage, *arguments: str, token: str = "") -> Ended:
    world = stage.world
    command, *more = arguments
    return program.run(command, "--practice-at", world.control_url, "--token-env", "T", *more, T=token or world.token())


def set_up(world: PracticeWorld) -> tuple[str, ...]:
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    return ("setup", *apps, "--confirm-roles", "--confirm-saved")


def test_a_set_up_that_tests_nothing_says_that_a_test_is_open(stage: ActionStage, program: Program) -> None:
    path = write_for(program, stage)
    ended = ends(program, stage, *set_up(stage.world))
    assert (ended.code, path.exists()) == (4, True)
    assert "Run “handover-wizard recover” to bring it back." in ended.said


@pytest.mark.parametrize("command", ["setup", "check"])
def test_a_page_that_was_named_is_known_where_its_token_tells_nothing(
    command: str, stage: ActionStage, program: Program
) -> None:
    write_for(program, stage)
    stage.world.fault("*", {"code": 190, "subcode": 460}, None)
    assert ends(program, stage, command, "--page", stage.world.page_id).code == 4


def test_a_test_of_another_page_changes_nothing(stage: ActionStage, program: Program) -> None:
    write_for(program, stage, page_id="1234567")
    assert ends(program, stage, *set_up(stage.world)).code == 0


def test_the_test_of_any_page_counts_where_all_are_checked(stage: ActionStage, program: Program) -> None:
    write_for(program, stage)
    ended = ends(program, stage, "check", "--all-pages", token=stage.world.token("user"))
    assert ended.code == 4


@pytest.mark.parametrize("fault", ["GET me/accounts", "GET me/subscribed_apps"])
def test_the_test_of_a_page_that_was_not_reached_counts_too(fault: str, stage: ActionStage, program: Program) -> None:
    write_for(program, stage)
    stage.world.fault(fault, "reset", None)
    assert ends(program, stage, "check", "--all-pages", token=stage.world.token("user")).code == 4


def test_a_test_counts_where_the_report_cannot_be_written(stage: ActionStage, program: Program) -> None:
    write_for(program, stage)
    ended = ends(program, stage, "check", "--all-pages", "-o", "/dev/full", token=stage.world.token("user"))
    assert ended.code == 4
    assert "A file could not be saved" in ended.said + ended.complained


def test_the_test_of_another_account_changes_nothing_where_all_pages_were_seen(
    stage: ActionStage, program: Program
) -> None:
    write_for(program, stage, page_id="1234567")
    assert ends(program, stage, "check", "--all-pages", token=stage.world.token("user")).code == 0
