"""The test of a handover as an action: which token plays which side, what it shows in which order, and restoring."""

from dataclasses import replace

import pytest

from tests.actions.trial_stage import ActionStage, StageIn
from wizard.actions.trial import (
    TrialPlan,
    chat_link,
    choose_tokens,
    link_for,
    pending_entries,
    reading_token,
    restore_pending,
    restore_within,
)
from wizard.core.answers import TokenOwner
from wizard.core.cancel import CancelToken
from wizard.core.known_apps import page_inbox
from wizard.core.pending import AlreadyInTest, PendingTest, TrialPart
from wizard.core.trial_result import Event, Item, ItemState, RestoreResult, TrialOutcome, TrialResult

# Which token plays which side: the first token, whose it is, the second token, and the apps of main and other side.
SIDES = {
    "the bot's": ("page", TokenOwner.BOT, "", "primary", None),
    "the live chat's": ("secondary_page", TokenOwner.LIVE_CHAT, "", "secondary", None),
    "the bot's, then the live chat's": ("page", TokenOwner.BOT, "secondary_page", "primary", "secondary"),
    "the live chat's, then the bot's": ("secondary_page", TokenOwner.LIVE_CHAT, "page", "primary", "secondary"),
    "nobody's": ("third_app_page", TokenOwner.NEITHER, "", None, None),
    "nobody's, then the live chat's": ("third_app_page", TokenOwner.NEITHER, "secondary_page", "secondary", None),
    "the bot's, then a third app's": ("page", TokenOwner.BOT, "third_app_page", "primary", None),
}


@pytest.mark.parametrize(("token", "owner", "second", "main", "other"), SIDES.values(), ids=SIDES)
def test_each_token_plays_the_side_of_its_app(
    token: str, owner: TokenOwner, second: str, main: str | None, other: str | None, stage: ActionStage
) -> None:
    stage.log_in(token, owner, second)
    chosen = choose_tokens(stage.session, stage.answers)
    assert (chosen.main.app.id if chosen.main else None) == (stage.world.app(main) if main else None)
    assert (chosen.other.app.id if chosen.other else None) == (stage.world.app(other) if other else None)
    assert chosen.speaks_for_bot is (main == "primary")
    for side in (chosen.main, chosen.other):
        if side is not None:
            assert stage.session.tokens.get(side.token_name).secret
    name = reading_token(stage.session, stage.answers)
    assert name == (chosen.main.token_name if chosen.main else stage.answers.token_name)


def test_part_a_is_shown_before_part_b_and_each_result_after_its_events(stage: ActionStage) -> None:
    stage.save_app_id()
    found = [result.outcome for result in stage.run()]
    assert found == [TrialOutcome.WORKS, TrialOutcome.BOT_HANDED_OVER]
    ends = [at for at, each in enumerate(stage.shown) if isinstance(each, TrialResult)]
    assert ends[-1] == len(stage.shown) - 1
    items = [[each.item for each in part if isinstance(each, Event)] for part in (stage.shown[: ends[0]], stage.shown)]
    assert items[0][0] is Item.OWNER
    assert items[0][-1] is Item.BACK
    assert Item.HELLO not in items[0]
    assert Item.HUMAN in items[1]
    assert stage.world.owner_of() == stage.world.app("primary")
    assert not stage.session.pending_tests()


def test_the_session_is_left_to_whoever_started_the_test(stage: ActionStage) -> None:
    before = (stage.session.facts, stage.session.more_apps)
    stage.run(TrialPlan(stage.world.tester, wait=1))
    assert stage.session.tests == ()
    assert (stage.session.facts, stage.session.more_apps) == before


def test_after_a_refused_probe_the_bot_is_not_tried(stage_in: StageIn) -> None:
    stage = stage_in("take-refused")
    (result,) = stage.run()
    assert (result.part, result.outcome) == (TrialPart.FACEBOOK_ALLOWS, TrialOutcome.PROBE_REFUSED)
    stage.shown.clear()
    (result,) = stage.run(TrialPlan(stage.world.tester, with_part_a=False, wait=1))
    assert result.part is TrialPart.BOT_DOES


def test_the_live_chats_token_runs_part_b_alone(stage_in: StageIn) -> None:
    stage = stage_in("token-of-live-chat")
    stage.save_app_id()
    stage.log_in("secondary_page", TokenOwner.LIVE_CHAT)
    (result,) = stage.run()
    assert (result.part, result.outcome) == (TrialPart.BOT_DOES, TrialOutcome.BOT_HANDED_OVER)
    assert result.is_seen_by_live_chat


def test_by_eye_nothing_is_called(stage: ActionStage) -> None:
    stage.save_app_id()
    (result,) = stage.run(TrialPlan(by_eye=True))
    assert (result.outcome, result.by_eye, result.ended.result) == (
        TrialOutcome.BOT_HANDED_OVER,
        True,
        RestoreResult.BACK,
    )
    assert stage.world.calls() == []


def test_a_third_app_has_its_name_in_what_is_shown_and_asked(stage_in: StageIn) -> None:
    stage = stage_in("wrong-id-saved")
    stage.world.instruct("paste_app_id", copied=stage.world.app("third"))
    *_before, result = stage.run()
    assert result.outcome is TrialOutcome.WENT_ELSEWHERE
    assert result.app is not None
    assert result.app.name == "Order Robot"
    seen = [each.app for each in stage.shown if isinstance(each, Event) and each.item is Item.ARRIVED and each.app]
    assert seen[-1].name == "Order Robot"
    assert stage.world.calls().count(f"GET {stage.world.app('third')}") <= 1


def test_the_live_chats_own_token_gives_back_what_the_bot_may_not_take(stage_in: StageIn) -> None:
    stage = stage_in("take-refused-when-held")
    stage.log_in("page", TokenOwner.BOT, second="secondary_page")
    assert stage.world.owner_of() is None
    first, *_rest = stage.run()
    assert not first.is_left_elsewhere
    assert "way_out" not in stage.person.asked
    assert stage.world.owner_of() is None
    assert not stage.session.pending_tests()


def test_without_it_the_person_is_asked_and_the_entry_stays(stage_in: StageIn) -> None:
    stage = stage_in("take-refused-when-held")
    stage.person.answers["way_out"] = "wait"
    (result,) = stage.run()
    assert result.ended.result is RestoreResult.NOT_BACK
    assert stage.person.asked == ["way_out"]
    assert len(stage.session.pending_tests()) == 1


def test_a_conversation_whose_test_is_open_is_not_even_read(stage: ActionStage) -> None:
    stage.stop_after_pass()
    stage.world.forget_requests()
    with pytest.raises(AlreadyInTest):
        stage.run()
    assert stage.world.calls() == []


# After an interruption.


def stop(stage: ActionStage) -> PendingTest:
    """Break the test off right after the pass, as a full disk or a mistake of ours would."""

    def breaks(event: Event) -> None:
        if event.item is Item.PASSED and event.state is ItemState.DONE:
            raise ZeroDivisionError

    stage.on_event = breaks
    with pytest.raises(ZeroDivisionError):
        stage.run()
    (entry,) = stage.session.pending_tests()
    assert stage.world.owner_of() == stage.world.app("secondary")
    return entry


def test_what_an_interruption_left_is_restored(stage: ActionStage) -> None:
    stop(stage)
    (ended,) = restore_pending(stage.session, stage.answers, stage.world.tester, CancelToken())
    assert ended.result is RestoreResult.BACK
    assert stage.world.owner_of() == stage.world.app("primary")
    assert not stage.session.pending_tests()
    assert restore_pending(stage.session, stage.answers, stage.world.tester, CancelToken()) == []


@pytest.mark.parametrize("other", ["page", "app", "person"])
def test_tests_of_another_page_app_or_person_are_left_alone(other: str, stage: ActionStage) -> None:
    entry = stop(stage)
    stranger = {
        "page": replace(entry, id="stranger", page_id="1"),
        "app": replace(entry, id="stranger", token_app_id=stage.world.app("third")),
        "person": replace(entry, id="stranger", psid="1"),
    }[other]
    stage.session.journal.write(stranger)
    assert list(pending_entries(stage.session, stage.answers, stage.world.tester)) == [entry]
    assert len(restore_within(stage.session, stage.answers, stage.world.tester, 15)) == 1
    assert list(stage.session.pending_tests()) == [stranger]


def test_restoring_ends_with_its_time_and_keeps_the_entry(stage: ActionStage) -> None:
    entry = stop(stage)
    stage.world.fault("POST me/take_thread_control", "reset", None)
    (ended,) = restore_within(stage.session, stage.answers, stage.world.tester, 0.5)
    assert ended.result is RestoreResult.NOT_BACK
    assert list(stage.session.pending_tests()) == [entry]


def test_a_forgotten_token_is_not_back(stage: ActionStage) -> None:
    entry = stop(stage)
    stage.session.vault.forget(entry.token_name)
    (ended,) = restore_pending(stage.session, stage.answers, stage.world.tester, CancelToken())
    assert ended.result is RestoreResult.NOT_BACK
    assert ended.failure is not None
    assert list(stage.session.pending_tests()) == [entry]


# Where the person does what is asked.


def test_each_step_leads_to_its_place(stage: ActionStage) -> None:
    world, page, live_chat = stage.session.world, stage.world.page_id, stage.app("secondary")
    for step in ("say_hello", "ask_for_human", "write_once_more", "write_and_look", "bot_answers_again"):
        assert link_for(step, world, page, live_chat) == chat_link(world, page) == f"{world.m_me}/{page}"
    assert link_for("close_in_live_chat", world, page, live_chat) == world.livechat
    assert link_for("close_in_live_chat", world, page, page_inbox()).startswith(world.business)
    assert link_for("way_out", world, page, live_chat).startswith(world.facebook)
    assert link_for("bring_back_anyway", world, page, live_chat) == ""


def test_what_the_first_part_showed_counts_in_the_second(stage: ActionStage) -> None:
    """Nobody had it at the start: the bot was shown the live chat, and to the default app nothing is hidden."""
    stage.world.control_of("release")
    stage.person.acts = False
    results = stage.run(TrialPlan(stage.world.tester, wait=4))
    assert [result.ended.result for result in results] == [RestoreResult.BACK, RestoreResult.BACK]


def test_a_message_that_the_bot_got_counts_as_hello(stage_in: StageIn) -> None:
    stage = stage_in("wrong-id-saved")
    results = stage.run(found_by_code(stage))
    assert [result.part for result in results] == [TrialPart.FACEBOOK_ALLOWS, TrialPart.BOT_DOES]
    assert results[-1].first_app == stage.app("primary")
    assert "say_hello" not in stage.person.told
    assert not stage.session.pending_tests()


def test_another_app_that_got_the_message_ends_the_test_before_anything_is_moved(stage_in: StageIn) -> None:
    stage = stage_in("social-route-elsewhere")
    plan = found_by_code(stage)
    stage.world.forget_requests()
    (result,) = stage.run(plan)
    assert (result.outcome, result.ended.result) == (TrialOutcome.OTHER_ANSWERS_FIRST, RestoreResult.UNTOUCHED)
    assert result.first_app is not None
    assert result.first_app.name == "Order Robot"
    assert stage.consents == []
    assert not [call for call in stage.world.calls() if call.startswith("POST")]


def found_by_code(stage: ActionStage) -> TrialPlan:
    stage.world.write("Handover test 4821")
    graph = stage.session.graph_of(stage.answers.token_name, stage.cancel)
    found = next(one for one in graph.conversations() if one.psid == stage.world.tester)
    return TrialPlan(found.psid, wait=40, conversation_id=found.id, written_at=found.updated_at)
