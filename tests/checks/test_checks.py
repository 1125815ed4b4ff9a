"""Each check concludes what was seen and no more; a call that failed silences only the checks that need it."""

from dataclasses import replace

import pytest

from tests.checks.cases import (
    ANSWERS,
    AT,
    BOT,
    FACTS,
    INBOX,
    LIVE_CHAT,
    NOT_CHECKED,
    OK,
    PAGE_ID,
    PROBLEM,
    THIRD,
    UNKNOWN,
    WARNING,
    broken,
    conversations,
    judge,
    owner,
    token,
)
from wizard.checks.case import CheckContext
from wizard.checks.page import evaluate
from wizard.checks.run import verdict, verdicts
from wizard.core.answers import Answers, SavedHow, TestOutcome, TokenOwner
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Control, Facts, FeatureStatus, Identity, Reading, TokenKind
from wizard.core.pending import TrialPart
from wizard.core.token_shape import TokenShape
from wizard.core.trial_result import RestoreEnd, RestoreResult, TrialOutcome, TrialResult
from wizard.core.verdict import State
from wizard.words.verdicts import said


def permission(call: str, message: str, code: int = 200) -> Failure:
    return Failure(ErrorKind.PERMISSION_MISSING, call, code, message=message)


# The token


@pytest.mark.parametrize("shape", list(TokenShape))
def test_a_text_that_is_no_token_is_a_problem_of_shape_and_nothing_else(shape: TokenShape) -> None:
    found = {one.check: one for one in verdicts(CheckContext(ANSWERS, Facts(token_shape=shape)))}
    assert found["token.shape"].state is PROBLEM
    others = {one.state for check, one in found.items() if check not in ("token.shape", "roles.distinct")}
    assert others == {NOT_CHECKED}


@pytest.mark.parametrize(
    ("kind", "code", "subcode", "words"),
    [
        (ErrorKind.TOKEN_EXPIRED, 190, 463, "expired"),
        (ErrorKind.TOKEN_REVOKED, 190, 460, "password"),
        (ErrorKind.TOKEN_ACCOUNT_BLOCKED, 190, 459, "Facebook"),
        (ErrorKind.PAGE_ACCESS_LOST, 190, 492, "Page"),
        (ErrorKind.PROOF_NEEDED, 100, None, "proof"),
    ],
)
def test_a_token_that_does_not_work_is_named_by_its_cause(
    kind: ErrorKind, code: int, subcode: int | None, words: str
) -> None:
    found = {one.check: one for one in verdicts(CheckContext(ANSWERS, broken(kind, code, subcode)))}
    assert (found["token.valid"].state, found["token.valid"].reason) == (PROBLEM, kind.value)
    assert words in said(found["token.valid"]).text
    assert said(found["token.valid"]).action
    assert found["token.kind"].reason == found["app.fields"].reason == "token_does_not_work"
    assert (found["token.expiry"].state is PROBLEM) == (kind is ErrorKind.TOKEN_EXPIRED)
    assert (found["page.task"].state is PROBLEM) == (kind is ErrorKind.PAGE_ACCESS_LOST)


def test_trouble_on_the_way_is_no_problem_of_the_token() -> None:
    found = {one.check: one for one in verdicts(CheckContext(ANSWERS, broken(ErrorKind.NO_ANSWER)))}
    assert found["token.valid"].state is UNKNOWN
    assert PROBLEM not in {one.state for one in found.values()}


def test_another_kind_of_token_is_the_problem_and_not_what_it_cannot_show() -> None:
    person = token(identity=Reading("GET me", AT, Identity(TokenKind.USER, "1", "Alex")))
    found = {one.check: one for one in verdicts(CheckContext(ANSWERS, Facts(person)))}
    assert (found["token.kind"].state, found["token.kind"].reason) == (PROBLEM, "is_user")
    assert found["app.subscribed"].reason == found["routing.on"].reason == "not_a_page_token"
    assert found["api.version"].state is OK, "any token's answer tells that"


@pytest.mark.parametrize(
    ("failure", "named"),
    [
        (permission("GET me/conversations", "(#230) Requires pages_messaging permission", 230), "pages_messaging"),
        (
            permission("GET me/subscribed_apps", "one of these permissions is needed: pages_read_user_content"),
            "pages_read_user_content",
        ),
        (permission("GET me/subscribed_apps", "(#283) Requires manage_pages permission", 283), "pages_manage_metadata"),
        (permission("GET me/subscribed_apps", "(#200) 權限不足"), "pages_manage_metadata"),
        (permission("GET me/conversations", ""), "pages_messaging"),
    ],
)
def test_a_refused_call_names_the_permission_that_is_missing(failure: Failure, named: str) -> None:
    seen: Reading[object] = Reading(failure.call, AT, failure=failure)
    if failure.call == "GET me/conversations":
        found = judge("token.permissions", conversations=seen, owners=())
    else:
        found = judge("token.permissions", token=token(subscription=seen))
    assert (found.state, dict(found.about)["permissions"]) == (PROBLEM, named)
    assert named in said(found).action


def test_a_failed_call_silences_only_the_checks_that_need_it() -> None:
    failure = permission("GET me/subscribed_apps", "(#200) Requires pages_manage_metadata permission")
    before = {one.check: one for one in verdicts(CheckContext(ANSWERS, FACTS))}
    ill = replace(FACTS, token=token(subscription=Reading("GET me/subscribed_apps", AT, failure=failure)))
    after = {one.check: one for one in verdicts(CheckContext(ANSWERS, ill))}
    changed = {check for check in before if before[check] != after[check]}
    assert changed == {"token.permissions", "app.subscribed", "app.fields"}
    assert after["app.subscribed"].state is after["app.fields"].state is UNKNOWN


# The Page and the app


@pytest.mark.parametrize(
    ("tasks", "state"),
    [
        ({"MANAGE", "MESSAGING"}, OK),
        ({"PROFILE_PLUS_FULL_CONTROL"}, OK),
        ({"MESSAGING", "ANALYZE"}, WARNING),
        ({"ANALYZE"}, PROBLEM),
        (set(), PROBLEM),
    ],
)
def test_a_persons_token_tells_what_the_person_may_do(tasks: set[str], state: State) -> None:
    assert judge("page.task", tasks=Reading("GET me/accounts", AT, frozenset(tasks))).state is state


@pytest.mark.parametrize(("published", "state"), [(True, OK), (False, PROBLEM), (None, UNKNOWN)])
def test_an_unpublished_page_is_a_problem_and_silence_is_none(published: bool | None, state: State) -> None:
    identity = Identity(TokenKind.PAGE, PAGE_ID, "Lumen", published)
    assert judge("page.published", token=token(identity=Reading("GET me", AT, identity))).state is state


def test_missing_fields_are_named_and_an_app_that_is_not_connected_is_told_to_connect() -> None:
    few = replace(BOT, fields=frozenset({"messages"}))
    missing = judge("app.fields", token=token(subscription=Reading("GET me/subscribed_apps", AT, few)))
    assert missing.state is PROBLEM
    assert "standby" in said(missing).text
    none = token(subscription=Reading("GET me/subscribed_apps", AT))
    assert judge("app.subscribed", token=none).reason == judge("app.fields", token=none).reason == "not_subscribed"


def test_the_token_of_a_third_app_tells_nothing_about_the_bots_connection() -> None:
    answers = replace(ANSWERS, token_app=THIRD, token_owner=TokenOwner.NEITHER)
    third = token(app=Reading("GET app", AT, THIRD), subscription=Reading("GET me/subscribed_apps", AT))
    for check in ("app.subscribed", "app.fields"):
        assert judge(check, answers, token=third).state is NOT_CHECKED


def test_a_refusal_of_development_mode_is_seen_wherever_it_comes() -> None:
    failure = Failure(ErrorKind.DEVELOPMENT_MODE, "POST me/take_thread_control", 200, 2018028)
    assert judge("app.live", owners=(owner(Control.UNREADABLE, failure=failure),)).state is PROBLEM
    trial = TrialResult(
        TrialPart.FACEBOOK_ALLOWS, TrialOutcome.TROUBLE, RestoreEnd(RestoreResult.UNTOUCHED), failure=failure
    )
    found = {one.check: one for one in verdicts(CheckContext(ANSWERS, FACTS, (trial,)))}
    assert found["app.live"].state is PROBLEM
    assert judge("app.live").state is NOT_CHECKED


# Roles, by evidence


@pytest.mark.parametrize(
    ("seen", "state", "reason"),
    [
        (owner(Control.APP, THIRD.id), OK, "confirmed"),
        (owner(Control.APP, LIVE_CHAT.id), OK, "confirmed"),
        (owner(Control.HIDDEN), PROBLEM, "another"),
        (owner(Control.APP, BOT.id), UNKNOWN, "cannot_be_read"),
        (owner(Control.NOTHING), UNKNOWN, "cannot_be_read"),
    ],
)
def test_what_the_bots_token_is_shown_of_an_owner_tells_whether_it_is_the_default_app(
    seen: object, state: State, reason: str
) -> None:
    found = judge("routing.default_app", owners=(seen,))
    assert (found.state, found.reason) == (state, reason)


def test_a_hidden_owner_proves_nothing_where_facebook_calls_this_app_the_owner() -> None:
    hidden = (owner(Control.HIDDEN),)
    assert judge("routing.default_app", owners=hidden).state is PROBLEM
    own = conversations("7194", is_owner=True)
    assert judge("routing.default_app", owners=hidden, conversations=own).state is UNKNOWN


def test_another_apps_token_tells_nothing_about_the_bot() -> None:
    answers = replace(ANSWERS, token_app=LIVE_CHAT, token_owner=TokenOwner.LIVE_CHAT)
    for seen in (owner(Control.HIDDEN), owner(Control.APP, THIRD.id)):
        found = judge("routing.default_app", answers, owners=(seen,))
        assert (found.state, found.reason) == (NOT_CHECKED, "not_the_bots_token")


@pytest.mark.parametrize(
    ("is_owner", "receivers", "state"),
    [(True, (), OK), (False, (LIVE_CHAT,), OK), (None, (LIVE_CHAT,), WARNING), (None, (), UNKNOWN)],
)
def test_routing_is_on_where_is_owner_is_present_and_legacy_only_where_receivers_are_listed_without_it(
    is_owner: bool | None, receivers: tuple[App, ...], state: State
) -> None:
    told = token(receivers=Reading("GET me/secondary_receivers", AT, receivers))
    found = judge("routing.on", token=told, conversations=conversations("7194", is_owner=is_owner), owners=())
    assert found.state is state


def test_without_a_look_nothing_is_said_about_conversations() -> None:
    for check in ("routing.on", "routing.default_app", "routing.current_owner", "inbox.takes_control"):
        found = judge(check, conversations=None, owners=())
        assert (found.state, found.reason) == (NOT_CHECKED, "not_looked_at")


@pytest.mark.parametrize(
    ("seen", "state", "reason"),
    [
        ((owner(Control.APP, BOT.id), owner(Control.APP, THIRD.id, "2471")), PROBLEM, "stranger"),
        ((owner(Control.APP, BOT.id), owner(Control.APP, "622851382610562", "2471")), PROBLEM, "meta_ai"),
        ((owner(Control.APP, THIRD.id), owner(Control.APP, "928891643393937", "2471")), PROBLEM, "meta_ai"),
        ((owner(Control.APP, BOT.id), owner(Control.APP, INBOX, "2471")), OK, "app"),
        ((owner(Control.APP, LIVE_CHAT.id),), OK, "app"),
        ((owner(Control.NOTHING), owner(Control.HIDDEN, psid="2471")), UNKNOWN, "hidden"),
        ((owner(Control.NOTHING),), UNKNOWN, "nothing"),
    ],
)
def test_of_several_conversations_the_one_with_a_stranger_is_told(
    seen: tuple[object, ...], state: State, reason: str
) -> None:
    found = judge("routing.current_owner", owners=seen)
    assert (found.state, found.reason) == (state, reason)


def test_the_newest_look_at_a_conversation_counts() -> None:
    earlier = replace(owner(Control.APP, THIRD.id), at=AT - 500)
    found = judge("routing.current_owner", owners=(owner(Control.APP, BOT.id), earlier))
    assert dict(found.about)["app"] == "Flow bot"


@pytest.mark.parametrize(
    ("seen", "live_chat", "state"),
    [
        (owner(Control.APP, INBOX), LIVE_CHAT, WARNING),
        (owner(Control.APP, INBOX), App(INBOX, "Page Inbox"), OK),
        (owner(Control.APP, BOT.id), LIVE_CHAT, OK),
        (owner(Control.HIDDEN), LIVE_CHAT, UNKNOWN),
        (owner(Control.NOTHING), LIVE_CHAT, UNKNOWN),
    ],
)
def test_the_page_inbox_in_control_is_a_warning_unless_it_is_the_live_chat(
    seen: object, live_chat: App, state: State
) -> None:
    assert judge("inbox.takes_control", replace(ANSWERS, live_chat=live_chat), owners=(seen,)).state is state


@pytest.mark.parametrize(
    ("app_id", "state", "reason"),
    [
        (LIVE_CHAT.id, OK, "exists"),
        (INBOX, OK, "built_in"),
        ("111111111111111", WARNING, "no_name"),
        ("222222222222222", NOT_CHECKED, "not_looked_up"),
        (PAGE_ID, PROBLEM, "is_page"),
        ("1217981644879628", PROBLEM, "is_instagram_inbox"),
        ("928891643393937", PROBLEM, "is_meta_ai"),
        ("263902037438966", PROBLEM, "misprint"),
        ("12", PROBLEM, "not_an_app_id"),
    ],
)
def test_the_live_chats_app_id_is_known_by_what_was_looked_up(app_id: str, state: State, reason: str) -> None:
    names = ((LIVE_CHAT.id, "Support Desk"), ("111111111111111", ""))
    found = judge("roles.secondary_known", replace(ANSWERS, live_chat=App(app_id)), app_names=names)
    assert (found.state, found.reason) == (state, reason)


def test_an_app_that_was_seen_in_control_or_lists_as_receiver_is_connected() -> None:
    assert judge("roles.secondary_known", owners=(owner(Control.APP, LIVE_CHAT.id),)).reason == "connected"
    listed = token(receivers=Reading("GET me/secondary_receivers", AT, (LIVE_CHAT,)))
    assert judge("roles.secondary_known", token=listed).reason == "connected"
    other = token(receivers=Reading("GET me/secondary_receivers", AT, (THIRD,)))
    legacy = conversations("7194", is_owner=None)
    found = judge("roles.secondary_known", token=other, conversations=legacy, owners=())
    assert (found.state, found.reason) == (WARNING, "not_a_receiver")


# What was saved, tested and told


@pytest.mark.parametrize(
    ("by_eye", "by_live_chat", "state", "reason"),
    [
        (False, False, OK, "proved"),
        (True, False, UNKNOWN, "confirmed"),
        (False, True, UNKNOWN, "confirmed"),
    ],
    ids=["with the bot's token", "by eye", "with the live chat's token"],
)
def test_only_the_bots_token_proves_the_saved_app_id(
    by_eye: bool, by_live_chat: bool, state: State, reason: str
) -> None:
    answers = replace(ANSWERS, saved_app_id=LIVE_CHAT.id, saved_how=SavedHow.CONFIRMED)
    seen = TrialResult(TrialPart.BOT_DOES, TrialOutcome.BOT_HANDED_OVER, RestoreEnd(RestoreResult.BACK), LIVE_CHAT)
    seen = replace(seen, by_eye=by_eye, is_seen_by_live_chat=by_live_chat)
    found = verdict(CheckContext(answers, FACTS, (seen,)), "target.saved")
    assert (found.state, found.reason) == (state, reason)


def test_what_was_read_back_in_an_earlier_run_is_not_ok_now() -> None:
    answers = replace(ANSWERS, saved_app_id=LIVE_CHAT.id, saved_how=SavedHow.READ_BACK)
    assert judge("target.saved", answers).state is OK
    (later,) = (one for one in evaluate(answers, FACTS, AT).verdicts if one.check == "target.saved")
    assert (later.state, later.reason) == (UNKNOWN, "read_back_earlier")


@pytest.mark.parametrize(
    ("read_back_at", "state", "reason"),
    [(AT, OK, "read_back"), (AT - 1, UNKNOWN, "read_back_earlier"), (0.0, UNKNOWN, "read_back_earlier")],
    ids=["in this run", "before it", "nobody noted when"],
)
def test_what_was_read_back_before_this_run_began_is_not_ok_now(read_back_at: float, state: State, reason: str) -> None:
    answers = replace(ANSWERS, saved_app_id=LIVE_CHAT.id, saved_how=SavedHow.READ_BACK, read_back_at=read_back_at)
    found = verdict(CheckContext(answers, FACTS, began_at=AT), "target.saved")
    assert (found.state, found.reason) == (state, reason)


def test_a_test_that_passed_earlier_is_not_claimed_for_now() -> None:
    found = judge("handover.bot_does", replace(ANSWERS, test=TestOutcome.PASSED))
    assert (found.state, found.reason) == (NOT_CHECKED, "passed_earlier")


@pytest.mark.parametrize(
    ("flags", "state", "reason"),
    [
        ((("ig_multi_app", True),), UNKNOWN, "apps_there"),
        ((("ig_multi_app", False), ("hop_v2", True)), OK, "no_apps_there"),
        ((("hop_v2", True),), NOT_CHECKED, "not_told"),
        (None, NOT_CHECKED, "not_told"),
    ],
)
def test_apps_at_work_on_instagram_are_told_and_never_judged(
    flags: tuple[tuple[str, bool], ...] | None, state: State, reason: str
) -> None:
    features = None if flags is None else Reading("GET me?fields=messaging_feature_status", AT, FeatureStatus(flags))
    found = judge("instagram.handover", token=token(features=features))
    assert (found.state, found.reason) == (state, reason)
    if flags is not None and state is UNKNOWN:
        assert "1217981644879628" in said(found).action


def test_nothing_known_at_all_is_not_checked_and_never_ok() -> None:
    assert {one.state for one in verdicts(CheckContext(Answers()))} == {NOT_CHECKED}
