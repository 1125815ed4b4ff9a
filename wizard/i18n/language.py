"""The language the program speaks now. Sentences are English in the source; gettext catalogues translate them.

`_` and its siblings look the language up when they are called: after a switch the window makes anew what shows them.
"""

import gettext
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from wizard.core.resource import load_toml, resource

ENGLISH = "en"
_DOMAIN = "wizard"
_MIRRORED = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


class _Spoken:
    """The one module state that style allows: what `_` reads, and the language of letters, "" for the same."""

    language: str = ENGLISH
    catalogue: gettext.NullTranslations = gettext.NullTranslations()
    letters: str = ""
    is_systems: bool = False  # nobody chose it
    lacking: str = ""  # what was asked for, and there is not


# Another language for a while, in one thread: a letter goes to somebody who does not speak the window's.
_FOR_A_WHILE: ContextVar[tuple[str, gettext.NullTranslations] | None] = ContextVar("language", default=None)


def _spoken() -> tuple[str, gettext.NullTranslations]:
    return _FOR_A_WHILE.get() or (_Spoken.language, _Spoken.catalogue)


def _(sentence: str) -> str:
    """Return the sentence in the current language, or unchanged where there is no translation."""
    return _spoken()[1].gettext(sentence) if sentence else ""  # "" would answer the catalogue's header


def mark(sentence: str) -> str:
    """Return the sentence in English, for one that is kept and shown in other languages later, by `_`."""
    return sentence


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form that fits count in the current language; English has two, others have more or fewer."""
    return _spoken()[1].ngettext(one, many, count)


def pgettext(context: str, sentence: str) -> str:
    """As `_`, for a word that means different things in different places; context says where it stands."""
    return _spoken()[1].pgettext(context, sentence)


def use(language: str | None) -> str:
    """Speak a language from now on and return the one chosen.

    language: a code as "de", "de_AT" or "pt-BR"; None means the system's. A region falls back to its language,
    a language without a catalogue to English.
    """
    spoken = use_first(_system_languages() if language is None else (language,))
    _Spoken.is_systems = language is None
    return spoken


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language while a text is made, in this thread alone. code: as for `use`; "" changes nothing."""
    name = closest(code) if code else None
    token = _FOR_A_WHILE.set((name, _read(name)) if name is not None and name != current() else _FOR_A_WHILE.get())
    try:
        yield
    finally:
        _FOR_A_WHILE.reset(token)


def use_for_letters(code: str) -> None:
    """Let letters to others be in another language from now on. code: as for `use`; "" for the one that is spoken."""
    _Spoken.letters = code


@contextmanager
def letters() -> Iterator[None]:
    """Speak the language of letters; also as a decorator of what makes one."""
    with speaking(_Spoken.letters):
        yield


def use_first(wanted: Iterable[str]) -> str:
    """Speak the first of these languages that there is, else English, and return it. wanted: codes, best first."""
    _Spoken.is_systems = False
    for code in wanted:
        if (name := closest(code)) is not None:
            return _speak(name)
    return _speak(ENGLISH)


def is_systems() -> bool:
    """Whether the language is the system's as far as the environment tells, and not one that somebody chose."""
    return _Spoken.is_systems


def note_lacking(code: str) -> None:
    """Keep what was asked for in vain, until it can be said."""
    _Spoken.lacking = code


def lacking() -> str:
    """Return the code that was asked for and that there is no translation into, "" for none."""
    return _Spoken.lacking


def closest(code: str) -> str | None:
    """Return what is spoken for a code as "de_AT": "de", or "en" for English, None where there is no translation."""
    return next((name for name in _names(code) if name == ENGLISH or _catalogue(name)), None)


def own_name(code: str) -> str:
    """Return what those who speak a language call it: "Deutsch", "Português (Brasil)"."""
    if code == ENGLISH:
        return "English"
    shipped = next((one["name"] for one in load_toml("languages.toml")["language"] if one["code"] == code), "")
    if shipped:
        return str(shipped)
    from babel import Locale, UnknownLocaleError  # the first window, which shows a name, does not wait for it

    try:
        name = Locale.parse(code).get_display_name(code) or code
    except (ValueError, UnknownLocaleError):
        return code
    return name[:1].upper() + name[1:]


def is_mirrored() -> bool:
    """Whether the language is read from right to left."""
    return current().split("_")[0] in _MIRRORED


def current() -> str:
    """Return the code of the language spoken now."""
    return _spoken()[0]


def available() -> tuple[str, ...]:
    """Return the codes of all languages the program can speak, sorted; English is always one of them."""
    try:
        folders = [path.parents[1].name for path in resource("locale").glob(f"*/LC_MESSAGES/{_DOMAIN}.mo")]
    except FileNotFoundError:
        folders = []
    return tuple(sorted({ENGLISH, *folders}))


def _speak(language: str) -> str:
    _Spoken.language, _Spoken.catalogue = language, _read(language)
    return language


def _read(language: str) -> gettext.NullTranslations:
    path = _catalogue(language)
    if path is None:
        return gettext.NullTranslations()
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def _names(code: str) -> tuple[str, ...]:
    """Return the catalogue names for a code, closest first: "de_AT.UTF-8" gives de_AT, de; "C" is English."""
    plain = code.split(".")[0].split("@")[0].replace("-", "_")
    if plain in ("", "C", "POSIX"):
        return (ENGLISH,)
    language = plain.split("_")[0]
    return (plain, language) if plain != language else (plain,)


def _catalogue(name: str) -> Path | None:
    if not name.replace("_", "").isalnum():  # a code comes from a settings file: it must not become a path
        return None
    try:
        return resource(f"locale/{name}/LC_MESSAGES/{_DOMAIN}.mo")
    except FileNotFoundError:
        return None


def _system_languages() -> tuple[str, ...]:
    """Return the user's languages, best first. The window asks Qt on macOS and Windows, which knows better there."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):  # order of GNU gettext
        if value := os.environ.get(variable):
            return tuple(value.split(":"))
    import locale

    if sys.platform == "win32":
        import ctypes

        spoken = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())
    else:
        spoken = locale.getlocale()[0]
    return (spoken,) if spoken else ()
