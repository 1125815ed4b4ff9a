"""A refusal of any call reaches every check that it disproves, not only a refusal of the first."""

from dataclasses import replace
from typing import Any

import pytest

from tests.checks.cases import ANSWERS, AT, FACTS, PAGE_ID, TOKEN, broken, judge, owner, token
from wizard.checks.page import completed
from wizard.core.answers import Answers
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import Control, Facts, Identity, Reading, TokenFacts, TokenKind
from wizard.core.verdict import State, Verdict


def facts_with(place: str, failure: Failure) -> Facts:
    refused: Reading[Any] = Reading(failure.call, AT, failure=failure)
    if place == "conversations":
        return replace(FACTS, conversations=refused, owners=())
    if place == "owners":
        return replace(FACTS, owners=(owner(Control.UNREADABLE, failure=failure),))
    return replace(FACTS, token=token(**{place: refused}))


def judged_with(check: str, place: str, kind: ErrorKind, code: int, subcode: int | None = None) -> Verdict:
    facts = facts_with(place, Failure(kind, f"GET {place}", code, subcode))
    return judge(check, token=facts.token, conversations=facts.conversations, owners=facts.owners)


PLACES = ["app", "subscription", "features", "receivers", "conversations", "owners"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("check", "kind", "code", "subcode", "state", "reason"),
    [
        ("token.valid", ErrorKind.TOKEN_EXPIRED, 190, 463, State.PROBLEM, "token_expired"),
        ("token.valid", ErrorKind.PAGE_ACCESS_LOST, 190, 492, State.PROBLEM, "page_access_lost"),
        ("token.expiry", ErrorKind.TOKEN_EXPIRED, 190, 463, State.PROBLEM, "expired"),
        ("page.task", ErrorKind.PAGE_ACCESS_LOST, 190, 492, State.PROBLEM, "lost"),
        ("api.usage", ErrorKind.THROTTLED, 32, None, State.WARNING, "throttled_unknown"),
        ("app.live", ErrorKind.DEVELOPMENT_MODE, 200, 2018028, State.PROBLEM, "development_mode"),
        ("token.permissions", ErrorKind.PERMISSION_MISSING, 200, None, State.PROBLEM, "missing"),
    ],
)
def test_a_refusal_of_any_call_reaches_the_check_it_disproves(
    place: str, check: str, kind: ErrorKind, code: int, subcode: int | None, state: State, reason: str
) -> None:
    found = judged_with(check, place, kind, code, subcode)
    assert (found.state, found.reason) == (state, reason)
    assert found.evidence


def test_a_permission_that_the_first_call_lacks_is_told() -> None:
    facts = broken(ErrorKind.PERMISSION_MISSING, 200)
    assert judge("token.permissions", token=facts.token, conversations=None, owners=()).reason == "missing"


def test_that_a_call_wants_a_page_token_does_not_make_the_token_a_bad_one() -> None:
    assert judged_with("token.valid", "subscription", ErrorKind.PAGE_TOKEN_NEEDED, 210).state is State.OK


@pytest.mark.parametrize("check", ["token.owner", "page.published", "app.subscribed", "app.fields"])
def test_what_a_failed_first_call_hides_is_said_with_its_reason(check: str) -> None:
    found = judge(check, token=broken(ErrorKind.API_VERSION, 2635).token, conversations=None, owners=())
    assert (found.state, found.reason) == (State.UNKNOWN, "api_version")


@pytest.mark.parametrize("kind", list(TokenKind))
def test_only_a_pages_own_token_names_the_page(kind: TokenKind) -> None:
    told = replace(TOKEN, identity=Reading("GET me", AT, Identity(kind, PAGE_ID, "Alex")))
    found = completed(Answers(), Facts(told))
    assert (found.page_id, found.page_name) == ((PAGE_ID, "Alex") if kind is TokenKind.PAGE else ("", ""))
    kept = completed(ANSWERS, Facts(TokenFacts(told.identity)))
    assert kept.page_name == ("Alex" if kind is TokenKind.PAGE else ANSWERS.page_name)
