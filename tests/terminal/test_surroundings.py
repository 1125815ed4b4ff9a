"""What a closed input, a narrow alphabet, a file that may not be read, or a wrong clock does to the terminal."""

import hashlib
import hmac
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

import pytest

from tests.simulator.world import ROOT, PracticeWorld
from tests.terminal.program import Program
from wizard.core.answers import TestOutcome


def run(
    program: Program, command: Sequence[str], encoding: str = "utf-8", **more: str
) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=program.environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=90,
        check=False,
    )
    return subprocess.CompletedProcess(
        command, done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding)
    )


def by_hand(world: PracticeWorld) -> tuple[str, ...]:
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    return ("setup", "--practice-at", world.control_url, *apps, "--confirm-roles", "--confirm-saved")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "--token-env"),
        (("--token-stdin",), 1, "Paste an access token."),
        (("--no-token", "--page", "{page}", "--consent"), 0, "somebody has to look"),
    ],
    ids=["asked", "read", "by eye"],
)
def test_a_closed_input_is_nobody_there(
    arguments: tuple[str, ...], code: int, said: str, program: Program, world: PracticeWorld
) -> None:
    given = [argument.format(page=world.page_id) for argument in arguments]
    closed = ["sh", "-c", '"$@" <&-', "sh", *program.command(*by_hand(world), *given)]
    ended = run(program, closed)
    assert "Traceback" not in ended.stderr
    assert ended.returncode == code
    assert said in ended.stdout + ended.stderr


def test_a_closed_input_has_nothing_to_explain(program: Program) -> None:
    ended = run(program, ["sh", "-c", '"$@" <&-', "sh", *program.command("explain", "-")])
    assert "Traceback" not in ended.stderr
    assert ended.returncode in (2, 3)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_marks_that_an_alphabet_lacks_are_said_in_letters_it_has(
    encoding: str, program: Program, world: PracticeWorld
) -> None:
    given = program.command(*by_hand(world), "--token-env", "T")
    well = run(program, given, encoding, PYTHONIOENCODING=encoding, T=world.token())
    assert (well.returncode, "Traceback" in well.stderr) == (0, False)
    assert "+ " in well.stdout
    wrong = run(program, given, encoding, PYTHONIOENCODING=encoding, T="hello")
    assert wrong.returncode == 1
    assert "x This is too short for an access token." in wrong.stdout


def test_json_keeps_every_letter_in_a_narrow_alphabet(program: Program, world: PracticeWorld) -> None:
    given = program.command(*by_hand(world), "--target", "nönsense", "--token-env", "T", "--json")
    told = []
    for encoding in ("ascii", "utf-8"):
        ended = run(program, given, encoding, PYTHONIOENCODING=encoding, T=f"{world.token()}…")
        told.append(json.loads(ended.stdout))
    assert told[0] == told[1]


def as_anybody() -> list[str]:
    """The superuser may read everything: the command that takes this right away."""
    if os.geteuid():
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("the superuser may read everything")
    rights = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}"]


@pytest.mark.parametrize(("command", "code"), [("setup", 1), ("check", 2)])
def test_a_list_of_tokens_that_may_not_be_read_is_a_sentence(
    command: str, code: int, program: Program, world: PracticeWorld
) -> None:
    program.environment()
    folder = program.home / "config" / "handover-wizard-practice"
    folder.mkdir(parents=True)
    remembered = folder / "remembered.json"
    remembered.write_text("{}")
    remembered.chmod(0)
    folder.chmod(0o500)
    try:
        given = program.command(command, "--practice-at", world.control_url, "--remembered")
        ended = run(program, [*as_anybody(), *given])
    finally:
        folder.chmod(0o700)
    assert "Traceback" not in ended.stderr
    assert (ended.returncode, f"You may not read “{remembered}”." in ended.stdout + ended.stderr) == (code, True)


# The clock, and errors that nobody expected.

OTHERWISE = """
import sys, time
import wizard.core.clock, wizard.core.trial.part_a
{change}
from tests.short_waits import shorten
from wizard.cli import run_command_line
shorten(setattr)
sys.exit(run_command_line())
"""


def test_a_clock_of_this_computer_that_is_ahead_does_not_hide_the_message(
    program: Program, world: PracticeWorld
) -> None:
    ahead = "wizard.core.clock.SystemClock.now = lambda self: time.time() + 600"
    route = ("setup", "--practice-at", world.control_url, "--owner", "simulated", "--consent", "--wait", "6", "--json")
    ended = run(program, [sys.executable, "-c", OTHERWISE.format(change=ahead), *route])
    assert json.loads(ended.stdout)["test"] == TestOutcome.PASSED, ended.stderr


BREAKS = """
def breaks(*given):
    raise ZeroDivisionError("a mistake of ours")
wizard.core.trial.part_a.restore = breaks
"""


BREAKS_TWICE = f"""{BREAKS}
import wizard.core.trial.restore_later, wizard.core.trial.restore_on_exit
wizard.core.trial.restore_later.restore = wizard.core.trial.restore_on_exit.restore = breaks
"""

NO_THREAD = f"""{BREAKS}
import threading
def no_thread(timer):
    raise RuntimeError("can't start new thread")
threading.Timer.start = no_thread
"""

NO_MEMORY, INTERRUPTED_AGAIN = (
    f"""{BREAKS}
import wizard.terminal.trials
def fails(*given):
    raise {error}
wizard.terminal.trials.restore_within = fails
"""
    for error in ("MemoryError", "KeyboardInterrupt")
)

CANNOT_CLOSE = """
import wizard.store.journal
def fails(*given):
    raise OSError(30, "Read-only file system")
wizard.store.journal.FileJournal.close = fails
"""

BREAKS_AT_THE_FIRST_LOOK = """
import wizard.graph.client
def breaks(*given):
    raise OverflowError
wizard.graph.client.GraphClient.owner = breaks
"""


def broken(program: Program, world: PracticeWorld, change: str = BREAKS) -> "subprocess.CompletedProcess[str]":
    given = (*by_hand(world), "--token-env", "T", "--consent", "--test-conversation", world.tester, "--wait", "2")
    return run(program, [sys.executable, "-c", OTHERWISE.format(change=change), *given], T=world.token())


def test_a_mistake_of_ours_while_bringing_back_is_a_sentence_and_a_later_recovery_works(
    program: Program, world: PracticeWorld
) -> None:
    ended = broken(program, world, BREAKS_TWICE)
    assert (ended.returncode, "Traceback" in ended.stderr) == (4, False)
    assert "The conversation is not back yet." in ended.stdout
    recover = ("recover", "--practice-at", world.control_url, "--token-env", "T", "--yes")
    for change in (BREAKS_TWICE, BREAKS_AT_THE_FIRST_LOOK):
        again = run(program, [sys.executable, "-c", OTHERWISE.format(change=change), *recover], T=world.token())
        assert (again.returncode, "Traceback" in again.stderr) == (4, False)
        assert "not back" in again.stdout
        assert len(list(program.home.rglob("open-tests/*.json"))) == 1
    assert program.run(*recover, T=world.token()).code == 0
    assert world.owner_of() == world.app("primary")


@pytest.mark.parametrize("change", [NO_MEMORY, INTERRUPTED_AGAIN, CANNOT_CLOSE], ids=["memory", "again", "journal"])
def test_whatever_keeps_it_from_being_brought_back_is_said_and_leaves_it_open(
    change: str, program: Program, world: PracticeWorld
) -> None:
    ended = broken(program, world, change)
    assert (ended.returncode, "Traceback" in ended.stderr) == (4, False)
    assert "The conversation is not back yet." in ended.stdout
    assert len(list(program.home.rglob("open-tests/*.json"))) == 1


def test_where_no_thread_can_be_started_the_conversation_is_brought_back_all_the_same(
    program: Program, world: PracticeWorld
) -> None:
    broken(program, world, NO_THREAD)
    assert "POST me/pass_thread_control" in world.calls()
    assert world.owner_of() == world.app("primary")
    assert not list(program.home.rglob("open-tests/*"))


def test_a_mistake_of_ours_in_a_test_leaves_no_conversation_behind(program: Program, world: PracticeWorld) -> None:
    ended = broken(program, world)
    assert "POST me/pass_thread_control" in world.calls()
    assert world.owner_of() == world.app("primary")
    assert not list(program.home.rglob("open-tests/*"))
    assert ended.returncode == 1
    assert "ZeroDivisionError" in ended.stderr


def test_a_mistake_of_ours_that_cannot_be_put_right_is_said_with_the_way_to_do_it(
    program: Program, world_process: PracticeWorld
) -> None:
    world = world_process.scenario("take-refused-when-held")
    for step in ("default_app", "take_control_live_chat"):
        world.instruct(step)
    ended = broken(program, world)
    assert ended.returncode == 4
    assert "Something went wrong in this program: ZeroDivisionError" in ended.stdout
    assert "Run “handover-wizard recover”." in ended.stdout
    assert len(list(program.home.rglob("open-tests/*.json"))) == 1


# Proofs


def proof(world: PracticeWorld, token: str) -> str:
    secret = world.token("app").split("|")[1]
    return hmac.new(secret.encode(), world.token(token).encode(), hashlib.sha256).hexdigest()


def test_the_proof_of_a_persons_token_is_not_sent_with_the_pages(program: Program, world: PracticeWorld) -> None:
    given = (*by_hand(world), "--page", world.page_id, "--token-env", "T", "--proof-env", "P")
    ended = run(program, program.command(*given), T=world.token("user"), P=proof(world, "user"))
    assert ended.returncode == 0, ended.stdout
    assert "Page: Lumen Coffee" in ended.stdout


@pytest.mark.keyring
def test_a_remembered_token_is_used_with_the_proof_it_was_remembered_with(
    program: Program, world_process: PracticeWorld
) -> None:
    world = world_process.scenario("proof-required")
    given = by_hand(world)
    more = {"T": world.token(), "P": proof(world, "page")}
    first = run(program, program.command(*given, "--token-env", "T", "--proof-env", "P", "--remember"), **more)
    assert "Remembered in the password store of this computer." in first.stdout
    again = run(program, program.command(*given, "--remembered"))
    assert again.returncode == first.returncode == 0, again.stdout
    assert "Page: Lumen Coffee" in again.stdout
