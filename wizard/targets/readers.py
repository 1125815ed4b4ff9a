"""What programs read from a settings file, before a write and after it: all other values must be the same.

Programs do not read one format alike: YAML with `<<` or without, `.env` by the rules of Python, Node or Docker. Each
format has a reader for each of these, and a write that changes anything else for one of them is refused.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from wizard.core.target import TargetProblem

_One = TypeVar("_One")
Way = tuple[str, ...]  # names from the outside in
Values = Mapping[Way, object]  # texts as str, anything else as a tuple that says what it is


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of program. read: all values by their way, None for a file that it does not take. way: the way of a key
    as it has it. trouble: why a write that it minds is refused."""

    read: Callable[[str], Values | None]
    way: Callable[[Way], Way] = lambda names: names
    trouble: TargetProblem = TargetProblem.OTHERS_CHANGE


def trouble_of(readers: Sequence[Reader], old: str, new: str, names: Way, value: str) -> TargetProblem | None:
    """Return why the new text must not take the place of the old one, None where it may. readers: the first is the
    format's own: it must read both, and the value as a text. The others may see the value or not, but nothing else."""
    for number, reader in enumerate(readers):
        before, after, way = reader.read(old), reader.read(new), reader.way(names)
        if before is None and number:
            continue
        if before is None or after is None or _others(before, way) != _others(after, way):
            return reader.trouble
        seen = after.get(way)
        is_right = seen is not None and _plain(seen) == value if number == 0 else seen is None or value in _plain(seen)
        if not is_right:
            return reader.trouble
    return None


def numbered(pairs: Iterable[tuple[str, _One]]) -> Iterator[tuple[str, _One]]:
    """Yield each value with its name; a name that comes again is told from the first."""
    seen: dict[str, int] = {}
    for name, value in pairs:
        times = seen[name] = seen.get(name, -1) + 1
        yield name + "\0" * times, value


def leaves(data: object, way: Way = ()) -> dict[Way, object]:
    """Return all values of maps and lists in one another; an empty one is a value."""
    if isinstance(data, (dict, list)) and data:
        inner = data.items() if isinstance(data, dict) else enumerate(data)
        return {at: value for name, one in inner for at, value in leaves(one, (*way, str(name))).items()}
    return {way: data if type(data) is str else (type(data).__name__, str(data))}


def _others(values: Values, way: Way) -> Values:
    """All values but that at the way, and groups on it, which may have been empty."""
    return {at: value for at, value in values.items() if at != way[: len(at)]}


def _plain(value: object) -> str:
    """Some readers leave the quotes where they are."""
    text = str(value)
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text
