"""What can be wrong with a file this program saved earlier. `wizard.words.saved_files` has the sentences."""

import re
from enum import StrEnum
from pathlib import Path

SETUP_ENDING = ".handover.json"
FACTS_ENDING = ".facts.json"
LARGEST = 5_000_000  # bytes; what this program saves of one Page has a few thousand


def plain_id(page_id: str) -> str:
    """Return a Page's ID fit to be a part of a file's name: in a file that somebody sent it may be anything."""
    return re.sub(r"[^0-9A-Za-z_-]", "_", page_id)[:60]


class SavedFileProblem(StrEnum):
    MISSING = "missing"
    NO_PERMISSION = "no_permission"
    NO_FILE = "no_file"  # a folder, a device, a pipe
    UNREADABLE = "unreadable"  # the disk or the network drive failed
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"  # it stops in the middle
    NOT_JSON = "not_json"
    DAMAGED = "damaged"  # JSON, but with a mistake at a place, or not what this program writes
    OTHER_KIND = "other_kind"  # saved by this program, for something else
    NEWER = "newer"  # written by a newer version of this program
    OTHER_PAGE = "other_page"  # of another Page than the token's


class SavedFileError(Exception):
    """A saved file cannot be used. place: "line 3, column 14", "$.content.bot.id", or "" where it has none.

    Its text names the problem, the file and the place, never what is in the file."""

    def __init__(self, problem: SavedFileProblem, path: Path, place: str = "") -> None:
        super().__init__(" ".join(part for part in (f"{problem.value}: {path}", place) if part))
        self.problem = problem
        self.path = path
        self.place = place
