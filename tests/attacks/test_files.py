"""To harm a file, or to stop the program by one."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.attacks.some_of import some_of
from tests.faults.in_process import run_here, shorten_limits
from tests.simulator.world import PracticeWorld
from tests.terminal.program import Program
from wizard.core.answers import Answers
from wizard.core.checked import CheckedPage
from wizard.core.facts import App, Facts
from wizard.store.facts_file import save_facts
from wizard.store.setups import SetupFolder, load_setup, setup_of

LIFE = "handover-wizard"
PRACTICE = "handover-wizard-practice"


# To harm a file: by what stands in a file that was sent.


@pytest.mark.parametrize(
    "page_id", ["../../evil", "/etc/evil", "a/b", "..", "\0", "x" * 400, "con", "a\nb", "\u202e", ""]
)
def test_the_id_in_a_file_that_was_sent_leads_nowhere(program: Program, tmp_path: Path, page_id: str) -> None:
    answers = Answers(started=True, page_id=page_id, bot=App("914602738451926"), live_chat=App("263902037430900"))
    sent = [tmp_path / "one.facts.json", tmp_path / "two.facts.json"]
    for path in sent:
        save_facts(path, CheckedPage(answers, 1_795_000_000.0, Facts(), ()))
    out = tmp_path / "out"
    out.mkdir()
    before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(program.home)}
    ended = program.run("check", *(f"--facts={path}" for path in sent), "--save-facts", str(out / "kept.facts.json"))
    assert ended.code in (0, 1, 2, 3)
    after = {path for path in tmp_path.rglob("*") if not path.is_relative_to(program.home)}
    assert all(path.parent == out for path in after - before)
    setup = setup_of(answers, 1.0)
    if setup is not None:
        assert SetupFolder(out).save(setup).parent == out


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of Unix")
@pytest.mark.parametrize("what", ["pipe", "device", "link to a pipe", "link to a device"])
@pytest.mark.parametrize(
    "command",
    [
        ("check", "--facts", "{facts}", "--format", "html", "-o", "{out}"),
        ("check", "--facts", "{facts}", "--format", "json", "-o", "{out}"),
        ("check", "--facts", "{facts}", "--save-facts", "{out}"),
        ("catalogues", "show", "errors", "-o", "{out}"),
    ],
    ids=" ".join,
)
def test_an_output_takes_the_place_of_no_device(
    program: Program, tmp_path: Path, what: str, command: tuple[str, ...]
) -> None:
    facts = tmp_path / "a.facts.json"
    answers = Answers(started=True, page_id="107836259148302")
    save_facts(facts, CheckedPage(answers, 1_795_000_000.0, Facts(), ()))
    there = tmp_path / "there"
    if "pipe" in what:
        os.mkfifo(there)
    elif os.geteuid() == 0:
        try:
            os.mknod(there, 0o600 | stat.S_IFCHR, os.makedev(1, 3))  # a decoy of /dev/null
        except PermissionError:
            pytest.skip("devices cannot be made here")
    else:
        pytest.skip("only the administrator makes devices")
    out = tmp_path / "link" if "link" in what else there
    if out != there:
        out.symlink_to(there)
    kind = stat.S_IFMT(there.lstat().st_mode)
    given = (one.replace("{facts}", str(facts)).replace("{out}", str(out)) for one in command)
    program.run(*given, timeout=30)
    assert stat.S_IFMT(there.lstat().st_mode) == kind
    assert out == there or out.is_symlink()


def test_a_forged_list_of_remembered_tokens_sends_none_to_another_address(
    program: Program, world: PracticeWorld
) -> None:
    """Its line names the token of life for the address of a practice world: they lie in keyrings of their own."""
    program.environment()
    for name in (LIFE, PRACTICE):
        folder = program.home / "config" / name
        folder.mkdir(parents=True)
        forged = {"name": "https://graph.facebook.com 1 2", "graph": world.graph_url, "page_id": world.page_id}
        (folder / "remembered.json").write_bytes(msgspec.json.encode({"version": 1, "content": [forged]}))
    world.forget_requests()
    ended = program.run(
        *("check", "--practice-at", world.control_url, "--remembered"),
        PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
    )
    assert ended.code != 0
    assert world.requests() == []


# By a saved file with lists inside lists: readable, but not by what goes through it level by level.


@pytest.mark.parametrize("depth", [300, 600, 800, 950, 20_000])
@pytest.mark.parametrize("form", ["[]", "{}"])
def test_a_set_up_is_saved_over_one_of_lists_inside_lists(tmp_path: Path, depth: int, form: str) -> None:
    setup = setup_of(Answers(started=True, page_id="107836259148302", bot=App("1"), live_chat=App("2")), 1.0)
    assert setup is not None
    path = SetupFolder(tmp_path).save(setup)
    opens = "[" if form == "[]" else '{"a":'
    more = opens * depth + ("" if form == "[]" else "1") + form[1] * depth
    path.write_text(path.read_text().rstrip()[:-1] + f', "later": {more}}}')
    assert load_setup(SetupFolder(tmp_path).save(setup)).page_id == setup.page_id


# By a name that no text can hold, or that moves the terminal.


@pytest.mark.skipif(sys.platform != "linux", reason="where names of files are any bytes")
@pytest.mark.parametrize(
    ("name", "is_link"),
    [
        (b"a\xff\xfe", False),
        (b"a\xff\xfe", True),
        (b"a\x1b[2Jb", False),
        ("a\u202eb".encode(), True),
        (b"-x\n{0}%s", False),
    ],
)
def test_a_file_of_an_odd_name_is_written_and_undone_or_refused(
    program: Program, world: PracticeWorld, tmp_path: Path, name: bytes, is_link: bool
) -> None:
    file = tmp_path / "plain.env" if is_link else tmp_path / os.fsdecode(name + b".env")
    file.write_text("A=1\n")
    chosen = tmp_path / os.fsdecode(name)
    if is_link:
        chosen.symlink_to(file)
    at = ("--practice-at", world.control_url)
    place = ("--target", "dotenv", "--file", str(chosen if is_link else file), "--key", "A", "--yes")
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"), "--confirm-roles")
    ended = program.run("setup", *at, "--token-env", "T", *apps, *place, T=world.token())
    is_written = file.read_text() == f"A={world.app('secondary')}\n"
    undone = program.run("targets", "undo", "--yes", *at)
    assert (is_written, undone.code) == ((False, 2) if b"\xff" in name else (True, 0))
    assert file.read_text() == "A=1\n"
    for text in (ended, undone):
        assert "\x1b[2J" not in text.said + text.complained
        assert "\u202e" not in text.said + text.complained


# By what lies where the program keeps its own files.

FOLDERS = (
    *(
        "state/{}",
        "state/{}/open-tests",
        "state/{}/undo",
        "state/{}/backups",
        "state/{}/log",
        "state/{}/log/events.log",
    ),
    *("config/{}", "config/{}/setups", "config/{}/log-ins", "config/{}/catalogues", "config/{}/presets"),
    *("config/{}/answers.json", "config/{}/remembered.json"),
)
ODD: dict[str, Callable[[Path, Path], object]] = {
    "a file": lambda place, mine: place.write_text("x"),
    "a pipe": lambda place, mine: os.mkfifo(place),
    "a link to nothing": lambda place, mine: place.symlink_to(place.parent / "nowhere" / "x"),
    "a link to itself": lambda place, mine: place.symlink_to(place),
    "a link to a file": lambda place, mine: place.symlink_to(mine),
    "a link to a full disk": lambda place, mine: place.symlink_to("/dev/full"),
    "a link to what cannot be written": lambda place, mine: place.symlink_to("/proc"),
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="links, pipes and devices of Linux")
@pytest.mark.parametrize(("number", "folder"), [*enumerate(FOLDERS)], ids=FOLDERS)
def test_whatever_lies_in_the_way_strands_nothing_and_harms_no_file(
    tmp_path: Path, world: PracticeWorld, monkeypatch: pytest.MonkeyPatch, number: int, folder: str
) -> None:
    shorten_limits(monkeypatch.setattr)
    at = ("--practice-at", world.control_url)
    for kind in some_of(len(ODD), number, 3):
        home = tmp_path / str(kind)
        place, mine, env = home / folder.format(PRACTICE), home / "mine.txt", home / "bot.env"
        place.parent.mkdir(parents=True)
        mine.write_text("mine")
        env.write_text("A=1\n")
        list(ODD.values())[kind](place, mine)
        world.scenario("happy-routing")
        world.instruct("paste_app_id", copied=world.app("secondary"))
        test = ("--consent", "--owner", "simulated", "--test-conversation", world.tester, "--wait", "1")
        apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"), "--confirm-roles")
        bot = ("--target", "dotenv", "--file", str(env), "--key", "A", "--yes")
        ended = run_here(home, "setup", *at, "--token-env", "T", *apps, *bot, *test, T=world.token())
        assert ended.crash == ""
        assert ended.code in (0, 1, 2, 3)
        assert world.owner_of() == world.app("primary")
        assert env.read_text() in ("A=1\n", f"A={world.app('secondary')}\n")
        for command in (("recover", "--list"), ("targets", "undo", "--yes"), ("log-in", "list")):
            assert run_here(home, *command, *at, T=world.token()).crash == ""
        assert mine.read_text() == "mine"
