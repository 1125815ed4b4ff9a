"""Logging in at Facebook: the address of the dialog, and what is made of what comes back."""

from urllib.parse import parse_qs, urlsplit

import pytest

from wizard.core.errors import ErrorKind, Failure
from wizard.core.log_in import Granted, LogInFile, State, dialog_address, fields_of, read_answer
from wizard.core.resource import load_toml

FILE = LogInFile(
    "acme", "Acme", "1234567890", "https://acme.example/handover/", scopes=("pages_show_list", "pages_messaging")
)
LONG, SHORT = "EAAlong" + "x" * 60, "EAAshort" + "x" * 60


def asked(file: LogInFile, again: bool = False) -> dict[str, str]:
    state = State(40123)
    address = dialog_address("https://www.facebook.com", "v27.0", file, state, 40123, again)
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "www.facebook.com", "/v27.0/dialog/oauth")
    found = {name: values[0] for name, values in parse_qs(parts.query, strict_parsing=True).items()}
    assert found.pop("state") == state.text
    return found


def test_the_dialog_is_asked_as_documented() -> None:
    classic = {
        "client_id": "1234567890",
        "redirect_uri": "https://acme.example/handover/",
        "response_type": "token",
        "scope": "pages_show_list,pages_messaging",
        "display": "page",
    }
    assert asked(FILE) == classic
    assert asked(FILE, again=True) == {**classic, "auth_type": "rerequest"}
    business = LogInFile("acme", "Acme", "1234567890", "https://acme.example/handover/", config_id="98765")
    assert asked(business) == {**{k: v for k, v in classic.items() if k != "scope"}, "config_id": "98765"}
    assert {*asked(FILE, again=True), *asked(business), "state"} == set(
        load_toml("log_in.toml")["dialog"]["parameters"]
    )


def test_an_app_in_development_mode_comes_back_to_the_port_of_this_log_in() -> None:
    file = LogInFile("own", "Own", "1234567890", "http://localhost:{port}/", scopes=("pages_show_list",))
    assert asked(file)["redirect_uri"] == "http://localhost:40123/"
    assert (file.is_here, file.own_port) == (True, 0)
    assert LogInFile("own", "Own", "1", "http://localhost:5000/cb").own_port == 5000
    assert (FILE.is_here, FILE.own_port) == (False, 0)


def test_a_state_is_new_each_time_has_the_port_in_it_and_counts_once() -> None:
    state, other = State(40123), State(40123)
    assert state.text != other.text
    assert state.text.endswith(".40123")
    assert len(state.text.partition(".")[0]) == 43
    for wrong in ("", state.text[:-1], state.text + "0", state.text[::-1], other.text, "\ud800"):
        assert not state.take(wrong)
    assert state.take(state.text)
    assert not state.take(state.text)


@pytest.mark.parametrize(
    ("fragment", "token", "lives"),
    [
        (f"access_token={SHORT}&expires_in=5183&state=x", SHORT, 5183),
        (f"access_token={SHORT}&long_lived_token={LONG}&expires_in=5183", LONG, None),
        (f"long_lived_token={LONG}", LONG, None),
        (f"access_token={SHORT}&long_lived_token=undefined&expires_in=5183", SHORT, 5183),
        (f"#access_token={SHORT}&expires_in=0", SHORT, None),
        (f"access_token={SHORT}&expires_in=-5", SHORT, None),
        (f"access_token={SHORT}&expires_in={'9' * 400}", SHORT, None),
        (f"access_token={SHORT}&expires_in=soon", SHORT, None),
        (f"access_token={SHORT}", SHORT, None),
    ],
)
def test_the_token_that_lives_longest_is_taken(fragment: str, token: str, lives: int | None) -> None:
    for fields in (fields_of(fragment), fields_of("", fragment.lstrip("#"))):  # where it stands is not relied upon
        answer = read_answer(fields)
        assert isinstance(answer, Granted)
        assert (answer.secret.reveal(), answer.lifetime.seconds) == (token, lives)
        assert answer.lifetime.is_long is (token == LONG)


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        (
            "error_reason=user_denied&error=access_denied&error_description=Permissions+error.",
            ErrorKind.LOG_IN_CANCELLED,
        ),
        ("error=access_denied", ErrorKind.LOG_IN_CANCELLED),
        ("error_code=1349187&error_message=Insecure+Login+Blocked", ErrorKind.UNKNOWN),
        ("error=server_error&error_description=Sorry", ErrorKind.UNKNOWN),
        (f"error=access_denied&access_token={SHORT}", ErrorKind.LOG_IN_CANCELLED),
        ("state=x", ErrorKind.LOG_IN_UNREADABLE),
        ("access_token=", ErrorKind.LOG_IN_UNREADABLE),
        ("", ErrorKind.LOG_IN_UNREADABLE),
    ],
)
def test_what_brings_no_token_is_an_error(query: str, kind: ErrorKind) -> None:
    for fields in (fields_of("", query), fields_of(query)):
        answer = read_answer(fields)
        assert isinstance(answer, Failure)
        assert answer.kind is kind


def test_a_token_in_the_text_of_an_error_is_hidden() -> None:
    answer = read_answer(fields_of("", f"error=x&error_description=Bad+token+{SHORT}"))
    assert isinstance(answer, Failure)
    assert SHORT[:12] not in answer.message
