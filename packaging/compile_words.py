"""Turn the translators' `resources/locale/LANG.po` into what gettext reads: `LANG/LC_MESSAGES/wizard.mo`."""

import string
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

DOMAIN = "wizard"


def compile_words(folder: Path) -> list[Path]:
    """Compile every LANG.po of the folder and return the files written. Sentences marked fuzzy stay English.

    Raises babel.messages.pofile.PoFileError if a file cannot be read, ValueError if a translation has other
    placeholders than its sentence: it would fail, or hide a fact, when it is shown.
    """
    written = []
    for source in sorted(folder.glob("*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.stem, domain=DOMAIN, abort_invalid=True)
        for message in catalogue:
            if message.id and wrong_placeholders(message):
                raise ValueError(f"{source.name}: {message.id!r} is translated with other placeholders")
        target = folder / source.stem / "LC_MESSAGES" / f"{DOMAIN}.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, catalogue)
        written.append(target)
    return written


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
