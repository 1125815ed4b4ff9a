"""Part A: Facebook lets the bot pass the conversation to the live chat and take it back."""

import pytest

from tests.core.trial.conftest import StageIn
from tests.core.trial.stage import WORDS, Stage
from tests.simulator.world import request
from wizard.core.errors import ErrorKind, WizardError
from wizard.core.trial.part_a import run_part_a
from wizard.core.trial_result import ConsentTo, Item, ItemState, RestoreResult, TrialOutcome


def test_a_quick_facebook_costs_seven_calls(stage: Stage) -> None:
    result = stage.part_a()
    assert (result.outcome, result.ended.result, result.is_probe_good) == (TrialOutcome.WORKS, RestoreResult.BACK, True)
    assert [call.removesuffix("_thread_control") for call in stage.world.calls()] == [
        "GET me/thread_owner",
        "POST me/release",
        "POST me/take",
        "POST me/pass",
        "GET me/thread_owner",
        "POST me/take",
        "GET me/thread_owner",
    ]


def test_the_bot_has_its_conversation_again_and_nothing_stays_open(stage: Stage) -> None:
    result = stage.part_a()
    assert stage.world.owner_of() == stage.bot.id
    assert result.app == stage.live_chat
    assert not stage.entries()
    assert stage.states(Item.BACK)[-1] is ItemState.DONE


def test_staff_can_read_why_control_moved(stage: Stage) -> None:
    stage.part_a()
    moves = [request for request in stage.world.requests() if request["method"] == "POST"]
    assert {request["parameters"]["metadata"] for request in moves} == {WORDS}


def test_the_journal_is_written_before_the_first_change(stage: Stage) -> None:
    seen: list[tuple[Item, int, int]] = []
    stage.on_event = lambda event: seen.append((event.item, len(stage.entries()), len(stage.writes())))
    stage.part_a()
    assert all(entries == 1 for item, entries, writes in seen if writes and item is not Item.BACK)
    assert seen[0] == (Item.OWNER, 0, 0)


def test_no_token_is_in_the_journal(stage: Stage) -> None:
    texts: list[str] = []
    stage.on_event = lambda event: texts.extend(
        file.read_text() for file in (stage.folder / "open-tests").glob("*.json")
    )
    stage.part_a()
    assert texts
    assert all(stage.world.token() not in text for text in texts)


def test_an_idle_conversation_is_idle_again(stage: Stage) -> None:
    stage.make_idle()
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.WORKS, RestoreResult.BACK)
    assert stage.world.owner_of() is None
    assert len(stage.world.calls()) == 8
    assert not stage.entries()


@pytest.mark.parametrize("holder", ["live_chat", "third"])
def test_a_conversation_of_another_app_is_taken_only_with_consent_and_given_back(stage: Stage, holder: str) -> None:
    app = getattr(stage, holder)
    stage.give(app)
    result = stage.part_a()
    assert [request.to for request in stage.consents] == [ConsentTo.TAKE_FROM]
    assert stage.consents[0].app is not None
    assert stage.consents[0].app.id == app.id
    assert (result.outcome, result.ended.result) == (TrialOutcome.WORKS, RestoreResult.BACK)
    assert stage.world.owner_of() == app.id
    assert not stage.entries()


@pytest.mark.parametrize("holder", ["live_chat", "third"])
def test_without_consent_another_apps_conversation_is_not_touched(stage: Stage, holder: str) -> None:
    stage.give(getattr(stage, holder))
    stage.agrees = False
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.DECLINED, RestoreResult.UNTOUCHED)
    assert stage.writes() == []


def test_the_person_is_told_until_when_the_conversation_may_stay(stage: Stage) -> None:
    stage.part_a()
    (request,) = stage.consents
    assert request.to is ConsentTo.TEST
    assert request.app == stage.live_chat
    assert request.until == pytest.approx(stage.world.world()["time"] + 24 * 3600, abs=60)


def test_declined_after_the_probe_puts_everything_back(stage: Stage) -> None:
    stage.agrees = False
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.DECLINED, RestoreResult.BACK)
    assert stage.writes() == ["release", "take"]
    assert stage.world.owner_of() == stage.bot.id
    assert not stage.entries()


def test_a_hidden_owner_could_not_be_given_back_so_nothing_is_tried(stage_in: StageIn) -> None:
    stage = stage_in("other-app-answers")
    stage.world.write("Hi")
    stage.world.forget_requests()
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.NOT_OFFERED, RestoreResult.UNTOUCHED)
    assert stage.world.calls() == ["GET me/thread_owner"]


def test_an_owner_that_cannot_be_read_means_nothing_is_tried(stage_in: StageIn) -> None:
    stage = stage_in("owner-call-100")
    result = stage.part_a()
    assert result.outcome is TrialOutcome.NOT_OFFERED
    assert stage.writes() == []


@pytest.mark.parametrize(
    ("scenario", "kind"), [("no-default-app", ErrorKind.NO_DEFAULT_APP), ("take-refused", ErrorKind.TAKE_REFUSED)]
)
def test_a_refused_probe_stops_before_any_pass(stage_in: StageIn, scenario: str, kind: ErrorKind) -> None:
    stage = stage_in(scenario)
    result = stage.part_a()
    assert result.outcome is TrialOutcome.PROBE_REFUSED
    assert result.failure is not None
    assert result.failure.kind is kind
    assert stage.writes() == ["take"]
    assert stage.states(Item.PROBE)[-1] is ItemState.PROBLEM
    assert not result.may_go_on
    assert stage.world.owner_of() is None
    assert not stage.entries()


def test_a_refused_probe_is_not_called_back_when_nobody_could_look(stage_in: StageIn) -> None:
    """Released, take refused, and then no reading: the last reading is older than the release and proves nothing."""
    stage = stage_in(speed=20)
    stage.world.fault("POST me/take_thread_control", "refuse", None)
    stage.person.answers["way_out"] = "wait"
    stage.after_event(Item.PROBE, lambda: stage.world.fault("GET me/thread_owner", "http_500", None))
    result = stage.part_a()
    assert stage.writes()[:2] == ["release", "take"]
    assert (result.outcome, result.ended.result) == (TrialOutcome.PROBE_REFUSED, RestoreResult.NOT_BACK)
    assert len(stage.entries()) == 1


def test_refused_only_when_held_shows_the_three_ways_and_keeps_the_entry(stage_in: StageIn) -> None:
    stage = stage_in("take-refused-when-held")
    result = stage.part_a()
    assert result.outcome is TrialOutcome.WORKS
    assert result.ended.result is RestoreResult.NOT_BACK
    assert result.ended.failure is not None
    assert result.ended.failure.kind is ErrorKind.TAKE_REFUSED
    assert stage.person.asked == ["way_out"]
    assert result.is_left_elsewhere
    assert not result.may_go_on
    (entry,) = stage.entries()
    assert entry.passed_at > 0
    assert stage.world.owner_of() == stage.live_chat.id


def test_the_way_out_retry_works_once_the_switch_is_on(stage_in: StageIn) -> None:
    stage = stage_in("take-refused-when-held")
    stage.person.answers["way_out"] = "retry"
    stage.person.before["way_out"] = lambda: _switch_take_control_on(stage)
    result = stage.part_a()
    assert result.ended.result is RestoreResult.BACK
    assert stage.world.owner_of() is None
    assert not stage.entries()


def test_the_way_out_other_side_works_when_the_live_chat_closes(stage_in: StageIn) -> None:
    stage = stage_in("take-refused-when-held")
    stage.person.answers["way_out"] = "other_side"
    result = stage.part_a()
    assert stage.person.told == ["close_in_live_chat"]
    assert result.ended.result is RestoreResult.BACK
    assert stage.world.owner_of() is None
    assert not stage.entries()


def test_with_the_live_chats_token_at_hand_nobody_is_asked(stage_in: StageIn) -> None:
    stage = stage_in("take-refused-when-held")
    run = stage.run()
    run.other_side = stage.graph("secondary_page")
    result = run_part_a(run)
    assert stage.person.asked == []
    assert result.ended.result is RestoreResult.BACK
    assert stage.world.owner_of() is None


def _switch_take_control_on(stage: Stage) -> None:
    facebook = stage.world.start["facebook_url"]
    reply = request(
        "POST",
        f"{facebook}/settings/advanced",
        form=[("take_control", stage.bot.id), ("take_control", stage.live_chat.id)],
    )
    assert reply.status in (302, 303), reply.text


@pytest.mark.parametrize("call", ["release", "take", "pass"])
def test_a_lost_answer_is_cleared_up_by_reading_and_nothing_is_done_twice(stage: Stage, call: str) -> None:
    stage.world.fault(f"POST me/{call}_thread_control", "answer_lost")
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.WORKS, RestoreResult.BACK)
    assert stage.writes() == ["release", "take", "pass", "take"]
    assert stage.world.owner_of() == stage.bot.id


@pytest.mark.parametrize("call", ["release", "take", "pass"])
def test_a_write_that_was_lost_before_it_happened_is_repeated_once(stage_in: StageIn, call: str) -> None:
    stage = stage_in(speed=10)
    stage.world.fault(f"POST me/{call}_thread_control", "reset")
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.WORKS, RestoreResult.BACK)
    assert stage.world.owner_of() == stage.bot.id
    assert not stage.entries()


def test_a_pass_that_is_lost_again_and_again_is_tried_twice_and_said(stage_in: StageIn) -> None:
    stage = stage_in(speed=10)
    stage.world.fault("POST me/pass_thread_control", "reset", None)
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.TROUBLE, RestoreResult.BACK)
    assert stage.writes().count("pass") == 2
    assert stage.world.owner_of() == stage.bot.id


def test_a_refused_pass_is_named_and_the_bot_keeps_the_conversation(stage: Stage) -> None:
    stage.world.fault("POST me/pass_thread_control", {"code": 100, "subcode": 2018164})
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.PASS_REFUSED, RestoreResult.BACK)
    assert result.failure is not None
    assert result.failure.kind is ErrorKind.APP_ID_UNKNOWN
    assert stage.states(Item.PASSED)[-1] is ItemState.PROBLEM
    assert stage.world.owner_of() == stage.bot.id


def test_readings_that_fail_after_the_pass_do_not_keep_it_from_coming_back(stage_in: StageIn) -> None:
    stage = stage_in(speed=20)
    stage.after_event(Item.PASSED, lambda: stage.world.fault("GET me/thread_owner", "http_500", 4))
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.TROUBLE, RestoreResult.BACK)
    assert stage.world.owner_of() == stage.bot.id
    assert not stage.entries()


def test_trouble_before_the_first_change_is_raised_and_leaves_no_entry(stage: Stage) -> None:
    stage.world.fault("GET me/thread_owner", {"code": 190, "subcode": 463}, None)
    with pytest.raises(WizardError) as raised:
        stage.part_a()
    assert raised.value.kind is ErrorKind.TOKEN_EXPIRED
    assert not stage.entries()


def test_a_live_chat_that_passes_back_at_once_is_never_left(stage_in: StageIn) -> None:
    stage = stage_in("passes-back-at-once", speed=20)
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.NEVER_LEFT, RestoreResult.LET_GO)
    looks = [event.look for event in stage.events if event.item is Item.ARRIVED and event.look]
    assert max(looks) == 8
    assert stage.world.calls().count("GET me/thread_owner") == 2 + 8 + 1 + 1


def test_a_conversation_that_came_back_by_itself_is_no_failure(stage: Stage) -> None:
    stage.after_event(
        Item.ARRIVED,
        lambda: stage.world.control_of("pass", "secondary_page", target_app_id=stage.bot.id),
        ItemState.DONE,
    )
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.WORKS, RestoreResult.BY_ITSELF)
    assert stage.world.owner_of() == stage.bot.id


def test_a_third_app_that_took_it_meanwhile_is_named_and_the_person_is_asked(stage: Stage) -> None:
    stage.after_event(
        Item.PASSED,
        lambda: stage.world.control_of("pass", "secondary_page", target_app_id=stage.third.id),
        ItemState.DONE,
    )
    stage.person.answers["bring_back_anyway"] = "leave"
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.WENT_ELSEWHERE, RestoreResult.NOT_BACK)
    assert result.app is not None
    assert result.app.id == stage.third.id
    assert stage.person.asked == ["bring_back_anyway"]
    assert stage.world.owner_of() == stage.third.id
    assert len(stage.entries()) == 1


def test_the_customers_conversation_is_never_touched(stage: Stage) -> None:
    before = stage.world.thread(stage.world.customer)
    stage.part_a()
    assert stage.world.thread(stage.world.customer) == before
