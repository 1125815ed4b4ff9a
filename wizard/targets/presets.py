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
from wizard.words.texts import Translations, say

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_LINK = re.compile(r"(https://|\{(platform|livechat|facebook|business|developers)\}/)\S*")


class PresetKind(StrEnum):
    GUIDED = "guided"
    DOTENV = "dotenv"


@dataclass(frozen=True, slots=True)
class Preset:
    """One preset. paste_into: the name of the field on the web page. link: as `World.link` takes it. key: of a
    file target, "" where the person chooses. file: the usual file name. checked: when its source was read."""

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
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, _WrongFieldError) as error:
                problems.append(PresetProblem(file, str(error)))
            else:
                found[preset.name] = preset
    return Presets(found, tuple(problems))


class _WrongFieldError(Exception):
    """The text names the field."""


def _preset(data: Mapping[str, Any]) -> Preset:
    kind = _text(data, "kind")
    if kind not in list(PresetKind):
        raise _WrongFieldError(f"kind: {kind}")
    name, link, checked = _text(data, "name"), _text(data, "link", ""), data.get("date")
    if not _NAME.fullmatch(name):
        raise _WrongFieldError("name")
    if link and not _LINK.fullmatch(link):  # it will be opened in a browser
        raise _WrongFieldError("link")
    if type(checked) is not date:
        raise _WrongFieldError("date")
    steps = data.get("steps", [])
    if not isinstance(steps, list) or not all(isinstance(step, str) and step for step in steps):
        raise _WrongFieldError("steps")
    if kind == PresetKind.GUIDED and not (steps and data.get("field")):
        raise _WrongFieldError("steps, field")
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
        link=link,
        key=_text(data, "key", ""),
        file=_text(data, "file", ""),
        translations=_translations(data),
    )


def _text(data: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = data.get(name, default)
    if not isinstance(value, str) or (default is None and not value):
        raise _WrongFieldError(name)
    return value


def _translations(data: Mapping[str, Any]) -> Translations | None:
    given = data.get("translations")
    if given is None:
        return None
    if not isinstance(given, dict) or not all(
        isinstance(sentences, dict) and all(isinstance(text, str) for text in sentences.values())
        for sentences in given.values()
    ):
        raise _WrongFieldError("translations")
    return given
