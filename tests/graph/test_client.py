"""The calls of the client over real HTTP against the practice world, and against answers it does not give."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import pytest

from tests.graph.conftest import TOKEN, ClientFor, canned, kind_of
from tests.moved_clock import MovedClock
from tests.simulator.world import PracticeWorld
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.clock import SystemClock
from wizard.core.errors import ErrorKind, WizardError
from wizard.core.facts import Control
from wizard.core.secret import Secret
from wizard.graph.client import GraphClient


def test_control_goes_there_and_back(world: PracticeWorld, client_for: ClientFor) -> None:
    graph = client_for("page")
    assert graph.owner(world.tester).app_id == world.app("primary")
    graph.pass_control(world.tester, world.app("secondary"), "Test by the Page owner")
    seen = graph.owner(world.tester)
    assert (seen.control, seen.app_id) == (Control.APP, world.app("secondary"))
    assert seen.expires_at is not None
    assert seen.expires_at > graph.time
    graph.take_control(world.tester, "Test")
    assert world.owner_of() == world.app("primary")
    graph.release_control(world.tester, "Test")
    assert world.owner_of() is None
    assert graph.owner(world.tester).control is Control.NOTHING


def test_an_app_that_is_not_the_default_sees_only_that_another_has_control(
    world: PracticeWorld, client_for: ClientFor
) -> None:
    seen = client_for("secondary_page").owner(world.tester)
    assert (seen.control, seen.app_id) == (Control.HIDDEN, "")


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda graph, world: graph.take_control("1" * 16, ""), ErrorKind.PERSON_UNKNOWN),
        (lambda graph, world: graph.pass_control(world.tester, "123456789", ""), ErrorKind.APP_ID_UNKNOWN),
        # It has control already, and Facebook says so: nothing about the switch.
        (lambda graph, world: graph.take_control(world.tester, ""), ErrorKind.BAD_REQUEST),
    ],
)
def test_a_refused_write_says_its_kind(
    world: PracticeWorld, client_for: ClientFor, change: Callable[[GraphClient, PracticeWorld], None], kind: ErrorKind
) -> None:
    assert kind_of(lambda: change(client_for("page"), world)) is kind


def test_releasing_what_another_app_has_is_refused_by_name(world: PracticeWorld, client_for: ClientFor) -> None:
    assert kind_of(lambda: client_for("secondary_page").release_control(world.tester, "")) is ErrorKind.NOT_IN_CONTROL


def test_taking_without_a_default_app_is_its_own_kind(world: PracticeWorld, client_for: ClientFor) -> None:
    world.scenario("new-page")
    assert kind_of(lambda: client_for("page").take_control(world.tester, "")) is ErrorKind.NO_DEFAULT_APP


def test_call_names_hold_no_ids(world: PracticeWorld, client_for: ClientFor) -> None:
    graph = client_for("page")
    with pytest.raises(WizardError) as raised:
        graph.take_control("7" * 16, "")
    assert raised.value.failure.call == "POST me/take_thread_control"
    world.fault("GET {conversation}/messages", {"code": 10}, times=None)
    with pytest.raises(WizardError) as raised:
        graph.messages(graph.conversations()[0].id)
    assert raised.value.failure.call == "GET {conversation}/messages"
    assert raised.value.failure.trace_id


@pytest.mark.parametrize("fault", ["reset", "http_500", {"code": 2, "is_transient": True}])
def test_a_read_is_repeated_over_a_trouble_that_passes(world: PracticeWorld, client_for: ClientFor, fault: Any) -> None:
    world.fault("GET me/thread_owner", fault, times=1)
    assert client_for("page").owner(world.tester).control is Control.APP


@pytest.mark.parametrize("code", [4, 17, 32, 613, 80006])
def test_a_throttled_read_is_never_repeated_even_if_called_transient(
    world: PracticeWorld, client_for: ClientFor, code: int
) -> None:
    world.fault("GET me/thread_owner", {"code": code, "is_transient": True}, times=None)
    world.forget_requests()
    assert kind_of(lambda: client_for("page").owner(world.tester)) is ErrorKind.THROTTLED
    assert world.calls().count("GET me/thread_owner") == 1


def test_a_time_to_wait_that_was_told_is_kept_to_by_every_call(world: PracticeWorld) -> None:
    clock = MovedClock()
    graph = GraphClient(world.graph_url, Secret(world.token("page")), None, CancelToken(), clock)
    world.fault("GET me/thread_owner", "throttled", times=1, minutes=12)
    assert kind_of(lambda: graph.owner(world.tester)) is ErrorKind.THROTTLED
    world.forget_requests()
    for seconds, left in ((0.0, 720.0), (719.0, 1.0)):
        clock.time = 1000.0 + seconds
        for call in (
            lambda: graph.owner(world.tester),
            lambda: graph.take_control(world.tester, ""),
            lambda: graph.read_owners([world.tester]),
            lambda: graph.with_short_timeouts(CancelToken()).owner(world.tester),
        ):
            with pytest.raises(WizardError) as raised:
                call()
            assert (raised.value.kind, raised.value.failure.wait) == (ErrorKind.THROTTLED, left)
    assert world.calls() == []
    clock.time = 1000.0 + 721.0
    assert graph.owner(world.tester).control is Control.APP


def test_a_limit_without_a_time_is_the_callers_to_obey(world: PracticeWorld, client_for: ClientFor) -> None:
    graph = client_for("page")
    world.fault("GET me/thread_owner", {"code": 32}, times=1)
    assert kind_of(lambda: graph.owner(world.tester)) is ErrorKind.THROTTLED
    assert graph.owner(world.tester).control is Control.APP


def test_of_two_pages_limits_a_refused_call_waits_for_its_own() -> None:
    rows = {"1": [{"estimated_time_to_regain_access": 12}], "2": [{"estimated_time_to_regain_access": 1}]}
    body = {"error": {"code": 80006, "message": "(#80006) Too many calls."}}
    told = f"X-Business-Use-Case-Usage: {json.dumps(rows)}"
    for page_id, seconds in (("1", 720.0), ("2", 60.0), ("", 720.0)):
        with canned(lambda method, path, parameters: (400, body), told) as (_client, rude):
            mine = GraphClient(rude.address, Secret(TOKEN), None, CancelToken(), SystemClock(), page_id=page_id)
            with pytest.raises(WizardError) as raised:
                mine.owner("1")
            assert raised.value.failure.wait == seconds
            mine.close()


def test_what_is_not_transient_is_sent_once_whether_it_reads_or_writes() -> None:
    calls: list[str] = []

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        calls.append(method)
        return 500, {"error": {"code": 2, "message": "(#2) No", "is_transient": False, "error_user_title": "Too long"}}

    with canned(answer) as (client, _):
        assert kind_of(lambda: client.messages("t_1")) is ErrorKind.BAD_REQUEST
        assert kind_of(lambda: client.take_control("1", "")) is ErrorKind.BAD_REQUEST
    assert calls == ["GET", "POST"]


@pytest.mark.parametrize("fault", ["answer_lost", "html", "truncated"])
def test_a_write_without_a_readable_answer_may_have_happened_and_is_not_repeated(
    world: PracticeWorld, client_for: ClientFor, fault: str
) -> None:
    world.fault("POST me/pass_thread_control", fault, times=None)
    world.forget_requests()
    graph = client_for("page")
    assert kind_of(lambda: graph.pass_control(world.tester, world.app("secondary"), "")) is ErrorKind.ANSWER_LOST
    assert world.calls().count("POST me/pass_thread_control") == 1


def test_an_owner_call_that_facebook_refuses_is_a_reading_and_no_exception(
    world: PracticeWorld, client_for: ClientFor
) -> None:
    world.fault("GET me/thread_owner", {"code": 100}, times=None)
    seen = client_for("page").owner(world.tester)
    assert seen.control is Control.UNREADABLE
    assert seen.failure is not None
    assert seen.failure.code == 100


def test_an_owner_call_with_a_dead_token_raises(world: PracticeWorld, client_for: ClientFor) -> None:
    assert kind_of(lambda: client_for("expired").owner(world.tester)) is ErrorKind.TOKEN_EXPIRED


@pytest.mark.parametrize(
    ("body", "control", "app_id", "expires_at"),
    [
        (
            {"data": [{"thread_owner": {"app_id": 973593459095451, "expiration": 1795424381}}]},
            Control.APP,
            "973593459095451",
            1795424381,
        ),
        ({"data": [{"thread_owner": {"app_id": "973593459095451"}}]}, Control.APP, "973593459095451", None),
        ({"data": [{"thread_owner": {"expiration": "1795424381"}}]}, Control.HIDDEN, "", 1795424381),
        # Milliseconds, and what no clock can show: that there is an owner is all that is told.
        ({"data": [{"thread_owner": {"app_id": "1", "expiration": 1795424381000}}]}, Control.APP, "1", None),
        ({"data": [{"thread_owner": {"expiration": 1795424381000}}]}, Control.HIDDEN, "", None),
        ({"data": [{"thread_owner": {"expiration": 1e300}}]}, Control.HIDDEN, "", None),
        ({"data": [{"thread_owner": {"app_id": "1", "expiration": -5}}]}, Control.APP, "1", None),
        ({"data": []}, Control.NOTHING, "", None),
        ({"data": [], "paging": {}}, Control.NOTHING, "", None),
        ({"data": [{"thread_owner": {}}]}, Control.UNREADABLE, "", None),
        ({"data": [7]}, Control.UNREADABLE, "", None),
        ({"anything": 1}, Control.UNREADABLE, "", None),
    ],
)
def test_every_shape_of_an_owner_answer_is_read(
    body: Any, control: Control, app_id: str, expires_at: int | None
) -> None:
    with canned(lambda method, path, parameters: (200, body)) as (client, _):
        seen = client.owner("1")
    assert (seen.control, seen.app_id, seen.expires_at) == (control, app_id, expires_at)


def test_messages_tell_who_wrote_them(world: PracticeWorld, client_for: ClientFor) -> None:
    world.write("Handover test 4821")
    graph = client_for("page")
    conversation = next(one for one in graph.conversations() if one.psid == world.tester)
    texts = {message.text: message.sender_id for message in graph.messages(conversation.id)}
    assert texts["Handover test 4821"] == world.tester


def test_an_app_is_named_and_other_ids_are_not_apps(world: PracticeWorld, client_for: ClientFor) -> None:
    graph = client_for("page")
    found = graph.app_named(world.app("secondary"))
    assert found is not None
    assert (found.id, found.name) == (world.app("secondary"), "Support Desk")
    assert graph.app_named(world.page_id) is None
    assert graph.app_named("999999999999999") is None


def test_missing_fields_are_added_to_those_that_are_set(world: PracticeWorld, client_for: ClientFor) -> None:
    graph = client_for("page")
    before = graph.read_token().subscription
    assert before is not None
    assert before.value is not None
    after = graph.add_fields(frozenset({"message_echoes"}))
    assert after == (before.value.fields or frozenset()) | {"message_echoes"}


def test_success_false_is_no_success() -> None:
    with canned(lambda method, path, parameters: (200, {"success": False})) as (client, _):
        assert kind_of(lambda: client.take_control("1", "")) is ErrorKind.NOT_DONE


def test_a_proof_goes_with_every_call() -> None:
    seen: list[str] = []

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        seen.append(parameters.get("appsecret_proof", ""))
        return 200, {"success": True, "data": []}

    with canned(answer) as (client, rude):
        proved = GraphClient(rude.address, Secret(TOKEN), Secret("ab" * 32), CancelToken(), SystemClock())
        proved.owner("1")
        proved.take_control("1", "")
        proved.close()
        client.owner("1")
    assert seen == ["ab" * 32, "ab" * 32, ""]


def test_time_is_that_of_facebook_carried_forward(world: PracticeWorld, client_for: ClientFor) -> None:
    graph = client_for("page")
    before = graph.time
    world.clock(86_400)
    graph.owner(world.tester)
    assert graph.time - before == pytest.approx(86_400, abs=5)
    skew = graph.read_token().clock_skew
    assert skew == pytest.approx(-86_400, abs=5)


def test_a_hurried_client_works_after_the_job_was_stopped(world: PracticeWorld, client_for: ClientFor) -> None:
    cancel = CancelToken()
    graph = client_for("page", cancel=cancel)
    graph.owner(world.tester)
    cancel.cancel()
    with pytest.raises(Cancelled):
        graph.owner(world.tester)
    assert graph.with_short_timeouts(CancelToken()).owner(world.tester).control is Control.APP


def test_a_version_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="latest"):
        GraphClient("https://graph.facebook.com", Secret(TOKEN), None, CancelToken(), SystemClock(), version="latest")


def test_a_token_echoed_in_an_error_is_blanked() -> None:
    error = {"error": {"code": 190, "message": f"Malformed access token {TOKEN}"}}
    with canned(lambda method, path, parameters: (400, error)) as (client, _), pytest.raises(WizardError) as raised:
        client.owner("1")
    assert raised.value.failure.message == "Malformed access token (hidden)"


ODD_TOKEN, ODD_PROOF = "page token/of another|shape", "proof-of-another-shape"


@pytest.mark.parametrize("secret", [ODD_TOKEN, ODD_PROOF, quote(ODD_TOKEN, safe="")])
@pytest.mark.parametrize("member", ["message", "error_user_msg", "fbtrace_id"])
@pytest.mark.parametrize("before", ["", "x" * 990], ids=["short", "cut off"])
@pytest.mark.parametrize("way", ["read", "write", "batch"])
def test_what_we_sent_stands_in_no_error_even_if_it_looks_like_no_token(
    secret: str, member: str, before: str, way: str
) -> None:
    error = {"error": {"code": 190, "message": "Bad", member: f"{before} {secret}"}}
    items = [{"code": 400, "body": json.dumps(error)}] * 9

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        return (200, items) if "batch" in parameters else (400, error)

    def call(client: GraphClient) -> None:
        if way == "write":
            client.take_control("1", "")
        elif way == "read":
            client.owner("1")
        else:
            facts = client.read_token()
            assert facts.identity.failure is not None
            raise WizardError(facts.identity.failure)

    with canned(answer) as (_, rude):
        client = GraphClient(rude.address, Secret(ODD_TOKEN), Secret(ODD_PROOF), CancelToken(), SystemClock())
        with pytest.raises(WizardError) as raised:
            call(client)
        client.close()
    shown = repr(raised.value.failure)
    assert secret not in shown
    assert secret[:9] not in shown, "not even the beginning, where a long text is cut"
    assert raised.value.failure.code == 190


@pytest.mark.slow
@pytest.mark.parametrize(
    "told", ["opaque-secret-of-somebody", "v26.0 \x1b[2J", "v99999999999.0", "26.0", "EAA" + "x1" * 30]
)
def test_a_version_that_is_none_is_not_kept(told: str) -> None:
    with canned(lambda method, path, parameters: (200, {"id": "1"}), f"facebook-api-version: {told}") as (client, _):
        assert client.read_token().api_version == ""
