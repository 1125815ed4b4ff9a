"""Fields of a data file that somebody else wrote: read one by one, and what is wrong with one in a sentence.

Texts of such files are shown as they stand, so they hold no control characters, nothing that turns the direction of
the text around them, and are no novels.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from string import Formatter
from typing import Any

from wizard.i18n.language import _
from wizard.i18n.texts import Translations

LONGEST = 1_000  # characters of a text
_MOST_LANGUAGES, _MOST_TRANSLATED = 50, 2_000
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # embedding, override, isolate
_UNSEEN = frozenset({"Cc", "Cs", "Co", "Zl", "Zp"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*")


class WrongField(Exception):
    """place: the field, as "setting 2 (social_route), steps". Its text says what is wrong there."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place}: {what}")
        self.place = place


def refuse_unknown(data: Mapping[str, Any], known: Collection[str], place: str = "") -> None:
    for name in data:
        if name not in known:
            raise WrongField(
                at(place, shown(name)), _("there is no such field; known are {names}").format(names=", ".join(known))
            )


def text(
    data: Mapping[str, Any],
    name: str,
    place: str = "",
    default: str | None = None,
    longest: int = LONGEST,
    may_break: bool = False,
) -> str:
    """Return a text; without a default it must be there. may_break: it may have several lines."""
    value = data.get(name, default)
    if value is None:
        raise WrongField(at(place, name), _("is missing"))
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise WrongField(at(place, name), _("must be a text in quotes, and not empty"))
    return plain(value, at(place, name), longest, may_break)


def plain(value: str, place: str, longest: int = LONGEST, may_break: bool = False) -> str:
    """Return the text itself, if it is fit to be shown."""
    if len(value) > longest:
        raise WrongField(place, _("is longer than {count} characters").format(count=longest))
    for character in value:
        if may_break and character in "\n\t":
            continue
        if character in _TURNS or unicodedata.category(character) in _UNSEEN:
            number = f"U+{ord(character):04X}"
            raise WrongField(place, _("has a character in it that cannot be seen ({number})").format(number=number))
    return value


def sentences(data: Mapping[str, Any], name: str, place: str = "", most: int = 40) -> tuple[str, ...]:
    """Return a list of texts, () where there is none."""
    value = data.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise WrongField(at(place, name), _("a list of sentences"))
    if len(value) > most:
        raise WrongField(at(place, name), _("more than {count} of them").format(count=most))
    return tuple(plain(one, at(place, name)) for one in value)


def day(data: Mapping[str, Any], name: str, place: str = "", default: date | None = None) -> date:
    value = data.get(name, default)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise WrongField(at(place, name), _("a date without quotes, such as 2026-11-22"))
    return value


def version(data: Mapping[str, Any], default: int | None = None) -> int:
    """Return the version of the form that the file is written in. Compare it before anything else is looked at."""
    value = data.get("version", default)
    if value is None:
        raise WrongField("version", _("is missing"))
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise WrongField("version", _("a number without quotes, such as 1"))
    return value


def one_of(
    data: Mapping[str, Any], name: str, known: Sequence[str], place: str = "", default: str | None = None
) -> str:
    value = text(data, name, place, default)
    if value not in known:
        named = ", ".join(one for one in known if one)
        raise WrongField(
            at(place, name), _("{value} is unknown; known are {names}").format(value=shown(value), names=named)
        )
    return value


def translations(data: Mapping[str, Any]) -> Translations | None:
    """Return what the file brings in other languages, None where it brings none."""
    name, given = "translations", data.get("translations")
    if given is None:
        return None
    if not isinstance(given, dict) or not all(
        isinstance(own, dict) and all(isinstance(one, str) for one in own.values()) for own in given.values()
    ):
        raise WrongField(name, _("a table for each language, of English and translated sentences"))
    if len(given) > _MOST_LANGUAGES or sum(map(len, given.values())) > _MOST_TRANSLATED:
        raise WrongField(name, _("more than {count} of them").format(count=_MOST_TRANSLATED))
    for language, own in given.items():
        if not _LANGUAGE.fullmatch(language):
            raise WrongField(name, _("{value} is no language").format(value=shown(language)))
        for english, translated in own.items():
            plain(english, at(name, language))
            plain(translated, at(name, language))
    return given


def fill_ins(sentence: str, known: Collection[str], place: str) -> None:
    """Refuse a sentence with anything in curly brackets that cannot be filled in."""
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError as error:
        raise WrongField(place, _("has a curly bracket without its other half")) from error
    for _before, name, form, conversion in parts:
        if name is not None and (name not in known or form or conversion):
            named = ", ".join("{" + one + "}" for one in known)
            raise WrongField(
                place, _("“{value}” cannot be filled in; known are {names}").format(value=shown(name), names=named)
            )


def at(place: str, name: str) -> str:
    return f"{place}, {name}" if place else name


def shown(value: object, longest: int = 60) -> str:
    """Return something from the file fit to stand in a sentence about it."""
    kept = str(value)[:longest]
    return "".join(one if one.isprintable() else "?" for one in kept)
