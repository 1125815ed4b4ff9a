"""A Graph call and its answer as values: what comes from the wire, or from one entry of a batch."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wizard.simulator.graph.fields import NodeField, read_fields
from wizard.simulator.world.errors import GraphError, invalid
from wizard.simulator.world.outbox import Callback

SECRET_PARAMETERS = frozenset(
    {"access_token", "appsecret_proof", "input_token", "client_secret", "fb_exchange_token", "batch", "verify_token"}
)


@dataclass(slots=True)
class Call:
    """path: without version. token_in: header, body or query. callback: what a callback said that was asked
    before the call is carried out. params: as sent, values are text or JSON values."""

    method: str
    path: tuple[str, ...]
    version: str | None
    params: Mapping[str, Any] = field(repr=False)
    token: str | None = field(default=None, repr=False)
    token_in: str | None = None
    in_batch: bool = False
    callback: Callback | None = field(default=None, repr=False)
    base: str = ""

    def text(self, key: str, default: str = "") -> str:
        value = self.params.get(key, default)
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, key: str, default: int) -> int:
        """Raises GraphError 100 where the value is no whole number."""
        try:
            return int(self.text(key, str(default)))
        except ValueError as error:
            raise invalid(f"Param {key} must be an integer") from error

    def fields(self, default: str = "") -> list[NodeField]:
        value = self.params.get("fields")
        if isinstance(value, list):
            value = ",".join(str(each) for each in value)
        return read_fields(str(value or default))

    def structure(self, key: str) -> Any:
        """Return a parameter that is JSON, or JSON within a text. Raises GraphError 100 where it is neither."""
        value = self.params.get(key)
        if not isinstance(value, str):
            return value
        try:
            return whole(json.loads(value))
        except (ValueError, RecursionError) as error:
            raise invalid(f"Param {key} must be a valid JSON") from error

    def public_params(self) -> dict[str, Any]:
        """The parameters without anything secret."""
        return {key: value for key, value in self.params.items() if key not in SECRET_PARAMETERS}


def whole(value: Any) -> Any:
    """Return JSON values with a question mark for each half of a character, which could be written down nowhere."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.loads(text.encode("utf-8", "replace"))
    return value


@dataclass(slots=True)
class GraphReply:
    """text: the body. body: its bytes where they are not those of the text; length: what is told of them, None for
    the truth. wire: what happens to the connection: None, reset, timeout or drip; null: in a batch."""

    status: int
    text: str
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json; charset=UTF-8"
    wire: str | None = None
    body: bytes | None = None
    length: int | None = None


def json_reply(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> GraphReply:
    return GraphReply(status, json.dumps(body, ensure_ascii=False, separators=(",", ":")), dict(headers or {}))


def error_reply(error: GraphError) -> GraphReply:
    return json_reply(error.body(), error.status, error.headers)
