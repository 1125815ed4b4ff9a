"""Logging in without a face: what a token opens, which Page is meant, and whose token it is."""

from collections.abc import Sequence

import pytest

from tests.simulator.world import PracticeWorld
from wizard.actions.log_in import (
    NotAPageToken,
    PageNotOpened,
    SecondTokenProblem,
    choose_page,
    is_of_last_time,
    is_proof_trouble,
    list_pages,
    open_page,
    open_second_token,
    open_token,
    require_page_token,
    suggested_owner,
    with_owner,
    without_token,
)
from wizard.actions.session import Session
from wizard.actions.token_sources import (
    NoTokenRemembered,
    PastedToken,
    RememberedTokenSource,
    TokenShapeError,
    pasted_token,
)
from wizard.actions.tokens import Credentials, Opened, PageWithToken, RememberedToken
from wizard.core.answers import Answers, TokenOwner
from wizard.core.cancel import CancelToken
from wizard.core.errors import WizardError
from wizard.core.facts import App, Page, TokenKind
from wizard.core.secret import Secret


def opened(session: Session, world: PracticeWorld, name: str = "page") -> Opened:
    return open_token(session, pasted_token(world.token(name)), CancelToken())


def nobody_chooses(pages: Sequence[Page]) -> str:
    raise AssertionError("there was nothing to choose")


def test_a_page_token_tells_its_page_and_its_app(own_session: Session, world: PracticeWorld) -> None:
    found = opened(own_session, world)
    require_page_token(found)
    assert (found.kind, found.page_id, found.page_name) == (TokenKind.PAGE, world.page_id, world.start["page"]["name"])
    assert found.app is not None
    assert found.app.id == world.app("primary")
    answers = own_session.accept(found, Answers(started=True))
    assert (answers.page_id, answers.token_app) == (world.page_id, found.app)
    assert answers.token_name == own_session.tokens.name_of(found)


def test_nothing_is_asked_of_facebook_for_what_is_surely_no_token(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    world.forget_requests()
    with pytest.raises(TokenShapeError):
        open_token(own_session, PastedToken(Secret("not a token")), cancel)
    assert world.calls() == []


def test_a_token_kept_in_memory_is_fetched_again_by_its_name(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    found = opened(own_session, world)
    own_session.tokens.keep(found, remember=False)
    source = RememberedTokenSource(own_session.tokens, name=own_session.tokens.name_of(found))
    assert source.fetch() == Credentials(found.secret)
    assert open_token(own_session, source, cancel).page_id == world.page_id


def test_a_proof_that_is_given_wins_over_the_remembered_one(own_session: Session, world: PracticeWorld) -> None:
    found = opened(own_session, world)
    own_session.tokens.keep(found, remember=False)
    name, proof = own_session.tokens.name_of(found), Secret("0" * 64)
    assert RememberedTokenSource(own_session.tokens, name, proof=proof).fetch().proof == proof


def test_where_no_token_is_remembered_for_the_page_that_is_told_apart_from_trouble(own_session: Session) -> None:
    with pytest.raises(NoTokenRemembered):
        RememberedTokenSource(own_session.tokens, page_id="123456789").fetch()


# A person's token.


def test_the_pages_of_a_person_come_in_portions_until_all_are_there(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    world.scenario("sixty-pages")
    portions: list[Sequence[PageWithToken]] = []
    count = list_pages(own_session, opened(own_session, world, "user"), cancel, portions.append)
    assert sum(len(portion) for portion in portions) == count > 50
    assert [len(portion) for portion in portions[:-1]] == [50] * (len(portions) - 1)
    assert world.page_id in {row.page.id for portion in portions for row in portion}


def test_the_page_that_was_named_is_opened_with_its_own_token(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    world.scenario("sixty-pages")
    person = opened(own_session, world, "user")
    page = choose_page(own_session, person, world.page_id, nobody_chooses, cancel)
    require_page_token(page)
    assert page.page_id == world.page_id
    assert page.secret != person.secret


def test_of_several_usable_pages_the_person_chooses(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    world.scenario("sixty-pages")
    offered: list[str] = []

    def choose(pages: Sequence[Page]) -> str:
        offered.extend(page.id for page in pages)
        return world.page_id

    page = choose_page(own_session, opened(own_session, world, "user"), "", choose, cancel)
    assert page.page_id == world.page_id
    assert len(offered) > 1


def test_a_page_that_the_token_does_not_open_is_refused(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    person = opened(own_session, world, "user")
    with pytest.raises(PageNotOpened):
        choose_page(own_session, person, "123456789", nobody_chooses, cancel)
    with pytest.raises(PageNotOpened):
        open_page(own_session, PageWithToken(Page("123456789"), None), None, cancel)


def test_a_persons_token_is_no_page_token(own_session: Session, world: PracticeWorld) -> None:
    with pytest.raises(NotAPageToken) as raised:
        require_page_token(opened(own_session, world, "user"))
    assert raised.value.kind is TokenKind.USER


def test_an_app_that_wants_a_proof_is_recognized(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    world.scenario("proof-required")
    with pytest.raises(WizardError) as raised:
        opened(own_session, world)
    assert is_proof_trouble(raised.value)
    assert not is_proof_trouble(PageNotOpened())


# A second token.


def test_a_token_of_the_other_app_is_kept_for_the_test(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    answers = own_session.accept(opened(own_session, world), Answers(started=True))
    second = open_second_token(own_session, answers, pasted_token(world.token("secondary_page")), cancel)
    assert second.problem is None
    name = own_session.tokens.name_of(second.opened)
    assert own_session.tokens.get(name).secret == Secret(world.token("secondary_page"))
    own_session.accept_second(second.opened)
    assert world.app("secondary") in {app.id for app in own_session.apps(answers)}


@pytest.mark.parametrize(
    ("token", "page_id", "problem"),
    [
        ("user", "", SecondTokenProblem.NOT_A_PAGE_TOKEN),
        ("page", "", SecondTokenProblem.SAME_APP),
        ("secondary_page", "123456789", SecondTokenProblem.OTHER_PAGE),
    ],
)
def test_a_second_token_that_does_not_fit_is_not_kept(
    own_session: Session,
    world: PracticeWorld,
    cancel: CancelToken,
    token: str,
    page_id: str,
    problem: SecondTokenProblem,
) -> None:
    first = own_session.accept(opened(own_session, world), Answers(started=True))
    answers = Answers(page_id=page_id or first.page_id, token_app=first.token_app)
    second = open_second_token(own_session, answers, pasted_token(world.token(token)), cancel)
    assert second.problem is problem
    with pytest.raises(WizardError):
        own_session.tokens.get(own_session.tokens.name_of(second.opened))


# Whose token it is.


def test_an_earlier_choice_of_apps_says_whose_token_it_is(own_session: Session, world: PracticeWorld) -> None:
    found = opened(own_session, world)
    assert found.app is not None
    same = App(found.app.id)
    assert suggested_owner(found, Answers(bot=same)) is TokenOwner.BOT
    assert suggested_owner(found, Answers(live_chat=same)) is TokenOwner.LIVE_CHAT
    assert suggested_owner(found, Answers(bot=App("3000000003"))) is None


def test_saying_whose_token_it_is_takes_back_a_choice_that_contradicts_it(
    own_session: Session, world: PracticeWorld
) -> None:
    found = opened(own_session, world)
    assert found.app is not None
    chosen = Answers(token_app=found.app, bot=found.app, live_chat=App("4000000004"))
    as_live_chat = with_owner(found, chosen, TokenOwner.LIVE_CHAT)
    assert (as_live_chat.token_owner, as_live_chat.bot) == (TokenOwner.LIVE_CHAT, None)
    assert with_owner(found, chosen, TokenOwner.BOT).bot == found.app


def test_going_on_without_a_token_drops_what_the_token_told() -> None:
    before = Answers(token_name="t", page_id="1", token_app=App("3000000003"), token_owner=TokenOwner.BOT)
    answers = without_token(before, Page("1789", "Lumen Coffee"))
    assert not answers.has_token
    assert (answers.page_id, answers.page_name, answers.token_name) == ("1789", "Lumen Coffee", "")
    assert answers.token_app is None


def test_the_remembered_token_of_last_time_is_the_one_of_the_same_page_and_app() -> None:
    answers = Answers(page_id="1789", token_app=App("3000000003"))
    assert is_of_last_time(RememberedToken("n", "g", "1789", app_id="3000000003"), answers)
    assert not is_of_last_time(RememberedToken("n", "g", "1789", app_id="4000000004"), answers)
    assert not is_of_last_time(RememberedToken("n", "g", "1790", app_id="3000000003"), answers)
