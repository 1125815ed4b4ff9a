"""What the person imported: newer instructions and error texts in a folder of their own, presets among their presets.

There is one file of each kind, under the name of its kind, and it is kept as it came. It counts as long as its date is
later than that of the shipped one: after an update of the program the newer of the two wins again.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from wizard.catalogues.readers import read
from wizard.core.catalogues import (
    KEPT,
    SHIPPED,
    TABLE,
    VERSION,
    Catalogue,
    CatalogueError,
    CatalogueKind,
    CatalogueProblem,
    shipped_on,
)
from wizard.core.resource import load_toml, resource
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.core.version import __version__
from wizard.i18n.language import _
from wizard.store.atomic import read_file, remove, write_private
from wizard.store.places import Places
from wizard.targets.presets import Preset, Presets, load_presets

_CLOCKS_DIFFER = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class ImportedCatalogues:
    """in_use: for `wizard.core.catalogues.use`. outdated: the program has newer ones by now. problems: files that
    cannot be used; in their place the shipped ones serve."""

    in_use: tuple[Catalogue, ...] = ()
    outdated: tuple[Catalogue, ...] = ()
    problems: tuple[CatalogueError | SavedFileError, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.in_use or self.outdated or self.problems)


@dataclass(frozen=True, slots=True)
class Taken:
    """A file was imported. before: what was kept of the file it replaced, None where nothing was."""

    what: Catalogue | Preset
    before: Path | None = None


class CatalogueFolder:
    """Talks to the disk: work for a job."""

    def __init__(self, places: Places) -> None:
        self._folder, self._presets = places.catalogues, places.presets

    def find(self) -> ImportedCatalogues:
        """Read what was imported. Never raises for what is in a file."""
        in_use: list[Catalogue] = []
        outdated: list[Catalogue] = []
        problems: list[CatalogueError | SavedFileError] = []
        for kind in CatalogueKind:
            try:
                if catalogue := self._imported(kind):
                    (in_use if catalogue.date > shipped_on(kind) else outdated).append(catalogue)
            except (CatalogueError, SavedFileError) as error:
                problems.append(error)
        return ImportedCatalogues(tuple(in_use), tuple(outdated), tuple(problems))

    def unused(self) -> tuple[CatalogueError, ...]:
        """Files in the folder that nobody looks at."""
        names = {self.path(kind).name for kind in CatalogueKind}
        return tuple(
            CatalogueError(CatalogueProblem.UNUSED, path)
            for path in sorted(self._folder.glob("[!.]*"))
            if path.name not in names
        )

    def presets(self) -> Presets:
        return load_presets([self._presets])

    def path(self, kind: CatalogueKind) -> Path:
        return self._folder / f"{kind.value}.toml"

    def take(self, file: Path, now: float) -> Taken:
        """Import a file after checking it; nothing changes where it cannot be used. now: Unix seconds. Raises
        CatalogueError, SavedFileError, and OSError where it cannot be saved."""
        content, what = read(file)
        if isinstance(what, Preset):
            return self._take_preset(content, what)
        self._refuse_wrong_time(file, what, now)
        write_private(self.path(what.kind), content)
        return Taken(what)

    def remove(self, name: str) -> Path | None:
        """Remove what was imported. name: of a kind, of a preset, or of a file in one of the folders. Return its file,
        None where there is none of this name. Raises OSError."""
        files = {path.name: path for folder in (self._presets, self._folder) for path in folder.glob("[!.]*")}
        files |= dict(self.presets().own)
        files |= {kind.value: self.path(kind) for kind in CatalogueKind if self.path(kind).exists()}
        path = files.get(name)
        if path is not None:
            remove(path)
        return path

    def text(self, name: str) -> str | None:
        """Return the file to start from: the imported one, or ours in the same form; None for an unknown name. Raises
        SavedFileError and UnicodeDecodeError for an imported one that cannot be read."""
        if name in list(CatalogueKind):
            path = self.path(CatalogueKind(name))
            return read_file(path).decode() if path.exists() else shipped_text(CatalogueKind(name))
        presets = self.presets()
        if name in presets.own:
            return read_file(presets.own[name]).decode()
        return resource(f"presets/{name}.toml").read_text(encoding="utf-8") if name in presets.by_name else None

    def _imported(self, kind: CatalogueKind) -> Catalogue | None:
        path = self.path(kind)
        try:
            _content, what = read(path)
        except SavedFileError as error:
            if error.problem is SavedFileProblem.MISSING:
                return None
            raise
        if not isinstance(what, Catalogue) or what.kind is not kind:
            raise CatalogueError(CatalogueProblem.MISTAKE, path, _("kind: must stay {kind}").format(kind=kind))
        return what

    def _refuse_wrong_time(self, file: Path, what: Catalogue, now: float) -> None:
        """A date far ahead would win over every program to come."""
        today = datetime.fromtimestamp(now, UTC).date()
        if what.date > today + _CLOCKS_DIFFER:
            raise CatalogueError(CatalogueProblem.TO_COME, file, day=what.date)
        try:
            last = self._imported(what.kind)
        except (CatalogueError, SavedFileError):
            last = None  # it is broken: any file is better
        if what.date <= shipped_on(what.kind):
            raise CatalogueError(CatalogueProblem.NOT_NEWER, file, day=what.date, than=shipped_on(what.kind))
        if last is not None and what.date < last.date:
            raise CatalogueError(CatalogueProblem.NOT_NEWER, file, day=what.date, than=last.date)

    def _take_preset(self, content: bytes, preset: Preset) -> Taken:
        path = self.presets().own.get(preset.name, self._presets / f"{preset.name}.toml")
        before = None
        there = read_file(path) if path.exists() else None
        if there is not None and there != content:  # somebody may have written it by hand
            before = path.with_name(f"{path.name}.before")
            write_private(before, there)
        write_private(path, content)
        return Taken(preset, before)


def shipped_text(kind: CatalogueKind, day: date | None = None) -> str:
    """Return the shipped catalogue in the form of one to import. day: its date, that of ours without one."""
    whole = resource(SHIPPED[kind]).read_text(encoding="utf-8")
    source = load_toml(SHIPPED[kind]).get("source", f"Messenger Handover Wizard {__version__}")
    leave_out = tuple(f"{name} =" for name in KEPT[kind])
    kept = [line for line in whole[whole.index(f"[[{TABLE[kind]}]]") :].splitlines() if not line.startswith(leave_out)]
    return "\n".join(
        (
            *(f"# {line}" for line in _("To be imported into Messenger Handover Wizard.").splitlines()),
            *(f"# {line}" for line in _("Keep what you change, delete the rest, and set the date.").splitlines()),
            "# resources/catalogues/README.md",
            f'kind = "{kind}"',
            f"version = {VERSION}",
            f"date = {(day or shipped_on(kind)).isoformat()}",
            f'source = "{source}"',
            "",
            *kept,
            "",
        )
    )
