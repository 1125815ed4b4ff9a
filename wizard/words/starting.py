"""What keeps the program from starting, or from keeping what a person does, and what to do about it."""

import re
from collections.abc import Sequence

from wizard.core.redact import printable
from wizard.i18n.language import _, available, ngettext
from wizard.i18n.lists import comma, listed

_LIBRARY = re.compile(r"\blib[\w+.-]+\.(?:so|dylib)[\w.]*|\b[\w.-]+\.dll\b", re.IGNORECASE)
_TOO_OLD = re.compile(r"version `(GLIBC|GLIBCXX|CXXABI)_[\d.]+' not found")
_NAMED = 3  # a list of hundreds of files helps nobody


def damaged(names: Sequence[str]) -> str:
    """names: of the files that are missing or cut."""
    what = ngettext(
        "This copy of the program is damaged: {count} file is missing or not whole ({names}).",
        "This copy of the program is damaged: {count} files are missing or not whole ({names}).",
        len(names),
    )
    named = listed(names[:_NAMED]) + (f"{comma()}…" if len(names) > _NAMED else "")
    action = _("Download it again, and reinstall it. What you have saved stays.")
    return f"{what.format(count=len(names), names=named)}\n{action}"


def no_display(files: Sequence[str] = ()) -> str:
    if files:
        command = f"handover-wizard check {' '.join(files)}"
        return _("There is no display here. Use “{command}” instead.").format(command=command)
    return _("There is no display here. Use “handover-wizard setup” instead.")


def no_window(reason: str) -> str:
    """reason: what the system or Qt said."""
    if _TOO_OLD.search(reason):
        what = _("This system is too old for this program.")
        action = _("It needs a newer one: for Linux, Debian 12, Ubuntu 24.04, Fedora 38, or a later one.")
    elif found := _LIBRARY.search(reason):
        what = _("The window cannot be shown: this computer lacks the library {name}.").format(name=found[0])
        action = _("Install it, or ask whoever looks after this computer to do so.")
    else:
        what = _("The window cannot be shown on this display.")
        action = _("Log in to the desktop of this computer as yourself, and start it there.")
    return f"{what}\n{action} {_('Without a window, “handover-wizard setup” does the same in a terminal.')}"


def language_unknown(code: str) -> str:
    """code: as it was typed."""
    text = _("There is no translation for the language “{code}”. There are: {codes}.")
    return text.format(code=printable(code), codes=listed(available()))


def choose_language() -> str:
    return _("Choose one at the edge of the window.")


def output_lost() -> str:
    return _("Not all of the output could be written. Check whether the disk is full.")


def not_begun(error: str) -> str:
    what = _("The program could not start. What you have saved stays.")
    action = _("Reinstall it. If it happens again, send this to support: {error}").format(error=error)
    return f"{what}\n{action}"


def open_elsewhere() -> tuple[str, str]:
    """What happened and what to do: two windows of one person."""
    return (
        _("The wizard is open in another window already."),
        _("Go on in that one. What you answer in this window is not kept for the next start."),
    )


def other_is_silent() -> tuple[str, str]:
    """The other window was asked to come to the front."""
    return (
        _("The other window does not answer."),
        _("Look for it on your screen. If it is gone, close this window and open the wizard again."),
    )


def not_kept(reason: str) -> tuple[str, str]:
    """Answers cannot be written. reason: what the system said, in its words."""
    return (
        _("Your answers cannot be saved on this computer: {reason}.").format(reason=reason.rstrip(".")),
        _("You can go on. When you close this window, what you answered is forgotten."),
    )


def replaced() -> tuple[str, str]:
    return (
        _("The wizard was updated while it was open."),
        _("Close this window and open it again. What you have saved stays."),
    )
