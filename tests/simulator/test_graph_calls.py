"""Each Graph call over real HTTP: its answer, and what it refuses."""

import hashlib
import hmac
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.simulator.world import PracticeWorld, request


@pytest.mark.parametrize(
    ("token", "kind", "name"),
    [("page", "page", "Lumen Coffee"), ("user", "user", "Alex Owner"), ("system_user", "user", "Lumen system user")],
)
def test_me_with_metadata_tells_the_kind_of_token(practice: PracticeWorld, token: str, kind: str, name: str) -> None:
    body = practice.graph("GET", "me", token, metadata=1).json()
    assert (body["metadata"]["type"], body["name"]) == (kind, name)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (None, (2500, None)),
        ("EAAnotatoken", (190, None)),
        ("expired", (190, 463)),
        ("app", (2500, None)),
    ],
)
def test_me_refuses_a_token_that_is_no_good(
    practice: PracticeWorld, token: str | None, expected: tuple[int, int | None]
) -> None:
    reply = practice.graph("GET", "me", token)
    assert reply.status == 400
    assert reply.error == expected
    assert set(reply.json()["error"]) >= {"message", "type", "code", "fbtrace_id"}


def test_an_expired_token_is_told_apart_by_header_and_text(practice: PracticeWorld) -> None:
    reply = practice.graph("GET", "me", "expired")
    assert "Session has expired on" in reply.json()["error"]["message"]
    assert reply.headers["www-authenticate"].startswith("OAuth")


def test_a_user_token_has_no_page_fields(practice: PracticeWorld) -> None:
    reply = practice.graph("GET", "me", "user", fields="messaging_feature_status")
    assert "nonexisting field (messaging_feature_status) on node type (User)" in reply.json()["error"]["message"]


def test_the_page_is_the_same_under_its_id(practice: PracticeWorld) -> None:
    fields = "id,name,category,has_added_app,messaging_feature_status"
    by_id = practice.graph("GET", practice.page_id, fields=fields).json()
    assert by_id == practice.graph("GET", "me", fields=fields).json()
    assert by_id["has_added_app"] is True
    assert by_id["messaging_feature_status"] == {"hop_v2": True, "msgr_multi_app": True, "ig_multi_app": False}


def test_app_says_whose_token_it_is(practice: PracticeWorld) -> None:
    assert practice.graph("GET", "app", "secondary_page").json()["id"] == practice.app("secondary")


def test_a_foreign_app_has_a_name_and_an_unknown_id_has_none(practice: PracticeWorld) -> None:
    named = practice.graph("GET", practice.app("third"), fields="id,name,icon_url").json()
    assert (named["name"], named["id"]) == ("Order Robot", practice.app("third"))
    assert practice.graph("GET", "123456789012345").error == (100, 33)
    assert practice.graph("GET", practice.page_id, fields="icon_url").error == (100, None)


def test_subscribed_apps_shows_the_calling_app_alone(practice: PracticeWorld) -> None:
    for token, role in (("page", "primary"), ("secondary_page", "secondary")):
        data = practice.graph("GET", "me/subscribed_apps", token).json()["data"]
        assert [item["id"] for item in data] == [practice.app(role)]
    assert practice.graph("GET", f"{practice.page_id}/subscribed_apps", "user").error == (210, None)


def test_subscribing_replaces_the_fields_and_unsubscribing_disconnects(practice: PracticeWorld) -> None:
    assert practice.graph("POST", "me/subscribed_apps").error == (100, None)
    assert practice.graph("POST", "me/subscribed_apps", subscribed_fields=["messages", "nonsense"]).error == (100, None)
    assert practice.graph("POST", "me/subscribed_apps", subscribed_fields="messages,standby").json()["success"] is True
    shown = practice.graph("GET", "me/subscribed_apps", fields="subscribed_fields").json()["data"]
    assert shown == [{"subscribed_fields": ["messages", "standby"], "id": practice.app("primary")}]
    assert practice.graph("DELETE", "me/subscribed_apps").json() == {"success": True, "messaging_success": True}
    assert practice.graph("GET", "me/subscribed_apps").json() == {"data": []}
    assert practice.control_of("pass", "secondary_page", target_app_id=practice.app("primary")).error[0] == 100


def test_accounts_are_paged_by_cursor_and_each_opens_its_page(practice: PracticeWorld) -> None:
    practice.scenario("sixty-pages")
    found: list[dict[str, Any]] = []
    after: str | None = None
    for expected in (25, 25, 10):
        more = {"after": after} if after else {}
        body = practice.graph("GET", "me/accounts", "user", fields="id,name,access_token,tasks", **more).json()
        assert len(body["data"]) == expected
        assert ("next" in body["paging"]) == (expected == 25)
        found += body["data"]
        after = body["paging"]["cursors"]["after"]
    assert len({page["id"] for page in found}) == 60
    unusable = [page for page in found if "access_token" not in page]
    assert unusable
    assert all(page["tasks"] == ["ANALYZE"] for page in unusable)
    other = next(page for page in found if "access_token" in page and page["id"] != practice.page_id)
    assert practice.graph("GET", "me", other["access_token"]).json()["id"] == other["id"]
    ours = next(page for page in found if page["id"] == practice.page_id)
    assert ours["access_token"] == practice.token("page")


def test_accounts_and_permissions_belong_to_persons(practice: PracticeWorld) -> None:
    assert practice.graph("GET", "me/accounts").error == (100, None)
    granted = practice.graph("GET", "me/permissions", "user").json()["data"]
    assert {"permission": "pages_messaging", "status": "granted"} in granted


def test_debug_token_answers_only_the_app_itself_or_its_developer(practice: PracticeWorld) -> None:
    assert practice.graph("GET", "debug_token", "page", input_token=practice.token("page")).error == (100, None)
    shown = practice.graph("GET", "debug_token", "app", input_token=practice.token("page")).json()["data"]
    assert (shown["type"], shown["profile_id"], shown["is_valid"]) == ("PAGE", practice.page_id, True)
    expired = practice.graph("GET", "debug_token", "app", input_token=practice.token("expired")).json()["data"]
    assert (expired["is_valid"], expired["error"]["subcode"]) == (False, 463)


def test_conversations_show_what_is_asked_newest_first(practice: PracticeWorld) -> None:
    plain = practice.graph("GET", "me/conversations", platform="messenger").json()["data"]
    assert [set(item) for item in plain] == [{"id", "updated_time"}] * 2
    assert plain[0]["id"] == practice.thread(practice.customer)["conversation"]
    asked = practice.graph("GET", "me/conversations", user_id=practice.tester, fields="id,is_owner,participants")
    (own,) = asked.json()["data"]
    assert own["is_owner"] is True
    assert [person["id"] for person in own["participants"]["data"]] == [practice.tester, practice.page_id]


def test_conversations_nest_the_newest_messages_and_page_by_cursor(practice: PracticeWorld) -> None:
    fields = "messages.limit(1){from,message,created_time}"
    first = practice.graph("GET", "me/conversations", fields=fields, limit=1).json()
    (newest,) = first["data"][0]["messages"]["data"]
    assert newest["from"]["id"] == practice.page_id
    second = practice.graph("GET", "me/conversations", limit=1, after=first["paging"]["cursors"]["after"]).json()
    assert [item["id"] for item in second["data"]] == [practice.thread()["conversation"]]
    assert practice.graph("GET", "me/conversations", fields="nonsense").error == (100, None)


def test_conversations_can_be_limited_to_what_changed_since(practice: PracticeWorld) -> None:
    since = int(practice.world()["time"] * 1000)
    assert practice.graph("GET", "me/conversations", updated_after_ms=since).json() == {"data": []}
    practice.write("Handover test 4821")
    (changed,) = practice.graph("GET", "me/conversations", updated_after_ms=since).json()["data"]
    messages = practice.graph("GET", f"{changed['id']}/messages", fields="from,message", limit=2).json()["data"]
    assert [message["from"]["id"] for message in messages] == [practice.page_id, practice.tester]
    assert messages[1]["message"] == "Handover test 4821"


def test_is_owner_is_only_answered_where_routing_is_on(practice: PracticeWorld) -> None:
    practice.scenario("new-page")
    shown = practice.graph("GET", "me/conversations", fields="id,is_owner").json()["data"]
    assert all(set(item) == {"id"} for item in shown)


def test_a_person_has_a_name_and_a_stranger_is_unknown(practice: PracticeWorld) -> None:
    assert practice.graph("GET", practice.tester, fields="name").json()["name"] == "Robin Tester"
    assert practice.graph("GET", "7000000000000001").error == (100, 33)


def test_the_owner_is_named_to_the_default_app_and_hidden_from_others(practice: PracticeWorld) -> None:
    assert practice.control_of("pass", target_app_id=practice.app("third")).json() == {"success": True}
    seen = practice.graph("GET", "me/thread_owner", recipient=practice.tester).json()["data"][0]["thread_owner"]
    assert seen["app_id"] == practice.app("third")
    assert seen["expiration"] == pytest.approx(practice.world()["time"] + 86_400, abs=10)
    hidden = practice.graph("GET", "me/thread_owner", "secondary_page", recipient=practice.tester).json()
    assert hidden == {"data": [{"thread_owner": {"expiration": seen["expiration"]}}]}


def test_an_idle_conversation_has_no_owner_for_anybody(practice: PracticeWorld) -> None:
    practice.clock(25 * 3600)
    assert practice.graph("GET", "me/thread_owner", recipient=practice.tester).json() == {"data": []}
    assert practice.owner_of() is None


def test_thread_owner_can_be_hidden_or_refused_by_a_scenario(practice: PracticeWorld) -> None:
    practice.scenario("owner-hidden").write("Hello")
    seen = practice.graph("GET", "me/thread_owner", recipient=practice.tester).json()
    assert set(seen["data"][0]["thread_owner"]) == {"expiration"}
    practice.scenario("owner-call-100").write("Hello")
    assert practice.graph("GET", "me/thread_owner", recipient=practice.tester).error == (100, None)


def test_another_apps_control_can_look_like_an_idle_conversation(practice: PracticeWorld) -> None:
    scenario = {"name": "happy-routing", "thread_owner": "empty"}
    assert request("POST", f"{practice.control_url}/scenario", json_body=scenario).status == 200
    own = practice.graph("GET", "me/thread_owner", recipient=practice.customer).json()
    assert own["data"][0]["thread_owner"]["app_id"] == practice.app("primary")
    assert practice.control_of("pass", target_app_id=practice.app("secondary"), psid=practice.customer).status == 200
    assert practice.graph("GET", "me/thread_owner", recipient=practice.customer).json() == {"data": []}
    told = request("POST", f"{practice.control_url}/scenario", json_body={"name": "happy-routing", "thread_owner": "x"})
    assert (told.status, "thread_owner" in told.text) == (400, True)


def test_control_goes_there_and_back_over_http(practice: PracticeWorld) -> None:
    desk = practice.app("secondary")
    assert practice.control_of("release").json() == {"success": True}
    assert practice.control_of("take").json() == {"success": True}
    assert practice.control_of("pass", target_app_id=int(desk), metadata="Test").json() == {"success": True}
    assert practice.owner_of() == desk
    assert practice.control_of("take").json() == {"success": True}
    assert practice.control_of("extend", duration=600).json() == {"success": True}
    assert practice.owner_of() == practice.app("primary")


@pytest.mark.parametrize(
    ("verb", "token", "params", "expected"),
    [
        ("pass", "secondary_page", {"target_app_id": "263902037430900"}, (100, None)),
        ("pass", "page", {"target_app_id": "999999999999999"}, (100, 2018164)),
        ("pass", "page", {"target_app_id": "Support Desk"}, (100, None)),
        ("pass", "user", {}, (190, 2069032)),
        ("release", "secondary_page", {}, (100, None)),
        ("request", "secondary_page", {}, (100, None)),
        ("extend", "page", {"duration": "soon"}, (100, None)),
    ],
)
def test_control_calls_are_refused_as_facebook_does(
    practice: PracticeWorld, verb: str, token: str, params: dict[str, Any], expected: tuple[int, int | None]
) -> None:
    assert practice.control_of(verb, token, **params).error == expected
    assert practice.owner_of() == practice.app("primary")


def test_take_answers_27_without_a_default_app(practice: PracticeWorld) -> None:
    assert practice.scenario("no-default-app").control_of("take").error == (27, None)


def test_an_unknown_person_is_2018001_and_a_missing_recipient_100(practice: PracticeWorld) -> None:
    assert practice.control_of("take", psid="7000000000000001").error == (100, 2018001)
    assert practice.graph("POST", "me/take_thread_control").error == (100, None)
    assert practice.graph("GET", "me/thread_owner", recipient="7000000000000001").error == (100, 2018001)


def test_a_form_body_with_a_recipient_in_json_is_understood(practice: PracticeWorld) -> None:
    form = {"recipient": f'{{"id":"{practice.tester}"}}', "access_token": practice.token()}
    reply = request("POST", f"{practice.graph_url}/v26.0/{practice.page_id}/release_thread_control", form=form)
    assert reply.json() == {"success": True}
    assert practice.requests()[-1]["token_in"] == "body"


def test_send_needs_control_and_can_pass_it(practice: PracticeWorld) -> None:
    recipient, message = {"id": practice.tester}, {"text": "Hello"}
    refused = practice.graph("POST", "me/messages", "secondary_page", recipient=recipient, message=message)
    assert refused.error == (10, 2018300)
    control = {"control_type": "pass", "app_id": practice.app("secondary")}
    sent = practice.graph("POST", "me/messages", recipient=recipient, message=message, thread_control=control)
    assert sent.json()["recipient_id"] == practice.tester
    assert practice.owner_of() == practice.app("secondary")
    practice.clock(24 * 3600)
    assert practice.graph("POST", "me/messages", recipient=recipient, message=message).error == (10, 2018278)


def test_secondary_receivers_belong_to_the_legacy_primary(practice: PracticeWorld) -> None:
    assert practice.graph("GET", "me/secondary_receivers").json() == {"data": []}
    practice.scenario("happy-legacy")
    names = [each["name"] for each in practice.graph("GET", "me/secondary_receivers").json()["data"]]
    assert names == ["Support Desk", "Page Inbox"]
    assert practice.graph("GET", "me/secondary_receivers", "secondary_page").error == (10, 2018234)
    assert practice.graph("GET", "me/secondary_receivers", "third_app_page").error == (10, 2018171)


def test_a_legacy_owner_has_no_expiration_and_only_the_primary_sees_it(practice: PracticeWorld) -> None:
    practice.scenario("happy-legacy")
    seen = practice.graph("GET", "me/thread_owner", recipient=practice.tester).json()
    assert seen == {"data": [{"thread_owner": {"app_id": practice.app("primary")}}]}
    assert practice.graph("GET", "me/thread_owner", "third_app_page", recipient=practice.tester).error == (100, None)


@pytest.mark.parametrize(
    ("path", "version"), [("v24.0/app", "v24.0"), ("app", "v21.0"), ("v19.0/app", "v21.0"), ("v27.0/app", "v27.0")]
)
def test_every_version_answers_and_says_which_one_it_is(practice: PracticeWorld, path: str, version: str) -> None:
    headers = {"Authorization": f"OAuth {practice.token()}"}
    reply = request("GET", f"{practice.graph_url}/{path}", headers=headers)
    assert (reply.status, reply.headers["facebook-api-version"]) == (200, version)


def test_a_version_is_probed_without_a_token(practice: PracticeWorld) -> None:
    """One that is not there yet is a path nobody knows; one that is there wants a token."""
    for version, code, words in (("v27.0", 2500, "active access token"), ("v28.0", 2500, "Unknown path components")):
        reply = request("GET", f"{practice.graph_url}/{version}/me")
        assert reply.error == (code, None)
        assert words in reply.json()["error"]["message"]


def test_usage_headers_follow_the_kind_of_token(practice: PracticeWorld) -> None:
    assert practice.page_id in practice.graph("GET", "me").headers["x-business-use-case-usage"]
    assert "call_count" in practice.graph("GET", "me", "user").headers["x-app-usage"]


def test_a_path_nobody_knows_is_2500(practice: PracticeWorld) -> None:
    assert practice.graph("GET", "me/bogus/deep").error == (2500, None)


def test_an_app_that_wants_proof_refuses_calls_without_it(practice: PracticeWorld) -> None:
    practice.scenario("proof-required")
    assert "appsecret_proof" in practice.graph("GET", "me").json()["error"]["message"]
    secret = practice.token("app").partition("|")[2]
    proof = hmac.new(secret.encode(), practice.token().encode(), hashlib.sha256).hexdigest()
    assert practice.graph("GET", "me", appsecret_proof=proof).status == 200
    assert practice.graph("GET", "me", appsecret_proof="0" * 64).error == (100, None)


@pytest.mark.parametrize(
    ("scenario", "path", "expected"),
    [
        ("missing-permission", "me/conversations", (200, None)),
        ("missing-permission", "me/thread_owner?recipient=7194026385510274", (230, None)),
        ("no-message-access", "me/conversations?fields=id,messages{message}", (10, None)),
        ("token-revoked", "me", (190, 460)),
        ("throttled", "me", (80006, None)),
    ],
)
def test_scenarios_of_missing_rights_refuse_what_they_name(
    practice: PracticeWorld, scenario: str, path: str, expected: tuple[int, int | None]
) -> None:
    assert practice.scenario(scenario).graph("GET", path).error == expected


def test_development_mode_reaches_only_people_with_a_role(practice: PracticeWorld) -> None:
    practice.scenario("development-mode")
    assert practice.control_of("take").json() == {"success": True}
    assert practice.control_of("take", psid=practice.customer).error == (200, 2018028)
    assert len(practice.graph("GET", "me/conversations").json()["data"]) == 1


def test_the_date_header_and_expiries_follow_the_clock_of_the_world(practice: PracticeWorld) -> None:
    before = parsedate_to_datetime(practice.graph("GET", "app").headers["date"]).timestamp()
    practice.clock(60 * 86_400)
    reply = practice.graph("GET", "me", "user")
    assert parsedate_to_datetime(reply.headers["date"]).timestamp() == pytest.approx(before + 60 * 86_400, abs=30)
    assert reply.error == (190, 463)


def test_the_record_names_each_call_and_keeps_no_secret(practice: PracticeWorld) -> None:
    practice.forget_requests()
    practice.graph("GET", "me/thread_owner", recipient=practice.tester)
    query = urlencode({"access_token": practice.token("secondary_page"), "fields": "id"})
    request("GET", f"{practice.graph_url}/v25.0/{practice.page_id}?{query}")
    first, second = practice.requests()
    assert (first["call"], first["token_in"], first["app"]) == (
        "GET me/thread_owner",
        "header",
        practice.app("primary"),
    )
    assert (second["path"], second["token_in"], second["app"]) == (
        f"/v25.0/{practice.page_id}",
        "query",
        practice.app("secondary"),
    )
    assert second["call"] == "GET me"
    assert second["parameters"] == {"fields": "id"}
    assert "EAA" not in str([first, second])
