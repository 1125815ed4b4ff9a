"""Where words that errors are recognised by stand in a text, whatever blanks, line ends and quotes fall into them.

Text and words are compared without anything but letters and digits, so that a terminal may cut a line anywhere.
"""

import bisect
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

_LEFT_OUT = re.compile(r"[\s\x00-/:-@\[-`{-~\u2018-\u201f\u2026\u00ab\u00bb]+")
_KEPT = re.compile(r"[^\s\x00-/:-@\[-`{-~\u2018-\u201f\u2026\u00ab\u00bb]")
GAP = "…"  # in words: anything, such as a name or a number, that is no longer than this
_WIDEST_GAP = 80
Phrase = tuple[str, ...]


def squeezed(text: str) -> str:
    """Return the letters and digits of a text, in small letters."""
    return _LEFT_OUT.sub("", text.lower())


@functools.cache
def phrase(words: str) -> Phrase:
    """Return words as they are searched for: the parts between gaps, squeezed."""
    return tuple(part for part in map(squeezed, words.split(GAP)) if part)


def holds(text: str, wanted: Phrase) -> bool:
    """Whether the words stand in a text. text: squeezed."""
    return next(_places(text, wanted), None) is not None


def _places(text: str, wanted: Phrase) -> Iterator[tuple[int, int]]:
    if not wanted:
        return
    first, *others = wanted
    at = text.find(first)
    while at >= 0:
        end = at + len(first)
        for part in others:
            next_part = text.find(part, end, end + _WIDEST_GAP + len(part))
            if next_part < 0:
                break
            end = next_part + len(part)
        else:
            yield at, end
        at = text.find(first, at + 1)


@dataclass(frozen=True, slots=True)
class Found:
    """Words that were found, with where they begin and end in the text."""

    words: str
    start: int
    end: int


class SqueezedText:
    """A text that is searched for many words."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        parts = [squeezed(line) for line in self._lines]
        self._text = "".join(parts)
        self._squeezed_starts, self._starts = [0], [0]
        for line, part in zip(self._lines, parts, strict=True):
            self._squeezed_starts.append(self._squeezed_starts[-1] + len(part))
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._kept: dict[int, list[int]] = {}

    def find(self, words: str) -> Iterator[Found]:
        for start, end in _places(self._text, phrase(words)):
            yield Found(words, self._place(start), self._place(end - 1) + 1)

    def _place(self, at: int) -> int:
        """Where in the text a letter of the squeezed one stands."""
        line = bisect.bisect_right(self._squeezed_starts, at) - 1
        if line not in self._kept:
            self._kept[line] = [letter.start() for letter in _KEPT.finditer(self._lines[line].lower())]
        within = self._kept[line]
        offset = min(at - self._squeezed_starts[line], len(within) - 1)
        return self._starts[line] + min(within[offset], len(self._lines[line]))
