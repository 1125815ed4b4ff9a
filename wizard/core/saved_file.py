"""What can be wrong with a file this program saved earlier. `wizard.words.saved_files` has the sentences."""

from enum import StrEnum
from pathlib import Path


class SavedFileProblem(StrEnum):
    MISSING = "missing"
    NO_PERMISSION = "no_permission"
    DAMAGED = "damaged"  # not what this program writes, or only a part of it
    NEWER = "newer"  # written by a newer version of this program


class SavedFileError(Exception):
    """A saved file cannot be read. Its text names the problem and the file, never what is in it."""

    def __init__(self, problem: SavedFileProblem, path: Path) -> None:
        super().__init__(f"{problem.value}: {path}")
        self.problem = problem
        self.path = path
