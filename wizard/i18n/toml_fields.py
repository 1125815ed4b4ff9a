"""Data files that somebody else wrote: read into a msgspec model, and each mistake in a sentence with its place.

Texts of such files are shown as they stand, so they hold no control characters, nothing that turns the direction of
the text around them, and are no novels.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from string import Formatter
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, inspect

from wizard.core.pictures import Part, part_of
from wizard.i18n.language import _, ngettext
from wizard.i18n.lists import listed
from wizard.i18n.texts import Translations

M = TypeVar("M")
LONGEST = 1_000  # characters of a text
_NATIVE = (date, datetime, time)  # as TOML has them: a date in quotes is none
_MOST_TRANSLATED = 2_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*")
# Controls but for tab and newline; line and paragraph separators; embedding, override and isolate; private use.
_UNSEEN = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
    r"\ud800-\udfff\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
)
LARGEST = 256_000  # bytes of a file; ours have a tenth of it
_LONGEST_LINE = 4_000  # a name of thousands of parts would keep the reader of TOML busy for minutes
MAY_BE_EMPTY = rf"\A[^{_UNSEEN}\t\n]*\Z"
ONE_LINE = rf"\A(?=.*\S)[^{_UNSEEN}\t\n]*\Z"
LINES = rf"\A[^{_UNSEEN}]*\Z"

Text = Annotated[str, Meta(pattern=ONE_LINE, max_length=LONGEST)]
OptionalText = Annotated[str, Meta(pattern=MAY_BE_EMPTY, max_length=LONGEST)]
OptionalLines = Annotated[str, Meta(pattern=LINES, max_length=LONGEST)]
Sentences = Annotated[tuple[Text, ...], Meta(max_length=40)]
Pictures = Annotated[tuple[OptionalText, ...], Meta(max_length=40)]  # of the steps, as `wizard.core.pictures` has them
Version = Annotated[int, Meta(ge=1)]
TranslationTables = Annotated[dict[str, dict[str, str]], Meta(max_length=50)]

# msgspec's own texts end with the place, as " - at `$[0].setting[0].path[1]`".
_AT = re.compile(r" - at `\$\[0\]([\w.\[\]]*)`\Z")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]|\[\.\.\.\]")
_FIELD = re.compile(r"Object (missing required|contains unknown) field `(.*)`", re.DOTALL)
_TOO_LONG = re.compile(r"Expected `(\w+)` of length <= (\d+)")


class WrongField(ValueError):
    """place: the field, as "setting 2 (social_route), steps". Its text says what is wrong there.

    Raised in a model's `__post_init__`, its place begins there."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place}: {what}")
        self.place = place
        self.what = what


class LineTooLong(ValueError):
    """Its text says which."""


def parse(whole: str) -> dict[str, Any]:
    """Return what a TOML text says. Raises LineTooLong, tomllib.TOMLDecodeError, ValueError, RecursionError."""
    import tomllib  # not needed before the first window

    for number, line in enumerate(whole.splitlines(), start=1):
        if len(line) > _LONGEST_LINE:
            what = ngettext(
                "line {number} is longer than {count} character",
                "line {number} is longer than {count} characters",
                _LONGEST_LINE,
            )
            raise LineTooLong(what.format(number=number, count=_LONGEST_LINE))
    return tomllib.loads(whole)


class _Start(msgspec.Struct):
    version: Version | None = None


def read_fields(data: Mapping[str, Any], model: type[M]) -> M:
    """Return what a TOML file holds. model: a msgspec Struct. Raises WrongField."""
    try:
        # In a list every mistake has a place, so that no odd name of a field can be taken for one.
        return msgspec.convert([data], list[model], builtin_types=_NATIVE)[0]  # type: ignore[valid-type]
    except msgspec.ValidationError as error:
        raise _wrong_field(error, data, inspect.type_info(model)) from error


def version(data: Mapping[str, Any], default: int) -> int:
    """Return the version of the form that the file is written in. Compare it before anything else is looked at."""
    return read_fields(data, _Start).version or default


def _wrong_field(error: msgspec.ValidationError, data: Any, kind: inspect.Type) -> WrongField:
    found = _AT.search(str(error))
    message = str(error)[: found.start()] if found else str(error)
    place, name, value = "", "", data
    for step in _STEP.finditer(found[1]) if found else ():
        if step[1] and isinstance(kind, inspect.StructType):
            name, value = step[1], value[step[1]]
            kind = _plain(next(field.type for field in kind.fields if field.encode_name == name))
            place = at(place, name)
        elif step[2]:
            value = value[int(step[2])]
            item = _item(kind)
            if isinstance(item, inspect.StructType) and isinstance(value, dict):  # else the list as a whole is named
                kind = item
                called = value.get("id") or value.get("generation")
                place += f" {int(step[2]) + 1}" + (f" ({shown(called)})" if called else "")
    if isinstance(error.__cause__, WrongField):
        return WrongField(at(place, error.__cause__.place), error.__cause__.what)
    if (field := _FIELD.match(message)) and isinstance(kind, inspect.StructType):
        names = listed(field.encode_name for field in kind.fields)
        is_missing = field[1] == "missing required"
        what = _("is missing") if is_missing else _("there is no such field; known are {names}").format(names=names)
        return WrongField(at(place, shown(field[2])), what)
    return WrongField(place, _mistake(message, name, value, kind))


def _mistake(message: str, name: str, value: Any, kind: inspect.Type) -> str:
    if message.startswith("Invalid enum value"):
        known = kind.cls if isinstance(kind, inspect.EnumType) else getattr(kind, "values", ())
        return unknown(value, [str(one) for one in known])
    if too_long := _TOO_LONG.match(message):
        count = int(too_long[2])
        if too_long[1] == "str":
            return _too_long(count)
        return _too_many(count)
    if message == "Expected `array` of length >= 1":
        return _("is missing")
    if "matching regex" in message and value.strip():
        return _unseen(value)
    match kind:
        case inspect.DateType():
            return _("a date without quotes, such as 2026-11-22")
        case inspect.IntType():
            return _("a number without quotes, such as 1")
        case inspect.DictType():
            return _("a table for each language, of English and translated sentences")
        case inspect.ListType() | inspect.VarTupleType():
            item = _item(kind)
            if isinstance(item, inspect.StructType):
                return _("must be tables, each under [[{name}]]").format(name=name)
            return _("a list of numbers") if isinstance(item, inspect.IntType) else _("a list of sentences")
    return _("must be a text in quotes, and not empty")


def _too_long(count: int) -> str:
    told = ngettext("is longer than {count} character", "is longer than {count} characters", count)
    return told.format(count=count)


def _too_many(count: int) -> str:
    return ngettext("more than {count} of them", "more than {count} of them", count).format(count=count)


def _plain(kind: inspect.Type) -> inspect.Type:
    """The type that a value has where there is one."""
    return kind.types[0] if isinstance(kind, inspect.UnionType) else kind


def _item(kind: inspect.Type) -> inspect.Type | None:
    return kind.item_type if isinstance(kind, (inspect.ListType, inspect.VarTupleType)) else None


def _unseen(value: str) -> str:
    found = re.search(f"[{_UNSEEN}]", value) or re.search(r"[\t\n]", value)
    number = f"U+{ord(found[0]) if found else 0:04X}"
    return _("has a character in it that cannot be seen ({number})").format(number=number)


def unknown(value: object, known: Collection[str]) -> str:
    """Return the sentence for a word that is none of those that can stand there."""
    names = listed(one for one in known if one)
    return _("{value} is unknown; known are {names}").format(value=shown(value), names=names)


def check_translations(given: Translations) -> None:
    """Refuse what a file brings in other languages where it cannot be shown. Raises WrongField."""
    name = "translations"
    if sum(map(len, given.values())) > _MOST_TRANSLATED:
        raise WrongField(name, _too_many(_MOST_TRANSLATED))
    for language, own in given.items():
        if not _LANGUAGE.fullmatch(language):
            raise WrongField(name, _("{value} is no language").format(value=shown(language)))
        for sentence in (*own, *own.values()):
            if len(sentence) > LONGEST:
                raise WrongField(at(name, language), _too_long(LONGEST))
            if not re.match(MAY_BE_EMPTY, sentence):
                raise WrongField(at(name, language), _unseen(sentence))


def check_pictures(entries: Sequence[str], steps: Sequence[str]) -> None:
    """Refuse pictures that cannot be drawn, or that belong to no step. Raises WrongField."""
    name = "pictures"
    if len(entries) > len(steps):
        raise WrongField(name, _("more than there are steps"))
    for entry, step in zip(entries, steps, strict=False):
        part = entry.partition(" ")[0]
        if part not in ("", *Part):
            raise WrongField(name, unknown(part, list(Part)))
        if entry and part_of(entry, step) is None:
            raise WrongField(name, _("“{value}” lacks a label").format(value=shown(entry)))


def fill_ins(sentence: str, known: Collection[str], place: str) -> None:
    """Refuse a sentence with anything in curly brackets that cannot be filled in."""
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError as error:
        raise WrongField(place, _("has a curly bracket without its other half")) from error
    for _before, name, form, conversion in parts:
        if name is not None and (name not in known or form or conversion):
            named = listed("{" + one + "}" for one in known)
            raise WrongField(
                place, _("“{value}” cannot be filled in; known are {names}").format(value=shown(name), names=named)
            )


def at(place: str, name: str) -> str:
    return f"{place}, {name}" if place and name else place or name


def shown(value: object, longest: int = 60) -> str:
    """Return something from the file fit to stand in a sentence about it."""
    kept = str(value)[:longest]
    return "".join(one if one.isprintable() else "?" for one in kept)
