"""`log-in`: the files with which vendors let people log in with Facebook."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizard.commands.frame import Command, commands, practice_options, run_in_environment
from wizard.i18n.language import _

if TYPE_CHECKING:
    from wizard.core.world import World


@commands.command("log-in", cls=Command)
@click.argument("what", type=click.Choice(["list", "import", "check", "remove", "own-app", "ask"]), default="list")
@click.argument("name", default="", metavar="[FILE or NAME]")
@practice_options
def log_in(what: str, name: str, practice: str | None, practice_at: str | None) -> int:
    """Log-in files (*.handoverlogin), which vendors hand out: list them, import a FILE, remove one, or, for vendors,
    check a FILE and the page that it names. own-app: how to log in with a Meta app of your own instead. ask: a letter
    to whoever set up your bot, who can send one.

    Exit codes: 0 done, 1 the page or the folder is not right, 2 wrong usage, or a file that cannot be used, 3 the page
    could not be reached.
    """
    from wizard.actions.session import begin_session
    from wizard.terminal import log_in_files
    from wizard.terminal.printing import Printer

    if (what in ("import", "check", "remove")) != bool(name):
        raise click.UsageError(_("“import” and “check” want a FILE, “remove” a NAME, and the others nothing."))
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
            return log_in_files.show_letter(printer)
        if what == "own-app":
            return log_in_files.show_own_app(session, printer)
        return log_in_files.list_files(session, printer)

    return run_in_environment(practice, practice_at, run)
