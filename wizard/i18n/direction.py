"""Lines that hold words of both writing directions, such as a Page's English name in an Arabic sentence.

By the rules of Unicode alone a number or a sign beside such words goes to their wrong side, or is torn: "env." for
".env". So what is read the other way gets marks around it that are not seen: an isolate. For the screen only; what is
copied or sent has none."""

import re

# Patterns are compiled when they are needed first: in most languages never, and the first page waits for nothing.
# Hebrew, Arabic and their neighbours, with Arabic commas and digits; then the marks themselves: they end a run.
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_MARKS = "\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
_FROM_RIGHT = f"[{_RIGHT}]"
_LETTER = rf"[^\W\d_{_RIGHT}]"

_TO_LEFT, _TO_RIGHT = "\u200f", "\u200e"  # not seen; where a line begins with one, it has that direction
_ISOLATE_TO_LEFT, _ISOLATE_TO_RIGHT, _END = "\u2067", "\u2066", "\u2069"
_OURS = f"[{_TO_LEFT}{_TO_RIGHT}{_ISOLATE_TO_LEFT}{_ISOLATE_TO_RIGHT}{_END}]"

# Not part of a word at its end, and but for the full stop not at its beginning: ".env" and "/home" begin with theirs.
_AROUND = "“”\"'«»\u2018\u2019\\[\\](),:;!?–—·•"
_SPACE = "[ \u00a0]"


def _runs(left_out: str) -> str:
    """Words side by side, with what stands in brackets between them. left_out: letters that end them."""
    in_brackets = rf"\([^\s{left_out}()]*\)"
    last = rf"{in_brackets}|[^\s{left_out}{_AROUND}.]"
    word = rf"[^\s{left_out}{_AROUND}](?:(?:{in_brackets}|[^\s{left_out}()])*(?:{last}))?"
    return rf"{word}(?:{_SPACE}{word}|{_SPACE}\({word}(?:{_SPACE}{word})*\))*"


_TO_RIGHT_RUNS = _runs(_RIGHT + _MARKS)
_TO_LEFT_RUNS = rf"[{_RIGHT}](?:[^A-Za-z{_AROUND}{_MARKS}]*[{_RIGHT}])?(?<![،؛؟])"
_COUNT = rf"[\d.,:/%]+{_SPACE}"  # "3 Flow bots": the number belongs to the sentence
# Digits with what would turn them around: the short form of an ID, a day as 2026-11-30, a sign before a number.
_TURNING = r"(?=.*\d)(?:.*[…*_\\]|[-\u2212+#]|\d{4}-\d\d-\d\d)"
_CUT = r"[\d_][^\s]*…?\Z"


def turned(text: str, is_mirrored: bool, is_forced: bool = False) -> str:
    """Return a text with the marks that put each line in order. is_mirrored: the window is read from right to left.
    is_forced: what shows the text takes the window's direction for every line, those of foreign words alone, too."""
    if not is_mirrored and (text.isascii() or not re.search(_FROM_RIGHT, text)):
        return text
    is_mixed = bool(re.search(_FROM_RIGHT, text))
    return "\n".join(_turned(line, is_mirrored, is_mixed, is_forced) for line in text.split("\n"))


def without_marks(text: str) -> str:
    """Return what is shown by `turned` as it can be copied."""
    return re.sub(_OURS, "", text)


def _turned(line: str, is_mirrored: bool, is_mixed: bool, is_forced: bool) -> str:
    has_right, has_left = re.search(_FROM_RIGHT, line), re.search(_LETTER, line)
    if not is_mirrored:
        if not has_right or not has_left:
            return f"{_TO_RIGHT}{_ISOLATE_TO_LEFT}{line}{_END}" if has_right and is_forced else line
        isolated = re.sub(_TO_LEFT_RUNS, lambda run: f"{_ISOLATE_TO_LEFT}{run[0]}{_END}", line)
        return f"{_TO_RIGHT}{isolated}" if has_right.start() < has_left.start() else isolated
    if has_left and not has_right:  # an address or a name alone; below other lines Qt would take their direction
        alone = f"{_ISOLATE_TO_RIGHT}{line}{_END}"
        return f"{_TO_LEFT}{alone}" if is_forced else alone if is_mixed else line
    isolated = re.sub(_TO_RIGHT_RUNS, _isolated, line)
    return f"{_TO_LEFT}{isolated}" if has_left and has_right and has_left.start() < has_right.start() else isolated


def _isolated(run: re.Match[str]) -> str:
    words = run[0]
    count = re.match(_COUNT, words)
    before, words = (count[0], words[count.end() :]) if count else ("", words)
    if not re.search(_LETTER, words):
        return before + (f"{_ISOLATE_TO_RIGHT}{words}{_END}" if re.match(_TURNING, words) else words)
    # An ellipsis ends the sentence, but where it stands for the rest of a number or code.
    rest = "…" if words.endswith("…") and not re.search(_CUT, words.rpartition(" ")[2]) else ""
    return f"{before}{_ISOLATE_TO_RIGHT}{words.removesuffix(rest) if rest else words}{_END}{rest}"
