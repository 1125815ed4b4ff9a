"""Every error that is documented or was recorded, and every trouble that people report, has its entry."""

import json
from typing import Any

import pytest

from tests.replies.corpus import Line, lines
from wizard.core.explain.error_rules import WHO, Advice, entries, matching
from wizard.core.explain.symptoms import symptoms
from wizard.core.world import World
from wizard.words.explaining import UNKNOWN, explain_text

ADVICE: dict[str, Advice] = {one.id: one for one in (*entries(), *symptoms())}
TAKE, PASS, RELEASE = "POST me/take_thread_control", "POST me/pass_thread_control", "POST me/release_thread_control"
EXTEND, REQUEST, SEND = "POST me/extend_thread_control", "POST me/request_thread_control", "POST me/messages"
ANY = "GET me"

# Code, subcode, words of the message, call: the entry. Source: Facebook's error tables and the calls' reference.
CONTROL_AND_SEND = [
    (10, 2018300, "", SEND, "another-app-in-control"),
    (
        10,
        None,
        "Message failed to send because another app is controlling this thread now",
        SEND,
        "another-app-in-control",
    ),
    (100, 2534037, "", SEND, "not-in-control-instagram"),
    (100, None, "(#100) calling app is not the thread owner", PASS, "not-in-control"),
    (100, None, "(#100) Only the current thread owner can release", RELEASE, "not-in-control"),
    (27, None, "Take thread control is not supported when Conversation Routing is not enabled", TAKE, "no-default-app"),
    (27, 2534123, "", TAKE, "no-default-app-instagram"),
    (10, None, "", TAKE, "take-refused"),
    (100, None, "(#100) Invalid parameter", TAKE, "take-refused"),
    (100, None, "", REQUEST, "request-not-supported"),
    (100, None, "", EXTEND, "not-in-control"),
    (10, 2018171, "", "GET me/secondary_receivers", "receivers-not-visible"),
    (100, 2018234, "", "GET me/secondary_receivers", "receivers-not-visible"),
    (100, 2018164, "", PASS, "app-id-unknown"),
    (100, 2018001, "", SEND, "person-unknown"),
    (551, 1545041, "", SEND, "person-unavailable"),
    (200, 1545041, "(#551) This person isn't available right now", SEND, "person-unavailable"),
    (10, 2018321, "", TAKE, "automated-questions"),
    (504, None, "", TAKE, "person-unknown"),
    (10, 2018278, "", SEND, "outside-window"),
    (10, 2534022, "", SEND, "outside-window-instagram"),
    (10, 2018065, "", SEND, "outside-window"),
    (10, 2018108, "", SEND, "person-unavailable"),
    (10, 2018336, "", SEND, "person-unavailable"),
    (10, 1893063, "", SEND, "page-restricted"),
    (200, 2018028, "", SEND, "development-mode"),
    (10, None, "Cannot message users who are not admins, developers or testers of the app", SEND, "development-mode"),
    (210, None, "", ANY, "page-token-needed"),
    (190, None, "", ANY, "token-invalid"),
    (10, None, "", SEND, "code-10"),
    (10, None, "(#10) Không gửi được", SEND, "code-10"),
    (100, None, "(#100) Coś poszło nie tak", SEND, "code-100"),
    (200, None, "(#200) Das geht hier nicht", SEND, "code-200"),
    (100, None, "(#100) The calling app is the thread owner already.", TAKE, "code-100"),
    (230, None, "", SEND, "permission-missing"),
]
RETRY_TABLE = [
    (1, None, "", ANY, "server-trouble"),
    (1, 99, "An unknown error occurred", ANY, "gave-no-reason"),
    (1, 1357046, "", ANY, "server-trouble"),
    (1, None, "Please reduce the amount of data you're asking for, then retry", ANY, "too-much-data"),
    (2, None, "", ANY, "server-trouble"),
    (2, 2018344, "", SEND, "person-privacy"),
    (1200, None, "", SEND, "server-trouble"),
    *((code, None, "", ANY, "throttled") for code in (4, 17, 32, 341, 613, 80001, 80002, 80004, 80006)),
    (613, 1893016, "", SEND, "throttled"),
    (613, 2534040, "", SEND, "throttled"),
    (613, 2018338, "", SEND, "throttled-stop"),
    (368, None, "", ANY, "blocked-for-a-while"),
    (102, None, "", ANY, "token-invalid"),
    (104, None, "", ANY, "token-missing"),
    (3, None, "", ANY, "capability-missing"),
    *((code, None, "", ANY, "permission-missing") for code in (10, 200, 230, 250, 299)),
    (10, 1404170, "", SEND, "permission-missing"),
    (100, None, "", ANY, "bad-request"),
    (100, 33, "", ANY, "not-found"),
    (2500, None, "An active access token must be used to query information", ANY, "token-missing"),
    (2500, None, "Unknown path components: /bogus", ANY, "bad-request"),
    (2635, None, "", ANY, "api-version"),
    (12, None, "", ANY, "api-version"),
    *((code, sub, "", ANY, "login-pending") for code, sub in ((31, 1349174), (17, 1349172))),
    (463, 1349152, "", ANY, "login-code-expired"),
]
TOKENS = [
    (190, 458, "", ANY, "token-app-removed"),
    (190, 459, "", ANY, "account-checkpoint"),
    (190, 460, "This may be because the user logged out", ANY, "token-password"),
    (190, 463, "", ANY, "token-expired"),
    (190, 464, "", ANY, "account-unconfirmed"),
    (190, 466, "", ANY, "token-revoked"),
    (190, 467, "", ANY, "token-logged-out"),
    (190, 490, "", ANY, "account-checkpoint"),
    (190, 492, "", ANY, "page-access-lost"),
    (190, 493, "", ANY, "token-unused"),
    (190, 2069032, "", ANY, "page-token-needed"),
    (190, None, "This method must be called with a Page Access Token", ANY, "page-token-needed"),
    (
        190,
        None,
        "Any of the pages_messaging permission(s) must be granted before impersonating",
        ANY,
        "page-access-not-granted",
    ),
    (190, None, "Invalid OAuth access token data.", ANY, "token-malformed"),
    (100, None, "Invalid appsecret_proof provided in the API argument", ANY, "proof-wrong"),
    (100, None, "API calls from the server require an appsecret_proof argument", ANY, "proof-needed"),
    (
        100,
        None,
        "You must provide an app access token, or a user access token that is an owner or developer of the app",
        ANY,
        "debug-not-allowed",
    ),
]
# Texts that Facebook sent in another language than English.
LOCALISED = [
    (10, None, "Este mensaje se envía fuera del período permitido.", SEND, "outside-window"),
    (
        190,
        None,
        "Erro ao validar o token de acesso: a sessão foi invalidada porque o usuário alterou a senha",
        ANY,
        "token-password",
    ),
    (190, None, "令牌无效", ANY, "token-invalid"),
    (100, 2018001, "Kein passender Nutzer gefunden", SEND, "person-unknown"),
]


@pytest.mark.parametrize(
    ("code", "subcode", "message", "call", "expected"), CONTROL_AND_SEND + RETRY_TABLE + TOKENS + LOCALISED
)
def test_every_documented_error_has_its_entry(
    code: int, subcode: int | None, message: str, call: str, expected: str
) -> None:
    entry = matching(code, subcode, message, call)
    assert entry is not None
    assert entry.id == expected


# What people report, each trouble with its number: what they paste or say, and the entry.
PAINS = [
    (1, "(#10) Message failed to send because another app is controlling this thread now.", "another-app-in-control"),
    (1, "10/2018300", "another-app-in-control"),
    (2, "10/2018278", "outside-window"),
    (2, "10/2534022", "outside-window-instagram"),
    (2, "10/2018065", "outside-window"),
    (2, "10/2018108", "person-unavailable"),
    (2, "10/1404170", "permission-missing"),
    (2, "10/1893063", "page-restricted"),
    (2, "10/2534077", "instagram-not-linked"),
    (3, "(#10) The app is not the thread owner", "another-app-in-control"),
    (4, "(#27) Take thread control is not supported when Conversation Routing is not enabled", "no-default-app"),
    (5, "(#100) Only the current thread owner can release", "not-in-control"),
    (5, "(#100) calling app is not the thread owner", "not-in-control"),
    (6, "100/2534037", "not-in-control-instagram"),
    (7, "request_thread_control says success, sending still fails", "request-not-granted"),
    (8, "Handover Protocol APIs disabled for this page.", "roles-are-off"),
    (9, "2018171", "receivers-not-visible"),
    (9, "error 2018234", "receivers-not-visible"),
    (10, "100/2018164 Incorrect App ID", "app-id-unknown"),
    (10, "pass to app id 263902037438966 fails", "inbox-id-misprint"),
    (11, "Empty reply from thread_owner", "owner-not-shown"),
    (11, 'thread_owner answers {"data": []}', "owner-not-shown"),
    (12, "Both bot and human answer", "both-answer"),
    (13, "Bot suddenly silent for one customer, no error, no log", "staff-took-control"),
    (14, "Only one of nine Pages delivers nothing", "one-page-silent"),
    (15, "New tool's inbox stays empty after switching vendor", "old-vendor-first"),
    (16, "Keywords, buttons, growth tools, scheduled sends break", "wrong-app-first"),
    (17, 'All chats vanish into "Done"', "filed-under-done"),
    (18, "During migration to conversation routing, the handover protocol is disabled", "roles-are-off"),
    (19, "Meta's AI keeps answering, tool cannot send", "meta-ai-answers"),
    (20, "2018321", "automated-questions"),
    (21, "Control lost after a quiet day", "control-ran-out"),
    (22, "Agent forgets to give back; bot never resumes", "never-given-back"),
    (23, "Bot keeps replying although human took over", "bot-talks-over-people"),
    (24, "Khoros Care handoff 404 right after first message", "care-not-ready"),
    (25, "Test handover interrupted, real customer stuck", "test-left-open"),
    (26, '"Take from inbox" does nothing', "standby-missing"),
    (27, "No messaging_handovers events", "handover-news-missing"),
    (28, "TypeError: entry.messaging is undefined", "standby-not-read"),
    (28, "entry.messaging is not iterable", "standby-not-read"),
    (29, "Bot receives JSON but does not react (standby array)", "only-standby"),
    (30, "Standby events swallowed by the framework", "standby-swallowed"),
    (31, "Button press has no payload", "button-without-payload"),
    (32, "(#100) The parameter subscribed_fields is required", "subscribed-fields-required"),
    (
        33,
        "(#200) To subscribe to the feed field, one of these permissions is needed: pages_manage_metadata",
        "permission-field",
    ),
    (34, "(#283) Requires manage_pages permission to manage the object", "permission-old-name"),
    (35, "Subscription was fine, later gone", "subscription-gone"),
    (36, "Adding a field wiped others", "fields-overwritten"),
    (37, "App not in the connected-apps list", "app-not-listed"),
    (38, "Page Inbox not selectable", "inbox-not-selectable"),
    (39, "No role dialog at all", "no-role-dialog"),
    (40, "200/2069030", "new-pages-experience"),
    (40, "New Pages Experience Is Not Supported", "new-pages-experience"),
    (41, "(#230) Requires pages_messaging permission to manage the object", "permission-missing"),
    (42, "(#200) Cannot message users who are not admins, developers or testers of the app", "development-mode"),
    (42, "200/2018028", "development-mode"),
    (43, "Works with my account, not with customers", "development-mode"),
    (
        44,
        "(#100) Object does not exist, cannot be loaded due to missing permission or reviewable feature",
        "live-mode-review",
    ),
    (
        45,
        "Any of the pages_messaging permission(s) must be granted before impersonating a user's page",
        "page-access-not-granted",
    ),
    (46, "Reading apps fails for a helper: he cannot see the apps", "helper-lacks-task"),
    (47, "code: 100, message: API calls from the server require an appsecret_proof argument", "proof-needed"),
    (47, "API calls from the server require", "proof-needed"),
    (48, "Page missing from list: only 25 shown", "only-some-pages"),
    (49, "Business-owned Pages missing: business page not shown", "page-not-granted"),
    (50, "190/460", "token-password"),
    (51, "190/463", "token-expired"),
    (51, "Error validating access token: Session has expired on Monday", "token-expired"),
    (52, "190 Invalid OAuth access token data", "token-malformed"),
    (53, "This Page access token belongs to a Page that is not accessible.", "page-access-lost"),
    (54, "I pasted a user token", "page-token-needed"),
    (55, "Verify token and access token mixed up", "verify-token-mixed-up"),
    (56, "(#100) No matching user found", "person-unknown"),
    (56, "100/2018001", "person-unknown"),
    (57, "code 4", "throttled"),
    (57, "code 17", "throttled"),
    (57, "code 32", "throttled"),
    (57, "code 613", "throttled"),
    (57, "code 80006", "throttled"),
    (58, "Several calls fail with the identical error message", "which-call"),
    (59, "Agent cannot answer after 24 hours", "outside-window"),
    (59, "10/2018278", "outside-window"),
    (60, "POST me/messages: (#100) Invalid parameter", "message-tag-retired"),
    (61, "200/2534041", "instagram-messages-off"),
    (62, "10/2534077", "instagram-not-linked"),
    (62, "100/2534013", "instagram-not-linked"),
    (63, "100/2534014", "person-unknown-instagram"),
    (63, "code 9010", "person-unknown-instagram"),
    (63, "No matching Instagram user", "person-unknown-instagram"),
    (64, "Facebook DMs arrive, Instagram DMs do not", "instagram-silent"),
    (65, "Passing an Instagram thread to the Page Inbox goes nowhere", "instagram-inbox-id"),
    (66, "Instagram stopped after adding it to a second Page", "instagram-two-pages"),
    (67, "EU: parts of the API missing in Europe", "not-the-eu"),
]


@pytest.mark.parametrize(
    ("said", "expected"), [pytest.param(said, expected, id=f"{number}-{expected}") for number, said, expected in PAINS]
)
def test_every_reported_pain_is_answered_first_by_its_entry(said: str, expected: str) -> None:
    found = explain_text(said)
    assert found
    assert found[0].id == expected


def test_no_reported_pain_was_forgotten() -> None:
    assert {number for number, _said, _expected in PAINS} == set(range(1, 68))


# Errors of calls that have nothing to do with handovers, and an invented one: it is right not to know them.
NOT_IN_THE_TABLES = {"e-type-exception", "e-error-data-object", "e-1487634", "att-36000-200"}
# Fragments from which the part that tells was cut away.
WITHOUT_MEANING = {"exchange-cannot-call"}
NO_ERROR_OF_FACEBOOK = {"bat-broken-json"}  # its type and its text are made up, and no number is left
RECORDED = [line for line in lines() if line.has_body and ("error" in line.text or "(#" in line.text)]


def _tells_an_error(line: Line) -> bool:
    body: Any = line.body
    if isinstance(body, dict):
        return "error" in body or "error_code" in body
    return body is None and ("(#" in line.text or '"error"' in line.text or '\\"error' in line.text)


@pytest.mark.parametrize("line", [one for one in RECORDED if _tells_an_error(one)], ids=lambda line: line.id)
def test_every_recorded_error_is_explained_from_its_own_text(line: Line) -> None:
    found = explain_text(f"{line.call}\n{line.text}")
    if line.id in NO_ERROR_OF_FACEBOOK:
        assert not found
        return
    assert found
    if line.id in NOT_IN_THE_TABLES | WITHOUT_MEANING:
        assert [one.id for one in found] == [UNKNOWN]
    else:
        assert found[0].id != UNKNOWN
        assert len(found) == 1


@pytest.mark.parametrize("line", [one for one in RECORDED if isinstance(one.body, dict)], ids=lambda line: line.id)
def test_a_body_is_explained_alike_as_json_and_as_python_shows_it(line: Line) -> None:
    def told(text: str) -> list[tuple[str, str]]:
        return [(one.id, one.number) for one in explain_text(text)]

    compact = told(line.text)
    assert told(json.dumps(line.body, indent=2)) == compact
    assert told(repr(line.body)) == compact
    assert told(json.dumps({"level": "error", "msg": line.text})) == compact


@pytest.mark.parametrize("advice", ADVICE.values(), ids=lambda advice: advice.id)
def test_every_entry_names_a_cause_one_action_who_and_where_it_is_from(advice: Advice) -> None:
    assert advice.title.endswith(".")
    assert advice.action.endswith(".")
    assert advice.who in WHO
    assert advice.source
    assert advice.checked.year >= 2021
    assert not advice.link or World().link(advice.link).startswith("https://")
    assert ("instagram" in f"{advice.title} {advice.action}".lower()) >= (advice.channel == "instagram")


def test_ids_are_given_once() -> None:
    assert len(ADVICE) == len(entries()) + len(symptoms())


@pytest.mark.parametrize("symptom", symptoms(), ids=lambda symptom: symptom.id)
def test_every_symptom_is_found_by_each_of_its_own_lines(symptom: Advice) -> None:
    for line in symptom.asked:
        assert symptom.id in [one.id for one in explain_text(line)], line
