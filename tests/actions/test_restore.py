"""Restoring what an earlier run left in a test, as an action: which token helps, what is read, and how it ends."""

from dataclasses import replace

import pytest

from tests.actions.trial_stage import ActionStage, StageIn
from tests.store.examples import ENTRY
from tests.store.other_processes import another_process
from wizard.actions.restore import (
    AlreadyClosed,
    NeedsToken,
    RunsElsewhere,
    SituationRead,
    WrongToken,
    WrongTokenReason,
    open_other_token,
    read_situation,
    read_situation_with,
    restore,
    restore_hurried,
)
from wizard.actions.tokens import Opened
from wizard.core.cancel import CancelToken
from wizard.core.kept_tests import kept, with_ending
from wizard.core.pending import PendingTest
from wizard.core.secret import Secret
from wizard.core.trial.restore_later import Answered
from wizard.core.trial_result import Event, RestoreEnd, RestoreResult


def read(stage: ActionStage, entry: PendingTest) -> SituationRead:
    found = read_situation(stage.session, entry, CancelToken())
    assert isinstance(found, SituationRead)
    return found


def restored(stage: ActionStage, found: SituationRead) -> RestoreEnd | SituationRead | AlreadyClosed | RunsElsewhere:
    events: list[Event] = []
    return restore(stage.session, found, stage.person, events.append, CancelToken())


def test_reading_names_who_has_it_and_changes_nothing(stage: ActionStage) -> None:
    entry = stage.stop_after_pass()
    stage.world.forget_requests()
    found = read(stage, entry)
    assert (found.owner.id, found.owner.name) == (stage.world.app("secondary"), "Support Desk")
    assert found.token_name == entry.token_name
    assert not found.takes_from_somebody
    assert not [call for call in stage.world.calls() if call.startswith("POST")]


def test_a_third_app_is_named_too(stage: ActionStage) -> None:
    entry = stage.stop_after_pass()
    stage.world.control_of("pass", "secondary_page", target_app_id=stage.world.app("third"))
    assert read(stage, entry).owner.name == "Order Robot"


def test_without_the_token_of_the_test_one_is_asked_for(stage: ActionStage) -> None:
    entry = stage.stop_after_pass()
    stage.session.vault.forget(entry.token_name)
    assert read_situation(stage.session, entry, CancelToken()) == NeedsToken(entry)


@pytest.mark.parametrize(
    ("token", "reason"),
    [("app", WrongTokenReason.NO_PAGE_TOKEN), ("secondary_page", WrongTokenReason.OTHER_APP)],
)
def test_a_token_of_somebody_else_is_refused_and_not_kept(
    token: str, reason: WrongTokenReason, stage: ActionStage
) -> None:
    entry = stage.stop_after_pass()
    stage.session.vault.forget(entry.token_name)
    answer = read_situation_with(stage.session, entry, Secret(stage.world.token(token)), None, CancelToken())
    assert isinstance(answer, WrongToken)
    assert answer.reason is reason
    assert stage.session.vault.get(stage.session.tokens.name_of(answer.opened)) is None


def test_a_persons_token_opens_the_page_of_the_test(stage: ActionStage) -> None:
    entry = stage.stop_after_pass()
    stage.session.vault.forget(entry.token_name)
    found = read_situation_with(stage.session, entry, Secret(stage.world.token("user")), None, CancelToken())
    assert isinstance(found, SituationRead)
    ended = restored(stage, found)
    assert isinstance(ended, RestoreEnd)
    assert ended.result is RestoreResult.BACK
    assert stage.world.owner_of() == stage.world.app("primary")


def test_a_persons_token_that_does_not_open_the_page_is_refused(stage: ActionStage) -> None:
    entry = stage.stop_after_pass()
    elsewhere = replace(entry, page_id="107836259148303")
    answer = read_situation_with(stage.session, elsewhere, Secret(stage.world.token("user")), None, CancelToken())
    assert isinstance(answer, WrongToken)
    assert answer.reason is WrongTokenReason.NO_PAGE_TOKEN


def test_a_token_of_another_page_is_refused(stage: ActionStage) -> None:
    entry = stage.stop_after_pass()
    strange = PendingTest(**{name: getattr(entry, name) for name in entry.__slots__} | {"page_id": "100000000000001"})
    answer = read_situation_with(stage.session, strange, Secret(stage.world.token()), None, CancelToken())
    assert isinstance(answer, WrongToken)
    assert answer.reason is WrongTokenReason.OTHER_PAGE


def test_a_token_of_the_same_page_and_app_helps(stage: ActionStage) -> None:
    entry = stage.stop_after_pass()
    stage.session.vault.forget(entry.token_name)
    found = read_situation_with(stage.session, entry, Secret(stage.world.token()), None, CancelToken())
    assert isinstance(found, SituationRead)
    ended = restored(stage, found)
    assert isinstance(ended, RestoreEnd)
    assert ended.result is RestoreResult.BACK
    assert stage.world.owner_of() == stage.world.app("primary")
    assert not stage.session.pending_tests()


def test_what_changed_since_it_was_read_is_returned_and_nothing_done(stage: ActionStage) -> None:
    found = read(stage, stage.stop_after_pass())
    stage.world.clock(120)
    stage.world.instruct("answer_from_live_chat")
    stage.world.forget_requests()
    again = restored(stage, found)
    assert isinstance(again, SituationRead)
    assert again.situation.answered is Answered.YES
    assert again.takes_from_somebody
    assert not [call for call in stage.world.calls() if call.startswith("POST")]
    ended = restored(stage, again)
    assert isinstance(ended, RestoreEnd)
    assert ended.result is RestoreResult.BACK


def test_an_entry_that_somebody_else_closed_is_not_touched(stage: ActionStage) -> None:
    found = read(stage, stage.stop_after_pass())
    stage.session.journal.close(found.entry.id)
    stage.world.forget_requests()
    assert restored(stage, found) == AlreadyClosed()
    assert restore_hurried(stage.session, found, CancelToken()) == []
    assert stage.world.calls() == []


def test_what_another_program_works_on_now_is_left_to_it(stage: ActionStage) -> None:
    found = read(stage, stage.stop_after_pass())
    found = replace(found, situation=replace(found.situation, entry=replace(found.entry, id=ENTRY.id)))
    stage.world.forget_requests()
    with another_process(stage.session.places.journal, "run"):
        assert restored(stage, found) == RunsElsewhere()
        (ended,) = restore_hurried(stage.session, found, CancelToken())
    assert ended.result is RestoreResult.NOT_BACK
    assert stage.world.calls() == []


def test_in_a_hurry_nobody_is_asked(stage: ActionStage) -> None:
    found = read(stage, stage.stop_after_pass())
    stage.person.asked.clear()
    (ended,) = restore_hurried(stage.session, found, CancelToken())
    assert ended.result is RestoreResult.BACK
    assert stage.person.asked == []


# The live chat's own token.


@pytest.mark.parametrize("hurried", [False, True])
def test_the_other_side_gives_back_what_the_bot_may_not_take(hurried: bool, stage_in: StageIn) -> None:
    stage = stage_in("take-refused-when-held")
    entry = stage.stop_after_pass()
    stage.person.asked.clear()
    opened = open_other_token(stage.session, entry, Secret(stage.world.token("secondary_page")), None, CancelToken())
    assert isinstance(opened, Opened)
    stage.session.accept_second(opened)
    found = read(stage, entry)
    ended = restore_hurried(stage.session, found, CancelToken())[0] if hurried else restored(stage, found)
    assert isinstance(ended, RestoreEnd)
    assert ended.result is not RestoreResult.NOT_BACK
    assert stage.person.asked == []
    assert stage.world.owner_of() is None, "as at the start"
    assert not stage.session.pending_tests()


def test_only_the_live_chats_token_is_the_other_side(stage: ActionStage) -> None:
    entry = stage.stop_after_pass()
    for token in ("page", "third_app_page"):
        answer = open_other_token(stage.session, entry, Secret(stage.world.token(token)), None, CancelToken())
        assert isinstance(answer, WrongToken)
        assert answer.reason is WrongTokenReason.OTHER_APP


def test_the_result_of_the_test_says_that_it_is_back_now(stage: ActionStage) -> None:
    entry = stage.stop_after_pass()
    stage.session.save_setup(replace(stage.answers, tests=kept(stage.results)))
    restored(stage, read(stage, entry))
    ((_path, noted),) = stage.session.setups.list().setups
    assert [test.ended.result for test in noted.tests] == [RestoreResult.BACK]
    ended = RestoreEnd(RestoreResult.BACK)
    (result,) = with_ending(stage.results, entry, ended)
    assert result.ended is ended
    assert with_ending([result], entry, RestoreEnd(RestoreResult.NOT_BACK)) == (result,)
