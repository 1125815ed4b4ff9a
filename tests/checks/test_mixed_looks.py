"""What several readings say together: no more than all of them bear."""

from dataclasses import replace

import pytest

from tests.checks.cases import AT, BOT, FACTS, LIVE_CHAT, THIRD, conversations, judge, owner, token
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import Control, OwnerReading, Reading
from wizard.core.verdict import State

ODD = Failure(ErrorKind.NO_ANSWER, "GET me/thread_owner")
BOTS = owner(Control.APP, BOT.id)
RECEIVERS = token(receivers=Reading("GET me/secondary_receivers", AT, (LIVE_CHAT,)))


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (owner(Control.NOTHING, psid="2471"), "nothing"),
        (owner(Control.HIDDEN, psid="2471"), "hidden"),
        (owner(Control.UNREADABLE, psid="2471", failure=ODD), "no_answer"),
    ],
)
@pytest.mark.parametrize("check", ["inbox.takes_control", "routing.current_owner"])
def test_one_conversation_that_does_not_show_its_owner_leaves_it_open(
    check: str, other: OwnerReading, reason: str
) -> None:
    found = judge(check, owners=(BOTS, other), conversations=conversations("7194", "2471"))
    assert found.state is State.UNKNOWN
    assert found.reason in (reason, "some")


@pytest.mark.parametrize("check", ["inbox.takes_control", "routing.current_owner"])
def test_a_conversation_without_news_for_longer_than_control_lasts_hides_nobody(check: str) -> None:
    listed = conversations("7194", "2471").value or ()
    old = replace(listed[1], updated_at=AT - 25 * 3600)
    seen = Reading("GET me/conversations", AT + 1, (listed[0], old))
    found = judge(check, owners=(BOTS, owner(Control.NOTHING, psid="2471")), conversations=seen)
    assert found.state is State.OK


def test_the_old_roles_are_not_concluded_from_conversations_that_nobody_listed() -> None:
    none = replace(FACTS.conversations, value=()) if FACTS.conversations else None
    failed: Reading[tuple[()]] = Reading("GET me/conversations", AT, failure=ODD)
    for seen in (none, failed):
        assert judge("routing.on", token=RECEIVERS, conversations=seen, owners=()).state is State.UNKNOWN
    listed = conversations("7194", is_owner=None)
    assert judge("routing.on", token=RECEIVERS, conversations=listed, owners=()).reason == "legacy"


@pytest.mark.parametrize("seen", [owner(Control.APP, THIRD.id), owner(Control.HIDDEN)])
def test_on_a_page_with_the_old_roles_the_bot_is_the_primary_receiver_and_no_default_app(seen: OwnerReading) -> None:
    listed = conversations("7194", is_owner=None)
    found = judge("routing.default_app", token=RECEIVERS, conversations=listed, owners=(seen,))
    assert (found.state, found.reason) == (State.WARNING, "primary_receiver")


@pytest.mark.parametrize("order", [1, -1])
def test_readings_of_one_look_that_contradict_each_other_are_no_problem(order: int) -> None:
    both = (owner(Control.APP, THIRD.id), replace(owner(Control.HIDDEN, psid="2471"), at=AT + 2 + order))
    found = judge("routing.default_app", owners=both)
    assert found.state in (State.OK, State.UNKNOWN)
    assert (found.state is State.OK) == (order < 0)
