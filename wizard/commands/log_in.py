"""`log-in`: the files with which vendors let people log in with Facebook."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizard.commands.frame import Command, commands, practice_options, run_in_environment
from wizard.commands.spoken import WRONG_USE_OR_FILE, letter_option
from wizard.i18n.language import _, mark

if TYPE_CHECKING:
    from wizard.core.world import World


@commands.command(
    "log-in",
    cls=Command,
    says=(
        mark("Log-in files (*.handoverlogin), which vendors hand out: list, import, check or remove them."),
        mark(
            "own-app: how to log in with a Meta app of your own instead. ask: a letter to whoever set up your bot, who "
            "can send a log-in file. check is for vendors: it looks at a FILE and at the page that it names."
        ),
    ),
    exits={
        0: mark("done"),
        1: mark("the page or the folder is not right"),
        2: WRONG_USE_OR_FILE,
        3: mark("the page could not be reached"),
    },
)
@click.argument("what", type=click.Choice(["list", "import", "check", "remove", "own-app", "ask"]), default="list")
@click.argument("name", default="", metavar="[FILE or NAME]")
@letter_option
@practice_options
def log_in(what: str, name: str, practice: str | None, practice_at: str | None) -> int:
    from wizard.actions.session import begin_session
    from wizard.terminal import log_in_files
    from wizard.terminal.printing import Printer

    if what != "ask" and (what in ("import", "check", "remove")) != bool(name):
        raise click.UsageError(
            _("“import” and “check” want a FILE, “remove” a NAME, “ask” perhaps your Page’s, and the others nothing.")
        )
    printer = Printer(as_json=False)

    def run(world: "World") -> int:
        session = begin_session(world)
        if what == "import":
            return log_in_files.import_file(session, Path(name), printer)
        if what == "check":
            return log_in_files.check_file(session, Path(name), printer)
        if what == "remove":
            return log_in_files.remove_file(session, name, printer)
        if what == "ask":
            return log_in_files.show_letter(name, printer)
        if what == "own-app":
            return log_in_files.show_own_app(session, printer)
        return log_in_files.list_files(session, printer)

    return run_in_environment(practice, practice_at, run)
