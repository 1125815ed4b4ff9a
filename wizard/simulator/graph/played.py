"""What is played of the Graph API, read from resources/simulator/calls.toml: as a table for people, and as OpenAPI."""

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from wizard.core.resource import load_toml
from wizard.simulator.graph.versions import newest
from wizard.simulator.world.assumed import ASSUMED
from wizard.simulator.world.named_errors import named_errors
from wizard.simulator.world.scenario import GraphBehaviour

Played = Literal["yes", "part", "refused", "no"]
_IN_WORDS = {"yes": "played", "part": "played in part", "refused": "refused as Facebook does", "no": "not played"}


class Parameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"is_": "is"}):
    """alone: it makes the call complete without the others that are accepted."""

    type: Literal["string", "integer", "boolean", "array", "object"]
    is_: Literal["required", "accepted", "ignored", "refused"]
    why: str = ""
    example: Any = UNSET
    wrong: Any = UNSET
    alone: bool = False


class PlayedCall(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """call: method and path. answer: a row of the answers. errors: names. code, subcode: of one that is not played."""

    call: str
    played: Played
    why: str = ""
    what: str = ""
    token: str = ""
    permission: str = ""
    answer: str = ""
    errors: Sequence[str] = ()
    parameters: Mapping[str, Parameter] = {}
    code: int | None = None
    subcode: int | None = None

    @property
    def method(self) -> str:
        return self.call.partition(" ")[0]

    @property
    def path(self) -> str:
        return self.call.partition(" ")[2]


@functools.cache
def played_calls() -> tuple[PlayedCall, ...]:
    return msgspec.convert(load_toml("simulator/calls.toml")["call"], tuple[PlayedCall, ...])


def table() -> str:
    """Return what is played as a table in Markdown, a row for each call, and what is assumed."""
    lines = ["| call | | what becomes of its parameters |", "|---|---|---|"]
    for row in played_calls():
        told = _IN_WORDS[row.played] + (f": {row.why}" if row.why else "")
        lines.append(f"| `{row.call}` | {told} | {'; '.join(_told(*each) for each in row.parameters.items())} |")
    counts = {word: sum(row.played == kind for row in played_calls()) for kind, word in _IN_WORDS.items()}
    lines += ["", "; ".join(f"{word}: {count}" for word, count in counts.items())]
    lines += ["", "Assumed, for nobody was found who knows:", ""]
    lines += [f"- `{place}`: {sentence}" for place, sentence in ASSUMED.items()]
    return "\n".join(lines)


def _told(name: str, parameter: Parameter) -> str:
    return f"`{name}` {parameter.is_}" + (f" ({parameter.why})" if parameter.why else "")


def openapi(graph_url: str) -> dict[str, Any]:
    """Return what is played as OpenAPI 3.1, where any ID is {id}. graph_url: of the world's Graph API."""
    rows: dict[tuple[str, str], list[PlayedCall]] = {}
    for row in played_calls():
        if row.played in ("yes", "part"):
            rows.setdefault((re.sub(r"\{[\w-]+\}", "{id}", row.path), row.method.lower()), []).append(row)
    paths: dict[str, Any] = {}
    for (path, method), alike in rows.items():
        paths.setdefault(path, {})[method] = _operation(path, method, alike)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "What the Messenger stand-in plays of the Graph API",
            "version": newest(GraphBehaviour()),
            "description": "Not made or approved by Meta. Versions go first in the path, as /v27.0.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": f"{graph_url}/{newest(GraphBehaviour())}"}],
        "security": [{"bearer": []}, {"parameter": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "parameter": {"type": "apiKey", "in": "query", "name": "access_token"},
            },
            "schemas": {"Error": _ERROR, **{name: _schema(name) for name in _answers()}},
        },
    }


def _answers() -> Mapping[str, Mapping[str, str]]:
    """Members with their types, by the names of the answers."""
    return msgspec.convert(load_toml("simulator/calls.toml")["answer"], dict[str, dict[str, str]])


def _operation(path: str, method: str, rows: Sequence[PlayedCall]) -> dict[str, Any]:
    """rows: what can stand behind one path, as a Page, a person or an app behind an ID."""
    words = "_".join(part.strip("{}") for part in path.strip("/").split("/")) or "batch"
    parameters = {name: each for row in rows for name, each in row.parameters.items()}
    answers = [{"$ref": f"#/components/schemas/{name}"} for name in dict.fromkeys(row.answer for row in rows)]
    errors = [named_errors()[name] for name in dict.fromkeys(name for row in rows for name in row.errors)]
    told = "; ".join(f"{error.code}: {error.when}" for error in errors)
    operation: dict[str, Any] = {
        "operationId": f"{method}_{words}",
        "summary": " ".join(row.what for row in rows),
        "description": " ".join(_whose(row) for row in rows),
        "x-played": [_told_of(row) for row in rows],
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}] * ("{id}" in path),
        "responses": {
            "200": {"description": "Done", "content": _json(answers[0] if len(answers) == 1 else {"anyOf": answers})},
            "400": {"description": told or "An error", "content": _json({"$ref": "#/components/schemas/Error"})},
        },
    }
    if method == "post":
        operation["requestBody"] = _body(parameters)
    else:
        operation["parameters"] += [
            {"name": name, "in": "query", "required": each.is_ == "required", **_described(each)}
            for name, each in parameters.items()
        ]
    return operation


def _whose(row: PlayedCall) -> str:
    return f"Token: {row.token}." + (f" Permission: {row.permission}." if row.permission else "")


def _told_of(row: PlayedCall) -> str:
    """How far a call is played, in words."""
    return f"{row.call}: {_IN_WORDS[row.played]}" + (f": {row.why}" if row.why else "")


def _described(parameter: Parameter) -> dict[str, Any]:
    shown: dict[str, Any] = {"description": parameter.why or parameter.is_, "schema": {"type": parameter.type}}
    return shown | {"x-is": parameter.is_}


def _body(parameters: Mapping[str, Parameter]) -> dict[str, Any]:
    schema = {
        "type": "object",
        "properties": {
            name: {"type": each.type, "description": each.why or each.is_, "x-is": each.is_}
            | ({} if isinstance(each.example, UnsetType) else {"examples": [each.example]})
            for name, each in parameters.items()
        },
        "required": [name for name, each in parameters.items() if each.is_ == "required"],
    }
    return {"required": bool(schema["required"]), "content": _json(schema)}


def _json(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _schema(name: str) -> dict[str, Any]:
    if name == "batch":
        return {"type": "array", "items": {"type": ["object", "null"]}}
    return {"type": "object", "properties": {member: {"type": kind} for member, kind in _answers()[name].items()}}


_ERROR: dict[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["message", "type", "fbtrace_id"],
            "properties": {
                "message": {"type": "string"},
                "type": {"type": "string"},
                "code": {"type": "integer"},
                "error_subcode": {"type": "integer"},
                "is_transient": {"type": "boolean"},
                "fbtrace_id": {"type": "string"},
            },
        }
    },
}
