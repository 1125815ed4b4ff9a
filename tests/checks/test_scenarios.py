"""Every practice scenario is judged as its table says, from Facebook and again from the facts saved of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.program import Ended, Program
from wizard.checks.run import BY_ID
from wizard.simulator.world.scenario_file import load_scenario, scenario_names

# What a Page's token costs: one batch. Where calls fail they are repeated, and a person's token opens the Page first.
TRIPS_OF_TOKEN = 1
TRIPS_AFTER = 2
COSTLY = {"batch-refused", "flaky", "garbage", "throttled", "user-token", "sixty-pages", "version-ended"}
NOT_FOUND_OUT = {"garbage", "throttled", "flaky"}


def expected(scenario: str) -> dict[str, str]:
    """The state of every check."""
    loaded = load_scenario(scenario)
    return {check: loaded.verdicts.get(check, loaded.other_verdicts) for check in BY_ID}


def found(ended: Ended) -> dict[str, str]:
    (page,) = json.loads(ended.said)["pages"]
    return {verdict["check"]: verdict["state"] for verdict in page["verdicts"]}


def check(program: Program, world: PracticeWorld, scenario: str, *more: str) -> Ended:
    """In the scenario that is loaded already."""
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"), "--page", world.page_id)
    where = ("--practice-at", world.control_url, "--token-env", "TOKEN", "--look-at-conversations", "--format", "json")
    return program.run("check", *where, *apps, *more, TOKEN=world.token(load_scenario(scenario).owner.paste))


def without_time(state: Any) -> Any:
    return {name: value for name, value in state.items() if name != "time"}


def state_for(states: dict[str, str]) -> int:
    return 1 if "problem" in states.values() else 0


@pytest.mark.parametrize("scenario", scenario_names())
def test_a_scenario_is_judged_as_its_table_says_and_left_as_it_was(
    scenario: str, program: Program, world_process: PracticeWorld, tmp_path: Path
) -> None:
    world_process.scenario(scenario)
    before = without_time(world_process.world())
    facts = tmp_path / "page.facts.json"
    ended = check(program, world_process, scenario, "--save-facts", str(facts))
    assert found(ended) == expected(scenario)
    assert ended.code == (3 if scenario in NOT_FOUND_OUT else state_for(expected(scenario)))
    assert without_time(world_process.world()) == before
    asked = world_process.requests()
    assert {call["method"] for call in asked if call["batch"]} <= {"GET"}
    assert {call["call"] for call in asked if call["method"] != "GET"} <= {"POST "}, "only batches of reads"
    if scenario not in COSTLY:
        assert len([call for call in asked if not call["batch"]]) <= TRIPS_OF_TOKEN + TRIPS_AFTER
    saved = facts.read_text("utf-8")
    for secret in (*world_process.start["tokens"].values(), world_process.tester, world_process.customer):
        assert secret not in saved
        assert secret not in ended.said + ended.complained
    again = program.run("check", "--facts", str(facts), "--format", "json")
    assert found(again) == expected(scenario)
    assert again.code == ended.code


@pytest.mark.parametrize("metadata", ["ignored", "refused"])
@pytest.mark.parametrize("scenario", ["happy-routing", "user-token", "app-token"])
def test_nothing_hangs_on_metadata(
    scenario: str, metadata: str, program: Program, world_process: PracticeWorld
) -> None:
    world_process.scenario_of(scenario, graph={"metadata": metadata})
    assert found(check(program, world_process, scenario)) == expected(scenario)


def test_a_call_that_failed_is_told_and_the_page_was_read_only_in_part(
    program: Program, world_process: PracticeWorld
) -> None:
    world_process.scenario("flaky")
    ended = check(program, world_process, "flaky")
    assert ended.code == 3
    (page,) = json.loads(ended.said)["pages"]
    (published,) = [verdict for verdict in page["verdicts"] if verdict["check"] == "page.published"]
    assert "Facebook does not tell" not in json.dumps(published)
    assert published["evidence"]


@pytest.mark.parametrize("scenario", scenario_names())
def test_a_table_names_checks_that_exist(scenario: str) -> None:
    assert load_scenario(scenario).verdicts.keys() <= BY_ID.keys()


@pytest.mark.parametrize("scenario", scenario_names())
def test_what_a_page_token_cannot_tell_is_never_ok(scenario: str) -> None:
    """Expiry, permissions and tasks of the person, the app's own fields, development mode."""
    hidden = {"token.expiry", "token.permissions", "app.own_fields", "app.live", "page.task"}
    told_by_person = {"page.task"} if load_scenario(scenario).owner.paste == "user" else set()
    states = {expected(scenario)[check] for check in hidden - told_by_person}
    assert states <= {"problem", "unknown", "not_checked"}
