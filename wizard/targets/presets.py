"""Presets: the places where bots want the App ID, as dated data. People can add their own."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from wizard.core.resource import resource
from wizard.core.target import TargetError
from wizard.core.world import World
from wizard.targets.http_shape import METHODS, PLACE, fits_template, is_header
from wizard.targets.path import NAME_IN_DOTENV, names_in
from wizard.targets.pointer import names_of
from wizard.words.language import _
from wizard.words.texts import Translations, say

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_LINK = re.compile(r"(https://|\{(platform|platform_api|livechat|facebook|business|developers)\}/)\S*")


FIRST = "flow-ai"  # the platform whose procedure this program follows
_OF_ALL = ("name", "kind", "product", "date", "source", "title", "text", "code", "translations")
_OF_GUIDED = ("steps", "field", "link")
_OF_FILES = ("key", "file")
_OF_HTTP = ("key", "url", "method", "template", "header", "prefix", "content_type")
FIELDS = tuple(dict.fromkeys((*_OF_ALL, *_OF_GUIDED, *_OF_FILES, *_OF_HTTP)))


class PresetKind(StrEnum):
    """How the App ID gets there: by the person's hand, into a file of this format, or through a settings API."""

    GUIDED = "guided"
    DOTENV = "dotenv"
    YAML = "yaml"
    TOML = "toml"
    JSON = "json"
    INI = "ini"
    HTTP = "http"


@dataclass(frozen=True, slots=True)
class Preset:
    """One preset. paste_into: the name of the field on the web page, "" where it has none for this App ID. link: as
    `World.link` takes it. key: of a file target, or JSON Pointer of a settings API, "" where the person chooses. file:
    the usual file name. url, method, template, header, prefix, content_type: of a settings API, as
    `wizard.targets.http_wire.Api` has them; url as `World.link` takes it; header None where the person names it.
    code: a line for the bot's developer, with {app_id} or {key} in it. checked: when its source was read."""

    name: str
    kind: PresetKind
    product: str
    checked: date
    source: str
    english_title: str
    english_text: str = ""
    english_steps: tuple[str, ...] = ()
    paste_into: str = ""
    link: str = ""
    key: str = ""
    file: str = ""
    url: str = ""
    method: str = ""
    template: str = ""
    header: str | None = None
    prefix: str | None = None
    content_type: str = ""
    code: str = ""
    translations: Translations | None = field(default=None, compare=False)

    @property
    def title(self) -> str:
        """In the language spoken now, as text and steps."""
        return say(self.english_title, self.translations)

    @property
    def text(self) -> str:
        return say(self.english_text, self.translations)

    @property
    def steps(self) -> tuple[str, ...]:
        return tuple(say(step, self.translations) for step in self.english_steps)

    @property
    def is_guided(self) -> bool:
        return self.kind is PresetKind.GUIDED

    @property
    def is_http(self) -> bool:
        return self.kind is PresetKind.HTTP

    def code_for(self, app_id: str, key: str = "") -> str:
        """Return the line for the developer, filled in."""
        return self.code.replace("{app_id}", app_id).replace("{key}", key)


@dataclass(frozen=True, slots=True)
class PresetProblem:
    """A preset file that cannot be used. place: what is wrong in it, in the words of the reader."""

    file: Path
    place: str


@dataclass(frozen=True, slots=True)
class Presets:
    """by_name: in the order to show. problems: files that were left out; they never hide the others."""

    by_name: Mapping[str, Preset]
    problems: Sequence[PresetProblem] = ()


def load_presets(folders: Sequence[Path] = ()) -> Presets:
    """Return the presets that ship with the program and those in folders; of one name the last wins.

    folders: e.g. [Places().presets]; one that does not exist is empty.
    """
    found: dict[str, Preset] = {}
    problems: list[PresetProblem] = []
    for folder in (resource("presets"), *folders):
        for file in sorted(folder.glob("*.toml")):
            try:
                preset = _preset(tomllib.loads(file.read_text(encoding="utf-8")))
            except OSError as error:
                problems.append(PresetProblem(file, error.strerror or type(error).__name__))
            except UnicodeDecodeError:
                problems.append(PresetProblem(file, _("it is not a text file in UTF-8")))
            except (tomllib.TOMLDecodeError, _WrongFieldError) as error:  # the first names line and column
                problems.append(PresetProblem(file, str(error)))
            else:
                found[preset.name] = preset
    return Presets({preset.name: preset for preset in sorted(found.values(), key=_place)}, tuple(problems))


def offered(presets: Presets, world: World) -> Presets:
    """Those that can be used in this world: the pretend platform's own are for practice alone."""
    usable = {name: one for name, one in presets.by_name.items() if not one.url or world.link(one.url)}
    return Presets(usable, presets.problems)


def _place(preset: Preset) -> tuple[bool, bool, bool, bool, str]:
    """What a person does by hand comes first, then files, then settings APIs; those of a product before any bot's."""
    is_any = preset.name == preset.kind
    return (not preset.is_guided, preset.is_http, preset.name != FIRST, is_any, preset.title.casefold())


class _WrongFieldError(Exception):
    """The text names the field, and says what is wrong with it."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name}: {what}")


def _preset(data: Mapping[str, Any]) -> Preset:
    """Raises _WrongFieldError. The fields are described in resources/presets/README.md."""
    for name in data:
        if name not in FIELDS:
            raise _WrongFieldError(name, _("there is no such field; known are {names}").format(names=", ".join(FIELDS)))
    kind = _text(data, "kind")
    if kind not in list(PresetKind):
        raise _WrongFieldError("kind", _("{kind} is unknown; known are {names}").format(kind=kind, names=_kinds()))
    is_guided = kind == PresetKind.GUIDED
    own = {PresetKind.GUIDED: _OF_GUIDED, PresetKind.HTTP: _OF_HTTP}.get(PresetKind(kind), _OF_FILES)
    for name in data:
        if name not in (*_OF_ALL, *own):
            raise _WrongFieldError(name, _("does not go with the kind {kind}").format(kind=kind))
    name, checked = _text(data, "name"), data.get("date")
    if not _NAME.fullmatch(name):
        raise _WrongFieldError("name", _("small letters, digits and hyphens only"))
    if type(checked) is not date:
        raise _WrongFieldError("date", _("a date without quotes, such as 2026-11-22"))
    steps = data.get("steps", [])
    if not isinstance(steps, list) or not all(isinstance(step, str) and step for step in steps):
        raise _WrongFieldError("steps", _("a list of sentences"))
    if is_guided and not (steps and (data.get("field") or data.get("code"))):
        raise _WrongFieldError("steps, field", _("the kind guided needs steps, and field or code"))
    return Preset(
        name=name,
        kind=PresetKind(kind),
        product=_text(data, "product"),
        checked=checked,
        source=_text(data, "source"),
        english_title=_text(data, "title"),
        english_text=_text(data, "text", ""),
        english_steps=tuple(steps),
        paste_into=_text(data, "field", ""),
        link=_link(data),
        key=_key(data, PresetKind(kind)),
        file=_text(data, "file", ""),
        **_http_parts(data),
        code=_text(data, "code", ""),
        translations=_translations(data),
    )


def _http_parts(data: Mapping[str, Any]) -> dict[str, Any]:
    url, method, template = _text(data, "url", ""), _text(data, "method", ""), _text(data, "template", "")
    if url and not _LINK.fullmatch(url) and not url.startswith("http://127.0.0.1"):
        raise _WrongFieldError("url", _("must begin with https://"))
    if method and method not in METHODS:
        raise _WrongFieldError("method", _("one of {names}").format(names=", ".join(METHODS)))
    if template and not fits_template(template):
        raise _WrongFieldError("template", _("JSON with “{mark}” in quotes").format(mark=PLACE))
    header = _text(data, "header", "") if "header" in data else None
    if header and not is_header(header):
        raise _WrongFieldError("header", _("no such name of a header can be sent"))
    prefix = _text(data, "prefix", "") if "prefix" in data else None
    content_type = _text(data, "content_type", "")
    for name, value in (("prefix", prefix or ""), ("content_type", content_type)):
        if not (value.isascii() and value.isprintable()):
            raise _WrongFieldError(name, _("no such text can be sent in a header"))
    return {
        "url": url,
        "method": method,
        "template": template,
        "header": header,
        "prefix": prefix,
        "content_type": content_type,
    }


def _kinds() -> str:
    return ", ".join(PresetKind)


def _text(data: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = data.get(name, default)
    if value is None:
        raise _WrongFieldError(name, _("is missing"))
    if not isinstance(value, str) or (default is None and not value):
        raise _WrongFieldError(name, _("must be a text in quotes, and not empty"))
    return value


def _link(data: Mapping[str, Any]) -> str:
    link = _text(data, "link", "")
    if link and not _LINK.fullmatch(link):  # it will be opened in a browser
        raise _WrongFieldError("link", _("must begin with https://"))
    return link


def _key(data: Mapping[str, Any], kind: PresetKind) -> str:
    key = _text(data, "key", "")
    if key and kind is PresetKind.DOTENV and not NAME_IN_DOTENV.fullmatch(key):
        raise _WrongFieldError("key", _("letters, digits and underscores only, a letter first"))
    if key and kind is PresetKind.HTTP:
        try:
            names_of(key)
        except TargetError as error:
            raise _WrongFieldError(
                "key", _("a JSON Pointer, such as {example}").format(example="/handover/app_id")
            ) from error
    if key and kind in (PresetKind.YAML, PresetKind.TOML, PresetKind.JSON, PresetKind.INI):
        try:
            names = names_in(key)
        except TargetError as error:
            raise _WrongFieldError("key", _("names from the outside in, with dots between them")) from error
        if kind is PresetKind.INI and len(names) != 2:
            raise _WrongFieldError("key", _("the section, a dot and the key"))
    return key


def _translations(data: Mapping[str, Any]) -> Translations | None:
    given = data.get("translations")
    if given is None:
        return None
    if not isinstance(given, dict) or not all(
        isinstance(sentences, dict) and all(isinstance(text, str) for text in sentences.values())
        for sentences in given.values()
    ):
        raise _WrongFieldError("translations", _("a table for each language, of English and translated sentences"))
    return given
