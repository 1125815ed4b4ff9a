"""Who may do what with a conversation. One rule for every way in: Graph call, bot, live chat.

Source: Meta's Conversation Routing pages (2025-09-24 and 2026-06), the retired Handover Protocol reference for legacy
Pages, and live measurements of others from August 2026. The order of the checks is a choice of this model.
"""

from collections.abc import Mapping
from typing import Any

from wizard.simulator.world import notices
from wizard.simulator.world.choices import Choice
from wizard.simulator.world.clock import DAY
from wizard.simulator.world.errors import GraphError, invalid, known_error
from wizard.simulator.world.state import CUSTOMER, PAGE_INBOX, SimulatedMessage, SimulatedPage, Thread
from wizard.simulator.world.world import SimulatedWorld

LONGEST_EXTENSION = 7 * DAY
MOST_UNASKED, UNASKED_SECONDS = 100, 60


def pass_control(
    world: SimulatedWorld,
    page: SimulatedPage,
    thread: Thread,
    app: str,
    target: str | None,
    metadata: str | None = None,
) -> None:
    """Give control to target; None: to the app that answers first. Raises GraphError."""
    now = world.now()
    owner = thread.owner_at(now)
    if owner not in (None, app):
        raise _not_owner(thread, "The action is invalid since the calling app is not the thread owner.")
    if target is None:
        target = page.answers_first
        if page.legacy and app == page.primary:
            raise invalid("The parameter target_app_id is required")
        if target is None:
            raise invalid("The parameter target_app_id is required when no default app is set")
    if not page.can_be_passed_to(target):
        raise known_error(100, 2018164)
    if target == owner:
        raise invalid("The target app is the thread owner already.")
    _count_unasked(world, thread, app)
    _give(thread, target, now)
    notices.passed(world, page, thread, owner, target, metadata)
    world.happened(page, thread, "control_passed", target)


def take_control(
    world: SimulatedWorld, page: SimulatedPage, thread: Thread, app: str, metadata: str | None = None
) -> None:
    """Take control for app. Raises GraphError: 27 without a default app, 10 where the app may not."""
    now = world.now()
    owner = thread.owner_at(now)
    if page.mode == "zero":
        raise known_error(27, 2534123 if page.channel == "instagram" else None)
    if page.legacy:
        if app != page.primary and owner is not None:
            raise known_error(10)
    # Meta's page says both that an idle conversation may be taken and that only allowed apps may take: a setting.
    elif owner != app and app not in page.take_allowed and (owner or world.scenario.graph.idle_take_needs_switch):
        raise known_error(27, 2534118) if page.channel == "instagram" else known_error(10)
    if owner == app:
        raise invalid("The calling app is the thread owner already.")
    _give(thread, app, now)
    notices.taken(world, page, thread, owner, app, metadata)
    world.happened(page, thread, "control_taken", app)


def request_control(
    world: SimulatedWorld, page: SimulatedPage, thread: Thread, app: str, metadata: str | None = None
) -> None:
    """Ask for control: an idle thread is given, an active one is not changed although the call succeeds."""
    now = world.now()
    owner = thread.owner_at(now)
    if page.mode == "routing":
        raise invalid("Request thread control is not supported when Conversation Routing is enabled.")
    if owner == app:
        raise invalid("The calling app is the thread owner already.")
    if owner is None and world.scenario.graph.request_on_idle == "owner":
        _give(thread, app, now)
    else:
        notices.requested(world, page, thread, app, metadata)


def release_control(world: SimulatedWorld, thread: Thread, app: str) -> None:
    if thread.owner_at(world.now()) != app:
        raise _not_owner(thread, "Only the current thread owner can release thread control.")
    thread.owner, thread.expires_at = None, 0


def extend_control(world: SimulatedWorld, thread: Thread, app: str, duration: int) -> None:
    """duration: seconds, 1 to 604800."""
    if thread.owner_at(world.now()) != app:
        raise _not_owner(thread, "Only the current thread owner can extend thread control.")
    if not 1 <= duration <= LONGEST_EXTENSION:
        raise invalid(f"The parameter duration must be between 1 and {LONGEST_EXTENSION} seconds.")
    thread.expires_at = int(world.now()) + duration


def send(
    world: SimulatedWorld, page: SimulatedPage, thread: Thread, app: str, text: str, days: int = 1, **more: Any
) -> SimulatedMessage:
    """Send a message to the person as the Page. days: since the person's last word, in which it may be sent. more:
    other fields of the message. Raises GraphError where the person, the window or another app forbids it."""
    now = world.now()
    if thread.blocked:
        raise known_error(551, 1545041)
    if now - thread.last_user_at > days * DAY:
        raise known_error(10, 2534022 if page.channel == "instagram" else 2018278)
    if not world.apps[app].live and not thread.has_role:
        raise known_error(200, 2018028)
    owner = thread.owner_at(now)
    allowed = {owner} if owner else {page.answers_first, app if page.mode == "zero" else None}
    if app not in allowed:
        raise known_error(100, 2534037) if page.channel == "instagram" else known_error(10, 2018300)
    _count_unasked(world, thread, app)
    message = thread.add_message(app, text, now, **more)
    notices.echoed(world, page, thread, message)
    notices.delivered(world, page, thread, message)
    return message


def staff_reply(world: SimulatedWorld, page: SimulatedPage, thread: Thread, app: str, text: str) -> None:
    """Let a person answer from an inbox or a live chat, which takes control first, as in life. Raises GraphError.

    The Page Inbox needs nobody's leave; a live chat needs its take-control switch, and without a default app it asks
    for an idle thread.
    """
    owner = thread.owner_at(world.now())
    if owner != app:
        if app == PAGE_INBOX:
            _give(thread, app, world.now())
            notices.taken(world, page, thread, owner, app, None)
            world.happened(page, thread, "control_taken", app)
        elif page.mode == "zero" and owner is None:
            _give(thread, app, world.now())
        elif page.mode == "zero":
            raise known_error(10, 2018300)
        else:
            take_control(world, page, thread, app)
    send(world, page, thread, app, text)


def receive(
    world: SimulatedWorld,
    page: SimulatedPage,
    thread: Thread,
    text: str,
    ref: str | None = None,
    attachment: Mapping[str, Any] | None = None,
) -> SimulatedMessage:
    """A person writes to the Page: the message finds its owner, the clock of that owner starts again. text: "" where
    there is only an attachment.

    On an idle thread the link route named by ref, else the social route, else Meta's AI where it is on, else the app
    that answers first gets control; without a default app nobody does. That control begins with the
    message is an assumption of this model.
    """
    _come(world, page, thread, ref)
    message = thread.add_message(CUSTOMER, text, world.now(), attachment=attachment)
    if ref:
        notices.referred(world, page, thread, ref)
    notices.written(world, page, thread, message)
    return message


def receive_press(
    world: SimulatedWorld, page: SimulatedPage, thread: Thread, choice: Choice, sender: str | None, ref: str | None
) -> SimulatedMessage:
    """A person presses what an app offered; the title stands in the conversation. sender: that app, None for the Page's
    menu and Get Started."""
    _come(world, page, thread, ref)
    payload = choice.payload if choice.kind == "quick_reply" else None
    message = thread.add_message(CUSTOMER, choice.title, world.now(), payload=payload)
    if choice.kind == "quick_reply":
        notices.written(world, page, thread, message)
    else:
        notices.pressed(world, page, thread, message, choice.payload, sender, ref)
    return message


def come_back(world: SimulatedWorld, page: SimulatedPage, thread: Thread, ref: str) -> None:
    """A person opens a link in a conversation that there was before; that opens the window for messages again."""
    _come(world, page, thread, ref)
    thread.last_user_at = world.now()
    notices.referred(world, page, thread, ref)


def _come(world: SimulatedWorld, page: SimulatedPage, thread: Thread, ref: str | None) -> None:
    """Give control to whoever a person reaches now, for a day from now on."""
    now = world.now()
    owner = thread.owner_at(now)
    if owner is None:
        route = None
        if page.mode == "routing":
            route = page.link_routes.get(ref or "") or page.social_route
        owner = route or page.meta_ai or page.answers_first
    if owner is None:
        thread.owner, thread.expires_at = None, 0
    else:
        _give(thread, owner, now)


def who_sees(page: SimulatedPage, thread: Thread, app: str, now: float) -> bool:
    """Whether this app is told who the owner is: the owner itself, and the app that answers first."""
    return app in (thread.owner_at(now), page.answers_first)


def _count_unasked(world: SimulatedWorld, thread: Thread, app: str) -> None:
    """Refuse what programs do without end to a conversation in which no person says anything: a bot that answers
    itself, or two that pass to each other. Raises GraphError 613; who reads the web hooks is told why."""
    now = world.now()
    if now - thread.unasked_since > UNASKED_SECONDS:
        thread.unasked, thread.unasked_since = 0, now
    thread.unasked += 1
    if thread.unasked == MOST_UNASKED + 1:
        what = f"{MOST_UNASKED} messages and handovers within {UNASKED_SECONDS} seconds, and no word of a person"
        world.outbox.note(
            f"{world.app_name(app)} was stopped in {thread.conversation_id}: {what}. Does it answer itself?"
        )
    if thread.unasked > MOST_UNASKED:
        raise known_error(613)


def _not_owner(thread: Thread, message: str) -> GraphError:
    """message: what Messenger says; Instagram always says the same."""
    return known_error(100, 2534037) if thread.channel == "instagram" else invalid(message)


def _give(thread: Thread, app: str, now: float) -> None:
    thread.owner, thread.expires_at = app, int(now) + DAY


def refusal(error: GraphError) -> str:
    """Return what a program would show of a refusal: the message with its numbers."""
    numbers = str(error.code) if error.subcode is None else f"{error.code}/{error.subcode}"
    return f"{error.message} [{numbers}]"
