"""Mistakes in facts that have the right form: answers that hold nothing, and times that no clock shows."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from wizard.core.clock import LATEST
from wizard.core.facts import Reading

# No such number is below zero.
_TIMES = frozenset({"at", "updated_at", "created_at", "expires_at", "named_at", "read_back_at", "wait", "ends_at"})
_MAY_BE_EMPTY = frozenset({"subscription"})  # this app is not connected


def validate(value: object, place: str) -> str:
    """Return the place of the first mistake below, "" where there is none. place: that of the value."""
    return next(_mistakes(value, place), "")


def _mistakes(value: object, place: str) -> Iterator[str]:
    name = place.rpartition(".")[2]
    if isinstance(value, Reading) and value.value is None and value.failure is None and name not in _MAY_BE_EMPTY:
        yield place
    if isinstance(value, (int, float)) and not (0 if name in _TIMES else -LATEST) <= value <= LATEST:
        yield place
    if is_dataclass(value):
        for field in fields(value):
            yield from _mistakes(getattr(value, field.name), f"{place}.{field.name}")
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _mistakes(one, f"{place}[{number}]")
