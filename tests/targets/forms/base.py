"""What the tests know of a format: examples, refusals, files of any shape, and the reader that bots have."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from wizard.core.target import TargetProblem
from wizard.targets.splice import FileFormat


@dataclass(frozen=True)
class Written:
    """A generated file around one value, with an App ID as its text: before + value + after. names: the way to it.
    quote: what the format's reader leaves around it."""

    before: str
    value: str
    after: str
    names: tuple[str, ...]
    quote: str = ""

    @property
    def text(self) -> str:
        return self.before + self.value + self.after

    @property
    def key(self) -> str:
        return ".".join(self.names)


@dataclass(frozen=True)
class Form:
    """read: as the bots' own reader does, into maps and lists; is_read: whether it takes a text that we take.
    changes: key, old, new; unread_changes: those it does not take. refusals: key, text, why, lines. plain: values
    without quotes, which become texts. missing: ways that lead nowhere in a generated file. key, pieces: of texts that
    may be anything."""

    form: FileFormat
    read: Callable[[str], Any]
    changes: Sequence[tuple[str, str, str]]
    refusals: Sequence[tuple[str, str, TargetProblem, tuple[int, ...]]]
    written: st.SearchStrategy[Written]
    missing: Callable[[Written], Sequence[tuple[str, ...]]]
    key: str
    pieces: Sequence[str]
    unread_changes: Sequence[tuple[str, str, str]] = ()
    plain: Sequence[str] = ()
    is_read: Callable[[str], bool] = lambda text: True


def deeper(file: Written) -> Sequence[tuple[str, ...]]:
    """In the group of the value, and in groups that are made for it."""
    ways = (("other_id",), ("more", "other_id"), ("more", "yet", "other_id"))
    return [(*file.names[:-1], *way) for way in ways]
