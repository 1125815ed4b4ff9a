"""A dotted path to one value: `facebook.live_chat_app_id`, from the outside in.

A dot inside a name is written `~1`, a tilde `~0` (as JSON Pointer does for its slash): `handover.v1~12.app_id` names
`app_id` in `v1.2` in `handover`. In a list a number counts from 0.
"""

import re
from collections.abc import Sequence

from wizard.core.target import TargetError, TargetProblem, TargetTrouble

NAME_IN_DOTENV = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")  # there a key is one name, dots and all
_BAD = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_ESCAPE = re.compile(r"~[01]")
_LONGEST, _DEEPEST = 200, 20


def names_in(key: str) -> tuple[str, ...]:
    """Return the names of a dotted path, without their escapes. Raises TargetError (NO_KEY, BAD_KEY_PATH)."""
    if not key:
        raise TargetError(TargetTrouble(TargetProblem.NO_KEY))
    names = split(key, ".")
    if names is None or any(name != name.strip() for name in names):
        raise TargetError(TargetTrouble(TargetProblem.BAD_KEY_PATH, key=key))
    return names


def split(text: str, sign: str) -> tuple[str, ...] | None:
    """Return the names between the signs, without their escapes; None for what is no way to a value."""
    names = text.split(sign)
    is_plain = all(name and "~" not in _ESCAPE.sub("", name) for name in names)
    if not is_plain or _BAD.search(text) or len(text) > _LONGEST or len(names) > _DEEPEST:
        return None
    return tuple(_ESCAPE.sub(lambda found: sign if found.group() == "~1" else "~", name) for name in names)


def as_path(names: Sequence[str]) -> str:
    """Return the dotted path of names, with their escapes."""
    return ".".join(name.replace("~", "~0").replace(".", "~1") for name in names)


def last_name(key: str) -> str:
    """Return the name of the value itself, for a path that `names_in` takes; other text comes back as it is."""
    try:
        return names_in(key)[-1]
    except TargetError:
        return key
