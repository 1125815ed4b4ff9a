"""The vault against a real Secret Service, and without any. No stand-in for a keyring answers here."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import keyring.backends.SecretService
import pytest

from tests.simulator.world import PracticeWorld
from wizard.core.secret import Secret
from wizard.vault import KeyringResult, RememberResult, Vault, proof_name, token_name
from wizard.vault.answers import StoreCall, StoreSilent

TOKEN = Secret("EAAG" + "x1" * 100)
LIFE = "https://graph.facebook.com"
NAME = token_name(LIFE, "1000000001", "3000000003")


def untyped(backend: object) -> Any:
    """Let mypy look away: the back ends of keyring have no types."""
    return backend


def secret_service() -> Any:
    return untyped(keyring.backends.SecretService.Keyring)()


def null_store() -> Any:
    return untyped(keyring.backends.null.Keyring)()


@pytest.fixture
def chosen() -> Iterator[None]:
    """Put back what keyring had chosen."""
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture(
    params=[keyring.backends.fail.Keyring, keyring.backends.null.Keyring, keyring.backends.chainer.ChainerBackend]
)
def no_keyring(
    request: pytest.FixtureRequest, chosen: None, monkeypatch: pytest.MonkeyPatch
) -> keyring.backend.KeyringBackend:
    monkeypatch.setattr(keyring.backends.chainer.ChainerBackend, "backends", [])
    backend = request.param()
    assert isinstance(backend, keyring.backend.KeyringBackend)
    keyring.set_keyring(backend)
    return backend


@pytest.fixture
def service(chosen: None) -> Iterator[str]:
    """A service name of its own in the Secret Service of this session, empty again afterwards."""
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        pytest.fail("no session bus: run this test inside tests/session.sh")
    backend = secret_service()
    try:
        collection = backend.get_preferred_collection()
    except keyring.errors.KeyringError as error:
        pytest.fail(f"no unlocked keyring in this session ({error}): run this test inside tests/session.sh")
    keyring.set_keyring(backend)
    name = f"handover-wizard-test-{uuid.uuid4()}"
    yield name
    for item in collection.search_items({"service": name}):
        item.delete()
    collection.connection.close()


def test_importing_the_vault_does_not_import_keyring() -> None:
    code = "import sys, wizard.vault; print([name for name in sys.modules if name.split('.')[0] == 'keyring'])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout.strip() == "[]"


def test_without_a_keyring_a_token_lives_for_this_run_only(no_keyring: object) -> None:
    vault = Vault("handover-wizard")
    assert vault.put(NAME, TOKEN, remember=True) is RememberResult.NO_KEYRING
    assert vault.get(NAME) == TOKEN
    assert not vault.is_remembered(NAME)
    assert vault.where() is None
    assert Vault("handover-wizard").find(NAME) == KeyringResult(None, RememberResult.NO_KEYRING)
    assert vault.forget(NAME)
    assert vault.get(NAME) is None


def test_a_store_that_is_not_the_systems_own_is_never_used(chosen: None) -> None:
    """Such as those that keep secrets in a plain file."""

    class PlainFile(keyring.backend.KeyringBackend):
        def __init__(self) -> None:
            self.written: list[str] = []
            super().__init__()  # type: ignore[no-untyped-call] # it has no types

        priority = 0

        def get_password(self, service: str, username: str) -> str | None:
            return "from a file"

        def set_password(self, service: str, username: str, password: str) -> None:
            self.written.append(password)

        def delete_password(self, service: str, username: str) -> None:
            raise AssertionError

    store = PlainFile()
    keyring.set_keyring(store)
    vault = Vault("handover-wizard")
    assert vault.put(NAME, TOKEN, remember=True) is RememberResult.NO_KEYRING
    assert Vault("handover-wizard").get(NAME) is None
    assert store.written == []


def test_the_name_of_a_token_says_which_graph_page_and_app_it_is_for() -> None:
    names = {
        token_name(graph, page, app)
        for graph in (LIFE, "http://127.0.0.1:5000/secret")
        for page in ("1", "2")
        for app in ("3", "4")
    }
    assert len(names) == 8
    assert not names & {proof_name(name) for name in names}


@pytest.mark.keyring
def test_a_remembered_token_is_found_in_a_later_run(service: str) -> None:
    assert Vault(service).put(NAME, TOKEN, remember=True) is RememberResult.STORED
    later = Vault(service)
    assert later.is_remembered(NAME)
    assert later.get(NAME) == TOKEN
    assert later.where() == "Secret Service"


@pytest.mark.keyring
def test_a_token_that_was_not_to_be_remembered_is_not_in_the_keyring(service: str) -> None:
    vault = Vault(service)
    assert vault.put(NAME, TOKEN, remember=False) is RememberResult.NOT_ASKED
    assert vault.get(NAME) == TOKEN
    assert not vault.is_remembered(NAME)
    assert Vault(service).find(NAME) == KeyringResult()
    assert keyring.get_password(service, NAME) is None


@pytest.mark.keyring
def test_token_and_proof_are_entries_of_their_own_and_are_forgotten_together(service: str) -> None:
    vault = Vault(service)
    vault.put(NAME, TOKEN, remember=True)
    vault.put(proof_name(NAME), Secret("0f" * 32), remember=True)
    assert keyring.get_password(service, NAME) == TOKEN.reveal()
    assert keyring.get_password(service, proof_name(NAME)) == "0f" * 32
    assert Vault(service).forget(NAME)
    assert keyring.get_password(service, NAME) is None
    assert keyring.get_password(service, proof_name(NAME)) is None
    assert Vault(service).forget(NAME), "forgetting what is not there is fine"


@pytest.mark.keyring
def test_a_token_is_never_returned_for_another_graph_or_for_practice(service: str) -> None:
    Vault(service).put(NAME, TOKEN, remember=True)
    assert Vault(service).get(token_name("http://127.0.0.1:5000/secret", "1000000001", "3000000003")) is None
    assert Vault(service + "-practice").get(NAME) is None


@pytest.mark.keyring
def test_a_newer_token_replaces_the_remembered_one(service: str) -> None:
    Vault(service).put(NAME, TOKEN, remember=True)
    Vault(service).put(NAME, Secret("newer"), remember=True)
    assert Vault(service).get(NAME) == Secret("newer")


@pytest.mark.keyring
def test_a_chain_of_stores_counts_as_the_systems_own_in_it(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """keyring builds a chain where a desktop has two stores, as KDE beside GNOME."""
    chain = keyring.backends.chainer.ChainerBackend
    monkeypatch.setattr(chain, "backends", [null_store(), keyring.get_keyring()])
    keyring.set_keyring(untyped(chain)())
    assert Vault(service).put(NAME, TOKEN, remember=True) is RememberResult.STORED
    assert Vault(service).get(NAME) == TOKEN


def test_a_session_bus_that_is_gone_is_a_result_not_a_crash(chosen: None, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.set_keyring(secret_service())
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    vault = Vault("handover-wizard")
    assert vault.put(NAME, TOKEN, remember=True) is RememberResult.FAILED
    assert vault.get(NAME) == TOKEN
    assert vault.find("other") == KeyringResult(None, RememberResult.FAILED)
    assert not vault.is_remembered(NAME)
    assert not vault.forget(NAME), "nobody knows whether it is still there"


TRY = """
import json
from wizard.core.secret import Secret
from wizard.vault import Vault
vault = Vault("handover-wizard-test")
put = vault.put("name", Secret("x"), remember=True)
print(json.dumps([put, vault.get("name").reveal(), vault.find("other").trouble, vault.is_remembered("name")]))
"""


def try_with(variables: dict[str, str]) -> list[object]:
    run = subprocess.run(
        [sys.executable, "-c", TRY],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, **variables},
    )
    answer = json.loads(run.stdout)
    assert isinstance(answer, list)
    return answer


@pytest.mark.parametrize(
    "backend", ["keyring.backends.SecretService.Keyring", "keyring.backends.fail.Keyring", "no.such.Store", "nonsense"]
)
def test_settings_of_keyring_that_lead_nowhere_count_as_no_keyring(backend: str) -> None:
    put, kept, trouble, remembered = try_with(
        {"PYTHON_KEYRING_BACKEND": backend, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"}
    )
    assert (kept, remembered) == ("x", False)
    assert put == trouble == RememberResult.NO_KEYRING


@pytest.mark.parametrize("content", ["default-keyring=x\n", "[backend\n", "[backend]\ndefault-keyring=%(nothing)s\n"])
def test_settings_of_keyring_that_are_damaged_count_as_no_keyring(tmp_path: Path, content: str) -> None:
    settings = tmp_path / "python_keyring" / "keyringrc.cfg"
    settings.parent.mkdir()
    settings.write_text(content, encoding="utf-8")
    put, kept, trouble, remembered = try_with({"XDG_CONFIG_HOME": str(tmp_path)})
    assert (kept, remembered) == ("x", False)
    assert put == trouble == RememberResult.NO_KEYRING


LOCK = """
import keyring.backends.SecretService
collection = keyring.backends.SecretService.Keyring().get_preferred_collection()
collection.lock()
assert collection.is_locked()
collection.connection.close()
"""
LOCKED_SESSION = """
printf '\\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1
"$1" -c "$2"
"$1" -c "$3"
"""


def in_a_session(script: str, *arguments: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
    """Run on a session bus of its own, so that other tests find their keyring open. Nobody answers a question there."""
    with tempfile.TemporaryDirectory(prefix="locked-") as home:  # a short name: sockets lie in it
        left_out = ("DISPLAY", "GNOME_KEYRING_CONTROL", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
        return subprocess.run(
            ["dbus-run-session", "--", "sh", "-eu", "-c", script, "sh", sys.executable, *arguments],
            capture_output=True,
            text=True,
            timeout=90,
            check=check,
            env={
                **{name: value for name, value in os.environ.items() if name not in left_out},
                "HOME": home,
                "XDG_DATA_HOME": home,
                "XDG_RUNTIME_DIR": home,
                "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
            },
        )


@pytest.mark.keyring
def test_a_locked_keyring_is_said_to_be_locked() -> None:
    run = in_a_session(LOCKED_SESSION, LOCK, TRY)
    put, kept, trouble, remembered = json.loads(run.stdout)
    assert (kept, remembered) == ("x", False)
    assert put == trouble == RememberResult.LOCKED


SILENT = """
from jeepney import message_bus
from jeepney.io.blocking import open_dbus_connection
connection = open_dbus_connection(bus="SESSION")
connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.secrets", 0))
print("here", flush=True)
while True:
    connection.receive()
"""
SILENT_SESSION = """
mkfifo "$HOME/ready"
"$1" -c "$2" >"$HOME/ready" &
silent=$!
trap 'kill $silent' EXIT
read -r here <"$HOME/ready"
shift 2
"$@"
"""


def test_a_store_that_is_never_found_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "never_found.py").write_text("import time\ntime.sleep(3_600)\n")
    code = "from wizard.vault import Vault\nprint(Vault('handover-wizard-test').where())"
    given = {"PYTHONPATH": str(tmp_path), "PYTHON_KEYRING_BACKEND": "never_found.Keyring"}
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **given},
    )
    assert (run.stdout, run.returncode) == ("None\n", 0)


TRY_AGAIN = """
import json, time
from wizard.core.secret import Secret
from wizard.vault import Vault
vault = Vault("handover-wizard-test")
began = time.monotonic()
put = vault.put("name", Secret("x"), remember=True)
asked = time.monotonic()
found = [put, vault.get("name").reveal(), vault.find("other").trouble, vault.is_remembered("name")]
print(json.dumps([*found, asked - began, time.monotonic() - asked]))
"""


@pytest.mark.keyring
def test_a_keyring_that_never_answers_is_given_up_and_left_in_peace() -> None:
    run = in_a_session(SILENT_SESSION, SILENT, sys.executable, "-c", TRY_AGAIN)
    put, kept, trouble, remembered, first, later = json.loads(run.stdout)
    assert (kept, remembered) == ("x", False)
    assert put == trouble == RememberResult.NO_ANSWER
    assert later < first / 2, "the first call waits, the others not at all"


@pytest.mark.keyring
def test_a_keyring_that_never_answers_holds_up_no_command(world: PracticeWorld) -> None:
    for command, said in (
        (("self-test",), "which does not answer: tokens stay in memory"),
        (
            ("setup", "--practice-at", world.control_url, "--owner", "simulated", "--remember", "--wait", "1"),
            "The token could not be stored; it is kept in memory until the end.",
        ),
    ):
        hurried = (sys.executable, "-m", "tests.short_waits", *command)
        run = in_a_session(SILENT_SESSION, SILENT, *hurried, check=False)
        assert said in run.stdout


REMEMBER_THEN_LOCK = """
printf '\\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1
"$1" -m wizard.cli setup --practice-at "$3" --owner simulated --remember --wait 1 || :
"$1" -c "$2"
"$1" -m wizard.cli check --practice-at "$3" --remembered
"""


@pytest.mark.keyring
def test_a_token_behind_a_locked_keyring_is_not_said_to_be_missing(world: PracticeWorld) -> None:
    run = in_a_session(REMEMBER_THEN_LOCK, LOCK, world.control_url, check=False)
    assert "Remembered in the password store of this computer." in run.stdout
    assert "Unlock the keyring" in run.stdout + run.stderr
    assert "No token is remembered" not in run.stdout + run.stderr
    assert run.returncode == 1


def test_what_comes_too_late_is_taken_back() -> None:
    may_answer, taken_back = threading.Event(), threading.Event()
    call = StoreCall(lambda: may_answer.wait(20), taken_back.set)
    assert not call.is_done(0.01)
    with pytest.raises(StoreSilent):
        call.result()
    may_answer.set()
    assert taken_back.wait(20)
