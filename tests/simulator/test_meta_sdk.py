"""Meta's own SDK as a client of the practice Graph API: it must not notice the difference."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.unifiedthread import UnifiedThread
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

from tests.simulator.world import PracticeWorld


@pytest.fixture
def connect(practice: PracticeWorld, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Any]]:
    """Return a function that makes an API of the SDK for a named token, pointed at the practice Graph."""
    monkeypatch.setattr(FacebookSession, "GRAPH", practice.graph_url)
    sessions = []

    def make(name: str = "page") -> Any:
        session = FacebookSession(access_token=practice.token(name))
        sessions.append(session)
        return FacebookAdsApi(session, api_version="v26.0")

    yield make
    for session in sessions:
        session.requests.close()


def act(api: Any, practice: PracticeWorld, verb: str, psid: str | None = None, **params: Any) -> Any:
    """Make a thread control call through the SDK."""
    path = (practice.page_id, f"{verb}_thread_control")
    return api.call("POST", path, params={"recipient": {"id": psid or practice.tester}, **params}).json()


def test_it_reads_only_its_own_app(practice: PracticeWorld, connect: Callable[[str], Any]) -> None:
    for token, role in (("page", "primary"), ("secondary_page", "secondary")):
        apps = Page(practice.page_id, api=connect(token)).get_subscribed_apps()
        assert [app["id"] for app in apps] == [practice.app(role)]


def test_it_reads_conversations_and_messages(practice: PracticeWorld, connect: Callable[[str], Any]) -> None:
    page = Page(practice.page_id, api=connect("page"))
    found = list(page.get_conversations(fields=["id", "updated_time", "is_owner", "participants"], params={"limit": 1}))
    assert [each["is_owner"] for each in found] == [True, True]
    assert {each["participants"]["data"][0]["id"] for each in found} == {practice.tester, practice.customer}
    mine = next(each for each in found if each["participants"]["data"][0]["id"] == practice.tester)
    messages = UnifiedThread(mine["id"], api=connect("page")).get_messages(params={"fields": "from,message"})
    assert [message["message"] for message in messages][-1] == "Hi, are you open today?"


def test_it_hands_over_and_takes_back(practice: PracticeWorld, connect: Callable[[str], Any]) -> None:
    api = connect("page")
    page = Page(practice.page_id, api=api)

    def owner() -> Any:
        data = page.get_thread_owner(params={"recipient": practice.tester})
        return data[0]["thread_owner"]["app_id"] if len(data) else None

    assert owner() == practice.app("primary")
    page.create_release_thread_control(params={"recipient": {"id": practice.tester}})
    assert owner() is None
    page.create_take_thread_control(params={"recipient": {"id": practice.tester}})
    target = {"recipient": {"id": practice.tester}, "target_app_id": practice.app("secondary")}
    page.create_pass_thread_control(params=target)
    assert owner() == practice.app("secondary")
    page.create_take_thread_control(params={"recipient": {"id": practice.tester}})
    assert owner() == practice.app("primary")


def test_it_runs_a_batch(practice: PracticeWorld, connect: Callable[[str], Any]) -> None:
    api = connect("page")
    answers: list[Any] = []
    failures: list[Any] = []
    batch = api.new_batch()
    for path, params in (
        (("me",), {"fields": "id,name"}),
        (("me", "thread_owner"), {"recipient": practice.tester}),
        (("me", "thread_owner"), {"recipient": "7000000000000001"}),
    ):
        batch.add("GET", path, params=params, success=answers.append, failure=failures.append)
    assert batch.execute() is None
    assert answers[0].json()["name"] == "Lumen Coffee"
    assert answers[1].json()["data"][0]["thread_owner"]["app_id"] == practice.app("primary")
    assert failures[0].error().api_error_subcode() == 2018001


def test_a_null_in_a_batch_is_given_back_to_be_sent_again(
    practice: PracticeWorld, connect: Callable[[str], Any]
) -> None:
    practice.fault("GET me", "batch_null")
    batch = connect("page").new_batch()
    batch.add("GET", ("me",))
    again = batch.execute()
    assert again is not None
    assert again.execute() is None


@pytest.mark.parametrize(
    ("scenario", "token", "verb", "psid", "code", "subcode"),
    [
        ("no-default-app", "page", "take", None, 27, None),
        ("happy-routing", "secondary_page", "pass", None, 100, None),
        ("happy-routing", "secondary_page", "release", None, 100, None),
        ("happy-routing", "expired", "take", None, 190, 463),
        ("happy-routing", "page", "take", "7000000000000001", 100, 2018001),
    ],
)
def test_it_raises_its_own_error_with_code_and_subcode(
    practice: PracticeWorld,
    connect: Callable[[str], Any],
    scenario: str,
    token: str,
    verb: str,
    psid: str | None,
    code: int,
    subcode: int | None,
) -> None:
    practice.scenario(scenario)
    with pytest.raises(FacebookRequestError) as raised:
        act(connect(token), practice, verb, psid, **({"target_app_id": "263902037430900"} if verb == "pass" else {}))
    assert (raised.value.api_error_code(), raised.value.api_error_subcode()) == (code, subcode)
    assert raised.value.http_status() == 400
    assert raised.value.api_error_type() == "OAuthException"


def test_it_raises_its_own_error_when_another_app_has_control(
    practice: PracticeWorld, connect: Callable[[str], Any]
) -> None:
    params = {"recipient": {"id": practice.tester}, "message": {"text": "Hello"}, "messaging_type": "RESPONSE"}
    with pytest.raises(FacebookRequestError) as raised:
        connect("secondary_page").call("POST", (practice.page_id, "messages"), params=params)
    assert (raised.value.api_error_code(), raised.value.api_error_subcode()) == (10, 2018300)
    assert "another app is controlling this thread" in raised.value.api_error_message()
