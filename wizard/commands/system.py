"""What concerns this computer: the practice world alone, whether this copy works here, and what it is made of."""

import click

from wizard.commands.frame import NO_SCENARIO, Command, Window, commands, practice_options
from wizard.commands.setup import setup
from wizard.commands.spoken import Between, Described, option
from wizard.i18n.language import current, mark


@commands.command(
    cls=Described,
    says=(mark("A small pretend Facebook on this computer."), mark("The first line says where, as one JSON object.")),
)
@option("--port", type=Between(0, 65535), default=0, help=mark("0 takes a free one."))
@option("--scenario", metavar="NAME", default="happy-routing", show_default=True)
@option("--until-stdin-closes", is_flag=True, hidden=True)
def simulator(port: int, scenario: str, until_stdin_closes: bool) -> int:
    from wizard.simulator.command import Wanted, run

    return run(Wanted(port, scenario, until_stdin_closes, language=current()))


@commands.command(
    "self-test",
    cls=Command,
    says=[mark("Prove that this copy works here: Qt, keyring, certificates, resources, words, and a practice run.")],
)
@practice_options
@option("--json", "as_json", is_flag=True, help=mark("One JSON list on standard output."))
@click.pass_obj
def self_test(window: Window, practice: str | None, practice_at: str | None, as_json: bool) -> int:
    from wizard.actions import selftest as proofs
    from wizard.core.clock import SystemClock
    from wizard.terminal.selftest import show_proofs

    def practice_run() -> int:
        return _quiet_practice(practice, practice_at)

    return show_proofs(proofs.self_test(window.works, practice_run, SystemClock()), as_json)


@commands.command(
    cls=Described,
    says=[mark("What this program is, how to replace the Qt in it, and the licences of its parts.")],
)
@option("--licences", is_flag=True, help=mark("Also the licences of all parts, in full."))
def about(licences: bool) -> int:
    from wizard.terminal.about import show_about
    from wizard.terminal.printing import Printer

    return show_about(licences, Printer(as_json=False))


def _quiet_practice(practice: str | None, practice_at: str | None) -> int:
    """The whole route from a new Page, with the simulated owner, saying nothing."""
    import io
    from contextlib import redirect_stdout

    with redirect_stdout(io.StringIO()):
        ctx = setup.make_context(
            "setup",
            [
                *(["--practice-at", practice_at] if practice_at else ["--practice", practice or NO_SCENARIO]),
                "--owner",
                "simulated",
                "--consent",
            ],
        )
        return int(setup.invoke(ctx))
