"""The calls of a log-in are those that Meta documents, with their parameters and in their order; and what is only
likely may be otherwise.

Sources: Meta, Manually Build a Login Flow (2026-03-10); Facebook Login for Business (2026-05-05); Facebook Login for
Devices; Android SDK, DeviceAuthDialog.kt (2026-06-30)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.actions.facebook_log_in import Owner, in_browser, with_code
from tests.simulator.world import PracticeWorld, request
from wizard.actions.browser_log_in import BrowserLogIn, CodeLogIn, log_in_with
from wizard.actions.log_in import choose_page, open_token
from wizard.actions.session import Session
from wizard.actions.token_sources import RememberedTokenSource, pasted_token
from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, WizardError
from wizard.core.log_in import State, dialog_address
from wizard.core.resource import load_toml
from wizard.graph.code_log_in import CodeLogInCalls

# The dialog: path, then each parameter with the values that are documented for it; "*" for any.
DIALOG = "/v27.0/dialog/oauth"
DIALOG_PARAMETERS = {
    "client_id": "*",
    "redirect_uri": "*",
    "state": "*",
    "response_type": "token",
    "scope": "*",
    "config_id": "*",
    "auth_type": "rerequest",
    "display": "page",
}
# The calls after it in their order: method, path and parameters, without where the token stands. READ_TOKEN is a batch:
# what any token is asked, that of a person too, for until then nobody knows whose it is.
READ_TOKEN = [
    ("POST", "", {"operations": "*"}),
    ("GET", "me", {"fields": "id,name"}),
    ("GET", "me", {"metadata": "1", "fields": "id"}),
    ("GET", "app", {}),
    ("GET", "me/subscribed_apps", {}),
    ("GET", "me", {"fields": "messaging_feature_status"}),
    ("GET", "me", {"fields": "is_published"}),
    ("GET", "me/secondary_receivers", {"fields": "id,name"}),
]
APP_NAME = {"fields": "id,name,icon_url"}
AFTER_LOG_IN = [
    *READ_TOKEN,
    ("GET", "me/permissions", {}),
    ("GET", "{bot}", APP_NAME),
    ("GET", "{live_chat}", APP_NAME),
    ("GET", "me/accounts", {"fields": "id,name,access_token,tasks", "limit": "100"}),
    *READ_TOKEN,
]
CODE = [
    ("POST", "device/login", {"scope": "*"}),
    ("POST", "device/login_status", {"code": "*"}),
    *AFTER_LOG_IN,
]
Way = Callable[..., BrowserLogIn | CodeLogIn]


def first(pages: Any) -> str:
    return str(pages[0].id)


def run(session: Session, source: BrowserLogIn | CodeLogIn, world: PracticeWorld, cancel: CancelToken) -> None:
    """All of a log-in, up to the token of a Page."""
    world.forget_requests()
    done = log_in_with(session, source, cancel)
    choose_page(session, done.opened, "", first, cancel)


def made(world: PracticeWorld) -> list[tuple[str, str, dict[str, str]]]:
    """All calls that were made."""
    names = {world.app("primary"): "{bot}", world.app("secondary"): "{live_chat}"}
    paths = [(call, call["path"].removeprefix("/v27.0").lstrip("/")) for call in world.requests()]
    return [(call["method"], names.get(path, path), call["parameters"]) for call, path in paths]


def _fits(given: dict[str, str], documented: dict[str, str]) -> bool:
    return given.keys() == documented.keys() and all(documented[name] in ("*", value) for name, value in given.items())


@pytest.mark.parametrize(("way", "calls"), [(in_browser, AFTER_LOG_IN), (with_code, CODE)], ids=["browser", "code"])
def test_the_calls_of_a_log_in_are_the_documented_ones_in_their_order(
    own_session: Session, world: PracticeWorld, cancel: CancelToken, way: Way, calls: list[Any]
) -> None:
    run(own_session, way(own_session, world, cancel), world, cancel)
    found = made(world)
    assert [each[:2] for each in found] == [each[:2] for each in calls]
    assert all(_fits(one[2], other[2]) for one, other in zip(found, calls, strict=True))
    assert {call["path"].split("/")[1] for call in world.requests()} == {"v27.0"}
    assert "query" not in {call["token_in"] for call in world.requests()}, "a token stands in no address"


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("business", [False, True])
def test_the_dialog_is_asked_as_documented(
    own_session: Session, world: PracticeWorld, cancel: CancelToken, again: bool, business: bool
) -> None:
    source = in_browser(own_session, world, cancel, log_in={"kind": "business" if business else "classic"})
    assert isinstance(source, BrowserLogIn)
    if business:
        source = replace(source, file=replace(source.file, scopes=(), config_id="1204560938517742"))
    owner = Owner(world)
    replace(source, screen=owner, again=again).fetch()
    (address,) = owner.addresses
    asked = parse_qsl(urlsplit(address).query, strict_parsing=True)
    names = [name for name, _value in asked]
    wanted = [
        name
        for name in DIALOG_PARAMETERS
        if name != ("scope" if business else "config_id") and (again or name != "auth_type")
    ]
    assert urlsplit(address).path.endswith(DIALOG)
    assert names == wanted, "each once, and nothing else"
    assert all(DIALOG_PARAMETERS[name] in ("*", value) for name, value in asked)
    described = load_toml("log_in.toml")["dialog"]
    assert described["parameters"] == list(DIALOG_PARAMETERS)
    assert DIALOG.endswith(described["path"])


# What is only likely, otherwise: by its ID in resources/log_in.toml. Permissions that are missing then.
OTHERWISE: dict[str, tuple[Way, dict[str, Any], set[str]]] = {
    "lasting_token": (in_browser, {"long_lived": False}, set()),
    "code_gives_permissions": (
        with_code,
        {"code_gives": "nothing"},
        {"pages_show_list", "pages_manage_metadata", "pages_messaging"},
    ),
    "slower_is_enough": (with_code, {"early": 3}, set()),
    "page_tokens_without_end": (in_browser, {}, set()),
    "handing_on_needs_no_leave": (in_browser, {}, set()),
}


def test_what_came_back_is_read_wherever_it_stands_and_without_a_life(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    behaviour = {"place": "query", "long_lived": False, "tells_life": False}
    done = log_in_with(own_session, in_browser(own_session, world, cancel, log_in=behaviour), cancel)
    assert choose_page(own_session, done.opened, "", first, cancel).facts.life is None


@pytest.mark.parametrize("likely", [each["id"] for each in load_toml("log_in.toml")["likely"]])
def test_what_is_only_likely_may_be_otherwise(
    own_session: Session,
    world: PracticeWorld,
    cancel: CancelToken,
    likely: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(CodeLogInCalls, "slower", 0.2)
    way, behaviour, missing = OTHERWISE[likely]
    source = way(own_session, world, cancel, log_in=behaviour)
    if likely == "handing_on_needs_no_leave":
        opened = open_token(own_session, pasted_token(address_that_stayed(world, source)), cancel)
    else:
        done = log_in_with(own_session, source, cancel)
        assert done.missing.keys() == missing
        opened = done.opened
    if missing:
        return
    page = choose_page(own_session, opened, "", first, cancel)
    assert page.page_id == world.page_id
    if likely == "page_tokens_without_end":
        own_session.tokens.keep(page, remember=False)
        world.fault("GET me", {"code": 190, "subcode": 463}, times=None)
        source_of_it = RememberedTokenSource(own_session.tokens, own_session.tokens.name_of(page))
        with pytest.raises(WizardError) as refused:
            open_token(own_session, source_of_it, cancel)
        assert refused.value.kind is ErrorKind.LOG_IN_ENDED


def address_that_stayed(world: PracticeWorld, source: BrowserLogIn | CodeLogIn) -> str:
    """The address of the page that sends on, whose form the browser held back."""
    state = State(1024)
    address = dialog_address(world.start["facebook_url"], "v27.0", source.file, state, 1024)
    form = {"redirect_uri": source.file.redirect_to(1024), "state": state.text, "answer": "allow"}
    granted = [("client_id", source.file.app_id), ("page", world.page_id)]
    scopes = [(name, scope) for scope in source.file.scopes for name in ("asked", "scope")]
    reply = request(
        "POST", address.split("/v27.0")[0] + "/dialog/oauth/answer", form=[*form.items(), *granted, *scopes]
    )
    assert reply.status == 303
    return reply.headers["location"]
