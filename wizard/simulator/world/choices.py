"""What a person can press under a message: quick replies, and the buttons of templates."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from wizard.simulator.world.state import SimulatedMessage


@dataclass(frozen=True, slots=True)
class Choice:
    """payload: what the app gets back; of a link, its address."""

    kind: Literal["quick_reply", "postback", "link"]
    title: str
    payload: str


def choices_of(message: SimulatedMessage) -> list[Choice]:
    """Return what can be pressed, in the order shown: buttons first."""
    shown = list(_buttons(_button_lists(message.attachment or {})))
    for reply in message.quick_replies:
        title = str(reply.get("title", reply.get("content_type", "")))
        shown.append(Choice("quick_reply", title, str(reply.get("payload", ""))))
    return shown


def menu_of(profile: Mapping[str, Any]) -> list[Choice]:
    """Return the persistent menu of a Messenger profile, that of the default language."""
    menus = [menu for menu in profile.get("persistent_menu", []) if isinstance(menu, Mapping)]
    default = [menu for menu in menus if menu.get("locale") == "default"] or menus[:1]
    return list(_buttons([menu.get("call_to_actions", []) for menu in default]))


def text_of(message: SimulatedMessage) -> str:
    """Return what a person reads: the text, or that of the template, or the kind of attachment."""
    if message.text:
        return message.text
    payload = (message.attachment or {}).get("payload", {})
    texts = [str(payload.get("text", ""))]
    for element in payload.get("elements", ()):
        texts += [str(element.get("title", "")), str(element.get("subtitle", ""))]
    return "\n".join(text for text in texts if text) or f"[{(message.attachment or {}).get('type', '')}]"


def _button_lists(attachment: Mapping[str, Any]) -> Iterator[Any]:
    payload = attachment.get("payload", {})
    yield payload.get("buttons", [])
    for element in payload.get("elements", ()):
        yield element.get("buttons", [])


def _buttons(lists: Iterable[Any]) -> Iterator[Choice]:
    for buttons in lists:
        for button in buttons if isinstance(buttons, list) else ():
            title = str(button.get("title", ""))
            if button.get("type") == "postback":
                yield Choice("postback", title, str(button.get("payload", "")))
            elif button.get("type") == "web_url":
                yield Choice("link", title, str(button.get("url", "")))
