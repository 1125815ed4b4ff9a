"""What is wrong with a file this program saved earlier, and what to do about it."""

from wizard.core.saved_file import LARGEST, SavedFileError, SavedFileProblem
from wizard.i18n.language import _


def said(error: SavedFileError) -> tuple[str, str]:
    """Return what happened and what to do."""
    again = _("Ask for the file again, or go through the set-up again.")
    text, action = {
        SavedFileProblem.MISSING: (_("There is no file “{path}”."), _("Choose the file again.")),
        SavedFileProblem.NO_PERMISSION: (
            _("You may not read “{path}”."),
            _("Ask whoever looks after this computer to let you read it."),
        ),
        SavedFileProblem.NO_FILE: (_("“{path}” is no file."), _("Choose the file itself, not its folder.")),
        SavedFileProblem.UNREADABLE: (
            _("“{path}” could not be read from the disk."),
            _("Try again, or copy it first."),
        ),
        SavedFileProblem.TOO_LARGE: (
            _("“{path}” is larger than {limit} MB, so it was not saved by this program."),
            _("Choose another file."),
        ),
        SavedFileProblem.TRUNCATED: (_("“{path}” stops in the middle: a part of it is missing."), again),
        SavedFileProblem.NOT_JSON: (
            _("“{path}” was not saved by this program, or was changed since ({place})."),
            _("Choose a file that ends in .handover.json or .facts.json."),
        ),
        SavedFileProblem.DAMAGED: _damaged(error),
        SavedFileProblem.OTHER_KIND: (
            _("“{path}” was saved by this program, but for something else."),
            _("A set-up ends in .handover.json, facts end in .facts.json: choose the other one."),
        ),
        SavedFileProblem.NEWER: (
            _("“{path}” was saved by a newer version of this program."),
            _("Install the newest version, then open it again."),
        ),
        SavedFileProblem.OTHER_PAGE: (
            _("“{path}” is about another Page than the token."),
            _("Use the token of that Page, or the file of this one."),
        ),
    }[error.problem]
    return text.format(path=error.path, place=error.place, limit=LARGEST // 1_000_000), action


def _damaged(error: SavedFileError) -> tuple[str, str]:
    action = _("Choose another file, or go through the set-up again.")
    if error.place:
        return _("“{path}” has a mistake at {place}."), action
    return _("“{path}” is damaged, or it was not saved by this program."), action
