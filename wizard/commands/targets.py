"""Where the App ID can go, tried without writing, and undone."""

from typing import TYPE_CHECKING, Any

import click

from wizard.commands.frame import (
    Command,
    commands,
    practice_options,
    run_in_environment,
)
from wizard.commands.options import target_options, target_options_given_by
from wizard.commands.spoken import option
from wizard.core.known_apps import page_inbox
from wizard.i18n.language import _, mark

if TYPE_CHECKING:
    from wizard.core.world import World


@commands.command(
    cls=Command,
    says=(
        mark("Where the App ID can go: list all, show or try one, or undo."),
        mark(
            "“show” tells steps, file, key, date and source. “try” reads, plans and shows, and writes nothing. “undo” "
            "takes back what was written last, everywhere or at one of them."
        ),
    ),
    exits={
        0: mark("done"),
        1: mark("it cannot be done as it stands"),
        2: mark("wrong usage, or nothing to undo"),
        3: mark("we could not find out: network, or a server in trouble"),
    },
)
@click.argument("what", type=click.Choice(["list", "show", "try", "undo"]), default="list")
@click.argument("name", default="")
@practice_options
@target_options
@option(
    "--app-id",
    default=lambda: page_inbox().id,
    metavar="ID",
    help=mark("With try: what to plan with, if not the Page Inbox's."),
)
@option("--yes", is_flag=True, help=mark("With undo: do not ask."))
def targets(
    what: str, name: str, practice: str | None, practice_at: str | None, app_id: str, yes: bool, **given: Any
) -> int:
    from wizard.actions.save_app_id import offered_presets
    from wizard.actions.session import begin_session
    from wizard.terminal.person import TerminalPerson
    from wizard.terminal.printing import Printer
    from wizard.terminal.targets import list_targets, show_target, try_target, undo_target

    if what != "undo" and (what != "list") != bool(name):
        raise click.UsageError(_("Say “targets list”, “targets show NAME” or “targets try NAME --file FILE”."))
    options = target_options_given_by(given, (name,))
    printer = Printer(as_json=False)

    def run(world: "World") -> int:
        session = begin_session(world)
        session.tidy_up()
        if what == "undo":
            return undo_target(session, name, options, TerminalPerson(printer, yes), printer)
        presets = offered_presets(session)
        if what == "try":
            return try_target(session, presets, options, app_id, printer)
        return show_target(presets, name, world, printer) if name else list_targets(presets, printer)

    return run_in_environment(practice, practice_at, run)
