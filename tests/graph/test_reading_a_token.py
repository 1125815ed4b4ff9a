"""Pasting any kind of token tells in two round trips at most what it is, and why it cannot be used if it cannot."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.graph.conftest import TOKEN, ClientFor, canned
from tests.simulator.world import PracticeWorld
from wizard.core.errors import ErrorKind, WizardError
from wizard.core.facts import Origin, TokenKind


def trips(world: PracticeWorld) -> int:
    """Requests over HTTP: an operation inside a batch is none."""
    return sum(1 for request in world.requests() if not request["batch"])


def test_a_page_token_tells_page_app_fields_and_flags_in_one_batch(world: PracticeWorld, client_for: ClientFor) -> None:
    world.forget_requests()
    facts = client_for("page").read_token()
    assert facts.identity.value is not None
    assert (facts.identity.value.kind, facts.identity.value.id) == (TokenKind.PAGE, world.page_id)
    assert facts.identity.value.is_published is True
    assert facts.app is not None
    assert facts.app.value is not None
    assert (facts.app.value.id, facts.app.value.origin) == (world.app("primary"), Origin.TOKEN)
    assert facts.subscription is not None
    assert facts.subscription.value is not None
    assert {"messages", "standby"} <= (facts.subscription.value.fields or frozenset())
    assert facts.features is not None
    assert facts.features.value is not None
    assert dict(facts.features.value.flags)["hop_v2"] is True
    assert facts.receivers is not None
    assert facts.receivers.value == ()
    assert facts.api_version == facts.asked_version == "v27.0"
    assert facts.clock_skew == pytest.approx(0.0, abs=2.0)
    assert facts.usage.percent is not None
    assert trips(world) == 1


@pytest.mark.parametrize(("token", "kind"), [("user", TokenKind.USER), ("app", TokenKind.APP)])
def test_another_kind_of_token_is_told_apart_and_its_page_calls_are_failures_in_place(
    world: PracticeWorld, client_for: ClientFor, token: str, kind: TokenKind
) -> None:
    facts = client_for(token).read_token()
    assert facts.identity.value is not None
    assert facts.identity.value.kind is kind
    assert facts.subscription is not None
    assert facts.subscription.failure is not None
    assert facts.subscription.failure.kind is ErrorKind.PAGE_TOKEN_NEEDED


def test_a_token_that_cannot_be_used_raises_with_its_numbers(client_for: ClientFor) -> None:
    with pytest.raises(WizardError) as raised:
        client_for("expired").read_token()
    assert raised.value.kind is ErrorKind.TOKEN_EXPIRED
    assert (raised.value.failure.code, raised.value.failure.subcode) == (190, 463)


def test_a_refused_batch_is_made_up_for_by_plain_calls(world: PracticeWorld, client_for: ClientFor) -> None:
    world.scenario("batch-refused")
    world.forget_requests()
    facts = client_for("page").read_token()
    assert [request["call"] for request in world.requests() if not request["batch"]].count("GET me") >= 1
    assert facts.identity.value is not None
    assert facts.identity.value.kind is TokenKind.PAGE
    assert facts.subscription is not None
    assert facts.subscription.value is not None


def me(token_type: str | None = "page") -> dict[str, Any]:
    body: dict[str, Any] = {"id": "107836259148302", "name": "Lumen"}
    if token_type:
        body["metadata"] = {"type": token_type, "connections": {"feed": f"https://x/feed?access_token={TOKEN}"}}
    return body


def item(body: Any, code: int = 200) -> dict[str, Any]:
    return {"code": code, "body": json.dumps(body)}


NOT_PAGE = {"error": {"code": 210, "message": "(#210) A page access token is required to request this resource."}}


def test_only_what_failed_for_the_moment_is_asked_again() -> None:
    batches: list[list[str]] = []

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        operations = [one["relative_url"].split("?")[0] for one in json.loads(parameters["batch"])]
        batches.append(operations)
        bodies = {"me": me(), "app": {"id": "1", "name": "Bot"}}
        answers: list[Any] = [item(bodies.get(one, {"data": []})) for one in operations]
        if len(batches) == 1:
            answers[operations.index("app")] = None  # what Facebook answers for an unfinished operation
            answers[operations.index("me/subscribed_apps")] = item(
                {"error": {"code": 2, "message": "x", "is_transient": True}}, 500
            )
        return 200, answers

    with canned(answer) as (client, rude):
        facts = client.read_token()
        assert batches[1] == ["app", "me/subscribed_apps"]
        assert len(rude.requests) == 2
    assert facts.app is not None
    assert facts.app.value is not None
    assert facts.app.value.id == "1"
    assert TOKEN not in repr(facts)


@pytest.mark.parametrize(
    ("edge", "kind"),
    [
        (item({"data": []}), TokenKind.PAGE),
        (item(NOT_PAGE, 400), TokenKind.USER),
        (item({"error": {"code": 1}}, 400), TokenKind.UNKNOWN),
    ],
)
def test_without_metadata_a_page_edge_tells_the_kind(edge: dict[str, Any], kind: TokenKind) -> None:
    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        answers = {"me": item(me(None)), "app": item({"id": 1}), "me/subscribed_apps": edge}
        operations = [one["relative_url"].split("?")[0] for one in json.loads(parameters["batch"])]
        return 200, [answers.get(one, item({"data": []})) for one in operations]

    with canned(answer) as (client, _):
        facts = client.read_token()
    assert facts.identity.value is not None
    assert facts.identity.value.kind is kind


@pytest.mark.parametrize("metadata", ["told", "ignored", "refused"])
@pytest.mark.parametrize(
    ("token", "kind"), [("page", TokenKind.PAGE), ("user", TokenKind.USER), ("app", TokenKind.APP)]
)
def test_a_token_is_known_whatever_becomes_of_metadata(
    world: PracticeWorld, client_for: ClientFor, token: str, kind: TokenKind, metadata: str
) -> None:
    world.scenario_of("happy-routing", graph={"metadata": metadata})
    facts = client_for(token).read_token()
    assert facts.identity.value is not None
    assert facts.identity.value.kind is kind
    assert facts.identity.value.name


@pytest.mark.parametrize("metadata", ["ignored", "refused"])
def test_a_page_token_without_the_right_to_read_subscriptions_is_still_a_pages(
    world: PracticeWorld, client_for: ClientFor, metadata: str
) -> None:
    world.scenario_of("missing-permission", graph={"metadata": metadata})
    world.fault("GET me/subscribed_apps", {"code": 200}, times=None)
    identity = client_for("page").read_token().identity.value
    assert identity is not None
    assert identity.kind is TokenKind.PAGE


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"code": 2500, "message": "An active access token must be used"}, TokenKind.APP),
        ({"code": 102, "message": "Session key invalid"}, TokenKind.APP),
        ({"code": 102, "error_subcode": 463, "message": "Session has expired"}, None),
        ({"code": 102, "error_subcode": 460, "message": "x"}, None),
        ({"code": 2500, "error_subcode": 467, "message": "x"}, None),
        ({"code": 100, "error_subcode": 2534037, "message": "x"}, None),
    ],
)
def test_an_error_about_a_session_is_no_app_token(error: dict[str, Any], kind: TokenKind | None) -> None:
    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        operations = [one["relative_url"].split("?")[0] for one in json.loads(parameters["batch"])]
        refused = item({"error": error}, 400)
        return 200, [item({"id": "1", "name": "Bot"}) if one == "app" else refused for one in operations]

    with canned(answer) as (client, _):
        try:
            identity = client.read_token().identity
        except WizardError:
            found = None
        else:
            found = identity.value.kind if identity.value else None
    assert found is kind


ROW = {"id": "271828182845904", "name": "Another", "subscribed_fields": ["messages"]}


@pytest.mark.parametrize(
    ("app", "rows", "subscribed"),
    [
        ({"id": "314159265358979"}, [ROW], False),  # the only row, and not ours
        ({"id": "271828182845904"}, [ROW], True),
        ({"id": 271828182845904}, [{**ROW, "id": 271828182845904}], True),
        ({"id": "271828182845904"}, [{**ROW, "id": "1"}, ROW], True),
        ({"id": "271828182845904"}, [], False),
        (None, [ROW], None),  # whose it is cannot be told
        (None, [], False),
    ],
)
def test_only_the_row_with_our_own_app_id_is_ours(
    app: dict[str, Any] | None, rows: list[dict[str, Any]], subscribed: bool | None
) -> None:
    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        own = item(app) if app else item({"error": {"code": 100, "message": "(#100) x"}}, 400)
        answers = {"me": item(me()), "app": own, "me/subscribed_apps": item({"data": rows})}
        operations = [one["relative_url"].split("?")[0] for one in json.loads(parameters["batch"])]
        return 200, [answers.get(one, item({"data": []})) for one in operations]

    with canned(answer) as (client, _):
        seen = client.read_token().subscription
    assert (None if seen is None else seen.value is not None) is subscribed


@pytest.mark.parametrize("own", [{"id": "314159265358979"}, {"error": {"code": 100, "message": "(#100) x"}}])
def test_fields_of_another_apps_row_are_never_written_as_ours(own: dict[str, Any]) -> None:
    written: list[str] = []

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        if method == "POST":
            written.append(parameters["subscribed_fields"])
            return 200, {"success": True}
        return (400 if "error" in own else 200, own) if path == "app" else (200, {"data": [ROW]})

    with canned(answer) as (client, _):
        if "error" in own:
            with pytest.raises(WizardError):
                client.add_fields(frozenset({"standby"}))
            assert written == []
        else:
            assert client.add_fields(frozenset({"standby"})) == frozenset()
            assert written == ["standby"]


def test_a_failed_call_is_no_silence_about_whether_the_page_is_published() -> None:
    refused = item({"error": {"code": 2, "message": "x", "is_transient": False}}, 500)

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        asked = [one["relative_url"] for one in json.loads(parameters["batch"])]
        return 200, [refused if "is_published" in one else item(me() | {"data": []}) for one in asked]

    with canned(answer) as (client, _):
        facts = client.read_token()
    assert facts.published is not None
    assert facts.published.failure is not None
    assert facts.identity.value is not None
    assert facts.identity.value.is_published is None
    assert facts.published in facts.readings


def test_the_newest_version_is_looked_for_where_ours_has_ended(world: PracticeWorld, client_for: ClientFor) -> None:
    world.scenario("version-ended")
    facts = client_for("page").read_token()
    assert (facts.asked_version, facts.api_version, facts.newest_version) == ("v27.0", "v29.0", "v31.0")
    probes = [request for request in world.requests() if request["path"].endswith("/me") and not request["batch"]]
    assert [probe["path"] for probe in probes] == ["/v30.0/me", "/v31.0/me", "/v32.0/me"]
    assert {probe["token_in"] for probe in probes} == {None}


def test_a_newest_version_that_cannot_be_found_costs_nothing(world: PracticeWorld, client_for: ClientFor) -> None:
    world.scenario("version-ended")
    client = client_for("page")
    world.fault("GET me", "reset", times=1, every=5)  # the batch asks four times
    facts = client.read_token()
    assert (facts.api_version, facts.newest_version) == ("v29.0", "")
    assert facts.identity.value is not None


def test_the_token_travels_in_the_body_of_a_batch_and_never_in_an_address() -> None:
    with canned(lambda method, path, parameters: (200, [item(me())] * 6)) as (client, rude):
        client.read_token()
        first_line = rude.requests[0].split(b"\r\n")[0]
        body = rude.requests[0].split(b"\r\n\r\n")[1]
    assert TOKEN.encode() not in first_line
    assert f"access_token={TOKEN}".encode() in body


@pytest.mark.parametrize(
    ("whole", "status", "kind"),
    [
        ({"error": {"code": 190, "message": "Invalid OAuth access token."}}, 400, ErrorKind.TOKEN_MALFORMED),
        ({"error_code": 190, "error_description": "Error validating access token."}, 400, ErrorKind.TOKEN_INVALID),
        ({"error": {"code": 4, "message": "(#4) Application request limit reached"}}, 403, ErrorKind.THROTTLED),
        (b"<html>Log in to this Wi-Fi</html>", 200, ErrorKind.UNREADABLE),
    ],
)
def test_what_stands_against_the_whole_token_raises(whole: Any, status: int, kind: ErrorKind) -> None:
    with canned(lambda method, path, parameters: (status, whole)) as (client, _), pytest.raises(WizardError) as raised:
        client.read_token()
    assert raised.value.kind is kind
