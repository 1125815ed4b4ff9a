"""Imported catalogues in words: what is wrong with a file, what was imported, what is in use."""

from wizard.core.catalogues import Catalogue, CatalogueError, CatalogueKind, CatalogueProblem
from wizard.core.saved_file import SavedFileError
from wizard.words import saved_files
from wizard.words.language import _, ngettext


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
            _("Look whether the date of this computer is right. If it is, ask for a corrected file."),
        ),
        CatalogueProblem.UNUSED: (
            _("“{path}” is not used: nobody imported it."),
            _("Import it, or take it away."),
        ),
    }[error.problem]
    days = {"day": error.day.isoformat() if error.day else "", "than": error.than.isoformat() if error.than else ""}
    return text.format(path=error.path, what=error.what, **days), action


def said_of_broken(error: CatalogueError | SavedFileError) -> tuple[str, str]:
    """As `said`, of a file that was imported earlier: what serves in its place, and how to get rid of it."""
    return said(error)[0], _("What the program brings along is used instead. Import a newer file, or remove this one.")


def imported(what: Catalogue) -> str:
    """Say that a catalogue was imported just now."""
    count = len(what.entries)
    if what.kind is CatalogueKind.UI_PATHS:
        text = ngettext(
            "Imported. The wizard now shows newer instructions for {count} setting, of {day}, from: {source}",
            "Imported. The wizard now shows newer instructions for {count} settings, of {day}, from: {source}",
            count,
        )
    else:
        text = ngettext(
            "Imported. The wizard now explains {count} error in a newer way, of {day}, from: {source}",
            "Imported. The wizard now explains {count} errors in a newer way, of {day}, from: {source}",
            count,
        )
    return text.format(count=count, day=what.date.isoformat(), source=what.source)


def preset_imported(title: str, host: str) -> str:
    """Say that a preset was imported just now. host: where its link leads, "" without one."""
    text = _("Imported. “{title}” is now one of the places where the App ID can go.").format(title=title)
    return f"{text} {_('Its link leads to {host}.').format(host=host)}" if host else text


def title(kind: CatalogueKind) -> str:
    return {
        CatalogueKind.UI_PATHS: _("Where the settings are on Facebook"),
        CatalogueKind.ERRORS: _("What errors mean"),
    }[kind]
