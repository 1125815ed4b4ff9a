"""Imported catalogues in words: what is wrong with a file, what was imported, what is in use."""

from wizard.core.catalogues import Catalogue, CatalogueError, CatalogueKind, CatalogueProblem, shipped_on
from wizard.core.saved_file import SavedFileError
from wizard.i18n.language import _, ngettext
from wizard.words import saved_files


def said(error: CatalogueError | SavedFileError) -> tuple[str, str]:
    """Return what is wrong with a file, and what to do."""
    if isinstance(error, SavedFileError):
        return saved_files.said(error)
    text, action = {
        CatalogueProblem.TOO_LARGE: (
            _("“{path}” is far too large to hold instructions."),
            _("Choose another file. They are small and usually end in .toml."),
        ),
        CatalogueProblem.NOT_TEXT: (
            _("“{path}” is not a text file in UTF-8, so it holds no instructions."),
            _("Choose another file. They are small and usually end in .toml."),
        ),
        CatalogueProblem.TRUNCATED: (
            _("“{path}” stops in the middle: a part of it is missing."),
            _("Ask whoever sent it to send it again."),
        ),
        CatalogueProblem.MISTAKE: (
            _("“{path}” has a mistake. {what}"),
            _("Ask whoever sent it for a corrected file."),
        ),
        CatalogueProblem.NEWER: (
            _("“{path}” was made for a newer version of this program."),
            _("Install the newest version of the program, then import the file again."),
        ),
        CatalogueProblem.NOT_NEWER: (
            _("“{path}” is of {day}. What the program has is as new, or newer: {than}."),
            _("You need not do anything: the newer ones are in use."),
        ),
        CatalogueProblem.TO_COME: (
            _("“{path}” is of {day}, and that day has not come yet."),
            _("Check whether the date of this computer is right. If it is, ask for a corrected file."),
        ),
        CatalogueProblem.UNUSED: (
            _("“{path}” is not used: nobody imported it."),
            _("Import it, or take it away."),
        ),
    }[error.problem]
    days = {"day": error.day.isoformat() if error.day else "", "than": error.than.isoformat() if error.than else ""}
    return text.format(path=error.path, what=error.what, **days), action


def said_of_broken(error: CatalogueError | SavedFileError) -> str:
    """As `said`, of a file that was imported earlier: what serves in its place."""
    return f"{said(error)[0]} {_('The built-in ones are used instead.')}"


def imported(what: Catalogue) -> tuple[str, str]:
    """Say that a catalogue was imported just now: what it changes, and how much of it, from when and from whom."""
    count = len(what.entries)
    if what.kind is CatalogueKind.UI_PATHS:
        head = _("Imported. The newer instructions are in use now.")
        text = ngettext(
            "{count} setting, of {day}, from: {source}", "{count} settings, of {day}, from: {source}", count
        )
    else:
        head = _("Imported. Errors are explained in the newer way now.")
        text = ngettext("{count} error, of {day}, from: {source}", "{count} errors, of {day}, from: {source}", count)
    return head, text.format(count=count, day=what.date.isoformat(), source=what.source)


def preset_imported(name: str, host: str, is_api: bool) -> tuple[str, str]:
    """As `imported`, of a preset. host: where its link leads or, is_api, where the key of a settings API is sent; ""
    without one."""
    head = _("Imported. “{name}” is now one of the places where the App ID can go.").format(name=name)
    if not host:
        return head, ""
    text = _("It sends the App ID, with the key you give it, to {host}.") if is_api else _("Its link leads to {host}.")
    return head, text.format(host=host)


def title(kind: CatalogueKind) -> str:
    return {
        CatalogueKind.UI_PATHS: _("Where the settings are on Facebook"),
        CatalogueKind.ERRORS: _("What errors mean"),
    }[kind]


def in_use(catalogue: Catalogue | None, kind: CatalogueKind) -> str:
    """Say what is in use of a kind. catalogue: what is imported, None where the program's own serves."""
    if catalogue is None:
        text = _("{title}: built in, of {day}")
        return text.format(title=title(kind), day=shipped_on(kind).isoformat())
    text = _("{title}: imported, of {day}, from: {source}")
    return text.format(title=title(kind), day=catalogue.date.isoformat(), source=catalogue.source)
