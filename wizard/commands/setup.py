"""The set-up, and what brings a conversation back after one that was interrupted."""

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
from wizard.commands.options import (
    TARGET_NAMES,
    TOKEN_NAMES,
    other_token_option,
    target_options,
    target_options_given_by,
    token_given_by,
    token_options,
)
from wizard.commands.spoken import Between, option
from wizard.core import limits
from wizard.i18n.language import _, mark

if TYPE_CHECKING:
    from wizard.core.ports import Person
    from wizard.core.world import World


@commands.command(cls=Command, says=[mark("The whole set-up without a window; asks, or takes answers as options.")])
@practice_options
@token_options
@other_token_option
@option("--remember", is_flag=True, help=mark("Store the token in the password store of this computer."))
@option("--page", metavar="ID", callback=check_id, default="", help=mark("The Page, where the token opens several."))
@option("--bot", metavar="ID", default="", help=mark("App ID of the bot."))
@option("--live-chat", metavar="ID", default="", help=mark("App ID of the app that takes over."))
@option(
    "--target",
    metavar="NAME",
    multiple=True,
    help=mark("Where the App ID goes; see “targets list”. Again for each further place."),
)
@target_options
@option("--confirm-roles", is_flag=True, help=mark("The settings on Facebook are done."))
@option("--confirm-saved", is_flag=True, help=mark("The App ID is saved in the bot."))
@option(
    "--test-conversation", metavar="PSID", callback=check_id, default="", help=mark("The conversation to test with.")
)
@option("--consent", is_flag=True, help=mark("Agree to the test and to what it reads and changes."))
@option(
    "--wait",
    metavar="SECONDS",
    type=Between(1, 3600, float),
    default=limits.MESSAGE,
    show_default=True,
    help=mark("How long the test waits for your message, and for your bot."),
)
@option("--owner", type=click.Choice(["simulated"]), help=mark("In practice: the pretend owner does what is asked."))
@option("--yes", is_flag=True, help=mark("Answer plain questions with yes. Never agrees to a test."))
@option(
    "--reminder",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=mark("Write a calendar file there that reminds you to check again in a month."),
)
@option("--json", "as_json", is_flag=True, help=mark("One JSON object on standard output."))
def setup(practice: str | None, practice_at: str | None, owner: str | None, **given: Any) -> int:
    from wizard.actions.practice import PracticePerson
    from wizard.actions.session import begin_session
    from wizard.terminal.catalogues import go_by_imported
    from wizard.terminal.options import SetupOptions
    from wizard.terminal.person import Narrated, TerminalConsent, TerminalPerson
    from wizard.terminal.printing import Printer
    from wizard.terminal.setup import run_setup
    from wizard.terminal.setup_run import SetupRun

    options = SetupOptions(
        token=token_given_by(given),
        simulated_owner=owner == "simulated",
        targets=target_options_given_by(given, given["target"]),
        **{name: value for name, value in given.items() if name not in (*TOKEN_NAMES, *TARGET_NAMES)},
    )
    if options.token.none and options.other_token_env:
        raise click.UsageError(_("A second token needs a first one: leave --no-token or --other-token-env out."))
    if options.simulated_owner and not (practice or practice_at):
        raise click.UsageError(_("The simulated owner lives in practice only: add --practice."))
    printer = Printer(options.as_json)

    def run(world: "World") -> int:
        person: Person = TerminalPerson(printer, options.yes)
        if options.simulated_owner:
            person = Narrated(PracticePerson(world.control), printer)
        consent = TerminalConsent(printer, options.consent, may_ask=not (options.yes or options.simulated_owner))
        session = begin_session(world)
        go_by_imported(session.catalogues, printer)
        return run_setup(SetupRun(session, options, person, consent, printer))

    return run_in_environment(practice, practice_at, run)


@commands.command(
    cls=Command, says=[mark("Bring back a conversation that an interrupted test left with the live chat.")]
)
@practice_options
@token_options
@other_token_option
@option("--list", "only_list", is_flag=True, help=mark("Show open tests and change nothing."))
@option("--yes", is_flag=True, help=mark("Bring back, unless somebody answered in the conversation."))
@option("--consent", is_flag=True, help=mark("Bring back even then."))
def recover(practice: str | None, practice_at: str | None, **given: Any) -> int:
    from wizard.actions.session import begin_session
    from wizard.core.cancel import CancelToken
    from wizard.terminal.catalogues import go_by_imported
    from wizard.terminal.person import TerminalPerson
    from wizard.terminal.printing import Printer
    from wizard.terminal.recover import RecoverOptions, Recovery

    options = RecoverOptions(
        token_given_by(given), given["other_token_env"], given["only_list"], given["yes"], given["consent"]
    )
    printer = Printer(as_json=False)

    def run(world: "World") -> int:
        person = TerminalPerson(printer, says_yes=False)
        session = begin_session(world)
        go_by_imported(session.catalogues, printer)
        return Recovery(session, options, person, printer, CancelToken()).run()

    return run_in_environment(practice, practice_at, run)
