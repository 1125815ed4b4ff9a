"""Whatever Facebook answers to whatever call, over real HTTP: an answer or an error of our family, and no token."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.graph.conftest import TOKEN, canned
from tests.graph.test_faults import JSON
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.clock import SystemClock
from wizard.core.errors import WizardError
from wizard.core.facts import Control
from wizard.core.secret import Secret
from wizard.graph.client import GraphClient
from wizard.graph.headers import ServerTime, limits, retry_after, usage, wait_asked
from wizard.words.errors import details, explain
from wizard.words.moments import ago, clock_time

CALLS: dict[str, Callable[[GraphClient], object]] = {
    "read_token": lambda graph: graph.read_token(),
    "pages": lambda graph: list(graph.pages()),
    "owner": lambda graph: graph.owner("7194026385510274"),
    "read_owners": lambda graph: graph.read_owners(["7194026385510274"], ["914602738451926"]),
    "conversations": lambda graph: graph.conversations(),
    "messages": lambda graph: graph.messages("t_7194026385510274"),
    "app_named": lambda graph: graph.app_named("914602738451926"),
    "take": lambda graph: graph.take_control("7194026385510274", ""),
    "pass": lambda graph: graph.pass_control("7194026385510274", "914602738451926", ""),
    "release": lambda graph: graph.release_control("7194026385510274", ""),
    "request": lambda graph: graph.request_control("7194026385510274", ""),
    "add_fields": lambda graph: graph.add_fields(frozenset({"message_reads"})),
}
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, -1, 0, 1e308, 10**400, "", "x", "2026-11-29T10:00:00+0000", "9999999999", [], {}]
)
ROW = st.fixed_dictionaries(
    {},
    optional={
        name: ODD | JSON | st.just(TOKEN)
        for name in (
            *(
                "id",
                "name",
                "access_token",
                "tasks",
                "thread_owner",
                "participants",
                "updated_time",
                "is_owner",
                "from",
            ),
            *("message", "created_time", "subscribed_fields", "category", "link", "expiration", "app_id", "success"),
        )
    },
)
ERROR = st.fixed_dictionaries(
    {},
    optional={
        name: ODD | st.integers(-10, 3_000_000) | st.just(f"no {TOKEN}")
        for name in ("code", "error_subcode", "message", "type", "fbtrace_id", "is_transient", "error_user_msg")
    },
)
OWNER = st.fixed_dictionaries({}, optional={"app_id": ODD | st.just("914602738451926"), "expiration": ODD})
BODY = st.one_of(
    JSON,
    ROW,
    st.builds(lambda rows: {"data": rows}, st.lists(ROW, max_size=3)),
    st.builds(lambda owner: {"data": [{"thread_owner": owner}]}, OWNER),
    st.builds(lambda error: {"error": error}, ERROR),
    st.binary(max_size=40),
)
USAGE = st.dictionaries(
    st.sampled_from(["call_count", "total_time", "estimated_time_to_regain_access", "1", "type"]),
    ODD | JSON,
    max_size=4,
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        **{
            name: st.one_of(USAGE.map(json.dumps), st.builds(lambda row: json.dumps({"1": [row]}), USAGE), st.text())
            for name in ("x-app-usage", "x-page-usage", "x-business-use-case-usage")
        },
        "retry-after": st.one_of(st.integers().map(str), st.text(), st.just("9" * 400)),
        "date": st.one_of(
            st.text(),
            st.builds(
                "{}, {} Nov {} {}:00:00 {}".format,
                *(st.sampled_from(["Sun", "Xxx", ""]), st.integers(-1, 400), st.integers(0, 10**6)),
                *(st.integers(-1, 99), st.sampled_from(["GMT", "+9999", "-0000", "CET", ""])),
            ),
        ),
    },
)


class Server:
    """A Graph that answers every call with what was last put in."""

    body: Any = None
    status = 200


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Server, str]]:
    kept = Server()

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        if "batch" in parameters and not isinstance(kept.body, bytes):
            body = kept.body if isinstance(kept.body, list) else [{"code": kept.status, "body": json.dumps(kept.body)}]
            return 200, body * 9
        return kept.status, kept.body

    with canned(answer) as (_client, rude):
        yield kept, rude.address


class Impatient(CancelToken):
    """Stops where the program would wait."""

    def wait(self, seconds: float) -> None:
        assert 0 <= seconds < 400 * 86_400
        raise Cancelled


@given(name=st.sampled_from(sorted(CALLS)), body=BODY, status=st.sampled_from([200, 200, 200, 400, 403, 500]))
def test_any_reply_to_any_call_is_an_answer_or_a_failure(
    server: tuple[Server, str], name: str, body: Any, status: int
) -> None:
    kept, address = server
    kept.body, kept.status = body, status
    client = GraphClient(address, Secret(TOKEN), None, Impatient(), SystemClock())
    try:
        learned: object = CALLS[name](client)
    except WizardError as error:
        learned = (error.failure, explain(error.failure), details(error.failure))
    except Cancelled:
        learned = None
    finally:
        client.close()
    assert TOKEN not in repr(learned)


@given(HEADERS, st.sampled_from(["", "1", "914602738451926"]))
def test_any_headers_are_read_or_passed_over(headers: dict[str, str], own_id: str) -> None:
    assert 0 <= retry_after(headers) <= wait_asked(headers, own_id) <= 366 * 86_400
    assert usage(headers, own_id).wait == wait_asked(headers, own_id)
    assert all(limit.percent >= 0 for limit in limits(headers))
    times = ServerTime(SystemClock())
    times.update(headers)
    assert clock_time(times.now)
    assert ago(SystemClock().now() - times.now)


@given(st.builds(lambda owner: {"data": [{"thread_owner": owner}]}, OWNER))
def test_any_owner_is_an_app_hidden_or_unreadable(server: tuple[Server, str], body: Any) -> None:
    kept, address = server
    kept.body, kept.status = body, 200
    client = GraphClient(address, Secret(TOKEN), None, Impatient(), SystemClock())
    try:
        reading = client.owner("7194026385510274")
    except WizardError:
        return
    finally:
        client.close()
    assert (reading.control is Control.APP) == bool(reading.app_id)
    assert reading.expires_at is None or clock_time(reading.expires_at)
