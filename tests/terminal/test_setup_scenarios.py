"""Each practice scenario through the whole terminal route: the exit code, and the sentence a person can act on."""

import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.program import Ended, Program
from wizard.simulator.world.scenario_file import load_scenario, scenario_names

TESTED = "Handover tested: Flow bot had control, Support Desk got it through the bot, Flow bot has it now."


def set_up(program: Program, world: PracticeWorld, scenario: str, *more: str, timeout: float = 100) -> Ended:
    world.scenario(scenario)
    at = ("--practice-at", world.control_url, "--owner", "simulated", "--wait", "4")
    return program.run("setup", *at, "--consent", "--yes", *more, timeout=timeout)


@pytest.mark.parametrize("scenario", scenario_names())
def test_a_set_up_says_what_is_wrong_and_ends_with_its_code(
    scenario: str, hurried: Program, world_process: PracticeWorld
) -> None:
    expected = load_scenario(scenario)
    ended = set_up(hurried, world_process, scenario)
    assert expected.output
    for sentence in expected.output:
        assert sentence in ended.said
    assert ended.code == expected.exit_code, ended.said
    without_token = {None} if scenario == "version-ended" else set()  # to find the newest version needs none
    assert {call["token_in"] for call in world_process.requests()} - without_token <= {"header", "body"}
    if ended.code != 4:
        assert not list((hurried.home / "state").rglob("open-tests/*")), "a test was left open"


@pytest.mark.parametrize("scenario", ["no-default-app", "take-refused"])
def test_a_refused_probe_stops_before_any_pass(scenario: str, hurried: Program, world_process: PracticeWorld) -> None:
    ended = set_up(hurried, world_process, scenario)
    assert ended.code == 1
    calls = world_process.calls()
    assert "POST me/take_thread_control" in calls
    assert "POST me/pass_thread_control" not in calls
    assert "Your bot was not tried: this comes first." in ended.said


def test_a_wrong_app_id_passes_part_a_and_fails_part_b_naming_the_app(
    hurried: Program, world_process: PracticeWorld
) -> None:
    ended = set_up(hurried, world_process, "wrong-id-saved")
    facebook_allows, bot_does = ended.said.split("Part 2 of 2")
    assert "✓ Support Desk got the conversation" in facebook_allows
    assert "✓ Brought back" in facebook_allows
    assert "went to Order Robot" in bot_does
    assert "Three rules" not in bot_does  # what does not work has none
    assert ended.last_line.startswith("Not passed:")


def test_a_refused_take_back_leaves_the_test_open_and_says_the_ways_out_once(
    hurried: Program, world_process: PracticeWorld
) -> None:
    ended = set_up(hurried, world_process, "take-refused-when-held")
    assert ended.code == 4
    assert ended.said.count("There are three ways out:") == 1
    assert world_process.owner_of() == world_process.app("secondary")
    assert len(list((hurried.home / "state").rglob("open-tests/*.json"))) == 1


def test_nothing_is_asked_before_a_limits_time_is_over(hurried: Program, world_process: PracticeWorld) -> None:
    """It is reached in the middle of a watch: the conversation stays where it is until Facebook answers again."""
    ended = set_up(hurried, world_process, "limit-in-watch")
    assert ended.code == 4
    asked = world_process.requests()
    refused = [at for at, call in enumerate(asked) if call["status"] == 400]
    assert refused == [len(asked) - 1], "the call that met the limit is the last"
    assert asked[-1]["call"] == "GET me/thread_owner"


def test_part_a_costs_eight_calls_at_most(hurried: Program, world_process: PracticeWorld) -> None:
    assert set_up(hurried, world_process, "happy-routing").code == 0
    requests = [call for call in world_process.requests() if "thread" in call["call"]]
    changes = [at for at, call in enumerate(requests) if "pass_thread_control" in call["call"]]
    assert len(changes) == 1, "only part A passes by itself"
    # From the first reading to the reading after the take: all that part A needs.
    take_back = next(at for at, call in enumerate(requests) if at > changes[0] and "take_thread" in call["call"])
    part_a = requests[: take_back + 2]
    assert [call["method"] for call in part_a] == ["GET", "POST", "POST", "POST", "GET", "POST", "GET"]
    assert len(part_a) <= 8


def test_the_practice_without_a_display_ends_with_who_had_and_has_control(hurried: Program) -> None:
    ended = hurried.run("setup", "--practice", "new-page", "--owner", "simulated", "--consent")
    assert ended.code == 0
    assert ended.last_line == TESTED


def test_in_a_pipe_every_sentence_is_one_line(hurried: Program, world_process: PracticeWorld) -> None:
    ended = set_up(hurried, world_process, "take-refused")
    lines = [line.strip() for line in ended.said.splitlines()]
    assert "✗ Taking control  (Problem)" in lines
    assert "Facebook refused when Flow bot tried to take control." in lines
    assert "→ Switch “Allow this app to take control of conversations” on for Flow bot." in lines
