"""Every reason of every check has its sentence, and no check has a reason that is not declared."""

import string
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.cases import ANSWERS, AT, BOT, FACTS, INBOX, LIVE_CHAT, PAGE_ID, THIRD, conversations, token
from wizard.checks.case import CheckContext
from wizard.checks.check import Check, Needs, Reason
from wizard.checks.diagnosis import reason_of, weight
from wizard.checks.run import BY_ID, CHECKS, verdicts
from wizard.core.answers import SavedHow, TestOutcome, TokenOwner
from wizard.core.diagnosis import Who, causes_of
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Control, Facts, Identity, OwnerReading, Page, Reading, TokenFacts, TokenKind, Usage
from wizard.core.pending import TrialPart
from wizard.core.token_shape import TokenShape
from wizard.core.trial_result import RestoreEnd, RestoreResult, TrialOutcome, TrialResult
from wizard.core.verdict import State, Verdict
from wizard.words import guides
from wizard.words.verdicts import said, title

ALWAYS_KNOWN = {"page", "bot", "live_chat", "live_chat_id", "app"}
UNKNOWN_REASON = "Nothing is known about this."
KINDS = {kind.value for kind in ErrorKind}
REASONS = [(check, reason) for check in CHECKS for reason in check.reasons()]


def of_needs(needs: Needs) -> set[str]:
    """The reasons that come with what a check needs: what is missing of it, or how its call failed."""
    asks_facebook = needs not in (Needs.NOTHING, Needs.TEXT)
    return {*needs.value, *(KINDS if asks_facebook else ())}


def names_in(*sentences: str) -> set[str]:
    """The names in braces."""
    return {name for text in sentences for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_no_two_checks_have_the_same_id() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize(("check", "reason"), REASONS, ids=lambda each: each.id if isinstance(each, Check) else each)
def test_a_reason_has_sentences_and_each_name_in_them_is_filled(check: Check, reason: str) -> None:
    declared = check.reasons()[reason]
    names = names_in(declared.text, declared.action) if isinstance(declared, Reason) else set()
    told = said(Verdict(check.id, State.UNKNOWN, reason, about=tuple((name, f"<{name}>") for name in names)))
    assert told.text.endswith((".", "?"))
    assert not told.action or told.action.endswith(".")
    assert all(f"<{name}>" in told.text + told.action for name in names)


@pytest.mark.parametrize(("check", "reason"), REASONS, ids=lambda each: each.id if isinstance(each, Check) else each)
def test_a_letter_names_the_page_says_who_does_what_and_has_a_subject(check: Check, reason: str) -> None:
    declared = check.reasons()[reason]
    if not isinstance(declared, Reason) or not declared.letter:
        return
    assert "{page}" in declared.letter + declared.ask
    assert declared.letter.endswith(".")
    assert declared.headline.endswith(".")
    assert (declared.ask or declared.action).endswith(".")
    assert not declared.letter.startswith(("It ", "This ", "These ", "You "))
    assert declared.who is not Who.SUPPORT
    assert not declared.place or guides.paths(declared.place, guides.names_of(Page(""), None, None))
    assert {*declared.follows_from} <= BY_ID.keys()


@pytest.mark.parametrize("reason", sorted(KINDS | set(Needs.PAGE_TOKEN.value)))
def test_a_failed_call_and_a_missing_token_have_a_sentence_for_any_check(reason: str) -> None:
    for check in CHECKS:
        told = said(Verdict(check.id, State.UNKNOWN, reason)).text
        assert told.endswith(".")
        assert told != UNKNOWN_REASON


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_has_a_short_title(check: Check) -> None:
    assert 5 < len(title(check.id)) < 45


def test_a_reason_of_a_newer_program_gets_an_honest_sentence() -> None:
    assert said(Verdict("token.valid", State.OK, "by_magic")).text == UNKNOWN_REASON


META_AI = App("928891643393937")
FAILURES = st.none() | st.builds(
    Failure,
    st.sampled_from(ErrorKind),
    st.sampled_from(["GET me", "GET me/conversations", "GET me/subscribed_apps"]),
    st.none() | st.sampled_from([4, 10, 100, 190, 200, 230]),
    st.none() | st.sampled_from([460, 463, 2018028]),
    st.sampled_from(["", "Requires pages_messaging permission", "{odd} braces"]),
)
APPS = st.sampled_from([BOT, LIVE_CHAT, THIRD, App(INBOX), App(PAGE_ID), App("1217981644879628"), App("12"), META_AI])
NAMED = st.none() | APPS


def readings(values: st.SearchStrategy[object]) -> st.SearchStrategy[Reading[object]]:
    def build(value: object, failure: Failure | None) -> Reading[object]:
        return Reading("GET x", AT, None if failure else value, failure)

    return st.builds(build, values, FAILURES)


IDENTITIES = st.builds(
    Identity, st.sampled_from(TokenKind), st.just(PAGE_ID), st.just("Lumen"), st.none() | st.booleans()
)
TOKENS = st.builds(
    TokenFacts,
    identity=readings(IDENTITIES),
    app=st.none() | readings(APPS),
    subscription=st.none() | readings(NAMED),
    receivers=st.none() | readings(st.lists(APPS, max_size=2).map(tuple)),
    published=st.none() | readings(st.just(True)).filter(lambda reading: not reading.worked),
    newest_version=st.sampled_from(["", "v31.0"]),
    usage=st.builds(Usage, st.none() | st.floats(0, 200)),
    api_version=st.sampled_from(["", "v26.0", "v19.0", "odd"]),
    asked_version=st.sampled_from(["", "v26.0", "v19.0"]),
    clock_skew=st.none() | st.floats(-9000, 9000),
)
OWNERS = st.builds(
    OwnerReading,
    st.sampled_from(["7194", "2471"]),
    st.sampled_from([Control.HIDDEN, Control.NOTHING]),
    st.floats(AT, AT + 9),
) | st.builds(
    OwnerReading, st.sampled_from(["7194", "2471"]), st.just(Control.APP), st.just(AT), APPS.map(lambda app: app.id)
)
OF_A = {TrialOutcome.WORKS, TrialOutcome.PROBE_REFUSED, TrialOutcome.PASS_REFUSED, TrialOutcome.NEVER_LEFT}
OF_B = {
    TrialOutcome.BOT_HANDED_OVER,
    TrialOutcome.OTHER_ANSWERS_FIRST,
    TrialOutcome.LIVE_CHAT_AT_ONCE,
    TrialOutcome.NO_HELLO,
    TrialOutcome.NOTHING_HAPPENED,
    TrialOutcome.TALKS_ON,
}


def trial(part: TrialPart, a: TrialOutcome, b: TrialOutcome, *rest: Any, **more: Any) -> TrialResult:
    return TrialResult(part, a if part is TrialPart.FACEBOOK_ALLOWS else b, *rest, **more)


TESTS = st.builds(
    trial,
    st.sampled_from(TrialPart),
    st.sampled_from([found for found in TrialOutcome if found not in OF_B]),
    st.sampled_from([found for found in TrialOutcome if found not in OF_A]),
    st.builds(RestoreEnd, st.sampled_from(RestoreResult), FAILURES),
    NAMED,
    NAMED,
    FAILURES,
    by_eye=st.booleans(),
    readings=st.lists(OWNERS, max_size=3).map(tuple),
)
SEEN = st.builds(
    Facts,
    token=st.none() | TOKENS,
    conversations=st.none()
    | FAILURES.map(lambda failure: Reading("GET me/conversations", AT, None if failure else (), failure))
    | st.sampled_from([conversations("7194"), conversations("7194", is_owner=None)]),
    owners=st.lists(OWNERS, max_size=3).map(tuple),
    app_names=st.sampled_from([(), ((LIVE_CHAT.id, "Support Desk"),), ((LIVE_CHAT.id, ""),)]),
    token_shape=st.none() | st.sampled_from(TokenShape),
    tasks=st.none() | readings(st.frozensets(st.sampled_from(["MANAGE", "MESSAGING", "ANALYZE"]))),
)


@given(
    SEEN,
    NAMED,
    NAMED,
    st.none() | st.sampled_from(TokenOwner),
    st.none() | st.sampled_from(SavedHow),
    st.none() | st.sampled_from(TestOutcome),
    st.lists(TESTS, max_size=2).map(tuple),
)
def test_whatever_was_seen_each_check_gives_one_declared_reason_and_ok_only_with_grounds(
    facts: Facts,
    bot: App | None,
    live_chat: App | None,
    whose: TokenOwner | None,
    how: SavedHow | None,
    outcome: TestOutcome | None,
    tests: tuple[TrialResult, ...],
) -> None:
    saved = live_chat.id if live_chat and how else ""
    answers = replace(
        ANSWERS, bot=bot, live_chat=live_chat, token_owner=whose, saved_how=how, saved_app_id=saved, test=outcome
    )
    found = verdicts(CheckContext(answers, facts, tests))
    assert [one.check for one in found] == [check.id for check in CHECKS]
    without_evidence = {"roles.distinct", "target.saved", "roles.secondary_known", "inbox.takes_control"}
    for check, one in zip(CHECKS, found, strict=True):
        assert one.reason in check.reasons().keys() | of_needs(check.needs)
        assert said(one).text not in ("", UNKNOWN_REASON)
        reason = check.reasons().get(one.reason)
        if bot is not None and isinstance(reason, Reason):
            assert names_in(reason.text, reason.action) <= dict(one.about).keys()
        if one.state is State.OK and not tests:
            assert one.evidence or check.id in without_evidence
        if one.check in ("token.expiry", "token.permissions", "app.own_fields", "app.live"):
            assert one.state is not State.OK
    for cause in causes_of(found, weight):
        reason = reason_of(cause.verdict)
        if isinstance(reason, Reason):  # else the catalogue of errors has the sentences
            assert reason.headline, f"{cause.verdict.check} {cause.verdict.reason} leads a Page, and has no headline"
            assert bool(reason.letter) is (cause.who is not Who.SUPPORT)
            known = dict(cause.verdict.about).keys() | ALWAYS_KNOWN
            assert names_in(reason.headline, reason.letter, reason.ask) <= known


def test_a_healthy_page_has_no_problem() -> None:
    states = {one.state for one in verdicts(CheckContext(ANSWERS, replace(FACTS, token=token())))}
    assert State.PROBLEM not in states
    assert State.WARNING not in states
