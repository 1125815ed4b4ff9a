"""The way to the first window, and what is said where there is none."""

from collections.abc import Sequence

from wizard.core.exit_code import ExitCode
from wizard.fatal import has_display, show_fatal_error


def open_window(practice: str | None, practice_at: str | None, files: Sequence[str] = ()) -> int:
    """Run the window until it is closed, or say why there is none. files: set-ups and facts to look at."""
    if not has_display():
        from wizard.words import starting

        show_fatal_error(starting.no_display(files))
        return ExitCode.WRONG_USE
    try:
        from wizard.app import run_window
    except ImportError as error:  # a library of the system that Qt needs
        from wizard.words import starting

        show_fatal_error(starting.no_window(str(error)))
        return ExitCode.WRONG_USE
    return run_window(practice, practice_at, files)
