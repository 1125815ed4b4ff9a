"""One run's token and proof: what the keyring is asked and told, and whose clock counts."""

import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.program import Program
from tests.test_vault import secret_service
from wizard.actions.practice import join_practice
from wizard.actions.session import Session, close_ended_practices, session_for
from wizard.actions.tokens import Credentials, Opened
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, WizardError
from wizard.core.facts import App, Control
from wizard.core.pending import PendingTest, TrialPart
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.core.secret import Secret
from wizard.vault import RememberResult, Vault, proof_name
from wizard.words import errors

NONE_KEPT = """
import sys
from wizard.core.cancel import CancelToken
from wizard.core.secret import Secret
from wizard.actions.practice import join_practice
from wizard.actions.session import session_for
session = session_for(join_practice(sys.argv[1]).world)
opened = session.open_token(Secret(sys.stdin.read()), None, CancelToken())
session.tokens.keep(opened, remember=False)
print(session.graph_of(session.tokens.name_of(opened), CancelToken()).owner(sys.argv[2]).control)
print([name for name in sys.modules if name.split(".")[0] == "keyring"])
"""


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


@pytest.fixture
def session(world: PracticeWorld) -> Session:
    return session_for(join_practice(world.control_url).world)


@pytest.fixture
def service(session: Session) -> Iterator[str]:
    """A keyring service of its own in the Secret Service of this session, which the vault of the session uses."""
    name = f"handover-wizard-test-{uuid.uuid4()}"
    before, backend = keyring.get_keyring(), secret_service()
    collection = backend.get_preferred_collection()
    keyring.set_keyring(backend)
    session.vault = Vault(name)
    yield name
    for item in collection.search_items({"service": name}):
        item.delete()
    collection.connection.close()
    keyring.set_keyring(before)


def opened(session: Session, world: PracticeWorld, proof: str = "") -> Opened:
    found = session.open_token(Secret(world.token()), None, CancelToken())
    return replace(found, proof=Secret(proof) if proof else None)


def test_a_token_that_is_not_remembered_never_makes_the_system_ask_for_its_keyring(
    program: Program, world: PracticeWorld
) -> None:
    """Neither its question for a password nor a keyring that hangs may stand before a rescue."""
    done = subprocess.run(
        [sys.executable, "-c", NONE_KEPT, world.control_url, world.tester],
        input=world.token(),
        env=program.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines() == ["app", "[]"], done.stderr


@pytest.mark.keyring
def test_a_token_remembered_without_a_proof_takes_the_older_proof_away(
    session: Session, service: str, world: PracticeWorld
) -> None:
    older = opened(session, world, proof="0" * 64)
    name = session.tokens.name_of(older)
    assert session.tokens.keep(older, remember=True) is RememberResult.STORED
    assert session.tokens.keep(opened(session, world), remember=True) is RememberResult.STORED
    session.vault = Vault(service)
    assert session.tokens.get(name) == Credentials(Secret(world.token()))
    assert session.graph_of(name, CancelToken()).owner(world.tester).app_id == world.app("primary")


@pytest.mark.keyring
def test_a_token_for_this_run_only_leaves_a_remembered_one_and_its_proof_as_they_are(
    session: Session, service: str, world: PracticeWorld
) -> None:
    older = opened(session, world, proof="0" * 64)
    session.tokens.keep(older, remember=True)
    session.tokens.keep(opened(session, world), remember=False)
    assert session.tokens.get(session.tokens.name_of(older)).proof is None
    assert Vault(service).get(proof_name(session.tokens.name_of(older))) == Secret("0" * 64)


@pytest.mark.keyring
def test_a_remembered_token_comes_with_its_proof(session: Session, service: str, world: PracticeWorld) -> None:
    session.tokens.keep(opened(session, world, proof="0" * 64), remember=True)
    session.vault = Vault(service)
    remembered = Credentials(Secret(world.token()), Secret("0" * 64), page_id=world.page_id)
    assert session.tokens.last_remembered("") == remembered
    assert session.tokens.last_remembered(world.page_id) == remembered
    assert session.tokens.last_remembered("123456789") is None


@pytest.mark.keyring
def test_a_token_that_cannot_be_put_on_the_list_is_not_left_in_the_keyring(
    session: Session, service: str, world: PracticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise SavedFileError(SavedFileProblem.NO_PERMISSION, session.places.tokens)

    monkeypatch.setattr(session.remembered, "add", refuse)
    token = opened(session, world)
    with pytest.raises(SavedFileError):
        session.tokens.keep(token, remember=True)
    assert not session.vault.is_remembered(session.tokens.name_of(token))
    assert session.tokens.get(session.tokens.name_of(token)) == Credentials(token.secret), "it is kept for this run"


def test_a_token_that_is_not_there_is_not_blamed_on_facebook(session: Session) -> None:
    with pytest.raises(WizardError) as raised:
        session.graph_of("http://127.0.0.1:1/x 1 2", CancelToken())
    assert raised.value.kind is ErrorKind.TOKEN_NOT_FOUND
    said = errors.explain(raised.value.failure)
    assert "keyring" in said.title
    assert "Facebook" not in said.title + said.action


def test_the_time_of_the_session_is_facebooks(session: Session, world: PracticeWorld) -> None:
    world.clock(3600)
    session.accept(opened(session, world), Answers())
    assert session.facebooks_time() == pytest.approx(world.world()["time"], abs=5)
    assert session.facebooks_time() > session.clock.now() + 3000


def test_the_tests_of_ended_practices_are_closed_and_no_others(session: Session, world: PracticeWorld) -> None:
    gone = "http://127.0.0.1:9/gone"
    for number, graph in enumerate((world.graph_url, gone, "https://graph.facebook.com")):
        session.journal.write(entry(str(number), graph))
    assert close_ended_practices(session) == 1
    assert [each.graph for each in session.journal.entries()] == [world.graph_url, "https://graph.facebook.com"]
    for left in ("0", "2"):
        session.journal.close(left)


def entry(entry_id: str, graph: str) -> PendingTest:
    bot, live_chat = App("3000000003", "Bot"), App("4000000004", "Desk")
    return PendingTest(
        entry_id,
        graph,
        "1",
        "Page",
        "2",
        bot.id,
        bot,
        live_chat,
        TrialPart.BOT_DOES,
        Control.APP,
        bot.id,
        float(entry_id),
    )
