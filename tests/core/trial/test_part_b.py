"""Part B: the tester writes, and the bot hands over by itself with the App ID that was saved."""

import pytest

from tests.core.trial.conftest import StageIn
from tests.core.trial.stage import Stage
from tests.simulator.world import request
from wizard.core.errors import ErrorKind
from wizard.core.trial_result import ConsentTo, Item, ItemState, RestoreResult, TrialOutcome


def test_after_a_good_probe_the_bot_gets_the_message_hands_over_and_has_it_again(stage: Stage) -> None:
    stage.save_on_platform()
    stage.world.forget_requests()
    result = stage.part_b(is_probe_good=True)
    assert (result.outcome, result.ended.result) == (TrialOutcome.BOT_HANDED_OVER, RestoreResult.BACK)
    assert result.app == stage.live_chat
    assert result.first_app == stage.bot
    assert stage.person.told == ["say_hello", "ask_for_human", "write_and_look"]
    assert stage.writes() == ["release", "take"]
    assert stage.world.owner_of() == stage.bot.id
    assert not stage.entries()


def test_after_a_good_probe_nothing_more_has_to_be_agreed_to(stage: Stage) -> None:
    stage.save_on_platform()
    stage.agrees = False
    assert stage.part_b(is_probe_good=True).outcome is TrialOutcome.BOT_HANDED_OVER
    assert stage.consents == []


def test_without_a_good_probe_it_asks_first_and_does_not_let_go(stage: Stage) -> None:
    stage.save_on_platform()
    stage.world.forget_requests()
    result = stage.part_b()
    assert [request.to for request in stage.consents] == [ConsentTo.TEST]
    assert result.outcome is TrialOutcome.BOT_HANDED_OVER
    assert stage.writes() == ["take"]


def test_declined_means_that_nothing_was_written_anywhere(stage: Stage) -> None:
    stage.agrees = False
    result = stage.part_b()
    assert (result.outcome, result.ended.result) == (TrialOutcome.DECLINED, RestoreResult.UNTOUCHED)
    assert stage.person.told == []
    assert not stage.entries()


def test_an_idle_conversation_is_idle_again(stage: Stage) -> None:
    stage.save_on_platform()
    stage.make_idle()
    result = stage.part_b(is_probe_good=True)
    assert (result.outcome, result.ended.result) == (TrialOutcome.BOT_HANDED_OVER, RestoreResult.BACK)
    assert stage.writes() == ["take", "release"]
    assert stage.world.owner_of() is None


@pytest.mark.parametrize("holder", ["live_chat", "third"])
def test_another_apps_conversation_is_taken_with_consent_and_given_back(stage: Stage, holder: str) -> None:
    app = getattr(stage, holder)
    stage.save_on_platform()
    stage.give(app)
    result = stage.part_b(is_probe_good=True)
    assert [request.to for request in stage.consents] == [ConsentTo.TAKE_FROM]
    assert (result.outcome, result.first_app) == (TrialOutcome.BOT_HANDED_OVER, stage.bot)
    assert result.ended.result is RestoreResult.BACK
    assert stage.world.owner_of() == app.id
    assert not stage.entries()


def test_the_entry_is_open_while_it_watches(stage: Stage) -> None:
    stage.save_on_platform()
    found: list[int] = []
    stage.person.before["say_hello"] = lambda: found.append(len(stage.entries()))
    stage.part_b()
    assert found == [1]


def test_a_wrong_id_is_named(stage_in: StageIn) -> None:
    stage = stage_in("wrong-id-saved")
    stage.save_on_platform()
    result = stage.part_b(is_probe_good=True)
    assert result.outcome is TrialOutcome.WENT_ELSEWHERE
    assert result.app is not None
    assert result.app.id == stage.third.id
    assert stage.person.asked == ["bring_back_anyway"]
    assert result.ended.result is RestoreResult.BACK


def test_a_bot_that_keeps_it_is_said_so_after_the_window(stage_in: StageIn) -> None:
    stage = stage_in(speed=10, window=15)
    result = stage.part_b(is_probe_good=True)
    assert (result.outcome, result.ended.result) == (TrialOutcome.NOTHING_HAPPENED, RestoreResult.BACK)
    assert stage.states(Item.HUMAN)[-1] is ItemState.UNKNOWN
    assert stage.states(Item.ARRIVED)[-1] is ItemState.PROBLEM, "the cross stands at the bot"
    assert stage.states(Item.SILENCE) == []
    assert stage.world.owner_of() == stage.bot.id


def test_a_social_route_to_another_app_is_seen_by_the_fresh_message(stage_in: StageIn) -> None:
    stage = stage_in("social-route-elsewhere")
    result = stage.part_b(is_probe_good=True)
    assert result.outcome is TrialOutcome.OTHER_ANSWERS_FIRST
    assert result.first_app is not None
    assert result.first_app.id == stage.third.id
    assert stage.person.told == ["say_hello"]
    assert not stage.entries()


def test_a_live_chat_that_has_it_at_once_is_no_proof_against_the_bot(stage_in: StageIn) -> None:
    """The tester wrote "human" together with the greeting: between two looks the bot got it and handed it over."""
    stage = stage_in()
    stage.save_on_platform()
    stage.person.before["say_hello"] = lambda: stage.person.owner.instruct("ask_for_human", "")
    stage.person.acts = False
    result = stage.part_b(is_probe_good=True)
    assert result.outcome is TrialOutcome.LIVE_CHAT_AT_ONCE
    assert stage.states(Item.HELLO)[-1] is ItemState.UNKNOWN
    assert result.ended.result is RestoreResult.BACK
    assert not stage.entries()


def quick_tester(stage: Stage, *texts: str) -> None:
    """Writes it all before the wizard looks once, and does nothing later."""

    def write() -> None:
        for text in texts:
            stage.world.write(text)

    stage.person.before["say_hello"] = write
    stage.person.acts = False


def test_who_asks_for_a_person_right_after_hello_is_understood_by_the_order_of_messages(stage_in: StageIn) -> None:
    stage = stage_in(reads=True, speed=20, window=5)
    stage.save_on_platform()
    quick_tester(stage, "Hello", "human")
    result = stage.part_b(is_probe_good=True)
    assert (result.outcome, result.ended.result) == (TrialOutcome.BOT_HANDED_OVER, RestoreResult.BACK)
    assert (result.first_app, result.app) == (stage.bot, stage.live_chat)
    assert stage.person.told[:1] == ["say_hello"]
    assert "ask_for_human" not in stage.person.told
    assert stage.world.owner_of() == stage.bot.id
    assert not stage.entries()


def test_one_message_that_the_live_chat_gets_at_once_is_still_no_proof(stage_in: StageIn) -> None:
    stage = stage_in(reads=True, speed=20, window=5)
    stage.save_on_platform()
    quick_tester(stage, "human")
    assert stage.part_b(is_probe_good=True).outcome is TrialOutcome.LIVE_CHAT_AT_ONCE


def test_a_message_that_arrived_is_not_what_went_wrong(stage_in: StageIn) -> None:
    stage = stage_in("bot-never-hands-over", reads=True, speed=20, window=5)
    result = stage.part_b(is_probe_good=True)
    assert result.outcome is TrialOutcome.NOTHING_HAPPENED
    assert stage.states(Item.HUMAN) == [ItemState.RUNNING, ItemState.DONE]
    assert stage.states(Item.ARRIVED) == [ItemState.PROBLEM]
    assert [event.is_written for event in stage.events if event.item is Item.HUMAN][-1]


def test_a_message_that_never_comes_is_said_so(stage_in: StageIn) -> None:
    stage = stage_in(speed=20, window=10)
    stage.person.acts = False
    result = stage.part_b(is_probe_good=True)
    assert (result.outcome, result.ended.result) == (TrialOutcome.NO_HELLO, RestoreResult.BACK)
    assert stage.world.owner_of() == stage.bot.id


def test_a_hidden_owner_leaves_only_the_eye(stage_in: StageIn) -> None:
    stage = stage_in("other-app-answers")
    stage.world.write("Hi")
    result = stage.part_b()
    assert (result.outcome, result.ended.result) == (TrialOutcome.NOT_OFFERED, RestoreResult.UNTOUCHED)
    assert stage.person.told == []


def test_trouble_while_watching_brings_the_conversation_back(stage_in: StageIn) -> None:
    stage = stage_in(speed=20, window=5)
    stage.person.before["ask_for_human"] = lambda: stage.world.fault("GET me/thread_owner", {"code": 190}, 1)
    result = stage.part_b(is_probe_good=True)
    assert (result.outcome, result.ended.result) == (TrialOutcome.TROUBLE, RestoreResult.BACK)
    assert stage.world.owner_of() == stage.bot.id
    assert not stage.entries()


def test_trouble_on_the_way_is_looked_past(stage_in: StageIn) -> None:
    stage = stage_in(speed=10)
    stage.save_on_platform()
    stage.person.before["ask_for_human"] = lambda: stage.world.fault("GET me/thread_owner", "http_500", 2)
    assert stage.part_b(is_probe_good=True).outcome is TrialOutcome.BOT_HANDED_OVER


def test_a_watch_waits_as_long_as_a_limit_says_and_then_goes_on(stage: Stage) -> None:
    stage.save_on_platform()
    world = stage.world
    stage.person.before["ask_for_human"] = lambda: world.fault("GET me/thread_owner", "throttled", 1, minutes=0.05)
    assert stage.part_b(is_probe_good=True).outcome is TrialOutcome.BOT_HANDED_OVER
    asked = world.requests()
    (at,) = (number for number, call in enumerate(asked) if call["status"] == 400)
    assert asked[at + 1]["time"] - asked[at]["time"] >= 3.0


def test_a_watch_ends_where_a_limit_lasts_longer_and_nothing_more_is_asked(stage_in: StageIn) -> None:
    stage = stage_in(window=5)
    stage.save_on_platform()
    world = stage.world
    stage.person.before["ask_for_human"] = lambda: world.fault("GET me/thread_owner", "throttled", 1, minutes=12)
    result = stage.part_b(is_probe_good=True)
    assert (result.outcome, result.ended.result) == (TrialOutcome.TROUBLE, RestoreResult.NOT_BACK)
    assert result.failure is not None
    assert (result.failure.kind, result.failure.wait) == (ErrorKind.THROTTLED, 720.0)
    assert world.requests()[-1]["status"] == 400
    assert len(stage.entries()) == 1


def test_refused_only_when_held_leaves_it_open_with_the_ways_out(stage_in: StageIn) -> None:
    stage = stage_in("take-refused-when-held")
    stage.save_on_platform()
    result = stage.part_b()
    assert (result.outcome, result.ended.result) == (TrialOutcome.BOT_HANDED_OVER, RestoreResult.NOT_BACK)
    assert stage.person.asked == ["bot_answered_now", "way_out"]
    (entry,) = stage.entries()
    assert entry.passed_at > 0


def test_the_live_chats_token_sees_itself_get_control_and_gives_it_back(stage_in: StageIn) -> None:
    stage = stage_in(token="secondary_page")
    stage.save_on_platform()
    stage.world.forget_requests()
    result = stage.part_b()
    assert (result.outcome, result.ended.result) == (TrialOutcome.BOT_HANDED_OVER, RestoreResult.BACK)
    assert stage.person.told == ["ask_for_human", "write_and_look"]
    assert stage.writes() == ["pass"]
    assert stage.world.owner_of() == stage.bot.id


def test_the_live_chat_gives_its_own_conversation_to_the_bot_first_and_keeps_it_in_the_end(stage_in: StageIn) -> None:
    stage = stage_in(token="secondary_page")
    stage.save_on_platform()
    stage.give(stage.live_chat)
    result = stage.part_b()
    assert (result.outcome, result.ended.result) == (TrialOutcome.BOT_HANDED_OVER, RestoreResult.BACK)
    assert stage.writes() == ["pass"]
    assert stage.world.owner_of() == stage.live_chat.id


def test_the_live_chat_that_never_gets_it_says_so(stage_in: StageIn) -> None:
    stage = stage_in(token="secondary_page", speed=10, window=10)
    result = stage.part_b()
    assert result.outcome is TrialOutcome.NOTHING_HAPPENED
    assert result.ended.result is RestoreResult.NOT_BACK, "from this side it looks as if a third app had it"
    assert stage.world.owner_of() == stage.bot.id


def test_the_live_chats_token_sees_a_handover_only_after_it_saw_the_conversation_elsewhere(stage_in: StageIn) -> None:
    """On an idle conversation a fresh message shows first that another app answers it."""
    stage = stage_in(token="secondary_page")
    stage.save_on_platform()
    stage.make_idle()
    result = stage.part_b()
    assert stage.person.told == ["say_hello", "ask_for_human", "write_and_look"]
    assert (result.outcome, result.is_seen_by_live_chat) == (TrialOutcome.BOT_HANDED_OVER, True)


def test_a_conversation_that_went_straight_to_the_live_chat_proves_no_handover(stage_in: StageIn) -> None:
    stage = stage_in(token="secondary_page")
    stage.save_on_platform()
    stage.make_idle()
    settings = f"{stage.world.start['facebook_url']}/settings/routing"
    assert request("POST", settings, form={"default_app": stage.live_chat.id}).status == 303
    result = stage.part_b()
    assert (result.outcome, result.app) == (TrialOutcome.CANNOT_TELL, stage.live_chat)
    assert stage.states(Item.ARRIVED) == [ItemState.UNKNOWN]
    assert stage.person.told == ["say_hello"]


def test_what_an_app_has_already_does_not_prove_that_it_answers_first(stage: Stage) -> None:
    """Without a good probe the bot keeps the conversation, so that "Hello" goes to it whatever the routes say."""
    stage.save_on_platform()
    result = stage.part_b(is_probe_good=False)
    assert (result.outcome, result.first_app) == (TrialOutcome.BOT_HANDED_OVER, None)
    assert stage.states(Item.HELLO)[-1] is ItemState.UNKNOWN
