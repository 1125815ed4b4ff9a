"""Facebook's errors in other languages: the English words of the same error. `resources/error_wordings.toml`.

Capitals, accents, blanks, quotes and numbers do not count, for logs cut lines, and names and IDs stand inside.
"""

import functools
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wizard.core.resource import ResourceError, load_toml

FILE = "error_wordings.toml"
_LONGEST = 1_000  # characters of a text that are looked at: a sentence of Facebook has fewer than 300
_NO_LETTER = re.compile(r"[\W\d_]+")
_UNLIKE_LATIN = str.maketrans({"đ": "d", "ł": "l", "\N{LATIN SMALL LETTER DOTLESS I}": "i", "ø": "o"})


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say an error. english: the words by which `errors.toml` knows it. groups: of each one must be in the
    text, as `_letters` makes them. codes: one of them must stand beside, any if empty. beside_token: or a word for an
    access token. seen: the text as somebody posted it, "" for words of a dictionary."""

    english: str
    groups: tuple[tuple[str, ...], ...]
    codes: frozenset[int]
    beside_token: bool = False
    language: str = ""
    seen: str = ""
    source: str = ""
    checked: date | None = None

    def fits(self, letters: str, code: int | None, speaks_of_token: bool) -> bool:
        if self.codes and code not in self.codes and not (self.beside_token and code is None and speaks_of_token):
            return False
        return all(any(word in letters for word in group) for group in self.groups)


def english_of(text: str, code: int | None = None) -> str:
    """Return the English words of the error that a text in another language tells, "" if it tells none that is known.

    code: the number that Facebook gave beside it; without one, that in "(#10)" counts."""
    return _english_of(text[:_LONGEST], code if code is not None else _code_in(text[:_LONGEST]))


@functools.lru_cache(maxsize=2_048)  # a log says the same again and again
def _english_of(text: str, code: int | None) -> str:
    letters = _letters(text)
    speaks_of_token = any(word in letters for word in _token_words())
    return next((wording.english for wording in wordings() if wording.fits(letters, code, speaks_of_token)), "")


@functools.cache
def wordings() -> tuple[Wording, ...]:
    """Return what was recorded, then words of dictionaries. Raises ResourceError for a mistake in the file."""
    data = load_toml(FILE)
    try:
        recorded = [_recorded(raw, data) for raw in data["recorded"]]
        meanings = [wording for raw in data["meaning"] for wording in _meanings(raw, data)]
    except (KeyError, ValueError) as error:
        raise ResourceError(FILE, str(error)) from error
    return (*recorded, *meanings)


@functools.cache
def beginnings() -> frozenset[str]:
    """Return for each recorded wording a part that stands in it as it is, in small letters: to find lines by."""
    words = {raw["words"][0] for raw in load_toml(FILE)["recorded"]} | set(load_toml(FILE)["tokens"]["words"])
    return frozenset(part.casefold() for word in words for part in word.split("|"))


def _recorded(raw: dict[str, Any], data: dict[str, Any]) -> Wording:
    return Wording(
        english=data["english"][raw["means"]],
        groups=_groups(raw["words"]),
        codes=frozenset(raw.get("codes", ())),
        language=raw["language"],
        seen=raw["seen"],
        source=raw["source"],
        checked=raw.get("date", data["date"]),
    )


def _meanings(raw: dict[str, Any], data: dict[str, Any]) -> list[Wording]:
    english, codes = data["english"][raw["means"]], frozenset(raw["codes"])
    return [Wording(english, _groups(words), codes, raw.get("or_beside_token", False)) for words in raw["words"]]


def _groups(words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_letters(part) for part in word.split("|")) for word in words)


def _letters(text: str) -> str:
    """Return nothing but the letters of a text, small and without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_UNLIKE_LATIN))
    return _NO_LETTER.sub("", plain).translate(_UNLIKE_LATIN)


@functools.cache
def _token_words() -> Collection[str]:
    return tuple(_letters(word) for word in load_toml(FILE)["tokens"]["words"])


def _code_in(text: str) -> int | None:
    found = re.search(r"#\s?(-?\d{1,5})\b", text)
    return int(found[1]) if found else None
