"""In whatever shape an error is pasted, it is found once; and in time."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import USUAL_EXAMPLES
from tests.words.pasted import BODY
from wizard.core.explain.error_parser import find_errors
from wizard.core.explain.error_rules import entries
from wizard.core.explain.redact import redact
from wizard.words.customer import for_customer
from wizard.words.explaining import UNKNOWN, explain_text, where_seen

_LENGTH = 20_000 if settings().max_examples > USUAL_EXAMPLES else 10_000  # characters; all in `make soak`
ESCAPED = json.dumps(json.dumps(BODY))
NODE = """{
  error: {
    message: '(#10) Message failed to send because another app is controlling this thread now.',
    type: 'OAuthException',
    code: 10,
    error_subcode: 2018300,
    fbtrace_id: 'Avs8o4VvHNJZo04PY2ZGdAp'
  }
}"""
RUBY = (
    '{"error"=>{"message"=>"(#10) Message failed to send because another app is controlling this thread now.", '
    '"type"=>"OAuthException", "code"=>10, "error_subcode"=>2018300, "fbtrace_id"=>"Avs8o4VvHNJZo04PY2ZGdAp"}}'
)
PHP = """Array
(
    [error] => Array
        (
            [message] => (#10) Message failed to send because another app is controlling this thread now.
            [type] => OAuthException
            [code] => 10
            [error_subcode] => 2018300
        )
)"""


@pytest.mark.parametrize(
    "text",
    [
        "10/2018300",
        "(10/2018300)",
        "error 10/2018300",
        "code 10 subcode 2018300",
        "code: 10, error_subcode: 2018300",
        "Code=10 Subcode=2018300",
        "OAuthException (#10) subcode 2018300",
        json.dumps(BODY),
        json.dumps(BODY, indent=4),
        repr(BODY),
        NODE,
        RUBY,
        PHP,
        ESCAPED,
        json.dumps({"log": ESCAPED}),
        f"2026-11-22T10:00:00Z ERROR send failed: HTTP 400 {json.dumps(BODY)} (attempt 1)",
        f"Traceback (most recent call last):\n  File x\nGraphError: {BODY!r}",
        f'[{{"code":400,"headers":[],"body":{ESCAPED}}},null]',
        json.dumps(BODY)[:-30],
    ],
)
def test_one_error_is_found_once_in_every_shape(text: str) -> None:
    found = explain_text(text)
    assert [(one.id, one.number, one.times) for one in found] == [("another-app-in-control", "10/2018300", 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("190", "token-invalid"),
        ("#190", "token-invalid"),
        ("(#190)", "token-invalid"),
        ("Error code 1545012", "temporary-on-facebook"),
        ("code: 1545012", "temporary-on-facebook"),
        ("code: 1545999", UNKNOWN),
        ("[#10] text", "code-10"),
        ("[#100] No matching user found", "person-unknown"),
        ('{"error":{"message":"[#190] text","type":"OAuthException"}}', "token-invalid"),
        ("What is the meaning of (#10) in my log?", "code-10"),
        ("how to fix (#190)", "token-invalid"),
        ("code 190 subcode 463", "token-expired"),
        ("error 190", "token-invalid"),
        ("2018028", "development-mode"),
        ("subcode 463 code 190", "token-expired"),
        ('{"error":{"code":"190","error_subcode":"463"}}', "token-expired"),
        ('{"error_code":190,"error_msg":"x","error_subcode":460}', "token-password"),
        ('{"data":{"error":{"code":190,"subcode":467,"message":"x"},"is_valid":false}}', "token-logged-out"),
        (
            "{HttpStatus: 400, errorCode: 190, subErrorCode: 460, errorType: OAuthException, errorMessage: x}",
            "token-password",
        ),
        ("POST /v26.0/me/take_thread_control\n(#10) Not allowed", "take-refused"),
    ],
)
def test_a_number_is_understood_as_people_write_it(text: str, expected: str) -> None:
    assert [one.id for one in explain_text(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fehler 190", "token-invalid"),
        ("erreur n° 190 !", "token-invalid"),
        ("código: 190", "token-invalid"),
        ("ошибка (190)", "token-invalid"),
        ("错误代码190", "token-invalid"),
        ("エラー190です", "token-invalid"),
        ("خطأ ١٩٠", "token-invalid"),
        ("Fehler Nr. 551.", "person-unavailable"),
        ("POST /me/take_thread_control\nFehler 10", "take-refused"),
    ],
)
def test_a_known_code_is_understood_among_words_of_any_language(text: str, expected: str) -> None:
    assert [(one.id, one.times) for one in explain_text(text)] == [(expected, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Fehler 98765",  # no code of the catalogue
        "Fehler 190 und 10",
        "Der Bot kostet 100 €",
        "100% sicher",
        "Version 1.190",
        "Python-10",
        "v190",
        "um 10:00",
        "HTTP-Status 503",
        "Beendet mit Exit-Code 1",
        "PLZ 12345678",
        "Fehler 190 " + "und so weiter " * 40,
    ],
)
def test_a_number_among_words_is_no_code_without_reason(text: str) -> None:
    assert explain_text(text) == ()


def test_what_fits_a_question_goes_before_a_number_in_it() -> None:
    found = explain_text("Why do both the bot and a human answer, 100 times?")
    assert found[0].id == "both-answer"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n ",
        "hello",
        "what is the weather today",
        "GET /health 200 OK",
        '{"code": 200, "message": "ok"}',
        '{"level": "info", "message": "started", "type": "log"}',
        "process ended with exit code 1",
        "HTTP status code 500",
        "2026-11-22 10:00:00 10/22 done",
        "Merge pull request (#123)\n" * 40,
        "Our accounting program says error 190, what is it?",
        "SAP error 190 while posting",
        "My car shows error 10",
        "Fix the menu [#10]",
        "[#4711] Your ticket about the bot",
        'Is "Fix the menu (#4711)" merged by now?',
        "{" * 2_000,
        '"message":' * 2_000,
        "\\" * 2_000 + '"code":',
    ],
)
def test_nothing_is_read_into_a_text_that_tells_no_error(text: str) -> None:
    assert explain_text(text) == ()


def test_an_unknown_error_is_called_unknown_and_keeps_its_details() -> None:
    (found,) = explain_text('{"error":{"message":"Odd thing","type":"OAuthException","code":99999,"fbtrace_id":"AbC"}}')
    assert found.id == UNKNOWN
    assert "does not know" in found.title
    assert found.details == ("Kind: unknown", "Code: 99999", "Trace ID: AbC", "Facebook’s text: Odd thing")


def test_facebooks_own_words_for_people_are_kept_in_their_language() -> None:
    (found,) = explain_text(json.dumps({"error": {"code": 100, "error_user_msg": "Das Bild ist zu groß."}}))
    assert found.facebook_says == "Das Bild ist zu groß."


def test_a_log_gives_each_error_once_with_how_often_and_where_first() -> None:
    other = '{"error":{"message":"Session has expired","type":"OAuthException","code":190,"error_subcode":463}}'
    log = [f"10:00:{second:02} INFO GET /v26.0/me 200" for second in range(60)]
    log[4] = f"10:00:04 ERROR {json.dumps(BODY)}"
    log[9] = log[30] = log[4]
    log[20] = f"10:00:20 ERROR {other}"
    log[40] = "10:00:40 ERROR (#99998) Something new"
    found = explain_text("\n".join(log))
    assert [(one.id, one.number, one.times, one.line) for one in found] == [
        ("another-app-in-control", "10/2018300", 3, 5),
        ("token-expired", "190/463", 1, 21),
        (UNKNOWN, "99998", 1, 41),
    ]
    assert where_seen(found[0]) == "Seen 3 times, first in line 5."
    assert where_seen(found[1]) == "Seen in line 21."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"msg": "(#613) Calls to this api have exceeded the rate limit.", "code": 613}', "the rate limit."),
        ("<div>(#200) Requires pages_messaging permission to manage the object</div>", "manage the object"),
        ('x {"err":"(#551) This person isn\'t available right now.","code":551}', "available right now."),
        ("(#10) This message is sent outside of allowed window. at /srv/bot/send.js:190", "allowed window."),
        ("Sent: (#27) Conversation Routing is not enabled — 42 events, 10 users", "is not enabled"),
    ],
)
def test_facebooks_text_ends_where_its_sentence_ends(text: str, said: str) -> None:
    (found,) = explain_text(text)
    told = next(line for line in found.details if line.startswith("Facebook’s text: "))
    assert told.startswith("Facebook’s text: (#")
    assert told.endswith(said)


@pytest.mark.parametrize(
    "text", ["error 190 / 463", "What does (#10) mean?", "(#10) what is it", "Was heißt (#10) auf meiner Seite?"]
)
def test_the_words_of_whoever_asks_are_not_called_facebooks(text: str) -> None:
    (found,) = explain_text(text)
    assert not any(line.startswith("Facebook’s text") for line in found.details)


@pytest.mark.parametrize("code", [10, 100, 190, 200])
def test_a_number_alone_names_its_usual_causes(code: int) -> None:
    (found,) = explain_text(f"(#{code}) ?!")
    entry = next(entry for entry in entries() if entry.id == found.id)
    assert entry.is_open
    assert "error_subcode" in found.action
    assert not found.link_template


def test_causes_that_look_alike_come_with_what_parts_them() -> None:
    found = explain_text("my bot gives no answer at night")
    assert 2 <= len(found) <= 3
    assert all(one.sign.endswith("?") for one in found)
    assert found[0].sign in for_customer(found)


def test_what_a_log_tells_twice_of_one_error_is_one_error_with_its_fullest_numbers() -> None:
    text = f"send failed: (#10) another app is controlling this thread\n{json.dumps(BODY)}"
    (found,) = explain_text(text)
    assert (found.number, found.times, found.line) == ("10/2018300", 2, 1)


def test_a_question_gets_at_most_three_answers_the_best_first() -> None:
    found = explain_text("The bot is silent since a colleague answered in the inbox, or both bot and human answer")
    assert 1 <= len(found) <= 3
    assert found[0].number == ""
    assert where_seen(found[0]) == ""


def test_a_long_mail_is_answered_by_the_sentence_that_tells() -> None:
    mail = (
        "Dear support, we have had your product for two years and are quite happy with it in our three shops. "
        "Last week we hired a new colleague who looks after the opening hours and the delivery addresses. "
        "Since then customers get two answers. Both the bot and a human answer. "
        "Please call us back after lunch, because the office is closed in the morning. Kind regards."
    )
    assert explain_text(mail)[0].id == "both-answer"


@given(st.text(max_size=400))
def test_any_text_at_all_is_looked_at_without_trouble(text: str) -> None:
    for one in explain_text(text):
        assert one.title


@given(st.text(alphabet="{}[]\"'\\:=>,# \n0123456789codemsagerub_", max_size=400))
def test_broken_bodies_are_looked_at_without_trouble(text: str) -> None:
    assert all(sighting.line >= 1 for sighting in find_errors(text))


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        *("a", "{", '"', "\\", "EAA", "access_token=", "code: ", "a@", "(#1) ", "1", "/9", '{"error":'),
        *("error 1 ", "10/2018300 ", "error 190\n", "(#10) another app is controlling this thread ", "%22", "<code>"),
        *("must be an of the page ", "code: 190, ", '"error": {"code": 10}, '),
    ],
)
def test_the_time_grows_with_the_text_and_not_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        began = time.process_time()
        find_errors(redact(text))
        return time.process_time() - began

    assert seconds(10 * _LENGTH) < 40 * max(seconds(_LENGTH), _LENGTH / 2_000_000)


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "a\n",
        "The bot said no.\n",
        "2026-11-22 10:00:00 INFO GET /v26.0/me 200 request handled\n",
        f"10:00:00 ERROR {json.dumps(BODY)}\n",
    ],
)
def test_a_long_text_is_explained_in_little_more_time_than_it_is_read_in(line: str) -> None:
    text = line * (400_000 // len(line))
    explain_text(line)  # reads the catalogue
    began = time.process_time()
    redact(text)
    read = time.process_time()
    explain_text(text)
    assert time.process_time() - read < 8 * max(read - began, 0.1)


def test_a_long_text_is_no_question() -> None:
    question = "Both the bot and a human answer.\n"
    assert explain_text(question * 10)
    assert explain_text(question + "Nothing else happened here.\n" * 1_000) == ()
