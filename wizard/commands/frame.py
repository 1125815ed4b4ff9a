"""What all commands share: the group itself, practice and token options, the world a command runs in."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from wizard.commands.spoken import WRONG_USE, Described, Group, Option, option
from wizard.core.token_shape import has_token
from wizard.core.version import __version__
from wizard.i18n.language import _, mark
from wizard.words import fields

if TYPE_CHECKING:  # the window does not wait for what only the commands need
    from wizard.core.world import World

NO_SCENARIO = "new-page"


@dataclass(frozen=True, slots=True)
class Window:
    """What the commands know of the window. open: gets a scenario to start, the address of a practice world to join,
    and files to show; returns an exit code. works: builds it without showing it and returns Qt's version."""

    open: Callable[[str | None, str | None, Sequence[str]], int]
    works: Callable[[], str]


def check_id(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return the ID of a Page or a person. Half a character of a shell could be neither sent nor saved."""
    if not (value.isascii() and value.isprintable()):
        raise click.BadParameter(_("An ID has digits only."), ctx, param)
    return value


def one_practice() -> str:
    return _("Say --practice or --practice-at, not both.")


class _WindowFirst(Group):
    """Lets `--practice` stand with or without the name of a scenario, before and behind a command.

    A token among the arguments is refused before anything is done with it: it would be printed, become the name of a
    file, or go on to the practice world's own command line."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        commands = set(self.commands)
        at = _place_of_command(args, commands)
        typed = args[:at] if args[at : at + 1] == ["explain"] else args  # it takes texts with tokens in them
        if any(has_token(arg) for arg in typed):
            raise click.UsageError(fields.token_in_command(), ctx)
        return super().parse_args(ctx, _with_files(_with_scenario(args, commands), commands))


class Command(Described):
    """One that knows `--practice`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _with_scenario(args, set()))


def _place_of_command(args: list[str], commands: set[str]) -> int:
    """Where the command stands, the number of arguments where there is none. The name of a command may also be the
    value of an option; only a scenario has none of these names."""
    found = (at for at, arg in enumerate(args) if arg in commands and not (at and args[at - 1] in _WITH_VALUE[1:]))
    return next(found, len(args))


def _with_scenario(args: list[str], commands: set[str]) -> list[str]:
    """Put the usual scenario behind a `--practice` that names none."""
    filled: list[str] = []
    for at, arg in enumerate(args):
        filled.append(arg)
        following = args[at + 1] if at + 1 < len(args) else "-"
        if arg == "--practice" and (following.startswith("-") or following in commands):
            filled.append(NO_SCENARIO)
    return filled


_WITH_VALUE = ("--practice", "--practice-at", "--language", "--open")
_SAVED = (".handover.json", ".facts.json", ".handoverlogin")


def _with_files(args: list[str], commands: set[str]) -> list[str]:
    """Put `--open` before saved files that stand where a command would: so the desktop opens what is double-clicked."""
    filled: list[str] = []
    for at, arg in enumerate(args):
        is_value = at > 0 and args[at - 1] in _WITH_VALUE
        if arg in commands and not is_value:
            return [*filled, *args[at:]]
        is_file = not arg.startswith("-") and not is_value and arg.lower().endswith(_SAVED)
        filled += ["--open", arg] if is_file else [arg]
    return filled


def practice_options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = option("--practice-at", metavar="CONTROL_URL", help=mark("Join a practice that is running."))(command)
    return option(
        "--practice", metavar="[SCENARIO]", help=mark("Practise on a pretend Page; new-page if no scenario is named.")
    )(command)


@click.group(
    cls=_WindowFirst,
    invoke_without_command=True,
    says=(
        mark(
            "Connects a chatbot and a live chat on one Facebook Page: the bot answers first, hands over, and gets the "
            "conversation back."
        ),
        mark("Without a command the window opens."),
    ),
    exits={
        0: mark("no problem"),
        1: mark("a problem of set-up, token or permission"),
        2: WRONG_USE,
        3: mark("we could not find out"),
        4: mark("a conversation is with the wrong app"),
    },
)
@click.version_option(
    __version__,
    prog_name="handover-wizard",
    message="%(prog)s %(version)s",
    cls=Option,
    help=mark("Show the version and exit."),
)
@practice_options
@option(
    "--open",
    "files",
    multiple=True,
    metavar="FILE",
    help=mark(
        "Look at a saved set-up, or at facts; import a log-in file. A FILE named *.handover.json, *.facts.json or "
        "*.handoverlogin needs no --open."
    ),
)
@option(
    "--language",
    metavar="CODE",
    expose_value=False,  # it is spoken already: see cli.main
    help=mark("Speak this language instead of the system's."),
)
@click.pass_context
def commands(
    ctx: click.Context,
    practice: str | None,
    practice_at: str | None,
    files: tuple[str, ...],
) -> int:
    if ctx.invoked_subcommand is not None:
        # The practice options may stand before the command, too: nothing real may happen then.
        given = {name: value for name, value in (("practice", practice), ("practice_at", practice_at)) if value}
        ctx.default_map = dict.fromkeys(commands.commands, given)
        return 0
    if practice and practice_at:
        raise click.UsageError(one_practice())
    window: Window = ctx.obj
    return window.open(practice, practice_at, files)


# The option that answers what could not be asked.
_OPTION_FOR = {
    "token": "--token-env",
    "get_token": "--token-env",
    "token_owner": "--bot",
    "page": "--page",
    "bot": "--bot",
    "live_chat": "--live-chat",
    "app_id": "--live-chat",
    "roles_done": "--confirm-roles",
    "default_app": "--confirm-roles",
    "saved": "--confirm-saved",
    "paste_app_id": "--confirm-saved",
    "settings_key": "--settings-key-env",
    "trust_address": "--trust-address",
    "which_conversation": "--test-conversation",
    "bring_back_anyway": "--consent",
    "ask_again": "--yes",
}


def run_in_environment(practice: str | None, practice_at: str | None, run: "Callable[[World], int]") -> int:
    """Run in life, or in a practice world that is started or joined for this command."""
    from wizard.actions.practice import NoPracticeWorld, is_alive, join_practice, start_practice
    from wizard.actions.session import session_for
    from wizard.core.exit_code import ExitCode
    from wizard.core.saved_file import SavedFileError
    from wizard.core.world import World
    from wizard.terminal.ends import file_trouble
    from wizard.terminal.person import NoAnswer
    from wizard.terminal.printing import Printer

    if practice and practice_at:
        raise click.UsageError(one_practice())
    try:
        if not practice and not practice_at:
            return run(World())
        world = join_practice(practice_at) if practice_at else start_practice(practice or NO_SCENARIO)
        try:
            return run(world.world)
        finally:
            world.end()
            if world.process is not None:
                with contextlib.suppress(OSError, SavedFileError):  # the list of names cannot be read or written
                    session_for(world.world).forget_ended_practices(is_alive)
    except NoAnswer as error:
        option = _OPTION_FOR.get(error.question, "--yes")
        told = _("Nobody is there to answer. Say it with {option}.").format(option=option)
        if error.leaves_open:
            Printer(as_json=True).problem(told)
            return ExitCode.WRONG_APP_HAS_IT
        raise click.UsageError(told) from error
    except NoPracticeWorld as error:
        raise click.UsageError(str(error)) from error
    except (OSError, SavedFileError) as error:
        Printer(as_json=True).problem(*file_trouble(error))
        return ExitCode.PROBLEM
