"""What is wrong with a file this program saved earlier, and what to do about it."""

from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.words.language import _


def said(error: SavedFileError) -> tuple[str, str]:
    """Return what happened and what to do."""
    text, action = {
        SavedFileProblem.MISSING: (_("There is no file “{path}”."), _("Choose the file again.")),
        SavedFileProblem.NO_PERMISSION: (
            _("You may not read “{path}”."),
            _("Ask whoever looks after this computer to let you read it."),
        ),
        SavedFileProblem.DAMAGED: (
            _("“{path}” is damaged, or it was not saved by this program."),
            _("Choose another file, or go through the set-up again."),
        ),
        SavedFileProblem.NEWER: (
            _("“{path}” was saved by a newer version of this program."),
            _("Install the newest version, then open it again."),
        ),
    }[error.problem]
    return text.format(path=error.path), action
