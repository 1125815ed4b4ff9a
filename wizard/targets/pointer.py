"""JSON Pointers (RFC 6901): where a value stands in the settings of an API, as `/handover/app_id`."""

import re

from wizard.core.target import TargetError, TargetProblem, TargetTrouble

_BAD = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_ESCAPE = re.compile(r"~[01]")
_LONGEST, _DEEPEST = 200, 20


def names_of(pointer: str) -> tuple[str, ...]:
    """Return the names from the outside in, without their escapes. Raises TargetError (NO_KEY, BAD_POINTER)."""
    if not pointer:
        raise TargetError(TargetTrouble(TargetProblem.NO_KEY))
    names = pointer.split("/")
    is_plain = names[0] == "" and all(name and "~" not in _ESCAPE.sub("", name) for name in names[1:])
    if not is_plain or _BAD.search(pointer) or len(pointer) > _LONGEST or len(names) > _DEEPEST:
        raise TargetError(TargetTrouble(TargetProblem.BAD_POINTER, key=pointer))
    return tuple(_ESCAPE.sub(lambda found: "/" if found.group() == "~1" else "~", name) for name in names[1:])


def as_path(names: tuple[str, ...]) -> str:
    """Return the same way as a dotted path (see `wizard.targets.path`), which the formats of files take."""
    return ".".join(name.replace("~", "~0").replace(".", "~1") for name in names)
