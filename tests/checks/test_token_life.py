"""Until when the token of a log-in works: only what Facebook said, whatever the clock of this computer shows."""

from dataclasses import replace

import pytest

from tests.checks.cases import ANSWERS, AT, FACTS, token
from wizard.checks.case import CheckContext
from wizard.checks.page import evaluate, reevaluate
from wizard.checks.run import verdict
from wizard.core.checked import SavedFacts
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import Facts, Reading, TokenFacts, TokenLife
from wizard.core.token_life import LOG_IN, is_near_end, of_log_in
from wizard.core.verdict import Evidence, State, Verdict
from wizard.words.customer import customer_text
from wizard.words.headlines import headline
from wizard.words.moments import clock_time
from wizard.words.verdicts import said

HOUR, DAY = 3600.0, 86_400.0


def life(seconds: float, told: float = AT) -> Reading[TokenLife]:
    return Reading(LOG_IN, told, TokenLife(told + seconds))


def facts(of: Reading[TokenLife] | None) -> Facts:
    return replace(FACTS, token=token(life=of))


def judged(of: Reading[TokenLife] | None, now: float = AT) -> Verdict:
    return verdict(CheckContext(ANSWERS, facts(of), now=now), "token.expiry")


def test_where_the_log_in_did_not_say_it_nothing_is_said() -> None:
    found = judged(None)
    assert (found.state, found.reason) == (State.NOT_CHECKED, "not_told")


def test_a_token_of_a_lasting_log_in_has_no_last_day() -> None:
    found = judged(Reading(LOG_IN, AT, TokenLife()))
    assert (found.state, found.reason) == (State.OK, "no_end")
    assert found.evidence == (Evidence(LOG_IN, "a lasting log-in", AT),)


@pytest.mark.parametrize("whole", [2 * HOUR, 60 * DAY])
def test_a_token_near_its_end_is_a_warning_and_no_doubt_about_the_bot(whole: float) -> None:
    early, late = judged(life(whole), AT + whole * 0.8), judged(life(whole), AT + whole * 0.9)
    assert (early.state, late.state, late.reason) == (State.OK, State.WARNING, "ends_soon")
    assert late.evidence == (Evidence(LOG_IN, f"works for {round(whole)} s", AT),)
    assert clock_time(AT + whole) in said(late).text
    assert "Log in again" in said(late).action
    page = evaluate(ANSWERS, facts(life(whole, AT - whole * 0.9)), AT)
    told = headline(page, AT)
    assert clock_time(AT + whole * 0.1) in told.sentence
    assert customer_text(page, AT) == "", "whoever logged in is who checks"


@pytest.mark.parametrize("wrong", [-DAY, 0.0, DAY])
def test_a_clock_that_is_wrong_by_a_day_makes_no_false_sentence(wrong: float) -> None:
    two_hours = life(2 * HOUR)
    again = reevaluate(SavedFacts(ANSWERS, facts(two_hours), AT), AT + wrong)
    found = next(one for one in again.verdicts if one.check == "token.expiry")
    assert said(found).text == f"Facebook said at the log-in that this token works until {clock_time(AT + 2 * HOUR)}."
    assert found.state is (State.WARNING if wrong > 0 else State.OK)


@pytest.mark.parametrize("kind", [ErrorKind.TOKEN_EXPIRED, ErrorKind.TOKEN_REVOKED])
def test_a_log_in_that_has_ended_says_nothing_against_the_bot(kind: ErrorKind) -> None:
    refused = TokenFacts(Reading("GET me", AT, failure=Failure(kind, "GET me", 190, 463)))
    pasted, logged_in = (
        evaluate(ANSWERS, Facts(of_log_in(refused, of)), AT) for of in (None, life(2 * HOUR, AT - DAY))
    )
    assert "cannot answer customers" in headline(pasted, AT).text
    told = headline(logged_in, AT)
    assert told.text == "nothing could be checked: the log-in has ended."
    assert told.action == "Log in again. Nothing that is set up is lost."
    assert customer_text(logged_in, AT) == ""


def test_it_is_near_by_its_own_length() -> None:
    assert not is_near_end(None, AT)
    assert not is_near_end(Reading(LOG_IN, AT, TokenLife()), AT + 900 * DAY)
    assert not is_near_end(life(60 * DAY), AT + 52 * DAY)
    assert is_near_end(life(60 * DAY), AT + 53 * DAY)
    assert is_near_end(life(2 * HOUR), AT + 3 * DAY)
