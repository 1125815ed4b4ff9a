"""What was imported: newer instructions, error texts and presets. Reads and writes files: work for a job."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wizard.catalogues.imported import CatalogueFolder
from wizard.core import catalogues as in_use
from wizard.core.catalogues import Catalogue, CatalogueError
from wizard.core.saved_file import SavedFileError
from wizard.core.world import World
from wizard.store import places as names
from wizard.store.atomic import write_output
from wizard.store.places import Places
from wizard.targets.presets import Presets, offered

__all__ = ["CatalogueFolder", "CatalogueList", "catalogues_of", "list_catalogues", "save_text", "use_imported"]


@dataclass(frozen=True, slots=True)
class CatalogueList:
    """in_use: imported ones that count. outdated: the program has newer ones by now. problems: imported files that
    cannot be used. unused: files that nobody reads. presets: ours and the person's own, with their own problems."""

    in_use: tuple[Catalogue, ...]
    outdated: tuple[Catalogue, ...]
    problems: tuple[CatalogueError | SavedFileError, ...]
    unused: tuple[CatalogueError, ...]
    presets: Presets


def catalogues_of(is_practice: bool) -> CatalogueFolder:
    """Where catalogues are imported to. Practice has ones of its own."""
    return CatalogueFolder(Places(names.PRACTICE if is_practice else names.LIFE))


def use_imported(folder: CatalogueFolder) -> Sequence[CatalogueError | SavedFileError]:
    """Let sentences come from what was imported; return what cannot be used: in its place ours serves."""
    found = folder.find()
    in_use.use(found.in_use)
    return found.problems


def list_catalogues(folder: CatalogueFolder) -> CatalogueList:
    """The presets are those that can be used in life."""
    found = folder.find()
    return CatalogueList(
        found.in_use, found.outdated, found.problems, folder.unused(), offered(folder.presets(), World())
    )


def save_text(path: Path, text: str) -> None:
    """Write a catalogue to start from. Raises OSError."""
    write_output(path, text.encode())
