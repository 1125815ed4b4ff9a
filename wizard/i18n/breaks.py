"""Where a line may end and where not, on the screen alone: what is copied or sent has spaces, and nothing unseen."""

import functools
import re

from wizard.core.resource import resource

HARD, _BREAK = "\u00a0", "\u200b"
_LONGEST = 14  # characters: what is longer would not fit a narrow column
_IN_BRACKETS = r"\([^\s()]+(?: [^\s()]+)+\)"
_LEADING_ON = "\u0640"  # the stroke at the end of an Arabic "for", before a name in other letters
_THAI = "[\u0e00-\u0e7f]+"
_REPEATED = "ๆ"  # begins no line
_UNKNOWN = 20  # words; letters that belong to none are rather kept with what is around them


def breakable(text: str) -> str:
    """Return a text whose short terms in brackets, as "(App ID)", stay on one line, and what leads on to a name.

    Thai has no spaces: it gets a sign that is not seen after each word. Qt knows the words of Thai only with the help
    of a library of Linux."""
    if text.isascii() and "(" not in text:
        return text
    if "(" in text:
        text = re.sub(_IN_BRACKETS, _kept_whole, text)
    if not text.isascii():
        text = re.sub(_THAI, lambda run: _between_words(run[0]), text)
    return text.replace(f"{_LEADING_ON} ", f"{_LEADING_ON}{HARD}").replace(f" {_REPEATED}", f"{HARD}{_REPEATED}")


def without_breaks(text: str) -> str:
    """Return what is shown by `breakable` as it can be copied."""
    return text.replace(HARD, " ").replace(_BREAK, "")


def _kept_whole(term: re.Match[str]) -> str:
    return term[0].replace(" ", HARD) if len(term[0]) <= _LONGEST else term[0]


@functools.lru_cache(4000)
def _between_words(run: str) -> str:
    """Cut letters of Thai into the fewest words, the first ones long, and put the sign between two that are known."""
    known, longest = _thai_words()
    costs, lengths = [0] * (len(run) + 1), [1] * len(run)
    for at in reversed(range(len(run))):
        costs[at] = _UNKNOWN + costs[at + 1]
        for length in range(min(longest, len(run) - at), 0, -1):
            if run[at : at + length] in known and 1 + costs[at + length] < costs[at]:
                costs[at], lengths[at] = 1 + costs[at + length], length
    shown, at, was_known = "", 0, False
    while at < len(run):
        word = run[at : at + lengths[at]]
        is_known = word in known
        shown += _BREAK + word if was_known and is_known and word != _REPEATED else word
        at, was_known = at + len(word), is_known
    return shown


@functools.cache
def _thai_words() -> tuple[frozenset[str], int]:
    lines = resource("thai_words.txt").read_text(encoding="utf-8").splitlines()
    words = frozenset(line for line in lines if not line.startswith("#"))
    return words, max(map(len, words))
