"""Whatever happens to whichever call: it ends with an answer or with an error of our family, and no token shows."""

import json
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.graph.conftest import ClientFor
from tests.simulator.world import PracticeWorld
from wizard.core.errors import ErrorKind, WizardError
from wizard.core.facts import Control
from wizard.core.ports import GraphApi
from wizard.core.verdict import evidence_of_owner
from wizard.graph.classify import Refusal
from wizard.graph.replies import (
    AccountPage,
    ConversationRow,
    Success,
    after_cursor,
    batch_item,
    decode,
    owner_reading,
    rows,
)

CALLS: dict[str, Callable[[GraphApi, PracticeWorld], object]] = {
    "read_token": lambda graph, world: graph.read_token(),
    "owner": lambda graph, world: graph.owner(world.tester),
    "look": lambda graph, world: graph.read_owners([world.tester, world.customer], [world.app("third")]),
    "conversations": lambda graph, world: graph.conversations(),
    "app_named": lambda graph, world: graph.app_named(world.app("secondary")),
    "take": lambda graph, world: graph.take_control(world.tester, ""),
    "pass": lambda graph, world: graph.pass_control(world.tester, world.app("secondary"), ""),
    "release": lambda graph, world: graph.release_control(world.tester, ""),
    "add_fields": lambda graph, world: graph.add_fields(frozenset({"message_reads"})),
}
ON_THE_WAY = {
    "reset": {ErrorKind.NO_CONNECTION, ErrorKind.ANSWER_LOST},
    "answer_lost": {ErrorKind.NO_CONNECTION, ErrorKind.ANSWER_LOST},
    "http_500": {ErrorKind.SERVER_TROUBLE, ErrorKind.ANSWER_LOST},
    "html": {ErrorKind.UNREADABLE, ErrorKind.ANSWER_LOST},
    "truncated": {ErrorKind.UNREADABLE, ErrorKind.ANSWER_LOST},
    "throttled": {ErrorKind.THROTTLED},
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", ON_THE_WAY)
def test_a_lasting_fault_ends_as_its_kind_and_shows_no_token(
    world: PracticeWorld, client_for: ClientFor, call: str, fault: str
) -> None:
    world.fault("*", fault, times=None)
    with pytest.raises(WizardError) as raised:
        CALLS[call](client_for("page"), world)
    assert raised.value.kind in ON_THE_WAY[fault]
    assert raised.value.failure.is_transport_error
    shown = "".join(traceback.format_exception(raised.value)) + repr(raised.value.failure)
    assert world.token("page") not in shown
    assert world.tester not in shown


def test_a_throttled_call_tells_how_long_to_wait(world: PracticeWorld, client_for: ClientFor) -> None:
    world.fault("GET me/thread_owner", "throttled", times=None)
    with pytest.raises(WizardError) as raised:
        client_for("page").owner(world.tester)
    assert raised.value.failure.wait > 0


def test_unfinished_operations_of_a_batch_are_asked_once_more(world: PracticeWorld, client_for: ClientFor) -> None:
    world.fault("GET app", "batch_null", times=1)
    facts = client_for("page").read_token()
    assert facts.app is not None
    assert facts.app.value is not None


NAMES = st.sampled_from(
    [
        "error",
        "code",
        "message",
        "error_subcode",
        "is_transient",
        "data",
        "success",
        "id",
        "paging",
        "cursors",
        "next",
        "after",
        "thread_owner",
        "app_id",
        "expiration",
        "error_user_msg",
        "fbtrace_id",
        "body",
        "headers",
        "name",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(max_size=4), inner, max_size=5),
    max_leaves=12,
)


@given(JSON, st.sampled_from([200, 400, 500]))
def test_any_json_is_an_answer_or_a_failure(value: Any, status: int) -> None:
    answer = decode(json.dumps(value), status)
    assert isinstance(answer, (Success, Refusal))
    if isinstance(answer, Success):
        assert status == 200
        list(rows(answer.body, AccountPage))
        list(rows(answer.body, ConversationRow))
        after_cursor(answer.body)
        owner = owner_reading("7194", answer.body, 0.0)
        assert (owner.control is Control.UNREADABLE) == (owner.failure is not None)


@given(JSON)
def test_any_entry_of_a_batch_is_an_answer_or_a_failure(item: Any) -> None:
    answer, headers = batch_item(item, "GET me")
    assert isinstance(answer, (Success, Refusal))
    assert all(isinstance(value, str) for value in headers.values())


@given(st.binary())
def test_any_bytes_are_an_answer_or_a_failure(body: bytes) -> None:
    assert isinstance(decode(body), (Success, Refusal))


ODD_IDS = pytest.mark.parametrize("odd", ["x", "-1", "1.5", 7.5, True, "7\n", "\u0667", ["7"], {}, 10**40])


@ODD_IDS
def test_an_app_whose_id_is_no_number_is_not_known(world: PracticeWorld, client_for: ClientFor, odd: object) -> None:
    world.fault("GET app", "changed", times=None, change={"member": "id", "value": odd})
    facts = client_for("page").read_token()
    assert facts.app is not None
    assert facts.app.value is None
    assert facts.app.failure is not None
    assert facts.app.failure.kind is ErrorKind.UNREADABLE


@ODD_IDS
def test_an_owner_whose_id_is_no_number_is_not_told(world: PracticeWorld, client_for: ClientFor, odd: object) -> None:
    world.fault("GET me/thread_owner", "changed", times=None, change={"member": "app_id", "value": odd})
    reading = client_for("page").owner(world.tester)
    assert (reading.control, reading.app_id) == (Control.UNREADABLE, "")
    assert evidence_of_owner(reading).answer == "unreadable"


@pytest.mark.parametrize("words", ["due to missing permission or review", "requires the pages_show_list permission"])
def test_a_token_that_may_not_is_not_called_an_apps(world: PracticeWorld, client_for: ClientFor, words: str) -> None:
    world.fault("GET me", {"code": 100, "message": f"(#100) Refused {words}"}, times=None)
    identity = client_for("page").read_token().identity
    assert identity.value is None
    assert identity.failure is not None
    assert identity.failure.kind is ErrorKind.PERMISSION_MISSING
