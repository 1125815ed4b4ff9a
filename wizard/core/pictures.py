"""What the drawing of a place outside the wizard shows: which part of it, the labels there, and what to press.

The labels are the words in quotation marks of the English step, for those are the place's own words, and so a drawing
says nothing that its step does not say.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import zip_longest
from urllib.parse import urlsplit

_QUOTED = re.compile("“([^”]+)”")
_SITES = {
    "{facebook}": "facebook.com",
    "{business}": "business.facebook.com",
    "{developers}": "developers.facebook.com",
}
Fill = Callable[[str], Sequence[str]]


class Part(StrEnum):
    """The comment says which labels it takes. What is to be pressed is marked in the order of the labels."""

    ACCOUNT = "account"  # the own picture at the top right, and the Page in the menu below it
    CHOOSER = "chooser"  # the Page, chosen at the top left
    MENU = "menu"  # entries of a menu at the side, each below the one before
    TABS = "tabs"  # entries beside each other at the top
    LIST = "list"  # one row of a list
    ROW = "row"  # a heading, and the button at its end
    PICK = "pick"  # one row of a list, and a button below it
    CHOICE = "choice"  # a field, and the entry of its list
    SWITCH = "switch"  # a switch with its text
    TICKS = "ticks"  # boxes to tick, below the first label
    BOXES = "boxes"  # boxes to tick, with no label above them
    BUTTON = "button"  # a button; of several labels the last is on it
    PASTE = "paste"  # a field, to paste something
    COPY = "copy"  # a token, to copy it
    READ = "read"  # a field, to read what stands there
    CODE = "code"  # a name in a line of code
    MESSENGER = "messenger"  # on a phone: a Page, and the text to send to it


_PARTS = {part.value: part for part in Part}

# How many labels a part takes at least, where that is not one.
_LABELS = {Part.ROW: 2, Part.PICK: 2, Part.TICKS: 2, Part.MESSENGER: 2, Part.PASTE: 0, Part.COPY: 0, Part.READ: 0}


@dataclass(frozen=True, slots=True)
class Picture:
    """site: whose page it is, as "facebook.com", or the place's name. place: the heading there, "" for none. number: of
    the step. text: the step, for people who hear it. as_of: when it looked so, None where that is not known.
    is_english: its menus are English in every language, and so read from the left."""

    part: Part
    labels: tuple[str, ...]
    site: str
    place: str
    number: int
    text: str
    as_of: date | None = None
    is_english: bool = False


def part_of(entry: str, step: str) -> Part | None:
    """Return the part that an entry of the field `pictures` names, Part.CHOICE of "choice {bot}"; None where there is
    no such part, or where it has fewer labels than it takes."""
    part = _PARTS.get(entry.partition(" ")[0])
    return part if part is not None and len(labels_of(entry, step)) >= _LABELS.get(part, 1) else None


def labels_of(entry: str, step: str) -> list[str]:
    """Return the labels, not filled in: those that the English step quotes, then what the entry adds, divided by |."""
    more = entry.partition(" ")[2]
    return [*_QUOTED.findall(step), *(part.strip() for part in more.split("|") if part.strip())]


def site_of(link: str, otherwise: str) -> str:
    """Return the name of the site that a link of a catalogue opens. otherwise: where there is no link, or one that
    only the practice world has."""
    for mark, name in _SITES.items():
        if link.startswith(mark):
            return name
    host = urlsplit(link).hostname if link.startswith("https://") else ""
    return (host or otherwise).removeprefix("www.")


def is_english(link: str) -> bool:
    """Whether a place of Facebook has English menus in every language: what developers use has. Meta's documentation
    names the settings of Pages in Arabic, too."""
    return link.startswith("{developers}")


def draw(
    entries: Sequence[str],
    steps: Sequence[str],
    said: Sequence[str],
    site: str,
    as_of: date,
    fill: Fill,
    is_english: bool,
) -> tuple[Picture | None, ...]:
    """Return the picture of each step, None where there is none.

    entries: as the field `pictures` has them, one a step; "" for no picture. steps: in English; said: as they are
    shown. fill: what stands in place of a label, where it holds a name in curly brackets.
    """
    found: list[Picture | None] = []
    place = ""
    for number, (entry, step, text) in enumerate(zip_longest(entries[: len(steps)], steps, said, fillvalue=""), 1):
        part = part_of(entry, step)
        if part is None:
            found.append(None)
            continue
        labels = tuple(filled for label in labels_of(entry, step) for filled in fill(label))
        found.append(Picture(part, labels, site, place, number, text, as_of, is_english and part is not Part.MESSENGER))
        if part in (Part.MENU, Part.TABS) and labels:
            place = labels[-1]
    return tuple(found)
