"""What support staff ask: is this set-up right, and what does this error mean."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wizard.commands.frame import (
    Command,
    check_id,
    commands,
    practice_options,
    run_in_environment,
)
from wizard.commands.options import TOKEN_NAMES, token_given_by, token_options
from wizard.commands.spoken import WRONG_USE, WRONG_USE_OR_FILE, Between, Described, letter_option, option
from wizard.i18n.language import _, mark
from wizard.report.render import FORMATS

if TYPE_CHECKING:
    from wizard.core.world import World
    from wizard.terminal.check_options import AllPagesOptions


TEXT = "text"  # the form for people at a terminal


@commands.command(
    cls=Command,
    says=(
        mark("Check set-ups: what was seen, what is wrong, what to do."),
        mark("Reads only, and changes nothing."),
        mark(
            "FILE is a saved set-up (*.handover.json). Without one the set-up saved for the token's Page is checked, "
            "or what --bot and --live-chat say. With --facts neither a token nor the network is used."
        ),
        mark(
            "With --all-pages results come as they are found, work slows down before a limit of Facebook is reached, "
            "and Ctrl-C ends it with what is done; --resume goes on."
        ),
    ),
    exits={
        0: mark("no problem; warnings and what could not be checked are no problem"),
        1: mark("a problem of set-up, token or permission"),
        2: WRONG_USE_OR_FILE,
        3: mark("we could not find out: network, limits, something that is no answer"),
        4: mark("a test of this Page is still open: a conversation may be with the wrong app"),
    },
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@practice_options
@token_options
@option(
    "--facts", multiple=True, metavar="FILE", type=click.Path(path_type=Path), help=mark("Judge saved facts again.")
)
@option("--page", metavar="ID", callback=check_id, default="", help=mark("The Page, where the token opens several."))
@option("--bot", metavar="ID", default="", help=mark("App ID of the bot."))
@option("--live-chat", metavar="ID", default="", help=mark("App ID of the app that takes over."))
@option(
    "--look-at-conversations",
    is_flag=True,
    help=mark(
        "Agree that the wizard reads the IDs of the newest conversations and who has control of them, but no text."
    ),
)
@option(
    "--conversations",
    type=Between(1, 500),
    help=mark("Look at so many: agrees to the same.  [default: 20; of all Pages 5 each]"),
)
@option(
    "--format",
    type=click.Choice([TEXT, *(form.id for form in FORMATS)]),
    default=TEXT,
    show_default=True,
)
@option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help=mark("Write the report there."))
@option("--save-facts", metavar="FILE", type=click.Path(path_type=Path), help=mark("Save what was seen, for --facts."))
@option(
    "--since",
    metavar="REPORT.json",
    type=click.Path(path_type=Path),
    help=mark("Say what got better or worse since this report, which was made with --format json."),
)
@letter_option
@option("--include-personal-data", is_flag=True, help=mark("IDs of people in facts and reports; names where known."))
@option("--all-pages", is_flag=True, help=mark("Every Page of a person's or system user's token."))
@option("--jobs", type=Between(1, 64), help=mark("With --all-pages: Pages at once.  [default: 8]"))
@option(
    "--patience",
    metavar="MINUTES",
    type=Between(0, 1440, float),
    help=mark("With --all-pages: how long a limit of Facebook may hold a Page up.  [default: 10]"),
)
@option("--resume", is_flag=True, help=mark("With --all-pages: go on where the same check was stopped."))
def check(practice: str | None, practice_at: str | None, **given: Any) -> int:
    from wizard.actions.practice import PracticePerson
    from wizard.actions.session import begin_session
    from wizard.terminal.catalogues import go_by_imported
    from wizard.terminal.check import CheckCommand
    from wizard.terminal.check_options import CheckOptions
    from wizard.terminal.options import TokenOptions
    from wizard.terminal.person import TerminalPerson
    from wizard.terminal.printing import Printer

    printer = Printer(as_json=True)  # the report alone goes to standard output
    since = None
    if (earlier := given.pop("since")) is not None:
        from wizard.core.exit_code import ExitCode
        from wizard.report.earlier import EarlierReportError, read_earlier, said

        try:
            since = read_earlier(earlier)
        except EarlierReportError as error:
            printer.problem(*said(error))
            return ExitCode.WRONG_USE
    given["look_at_conversations"] = given["look_at_conversations"] or given["conversations"] is not None
    token = token_given_by(given)
    is_token_given = token != TokenOptions()
    many = _many(given)
    options = CheckOptions(token, **{name: value for name, value in given.items() if name not in TOKEN_NAMES})
    if options.facts and (options.files or options.look_at_conversations or is_token_given):
        raise click.UsageError(_("--facts needs no token, no set-up and no look: leave those out."))
    if token.none and not options.files:
        raise click.UsageError(_("Without a token there is only a saved set-up to check: name its FILE."))

    def run(world: "World") -> int:
        session = begin_session(world)
        go_by_imported(session.catalogues, printer)
        person = TerminalPerson(printer, says_yes=False)
        asks_owner = world.control and not options.facts and not is_token_given
        owner = PracticePerson(world.control) if asks_owner else None
        if many is not None:
            from wizard.terminal.check_pages import CheckPages

            return CheckPages(session, options, many, person, printer, owner, since).run()
        return CheckCommand(session, options, person, printer, owner, since).run()

    return run_in_environment(practice, practice_at, run)


def _many(given: dict[str, Any]) -> "AllPagesOptions | None":
    """Take the options of --all-pages out of what was given; None without it."""
    from wizard.terminal.check_options import AllPagesOptions

    wanted, jobs, patience, resume = (given.pop(name) for name in ("all_pages", "jobs", "patience", "resume"))
    if not wanted:
        if jobs is not None or patience is not None or resume:
            raise click.UsageError(_("--jobs, --patience and --resume go with --all-pages."))
        return None
    for field in ("files", "facts", "page", "save_facts", "remembered", "no_token"):
        if given[field]:
            name = "FILE" if field == "files" else f"--{field.replace('_', '-')}"
            raise click.UsageError(_("--all-pages does not go with {option}.").format(option=name))
    return AllPagesOptions(jobs or 8, 600.0 if patience is None else patience * 60.0, resume)


@commands.command(
    cls=Described,
    says=(
        mark("What an error text, a code, a question or a log FILE means."),
        mark('Without TEXT, or with "-", it reads standard input. Nothing is sent anywhere.'),
    ),
    exits={0: mark("explained"), 2: WRONG_USE, 3: mark("nothing known was found")},
)
@click.argument("text", nargs=-1, metavar="[TEXT… | FILE… | -]")
@option("--json", "as_json", is_flag=True, help=mark("One JSON object on standard output."))
@letter_option
def explain(text: tuple[str, ...], as_json: bool) -> int:
    from wizard.catalogues.imported import CatalogueFolder
    from wizard.store.places import Places
    from wizard.terminal import explain as explaining
    from wizard.terminal.catalogues import go_by_imported
    from wizard.terminal.printing import Printer

    go_by_imported(CatalogueFolder(Places()), Printer(as_json))
    try:
        return explaining.explain(text, as_json)
    except explaining.NothingToExplain as error:
        raise click.UsageError(_("Say what to explain, or “-” to read it from standard input.")) from error
