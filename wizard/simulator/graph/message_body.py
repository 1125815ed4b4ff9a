"""The `message` parameter of the Send API: read, and refused where its shape is wrong.

Limits as Meta documents them (2026). The words of most refusals were never recorded; those that are assumed are made by
`assumed_error`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from wizard.simulator.world.assumed import assumed_error
from wizard.simulator.world.errors import invalid
from wizard.simulator.world.state import SimulatedPage

LONGEST_TEXT = 2_000
LONGEST_BUTTON_TEXT = 640
MOST_QUICK_REPLIES, MOST_BUTTONS, MOST_ELEMENTS = 13, 3, 10
_KEYS = ("text", "attachment", "quick_replies", "metadata")
_MEDIA = ("image", "audio", "video", "file")
_QUICK_REPLIES = ("text", "user_phone_number", "user_email", "location")
_BUTTONS = ("web_url", "postback", "phone_number", "account_link", "account_unlink", "game_play")


@dataclass(frozen=True, slots=True)
class MessageBody:
    """text: "" where there is only an attachment."""

    text: str
    attachment: Mapping[str, Any] | None
    quick_replies: tuple[Mapping[str, Any], ...]
    metadata: str | None

    def more(self) -> dict[str, Any]:
        """The fields beside the text, as a message of the world has them."""
        return {
            "attachment": self.attachment,
            "quick_replies": self.quick_replies,
            "metadata": self.metadata,
        }


def read_message(message: Any, page: SimulatedPage) -> MessageBody:
    """Return what is to be sent. Raises GraphError 100."""
    if not isinstance(message, dict):
        raise assumed_error("messages.words", "The parameter message is required.")
    for key in message:
        if key not in _KEYS:
            raise invalid(f'Invalid keys "{key}" were found in param "message".')
    attachment = message.get("attachment")
    text = "" if attachment is not None and "text" not in message else _text(message.get("text"))
    metadata = message.get("metadata")
    if metadata is not None and not isinstance(metadata, str):
        raise assumed_error("messages.words", "Param message[metadata] must be a string.")
    return MessageBody(
        text,
        None if attachment is None else _attachment(attachment, page),
        _quick_replies(message.get("quick_replies", [])),
        metadata,
    )


def _text(text: Any) -> str:
    if not isinstance(text, str) or not text:
        raise invalid("Param message[text] must be a non-empty UTF-8 encoded string")
    if len(text) > LONGEST_TEXT:
        raise invalid(f"Length of param message[text] must be less than or equal to {LONGEST_TEXT}")
    return text


def _quick_replies(replies: Any) -> tuple[Mapping[str, Any], ...]:
    if not _is_list_of_objects(replies):
        raise assumed_error("messages.words", "Param message[quick_replies] must be an array of objects.")
    if len(replies) > MOST_QUICK_REPLIES:
        raise assumed_error("messages.words", "Param message[quick_replies] has too many elements.")
    for at, reply in enumerate(replies):
        if reply.get("content_type") not in _QUICK_REPLIES:
            raise assumed_error("messages.words", f"Param message[quick_replies][{at}][content_type] is not supported.")
        if reply["content_type"] == "text" and not (_is_text(reply.get("title")) and _is_text(reply.get("payload"))):
            text = f"Param message[quick_replies][{at}] needs a title and a payload."
            raise assumed_error("messages.words", text)
    return tuple(replies)


def _attachment(attachment: Any, page: SimulatedPage) -> Mapping[str, Any]:
    if not isinstance(attachment, dict) or not isinstance(attachment.get("payload"), dict):
        raise assumed_error("messages.words", "Param message[attachment] must be an object with a type and a payload.")
    kind, payload = attachment.get("type"), attachment["payload"]
    if kind == "template":
        _check_template(payload)
    elif kind in _MEDIA:
        _check_media(payload, page)
    else:
        text = "Param message[attachment][type] is not supported. Please check developer docs for details"
        raise invalid(text)
    return attachment


def _check_media(payload: Mapping[str, Any], page: SimulatedPage) -> None:
    if "attachment_id" in payload:
        if str(payload["attachment_id"]) not in page.attachments:
            raise assumed_error("message_attachments", "Invalid attachment ID.")
        return
    url = payload.get("url")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise invalid(f"{url or ''} should represent a valid URL")


def _check_template(payload: Mapping[str, Any]) -> None:
    match payload.get("template_type"):
        case "button":
            text = payload.get("text")
            if not _is_text(text) or len(str(text)) > LONGEST_BUTTON_TEXT:
                text = f"Param message[attachment][payload][text] must have 1 to {LONGEST_BUTTON_TEXT} characters."
                raise assumed_error("messages.words", text)
            _check_buttons(payload.get("buttons"), needed=True)
        case "generic":
            elements = payload.get("elements")
            if not _is_list_of_objects(elements) or not 1 <= len(elements) <= MOST_ELEMENTS:
                text = f"Param message[attachment][payload][elements] must have 1 to {MOST_ELEMENTS} elements."
                raise assumed_error("messages.words", text)
            for element in elements:
                if not _is_text(element.get("title")):
                    raise assumed_error("messages.words", "Each element of a generic template needs a title.")
                _check_buttons(element.get("buttons"), needed=False)
        case None:
            raise assumed_error("messages.words", "Param message[attachment][payload][template_type] is required.")
        case _:
            return


def _check_buttons(buttons: Any, *, needed: bool) -> None:
    if buttons is None and not needed:
        return
    if not _is_list_of_objects(buttons) or not 1 <= len(buttons) <= MOST_BUTTONS:
        raise assumed_error("messages.words", f"A template has 1 to {MOST_BUTTONS} buttons.")
    for button in buttons:
        check_button(button)


def check_button(button: Mapping[str, Any]) -> None:
    """Raises GraphError for a button of a template, or of the Page's menu."""
    kind = button.get("type")
    if kind not in _BUTTONS:
        raise invalid("Invalid button type")
    needed = {"web_url": ("title", "url"), "postback": ("title", "payload"), "phone_number": ("title", "payload")}
    for key in needed.get(str(kind), ()):
        if not _is_text(button.get(key)):
            raise assumed_error("messages.words", f"A button of the type {kind} needs {key}.")


def window_of(messaging_type: str, tag: str) -> int:
    """Return the days since the person's last word in which a message of this kind may be sent. Raises GraphError."""
    if messaging_type not in ("", "RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"):
        raise assumed_error("messages.words", "Param messaging_type must be one of RESPONSE, UPDATE, MESSAGE_TAG.")
    if messaging_type == "MESSAGE_TAG" and not tag:
        raise assumed_error("messages.words", "The parameter tag is required for the messaging_type MESSAGE_TAG.")
    if not tag:
        return 1
    if tag != "HUMAN_AGENT":
        raise assumed_error("messages.tags", f"The message tag {tag} is not supported.")
    return 7


def recipient_id(recipient: Any) -> str:
    """Return the PSID that the parameter `recipient` names. Raises GraphError."""
    if recipient is None:
        raise invalid("The parameter recipient is required")
    if not isinstance(recipient, dict):
        raise invalid('Param recipient must be a JSON object like {"id": "PSID"}')
    psid = recipient.get("id")
    if not (isinstance(psid, (str, int)) and not isinstance(psid, bool) and str(psid).isdecimal()):
        raise invalid('Param recipient[id] must be a valid ID string (e.g., "123")')
    return str(psid)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_list_of_objects(value: Any) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)
