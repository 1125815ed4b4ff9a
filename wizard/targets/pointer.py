"""JSON Pointers (RFC 6901): where a value stands in the settings of an API, as `/handover/app_id`."""

from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.targets.path import split


def names_of(pointer: str) -> tuple[str, ...]:
    """Return the names from the outside in, without their escapes. Raises TargetError (NO_KEY, BAD_POINTER)."""
    if not pointer:
        raise TargetError(TargetTrouble(TargetProblem.NO_KEY))
    names = split(pointer[1:], "/") if pointer.startswith("/") else None
    if names is None:
        raise TargetError(TargetTrouble(TargetProblem.BAD_POINTER, key=pointer))
    return names
