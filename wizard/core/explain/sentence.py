"""The sentence around an error in plain text: what is shown as Facebook's own words."""

import re

_END = re.compile(
    r"\\{0,15}\"\s*(?:[,}\])|]|$)|[{}|]|\s(?:at|in)\s+[/\w\\.]+[:(/]|\s\((?:code|type)\b|\s\[HTTP|"
    r"\.?\"\.?\s+Status code|\s—\s|\s[(\[]#|\n(?!\s{0,12}[a-zà-ÿ])|\n\s*\n",
)
_BEGIN = re.compile(r"[\n{}|]|\\{0,15}\"(?=\S|$)|(?:^|[\s:])'(?=\S)|->\s|=>\s|\d\d:\d\d:\d\d\S*\s")
_LONGEST = 600


def sentence(text: str, start: int, end: int) -> str:
    """Return what belongs together around a place of the text, in one line."""
    before = text[max(0, start - _LONGEST) : start]
    begins = [found.end() for found in _BEGIN.finditer(before)]
    begin = start - len(before) + (begins[-1] if begins else 0)
    if text.startswith(("(#", "[#", "#"), start) and text[end : end + 30].strip(" .\n\"')"):
        begin = start  # what stands before a number in front of its text is no part of it
    stop = _END.search(text, end, min(len(text), end + _LONGEST))
    finish = stop.start() if stop else min(len(text), end + _LONGEST)
    return " ".join(text[begin:finish].split()).strip(" \"',;")
