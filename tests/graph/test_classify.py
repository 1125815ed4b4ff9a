"""Errors are told apart by subcode, then by words, then by code; and what may be repeated is decided with them."""

import json
from typing import Any

import pytest

from wizard.core.errors import ErrorKind, Failure
from wizard.core.explain.error_rules import WHO, Match, entries, entry_for
from wizard.graph.classify import Again, Refusal, refused
from wizard.graph.replies import Success, decode, unix_time


def refusal(call: str = "GET me", status: int = 400, **error: Any) -> Refusal:
    answer = decode(json.dumps({"error": error}), status, {}, call)
    assert isinstance(answer, Refusal)
    return answer


SEND, ME = "POST me/messages", "GET me"
TAKE, PASS, RELEASE = "POST me/take_thread_control", "POST me/pass_thread_control", "POST me/release_thread_control"
IMPERSONATING = "Any of the pages_read_engagement permission(s) must be granted before impersonating a user's page"
NOT_TESTERS = "Cannot message users who are not admins, developers or testers of the app"
REQUEST = "POST me/request_thread_control"


@pytest.mark.parametrize(
    ("call", "error", "kind"),
    [
        # Control of a conversation
        (TAKE, {"code": 27}, ErrorKind.NO_DEFAULT_APP),
        (TAKE, {"code": 100, "error_subcode": 2534123}, ErrorKind.NO_DEFAULT_APP),
        (TAKE, {"code": 10}, ErrorKind.TAKE_REFUSED),
        (TAKE, {"code": 10, "error_subcode": 2018300}, ErrorKind.ANOTHER_APP_IN_CONTROL),
        (TAKE, {"code": 200}, ErrorKind.PERMISSION_MISSING),
        (TAKE, {"code": 210}, ErrorKind.PAGE_TOKEN_NEEDED),
        (TAKE, {"code": 230}, ErrorKind.PERMISSION_MISSING),
        (TAKE, {"code": 504}, ErrorKind.PERSON_UNKNOWN),
        (PASS, {"code": 100, "message": "(#100) calling app is not the thread owner"}, ErrorKind.NOT_IN_CONTROL),
        (PASS, {"code": 100, "error_subcode": 2018164}, ErrorKind.APP_ID_UNKNOWN),
        (PASS, {"code": 100, "error_subcode": 2534037}, ErrorKind.NOT_IN_CONTROL),
        (RELEASE, {"code": 100, "message": "(#100) Nur der Besitzer kann das"}, ErrorKind.NOT_IN_CONTROL),
        (REQUEST, {"code": 100}, ErrorKind.BAD_REQUEST),
        (SEND, {"code": 10, "message": "(#10) The app is not the thread owner"}, ErrorKind.ANOTHER_APP_IN_CONTROL),
        (
            SEND,
            {"code": 10, "message": "Another app is controlling this thread now."},
            ErrorKind.ANOTHER_APP_IN_CONTROL,
        ),
        ("GET me/secondary_receivers", {"code": 10, "error_subcode": 2018171}, ErrorKind.RECEIVERS_NOT_VISIBLE),
        ("GET me/secondary_receivers", {"code": 100, "error_subcode": 2018234}, ErrorKind.RECEIVERS_NOT_VISIBLE),
        # The person
        (TAKE, {"code": 100, "error_subcode": 2018001}, ErrorKind.PERSON_UNKNOWN),
        (TAKE, {"code": 551}, ErrorKind.PERSON_UNAVAILABLE),
        (TAKE, {"code": 200, "error_subcode": 1545041, "message": "(#551) x"}, ErrorKind.PERSON_UNAVAILABLE),
        (ME, {"code": 10, "error_subcode": 2018336}, ErrorKind.PERSON_UNAVAILABLE),
        (ME, {"code": 2, "error_subcode": 2018344}, ErrorKind.PERSON_UNAVAILABLE),
        (ME, {"code": 10, "error_subcode": 2018278}, ErrorKind.OUTSIDE_WINDOW),
        (ME, {"code": 10, "error_subcode": 2018321}, ErrorKind.AUTOMATED_QUESTIONS),
        (ME, {"code": 10, "error_subcode": 1893063}, ErrorKind.PAGE_RESTRICTED),
        (ME, {"code": 10, "message": NOT_TESTERS}, ErrorKind.DEVELOPMENT_MODE),
        # The token
        (ME, {"code": 190, "error_subcode": 458}, ErrorKind.TOKEN_REVOKED),
        (ME, {"code": 190, "error_subcode": 459}, ErrorKind.TOKEN_ACCOUNT_BLOCKED),
        (ME, {"code": 190, "error_subcode": 460, "message": "the user logged out"}, ErrorKind.TOKEN_REVOKED),
        (ME, {"code": 190, "error_subcode": 463}, ErrorKind.TOKEN_EXPIRED),
        (ME, {"code": 190, "error_subcode": 464}, ErrorKind.TOKEN_ACCOUNT_BLOCKED),
        (ME, {"code": 190, "error_subcode": 466}, ErrorKind.TOKEN_REVOKED),
        (ME, {"code": 190, "error_subcode": 467}, ErrorKind.TOKEN_REVOKED),
        (ME, {"code": 190, "error_subcode": 492}, ErrorKind.PAGE_ACCESS_LOST),
        (ME, {"code": 190, "error_subcode": 493}, ErrorKind.TOKEN_EXPIRED),
        (ME, {"code": 190, "error_subcode": 2069032}, ErrorKind.PAGE_TOKEN_NEEDED),
        (
            ME,
            {"code": 190, "message": "This method must be called with a Page Access Token"},
            ErrorKind.PAGE_TOKEN_NEEDED,
        ),
        (ME, {"code": 190, "message": IMPERSONATING}, ErrorKind.PAGE_ACCESS_LOST),
        (ME, {"code": 190, "message": "令牌无效"}, ErrorKind.TOKEN_INVALID),
        (ME, {"code": 102}, ErrorKind.TOKEN_INVALID),
        (ME, {"code": 104}, ErrorKind.TOKEN_INVALID),
        (ME, {"code": 2500, "message": "Unknown path components: /x"}, ErrorKind.BAD_REQUEST),
        (
            ME,
            {"code": 100, "message": "API calls from the server require an appsecret_proof argument"},
            ErrorKind.PROOF_NEEDED,
        ),
        # The rest
        (ME, {"code": 12}, ErrorKind.API_VERSION),
        (ME, {"code": 2635}, ErrorKind.API_VERSION),
        (ME, {"code": 100, "error_subcode": 33}, ErrorKind.NOT_FOUND),
        (ME, {"code": 31, "error_subcode": 1349174}, ErrorKind.UNKNOWN),
        (ME, {"code": 17, "error_subcode": 1349172}, ErrorKind.UNKNOWN),
        (ME, {"code": -3}, ErrorKind.UNKNOWN),
        (ME, {}, ErrorKind.UNKNOWN),
        # What says itself that it will not pass is no trouble of the server
        (ME, {"code": 2, "is_transient": False, "error_user_title": "Greeting too long"}, ErrorKind.BAD_REQUEST),
        (ME, {"code": 1, "is_transient": "false"}, ErrorKind.BAD_REQUEST),
        (ME, {"code": 2, "is_transient": 0}, ErrorKind.BAD_REQUEST),
        (ME, {"code": 2, "is_transient": None}, ErrorKind.SERVER_TROUBLE),
        (ME, {"code": 99999, "is_transient": 1}, ErrorKind.SERVER_TROUBLE),
        (ME, {"code": 2, "is_transient": True}, ErrorKind.SERVER_TROUBLE),
        (ME, {"code": 190, "is_transient": False}, ErrorKind.TOKEN_INVALID),
    ],
)
def test_an_error_is_the_kind_that_its_subcode_words_or_code_say(call: str, error: Any, kind: ErrorKind) -> None:
    assert refusal(call, **error).failure.kind is kind


@pytest.mark.parametrize(
    ("title", "text", "shown"),
    [
        ("Greeting too long", "", "Greeting too long"),
        ("", "Use 160 characters at most.", "Use 160 characters at most."),
        ("Greeting too long", "Use 160 characters at most.", "Greeting too long: Use 160 characters at most."),
        ("Too long.", "Too long. Use 160 at most.", "Too long. Use 160 at most."),
        ("", "", ""),
    ],
)
def test_facebooks_own_words_for_people_begin_with_their_title(title: str, text: str, shown: str) -> None:
    assert refusal(code=2, error_user_title=title, error_user_msg=text).failure.user_message == shown


def test_what_is_to_be_left_alone_for_hours_tells_no_minutes() -> None:
    told = {"x-business-use-case-usage": '{"1":[{"estimated_time_to_regain_access":3}]}'}
    assert refused({"code": 368}, 400, told, ME).failure.wait == 0.0  # whatever a header says
    assert refused({"code": 80006}, 400, told, ME).failure.wait == 180.0


@pytest.mark.parametrize(
    ("error", "again"),
    [
        ({"code": 100, "error_subcode": 2018338}, Again.NEVER),
        ({"code": 1}, Again.SOON),
        ({"code": 1, "is_transient": False}, Again.NO),
        ({"code": 1, "message": "Please reduce the amount of data you're asking for"}, Again.SMALLER),
        ({"code": 2}, Again.SOON),
        ({"code": 2, "error_subcode": 2018344}, Again.NO),
        ({"code": 1200}, Again.SOON),
        ({"code": 4, "is_transient": True}, Again.NO),
        ({"code": 17}, Again.NO),
        ({"code": 32}, Again.NO),
        ({"code": 341}, Again.NO),
        ({"code": 368}, Again.NEVER),
        ({"code": 613}, Again.NO),
        ({"code": 80001}, Again.NO),
        ({"code": 80002}, Again.NO),
        ({"code": 80006, "is_transient": True}, Again.NO),
        ({"code": 99999, "is_transient": True}, Again.SOON),
        ({"code": 190}, Again.NO),
        ({"code": 100}, Again.NO),
        ({"code": 10}, Again.NO),
        ({"code": 12}, Again.NO),
        ({"code": 104}, Again.NO),
    ],
)
def test_what_may_be_repeated_is_what_facebook_says(error: dict[str, Any], again: Again) -> None:
    assert refusal(**error).again is again


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 429, 500, 503])
def test_the_http_status_decides_nothing_where_there_is_an_error(status: int) -> None:
    assert refusal(status=status, code=190, error_subcode=463).failure.kind is ErrorKind.TOKEN_EXPIRED


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ("", 500, ErrorKind.SERVER_TROUBLE),
        ("<html>", 503, ErrorKind.SERVER_TROUBLE),
        ("<html>", 200, ErrorKind.UNREADABLE),
        ("<html>", 302, ErrorKind.UNREADABLE),
        ("", 429, ErrorKind.THROTTLED),
        ("{}", 500, ErrorKind.SERVER_TROUBLE),
        ("null", 200, ErrorKind.UNREADABLE),
        ("12", 200, ErrorKind.UNREADABLE),
        ("[" * 5000, 200, ErrorKind.UNREADABLE),
        ('{"success": "false"}', 200, ErrorKind.NOT_DONE),
        ("false", 200, ErrorKind.NOT_DONE),
    ],
)
def test_without_an_error_in_it_a_bad_answer_is_judged_by_its_status(body: str, status: int, kind: ErrorKind) -> None:
    answer = decode(body, status)
    assert isinstance(answer, Refusal)
    assert answer.failure.kind is kind


def test_an_empty_text_for_people_is_no_text() -> None:
    assert refusal(code=100, error_user_msg="").failure.user_message == ""
    assert refusal(code=100, error_user_msg="Bitte anmelden").failure.user_message == "Bitte anmelden"


@pytest.mark.parametrize("data", ['{"blame": 1}', {"blame": 1}, None])
def test_error_data_of_any_type_is_no_trouble(data: Any) -> None:
    assert refusal(code=100, error_data=data).failure.kind is ErrorKind.BAD_REQUEST


def test_every_kind_has_exactly_one_text_to_fall_back_on() -> None:
    for kind in ErrorKind:
        assert [entry.is_default for entry in entries() if entry.kind is kind].count(True) == 1, kind


def test_entries_are_named_once_and_say_who_can_act() -> None:
    assert len({entry.id for entry in entries()}) == len(entries())
    assert all(entry.who in WHO and entry.title.endswith(".") and entry.action.endswith(".") for entry in entries())


def test_a_failure_finds_its_own_entry_again() -> None:
    saved = Failure(ErrorKind.TOKEN_REVOKED, "GET me", 190, 460)
    assert entry_for(saved).id == "token-password"
    assert entry_for(Failure(ErrorKind.TOKEN_REVOKED, "GET me", 190, 777)).id == "token-revoked"


def test_a_match_that_names_a_call_asks_for_that_call() -> None:
    match = Match(codes=frozenset({10}), calls=("take_thread_control",))
    assert match.strength(10, None, "", TAKE) > 0
    assert match.strength(10, None, "", PASS) == 0


@pytest.mark.parametrize(
    ("value", "unix"),
    [
        ("2026-11-22T10:00:00+0000", 1795341600.0),
        ("2026-11-22T10:00:00", 1795341600.0),
        (1795341600, 1795341600.0),
        ("soon", 0.0),
        (None, 0.0),
        (int("9" * 400), 0.0),
        (-1, 0.0),
        (10**18, 0.0),
        ("9" * 400, 0.0),
        ("0001-01-01T00:00:00+2359", 0.0),
        ("9999-12-31T23:59:59-2359", 0.0),
    ],
)
def test_times_are_read_as_facebook_writes_them(value: Any, unix: float) -> None:
    assert unix_time(value) == unix


@pytest.mark.parametrize("odd", ["9" * 400, "1e308", "1e999", '"' + "9" * 400 + '"', "-1e300", "1.5", "[]", "true"])
def test_a_number_no_error_has_is_none(odd: str) -> None:
    answer = decode(f'{{"error": {{"message": "x", "code": {odd}, "error_subcode": {odd}}}}}', 400)
    assert not isinstance(answer, Success)
    assert (answer.failure.code, answer.failure.subcode) == (None, None)


@pytest.mark.parametrize("member", ["message", "error_user_title", "error_user_msg", "fbtrace_id"])
@pytest.mark.parametrize(
    "secret", ["EAAB" + "x9Zk" * 15, "0f9e8d7c6b5a49382716f5e4d3c2b1a0", "914602738451926|a1B2c3D4e5F6g7H8"]
)
def test_somebodys_secret_and_commands_to_a_terminal_stand_in_no_error(member: str, secret: str) -> None:
    error: dict[str, Any] = {"code": 190, member: f"Bad\x1b[2J\u202e 令牌{secret}\x9b"}
    failure = refusal(**error).failure
    shown = (failure.message, failure.user_message, failure.trace_id)
    assert [text for text in shown if "令牌(hidden)" in text]
    assert all(text.isprintable() and secret[4:20] not in text for text in shown)
