"""A file with newer instructions, error texts or a preset: read with all caution, and checked field by field.

It came by mail, perhaps from a stranger. The fields are described in resources/catalogues/README.md and
resources/presets/README.md.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from wizard.core.catalogues import (
    TABLE,
    VERSION,
    Catalogue,
    CatalogueError,
    CatalogueKind,
    CatalogueProblem,
    shipped_entries,
)
from wizard.core.errors import ErrorKind
from wizard.core.explain.error_rules import CHANNELS, WHO
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.i18n.language import _
from wizard.i18n.toml_fields import (
    WrongField,
    at,
    day,
    fill_ins,
    one_of,
    refuse_unknown,
    sentences,
    shown,
    text,
    translations,
    version,
)
from wizard.store.saved import read_file
from wizard.targets.presets import Preset, PresetKind, preset_of

LARGEST = 256_000  # bytes; ours have a tenth of it
_LONGEST_LINE = 4_000  # a name of thousands of parts would keep the reader of TOML busy for minutes
_HEAD = ("kind", "version", "date", "source", "translations")
_SETTING = ("id", "title", "text", "path")
_PATH = ("generation", "title", "link", "steps", "date", "source", "mark")
_ERROR = ("id", "kind", "title", "action", "who", "link", "channel", "asked", "match", "date", "source")
_MATCH = ("codes", "subcodes", "words", "calls", "between")
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
_MOST = {CatalogueKind.UI_PATHS: 50, CatalogueKind.ERRORS: 500}
_LARGEST_CODE = 10**9


@dataclass(frozen=True, slots=True)
class _Head:
    """What holds for every entry that names none of its own."""

    date: date
    source: str


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
    for number, line in enumerate(whole.splitlines(), start=1):
        if len(line) > _LONGEST_LINE:
            what = _("line {number} is longer than {count} characters").format(number=number, count=_LONGEST_LINE)
            raise CatalogueError(CatalogueProblem.MISTAKE, path, what)
    try:
        return tomllib.loads(whole)
    except tomllib.TOMLDecodeError as error:
        what = str(error)  # names line and column
        problem = CatalogueProblem.TRUNCATED if "end of document" in what else CatalogueProblem.MISTAKE
        raise CatalogueError(problem, path, shown(what, 200)) from error
    except (ValueError, RecursionError) as error:
        raise CatalogueError(CatalogueProblem.MISTAKE, path, _("a value in it is far too long")) from error


def _checked(data: Mapping[str, Any]) -> Catalogue | Preset:
    if data.get("kind") in list(PresetKind):
        return _preset(data)
    kind = CatalogueKind(one_of(data, "kind", (*CatalogueKind, *PresetKind)))
    version(data)
    refuse_unknown(data, (*_HEAD, TABLE[kind]))
    head = _Head(day(data, "date"), text(data, "source", longest=300))
    check = _setting if kind is CatalogueKind.UI_PATHS else _error
    own = translations(data) or {}
    if kind is CatalogueKind.UI_PATHS:
        for language, translated in own.items():
            for english, sentence in translated.items():
                for one in (english, sentence):
                    fill_ins(one, _FILL_INS, at("translations", language))
    entries = [check(raw, place, head) for raw, place in _tables(data, TABLE[kind], _MOST[kind])]
    if not entries:
        raise WrongField(TABLE[kind], _("is missing"))
    _refuse_doubles([raw["id"] for raw in entries], TABLE[kind])
    return Catalogue(kind, head.date, head.source, tuple(entries), own)


def _preset(data: Mapping[str, Any]) -> Preset:
    preset = preset_of(data)
    if preset.name in list(CatalogueKind):
        raise WrongField("name", _("{value} is the name of something else").format(value=preset.name))
    return preset


def _tables(data: Mapping[str, Any], name: str, most: int, place: str = "") -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each table of a list with its place, "setting 2 (social_route)"."""
    given = data.get(name, [])
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise WrongField(at(place, name), _("must be tables, each under [[{name}]]").format(name=name))
    if len(given) > most:
        raise WrongField(at(place, name), _("more than {count} of them").format(count=most))
    for number, one in enumerate(given, start=1):
        called = one.get("id") or one.get("generation")
        yield one, at(place, f"{name} {number}") + (f" ({shown(called)})" if called else "")


def _refuse_doubles(names: Sequence[str], place: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise WrongField(place, _("{value} is there twice").format(value=name))


def _setting(raw: Mapping[str, Any], place: str, head: _Head) -> dict[str, Any]:
    refuse_unknown(raw, _SETTING, place)
    known = [one["id"] for one in shipped_entries(CatalogueKind.UI_PATHS)]
    setting_id = one_of(raw, "id", known, place)
    paths = [_path(path, where, head) for path, where in _tables(raw, "path", 20, place)]
    if not paths:
        raise WrongField(at(place, "path"), _("is missing"))
    _refuse_doubles([path["generation"] for path in paths], at(place, "generation"))
    return {
        "id": setting_id,
        "title": _filled(raw, "title", place, 200),
        "text": _filled(raw, "text", place),
        "path": paths,
    }


def _path(raw: Mapping[str, Any], place: str, head: _Head) -> dict[str, Any]:
    refuse_unknown(raw, _PATH, place)
    steps = sentences(raw, "steps", place)
    if not steps:
        raise WrongField(at(place, "steps"), _("is missing"))
    for step in steps:
        fill_ins(step, _FILL_INS, at(place, "steps"))
    return {
        "generation": _id(raw, "generation", place),
        "title": text(raw, "title", place, longest=200),
        "link": _link(raw, place),
        "steps": steps,
        "date": day(raw, "date", place, head.date),
        "source": text(raw, "source", place, head.source, 300),
        "mark": one_of(raw, "mark", ("documented", "reported"), place, "reported"),
    }


def _error(raw: Mapping[str, Any], place: str, head: _Head) -> dict[str, Any]:
    refuse_unknown(raw, _ERROR, place)
    error = {
        "id": _id(raw, "id", place),
        "kind": one_of(raw, "kind", list(ErrorKind), place),
        "title": text(raw, "title", place, longest=300),
        "action": text(raw, "action", place),
        "who": one_of(raw, "who", WHO, place),
        "link": _link(raw, place),
        "channel": one_of(raw, "channel", CHANNELS, place, ""),
        "asked": list(sentences(raw, "asked", place)),
        "match": [_match(match, where) for match, where in _tables(raw, "match", 40, place)],
        "date": day(raw, "date", place, head.date),
        "source": text(raw, "source", place, head.source, 300),
    }
    ours = next((one["kind"] for one in shipped_entries(CatalogueKind.ERRORS) if one["id"] == error["id"]), None)
    if ours not in (None, error["kind"]):  # one that is said for its kind at large must stay of this kind
        raise WrongField(at(place, "kind"), _("must stay {kind}").format(kind=ours))
    return error


def _match(raw: Mapping[str, Any], place: str) -> dict[str, Any]:
    refuse_unknown(raw, _MATCH, place)
    found = {name: _codes(raw, name, place) for name in ("codes", "subcodes", "between") if name in raw}
    if "between" in found and len(found["between"]) != 2:
        raise WrongField(at(place, "between"), _("the first number and the last"))
    words = {name: list(sentences(raw, name, place)) for name in ("words", "calls") if name in raw}
    if any(len(word.strip()) < 3 for word in words.get("words", ())):  # it would stand in every text
        raise WrongField(at(place, "words"), _("each needs three letters or more"))
    if not any(members for name, members in {**found, **words}.items() if name != "calls"):
        raise WrongField(place, _("needs codes, subcodes, words or between"))
    return {**found, **words}


def _codes(raw: Mapping[str, Any], name: str, place: str) -> list[int]:
    given = raw[name]
    if (
        not isinstance(given, list)
        or len(given) > 500
        or not all(isinstance(one, int) and not isinstance(one, bool) and abs(one) < _LARGEST_CODE for one in given)
    ):
        raise WrongField(at(place, name), _("a list of numbers"))
    return given


def _id(raw: Mapping[str, Any], name: str, place: str) -> str:
    value = text(raw, name, place, longest=60)
    if not _ID.fullmatch(value):
        raise WrongField(at(place, name), _("small letters, digits, hyphens and underscores only"))
    return value


def _filled(raw: Mapping[str, Any], name: str, place: str, longest: int = 1_000) -> str:
    sentence = text(raw, name, place, longest=longest)
    fill_ins(sentence, _FILL_INS, at(place, name))
    return sentence


def _link(raw: Mapping[str, Any], place: str) -> str:
    """Return the link with a site of this world in place of the host: in practice it opens practice's pages."""
    link = text(raw, "link", place, "", 300)
    for host, site in _SITES.items():
        if link.startswith(host):
            link = site + link.removeprefix(host)
    if link and not _LINK.fullmatch(link):
        raise WrongField(
            at(place, "link"),
            _("must lead to Facebook: {names}, or https:// with one of their addresses, in plain letters").format(
                names="{facebook}/…, {business}/…, {developers}/…"
            ),
        )
    return link
