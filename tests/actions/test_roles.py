"""Who answers first without a face: what the bot lacks, and adding it."""

from dataclasses import replace

import pytest

from tests.simulator.world import PracticeWorld
from wizard.actions.log_in import open_token
from wizard.actions.roles import (
    add_fields,
    confirm_roles,
    fields_verdict,
    is_connected,
    missing_fields,
    read_token,
    setting_verdict,
)
from wizard.actions.session import Session
from wizard.actions.token_sources import pasted_token
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.cancel import CancelToken
from wizard.core.flow import SETUP, StepId


def logged_in(session: Session, world: PracticeWorld, owner: TokenOwner = TokenOwner.BOT) -> Answers:
    opened = open_token(session, pasted_token(world.token()), CancelToken())
    session.tokens.keep(opened, remember=False)
    answers = with_changes(session.accept(opened, Answers(started=True)), token_owner=owner)
    return with_changes(answers, bot=answers.token_app)


def test_fields_that_the_bot_lacks_are_added_and_the_others_stay(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    world.scenario("fields-missing")
    answers = logged_in(own_session, world)
    case = own_session.check_context(answers)
    before = case.facts.token.subscription.value if case.facts.token and case.facts.token.subscription else None
    assert before is not None
    missing = missing_fields(case)
    assert missing
    facts = add_fields(own_session, answers.token_name, missing, cancel)
    own_session.facts = replace(own_session.facts, token=facts)
    assert not missing_fields(own_session.check_context(answers))
    assert facts.subscription is not None
    assert facts.subscription.value is not None
    assert facts.subscription.value.fields == (before.fields or frozenset()) | missing


def test_where_nothing_is_missing_nothing_is_added(own_session: Session, world: PracticeWorld) -> None:
    case = own_session.check_context(logged_in(own_session, world))
    assert is_connected(case)
    assert not missing_fields(case)


def test_an_app_that_is_not_connected_lacks_all_and_is_told_apart(own_session: Session, world: PracticeWorld) -> None:
    world.scenario("app-not-subscribed")
    case = own_session.check_context(logged_in(own_session, world))
    assert not is_connected(case)
    assert missing_fields(case)


@pytest.mark.parametrize("owner", [TokenOwner.LIVE_CHAT, TokenOwner.NEITHER])
def test_another_apps_fields_are_not_the_bots(own_session: Session, world: PracticeWorld, owner: TokenOwner) -> None:
    world.scenario("fields-missing")
    case = own_session.check_context(logged_in(own_session, world, owner))
    assert fields_verdict(case) is None
    assert not missing_fields(case)


def test_what_nobody_has_seen_is_no_verdict(own_session: Session, world: PracticeWorld) -> None:
    case = own_session.check_context(logged_in(own_session, world))
    assert setting_verdict(case, "social_route") is None
    assert setting_verdict(case, "old_primary") is None


def test_confirming_opens_the_next_step(own_session: Session, world: PracticeWorld) -> None:
    answers = logged_in(own_session, world)
    assert SETUP.problems(StepId.ROLES, answers)
    assert not SETUP.problems(StepId.ROLES, confirm_roles(answers))


def test_looking_again_shows_what_changed_on_facebook_meanwhile(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    world.scenario("fields-missing")
    answers = logged_in(own_session, world)
    missing = missing_fields(own_session.check_context(answers))
    add_fields(own_session, answers.token_name, missing, cancel)  # as somebody else would
    facts = read_token(own_session, answers.token_name, cancel)
    own_session.facts = replace(own_session.facts, token=facts)
    assert not missing_fields(own_session.check_context(answers))
