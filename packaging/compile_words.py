"""Turn the translators' `resources/locale/LANG.po` into what gettext reads: `LANG/LC_MESSAGES/wizard.mo`, and for the
practice world, which is a program of its own, `resources/practice/words/LANG.mo`.

What Facebook calls things in a language comes from `resources/facebook_words.toml`, not from translators.
"""

import re
import string
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

DOMAIN = "wizard"
PRACTICE = ("resources/practice/", "resources/scenarios/", "wizard/simulator/")
_FILLED = re.compile(r"\{[^{}]*\}")  # a placeholder; most are names


def compile_words(folder: Path) -> list[Path]:
    """Compile every LANG.po of the folder and return the files written. Sentences marked fuzzy stay English, and so
    does one that is translated with other placeholders: it would fail, or hide a fact, when it is shown. A release has
    none of both, see words.py check.

    Raises babel.messages.pofile.PoFileError if a file cannot be read.
    """
    written = []
    said = facebook_words(folder.parent)
    for source in sorted(folder.glob("*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.stem, domain=DOMAIN, abort_invalid=True)
        for message in list(catalogue):
            if message.id and wrong_placeholders(message):
                print(f"{source.name}: {message.id!r} is translated with other placeholders, and stays English")
                catalogue.delete(message.id, message.context)
            elif message.id and is_mirrored(source.stem):
                message.string = each_form(message, from_the_right)
        own = {english: each[source.stem] for english, each in said.items() if source.stem in each}
        for message in catalogue:
            if message.id:
                message.string = each_form(message, partial(with_facebooks, own))
        target = folder / source.stem / "LC_MESSAGES" / f"{DOMAIN}.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, catalogue)
        written.append(target)
        if any(_is_practice(message) for message in catalogue):
            written.append(_compile_practice(catalogue, source.stem, own, folder.parent / "practice" / "words"))
    return written


def facebook_words(resources: Path) -> dict[str, dict[str, str]]:
    """Return what Facebook calls things: English, then code of the language, to its word."""
    path = resources / "facebook_words.toml"
    if not path.exists():
        return {}
    return {word["english"]: word["said"] for word in tomllib.loads(path.read_text(encoding="utf-8"))["word"]}


def with_facebooks(own: Mapping[str, str], text: str) -> str:
    """Return a translation in which Facebook's English words are its own of that language, with the English behind
    them: who sees Facebook in English finds them too. own: English to its own."""
    for english, word in own.items():
        if f"“{english}”" not in text:
            continue
        text = re.sub(
            rf"“{re.escape(english)}”(?: ?[(\uff08][^()\uff08\uff09]*[)\uff09])?", f"“{word}” ({english})", text
        )
    return text


def _is_practice(message: Message) -> bool:
    return bool(message.id) and any(name.startswith(PRACTICE) for name, _line in message.locations)


def _compile_practice(catalogue: Catalog, code: str, own: Mapping[str, str], folder: Path) -> Path:
    """Write what the pretend sites say, and their labels, which are Facebook's."""
    practice = Catalog(locale=code, domain=DOMAIN, fuzzy=False)
    for english, word in own.items():
        practice.add(english, word, context="label")
    for message in catalogue:
        if not (_is_practice(message) and isinstance(message.id, str) and message.string) or message.fuzzy:
            continue
        practice.add(message.id, message.string)
        if message.id not in own:
            translation = str(message.string)  # has the English in it where the words are a heading of the help, too
            label = translation if message.id in translation else f"{message.id} ({translation})"
            practice.add(message.id, label, context="label")
    target = folder / f"{code}.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, practice)
    return target


def is_mirrored(language: str) -> bool:
    return Locale.parse(language).text_direction == "rtl"


def each_form(message: Message, change: Callable[[str], str]) -> str | tuple[str, ...]:
    """The translation, each of its plural forms changed."""
    if isinstance(message.string, str):
        return change(message.string)
    return tuple(change(form) for form in message.string or ())


def from_the_right(text: str) -> str:
    """A sentence that begins with a name in Latin letters is taken for one that is read from the left: its full stop
    would stand at the wrong end. A mark that is not seen says otherwise. A name alone has none: it is sorted, compared
    and kept as it stands."""
    kinds = [kind for kind in map(unicodedata.bidirectional, _FILLED.sub("A", text)) if kind in ("L", "R", "AL")]
    is_sentence = bool(_FILLED.search(text)) or len(set(kinds)) > 1
    return f"\u200f{text}" if kinds and kinds[0] == "L" and is_sentence else text


def wrong_placeholders(message: Message) -> bool:
    """Say whether a translation would be filled with other facts than its sentence. Plural forms may leave one out."""
    sentences = [message.id] if isinstance(message.id, str) else message.id
    wanted = set[str]().union(*map(_placeholders, sentences))
    forms = [message.string] if isinstance(message.string, str) else message.string or ()
    found = [_placeholders(form) for form in forms if form]
    return any(names != wanted for names in found) if len(sentences) == 1 else any(not n <= wanted for n in found)


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}
    except ValueError:  # a brace is open; equal to nothing but the same mistake
        return {text}
