"""What the options of `check` name, for one Page and for all of them: apps, and places where files go."""

from wizard.core.app_id import AppIdTrouble, check_app_id, clean_app_id
from wizard.core.exit_code import ExitCode
from wizard.core.facts import App
from wizard.i18n.language import _
from wizard.terminal.check_options import CheckOptions
from wizard.terminal.ends import SetupEnds
from wizard.terminal.printing import Printer
from wizard.words import fields

_NO_APP_ID = (AppIdTrouble.NOT_DIGITS, AppIdTrouble.TOO_SHORT, AppIdTrouble.TOO_LONG)


def check_given(options: CheckOptions, printer: Printer) -> None:
    """Say what cannot be used before anything is asked. Raises SetupEnds."""
    for typed in (options.bot, options.live_chat):
        problem = check_app_id(clean_app_id(typed)) if typed else None
        if problem is not None and problem.trouble in _NO_APP_ID:
            printer.problem(fields.app_id_problem_text(problem))
            raise SetupEnds(ExitCode.WRONG_USE)
    for path in (options.output, options.save_facts):
        if path is not None and not path.absolute().parent.is_dir():
            printer.problem(
                _("There is no folder “{path}”.").format(path=path.absolute().parent), _("Choose another place.")
            )
            raise SetupEnds(ExitCode.WRONG_USE)


def app_given(known: App | None, typed: str) -> App | None:
    """The app that was typed, with all that is known of it; the known one where nothing was typed."""
    app_id = clean_app_id(typed)
    if not app_id or (known is not None and known.id == app_id):
        return known
    return App(app_id)
