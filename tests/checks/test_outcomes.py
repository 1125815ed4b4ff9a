"""Every practice scenario comes to the outcome, the headline and the letter that its table says, word for word.

`tests/cases/scenario_outcomes.toml` is made to be read by people: by who answers customers, and as a customer."""

import re
import tomllib
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.world import PracticeWorld
from wizard.actions.check import check_opened_page, judge_without_token
from wizard.actions.page_access import pages_of
from wizard.actions.practice import join_practice
from wizard.actions.session import Session
from wizard.actions.tokens import Credentials
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.checked import CheckedPage
from wizard.core.clock import SystemClock
from wizard.core.facts import App
from wizard.core.secret import Secret
from wizard.core.token_shape import shape_problem
from wizard.report.view import PageView, view
from wizard.simulator.world.scenario_file import load_scenario, scenario_names
from wizard.store.places import Places

TABLE = Path(__file__).parents[1] / "cases" / "scenario_outcomes.toml"
# Nothing is wrong with these in the eyes of a check; what is wrong shows in a test, or nowhere.
NEVER_GREEN = ("new-page", "wrong-id-saved", "no-conversations", "owner-hidden", "bot-never-hands-over", "take-refused")
OURS = ("garbage", "throttled")
BY_TURNS = ("flaky",)  # which of its readings fail changes from run to run
_DATE = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}, \d{2}:\d{2}")
LOOKS = [pytest.param(False, id="plain"), pytest.param(True, id="look")]


@pytest.fixture(scope="module")
def session(world_process: PracticeWorld) -> Session:
    name = f"handover-test-{uuid.uuid4().hex}"
    return Session(join_practice(world_process.control_url).world, Places(name), SystemClock())


def checked(session: Session, world: PracticeWorld, scenario: str, look: bool) -> CheckedPage:
    """As support checks it, with the apps named."""
    secret, cancel = Secret(world.token(load_scenario(scenario).owner.paste)), CancelToken()
    answers = Answers(page_id=world.page_id, bot=App(world.app("primary")), live_chat=App(world.app("secondary")))
    odd = shape_problem(secret.reveal())
    if odd is not None:
        return judge_without_token(session, answers, odd)
    [page] = pages_of(session, Credentials(secret), (), world.page_id, lambda _pages: world.page_id, cancel)
    return check_opened_page(page, answers, look, cancel)


def outcome_of(page: PageView) -> dict[str, str]:
    """What the table says of a Page. letter: without the time of the look, "" where nothing is to be sent."""
    head = page.headline
    return {
        "outcome": head.outcome.value,
        "headline": head.line,
        "action": head.action,
        "who": head.who.value,
        "letter": _DATE.sub("DATE", page.letter),
    }


def table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text("utf-8"))


def expected(scenario: str, look: bool) -> dict[str, str]:
    """A letter that many share stands once, under its name."""
    read = table()
    row = read["scenario"][scenario]["look" if look else "plain"]
    letter = read["letter"][row["letter"]].strip() if row["letter"] else ""
    return {**row, "letter": letter}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("scenario", sorted(set(scenario_names()) - set(BY_TURNS)))
def test_a_scenario_comes_to_what_its_table_says(
    scenario: str, look: bool, world_process: PracticeWorld, session: Session
) -> None:
    world_process.scenario(scenario)
    page = checked(session, world_process, scenario, look)
    assert outcome_of(view(page, page.at)) == expected(scenario, look)


def test_the_table_has_every_scenario_and_no_other_and_every_letter_is_sent() -> None:
    read = table()
    assert set(read["scenario"]) == set(scenario_names()) - set(BY_TURNS)
    sent = {row["letter"] for rows in read["scenario"].values() for row in rows.values()}
    assert sent - {""} == set(read["letter"])


@pytest.mark.parametrize("scenario", OURS)
def test_there_is_no_letter_about_trouble_of_ours(scenario: str) -> None:
    assert {expected(scenario, look)["letter"] for look in (False, True)} == {""}
    assert {expected(scenario, look)["outcome"] for look in (False, True)} == {"not_found_out"}


@pytest.mark.parametrize("look", LOOKS)
def test_where_a_reading_stayed_failed_there_is_no_letter(
    look: bool, world_process: PracticeWorld, session: Session
) -> None:
    world_process.scenario("flaky")
    page = checked(session, world_process, "flaky", look)
    lost = any(failure.is_transport_error for failure in page.facts.failures)
    found = outcome_of(view(page, page.at))
    assert (found["outcome"] == "not_found_out") is lost
    assert (found["letter"] == "") is lost


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("scenario", NEVER_GREEN)
def test_nothing_is_called_good_that_nobody_saw(scenario: str, look: bool) -> None:
    row = expected(scenario, look)
    assert row["outcome"] == "not_proven"
    assert "not proven" in row["headline"]
    assert "nothing that must be changed" not in row["letter"]


def test_every_letter_names_page_who_and_action_and_no_page_that_makes_tokens_for_another_app() -> None:
    for letter in table()["letter"].values():
        assert "Lumen Coffee" in letter or "your Page" in letter
        assert "explorer" not in letter
        assert "We checked" not in letter or "We could not check" not in letter
        if "What is wrong" in letter or "What we noticed" in letter:
            assert "What to do now: " in letter
            assert "You, or whoever manages your Page" in letter or "for the developer of the app" in letter
