"""The recorded replies beside this file, one JSON object a line; README.md tells what the members mean."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Line:
    """One recorded reply. text: what came over the wire; body: the same as JSON values, None where it is not JSON.
    told_status: None where the source does not tell it. is_recorded: copied from a live answer."""

    id: str
    call: str
    status: int
    headers: dict[str, str]
    text: str
    body: Any
    has_body: bool
    told_status: int | None
    is_recorded: bool


def lines(*families: str) -> list[Line]:
    """Return all lines, or those of some files ("errors", "batch")."""
    paths = [_FOLDER / f"{family}.jsonl" for family in families] or sorted(_FOLDER.glob("*.jsonl"))
    return [_line(json.loads(text)) for path in paths for text in path.read_text(encoding="utf-8").splitlines()]


def line(identity: str) -> Line:
    return next(one for one in lines() if one.id == identity)


def _line(raw: dict[str, Any]) -> Line:
    body, text = raw.get("body"), raw.get("text")
    return Line(
        id=raw["id"],
        call=raw["call"].split("?")[0],
        status=raw["http_status"] or 200,
        headers={name.lower(): value for name, value in (raw["headers"] or {}).items()},
        text=json.dumps(body) if text is None else text,
        body=body,
        has_body=text is not None or body is not None,
        told_status=raw["http_status"],
        is_recorded=raw["kind"] == "recorded",
    )
