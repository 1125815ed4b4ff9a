"""The language the program speaks now. Sentences are English in the source; gettext catalogues translate them.

`_` and its siblings look the language up when they are called: after a switch the window makes anew what shows them.
"""

import gettext
import locale
import os
import sys
from pathlib import Path

from wizard.core.resource import resource

ENGLISH = "en"
_DOMAIN = "wizard"


class _Spoken:
    """The one module state that style allows: which catalogue `_` reads."""

    language: str = ENGLISH
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def _(sentence: str) -> str:
    """Return the sentence in the current language, or unchanged where there is no translation."""
    return _Spoken.catalogue.gettext(sentence) if sentence else ""  # "" would answer the catalogue's header


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form that fits count in the current language; English has two, others have more or fewer."""
    return _Spoken.catalogue.ngettext(one, many, count)


def pgettext(context: str, sentence: str) -> str:
    """As `_`, for a word that means different things in different places; context says where it stands."""
    return _Spoken.catalogue.pgettext(context, sentence)


def use(language: str | None) -> str:
    """Speak a language from now on and return the one chosen.

    language: a code as "de", "de_AT" or "pt-BR"; None means the system's. A region falls back to its language,
    a language without a catalogue to English.
    """
    wanted = _system_languages() if language is None else (language,)
    for code in wanted:
        for name in _names(code):
            if name == ENGLISH:
                return _speak(ENGLISH, gettext.NullTranslations())
            if path := _catalogue(name):
                with path.open("rb") as file:
                    return _speak(name, gettext.GNUTranslations(file))
    return _speak(ENGLISH, gettext.NullTranslations())


def current() -> str:
    """Return the code of the language spoken now."""
    return _Spoken.language


def available() -> tuple[str, ...]:
    """Return the codes of all languages the program can speak, sorted; English is always one of them."""
    try:
        folders = [path.parents[1].name for path in resource("locale").glob(f"*/LC_MESSAGES/{_DOMAIN}.mo")]
    except FileNotFoundError:
        folders = []
    return tuple(sorted({ENGLISH, *folders}))


def _speak(language: str, catalogue: gettext.NullTranslations) -> str:
    _Spoken.language = language
    _Spoken.catalogue = catalogue
    return language


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
    """Return the user's languages, best first. The window may know better (Qt asks macOS and Windows) and name one."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):  # order of GNU gettext
        if value := os.environ.get(variable):
            return tuple(value.split(":"))
    if sys.platform == "win32":
        import ctypes

        spoken = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())
    else:
        spoken = locale.getlocale()[0]
    return (spoken,) if spoken else ()
