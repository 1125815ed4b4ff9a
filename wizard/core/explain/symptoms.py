"""Troubles that show without an error text, found by the words people use: `resources/symptoms.toml`.

A question and the lines of the catalogue are brought to the same plain words: forms of one word, and words of one
meaning, count as one. A rare word tells more than one that stands in every line.
"""

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wizard.core.catalogues import Catalogue, CatalogueKind, imported
from wizard.core.explain.error_rules import ADVICE_FIELDS, Advice, advice_fields, entries_with, refuse_unknown
from wizard.core.resource import load_toml

FILE = "symptoms.toml"
MOST = 3
_ENOUGH = 0.7  # of a line's weight must be in the question
_BESIDE_THE_BEST = 0.6  # of the best one's weight, else it is noise
LONGEST_QUESTION = 4_000  # characters; what is longer is a log, and every line of it would cost as much as a question
_AT_ONCE = 25  # words; a longer text is looked at piece by piece, for it holds all words of something
# What programs write in a question: objects, addresses, lines of a log and of a stack. Its words ask nothing.
_OF_PROGRAMS = re.compile(
    r"^.*\"(?:GET|POST|HEAD|PUT|DELETE|OPTIONS)\s.*$"
    r"|\{[^\n]*\}|\[\{[^\n]*|https?://\S+"
    r"|^\s*(?:at\s+\S+\s*\(|#\d+\s|[A-Z]?,?\s?\[?[A-Z]?\d{4}-?\d\d-?\d\d[T -]).*$"
    r"|^\s*[\"'\w]+\s*(?:=>|:)\s*[\"'{\[\d].*$",
    re.MULTILINE,
)
_WORD = re.compile(r"\[\]|[a-z0-9]+(?:'[a-z]+)?")


@dataclass(frozen=True, slots=True)
class Symptom(Advice):
    """A trouble that Facebook reports no error for."""


@dataclass(frozen=True, slots=True)
class _SymptomWords:
    advice: Advice
    words: frozenset[str]


@functools.cache
def symptoms() -> tuple[Symptom, ...]:
    """Return the catalogue in its order. Raises ResourceError, which names the entry, for a mistake in the file."""
    data = load_toml(FILE)
    found = []
    for number, raw in enumerate(data["symptom"], start=1):
        place = f"symptom {number} ({raw.get('id', 'no id')})"
        refuse_unknown(raw, ADVICE_FIELDS, FILE, place)
        found.append(Symptom(**advice_fields(raw, data, FILE, place)))
    return tuple(found)


def found_by_words(question: str) -> tuple[Advice, ...]:
    """Return what fits a question in plain English, the best first, at most MOST; empty where nothing really fits.

    What fits only a part of the words that another cause fits is left out: there the question says more.

    Empty, too, for a text of more than LONGEST_QUESTION characters."""
    if len(question) > LONGEST_QUESTION:
        return ()
    errors = imported(CatalogueKind.ERRORS)
    weights = _weights(errors)
    scores: dict[str, tuple[float, Advice, frozenset[str]]] = {}
    for piece in _pieces(_OF_PROGRAMS.sub(" ", question)):
        asked = plain_words(piece)
        for line in _lines(errors):
            common = line.words & asked
            weight, whole = (sum(weights[word] for word in words) for words in (common, line.words))
            if len(common) < max(2, min(3, len(line.words))) or weight < _ENOUGH * whole:
                continue
            if max(line.words, key=weights.__getitem__) not in common:  # the word that tells it from all others
                continue
            score = weight * weight / whole
            if score > scores.get(line.advice.id, (0.0,))[0]:
                scores[line.advice.id] = (score, line.advice, common)
    ranked = sorted(scores.values(), key=lambda found: -found[0])
    return tuple(
        advice
        for score, advice, common in ranked
        if score >= _BESIDE_THE_BEST * ranked[0][0] and not any(common < better for _s, _a, better in ranked)
    )[:MOST]


def plain_words(text: str) -> frozenset[str]:
    """Return the words that carry the meaning, each in its plainest form: "doesn't answer" gives "silent"."""
    return frozenset(_in_order(text))


def _in_order(text: str) -> list[str]:
    without_meaning = _without_meaning()
    stems = [_stem(word) for word in _WORD.findall(text.lower().replace("’", "'")) if word not in without_meaning]
    meanings, pairs = _same()
    single = [meanings.get(word, word) for word in stems]
    joined: list[str] = []
    at = 0
    while at < len(single):
        pair = pairs.get(tuple(single[at : at + 2]))
        joined.append(pair or single[at])
        at += 2 if pair else 1
    return joined


@functools.cache
def _without_meaning() -> frozenset[str]:
    return frozenset(load_toml(FILE)["without_meaning"].split())


@functools.cache
def _same() -> tuple[dict[str, str], dict[tuple[str, ...], str]]:
    """Return the words of one meaning: single ones, and pairs of words that are already plain."""
    groups: dict[str, list[str]] = load_toml(FILE)["same"]
    single: dict[str, str] = {}
    for meaning, others in groups.items():
        for other in others:
            if " " not in other:
                single[_stem(other)] = _stem(meaning)
    pairs = {
        tuple(single.get(_stem(word), _stem(word)) for word in other.split()): _stem(meaning)
        for meaning, others in groups.items()
        for other in others
        if " " in other
    }
    return single, pairs


@functools.lru_cache(maxsize=2)
def _lines(errors: Catalogue | None) -> tuple[_SymptomWords, ...]:
    everything: Sequence[Advice] = (*symptoms(), *entries_with(errors))
    return tuple(_SymptomWords(advice, plain_words(line)) for advice in everything for line in advice.asked)


@functools.lru_cache(maxsize=2)
def _weights(errors: Catalogue | None) -> dict[str, float]:
    """How much each word tells: the fewer troubles it stands for, the more."""
    seen = Counter(word for words in _words_by_advice(errors) for word in words)
    troubles = len({line.advice.id for line in _lines(errors)})
    return {word: math.log(1 + troubles / count) for word, count in seen.items()}


def _words_by_advice(errors: Catalogue | None) -> Iterable[frozenset[str]]:
    by_advice: dict[str, set[str]] = {}
    for line in _lines(errors):
        by_advice.setdefault(line.advice.id, set()).update(line.words)
    return [frozenset(words) for words in by_advice.values()]


def _pieces(text: str) -> list[str]:
    """The whole of a short text; of a long one every two sentences that follow each other."""
    if len(text.split()) <= _AT_ONCE:
        return [text]
    sentences = [part for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip()]
    pairs = [" ".join(sentences[at : at + 2]) for at in range(len(sentences))]
    return [pair for pair in pairs if len(pair.split()) <= 2 * _AT_ONCE]


def _stem(word: str) -> str:
    """Return a word without its ending, roughly: "replies", "replied", "replying" give "reply"."""
    word = word.removesuffix("'s")
    for ending, instead in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending) + instead
            if ending in ("ing", "ed") and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word.removesuffix("e") if len(word) > 4 else word
