"""Catalogues that were imported from a file, laid over those that ship with the program.

They change what is said, never what is done: how an answer of Facebook is classified, whether a call is repeated and
what a check concludes goes by the shipped catalogues alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from wizard.core.resource import load_toml

VERSION = 1  # of the form described in resources/catalogues/README.md


class CatalogueKind(StrEnum):
    UI_PATHS = "ui-paths"
    ERRORS = "errors"


SHIPPED = {CatalogueKind.UI_PATHS: "ui_paths.toml", CatalogueKind.ERRORS: "errors.toml"}
TABLE = {CatalogueKind.UI_PATHS: "setting", CatalogueKind.ERRORS: "error"}
# What decides rather than tells stays as shipped, whatever a file says.
KEPT = {CatalogueKind.UI_PATHS: ("cannot_be_read", "is_role"), CatalogueKind.ERRORS: ("default", "open", "retry")}


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """What an imported file says, checked. entries: fit to stand in the shipped file, each with its id.

    Compared by identity, so that what is worked out from it can be cached."""

    kind: CatalogueKind
    date: date
    source: str
    entries: Sequence[Mapping[str, Any]]
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class CatalogueProblem(StrEnum):
    """What can be wrong with a file that is to be imported, beside what can be wrong with any file."""

    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"  # not UTF-8
    TRUNCATED = "truncated"  # it stops in the middle
    MISTAKE = "mistake"  # no TOML, or a field that is missing, unknown or wrong
    NEWER = "newer"  # made for a newer version of this program
    NOT_NEWER = "not_newer"  # the program, or the file imported last, is newer
    TO_COME = "to_come"  # its date has not come yet
    UNUSED = "unused"  # it lies among the imported ones under a name that is not looked at


class CatalogueError(Exception):
    """A file cannot be imported, or what was imported cannot be used.

    what: field and mistake, in the words of the reader. day: its date; than: the date of the newer one."""

    def __init__(
        self,
        problem: CatalogueProblem,
        path: Path,
        what: str = "",
        day: date | None = None,
        than: date | None = None,
    ) -> None:
        super().__init__(f"{problem.value}: {path}")
        self.problem = problem
        self.path = path
        self.what = what
        self.day = day
        self.than = than


class _Imported:
    """The one state of a module beside the language: both say from where sentences are read."""

    by_kind: Mapping[CatalogueKind, Catalogue] = {}


def use(catalogues: Sequence[Catalogue]) -> bool:
    """Go by these from now on, and by the shipped ones in all that they do not say. Return whether they say anything
    else than those before: then the pages that are open must be made anew."""
    by_kind = {catalogue.kind: catalogue for catalogue in catalogues}
    if _said_by(by_kind) == _said_by(_Imported.by_kind):
        return False
    _Imported.by_kind = by_kind
    return True


def _said_by(by_kind: Mapping[CatalogueKind, Catalogue]) -> Mapping[CatalogueKind, object]:
    return {kind: (one.date, one.source, one.entries, one.translations) for kind, one in by_kind.items()}


def imported(kind: CatalogueKind) -> Catalogue | None:
    """Return what is laid over the shipped catalogue now, None without any."""
    return _Imported.by_kind.get(kind)


def shipped_on(kind: CatalogueKind) -> date:
    """Return the date of the catalogue that ships with the program. Raises ResourceError."""
    day: date = load_toml(SHIPPED[kind])["date"]
    return day


def shipped_entries(kind: CatalogueKind) -> list[dict[str, Any]]:
    """Raises ResourceError."""
    found: list[dict[str, Any]] = load_toml(SHIPPED[kind])[TABLE[kind]]
    return found


def entries(kind: CatalogueKind, over: Catalogue | None) -> list[dict[str, Any]]:
    """Return the shipped entries in their order, each replaced as a whole by the one of its id in `over`, and then its
    new ones. An entry of `over` has its `translations` with it. Raises ResourceError."""
    shipped = shipped_entries(kind)
    if over is None:
        return shipped
    kept = {raw["id"]: {name: raw[name] for name in KEPT[kind] if name in raw} for raw in shipped}
    instead = {raw["id"]: {**raw, **kept.get(raw["id"], {}), "translations": over.translations} for raw in over.entries}
    return [instead.pop(raw["id"], raw) for raw in shipped] + list(instead.values())
