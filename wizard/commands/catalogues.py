"""`catalogues`: what Facebook moves more often than this program is released comes as a file."""

from pathlib import Path

import click

from wizard.commands.frame import Command, commands, practice_options
from wizard.commands.spoken import WRONG_USE_OR_FILE, option
from wizard.i18n.language import _, mark


@commands.command(
    cls=Command,
    says=(
        mark("Instructions for Facebook's menus, error texts and presets that change more often than this program."),
        mark(
            "List them, import newer ones from a FILE that somebody sent, show one to start from, or remove what was "
            "imported. Practice has imported ones of its own."
        ),
    ),
    exits={0: mark("done"), 1: mark("what was imported cannot be used or changed"), 2: WRONG_USE_OR_FILE},
)
@click.argument("what", type=click.Choice(["list", "import", "show", "remove"]), default="list")
@click.argument("name", default="", metavar="[FILE or NAME]")
@option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help=mark("With show: write it there."))
@practice_options
def catalogues(what: str, name: str, output: Path | None, practice: str | None, practice_at: str | None) -> int:
    from wizard.actions.catalogues import catalogues_of
    from wizard.core.clock import SystemClock
    from wizard.terminal import catalogues as catalogue
    from wizard.terminal.printing import Printer

    if (what != "list") != bool(name) or (output is not None and what != "show"):
        raise click.UsageError(
            _("Say “catalogues list”, “catalogues import FILE”, “catalogues show NAME” or “catalogues remove NAME”.")
        )
    folder = catalogues_of(is_practice=bool(practice or practice_at))
    if what == "import":
        return catalogue.import_catalogue(folder, Path(name), SystemClock().now(), Printer(as_json=False))
    if what == "remove":
        return catalogue.remove_catalogue(folder, name, Printer(as_json=False))
    if what == "show":
        return catalogue.show_catalogue(folder, name, output, Printer(as_json=True))
    return catalogue.list_catalogues(folder, Printer(as_json=False))
