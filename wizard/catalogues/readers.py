"""A file with newer instructions, error texts or a preset: read with all caution, and checked field by field.

It came by mail, perhaps from a stranger. The fields are described in resources/catalogues/README.md and
resources/presets/README.md.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from wizard.core.catalogues import (
    VERSION,
    Catalogue,
    CatalogueError,
    CatalogueKind,
    CatalogueProblem,
    shipped_entries,
)
from wizard.core.errors import ErrorKind
from wizard.core.explain.error_rules import Channel, Who
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.i18n.language import _
from wizard.i18n.toml_fields import (
    LARGEST,
    MAY_BE_EMPTY,
    ONE_LINE,
    LineTooLong,
    Pictures,
    Sentences,
    Text,
    TranslationTables,
    Version,
    WrongField,
    at,
    check_pictures,
    check_translations,
    fill_ins,
    parse,
    read_fields,
    shown,
    unknown,
    version,
)
from wizard.store.atomic import read_file
from wizard.targets.presets import Preset, PresetKind, preset_of

_FILL_INS = ("page", "bot", "live_chat", "permissions")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_SITES = {
    "https://www.facebook.com/": "{facebook}/",
    "https://facebook.com/": "{facebook}/",
    "https://business.facebook.com/": "{business}/",
    "https://developers.facebook.com/": "{developers}/",
}
# Plain letters only: an address within an address would lead elsewhere.
_LINK = re.compile(r"\{(facebook|business|developers)\}(?!.*//)/[A-Za-z0-9_.,~+=&?#/-]{0,300}")

# Models name a field `date`, which hides the class below it.
Day = date
Title = Annotated[str, Meta(pattern=ONE_LINE, max_length=200)]
Short = Annotated[str, Meta(pattern=ONE_LINE, max_length=300)]
Link = Annotated[str, Meta(pattern=MAY_BE_EMPTY, max_length=300)]
Codes = Annotated[list[Annotated[int, Meta(gt=-(10**9), lt=10**9)]], Meta(max_length=500)]
Words = Annotated[list[Text], Meta(max_length=40)]


def read(path: Path) -> tuple[bytes, Catalogue | Preset]:
    """Return what is in the file, and what it says. Raises CatalogueError and SavedFileError."""
    content = _content(path)
    data = _toml(path, content)
    try:
        if version(data, default=VERSION) > VERSION:  # first: what is new in it is no mistake
            raise CatalogueError(CatalogueProblem.NEWER, path)
        return content, _checked(data)
    except WrongField as error:
        raise CatalogueError(CatalogueProblem.MISTAKE, path, str(error)) from error


def _content(path: Path) -> bytes:
    try:
        return read_file(path, LARGEST)
    except SavedFileError as error:
        if error.problem is SavedFileProblem.TOO_LARGE:
            raise CatalogueError(CatalogueProblem.TOO_LARGE, path) from error
        raise


def _toml(path: Path, content: bytes) -> dict[str, Any]:
    try:
        whole = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CatalogueError(CatalogueProblem.NOT_TEXT, path) from error
    try:
        return parse(whole)
    except LineTooLong as error:
        raise CatalogueError(CatalogueProblem.MISTAKE, path, str(error)) from error
    except tomllib.TOMLDecodeError as error:
        what = str(error)  # names line and column
        problem = CatalogueProblem.TRUNCATED if "end of document" in what else CatalogueProblem.MISTAKE
        raise CatalogueError(problem, path, shown(what, 200)) from error
    except (ValueError, RecursionError) as error:
        raise CatalogueError(CatalogueProblem.MISTAKE, path, _("a value in it is far too long")) from error


def _checked(data: Mapping[str, Any]) -> Catalogue | Preset:
    kind = read_fields(data, _CatalogueModel).kind
    if kind in list(PresetKind):
        return _preset(data)
    if kind not in list(CatalogueKind):
        raise WrongField("kind", unknown(kind, (*CatalogueKind, *PresetKind)))
    file = read_fields(data, MODELS[CatalogueKind(kind)])
    entries = msgspec.to_builtins(file.setting if isinstance(file, UiPaths) else file.error, builtin_types=(date,))
    return Catalogue(file.kind, file.date, file.source, tuple(entries), file.translations)


def _preset(data: Mapping[str, Any]) -> Preset:
    preset = preset_of(data)
    if preset.name in list(CatalogueKind):
        raise WrongField("name", _("{value} is the name of something else").format(value=preset.name))
    return preset


class _CatalogueModel(msgspec.Struct):
    kind: Text


class _Model(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A table of a file. `msgspec.to_builtins` makes an entry of it as those that ship."""


class MatchModel(_Model):
    codes: Codes | UnsetType = UNSET
    subcodes: Codes | UnsetType = UNSET
    words: Words | UnsetType = UNSET
    calls: Words | UnsetType = UNSET
    between: Codes | UnsetType = UNSET
    alone: bool | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.between and len(self.between) != 2:
            raise WrongField("between", _("the first number and the last"))
        if any(len(word.strip()) < 3 for word in self.words or ()):  # it would stand in every text
            raise WrongField("words", _("each needs three letters or more"))
        if not (self.codes or self.subcodes or self.words or self.between):
            raise WrongField("", _("needs codes, subcodes, words or between"))


class Error(_Model):
    id: Text
    kind: ErrorKind
    title: Short
    action: Text
    who: Who
    link: Link = ""
    channel: Channel = ""
    text: Short | UnsetType = UNSET
    asked: Words = []
    match: Annotated[list[MatchModel], Meta(max_length=40)] = []
    date: Day | None = None
    source: Short | None = None

    def __post_init__(self) -> None:
        _check_id("id", self.id)
        ours = next((one["kind"] for one in shipped_entries(CatalogueKind.ERRORS) if one["id"] == self.id), None)
        if ours not in (None, self.kind):  # one that is said for its kind at large must stay of this kind
            raise WrongField("kind", _("must stay {kind}").format(kind=ours))
        self.link = _site(self.link)


class Way(_Model):
    generation: Text
    title: Title
    steps: Annotated[Sentences, Meta(min_length=1)]
    link: Link = ""
    date: Day | None = None
    source: Short | None = None
    mark: Literal["documented", "reported"] = "reported"
    pictures: Pictures | UnsetType = UNSET

    def __post_init__(self) -> None:
        _check_id("generation", self.generation)
        for step in self.steps:
            fill_ins(step, _FILL_INS, "steps")
        self.link = _site(self.link)
        for entry in self.pictures or ():
            fill_ins(entry, _FILL_INS, "pictures")
        check_pictures(self.pictures or (), self.steps)


class SettingModel(_Model):
    id: Text
    title: Title
    text: Text
    path: Annotated[list[Way], Meta(min_length=1, max_length=20)]

    def __post_init__(self) -> None:
        known = [one["id"] for one in shipped_entries(CatalogueKind.UI_PATHS)]
        if self.id not in known:
            raise WrongField("id", unknown(self.id, known))
        fill_ins(self.title, _FILL_INS, "title")
        fill_ins(self.text, _FILL_INS, "text")
        _refuse_doubles([way.generation for way in self.path], "generation")


class _File(_Model):
    kind: CatalogueKind
    version: Version
    date: Day
    source: Short
    translations: TranslationTables = {}

    def _check(self, entries: Sequence[SettingModel | Error], dated: Sequence[Way | Error], table: str) -> None:
        """dated: what has the date and source of the file where it names none of its own."""
        check_translations(self.translations)
        _refuse_doubles([one.id for one in entries], table)
        for one in dated:
            one.date = one.date or self.date
            one.source = one.source or self.source


class UiPaths(_File, kw_only=True):
    setting: Annotated[list[SettingModel], Meta(min_length=1, max_length=50)]

    def __post_init__(self) -> None:
        self._check(self.setting, [way for setting in self.setting for way in setting.path], "setting")
        for language, translated in self.translations.items():
            for sentence in (*translated, *translated.values()):
                fill_ins(sentence, _FILL_INS, at("translations", language))


class Errors(_File, kw_only=True):
    error: Annotated[list[Error], Meta(min_length=1, max_length=500)]

    def __post_init__(self) -> None:
        self._check(self.error, self.error, "error")


MODELS: Mapping[CatalogueKind, type[UiPaths | Errors]] = {
    CatalogueKind.UI_PATHS: UiPaths,
    CatalogueKind.ERRORS: Errors,
}


def _refuse_doubles(names: Sequence[str], place: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise WrongField(place, _("{value} is there twice").format(value=name))


def _check_id(name: str, value: str) -> None:
    if not _ID.fullmatch(value):
        raise WrongField(name, _("small letters, digits, hyphens and underscores only, 60 at most"))


def _site(link: str) -> str:
    """Return the link with a site of this world in place of the host: in practice it opens practice's pages."""
    for host, site in _SITES.items():
        if link.startswith(host):
            link = site + link.removeprefix(host)
    if link and not _LINK.fullmatch(link):
        raise WrongField(
            "link",
            _("must lead to Facebook: {names}, or https:// with one of their addresses, in plain letters").format(
                names="{facebook}/…, {business}/…, {developers}/…"
            ),
        )
    return link
