"""Errors of the Graph API by their names in resources/simulator/errors.toml."""

import functools
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from wizard.core.resource import load_toml


class NamedError(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """when: Facebook answers so. kind: of the fault that makes it."""

    name: str
    code: int
    when: str
    subcode: int | None = None
    message: str | None = None
    kind: Literal["error", "throttled"] = "error"


@functools.cache
def named_errors() -> Mapping[str, NamedError]:
    rows = msgspec.convert(load_toml("simulator/errors.toml")["error"], list[NamedError])
    return {row.name: row for row in rows}


def as_fault(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a fault with the numbers in place of its `error`, a name. Raises LookupError with a sentence."""
    if "error" not in raw:
        return raw
    name, rest = raw["error"], {key: value for key, value in raw.items() if key != "error"}
    error = named_errors().get(name) if isinstance(name, str) else None
    if error is None:
        raise LookupError(f"error: {name!r} is none of {', '.join(named_errors())}")
    twice = sorted({"kind", "code", "subcode"} & set(rest))
    if twice:
        raise LookupError(f"{twice[0]}: the error {name!r} says that already")
    numbers = {"code": error.code, "subcode": error.subcode, "message": error.message}
    return {**{key: value for key, value in numbers.items() if value is not None}, **rest, "kind": error.kind}
