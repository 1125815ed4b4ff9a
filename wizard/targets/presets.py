"""Presets: the places where bots want the App ID, as dated data. People can add their own."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from wizard.core.pictures import Picture, draw, site_of
from wizard.core.products import ELSEWHERE
from wizard.core.resource import resource
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.core.target import TargetError
from wizard.core.world import World
from wizard.i18n.language import _, ngettext
from wizard.i18n.lists import listed
from wizard.i18n.texts import translate
from wizard.i18n.toml_fields import (
    LARGEST,
    LINES,
    ONE_LINE,
    OptionalLines,
    OptionalText,
    Pictures,
    Sentences,
    Text,
    TranslationTables,
    Version,
    WrongField,
    check_pictures,
    check_translations,
    parse,
    read_fields,
    version,
)
from wizard.store.atomic import read_file
from wizard.targets.http_shape import METHODS, PLACE, fits_template, is_header
from wizard.targets.path import NAME_IN_DOTENV, names_in
from wizard.targets.pointer import names_of
from wizard.web.address import is_host

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_LINK = re.compile(r"(https://|\{(platform|platform_api|livechat|facebook|business|developers)\}/)\S*")
_ON_THIS_MACHINE = re.compile(r"http://127\.0\.0\.1(:\d{1,5})?(/[^\s\[\]]*)?")


VERSION = 1  # of the form described in resources/presets/README.md
FIRST = "flow-ai"  # the platform whose procedure this program follows
_OF_GUIDED = ("steps", "pictures", "field", "link")
_OF_FILES = ("key", "file")
_OF_HTTP = ("key", "url", "method", "template", "header", "prefix", "content_type")
_OF_SOME = {*_OF_GUIDED, *_OF_FILES, *_OF_HTTP}


class PresetKind(StrEnum):
    """How the App ID gets there: by the person's hand, into a file of this format, or through a settings API."""

    GUIDED = "guided"
    DOTENV = "dotenv"
    YAML = "yaml"
    TOML = "toml"
    JSON = "json"
    INI = "ini"
    HTTP = "http"


class Preset(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One preset, as its file names the fields. paste_into: the name of the field on the web page, "" where it has none
    for this App ID. link: as `World.link` takes it. key: of a file target, or JSON Pointer of a settings API, "" where
    the person chooses. file: the usual file name. url, method, template, header, prefix, content_type: of a settings
    API, as `wizard.targets.http_wire.Api` has them; url as `World.link` takes it; header None where the person names
    it. code: a line for the bot's developer, with {app_id} or {key} in it. checked: when its source was read."""

    name: Annotated[str, Meta(pattern=ONE_LINE, max_length=60)]
    kind: PresetKind
    version: Version = VERSION
    product: Text
    checked: date = msgspec.field(name="date")
    source: Text
    english_title: Text = msgspec.field(name="title")
    english_text: OptionalLines = msgspec.field(name="text", default="")
    english_steps: Sentences = msgspec.field(name="steps", default=())
    drawn: Pictures = msgspec.field(name="pictures", default=())
    paste_into: OptionalText = msgspec.field(name="field", default="")
    link: OptionalText = ""
    key: OptionalText = ""
    file: OptionalText = ""
    url: OptionalText = ""
    method: OptionalText = ""
    template: Annotated[str, Meta(pattern=LINES, max_length=20_000)] = ""
    header: OptionalText | None = None
    prefix: OptionalText | None = None
    content_type: OptionalText = ""
    code: OptionalLines = ""
    translations: TranslationTables | None = None

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise WrongField("name", _("small letters, digits and hyphens only"))
        own = {PresetKind.GUIDED: _OF_GUIDED, PresetKind.HTTP: _OF_HTTP}.get(self.kind, _OF_FILES)
        for one in msgspec.structs.fields(self):
            if one.encode_name in _OF_SOME.difference(own) and getattr(self, one.name) != one.default:
                raise WrongField(one.encode_name, _("does not go with the kind {kind}").format(kind=self.kind))
        if self.is_guided and not (self.english_steps and (self.paste_into or self.code)):
            raise WrongField("steps, field", _("the kind guided needs steps, and field or code"))
        check_pictures(self.drawn, self.english_steps)
        if self.link and not _leads_somewhere(self.link):  # it will be opened in a browser
            raise WrongField("link", _("must begin with https://"))
        _check_key(self.key, self.kind)
        self._check_http()
        check_translations(self.translations or {})

    def _check_http(self) -> None:
        if self.url and not (_leads_somewhere(self.url) or _ON_THIS_MACHINE.fullmatch(self.url)):
            raise WrongField("url", _("must begin with https://"))
        if self.method and self.method not in METHODS:
            raise WrongField("method", _("one of {names}").format(names=listed(METHODS)))
        if self.template and not fits_template(self.template):
            raise WrongField("template", _("JSON with “{mark}” in quotes").format(mark=PLACE))
        if self.header and not is_header(self.header):
            raise WrongField("header", _("no such name of a header can be sent"))
        for name, value in (("prefix", self.prefix or ""), ("content_type", self.content_type)):
            if not (value.isascii() and value.isprintable()):
                raise WrongField(name, _("no such text can be sent in a header"))

    @property
    def title(self) -> str:
        """In the language spoken now, as text and steps."""
        return translate(self.english_title, self.translations)

    @property
    def text(self) -> str:
        return translate(self.english_text, self.translations)

    @property
    def steps(self) -> tuple[str, ...]:
        return tuple(translate(step, self.translations) for step in self.english_steps)

    @property
    def pictures(self) -> tuple[Picture | None, ...]:
        """Of each step, None where there is none."""
        site = site_of(self.link, self.title)
        # None of the sources of our presets has these menus in another language.
        return draw(self.drawn, self.english_steps, self.steps, site, self.checked, lambda label: (label,), True)

    @property
    def host(self) -> str:
        """Where its link leads, or the settings API is; "" without one, or for practice's own."""
        address = self.url or self.link
        return urlsplit(address).hostname or "" if address.startswith(("https://", "http://")) else ""

    @property
    def is_guided(self) -> bool:
        return self.kind is PresetKind.GUIDED

    @property
    def is_http(self) -> bool:
        return self.kind is PresetKind.HTTP

    def code_for(self, app_id: str, key: str = "") -> str:
        """Return the line for the developer, filled in."""
        return self.code.replace("{app_id}", app_id).replace("{key}", key)


FIELDS = tuple(one.encode_name for one in msgspec.structs.fields(Preset))


@dataclass(frozen=True, slots=True)
class PresetProblem:
    """A preset file that cannot be used. place: what is wrong in it, in the words of the reader."""

    file: Path
    place: str


@dataclass(frozen=True, slots=True)
class Presets:
    """by_name: in the order to show. problems: files that were left out; they never hide the others. own: the files of
    those that did not ship with the program, by name."""

    by_name: Mapping[str, Preset]
    problems: Sequence[PresetProblem] = ()
    own: Mapping[str, Path] = field(default_factory=dict)


def load_presets(folders: Sequence[Path] = ()) -> Presets:
    """Return the presets that ship with the program and those in folders; of one name the last wins.

    folders: e.g. [Places().presets]; one that does not exist is empty.
    """
    found: dict[str, Preset] = {}
    own: dict[str, Path] = {}
    problems: list[PresetProblem] = []
    shipped = resource("presets")
    for folder in (shipped, *folders):
        for file in sorted(folder.glob("*.toml")):
            try:
                preset = preset_of(parse(read_file(file, LARGEST).decode()))
            except SavedFileError as error:
                problems.append(PresetProblem(file, _reason(error.problem)))
            except UnicodeDecodeError:
                problems.append(PresetProblem(file, _("it is not a text file in UTF-8")))
            except (ValueError, RecursionError, WrongField) as error:  # a mistake in TOML names line and column
                problems.append(PresetProblem(file, str(error)))
            else:
                found[preset.name] = preset
                if folder != shipped:
                    own[preset.name] = file
    return Presets({preset.name: preset for preset in sorted(found.values(), key=_place)}, tuple(problems), own)


def _reason(problem: SavedFileProblem) -> str:
    reasons = {
        SavedFileProblem.NO_FILE: _("it is no file"),
        SavedFileProblem.TOO_LARGE: ngettext(
            "it is larger than {count} byte", "it is larger than {count} bytes", LARGEST
        ).format(count=LARGEST),
        SavedFileProblem.NO_PERMISSION: _("you may not read it"),
    }
    return reasons.get(problem, _("it cannot be read"))


def offered(presets: Presets, world: World) -> Presets:
    """Those that can be used in this world: the pretend platform's own are for practice alone."""
    usable = {name: one for name, one in presets.by_name.items() if not one.url or world.link(one.url)}
    return Presets(usable, presets.problems, presets.own)


def _place(preset: Preset) -> tuple[bool, bool, bool, bool, str]:
    """What a person does by hand comes first, then files, then settings APIs; those of a product before any bot's."""
    is_any = preset.name in (preset.kind, ELSEWHERE)
    return (not preset.is_guided, preset.is_http, preset.name != FIRST, is_any, _sorted_by(preset.title))


def _sorted_by(title: str) -> str:
    """Ç stands beside C, not behind Z."""
    letters = unicodedata.normalize("NFKD", title.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def preset_of(data: Mapping[str, Any]) -> Preset:
    """Return the preset that a file holds. The fields are described in resources/presets/README.md. Raises
    WrongField."""
    if version(data, default=VERSION) > VERSION:
        raise WrongField("version", _("this file was made for a newer version of this program"))
    return read_fields(data, Preset)


def _leads_somewhere(address: str) -> bool:
    try:
        return bool(_LINK.fullmatch(address) and (address.startswith("{") or is_host(urlsplit(address).netloc)))
    except ValueError:  # half an IPv6 address
        return False


def _check_key(key: str, kind: PresetKind) -> None:
    if key and kind is PresetKind.DOTENV and not NAME_IN_DOTENV.fullmatch(key):
        raise WrongField("key", _("letters, digits and underscores only, a letter first"))
    if key and kind is PresetKind.HTTP:
        try:
            names_of(key)
        except TargetError as error:
            raise WrongField(
                "key", _("a JSON Pointer, such as {example}").format(example="/handover/app_id")
            ) from error
    if key and kind in (PresetKind.YAML, PresetKind.TOML, PresetKind.JSON, PresetKind.INI):
        try:
            names = names_in(key)
        except TargetError as error:
            raise WrongField("key", _("names from the outside in, with dots between them")) from error
        if kind is PresetKind.INI and len(names) != 2:
            raise WrongField("key", _("the section, a dot and the key"))
