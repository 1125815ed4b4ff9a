"""Nothing secret that was pasted with an error comes out again, and no ID of a person."""

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.words.pasted import PSID, TOKEN
from wizard.core.explain.redact import HIDDEN, redact
from wizard.words.explaining import explain_text, is_only_a_secret

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    "text",
    [
        TOKEN,
        f"Bearer {TOKEN}",
        f"Authorization: Bearer {TOKEN}",
        f'"Authorization": "OAuth {TOKEN}"',
        f"-H 'authorization: bearer {TOKEN}'",
        f"https://graph.facebook.com/me?access_token={TOKEN}&fields=id",
        f"access_token%3D{TOKEN}%26x",
        f'{{"access_token":"{TOKEN}"}}',
        f"{{'access_token': '{TOKEN}'}}",
        f'{{\\"access_token\\":\\"{TOKEN}\\"}}',
        f"PAGE_ACCESS_TOKEN={TOKEN}",
        f"token={TOKEN[:20]}\n{TOKEN[20:]}{TOKEN}",
        f"IGAA{TOKEN[3:]}",
        f"'access_token' => '{TOKEN}'",
        f"[access_token] => {TOKEN}",
    ],
)
def test_a_token_never_comes_out_again_in_whatever_shape_it_was_pasted(text: str) -> None:
    assert TOKEN[:20] not in redact(text)
    assert TOKEN[-20:] not in redact(text)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"appsecret_proof={SECRET}{SECRET}", SECRET),
        (f'"appsecret_proof": "{SECRET}{SECRET}"', SECRET),
        (f"app_secret: {SECRET}", SECRET),
        ('"client_secret":"sh0rt-0ne"', "sh0rt-0ne"),
        ("verify_token=my-own-word1", "my-own-word1"),
        (f"123456789012345|{SECRET}", SECRET),
        ("123456789012345|AbCdEfGhIjKlMnOp-qRs", "AbCdEfGhIjKlMnOp"),
        ("Authorization: Bearer not.a.facebook-token1", "not.a.facebook-token1"),
        ("Authorization: Basic dXNlcjpwYXNzd29yZA==", "dXNlcjpwYXNzd29yZA"),
        ("password = hunter2hunter", "hunter2hunter"),
        ("signed_request=abc.DEF123", "abc.DEF123"),
        (f"GET /v26.0/{PSID}/messages", PSID),
        (f"https://graph.facebook.com/v26.0/me/thread_owner?recipient={PSID}", PSID),
        (f"recipient=%7B%22id%22%3A%22{PSID}%22%7D", PSID),
        (f'"recipient":{{"id":"{PSID}"}}', PSID),
        (f"{{'sender': {{'id': '{PSID}'}}}}", PSID),
        (f"psid {PSID}", PSID),
        ("from jane.doe+x@example.com", "jane.doe"),
        ("aB3" * 20, "aB3aB3"),
    ],
)
def test_secrets_proofs_and_people_are_blanked(text: str, secret: str) -> None:
    assert secret not in redact(text)


@given(
    st.text(alphabet=string.ascii_letters + string.digits, min_size=20, max_size=200),
    st.sampled_from(
        ["{}", "access_token={}", '"access_token":"{}"', "Bearer {}", "x {} y", "\n{}\n", "({})", "url/{}?a=1"]
    ),
)
def test_a_facebook_token_is_blanked_wherever_it_stands(rest: str, around: str) -> None:
    token = f"EAA{rest}"
    assert token not in redact(around.format(token))


def test_what_is_said_of_an_error_holds_nothing_that_was_blanked() -> None:
    body = {
        "error": {"code": 190, "message": f"Error validating access token: {TOKEN} of {PSID}/x", "fbtrace_id": "A1"}
    }
    (found,) = explain_text(json.dumps(body))
    assert TOKEN not in repr(found)
    assert PSID not in repr(found)
    assert HIDDEN in " ".join(found.details)


@pytest.mark.parametrize(
    "message",
    [
        f"No matching user found: {PSID}",
        f"(#100) User {PSID} cannot be reached",
        f"Object with ID '{PSID}' does not exist",
        f"user_{PSID}, {PSID}.",
        "".join(f"\\u{ord(digit):04x}" for digit in PSID),
    ],
)
def test_facebooks_text_is_shown_without_the_ids_of_people(message: str) -> None:
    for member in ("message", "error_user_msg"):
        (found,) = explain_text(f'{{"error":{{"type":"OAuthException","code":100,"{member}":"{message}"}}}}')
        assert PSID not in repr(found)
        assert HIDDEN in repr(found)


@pytest.mark.parametrize("length", [15, 17, 20])
def test_a_number_as_long_as_an_id_of_a_person_is_hidden_in_any_text(length: int) -> None:
    number = "7412589630147852963014"[:length]
    assert redact(f"The person {number} left") == f"The person {HIDDEN} left"


@pytest.mark.parametrize(
    "text",
    [
        "(#100) target is 263902037430900",
        "Incorrect App ID 1217981644879628",
        "passed to 263902037438966, a misprint",
        '"target_app_id": "1789456123078945"',
        "App ID: 1789456123078945",
        "trace 12345678901234, of 14 digits",
    ],
)
def test_ids_of_apps_stay(text: str) -> None:
    assert redact(text) == text


def test_sentences_about_tokens_are_no_secrets() -> None:
    text = "Error validating access token: Session has expired on Monday, 19-Jun-23 06:29:46 PDT."
    assert redact(text) == text


def test_a_token_alone_is_known_as_such() -> None:
    assert is_only_a_secret(f" '{TOKEN}'\n")
    assert not is_only_a_secret("(#10) x")
    assert not is_only_a_secret(PSID)


def test_what_was_blanked_once_is_not_blanked_into_it_again() -> None:
    token = "EAAB" + "cdefghij0123456789" * 3
    assert redact(f"GET /me?access_token={token}&fields=id") == "GET /me?access_token=(hidden)&fields=id"
