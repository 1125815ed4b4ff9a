"""Logging in with Facebook without a face: what is known of the token, and what is kept of it."""

from collections.abc import Sequence

import pytest

from tests.actions.facebook_log_in import in_browser, with_code
from tests.simulator.world import PracticeWorld
from wizard.actions.log_in import choose_page, open_token
from wizard.actions.session import Session
from wizard.actions.token_sources import RememberedTokenSource, pasted_token
from wizard.actions.tokens import Opened
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, WizardError
from wizard.core.facts import App, Page
from wizard.core.token_life import is_near_end

HOUR = 3600.0


def first(pages: Sequence[Page]) -> str:
    return pages[0].id


def page_of(session: Session, source: object, cancel: CancelToken) -> Opened:
    person = open_token(session, source, cancel)  # type: ignore[arg-type]
    return choose_page(session, person, "", first, cancel)


# How long it lives.


def test_a_short_log_in_gives_a_page_token_that_ends_with_it(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    source = in_browser(own_session, world, cancel, log_in={"long_lived": False, "hours": 2})
    life = page_of(own_session, source, cancel).facts.life
    assert life is not None
    assert life.value is not None
    assert life.value.ends_at - life.at == 2 * HOUR
    assert abs(life.at - world.world()["time"]) < 120, "by Facebook's clock"


@pytest.mark.parametrize("log_in", [in_browser, with_code], ids=["browser", "code"])
def test_a_lasting_log_in_gives_a_page_token_without_a_last_day(
    own_session: Session, world: PracticeWorld, cancel: CancelToken, log_in: object
) -> None:
    opened = page_of(own_session, log_in(own_session, world, cancel), cancel)  # type: ignore[operator]
    assert opened.facts.life is not None
    assert opened.facts.life.value is not None
    assert opened.facts.life.value.ends_at == 0


def test_it_is_known_by_name_in_this_run_and_gone_with_another_token_of_that_name(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    opened = page_of(own_session, in_browser(own_session, world, cancel, log_in={"long_lived": False}), cancel)
    name = own_session.tokens.name_of(opened)
    own_session.tokens.keep(opened, remember=False)
    again = open_token(own_session, RememberedTokenSource(own_session.tokens, name), cancel)
    assert again.facts.life == opened.facts.life
    assert is_near_end(again.facts.life, opened.facts.identity.at + 1.9 * HOUR)
    own_session.tokens.keep(open_token(own_session, pasted_token(world.token("page")), cancel), remember=False)
    assert own_session.tokens.life_of(name) is None


def test_a_log_in_that_has_ended_is_told_apart_from_a_dead_token_of_the_bot(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    opened = page_of(own_session, in_browser(own_session, world, cancel, log_in={"long_lived": False}), cancel)
    own_session.tokens.keep(opened, remember=False)
    world.clock(3 * HOUR)
    source = RememberedTokenSource(own_session.tokens, own_session.tokens.name_of(opened))
    try:
        failure = open_token(own_session, source, cancel).facts.identity.failure
    except WizardError as error:
        failure = error.failure
    assert failure is not None
    assert failure.kind is ErrorKind.LOG_IN_ENDED


def test_logging_in_again_loses_no_setting(own_session: Session, world: PracticeWorld, cancel: CancelToken) -> None:
    source = in_browser(own_session, world, cancel, log_in={"long_lived": False})
    answers = own_session.accept(page_of(own_session, source, cancel), Answers(started=True))
    apps = App(world.app("primary"), "Flow bot"), App(world.app("secondary"), "Support Desk")
    answers = with_changes(answers, token_owner=TokenOwner.BOT, bot=apps[0], live_chat=apps[1])
    answers = with_changes(answers, roles_confirmed=frozenset({"done"}))
    source = in_browser(own_session, world, cancel, log_in={"long_lived": False})
    again = own_session.accept(page_of(own_session, source, cancel), answers)
    assert again == answers
