"""The options of `check`, as values, and what of them cannot be used."""

from dataclasses import dataclass, field
from pathlib import Path

from wizard.core.app_id import AppIdTrouble, check_app_id, clean_app_id
from wizard.core.exit_code import ExitCode
from wizard.core.facts import App
from wizard.i18n.language import _
from wizard.terminal.ends import SetupEnds
from wizard.terminal.options import TokenOptions
from wizard.terminal.printing import Printer
from wizard.words import fields

_NO_APP_ID = (AppIdTrouble.NOT_DIGITS, AppIdTrouble.TOO_SHORT, AppIdTrouble.TOO_LONG)


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """files: saved set-ups. facts: facts files, judged without a token and without the network. format: "text", or
    the id of a form of report.
    output: where the report goes, None for standard output. conversations: how many are looked at, None for as many as
    is usual."""

    token: TokenOptions = field(default_factory=TokenOptions)
    files: tuple[Path, ...] = ()
    facts: tuple[Path, ...] = ()
    page: str = ""
    bot: str = ""
    live_chat: str = ""
    look_at_conversations: bool = False
    conversations: int | None = None
    format: str = "text"
    output: Path | None = None
    save_facts: Path | None = None
    include_personal_data: bool = False


@dataclass(frozen=True, slots=True)
class AllPagesOptions:
    """jobs: Pages at once. patience: seconds that a limit may hold a Page up. resume: go on with a stopped check."""

    jobs: int = 8
    patience: float = 600.0
    resume: bool = False


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
