"""What the pretend bot platform keeps: one JSON document of settings, as its own page and its settings API see it."""

import hashlib
import json
from typing import Any

from wizard.simulator.world.cast import PAGE_ID

WAY = ("integrations", "messenger", "secondary_receiver")


class WrongDocument(ValueError):
    """A document that the platform does not take; the text says why."""


class Platform:
    """hands_over: whether the bot hands over at all. document: the bytes that the API gives out, as they were put."""

    def __init__(self, secondary_receiver: str = "", hands_over: bool = True) -> None:
        self.hands_over = hands_over
        self.document = b""
        self._keep(
            {
                "bot": "Flow bot",
                "integrations": {
                    "messenger": {
                        "page_id": PAGE_ID,
                        "welcome_text": "Hello, I am the Flow bot of Lumen Coffee.",
                        "answer_delay_seconds": 0.5,
                        "secondary_receiver": secondary_receiver,
                    }
                },
            }
        )

    @property
    def secondary_receiver(self) -> str:
        """What the bot reads when it hands over; "" where the document names none."""
        return str(_at(json.loads(self.document)) or "")

    @secondary_receiver.setter
    def secondary_receiver(self, app_id: str) -> None:
        self.change({WAY[0]: {WAY[1]: {WAY[2]: app_id}}})

    @property
    def tag(self) -> str:
        return f'"{hashlib.sha256(self.document).hexdigest()[:16]}"'

    def put(self, document: bytes) -> None:
        """Take the whole document in place of the old one, byte for byte. Raises WrongDocument."""
        _check(_read(document))
        self.document = document

    def change(self, patch: Any) -> None:
        """Take a merge patch (RFC 7396). Raises WrongDocument."""
        merged = _merged(json.loads(self.document), patch)
        _check(merged)
        self._keep(merged)

    def _keep(self, settings: Any) -> None:
        self.document = json.dumps(settings, indent=2, ensure_ascii=False).encode() + b"\n"


def _read(document: bytes) -> Any:
    try:
        return json.loads(document)
    except ValueError as error:
        raise WrongDocument("The body is no JSON.") from error


def _check(settings: Any) -> None:
    if not isinstance(settings, dict) or settings.get("bot") != "Flow bot":
        raise WrongDocument("These are not the settings of Flow bot.")
    value = _at(settings)
    if value is not None and not isinstance(value, str):
        raise WrongDocument(f"/{'/'.join(WAY)} must be a text.")


def _at(settings: Any) -> Any:
    for name in WAY:
        settings = settings.get(name) if isinstance(settings, dict) else None
    return settings


def _merged(old: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    new = dict(old) if isinstance(old, dict) else {}
    for name, value in patch.items():
        if value is None:
            new.pop(name, None)
        else:
            new[name] = _merged(new.get(name), value)
    return new
