"""Every command, its options and its exit code. Without a command the window opens."""

import click

from wizard.commands import catalogues, targets
from wizard.commands import check as support
from wizard.commands import setup as route
from wizard.commands import system as machine
from wizard.commands.frame import commands
from wizard.i18n.language import _

# Importing a module of commands adds them to the program.
__all__ = ["catalogues", "commands", "machine", "route", "run", "support", "targets"]


def run() -> int:
    """Do what the command line says. Returns one of the codes of ExitCode."""
    try:
        code = commands(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        code = error.exit_code
    except click.UsageError as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("Stopped."), err=True)
        code = 130
    return int(code or 0)
