"""Your apps without a face: which are offered for which role, and an App ID that is typed."""

import pytest

from tests.simulator.world import PracticeWorld
from wizard.actions.apps import (
    AppRole,
    check_typed_app,
    is_said,
    look_up_app,
    offered_apps,
    with_app,
    with_app_of_token,
)
from wizard.actions.log_in import open_token
from wizard.actions.session import Session
from wizard.actions.token_sources import pasted_token
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.app_id import AppIdTrouble
from wizard.core.cancel import CancelToken
from wizard.core.facts import App
from wizard.core.known_apps import page_inbox


@pytest.fixture
def answers(own_session: Session, world: PracticeWorld) -> Answers:
    """The bot's token is in hand; whose it is was not said yet."""
    opened = open_token(own_session, pasted_token(world.token()), CancelToken())
    own_session.tokens.keep(opened, remember=False)
    return own_session.accept(opened, Answers(started=True))


def ids(apps: tuple[App, ...]) -> set[str]:
    return {app.id for app in apps}


def test_the_page_inbox_may_take_over_but_is_no_bot(own_session: Session, answers: Answers) -> None:
    assert page_inbox().id in ids(offered_apps(own_session, answers, AppRole.LIVE_CHAT))
    assert page_inbox().id not in ids(offered_apps(own_session, answers, AppRole.BOT))


@pytest.mark.parametrize(
    ("owner", "roles"),
    [
        (None, {AppRole.BOT, AppRole.LIVE_CHAT}),
        (TokenOwner.BOT, {AppRole.BOT}),
        (TokenOwner.LIVE_CHAT, {AppRole.LIVE_CHAT}),
        (TokenOwner.NEITHER, set()),
    ],
)
def test_the_app_of_the_token_is_offered_only_as_what_it_was_said_to_be(
    own_session: Session, world: PracticeWorld, answers: Answers, owner: TokenOwner | None, roles: set[AppRole]
) -> None:
    answers = with_changes(answers, token_owner=owner)
    offered = {role for role in AppRole if world.app("primary") in ids(offered_apps(own_session, answers, role))}
    assert offered == roles


def test_an_app_that_has_one_role_is_not_offered_for_the_other(own_session: Session, answers: Answers) -> None:
    desk = App("4000000004", "Desk")
    answers = with_app(answers, AppRole.BOT, desk)
    assert desk.id in ids(offered_apps(own_session, answers, AppRole.BOT))
    assert desk.id not in ids(offered_apps(own_session, answers, AppRole.LIVE_CHAT))


@pytest.mark.parametrize(("owner", "role"), [(TokenOwner.BOT, AppRole.BOT), (TokenOwner.LIVE_CHAT, AppRole.LIVE_CHAT)])
def test_saying_whose_token_it_is_answers_one_of_the_two_questions(
    answers: Answers, owner: TokenOwner, role: AppRole
) -> None:
    filled = with_app_of_token(with_changes(answers, token_owner=owner))
    assert is_said(filled, role)
    assert not is_said(filled, role.other)
    assert with_app_of_token(filled) == filled


def test_a_choice_that_was_made_stays_when_the_step_is_entered_again(answers: Answers) -> None:
    chosen = with_app(with_changes(answers, token_owner=TokenOwner.BOT), AppRole.BOT, App("3000000003"))
    assert with_app_of_token(chosen) == chosen


@pytest.mark.parametrize("role", list(AppRole))
def test_the_same_app_cannot_have_both_roles(own_session: Session, answers: Answers, role: AppRole) -> None:
    answers = with_app(answers, role.other, App("4000000004"))
    typed = check_typed_app(own_session, answers, role, "App ID: 4000000004")
    assert typed.app_id == "4000000004"
    assert typed.problem is not None
    assert typed.problem.trouble is AppIdTrouble.SAME_AS_OTHER


def test_a_typed_app_id_is_checked_before_facebook_is_asked(
    own_session: Session, world: PracticeWorld, answers: Answers
) -> None:
    world.forget_requests()
    page = check_typed_app(own_session, answers, AppRole.LIVE_CHAT, world.page_id)
    assert page.problem is not None
    assert page.problem.trouble is AppIdTrouble.IS_PAGE
    known = check_typed_app(own_session, answers, AppRole.BOT, f" {world.app('primary')} ")
    assert known.problem is None
    assert known.known is not None
    assert known.known.id == world.app("primary")
    assert world.calls() == []


def test_facebook_tells_the_name_of_an_app_where_it_shows_the_app(
    own_session: Session, world: PracticeWorld, answers: Answers, cancel: CancelToken
) -> None:
    answers = with_changes(answers, token_owner=TokenOwner.BOT)
    named = look_up_app(own_session, answers, world.app("secondary"), cancel)
    assert named is not None
    assert named.name == world.start["apps"]["secondary"]["name"]
    assert look_up_app(own_session, answers, "7001002003004", cancel) is None


def test_without_a_token_a_typed_app_stays_nameless_and_nobody_is_asked(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    world.forget_requests()
    without = Answers(page_id=world.page_id, token_owner=TokenOwner.NONE)
    assert look_up_app(own_session, without, "7001002003004", cancel) == App("7001002003004")
    assert world.calls() == []
