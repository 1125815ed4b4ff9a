"""Batch requests: up to 50 operations in one POST, each with its own token if it likes.

References between operations are supported in one form: {result=NAME:$.a.b[0].c} and {result=NAME:$.data.*.id}, in
relative_url and body; values found are joined by commas. An operation whose reference fails is answered with null.
"""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from wizard.simulator.graph import graph
from wizard.simulator.graph.call import Call, GraphReply, error_reply, json_reply
from wizard.simulator.world.errors import GraphError, invalid, known_error
from wizard.simulator.world.faults import named_call
from wizard.simulator.world.world import SimulatedWorld

LARGEST = 50
VERSION = re.compile(r"v\d{1,2}\.\d{1,2}")
_REFERENCE = re.compile(r"\{result=([A-Za-z0-9_-]+):\$((?:\.[A-Za-z0-9_*]+|\[\d+\])+)\}")
_STEP = re.compile(r"\.([A-Za-z0-9_*]+)|\[(\d+)\]")


class _Unresolved(LookupError):
    """A reference names nothing, or an operation that failed."""


def answer_batch(world: SimulatedWorld, call: Call) -> GraphReply:
    """Return the array of answers, or a plain error for the whole request."""
    with world.lock:
        name = named_call("POST", (), {})
        entry = graph.record(world, call, name)
        try:
            operations = _operations(world, call)
        except GraphError as error:
            reply = error_reply(error)
        else:
            entry["parameters"]["operations"] = len(operations)
            reply = graph.under_faults(world, call, name, lambda: _run(world, call, operations))
        entry["status"] = reply.status if reply.wire is None else reply.wire
        return reply


def _operations(world: SimulatedWorld, call: Call) -> list[dict[str, Any]]:
    operations = call.structure("batch")
    if not isinstance(operations, list) or not all(isinstance(each, dict) for each in operations):
        raise invalid("Param batch must be an array.")
    if len(operations) > LARGEST:
        text = "Too many requests in batch message. Maximum batch size is 50"
        raise GraphError(0, text, kind="GraphBatchException", status=200)
    if call.token is not None and call.token not in world.tokens:
        raise known_error(190)
    return operations


def _run(world: SimulatedWorld, call: Call, operations: list[dict[str, Any]]) -> GraphReply:
    with_headers = call.text("include_headers", "true").lower() not in ("false", "0")
    bodies: dict[str, Any] = {}
    answers: list[dict[str, Any] | None] = []
    referred = set(_REFERENCE.findall(json.dumps(operations)))
    silent = {name for name, _ in referred}
    for operation in operations:
        answers.append(_one(world, call, operation, bodies, silent, with_headers))
    return json_reply(answers)


def _one(
    world: SimulatedWorld,
    call: Call,
    operation: dict[str, Any],
    bodies: dict[str, Any],
    silent: set[str],
    with_headers: bool,
) -> dict[str, Any] | None:
    name = str(operation.get("name", ""))
    depends_on = operation.get("depends_on")
    try:
        if depends_on and depends_on not in bodies:
            raise _Unresolved(depends_on)
        url = _resolve(str(operation.get("relative_url", "")), bodies)
        body = _resolve(str(operation.get("body", "")), bodies)
    except _Unresolved:
        return None
    reply = graph.answer(world, _operation_call(call, str(operation.get("method", "GET")).upper(), url, body))
    if reply.wire in ("reset", "timeout"):
        return None
    if name and reply.status == 200 and (body_value := _readable(reply.text)) is not None:
        bodies[name] = body_value
        if operation.get("omit_response_on_success", name in silent):
            return None
    shown: dict[str, Any] = {"code": reply.status}
    if with_headers:
        headers = {"Content-Type": reply.content_type, **reply.headers}
        shown["headers"] = [{"name": key, "value": value} for key, value in headers.items()]
    shown["body"] = reply.text
    return shown


def _readable(text: str) -> Any:
    """The body as JSON values; None where a fault has spoilt it, so that what refers to it fails."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def _operation_call(call: Call, method: str, url: str, body: str) -> Call:
    parts = urlsplit(url.lstrip("/"))
    path = tuple(part for part in parts.path.split("/") if part)
    version = call.version
    if path and VERSION.fullmatch(path[0]):
        version, path = path[0], path[1:]
    query, form = dict(parse_qsl(parts.query)), dict(parse_qsl(body))
    token, token_in = call.token, call.token_in
    for where, params in (("query", query), ("body", form)):
        if params.get("access_token"):
            token, token_in = params["access_token"], where
    proof = {"appsecret_proof": call.params["appsecret_proof"]} if "appsecret_proof" in call.params else {}
    return Call(method, path, version, {**proof, **query, **form}, token, token_in, True, base=call.base)


def _resolve(text: str, bodies: dict[str, Any]) -> str:
    def found(match: re.Match[str]) -> str:
        if match[1] not in bodies:
            raise _Unresolved(match[1])
        values = _follow([bodies[match[1]]], _STEP.findall(match[2]))
        return ",".join(str(value) for value in values)

    return _REFERENCE.sub(found, text)


def _follow(values: list[Any], steps: list[tuple[str, str]]) -> list[Any]:
    for key, index in steps:
        reached: list[Any] = []
        for value in values:
            if key == "*" and isinstance(value, list):
                reached += value
            elif key and isinstance(value, dict) and key in value:
                reached.append(value[key])
            elif index and isinstance(value, list) and int(index) < len(value):
                reached.append(value[int(index)])
        values = reached
    return values
