"""What an owner reads is as easy as the texts of the eighth year at school, or easier: Flesch and Kincaid's grade."""

import re
from collections import defaultdict
from collections.abc import Iterable

import pytest
from babel.messages.catalog import Catalog

pytestmark = pytest.mark.slow  # reads the whole source

HARDEST = 8.0
HARDEST_SENTENCE = 11.0  # a single one, long or with a name in it, does not make a page hard
# Words of the field and names, which have no easier ones: they count as one syllable. Looked through on 2026-11-29.
TERMS = {
    *(
        "conversation",
        "conversations",
        "messenger",
        "facebook",
        "instagram",
        "permission",
        "permissions",
        "application",
    ),
    *("application", "authorization", "protocol", "primary", "secondary", "receiver", "receivers", "documentation"),
    *(
        "integrations",
        "developer",
        "developers",
        "environment",
        "variable",
        "wizard",
        "json",
        "yaml",
        "toml",
        "https",
        "example",
    ),
}
_SENTENCE = re.compile(r"(?<=[.!?:;…])\s+|\n+")
_WORD = re.compile(r"[A-Za-z’']+")
_NOT_OURS = re.compile(r"“[^”]*”|\{[^}]*\}|\b[A-Z][A-Za-z-]*[A-Z_][A-Za-z_-]*\b")  # quoted, filled in, names of keys
_SHORTEST = 5  # words: what has fewer is a label
_FEWEST = 3  # sentences: of fewer a grade says nothing
_PLACES = 50


def sentences(texts: Iterable[str]) -> list[list[str]]:
    """The sentences in the texts, each as its words; labels are left out."""
    split = (_WORD.findall(_NOT_OURS.sub("it", one)) for text in texts for one in _SENTENCE.split(text))
    return [one for one in split if len(one) >= _SHORTEST]


def syllables(word: str) -> int:
    """As they are counted without a dictionary: groups of vowels, less a silent e."""
    word = word.lower().strip("’'")
    if word in TERMS:
        return 1
    count = len(re.findall(r"[aeiouy]+", word))
    is_silent = re.search(r"[^aeiouyl]e$|[^aeiouy]les?$|[^td]ed$|[^sxzcgl]es$", word) is not None
    if is_silent and not word.endswith(("le", "les")):
        count -= 1
    return max(count, 1)


def grade(said: list[list[str]]) -> float:
    """Flesch-Kincaid: years at school. Source: J. P. Kincaid and others, 1975."""
    count = sum(map(len, said))
    spoken = sum(syllables(word) for one in said for word in one)
    return 0.39 * count / len(said) + 11.8 * spoken / count - 15.59


def test_the_formula_gives_what_is_known_of_some_texts() -> None:
    assert grade(sentences(["The cat sat on the mat."])) == pytest.approx(-1.45, abs=0.1)
    hard = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert grade(sentences([hard])) == pytest.approx(11.3, abs=1.5)


@pytest.fixture(scope="module")
def texts(template: Catalog) -> dict[str, list[str]]:
    """What is read together: a page of the window, a module of words or checks, a catalogue."""
    found: dict[str, list[str]] = defaultdict(list)
    for message in template:
        for place, _line in message.locations if message.id else ():
            together = place if not place.startswith("wizard/ui/pages/") else "/".join(place.split("/")[:4])
            found[together] += [message.id] if isinstance(message.id, str) else list(message.id)
    return found


def test_what_is_read_together_is_easy(texts: dict[str, list[str]]) -> None:
    read = {place: said for place, each in texts.items() if len(said := sentences(each)) >= _FEWEST}
    assert len(read) > _PLACES
    assert {place: grade(said) for place, said in read.items() if grade(said) > HARDEST} == {}


def test_no_sentence_of_the_window_is_hard(texts: dict[str, list[str]]) -> None:
    window = ("wizard/ui", "wizard/words", "resources/help.toml", "resources/ui_paths.toml")
    read = {text for place, each in texts.items() if place.startswith(window) for text in each if sentences([text])}
    assert [text for text in sorted(read) if grade(sentences([text])) > HARDEST_SENTENCE] == []
