from dataclasses import replace

from wizard.core.answers import Answers, TestOutcome, with_changes
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Control, OwnerReading
from wizard.core.kept_tests import kept, when, with_ending
from wizard.core.pending import PendingTest, TrialPart
from wizard.core.trial_result import RestoreEnd, RestoreResult, TrialOutcome, TrialResult

PERSON = "7194002211334455"
BOT, LIVE_CHAT = App("914602738451926", "Flow bot"), App("538127490663815", "Support Desk")
AT = 1_790_000_000.0


def reading(at: float, app_id: str = BOT.id) -> OwnerReading:
    return OwnerReading(PERSON, Control.APP, AT + at, app_id)


def ran(part: TrialPart, at: float, result: RestoreResult = RestoreResult.BACK) -> TrialResult:
    outcome = TrialOutcome.WORKS if part is TrialPart.FACEBOOK_ALLOWS else TrialOutcome.BOT_HANDED_OVER
    end = RestoreEnd(result, Failure(ErrorKind.TAKE_REFUSED, message=f"no {PERSON}"), reading(at))
    seen = (*(reading(each) for each in range(5)), *(reading(each, LIVE_CHAT.id) for each in range(5, 9)))
    return TrialResult(part, outcome, end, LIVE_CHAT, readings=seen, at=AT + at)


A, B = ran(TrialPart.FACEBOOK_ALLOWS, 10), ran(TrialPart.BOT_DOES, 20)


def test_the_newest_result_of_each_part_is_kept() -> None:
    again = replace(A, at=AT + 30)
    assert [(one.part, one.at) for one in kept([A, B, again])] == [
        (TrialPart.BOT_DOES, B.at),
        (TrialPart.FACEBOOK_ALLOWS, again.at),
    ]


def test_what_is_kept_names_no_person_and_only_changes_of_control() -> None:
    (one,) = kept([A])
    assert PERSON not in repr(one)
    assert [each.at - AT for each in one.readings] == [0, 5, 8]
    assert (one.outcome, one.ended.result, one.at) == (A.outcome, A.ended.result, A.at)


def test_a_test_without_a_time_is_as_old_as_its_last_reading() -> None:
    assert when(replace(A, at=0.0)) == AT + 8


def test_another_app_or_another_saved_app_id_drops_the_tests_and_skipping_does_not() -> None:
    answers = Answers(bot=BOT, live_chat=LIVE_CHAT, saved_app_id=LIVE_CHAT.id, test=TestOutcome.PASSED, tests=(A, B))
    for change in ({"bot": App("1")}, {"live_chat": App("1")}, {"saved_app_id": "1"}):
        assert with_changes(answers, **change).tests == ()
    assert with_changes(answers, test=TestOutcome.SKIPPED, test_skipped_because="later").tests == (A, B)


def test_a_late_ending_reaches_the_test_that_was_left_open_and_no_other() -> None:
    left = ran(TrialPart.BOT_DOES, 20, RestoreResult.NOT_BACK)
    entry = PendingTest(
        "e", "", "1", "", PERSON, BOT.id, BOT, LIVE_CHAT, TrialPart.BOT_DOES, Control.APP, BOT.id, AT + 15
    )
    back = RestoreEnd(RestoreResult.BACK, left=reading(60))
    assert with_ending([A, left], entry, back)[1].ended == back
    ended = with_ending(kept([A, left]), entry, back)[1].ended
    assert ended.result is RestoreResult.BACK
    assert PERSON not in repr(ended)
    later = replace(entry, opened_at=AT + 100)
    assert with_ending(kept([A, left]), later, back) == kept([A, left])
