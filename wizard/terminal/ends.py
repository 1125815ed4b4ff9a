"""How a run of the terminal ends before its last step."""

from wizard.core.exit_code import ExitCode
from wizard.core.saved_file import SavedFileError
from wizard.i18n.language import _
from wizard.words import saved_files


class SetupEnds(Exception):
    """The route cannot go on; what there is to say was said. code: what the program answers."""

    def __init__(self, code: ExitCode) -> None:
        super().__init__(code.name)
        self.code = code


def file_trouble(error: OSError | SavedFileError) -> tuple[str, str]:
    """A file of ours that cannot be read or written: what happened and what to do."""
    if isinstance(error, SavedFileError):
        return saved_files.said(error)
    return (
        _("A file could not be saved: {reason}").format(reason=error.strerror or ""),
        _("Check whether the disk is full, or the folder may not be written to."),
    )
