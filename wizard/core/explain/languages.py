"""In which language a text is, as far as its letters or its commonest short words tell. No more is needed to say that
a question was not understood."""

import functools
import re
import unicodedata
from collections import Counter

from wizard.core.explain.wordings import FILE
from wizard.core.resource import load_toml

ENGLISH = "en"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# First word of a letter's Unicode name: the language, where a script stands for one among those who use such a program.
_SCRIPTS = {
    "THAI": "th",
    "ARABIC": "ar",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "HANGUL": "ko",
    "CYRILLIC": "ru",
    "HEBREW": "he",
    "GREEK": "el",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
}
_FEW = 2  # of the commonest words must be there: one alone is in many languages


def language_of(text: str) -> str:
    """Return the language by its code, as "de", "" where it cannot be told."""
    text = unicodedata.normalize("NFC", text[:2_000])
    if script := _by_script(text):
        return script
    text = text.lower()
    words = _WORD.findall(text)
    counts = {language: sum(word in common for word in words) for language, common in _function_words().items()}
    for language, letters in load_toml(FILE)["letters"].items():
        counts[language] += _FEW * any(letter in text for letter in letters)
    best = max(counts, key=lambda language: counts[language])
    if counts[best] < _FEW or (best != ENGLISH and counts[best] <= counts[ENGLISH]):
        return ENGLISH if counts[ENGLISH] >= _FEW else ""
    return best


def _by_script(text: str) -> str:
    """Return the language of a script that is not Latin, if at least a third of the letters are of it."""
    scripts = Counter(
        _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "") for letter in text if letter.isalpha()
    )
    foreign = {script: count for script, count in scripts.items() if script}
    if 3 * sum(foreign.values()) < scripts.total() or not foreign:
        return ""
    return "ja" if "ja" in foreign else max(foreign, key=lambda script: foreign[script])


@functools.cache
def _function_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in load_toml(FILE)["function_words"].items()}
