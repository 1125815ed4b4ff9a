"""Take the sentences of `resources/*.toml` into the catalogue: a Babel extractor.

Which fields are sentences is said once, in `wizard.i18n.texts`.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from wizard.i18n.texts import FIELDS

Message = tuple[int, str, str, list[str]]


def extract(
    file: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """Yield (line, function, sentence, comments) for every sentence, as Babel wants it.

    The line is always 1, for TOML readers do not tell it; the comment says where in the file the sentence stands.
    """
    for place, sentence in sentences(tomllib.load(file)):
        yield 1, "_", sentence, [place]


def sentences(data: Any, place: str = "", is_sentence: bool = False) -> Iterator[tuple[str, str]]:
    """Yield (place, sentence) for each text in a field that holds sentences, at any depth. place: "expired.title"."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from sentences(value, f"{place}.{key}".lstrip("."), key in FIELDS)
    elif isinstance(data, list):
        for number, value in enumerate(data, start=1):
            yield from sentences(value, f"{place} {number}", is_sentence)
    elif isinstance(data, str) and data and is_sentence:
        yield place, data
