"""Names of Pages and apps come from elsewhere: they steer no terminal, whatever command shows them."""

import json
from pathlib import Path

import msgspec
import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.program import Ended, Program
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Control
from wizard.core.pending import PendingTest, TrialPart
from wizard.core.trial_result import ItemState
from wizard.core.verdict import State, Verdict
from wizard.terminal.printing import Printer
from wizard.words.asking import app_name
from wizard.words.trial import ChecklistLine

TOKEN = "EAAB" + "x9Zk" * 15
HOSTILE = f"Desk\x1b[2J\x1b]0;owned\x07\x9b31m\u202e\u2066\x00 令牌{TOKEN}"


def is_fit(told: str) -> bool:
    return all(one.isprintable() or one == "\n" for one in told) and TOKEN[4:30] not in told


def everything(ended: Ended) -> str:
    return ended.said + ended.complained


def test_whatever_is_printed_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    printer = Printer(as_json=False)
    printer.heading(HOSTILE)
    printer.print(f"{HOSTILE}\n{HOSTILE}", 2)
    printer.item(ItemState.DONE, ChecklistLine(HOSTILE, HOSTILE))
    printer.failure(Failure(ErrorKind.UNKNOWN, "GET me", message=HOSTILE, user_message=HOSTILE, trace_id=HOSTILE))
    printer.problem(HOSTILE, HOSTILE)
    printer.warning(HOSTILE, HOSTILE)
    printer.verdicts([Verdict("routing.default_app", state, "none_set", about=(("app", HOSTILE),)) for state in State])
    printer.table([HOSTILE, HOSTILE], [[HOSTILE, HOSTILE]])
    printer.link("https://example.com/\x1b[2J\u202e")
    told = capsys.readouterr().out
    assert is_fit(told)
    assert "Desk" in told
    assert is_fit(printer.trouble)


def test_what_is_worked_on_steers_no_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # as at a terminal
    with Printer(as_json=False).working(f"Reading {HOSTILE}") as progress:
        progress(0.5)
    told = capsys.readouterr().err
    assert "Reading Desk" in told
    assert not [one for one in ("\x1b[2J", "\x1b]", "\x9b", "\u202e", "\x00", TOKEN[4:30]) if one in told]


def test_a_name_begins_no_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    Printer(as_json=False).print(f"Control: {app_name(App('5', 'Desk' + chr(10) + '✓ Tested'))}")
    assert capsys.readouterr().out == "Control: Desk ✓ Tested\n"


def test_data_for_programs_is_whole_and_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    data = {"page": "Desk\x1b[2J\x9b\u202e\U000e0001 Zoë 漢字 \U0001f600"}
    Printer(as_json=True).result(data)
    told = capsys.readouterr().out
    assert is_fit(told)
    assert json.loads(told) == data


def test_an_open_test_with_hostile_names_is_listed_without_harm(program: Program, world: PracticeWorld) -> None:
    app = App("914602738451926", HOSTILE)
    entry = PendingTest(
        *("id", world.start["graph_url"], world.page_id, HOSTILE, world.tester, app.id),
        *(app, app, TrialPart.FACEBOOK_ALLOWS, Control.APP, app.id, 1_795_000_000.0),
    )
    program.environment()
    folder = Path(program.home, "state", "handover-wizard-practice", "open-tests")
    folder.mkdir(parents=True)
    (folder / "id.json").write_bytes(msgspec.json.encode({"version": 1, "test": entry}))
    for command in (("recover", "--list"), ("check",), ("recover", "--yes")):
        ended = program.run(*command, "--practice-at", world.control_url, "--token-env", "T", T=world.token())
        assert is_fit(everything(ended))
        assert command == ("check",) or "Desk" in everything(ended)


@pytest.mark.parametrize(
    "arguments",
    [
        ("{}",),
        ("{}.handover.json",),  # there is no window to show it in
        ("--{}",),
        ("setup", "{}"),
        ("check", "{}"),
        ("check", "--{}=1"),
        ("check", "--facts", "{}.facts.json"),
        ("check", "--format", "{}"),
        ("check", "--jobs", "{}"),
        ("check", "--bot", "{}", "--practice"),
        ("check", "-o", "{}/report"),
        ("targets", "show", "{}"),
        ("catalogues", "import", "{}"),
        ("simulator", "--scenario", "{}"),
        ("--practice", "{}", "setup"),
        ("--practice-at", "{}", "setup"),
    ],
    ids=" ".join,
)
def test_a_wrong_argument_steers_no_terminal(program: Program, arguments: tuple[str, ...]) -> None:
    # A part of a token, too short to be refused before it is looked at what the argument is.
    odd = HOSTILE.replace("\x00", "").replace(f"令牌{TOKEN}", f"my_{TOKEN[:44]}")
    ended = program.run(*(one.replace("{}", odd) for one in arguments), typed="")
    assert ended.code != 0
    assert is_fit(everything(ended))


def test_half_a_character_in_an_argument_is_no_crash(program: Program) -> None:
    ended = program.run("check", "--facts", "\udcff.facts.json")
    assert ended.code == 2
    assert "Traceback" not in everything(ended)
