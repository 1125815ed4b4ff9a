"""Which language the program speaks: the one that is asked for, the one that was chosen, or the system's."""

from collections.abc import Sequence
from contextlib import suppress

from wizard.core.saved_file import SavedFileError
from wizard.i18n import language
from wizard.store.atomic import read_file, write_private
from wizard.store.places import Places

_LONGEST = 20  # bytes of a code


def speak(wanted: str = "", system: Sequence[str] = ()) -> bool:
    """Speak a language from now on. wanted: a code, "" for the one that was chosen in the window. system: the person's
    languages, best first, where somebody knows them better than the environment does. Returns whether there is a
    translation into the one that is wanted; without one the program speaks as if none was."""
    if wanted and (name := language.closest(wanted)) is not None:
        language.use(name)
        language.note_lacking("")
        return True
    if wanted:
        language.note_lacking(wanted)
    kept = _kept()
    if kept is not None:
        language.use(kept)
    elif system:
        language.use_first(system)
    else:
        language.use(None)
    return not wanted


def keep(code: str) -> None:
    """Speak a language the next time, too. Raises OSError."""
    write_private(Places().language, code.encode())


def _kept() -> str | None:
    with suppress(SavedFileError, UnicodeDecodeError):
        code = read_file(Places().language, _LONGEST).decode("ascii").strip()
        return code if code in language.available() else None
    return None
