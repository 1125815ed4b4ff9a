"""Who may do what with a conversation, as tables: no server, one world in memory."""

from collections.abc import Callable

import pytest

from wizard.simulator.world import rules
from wizard.simulator.world.cast import APP_IDS, TESTER
from wizard.simulator.world.clock import DAY
from wizard.simulator.world.errors import GraphError
from wizard.simulator.world.state import SimulatedPage, Thread
from wizard.simulator.world.world import SimulatedWorld

BOT, DESK, THIRD, INBOX = (APP_IDS[role] for role in ("primary", "secondary", "third", "page_inbox"))
ALLOWED = "allowed"


@pytest.fixture
def world() -> SimulatedWorld:
    return SimulatedWorld("happy-routing")


def outcome(do: Callable[[], object]) -> object:
    """Return ALLOWED, or code and subcode of the refusal."""
    try:
        do()
    except GraphError as error:
        return error.code, error.subcode
    return ALLOWED


def prepared(world: SimulatedWorld, mode: str, owner: str | None) -> tuple[SimulatedPage, Thread]:
    page = world.page
    page.legacy = mode == "legacy"
    page.default_app = BOT if mode == "routing" else None
    page.primary, page.secondaries = BOT, [DESK, INBOX]
    thread = page.threads[TESTER]
    thread.owner, thread.expires_at = owner, int(world.now()) + 3600 if owner else 0
    return page, thread


@pytest.mark.parametrize(
    ("mode", "owner", "caller", "target", "expected"),
    [
        ("routing", BOT, BOT, DESK, ALLOWED),
        ("routing", None, BOT, DESK, ALLOWED),
        ("routing", None, DESK, None, ALLOWED),
        ("routing", DESK, BOT, DESK, (100, None)),
        ("routing", DESK, THIRD, BOT, (100, None)),
        ("routing", BOT, BOT, "999999999999999", (100, 2018164)),
        ("routing", BOT, BOT, INBOX, ALLOWED),
        ("routing", BOT, BOT, BOT, (100, None)),
        ("routing", DESK, DESK, None, ALLOWED),
        ("zero", None, BOT, DESK, ALLOWED),
        ("zero", None, BOT, BOT, ALLOWED),
        ("zero", None, BOT, None, (100, None)),
        ("legacy", BOT, BOT, None, (100, None)),
        ("legacy", BOT, BOT, DESK, ALLOWED),
        ("legacy", DESK, DESK, None, ALLOWED),
    ],
)
def test_control_is_passed_only_by_its_owner_or_while_idle(
    world: SimulatedWorld, mode: str, owner: str | None, caller: str, target: str | None, expected: object
) -> None:
    page, thread = prepared(world, mode, owner)
    assert outcome(lambda: rules.pass_control(world, page, thread, caller, target)) == expected
    after = (target or BOT) if expected == ALLOWED else owner
    assert thread.owner_at(world.now()) == after


@pytest.mark.parametrize(
    ("mode", "owner", "caller", "may_take", "idle_needs_switch", "expected"),
    [
        ("routing", DESK, BOT, True, False, ALLOWED),
        ("routing", DESK, BOT, False, False, (10, None)),
        ("routing", None, BOT, False, False, ALLOWED),
        ("routing", None, BOT, False, True, (10, None)),
        ("routing", None, BOT, True, True, ALLOWED),
        ("routing", BOT, BOT, True, False, (100, None)),
        ("routing", BOT, BOT, False, True, (100, None)),
        ("zero", DESK, BOT, True, False, (27, None)),
        ("zero", None, BOT, True, False, (27, None)),
        ("legacy", DESK, BOT, False, False, ALLOWED),
        ("legacy", BOT, DESK, False, False, (10, None)),
        ("legacy", None, DESK, False, False, ALLOWED),
    ],
)
def test_control_is_taken_only_by_those_who_may(
    world: SimulatedWorld,
    mode: str,
    owner: str | None,
    caller: str,
    may_take: bool,
    idle_needs_switch: bool,
    expected: object,
) -> None:
    if idle_needs_switch:
        world.load("take-refused")
    page, thread = prepared(world, mode, owner)
    page.take_allowed = {caller} if may_take else set()
    assert outcome(lambda: rules.take_control(world, page, thread, caller)) == expected
    assert thread.owner_at(world.now()) == (caller if expected == ALLOWED else owner)


@pytest.mark.parametrize(
    ("mode", "owner", "expected", "after"),
    [
        ("routing", DESK, (100, None), DESK),
        ("zero", None, ALLOWED, BOT),
        ("zero", DESK, ALLOWED, DESK),
        ("zero", BOT, (100, None), BOT),
        ("legacy", DESK, ALLOWED, DESK),
    ],
)
def test_a_request_that_succeeds_does_not_move_an_active_conversation(
    world: SimulatedWorld, mode: str, owner: str | None, expected: object, after: str
) -> None:
    page, thread = prepared(world, mode, owner)
    assert outcome(lambda: rules.request_control(world, page, thread, BOT)) == expected
    assert thread.owner_at(world.now()) == after


def test_only_the_owner_releases_and_the_conversation_is_idle_then(world: SimulatedWorld) -> None:
    _, thread = prepared(world, "routing", BOT)
    assert outcome(lambda: rules.release_control(world, thread, DESK)) == (100, None)
    assert outcome(lambda: rules.release_control(world, thread, BOT)) == ALLOWED
    assert thread.owner_at(world.now()) is None


@pytest.mark.parametrize(
    ("caller", "seconds", "expected"),
    [
        (BOT, 1, ALLOWED),
        (BOT, 604_800, ALLOWED),
        (BOT, 604_801, (100, None)),
        (BOT, 0, (100, None)),
        (DESK, 60, (100, None)),
    ],
)
def test_control_is_extended_by_its_owner_for_at_most_seven_days(
    world: SimulatedWorld, caller: str, seconds: int, expected: object
) -> None:
    _, thread = prepared(world, "routing", BOT)
    assert outcome(lambda: rules.extend_control(world, thread, caller, seconds)) == expected
    if expected == ALLOWED:
        assert thread.expires_at == pytest.approx(world.now() + seconds, abs=2)


@pytest.mark.parametrize(
    ("mode", "owner", "sender", "expected"),
    [
        ("routing", BOT, BOT, ALLOWED),
        ("routing", DESK, BOT, (10, 2018300)),
        ("routing", None, BOT, ALLOWED),
        ("routing", None, DESK, (10, 2018300)),
        ("zero", None, DESK, ALLOWED),
        ("zero", BOT, DESK, (10, 2018300)),
    ],
)
def test_only_who_has_control_may_send(
    world: SimulatedWorld, mode: str, owner: str | None, sender: str, expected: object
) -> None:
    page, thread = prepared(world, mode, owner)
    assert outcome(lambda: rules.send(world, page, thread, sender, "Hello")) == expected


def test_nobody_may_send_a_day_after_the_last_message_of_the_person(world: SimulatedWorld) -> None:
    page, thread = prepared(world, "routing", None)
    world.clock.advance(DAY)
    assert outcome(lambda: rules.send(world, page, thread, BOT, "Hello")) == (10, 2018278)


@pytest.mark.parametrize(
    ("mode", "social", "ref", "owner", "after"),
    [
        ("routing", None, None, None, BOT),
        ("routing", THIRD, None, None, THIRD),
        ("routing", THIRD, "summer", None, DESK),
        ("routing", THIRD, None, DESK, DESK),
        ("zero", None, None, None, None),
        ("legacy", None, None, None, BOT),
    ],
)
def test_a_message_on_an_idle_conversation_goes_to_the_route_that_names_it(
    world: SimulatedWorld, mode: str, social: str | None, ref: str | None, owner: str | None, after: str | None
) -> None:
    page, thread = prepared(world, mode, owner)
    page.social_route, page.link_routes = social, {"summer": DESK}
    rules.receive(world, page, thread, "Hello", ref)
    assert thread.owner_at(world.now()) == after


@pytest.mark.parametrize(
    ("mode", "owner", "app", "may_take", "expected", "after"),
    [
        ("routing", BOT, DESK, True, ALLOWED, DESK),
        ("routing", BOT, DESK, False, (10, None), BOT),
        ("routing", BOT, INBOX, False, ALLOWED, INBOX),
        ("zero", None, DESK, False, ALLOWED, DESK),
        ("zero", BOT, DESK, True, (10, 2018300), BOT),
    ],
)
def test_staff_who_answer_take_control_where_their_program_may(
    world: SimulatedWorld, mode: str, owner: str | None, app: str, may_take: bool, expected: object, after: str
) -> None:
    page, thread = prepared(world, mode, owner)
    page.take_allowed = {app} if may_take else set()
    assert outcome(lambda: rules.staff_reply(world, page, thread, app, "Hello")) == expected
    assert thread.owner_at(world.now()) == after
