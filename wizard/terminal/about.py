"""`about`: what this program is, and the licences of what it is made of."""

from wizard.core.exit_code import ExitCode
from wizard.core.licences import notices, qt_folder
from wizard.core.resource import ResourceError
from wizard.core.version import __version__
from wizard.terminal.printing import Printer
from wizard.words import about


def show_about(with_licences: bool, printer: Printer) -> ExitCode:
    """with_licences: the notices of all parts follow."""
    for sentence in (*about.what_it_is(__version__), *about.how_to_replace_qt(qt_folder())):
        printer.print(sentence)
    if not with_licences:
        return ExitCode.NO_PROBLEM
    try:
        text = notices()
    except (OSError, ResourceError) as error:
        printer.problem(about.trouble(str(error)), "")
        return ExitCode.PROBLEM
    printer.heading(about.licences_title())
    printer.print(text.rstrip())
    return ExitCode.NO_PROBLEM
