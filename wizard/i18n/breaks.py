"""Where a line is not broken, though there is a space: on the screen alone. What is copied or sent has spaces."""

import re

HARD = "\u00a0"
_LONGEST = 14  # characters: what is longer would not fit a narrow column
_IN_BRACKETS = r"\([^\s()]+(?: [^\s()]+)+\)"
_LEADING_ON = "\u0640"  # the stroke at the end of an Arabic "for", before a name in other letters


def unbroken(text: str) -> str:
    """Return a text whose short terms in brackets, as "(App ID)", stay on one line, and what leads on to a name."""
    if "(" in text:
        text = re.sub(_IN_BRACKETS, _kept_whole, text)
    return text.replace(f"{_LEADING_ON} ", f"{_LEADING_ON}{HARD}")


def _kept_whole(term: re.Match[str]) -> str:
    return term[0].replace(" ", HARD) if len(term[0]) <= _LONGEST else term[0]
