"""Once the Page's token is had, nothing in the program holds that of the person, in memory, in the vault or on disk."""

from collections.abc import Callable, Sequence

import pytest

from tests.actions.facebook_log_in import in_browser, with_code
from tests.simulator.world import PracticeWorld
from tests.tokens_in_memory import TOKEN, tokens_in_memory
from wizard.actions.log_in import choose_page, open_token
from wizard.actions.practice import PracticePerson
from wizard.actions.session import Session
from wizard.actions.token_sources import TokenSource
from wizard.core.cancel import CancelToken
from wizard.core.facts import Page
from wizard.terminal.log_in import log_in
from wizard.terminal.options import SetupOptions, TokenOptions
from wizard.terminal.printing import Printer
from wizard.terminal.setup_run import SetupRun


def first(pages: Sequence[Page]) -> str:
    return pages[0].id


@pytest.mark.parametrize("way", [in_browser, with_code], ids=["browser", "code"])
def test_the_persons_token_is_gone_once_the_pages_is_had(
    own_session: Session, world: PracticeWorld, cancel: CancelToken, way: Callable[..., TokenSource]
) -> None:
    source = way(own_session, world, cancel)
    before = tokens_in_memory(world)
    person = open_token(own_session, source, cancel)
    assert tokens_in_memory(world) - before, "the search finds it while it is there"
    page = choose_page(own_session, person, "", first, cancel)
    del person
    own_session.tokens.keep(page, remember=False)
    assert not tokens_in_memory(world) - before - {page.secret.reveal()}


def test_a_set_up_at_the_terminal_keeps_the_pages_token_alone(own_session: Session, world: PracticeWorld) -> None:
    world.scenario("happy-routing")
    before = tokens_in_memory(world)
    options = SetupOptions(TokenOptions(log_in="practice"), simulated_owner=True)
    run = SetupRun(
        own_session, options, PracticePerson(world.control_url), lambda _request: False, Printer(as_json=True)
    )
    log_in(run)
    name = run.answers.token_name
    assert not tokens_in_memory(world) - before - {own_session.tokens.get(name).secret.reveal()}
    assert not own_session.remembered.all()
    written = [path for path in own_session.places.state.rglob("*") if path.is_file()]
    assert not any(TOKEN.search(path.read_bytes().decode("latin-1")) for path in written)
