"""Graph calls of a bot that talks: messages, attachments kept for later, personas, the Messenger profile."""

from typing import Any

from wizard.simulator.graph.access import Caller, need_scope, page_of
from wizard.simulator.graph.call import Call
from wizard.simulator.graph.calls_control import target_thread
from wizard.simulator.graph.message_body import check_button, read_message, window_of
from wizard.simulator.graph.paging import paged
from wizard.simulator.world import rules
from wizard.simulator.world.assumed import assumed_error
from wizard.simulator.world.errors import GraphError, invalid, no_such_object
from wizard.simulator.world.state import SimulatedPage, Thread, new_number
from wizard.simulator.world.world import SimulatedWorld

_ACTIONS = ("typing_on", "typing_off", "mark_seen")
_TYPING_SECONDS = 20  # after that Messenger stops to show it (Meta's page on sender actions)
PROFILE = (
    *("get_started", "greeting", "ice_breakers", "persistent_menu", "whitelisted_domains"),
    *("account_linking_url", "commands", "subject_to_new_eu_privacy_rules", "title"),
)


def send_message(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    """message, or sender_action; with thread_control {control_type, app_id} where a default app is set."""
    page, thread = target_thread(world, call, caller)
    control = call.structure("thread_control")
    if control is not None and page.mode != "routing":
        raise invalid("Param thread_control is only supported when Conversation Routing is enabled")
    if "sender_action" in call.params and "message" not in call.params:
        return _act(world, call, caller, thread)
    body = read_message(call.structure("message"), page)
    days = window_of(call.text("messaging_type"), call.text("tag"))
    persona = call.text("persona_id") or None
    if persona is not None and persona not in page.personas:
        raise assumed_error("messages.persona", "Param persona_id must be the ID of a persona of this Page.")
    sent = rules.send(world, page, thread, caller.app.id, body.text, days, persona=persona, **body.more())
    if isinstance(control, dict):
        _after_sending(world, page, thread, caller, control)
    reply = {"recipient_id": thread.psid, "message_id": sent.id}
    if body.attachment is not None and (kept := _kept(page, body.attachment)):
        reply["attachment_id"] = kept
    return reply


def _act(world: SimulatedWorld, call: Call, caller: Caller, thread: Thread) -> Any:
    action = call.text("sender_action")
    if action.lower() not in _ACTIONS:
        raise invalid(f"Param sender_action must be one of {{{', '.join(each.upper() for each in _ACTIONS)}}}")
    if action.lower() != "mark_seen":
        is_on = action.lower() == "typing_on"
        thread.typing = (caller.app.id, world.now() + _TYPING_SECONDS) if is_on else None
    return {"recipient_id": thread.psid}


def _after_sending(
    world: SimulatedWorld, page: SimulatedPage, thread: Thread, caller: Caller, control: dict[str, Any]
) -> None:
    match control.get("control_type", "release"):
        case "release":
            rules.release_control(world, thread, caller.app.id)
        case "pass":
            target = control.get("app_id")
            rules.pass_control(world, page, thread, caller.app.id, None if target is None else str(target))
        case other:
            raise invalid(f"Param thread_control[control_type] must be one of pass, release; got {other}")


def keep_attachment(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    """The answer is an ID, by which a message may name the attachment later."""
    page = _page(world, call, caller)
    body = read_message(call.structure("message"), page)
    if body.attachment is None or body.attachment.get("type") == "template":
        raise assumed_error("messages.words", "Param message[attachment] must be an image, audio, video or file.")
    return {"attachment_id": _keep(page, dict(body.attachment))}


def _kept(page: SimulatedPage, attachment: Any) -> str | None:
    """The ID of an attachment that is to be used again, which the answer to its first message tells."""
    payload = attachment.get("payload", {})
    return _keep(page, dict(attachment)) if payload.get("is_reusable") is True and "url" in payload else None


def _keep(page: SimulatedPage, attachment: dict[str, Any]) -> str:
    number = new_number()
    page.attachments[number] = attachment
    return number


def make_persona(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    page = _page(world, call, caller)
    name, picture = call.text("name"), call.text("profile_picture_url")
    for key, value in (("name", name), ("profile_picture_url", picture)):
        if not value:
            raise invalid(f"The parameter {key} is required")
    number = new_number()
    page.personas[number] = {"name": name, "profile_picture_url": picture, "id": number}
    return {"id": number}


def personas(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    page = _page(world, call, caller)
    part, paging = paged(world.scenario.graph, call, list(page.personas.values()), lambda persona: persona["id"])
    return {"data": part, "paging": paging} if part else {"data": []}


def remove_persona(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    if caller.token.kind != "PAGE" or world.pages[caller.token.page_id or ""].personas.pop(call.path[0], None) is None:
        raise no_such_object(call.method, call.path[0])
    return {"success": True}


def profile(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    page = _page(world, call, caller)
    wanted = _profile_fields(call)
    shown = {key: page.profile[key] for key in wanted if key in page.profile}
    return {"data": [shown] if shown else []}


def set_profile(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    page = _page(world, call, caller)
    given = {key: _value(call, key) for key in PROFILE if key in call.params}
    if not given:
        raise assumed_error("messenger_profile", "One of the properties of the Messenger profile is required.")
    if "persistent_menu" in given:
        if "get_started" not in page.profile and "get_started" not in given:
            text = "(#100) You must set a Get Started button if you also wish to use persistent menu"
            raise GraphError(100, text, subcode=2018145)
        for menu in given["persistent_menu"] if isinstance(given["persistent_menu"], list) else [None]:
            _check_menu(menu)
    page.profile |= given
    return {"result": "success"}


def remove_profile(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    page = _page(world, call, caller)
    fields = _profile_fields(call)
    if "get_started" in fields and "persistent_menu" in page.profile and "persistent_menu" not in fields:
        text = "(#100) You must set a Get Started button if you also wish to use persistent menu"
        raise GraphError(100, text, subcode=2018145)
    for key in fields:
        page.profile.pop(key, None)
    return {"result": "success"}


def _check_menu(menu: Any) -> None:
    if not isinstance(menu, dict) or not isinstance(menu.get("call_to_actions", []), list):
        raise assumed_error("messages.words", "Param persistent_menu must be an array of menus.")
    for button in menu.get("call_to_actions", []):
        check_button(button if isinstance(button, dict) else {})


def _profile_fields(call: Call) -> list[str]:
    fields = call.structure("fields") if call.text("fields").startswith("[") else call.text("fields").split(",")
    wanted = [str(field).strip() for field in fields if str(field).strip()]
    if not wanted:
        raise invalid("The parameter fields is required")
    for field in wanted:
        if field not in PROFILE:
            raise invalid(f"Param fields[0] must be one of {{{', '.join(PROFILE)}}}")
    return wanted


def _value(call: Call, key: str) -> Any:
    value = call.params[key]
    if isinstance(value, str) and value[:1] in "[{":
        return call.structure(key)
    return value


def _page(world: SimulatedWorld, call: Call, caller: Caller) -> SimulatedPage:
    page = page_of(world, call, caller, wrong_kind=190)
    need_scope(caller, "pages_messaging", 230)
    return page
