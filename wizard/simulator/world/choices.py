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
    menus = _objects(profile.get("persistent_menu"))
    default = [menu for menu in menus if menu.get("locale") == "default"] or menus[:1]
    return list(_buttons(menu.get("call_to_actions") for menu in default))


def text_of(message: SimulatedMessage) -> str:
    """Return what a person reads: the text, or that of the template, or the kind of attachment."""
    if message.text:
        return message.text
    attachment = message.attachment or {}
    payload = attachment.get("payload", {})
    texts = [payload.get("text")]
    for element in _objects(payload.get("elements")):
        texts += [element.get("title"), element.get("subtitle")]
    return "\n".join(text for text in texts if isinstance(text, str) and text) or f"[{attachment.get('type', '')}]"


def _button_lists(attachment: Mapping[str, Any]) -> Iterator[Any]:
    payload = attachment.get("payload", {})
    yield payload.get("buttons")
    for element in _objects(payload.get("elements")):
        yield element.get("buttons")


def _buttons(lists: Iterable[Any]) -> Iterator[Choice]:
    for buttons in lists:
        for button in _objects(buttons):
            title = str(button.get("title", ""))
            if button.get("type") == "postback":
                yield Choice("postback", title, str(button.get("payload", "")))
            elif button.get("type") == "web_url":
                yield Choice("link", title, str(button.get("url", "")))


def _objects(value: Any) -> list[Mapping[str, Any]]:
    """Return those of a list that are objects: not every template is checked when it is sent."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
