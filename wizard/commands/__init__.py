"""Every command, its options and its exit code. Without a command the window opens."""

import sys
from contextlib import suppress

import click

from wizard.commands import catalogues, check, log_in, setup, system, targets
from wizard.commands.frame import Window, commands
from wizard.commands.spoken import teach_click
from wizard.core.exit_code import ExitCode
from wizard.core.output import note_lost
from wizard.core.redact import printable_lines
from wizard.i18n.language import _

# Importing a module of commands adds them to the program.
__all__ = ["catalogues", "check", "commands", "log_in", "run", "setup", "system", "targets"]


def run(window: Window) -> int:
    """Do what the command line says. window: how one is opened. Returns one of the codes of ExitCode."""
    teach_click()
    try:
        code = commands(standalone_mode=False, obj=window)
    except click.exceptions.NoArgsIsHelpError as error:
        code = error.exit_code
        with suppress(OSError):  # standard error may take no more: the code tells it all the same
            error.show()
    except click.UsageError as error:
        code = error.exit_code
        with suppress(OSError):
            click.UsageError(printable_lines(error.format_message()), error.ctx).show()
    except OSError as error:  # standard output takes no more; all else is said where it happens
        note_lost(sys.stdout, error)
        code = ExitCode.NO_PROBLEM
    except SystemExit:  # click's own word for whoever reads having gone, as with "| head"; else it returns codes
        code = ExitCode.NO_PROBLEM
    except (click.Abort, KeyboardInterrupt):
        code = 130
        with suppress(OSError):
            click.echo(_("Stopped."), err=True)
    return int(code or 0)
