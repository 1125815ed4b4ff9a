"""Two languages that nobody speaks, made from the English sentences: one is longer and full of accents, one is read
from the right. What is cut off, put together from pieces, or not translated at all shows in them."""

import functools
import io
import re
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from compile_words import each_form, from_the_right, is_mirrored

from wizard.core.resource import resource

LONG = "eo"
MIRRORED = "fa"
_ACCENTS = str.maketrans("aceginorsuyzACEGINORSUYZ", "áçéğîñöŕšúýžÁÇÉĞÎÑÖŔŠÚÝŽ")
_KEPT = re.compile(r"(\{[^{}]*\})")
_GROWTH = 0.4


def long(sentence: str) -> str:
    """With accents, and longer by two fifths, as German is."""
    parts = _KEPT.split(sentence)
    accented = "".join(part if _KEPT.fullmatch(part) else part.translate(_ACCENTS) for part in parts)
    words = " ".join(["löñğ"] * max(1, round(len(sentence) * _GROWTH / 5)))
    return f"⟦{accented} {words}⟧"


def mirrored(sentence: str) -> str:
    """Its letters are Arabic ones; names and numbers that are put into it stay as they are."""
    parts = _KEPT.split(sentence)
    return "".join(part if _KEPT.fullmatch(part) else re.sub("[A-Za-z]", _arabic, part) for part in parts)


def _arabic(letter: re.Match[str]) -> str:
    return "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"[(ord(letter[0].lower()) - ord("a"))]


def compile_into(folder: Path) -> None:
    """Write both as a build writes translations. folder: what `resource("locale")` shall find."""
    for code, compiled in _compiled().items():
        target = folder / code / "LC_MESSAGES" / "wizard.mo"
        target.parent.mkdir(parents=True)
        target.write_bytes(compiled)


@functools.cache
def _compiled() -> dict[str, bytes]:
    """What a build makes of each, by code."""
    with resource("locale/wizard.pot").open("rb") as file:
        template = read_po(file)
    return {code: _compile(code, change, template) for code, change in ((LONG, long), (MIRRORED, mirrored))}


def _compile(code: str, change: Callable[[str], str], template: Catalog) -> bytes:
    catalogue = Catalog(locale=code, fuzzy=False)
    for message in template:
        if not message.id:
            continue
        texts = (message.id,) if isinstance(message.id, str) else message.id
        said = [change(text) for text in texts][: catalogue.num_plurals]
        catalogue.add(message.id, said[0] if isinstance(message.id, str) else said, context=message.context)
    if is_mirrored(code):
        for message in catalogue:
            if message.id:
                message.string = each_form(message, from_the_right)
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()
