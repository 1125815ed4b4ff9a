"""Texts that tell things apart: tokens, IDs of messages, secrets in addresses. By chance, unless a seed was given.

Each kind has a row of its own, so that a seed gives the fifth message the same ID however often Facebook was asked in
between. They are those of this process, which runs one world.
"""

import base64
import random
import string
from collections.abc import Sequence
from typing import Literal

Kind = Literal["address", "secret", "token", "message", "log_in", "trace", "number"]

_seed: int | None = None
_rows: dict[Kind, random.Random] = {}


def use_seed(seed: int | None) -> None:
    """From now on the same seed gives the same texts in the same order; None: nobody can guess them."""
    global _seed
    _seed = seed
    _rows.clear()


def begin_again(*kinds: Kind) -> None:
    """Go back to the first of these kinds, where a seed was given."""
    for kind in kinds:
        _rows.pop(kind, None)


def text(kind: Kind, size: int) -> str:
    """Return letters, digits, "-" and "_" that stand for so many bytes."""
    return base64.urlsafe_b64encode(_row(kind).randbytes(size)).decode().rstrip("=")


def digits(kind: Kind, size: int) -> str:
    """Return so many bytes as hexadecimal digits."""
    return _row(kind).randbytes(size).hex()


def letters(kind: Kind, count: int, of: Sequence[str] = string.ascii_letters + string.digits) -> str:
    return "".join(_row(kind).choice(of) for _ in range(count))


def _row(kind: Kind) -> random.Random:
    if kind not in _rows:
        _rows[kind] = random.SystemRandom() if _seed is None else random.Random(f"{_seed} {kind}")
    return _rows[kind]
