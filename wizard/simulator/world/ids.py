"""Texts that tell things apart: tokens, IDs of messages, secrets in addresses. By chance, unless a seed was given.

Each kind is counted for itself, so that a seed gives the fifth message the same ID however often Facebook was asked in
between. They are those of this process, which runs one world.
"""

import base64
import hashlib
import secrets
import string
from collections.abc import Sequence
from typing import Literal

import msgspec

Kind = Literal["address", "secret", "token", "message", "log_in", "trace", "number"]


class Drawn(msgspec.Struct):
    """seed: None for chance. counts: how many of each kind there were."""

    seed: int | None = None
    counts: dict[Kind, int] = {}


_drawn = Drawn()


def use_seed(seed: int | None) -> None:
    """From now on the same seed gives the same texts in the same order; None: nobody can guess them."""
    go_on(Drawn(seed))


def drawn() -> Drawn:
    return Drawn(_drawn.seed, dict(_drawn.counts))


def go_on(after: Drawn) -> None:
    """Draw what comes after these."""
    _drawn.seed, _drawn.counts = after.seed, dict(after.counts)


def begin_again(*kinds: Kind) -> None:
    """Go back to the first of these kinds, where a seed was given."""
    for kind in kinds:
        _drawn.counts.pop(kind, None)


def text(kind: Kind, size: int) -> str:
    """Return letters, digits, "-" and "_" that stand for so many bytes."""
    return base64.urlsafe_b64encode(_bytes(kind, size)).decode().rstrip("=")


def digits(kind: Kind, size: int) -> str:
    """Return so many bytes as hexadecimal digits."""
    return _bytes(kind, size).hex()


def letters(kind: Kind, count: int, of: Sequence[str] = string.ascii_letters + string.digits) -> str:
    return "".join(of[byte % len(of)] for byte in _bytes(kind, count))


def _bytes(kind: Kind, size: int) -> bytes:
    if _drawn.seed is None:
        return secrets.token_bytes(size)
    number = _drawn.counts.get(kind, 0) + 1
    _drawn.counts[kind] = number
    return hashlib.shake_256(f"{_drawn.seed} {kind} {number}".encode()).digest(size)
