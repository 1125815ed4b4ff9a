"""What all commands share: the group itself, practice and token options, the world a command runs in."""

import contextlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from wizard.core.token_shape import has_token
from wizard.core.version import __version__
from wizard.i18n.language import _
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


class _WindowFirst(click.Group):
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


class Command(click.Command):
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
    command = click.option("--practice-at", metavar="CONTROL_URL", help="Join a practice that is running.")(command)
    return click.option(
        "--practice", metavar="[SCENARIO]", help="Practise on a pretend Page; new-page if no scenario is named."
    )(command)


def token_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option(
            "--own-app",
            metavar="ID",
            default="",
            help="Log in with Facebook through a Meta app of your own that is in development mode: its App ID.",
        ),
        click.option("--with-code", is_flag=True, help="Log in with a code that is typed on another page."),
        click.option(
            "--log-in",
            metavar="[NAME]",
            is_flag=False,
            flag_value="",
            help="Log in with Facebook in the browser; see “log-in list”.",
        ),
        click.option("--proof-env", metavar="NAME", default="", help="Variable that holds the appsecret_proof."),
        click.option("--no-token", is_flag=True, help="Go on without a token: by hand and by eye."),
        click.option("--remembered", is_flag=True, help="Use the token remembered on this computer."),
        click.option("--token-stdin", is_flag=True, help="Read the token from standard input."),
        click.option("--token-env", metavar="NAME", default="", help="Variable that holds the token."),
    ):
        command = option(command)
    return command


def other_token_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--other-token-env",
        metavar="NAME",
        default="",
        help="Variable that holds a token of the other app.",
    )(command)


@click.group(cls=_WindowFirst, invoke_without_command=True)
@click.version_option(__version__, prog_name="handover-wizard")
@practice_options
@click.option(
    "--open",
    "files",
    multiple=True,
    metavar="FILE",
    help="Look at a saved set-up, or at facts; import a log-in file. A FILE named *.handover.json, *.facts.json or "
    "*.handoverlogin needs no --open.",
)
@click.option(
    "--language",
    metavar="CODE",
    expose_value=False,  # it is spoken already: see cli.main
    help="Speak this language instead of the system's.",
)
@click.pass_context
def commands(
    ctx: click.Context,
    practice: str | None,
    practice_at: str | None,
    files: tuple[str, ...],
) -> int:
    """Connects a chatbot and a live chat on one Facebook Page: the bot answers first, hands over, and gets the
    conversation back. Without a command the window opens.

    Exit codes: 0 no problem, 1 a problem of set-up, token or permission, 2 wrong usage, 3 we could not find out,
    4 a conversation is with the wrong app.
    """
    if ctx.invoked_subcommand is not None:
        # The practice options may stand before the command, too: nothing real may happen then.
        given = {name: value for name, value in (("practice", practice), ("practice_at", practice_at)) if value}
        ctx.default_map = dict.fromkeys(commands.commands, given)
        return 0
    if practice and practice_at:
        raise click.UsageError(one_practice())
    window: Window = ctx.obj
    return window.open(practice, practice_at, files)


_VARIABLES = {"token_env": "--token-env", "proof_env": "--proof-env", "other_token_env": "--other-token-env"}
TOKEN_NAMES = ("token_env", "token_stdin", "remembered", "no_token", "proof_env", "log_in", "with_code", "own_app")


def token_given_by(given: dict[str, Any]) -> Any:
    from wizard.actions.token_sources import ProofShapeError, environment_proof
    from wizard.terminal.options import TokenOptions

    chosen = [name for name in TOKEN_NAMES[:4] if given[name]]
    if given["with_code"] and given["log_in"] is None:
        given["log_in"] = ""
    if len(chosen) + (given["log_in"] is not None) + bool(given["own_app"]) > 1:
        raise click.UsageError(_("Say only once where the token comes from."))
    for name, option in _VARIABLES.items():
        if given.get(name) and given[name] not in os.environ:
            raise click.UsageError(_("There is no variable of the name given with {option}.").format(option=option))
    if given["own_app"]:
        from wizard.actions.own_app import NoAppId, log_in_file

        try:
            log_in_file(given["own_app"])
        except NoAppId as error:
            raise click.UsageError(fields.app_id_problem_text(error.problem)) from error
    try:
        environment_proof(given["proof_env"])
    except ProofShapeError as error:
        raise click.UsageError(fields.proof_problem_text()) from error
    return TokenOptions(
        given["token_env"],
        given["token_stdin"],
        given["remembered"],
        given["no_token"],
        given["proof_env"],
        given["log_in"],
        given["with_code"],
        given["own_app"],
    )


TARGET_NAMES = ("target", "file", "key", "url", "method", "template", "header", "settings_key_env", "trust_address")


def target_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Where the App ID goes; the names of the targets themselves are each command's own."""
    for option in (
        click.option("--trust-address", is_flag=True, help="The address may lie in a private network."),
        click.option(
            "--settings-key-env", metavar="NAME", default="", help="Variable that holds the key of the settings API."
        ),
        click.option("--header", metavar="NAME", default="", help="Header of that key, if not Authorization."),
        click.option(
            "--template",
            metavar="JSON",
            default="",
            help="What is sent, with “{app_id}” in quotes, if not the value alone.",
        ),
        click.option(
            "--method", type=click.Choice(["PUT", "PATCH", "POST"]), default=None, help="How the settings are sent."
        ),
        click.option("--url", metavar="URL", default="", help="Address of a settings API."),
        click.option(
            "--key",
            metavar="KEY",
            multiple=True,
            help="Key in the file, with dots between names (of a settings API a JSON Pointer); as often as --file.",
        ),
        click.option("--file", metavar="PATH", multiple=True, help="File of a file target; once for each, in order."),
    ):
        command = option(command)
    return command


def target_options_given_by(given: dict[str, Any], names: tuple[str, ...]) -> Any:
    from wizard.terminal.target_options import TargetOptions

    key_env = given["settings_key_env"]
    if key_env and key_env not in os.environ:
        told = _("There is no variable of the name given with {option}.")
        raise click.UsageError(told.format(option="--settings-key-env"))
    return TargetOptions(
        names,
        given["file"],
        given["key"],
        given["url"],
        given["method"] or "",
        given["template"],
        given["header"],
        key_env,
        given["trust_address"],
    )


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
