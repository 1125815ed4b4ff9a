"""What Help says, and what is found in it: the help of each step, the words, and every trouble that has an answer."""

import functools
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wizard.core.explain.error_rules import Advice, entries
from wizard.core.explain.symptoms import found_by_words, symptoms
from wizard.core.resource import load_toml
from wizard.i18n.language import current
from wizard.i18n.texts import translate, translate_tree
from wizard.words.explaining import UNKNOWN, who_can

_FILE = "help.toml"
_MOST = 6
_ENOUGH = 0.6  # of what the asked words weigh must be in an entry
_BESIDE_THE_BEST = 0.7  # of the best one's weight, else it is noise
_IN_TITLE = 1.5  # times as much as in the text
_LONGEST = 300  # characters; what is longer is no question, and is for Explain
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class HelpText:
    """title; lines: paragraphs, numbered steps among them. id: of an entry of the catalogues, "" for what only Help
    says."""

    title: str
    lines: tuple[str, ...]
    id: str = ""


def topic(name: str) -> HelpText | None:
    """The help of a table under [steps] of help.toml, None where there is none."""
    found = _texts()["steps"].get(name)
    return _step(found) if found else None


def people() -> HelpText:
    """How long it takes, and whom to ask."""
    return _step(_texts()["people"])


def glossary() -> tuple[HelpText, ...]:
    return tuple(HelpText(entry["title"], (entry["text"],)) for entry in _texts()["glossary"])


def search(question: str) -> tuple[HelpText, ...]:
    """Return what Help and the catalogues say about these words of the current language, the best first; empty where
    nothing fits, and for a text that is too long to be a question."""
    if len(question) > _LONGEST:
        return ()
    corpus = _corpus(current())
    asked = {word for word in _WORD.findall(_plain(question)) if len(word) > 2 or not word.isascii()}
    places = {word: [at for at, entry in enumerate(corpus) if _holds(entry.words, word)] for word in asked}
    weights = {word: math.log(1 + len(corpus) / len(at)) for word, at in places.items() if at}
    scores: dict[int, float] = {}
    for word, weight in weights.items():
        for at in places[word]:
            scores[at] = scores.get(at, 0.0) + weight * (_IN_TITLE if _holds(corpus[at].title, word) else 1.0)
    least = _ENOUGH * sum(weights.values())
    best = sorted(scores.items(), key=lambda found: (-found[1], found[0]))
    found = [_trouble(advice) for advice in found_by_words(question)]
    found += [corpus[at].said for at, score in best if score >= max(least, _BESIDE_THE_BEST * best[0][1])]
    return tuple(dict.fromkeys(found))[:_MOST]


@dataclass(frozen=True, slots=True)
class _Entry:
    said: HelpText
    title: str
    words: str


@functools.lru_cache(maxsize=1)
def _corpus(_language: str) -> tuple[_Entry, ...]:
    said = (*map(_step, _texts()["steps"].values()), people(), *glossary(), *_troubles())
    return tuple(_Entry(one, _plain(one.title), _plain(" ".join((one.title, *one.lines)))) for one in said)


def _troubles() -> Iterator[HelpText]:
    everything: Sequence[Advice] = (*symptoms(), *entries())
    return (_trouble(one) for one in everything if one.id != UNKNOWN)


def _trouble(one: Advice) -> HelpText:
    lines = (translate(one.action, one.translations), who_can(one.who))
    return HelpText(translate(one.title, one.translations), tuple(filter(None, lines)), one.id)


def _step(found: dict[str, Any]) -> HelpText:
    numbered = [f"{number}. {step}" for number, step in enumerate(found.get("steps", ()), start=1)]
    return HelpText(found["title"], (*found["text"], *numbered))


def _texts() -> dict[str, Any]:
    return dict(translate_tree(load_toml(_FILE)))


def _holds(text: str, word: str) -> bool:
    """Whether a word stands in text, or one that begins like it: endings differ."""
    least = word if len(word) < 6 else word[:-2]
    return f" {least}" in text if word.isascii() else least in text  # not every language has blanks


def _plain(text: str) -> str:
    """In small letters, without accents, and with a blank before each word."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " " + " ".join(kept.split())
