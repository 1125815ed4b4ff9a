"""The one route without a window: which steps can be opened, what Next and Back lead to, and what holds a person up."""

from dataclasses import replace
from itertools import pairwise

import pytest

from wizard.core.answers import Answers, SavedHow, TestOutcome, TokenOwner
from wizard.core.facts import App
from wizard.core.flow import SETUP, Flow, Problem, Step, StepId, open_step
from wizard.core.products import OWN, UNKNOWN, Product
from wizard.core.target import TargetChoice

BOT, LIVE_CHAT = App("3000000003", "Flow bot"), App("4000000004", "Desk")
# After each step of the set-up: what the person has answered by then.
STARTED = Answers(started=True)
BEGUN = replace(STARTED, bot_product=Product(OWN), live_chat_product=Product(UNKNOWN))
LOGGED_IN = replace(BEGUN, page_id="1789", token_owner=TokenOwner.BOT, token_app=BOT)
APPS_CHOSEN = replace(LOGGED_IN, bot=BOT, live_chat=LIVE_CHAT)
ROLES_DONE = replace(APPS_CHOSEN, roles_confirmed=frozenset({"done"}))
PLACE_CHOSEN = replace(ROLES_DONE, target=TargetChoice("flow-ai"))
SAVED = replace(PLACE_CHOSEN, saved_app_id=LIVE_CHAT.id, saved_how=SavedHow.CONFIRMED)
TESTED = replace(SAVED, test=TestOutcome.PASSED)
ORDER = list(StepId)


@pytest.mark.parametrize(
    ("answers", "last"),
    [
        (Answers(), StepId.WELCOME),
        (STARTED, StepId.PRODUCTS),
        (BEGUN, StepId.LOG_IN),
        (LOGGED_IN, StepId.APPS),
        (APPS_CHOSEN, StepId.ROLES),
        (ROLES_DONE, StepId.APP_ID),
        (PLACE_CHOSEN, StepId.BOT_SETTINGS),
        (SAVED, StepId.TEST),
        (TESTED, StepId.FINISHED),
    ],
)
def test_steps_open_up_to_the_first_that_lacks_an_answer(answers: Answers, last: StepId) -> None:
    reachable = [step.id for step in SETUP.reachable(answers)]
    assert reachable == ORDER[: ORDER.index(last) + 1]
    assert SETUP.after(last, answers) is None
    for step, following in pairwise(reachable):
        assert SETUP.after(step, answers) is following


@pytest.mark.parametrize(
    ("step", "answers", "problems"),
    [
        (StepId.WELCOME, Answers(), (Problem.NO_CHOICE,)),
        (StepId.PRODUCTS, STARTED, (Problem.NO_BOT_PRODUCT, Problem.NO_LIVE_CHAT_PRODUCT)),
        (StepId.PRODUCTS, replace(STARTED, bot_product=Product(UNKNOWN)), (Problem.NO_LIVE_CHAT_PRODUCT,)),
        (StepId.PRODUCTS, BEGUN, ()),
        (StepId.PRODUCTS, replace(STARTED, page_id="1789"), ()),  # of a version that did not ask
        (StepId.LOG_IN, BEGUN, (Problem.NO_PAGE,)),
        (StepId.LOG_IN, replace(BEGUN, page_id="1789"), (Problem.TOKEN_OWNER_UNKNOWN,)),
        (StepId.LOG_IN, replace(BEGUN, page_id="1789", token_owner=TokenOwner.NONE), ()),
        (StepId.APPS, LOGGED_IN, (Problem.NO_BOT, Problem.NO_LIVE_CHAT)),
        (StepId.APPS, replace(LOGGED_IN, bot=BOT), (Problem.NO_LIVE_CHAT,)),
        (StepId.APPS, replace(LOGGED_IN, bot=BOT, live_chat=App(BOT.id, "the same")), (Problem.SAME_APP,)),
        (StepId.ROLES, APPS_CHOSEN, (Problem.ROLES_OPEN,)),
        (StepId.ROLES, replace(APPS_CHOSEN, roles_confirmed=frozenset({"default_app"})), (Problem.ROLES_OPEN,)),
        (StepId.APP_ID, ROLES_DONE, (Problem.NO_TARGET,)),
        (StepId.BOT_SETTINGS, PLACE_CHOSEN, (Problem.NOT_SAVED,)),
        (StepId.TEST, SAVED, (Problem.NOT_TESTED,)),
        (StepId.TEST, replace(SAVED, test=TestOutcome.SKIPPED), (Problem.NOT_TESTED,)),
        (StepId.TEST, replace(SAVED, test=TestOutcome.SKIPPED, test_skipped_because="no time"), ()),
        (StepId.TEST, replace(SAVED, test=TestOutcome.NOT_PASSED), ()),
        (StepId.FINISHED, TESTED, ()),
    ],
)
def test_what_holds_a_person_up_on_a_step(step: StepId, answers: Answers, problems: tuple[Problem, ...]) -> None:
    assert SETUP.problems(step, answers) == problems


@pytest.mark.parametrize(
    ("product", "has_choice"),
    [(None, True), (Product(OWN), True), (Product(UNKNOWN), False), (Product("flow-ai", "Flow.ai"), False)],
)
def test_where_the_app_id_goes_is_asked_only_where_there_is_a_choice(product: Product | None, has_choice: bool) -> None:
    answers = replace(PLACE_CHOSEN, bot_product=product)
    assert (StepId.APP_ID in {step.id for step in SETUP.route(answers)}) is has_choice
    assert SETUP.before(StepId.BOT_SETTINGS, answers) is (StepId.APP_ID if has_choice else StepId.ROLES)


def test_back_leads_through_all_steps_whatever_is_answered() -> None:
    assert SETUP.first(Answers()) is StepId.WELCOME
    assert SETUP.before(StepId.WELCOME, TESTED) is None
    for before, step in pairwise(ORDER):
        assert SETUP.before(step, Answers(bot_product=Product(OWN))) is before


def test_who_walks_without_a_window_comes_to_the_following_step_though_the_one_before_lacks_something() -> None:
    assert SETUP.after(StepId.ROLES, APPS_CHOSEN) is None
    assert SETUP.following(StepId.ROLES, APPS_CHOSEN) is StepId.APP_ID
    assert SETUP.following(StepId.FINISHED, TESTED) is None


# A step that only some people need: here those whose token is not the bot's.
BRANCHED = Flow(
    (
        Step(StepId.LOG_IN),
        Step(StepId.ROLES, is_needed=lambda answers: answers.token_owner is not TokenOwner.BOT),
        Step(StepId.TEST),
    )
)


def test_a_step_that_is_not_needed_stands_on_no_way() -> None:
    others = Answers(token_owner=TokenOwner.LIVE_CHAT)
    bots = Answers(token_owner=TokenOwner.BOT)
    assert [step.id for step in BRANCHED.route(others)] == [StepId.LOG_IN, StepId.ROLES, StepId.TEST]
    assert [step.id for step in BRANCHED.route(bots)] == [StepId.LOG_IN, StepId.TEST]
    assert BRANCHED.after(StepId.LOG_IN, bots) is StepId.TEST
    assert BRANCHED.following(StepId.LOG_IN, bots) is StepId.TEST
    assert BRANCHED.before(StepId.TEST, bots) is StepId.LOG_IN


def test_a_step_that_is_not_needed_any_more_leads_on_to_the_one_behind_it() -> None:
    assert BRANCHED.following(StepId.ROLES, Answers(token_owner=TokenOwner.BOT)) is StepId.TEST
    assert BRANCHED.after(StepId.ROLES, Answers(token_owner=TokenOwner.BOT)) is None


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        (Answers(), StepId.PRODUCTS),
        (BEGUN, StepId.LOG_IN),
        (LOGGED_IN, StepId.APPS),
        (APPS_CHOSEN, StepId.ROLES),
        (ROLES_DONE, StepId.APP_ID),
        (SAVED, StepId.TEST),
    ],
)
def test_whoever_comes_back_in_another_run_goes_on_at_the_first_step_that_is_not_done(
    answers: Answers, step: StepId
) -> None:
    assert open_step(replace(answers, started=False, token_owner=None)) is step
