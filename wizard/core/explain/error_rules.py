"""What Facebook's error numbers and texts mean: `resources/errors.toml`, read as rules, and what was imported over it.

The same number carries unrelated causes, and texts are localised for some tokens. So a subcode decides first, then
words of the text, then the code alone; a rule for one call goes before a rule for all (Graph API, error codes). Where
a code alone can be several things, its entry is open: it names them, and any better reading goes before it.
What the program does about an error goes by the shipped rules alone (`shipped_matching`).
"""

import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from wizard.core import catalogues
from wizard.core.catalogues import Catalogue, CatalogueKind
from wizard.core.errors import ErrorKind, Failure
from wizard.core.explain.known_words import holds, phrase, squeezed
from wizard.core.explain.wordings import english_of
from wizard.core.resource import ResourceError, load_toml

FILE = "errors.toml"
Translations = Mapping[str, Mapping[str, str]]
Who = Literal["owner", "developer", "facebook", "wait"]
Channel = Literal["", "instagram"]
WHO, CHANNELS = get_args(Who), get_args(Channel)
NOBODY = "nobody"  # has to do anything: of an answer that is no error
_FOR_GOOD, _WITH_REASON = "refused-for-good", "refused-with-reason"  # what Facebook says beside a number, not by it
RETRY = ("no", "never", "soon", "smaller")
_SUBCODE, _WORDS, _CODE = 8, 4, 2


@dataclass(frozen=True, slots=True)
class Match:
    """One way to recognise an error; what is empty is not asked. words: one of them in the text; "…" in them is a gap.

    calls: last parts of call names, as "take_thread_control", or a method, as "GET ". between: first and last of a run
    of codes. alone: only where there are no words that could say more."""

    codes: frozenset[int] = frozenset()
    subcodes: frozenset[int] = frozenset()
    words: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    between: tuple[int, int] | None = None
    alone: bool = False

    def strength(self, code: int | None, subcode: int | None, text: str, call: str) -> int:
        """Return how closely it fits, 0 if not at all. text: squeezed."""
        if self.calls and not any(_is_call(call, name) for name in self.calls):
            return 0
        if self.alone and not text.isdecimal() and text:
            return 0
        if self.codes or self.between:
            in_run = self.between is not None and code is not None and self.between[0] <= code <= self.between[1]
            if code not in self.codes and not in_run:
                return 0
        if self.subcodes and subcode not in self.subcodes:
            return 0
        if self.words and not any(holds(text, phrase(words)) for words in self.words):
            return 0
        tier = _SUBCODE * bool(self.subcodes) + _WORDS * bool(self.words)
        return (tier or _CODE) + bool(self.calls)


def _is_call(call: str, name: str) -> bool:
    return call.startswith(name) if name.endswith(" ") else call.endswith(name)


@dataclass(frozen=True, slots=True)
class Advice:
    """One trouble and what to do about it. title, action: English, looked up in the language by `wizard.words`.

    who: who can do something about it. link: template as "{facebook}/settings", "" without one. channel: "instagram"
    where it concerns nothing else. asked: what people say who have it, some words each, for `symptoms`. sign: a
    question whose Yes speaks for this trouble and not for another that looks like it, "" where none is known.
    checked: when its source was read. translations: those of an imported entry, None for ours."""

    id: str
    title: str
    action: str
    who: str
    link: str
    channel: str
    asked: tuple[str, ...]
    checked: date
    source: str
    translations: Translations | None = field(default=None, compare=False, kw_only=True)
    sign: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class ErrorEntry(Advice):
    """An error of Facebook. retry: whether a read may be repeated; never: not later in the same run either.
    is_default: what is said for its kind when nothing matches. is_open: it names several causes, for the number alone
    does not tell which."""

    kind: ErrorKind
    retry: str
    matches: tuple[Match, ...]
    is_default: bool
    is_open: bool = False


def entries() -> tuple[ErrorEntry, ...]:
    """Return the catalogue as it is in use. Raises ResourceError, which names the entry, for a mistake in our file."""
    return entries_with(catalogues.imported(CatalogueKind.ERRORS))


@functools.lru_cache(maxsize=2)  # without and with what is imported
def entries_with(over: Catalogue | None) -> tuple[ErrorEntry, ...]:
    """Return our catalogue in its order, with an imported one laid over it."""
    data = load_toml(FILE)
    return tuple(
        _entry(raw, data, f"error {number} ({raw.get('id', 'no id')})")
        for number, raw in enumerate(catalogues.entries(CatalogueKind.ERRORS, over), start=1)
    )


def matching(code: int | None, subcode: int | None, message: str, call: str) -> ErrorEntry | None:
    """Return the entry that fits what Facebook answered, None where the catalogue does not know it."""
    return _matching(catalogues.imported(CatalogueKind.ERRORS), code, subcode, message, call)


@functools.lru_cache(maxsize=2_048)  # a log says the same again and again
def _matching(
    over: Catalogue | None, code: int | None, subcode: int | None, message: str, call: str
) -> ErrorEntry | None:
    return _closest(entries_with(over), code, subcode, message, call)


def explaining(
    code: int | None, subcode: int | None, message: str, call: str, is_transient: bool | None, says_why: bool
) -> ErrorEntry | None:
    """As `matching`, for what is said of an error. is_transient: as Facebook says it, None where it does not.

    says_why: it gave a sentence for people, which tells more than a number that can be several things."""
    found = matching(code, subcode, message, call)
    is_final = (
        is_transient is False
        and found is not None
        and found.kind is ErrorKind.SERVER_TROUBLE
        and not any(subcode in match.subcodes for match in found.matches)
    )
    if says_why and (found is None or found.is_open or is_final):
        return next(entry for entry in entries() if entry.id == _WITH_REASON)
    return next(entry for entry in entries() if entry.id == _FOR_GOOD) if is_final else found


def shipped_matching(code: int | None, subcode: int | None, message: str, call: str) -> ErrorEntry | None:
    """As `matching`, for what is done about it: an imported file never decides what kind of error it is, or whether a
    call may be repeated."""
    return _closest(entries_with(None), code, subcode, message, call)


def entry_for(failure: Failure) -> ErrorEntry:
    """Return the entry that explains the failure: the closest of its kind, else what is said of the kind at large.

    What the program did not know may be known to an imported catalogue, whatever kind that calls it."""
    numbers = (failure.code, failure.subcode, failure.message, failure.call)
    same_kind = [entry for entry in entries() if entry.kind is failure.kind]
    closest = _closest(same_kind, *numbers)
    if closest is None and failure.kind is ErrorKind.UNKNOWN:
        closest = matching(*numbers)
    if closest is not None:
        return closest
    return next(entry for entry in same_kind if entry.is_default)


def may_help_later(failure: Failure) -> bool:
    """Whether the same call may work later in this run: Facebook wants to be left alone for hours after some errors."""
    entry = shipped_matching(failure.code, failure.subcode, failure.message, failure.call)
    return entry is None or entry.retry != "never"


def is_known_by_words(code: int | None, subcode: int | None, message: str, call: str) -> bool:
    """Whether the words tell the error, not the number beside them alone."""
    text = _searched(message, code)
    return any(
        match.words and match.strength(code, subcode, text, call) for entry in entries() for match in entry.matches
    )


def knows_code(number: int) -> bool:
    """Whether it is a code of the catalogue."""
    return number in _numbers(catalogues.imported(CatalogueKind.ERRORS))[0]


def knows_subcode(number: int) -> bool:
    """Whether the number alone tells an error: it is a subcode of the catalogue."""
    return number in _numbers(catalogues.imported(CatalogueKind.ERRORS))[1]


@functools.lru_cache(maxsize=2)
def _numbers(over: Catalogue | None) -> tuple[frozenset[int], frozenset[int]]:
    """Return all codes and all subcodes that matter."""
    matches = [match for entry in entries_with(over) for match in entry.matches]
    runs = [range(match.between[0], match.between[1] + 1) for match in matches if match.between]
    codes = frozenset(code for match in matches for code in match.codes)
    return codes.union(*runs), frozenset(subcode for match in matches for subcode in match.subcodes)


def _closest(
    candidates: Sequence[ErrorEntry], code: int | None, subcode: int | None, message: str, call: str
) -> ErrorEntry | None:
    best, best_strength = None, 0
    text = _searched(message, code)
    for entry in candidates:
        for match in entry.matches:
            strength = match.strength(code, subcode, text, call)
            if strength > best_strength:
                best, best_strength = entry, strength
    return best


def _searched(message: str, code: int | None) -> str:
    """Return a text as it is searched for words: one in another language with the English words behind it."""
    return squeezed(f"{message}\n{english_of(message, code)}")


def advice_fields(raw: Mapping[str, Any], whole: Mapping[str, Any], file: str, place: str) -> dict[str, Any]:
    """Return the fields of an Advice. whole: the file, for the date and source that hold where an entry names none.

    Raises ResourceError with the place for what is missing, unknown or wrong."""
    try:
        fields = {
            "id": raw["id"],
            "title": raw["title"],
            "action": raw["action"],
            "who": raw["who"],
            "link": raw.get("link", ""),
            "channel": raw.get("channel", ""),
            "asked": tuple(raw.get("asked", ())),
            "checked": raw.get("date", whole["date"]),
            "source": raw.get("source", whole["source"]),
            "translations": raw.get("translations"),
            "sign": raw.get("text", ""),
        }
    except KeyError as error:
        raise ResourceError(file, f"{place}: {error}") from error
    if fields["who"] not in (*WHO, NOBODY) or fields["channel"] not in CHANNELS:
        raise ResourceError(file, f"{place}: who or channel")
    return fields


def refuse_unknown(raw: Collection[str], known: Collection[str], file: str, place: str) -> None:
    if unknown := set(raw) - set(known):
        raise ResourceError(file, f"{place}: unknown field {', '.join(sorted(unknown))}")


ADVICE_FIELDS = frozenset({"id", "title", "text", "action", "who", "link", "channel", "asked", "date", "source"})
_OF_IMPORTED = frozenset({"translations"})


def _entry(raw: Mapping[str, Any], whole: Mapping[str, Any], place: str) -> ErrorEntry:
    refuse_unknown(raw, ADVICE_FIELDS | _OF_IMPORTED | {"kind", "retry", "match", "default", "open"}, FILE, place)
    try:
        entry = ErrorEntry(
            **advice_fields(raw, whole, FILE, place),
            kind=ErrorKind(raw["kind"]),
            retry=raw.get("retry", "no"),
            matches=tuple(_match(match, place) for match in raw.get("match", [])),
            is_default=raw.get("default", False),
            is_open=raw.get("open", False),
        )
    except (KeyError, ValueError) as error:
        raise ResourceError(FILE, f"{place}: {error}") from error
    if entry.retry not in RETRY:
        raise ResourceError(FILE, f"{place}: retry")
    return entry


def _match(raw: Mapping[str, Any], place: str) -> Match:
    unknown = set(raw) - {"codes", "subcodes", "words", "calls", "between", "alone"}
    if unknown or not set(raw) - {"calls"}:
        raise ResourceError(FILE, f"{place}: match {dict(raw)}")
    between = raw.get("between")
    return Match(
        codes=frozenset(raw.get("codes", ())),
        subcodes=frozenset(raw.get("subcodes", ())),
        words=tuple(raw.get("words", ())),
        calls=tuple(raw.get("calls", ())),
        between=(between[0], between[1]) if between else None,
        alone=raw.get("alone", False),
    )
