"""While a person has control the bot stays silent."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.core.trial.conftest import StageIn
from wizard.core.trial_result import Item, ItemState, RestoreResult, Silence, TrialOutcome


def test_a_bot_that_stays_silent_is_seen_to(stage_in: StageIn) -> None:
    stage = stage_in(reads=True, silence=1)
    stage.save_on_platform()
    result = stage.part_b(is_probe_good=True)
    assert (result.outcome, result.silence) == (TrialOutcome.BOT_HANDED_OVER, Silence.SEEN)
    assert stage.person.told == ["say_hello", "ask_for_human", "write_once_more"]
    assert stage.person.asked == []
    assert stage.states(Item.SILENCE) == [ItemState.RUNNING, ItemState.DONE]


@pytest.mark.parametrize(
    ("answer", "outcome", "silence", "state"),
    [
        ("", TrialOutcome.TALKS_ON, Silence.BROKEN, ItemState.PROBLEM),
        ("no", TrialOutcome.BOT_HANDED_OVER, Silence.SAID, ItemState.SAID),
        ("cannot_see", TrialOutcome.BOT_HANDED_OVER, Silence.UNKNOWN, ItemState.UNKNOWN),
    ],
)
@pytest.mark.parametrize("reads", [True, False])
def test_an_answer_of_the_page_is_wrong_only_if_the_tester_says_it_was_the_bot(
    stage_in: StageIn, reads: bool, answer: str, outcome: TrialOutcome, silence: Silence, state: ItemState
) -> None:
    stage = stage_in("bot-talks-beside", reads=reads, silence=1.6)
    stage.save_on_platform()
    if answer:
        stage.person.answers = {"bot_answered_now": answer}
    result = stage.part_b(is_probe_good=True)
    assert (result.outcome, result.silence) == (outcome, silence)
    assert stage.person.asked == ["bot_answered_now"]
    assert stage.states(Item.SILENCE)[-1] is state
    assert result.ended.result is RestoreResult.BACK


@pytest.mark.parametrize("reads", [True, False])
def test_a_conversation_that_is_back_with_the_bot_is_wrong_whatever_anybody_says(
    stage_in: StageIn, reads: bool
) -> None:
    stage = stage_in("bot-talks-over", reads=reads, silence=1.6)
    stage.save_on_platform()
    result = stage.part_b(is_probe_good=True)
    assert (result.outcome, result.silence) == (TrialOutcome.TALKS_ON, Silence.BOT_HAS_IT)
    assert stage.person.asked == []
    assert stage.world.owner_of() is None, "as at the start"


def test_what_the_bot_says_while_it_hands_over_is_no_answer(stage_in: StageIn) -> None:
    stage = stage_in(reads=True, silence=1)
    stage.save_on_platform()
    sent = {"recipient": {"id": stage.world.tester}, "message": {"text": "One moment, please."}}
    stage.person.before["write_once_more"] = lambda: stage.world.graph("POST", "me/messages", "secondary_page", **sent)
    assert stage.part_b(is_probe_good=True).silence is Silence.SEEN


def test_a_tester_who_writes_no_more_leaves_it_open(stage_in: StageIn) -> None:
    stage = stage_in(reads=True, speed=20, window=10)
    stage.save_on_platform()
    stage.person.before["write_once_more"] = lambda: setattr(stage.person, "acts", False)
    result = stage.part_b(is_probe_good=True)
    assert (result.outcome, result.silence) == (TrialOutcome.BOT_HANDED_OVER, Silence.UNKNOWN)


@pytest.mark.parametrize("kind", [{"code": 10, "message": "(#10) pages_messaging"}, "http_500", "throttled"])
def test_messages_that_cannot_be_read_leave_the_handover_proved(
    stage_in: StageIn, kind: str | Mapping[str, Any]
) -> None:
    stage = stage_in(reads=True, speed=10)
    stage.save_on_platform()
    stage.person.before["ask_for_human"] = lambda: stage.world.fault("GET {conversation}/messages", kind, None)
    result = stage.part_b(is_probe_good=True)
    assert result.outcome is TrialOutcome.BOT_HANDED_OVER
    assert result.silence is not Silence.SEEN
