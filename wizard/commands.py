"""Every command, its options and its exit code. Without a command the window opens."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wizard import __version__
from wizard.cli import has_display
from wizard.words import language
from wizard.words.language import _

if TYPE_CHECKING:  # the window does not wait for what only the commands need
    from wizard.core.ports import Person
    from wizard.core.world import World
    from wizard.terminal.check_options import ManyOptions

_NO_SCENARIO = "new-page"


def _one_practice() -> str:
    return _("Say --practice or --practice-at, not both.")


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


class _WindowFirst(click.Group):
    """Lets `--practice` stand with or without the name of a scenario, before and behind a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _with_scenario(args, set(self.commands)))


class _Command(click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _with_scenario(args, set()))


def _with_scenario(args: list[str], commands: set[str]) -> list[str]:
    """Put the usual scenario behind a `--practice` that names none."""
    filled: list[str] = []
    for at, arg in enumerate(args):
        filled.append(arg)
        following = args[at + 1] if at + 1 < len(args) else "-"
        if arg == "--practice" and (following.startswith("-") or following in commands):
            filled.append(_NO_SCENARIO)
    return filled


def _practice_options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--practice-at", metavar="CONTROL_URL", help="Join a practice that is running.")(command)
    return click.option(
        "--practice", metavar="[SCENARIO]", help="Practise on a pretend Page; new-page if no scenario is named."
    )(command)


def _token_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--proof-env", metavar="NAME", default="", help="Variable that holds the appsecret_proof."),
        click.option("--no-token", is_flag=True, help="Go on without a token: by hand and by eye."),
        click.option("--remembered", is_flag=True, help="Use the token remembered on this computer."),
        click.option("--token-stdin", is_flag=True, help="Read the token from standard input."),
        click.option("--token-env", metavar="NAME", default="", help="Variable that holds the token."),
    ):
        command = option(command)
    return command


@click.group(cls=_WindowFirst, invoke_without_command=True)
@click.version_option(__version__, prog_name="handover-wizard")
@_practice_options
@click.option("--language", "wanted_language", metavar="CODE", help="Speak this language instead of the system's.")
@click.pass_context
def commands(ctx: click.Context, practice: str | None, practice_at: str | None, wanted_language: str | None) -> int:
    """Connects a chatbot and a live chat on one Facebook Page: the bot answers first, hands over, and gets the
    conversation back. Without a command the window opens.

    Exit codes: 0 no problem, 1 a problem of set-up, token or permission, 2 wrong usage, 3 we could not find out,
    4 a conversation is with the wrong app.
    """
    if wanted_language:
        language.use(wanted_language)
    if ctx.invoked_subcommand is not None:
        # The practice options may stand before the command, too: nothing real may happen then.
        given = {name: value for name, value in (("practice", practice), ("practice_at", practice_at)) if value}
        ctx.default_map = dict.fromkeys(commands.commands, given)
        return 0
    if practice and practice_at:
        raise click.UsageError(_one_practice())
    if not has_display():
        click.echo(_("There is no display here. Use “handover-wizard setup” instead."), err=True)
        return click.UsageError.exit_code
    from wizard.app import run_window

    return run_window(practice, practice_at)


@commands.command(cls=_Command)
@_practice_options
@_token_options
@click.option("--remember", is_flag=True, help="Store the token in the system's keyring.")
@click.option("--page", metavar="ID", default="", help="The Page, where the token opens several.")
@click.option("--bot", metavar="ID", default="", help="App ID of the bot.")
@click.option("--live-chat", metavar="ID", default="", help="App ID of the app that takes over.")
@click.option("--target", metavar="NAME", default="", help="Where the App ID goes; see “targets list”.")
@click.option("--file", metavar="PATH", default="", help="File of a file target.")
@click.option("--key", metavar="KEY", default="", help="Key in the file.")
@click.option("--confirm-roles", is_flag=True, help="The settings on Facebook are done.")
@click.option("--confirm-saved", is_flag=True, help="The App ID is saved in the bot.")
@click.option("--test-conversation", metavar="PSID", default="", help="The conversation to test with.")
@click.option("--consent", is_flag=True, help="Agree to the test and to what it reads and changes.")
@click.option(
    "--wait",
    metavar="SECONDS",
    type=click.FloatRange(1, 3600),
    default=120.0,
    show_default=True,
    help="How long the test waits for your message, and for your bot.",
)
@click.option("--owner", type=click.Choice(["simulated"]), help="In practice: the pretend owner does what is asked.")
@click.option("--yes", is_flag=True, help="Answer plain questions with yes. Never agrees to a test.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def setup(practice: str | None, practice_at: str | None, owner: str | None, **given: Any) -> int:
    """The whole set-up without a window; asks, or takes answers as options."""
    from wizard.practice import SimulatedOwner
    from wizard.session import session_for
    from wizard.terminal.options import SetupOptions
    from wizard.terminal.person import Narrated, TerminalConsent, TerminalPerson
    from wizard.terminal.printing import Printer
    from wizard.terminal.setup import Setup

    options = SetupOptions(
        token=_token(given),
        simulated_owner=owner == "simulated",
        **{name: value for name, value in given.items() if name not in _TOKEN_NAMES},
    )
    if options.simulated_owner and not (practice or practice_at):
        raise click.UsageError(_("The simulated owner lives in practice only: add --practice."))
    printer = Printer(options.as_json)

    def run(world: "World") -> int:
        person: Person = TerminalPerson(printer, options.yes)
        if options.simulated_owner:
            person = Narrated(SimulatedOwner(world.control), printer)
        consent = TerminalConsent(printer, options.consent, may_ask=not (options.yes or options.simulated_owner))
        return Setup(session_for(world), options, person, consent, printer).run()

    return _in_world(practice, practice_at, run)


@commands.command(cls=_Command)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@_practice_options
@_token_options
@click.option(
    "--facts", multiple=True, metavar="FILE", type=click.Path(path_type=Path), help="Judge saved facts again."
)
@click.option("--page", metavar="ID", default="", help="The Page, where the token opens several.")
@click.option("--bot", metavar="ID", default="", help="App ID of the bot.")
@click.option("--live-chat", metavar="ID", default="", help="App ID of the app that takes over.")
@click.option(
    "--look-at-conversations",
    is_flag=True,
    help="Agree that IDs of the newest conversations, and who has control of them, are read; no text is.",
)
@click.option(
    "--format",
    type=click.Choice(["text", "json", "markdown", "html", "junit"]),
    default="text",
    show_default=True,
)
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write the report there.")
@click.option("--save-facts", metavar="FILE", type=click.Path(path_type=Path), help="Save what was seen, for --facts.")
@click.option(
    "--since",
    metavar="REPORT.json",
    type=click.Path(path_type=Path),
    help="Say what got better or worse since this report, which was made with --format json.",
)
@click.option("--include-personal-data", is_flag=True, help="IDs of people in facts and reports; names where known.")
@click.option("--all-pages", is_flag=True, help="Every Page of a person's or system user's token.")
@click.option("--jobs", metavar="N", type=click.IntRange(1, 64), help="With --all-pages: Pages at once.  [default: 8]")
@click.option(
    "--patience",
    metavar="MINUTES",
    type=click.FloatRange(0, 1440),
    help="With --all-pages: how long a limit of Facebook may hold a Page up.  [default: 10]",
)
@click.option("--resume", is_flag=True, help="With --all-pages: go on where the same check was stopped.")
def check(practice: str | None, practice_at: str | None, **given: Any) -> int:
    """Check set-ups: what was seen, what is wrong, what to do. Reads only, and changes nothing.

    FILE is a saved set-up (*.handover.json). Without one the set-up saved for the token's Page is checked, or what
    --bot and --live-chat say. With --facts neither a token nor the network is used.

    With --all-pages results come as they are found, work slows down before a limit of Facebook is reached, and Ctrl-C
    ends it with what is done; --resume goes on.

    \b
    Exit codes:
      0  no problem; warnings and what could not be checked are no problem
      1  a problem of set-up, token or permission
      2  wrong usage, or a file that cannot be used
      3  we could not find out: network, limits, something that is no answer
      4  a test of this Page is still open: a conversation may be with the wrong app
    """
    from wizard.practice import SimulatedOwner
    from wizard.session import session_for
    from wizard.terminal.check import Check
    from wizard.terminal.check_options import CheckOptions
    from wizard.terminal.options import TokenOptions
    from wizard.terminal.person import TerminalPerson
    from wizard.terminal.printing import Printer

    printer = Printer(as_json=True)  # the report alone goes to standard output
    since = None
    if (earlier := given.pop("since")) is not None:
        from wizard.core.outcome import ExitCode
        from wizard.report.earlier import EarlierReportError, read_earlier, said

        try:
            since = read_earlier(earlier)
        except EarlierReportError as error:
            printer.problem(*said(error))
            return ExitCode.WRONG_USE
    token = _token(given)
    is_token_given = token != TokenOptions()
    many = _many(given)
    options = CheckOptions(token, **{name: value for name, value in given.items() if name not in _TOKEN_NAMES})
    if options.facts and (options.files or options.look_at_conversations or is_token_given):
        raise click.UsageError(_("--facts needs no token, no set-up and no look: leave those out."))
    if token.none and not options.files:
        raise click.UsageError(_("Without a token there is only a saved set-up to check: name its FILE."))

    def run(world: "World") -> int:
        person = TerminalPerson(printer, says_yes=False)
        asks_owner = world.control and not options.facts and not is_token_given
        owner = SimulatedOwner(world.control) if asks_owner else None
        if many is not None:
            from wizard.terminal.check_pages import CheckPages

            return CheckPages(session_for(world), options, many, person, printer, owner, since).run()
        return Check(session_for(world), options, person, printer, owner, since).run()

    return _in_world(practice, practice_at, run)


@commands.command(cls=_Command)
@_practice_options
@_token_options
@click.option("--list", "only_list", is_flag=True, help="Show open tests and change nothing.")
@click.option("--yes", is_flag=True, help="Bring back, unless somebody answered in the conversation.")
@click.option("--consent", is_flag=True, help="Bring back even then.")
def recover(practice: str | None, practice_at: str | None, **given: Any) -> int:
    """Bring back a conversation that an interrupted test left with the live chat."""
    from wizard.core.cancel import CancelToken
    from wizard.session import session_for
    from wizard.terminal.person import TerminalPerson
    from wizard.terminal.printing import Printer
    from wizard.terminal.recover import RecoverOptions, Recovery

    if given["no_token"]:
        raise click.UsageError(_("Bringing back needs a token: leave --no-token out."))
    options = RecoverOptions(_token(given), given["only_list"], given["yes"], given["consent"])
    printer = Printer(as_json=False)

    def run(world: "World") -> int:
        person = TerminalPerson(printer, says_yes=False)
        return Recovery(session_for(world), options, person, printer, CancelToken()).run()

    return _in_world(practice, practice_at, run)


@commands.command()
@click.argument("text", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def explain(text: tuple[str, ...], as_json: bool) -> int:
    """What an error text, a code, a log or a question means; "-" reads standard input. Nothing is sent anywhere.

    Exit codes: 0 explained, 2 wrong usage, 3 nothing known was found.
    """
    from wizard.terminal import explain as explaining

    try:
        return explaining.explain(explaining.text_of(text), as_json)
    except explaining.NothingToExplain as error:
        raise click.UsageError(_("Say what to explain, or “-” to read it from standard input.")) from error


@commands.command()
@click.argument("what", type=click.Choice(["list", "show", "try"]), default="list")
@click.argument("name", default="")
@click.option("--file", "file", default="", metavar="FILE", help="With try: the settings file of the bot.")
@click.option(
    "--key", default="", metavar="KEY", help="With try: where the App ID stands in it, if the target has none."
)
@click.option(
    "--app-id", default="263902037430900", show_default=True, metavar="ID", help="With try: what to plan with."
)
def targets(what: str, name: str, file: str, key: str, app_id: str) -> int:
    """Where the App ID can go: list them, show one with its steps, file, key, date and source, or try one: it is
    planned and shown, and nothing is written.

    Exit codes: 0 done, 1 it cannot be done as it stands, 2 wrong usage.
    """
    from wizard.core.answers import TargetChoice
    from wizard.store.places import Places
    from wizard.targets.presets import load_presets
    from wizard.terminal.printing import Printer
    from wizard.terminal.targets import list_targets, show_target, try_target

    if (what != "list") != bool(name):
        raise click.UsageError(_("Say “targets list”, “targets show NAME” or “targets try NAME --file FILE”."))
    presets, printer = load_presets([Places().presets]), Printer(as_json=False)
    if what == "try":
        return try_target(presets, TargetChoice(name, file, key), app_id, Places().backups, printer)
    return show_target(presets, name, printer) if name else list_targets(presets, printer)


@commands.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0 takes a free one.")
@click.option("--scenario", metavar="NAME", default="happy-routing", show_default=True)
@click.option("--until-stdin-closes", is_flag=True, hidden=True)
def simulator(port: int, scenario: str, until_stdin_closes: bool) -> int:
    """A small pretend Facebook on this computer. The first line says where, as one JSON object."""
    from wizard.simulator.command import run

    return run(port, scenario, until_stdin_closes)


@commands.command("self-test", cls=_Command)
@_practice_options
@click.option("--json", "as_json", is_flag=True, help="One JSON list on standard output.")
def self_test(practice: str | None, practice_at: str | None, as_json: bool) -> int:
    """Prove that this copy works here: Qt, keyring, certificates, resources, words, and a practice run."""
    from wizard.core.clock import SystemClock
    from wizard.terminal.self_test import self_test as prove

    def qt() -> str:
        from wizard.app import window_works

        return window_works()

    def practice_run() -> int:
        return _quiet_practice(practice, practice_at)

    return prove(qt, practice_run, SystemClock(), as_json)


def _many(given: dict[str, Any]) -> "ManyOptions | None":
    """Take the options of --all-pages out of what was given; None without it."""
    from wizard.terminal.check_options import ManyOptions

    wanted, jobs, patience, resume = (given.pop(name) for name in ("all_pages", "jobs", "patience", "resume"))
    if not wanted:
        if jobs is not None or patience is not None or resume:
            raise click.UsageError(_("--jobs, --patience and --resume go with --all-pages."))
        return None
    for option in ("files", "facts", "page", "save_facts", "remembered", "no_token"):
        if given[option]:
            name = "FILE" if option == "files" else f"--{option.replace('_', '-')}"
            raise click.UsageError(_("--all-pages does not go with {option}.").format(option=name))
    return ManyOptions(jobs or 8, 600.0 if patience is None else patience * 60.0, resume)


_TOKEN_NAMES = ("token_env", "token_stdin", "remembered", "no_token", "proof_env")


def _token(given: dict[str, Any]) -> Any:
    from wizard.terminal.options import TokenOptions

    chosen = [name for name in _TOKEN_NAMES[:4] if given[name]]
    if len(chosen) > 1:
        raise click.UsageError(_("Say only once where the token comes from."))
    for name, option in (("token_env", "--token-env"), ("proof_env", "--proof-env")):
        if given[name] and given[name] not in os.environ:
            raise click.UsageError(_("There is no variable of the name given with {option}.").format(option=option))
    return TokenOptions(
        given["token_env"], given["token_stdin"], given["remembered"], given["no_token"], given["proof_env"]
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
    "which_conversation": "--test-conversation",
    "bring_back_anyway": "--consent",
}


def _in_world(practice: str | None, practice_at: str | None, run: "Callable[[World], int]") -> int:
    """Run in life, or in a practice world that is started or joined for this command."""
    from wizard.core.outcome import ExitCode
    from wizard.core.saved_file import SavedFileError
    from wizard.core.world import World
    from wizard.practice import NoPracticeWorld, is_alive, join_practice, start_practice
    from wizard.session import session_for
    from wizard.terminal.ends import file_trouble
    from wizard.terminal.person import NoAnswer

    if practice and practice_at:
        raise click.UsageError(_one_practice())
    try:
        if not practice and not practice_at:
            return run(World())
        world = join_practice(practice_at) if practice_at else start_practice(practice or _NO_SCENARIO)
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
        raise click.UsageError(told) from error
    except NoPracticeWorld as error:
        raise click.UsageError(str(error)) from error
    except (OSError, SavedFileError) as error:
        click.echo(" ".join(file_trouble(error)), err=True)
        return ExitCode.PROBLEM


def _quiet_practice(practice: str | None, practice_at: str | None) -> int:
    """The whole route from a new Page, with the simulated owner, saying nothing."""
    import io
    from contextlib import redirect_stdout

    with redirect_stdout(io.StringIO()):
        ctx = setup.make_context(
            "setup",
            [
                *(["--practice-at", practice_at] if practice_at else ["--practice", practice or _NO_SCENARIO]),
                "--owner",
                "simulated",
                "--consent",
            ],
        )
        return int(setup.invoke(ctx))
