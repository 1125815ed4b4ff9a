"""A token is found nowhere but where it belongs: in the header of a call, and in the keyring if that was wished."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from tests.simulator.world import PracticeWorld, request
from tests.terminal.program import Program
from tests.waiting import wait_until
from wizard.store.places import LIFE, PRACTICE

# A piece of a token is as telling as the whole.
_PIECE = 24


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home", is_hurried=True)


@dataclass(slots=True)
class LoggedWorld:
    """A practice world whose own output is kept. errors: its standard error, complete after `stop`."""

    world: PracticeWorld
    errors: str = ""

    def stop(self) -> None:
        assert self.world.process.stderr is not None
        self.world.process.terminate()
        self.errors = self.world.process.stderr.read()
        self.world.process.wait(10)


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[LoggedWorld]:
    elsewhere = Program(tmp_path / "world")
    with elsewhere.started("simulator") as process:
        assert process.stdout is not None
        yield LoggedWorld(PracticeWorld(json.loads(process.stdout.readline()), process))


@dataclass(slots=True)
class ArgumentLists:
    """What stands in the argument lists of this machine's processes while something runs."""

    seen: set[bytes] = field(default_factory=set)

    @contextmanager
    def watched(self) -> Iterator[None]:
        is_over = threading.Event()

        def look() -> None:
            while not is_over.wait(0.02):
                for path in Path("/proc").glob("[0-9]*/cmdline"):
                    try:
                        self.seen.add(path.read_bytes())
                    except OSError:  # it ended meanwhile
                        continue

        thread = threading.Thread(target=look)
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join()


def pieces(tokens: Mapping[str, Any]) -> list[bytes]:
    """Telling pieces of each token: from its beginning (behind what all have), its middle and its end."""
    found = []
    for token in tokens.values():
        text = str(token)
        middle = len(text) // 2
        found += [text[8 : 8 + _PIECE], text[middle : middle + _PIECE], text[-_PIECE:]]
    return [piece.encode() for piece in found if len(piece) >= 16]


def files_with(folder: Path, wanted: list[bytes]) -> list[Path]:
    return [
        path for path in folder.rglob("*") if path.is_file() and any(piece in path.read_bytes() for piece in wanted)
    ]


def assert_nowhere(wanted: list[bytes], said: str, program: Program, lists: ArgumentLists, logged: LoggedWorld) -> None:
    """None of the pieces was said, or is in a file, an argument list, an address, a body or the world's own log."""
    assert not [piece for piece in wanted if piece in said.encode()]
    assert files_with(program.home, wanted) == []
    assert not [each for each in lists.seen if any(piece in each for piece in wanted)]
    requests = logged.world.requests()
    assert {call["token_in"] for call in requests} <= {"header", "body"}
    assert not [piece for piece in wanted if piece in json.dumps(requests).encode()]
    logged.stop()
    assert not [piece for piece in wanted if piece in logged.errors.encode()]


def test_what_this_module_looks_for_is_found_where_it_is(program: Program, world: PracticeWorld) -> None:
    program.environment()
    wanted = pieces(world.start["tokens"])
    assert files_with(program.home, wanted) == []
    (program.home / "state" / "log").write_text(f"sent {world.token()[:120]}")
    assert files_with(program.home, wanted) == [program.home / "state" / "log"]
    lists = ArgumentLists()
    waits = [sys.executable, "-c", "import sys; sys.stdin.read()", world.token()]
    with lists.watched(), subprocess.Popen(waits, stdin=subprocess.PIPE) as child:
        wait_until(lambda: any(wanted[0] in each for each in list(lists.seen)), "the token in an argument list")
        child.communicate(b"", timeout=20)


@pytest.mark.parametrize("more", [(), ("--remember",)], ids=["not remembered", "remembered"])
@pytest.mark.parametrize("given", ["asked for", "variable", "standard input"])
def test_a_full_run_leaves_the_token_nowhere(
    given: str, more: tuple[str, ...], program: Program, logged: LoggedWorld
) -> None:
    world = logged.world
    lists = ArgumentLists()
    options = {"asked for": (), "variable": ("--token-env", "T"), "standard input": ("--token-stdin",)}[given]
    surroundings = {"T": world.token()} if given == "variable" else {}
    with lists.watched():
        ended = program.run(
            *("setup", "--practice-at", world.control_url, "--owner", "simulated", "--consent", "--wait", "4"),
            *(*options, *more),
            typed=f"{world.token()}\n" if given == "standard input" else "",
            timeout=60,
            **surroundings,
        )
    assert ended.last_line.startswith("Handover tested:")
    assert lists.seen
    assert_nowhere(pieces(world.start["tokens"]), ended.said + ended.complained, program, lists, logged)


def test_a_log_in_leaves_the_persons_token_nowhere(program: Program, logged: LoggedWorld) -> None:
    world, lists = logged.world, ArgumentLists()
    world.scenario("happy-routing")
    where = ("--practice-at", world.control_url, "--log-in", "practice", "--page", world.page_id)
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    with (
        lists.watched(),
        program.started("check", *where, *apps, DISPLAY=":404", BROWSER="true") as process,
    ):
        assert process.stderr is not None
        address = next(line.strip() for line in process.stderr if "/dialog/oauth" in line)
        port, came = allowed(world, address)
        assert hand_on(port, came) == 200
        assert hand_on(port, came) in (403, 0), "a second time it counts for nothing"
        said, complained = process.communicate(timeout=60)
    assert process.returncode == 0, complained
    wanted = pieces({name: value[0] for name, value in parse_qs(came).items() if "token" in name})
    assert len(wanted) >= 6
    assert_nowhere(wanted, address + said + complained, program, lists, logged)


def allowed(world: PracticeWorld, address: str) -> tuple[int, str]:
    """Allow everything in the dialog at this address; return the port that waits, and what came back for it."""
    asked = dict(parse_qsl(urlsplit(address).query))
    scopes = [(name, scope) for scope in asked["scope"].split(",") for name in ("asked", "scope")]
    form = [*asked.items(), *scopes, ("page", world.page_id), ("answer", "allow")]
    reply = request("POST", f"{world.start['facebook_url']}/dialog/oauth/answer", form=form)
    assert reply.status == 303
    return int(asked["state"].rpartition(".")[2]), urlsplit(reply.headers["location"]).fragment


def hand_on(port: int, came: str) -> int:
    """Do what the page that sends on does; return the status, 0 where nobody listens any more."""
    try:
        return request("POST", f"http://127.0.0.1:{port}/in", form={"fragment": came, "query": ""}).status
    except OSError:
        return 0


TROUBLES: list[tuple[str, str | Mapping[str, Any]]] = [
    ("GET me", "html"),
    ("GET me", "truncated"),
    ("GET me", "reset"),
    ("GET me", {"code": 190, "subcode": 463, "message": "Invalid token {token} given"}),
    ("POST batch", "html"),
    ("GET me/conversations", {"code": 190, "message": "Malformed access token {token}"}),
    ("POST me/take_thread_control", "truncated"),
    ("POST me/take_thread_control", {"code": 190, "subcode": 460}),
    ("POST me/pass_thread_control", "html"),
    ("POST me/pass_thread_control", {"code": 10, "message": "App may not pass with access_token={token}&x=1"}),
    ("POST me/pass_thread_control", "reset"),
]


@pytest.mark.parametrize(("call", "kind"), TROUBLES, ids=[f"{call} {kind}" for call, kind in TROUBLES])
def test_no_trouble_brings_the_token_out(
    call: str, kind: str | Mapping[str, Any], program: Program, world: PracticeWorld
) -> None:
    token = world.token()
    if not isinstance(kind, str):
        kind = {
            key: value.replace("{token}", token) if isinstance(value, str) else value for key, value in kind.items()
        }
    world.fault(call, kind, times=None)
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    ready = ("--confirm-roles", "--confirm-saved", "--consent", "--wait", "1")
    for more in (("--test-conversation", world.tester), ("--owner", "simulated", "--json")):
        ended = program.run(
            *("setup", "--practice-at", world.control_url, "--token-env", "T", *apps, *ready, *more), T=token
        )
        assert ended.code in (0, 1, 3, 4)
        wanted = pieces(world.start["tokens"])
        assert not [piece for piece in wanted if piece in (ended.said + ended.complained).encode()]
        assert files_with(program.home, wanted) == []


def test_without_a_keyring_remember_keeps_nothing_and_says_so(program: Program, world: PracticeWorld) -> None:
    ended = program.run(
        *("setup", "--practice-at", world.control_url, "--owner", "simulated", "--remember"),
        PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
    )
    assert "The token could not be stored; it is kept in memory until the end." in ended.said
    again = program.run(
        *("setup", "--practice-at", world.control_url, "--remembered"),
        PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
    )
    assert again.code == 1
    assert "No token is remembered on this computer for this Page." in again.said


# The system's own keyring


def in_keyring(service: str) -> dict[str, str]:
    """Every secret of this service in the real Secret Service, by its name."""
    import secretstorage

    connection = secretstorage.dbus_init()
    try:
        found = secretstorage.search_items(connection, {"service": service})
        return {item.get_attributes()["username"]: item.get_secret().decode() for item in found}
    finally:
        connection.close()


FORGET = """
import sys
from wizard.actions.practice import join_practice
from wizard.actions.session import session_for
session = session_for(join_practice(sys.argv[1]).world)
for token in session.remembered.of(session.world.graph):
    assert session.tokens.forget(token.name)
"""


@pytest.mark.keyring
@pytest.mark.serial  # other tests remember and forget in the same keyring
def test_the_keyring_holds_the_token_only_if_it_was_wished_and_until_it_is_forgotten(
    program: Program, world: PracticeWorld
) -> None:
    route = ("setup", "--practice-at", world.control_url, "--owner", "simulated", "--wait", "4")
    assert program.run(*route).code == 0
    assert world.token() not in in_keyring(PRACTICE).values()

    ended = program.run(*route, "--remember")
    assert "Remembered in the password store of this computer." in ended.said
    assert list(in_keyring(PRACTICE).values()).count(world.token()) == 1
    assert world.token() not in in_keyring(LIFE).values()
    assert files_with(program.home, pieces(world.start["tokens"])) == []

    again = program.run(*route, "--remembered")
    assert again.code == 0
    assert "Paste the token" not in again.said
    other_page = program.run(*route, "--remembered", "--page", "123456789")
    assert "No token is remembered on this computer for this Page." in other_page.said

    subprocess.run([sys.executable, "-c", FORGET, world.control_url], env=program.environment(), check=True, timeout=30)
    assert world.token() not in in_keyring(PRACTICE).values()
    assert program.run(*route, "--remembered").code == 1


@pytest.mark.keyring
@pytest.mark.serial
def test_a_practice_of_ones_own_takes_what_it_remembered_with_it(program: Program) -> None:
    before = in_keyring(PRACTICE)
    ended = program.run("setup", "--practice", "new-page", "--owner", "simulated", "--remember")
    assert "Remembered in the password store of this computer." in ended.said
    assert in_keyring(PRACTICE) == before
    remembered = program.home / "config" / PRACTICE / "remembered.json"
    assert b"127.0.0.1" not in remembered.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no core")
def test_memory_is_not_written_to_disk_where_the_program_dies() -> None:
    code = (
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)\n"
        "from wizard import cli\n"
        "cli.run_command_line = lambda: print(resource.getrlimit(resource.RLIMIT_CORE)[0]) or 0\n"
        "cli.main()\n"
    )
    run = subprocess.run([sys.executable, "-c", code, "x"], capture_output=True, text=True, timeout=30, check=False)
    assert (run.stdout, run.returncode) == ("0\n", 0)


def test_a_crash_in_a_terminal_quotes_no_token() -> None:
    code = (
        "import sys, threading\n"
        "from wizard import cli\n"
        "def crash():\n"
        '    raise ValueError(f"read {sys.argv[1]}")\n'
        "def twice():\n"
        "    thread = threading.Thread(target=crash)\n"
        "    thread.start()\n"
        "    thread.join()\n"
        "    crash()\n"
        "cli.run_command_line = twice\n"
        "cli.main()\n"
    )
    token = "my_EAAB" + "x9Zk" * 40
    run = subprocess.run([sys.executable, "-c", code, token], capture_output=True, text=True, timeout=30, check=False)
    assert run.returncode == 1
    assert run.stderr.count("ValueError: read my_(hidden)") == 2
    assert "Traceback" in run.stderr
    assert token[10:40] not in run.stderr + run.stdout
