"""Finding the tester's conversation, and "Find it for me", as actions."""

from typing import TYPE_CHECKING

from tests.actions.trial_stage import ActionStage, StageIn
from tests.core.trial.stage import QuickClock
from wizard.actions.find_conversation import (
    ConversationList,
    find_conversation,
    new_tester_code,
    search_on,
    watch_for_other_app,
)
from wizard.core.cancel import CancelToken
from wizard.core.facts import App, Conversation, OwnerReading

if TYPE_CHECKING:  # pytest would take it for a test
    from wizard.actions.find_conversation import TesterCode


class SearchClock(QuickClock):
    """Somebody who looks all the time; counts how often the search asked."""

    asked = 0

    def wait(self, cancel: CancelToken) -> None:
        cancel.raise_if_cancelled()
        type(self).asked += 1


def send(stage: ActionStage, code: "TesterCode") -> None:
    stage.world.instruct("send_code", link=code.link)


def find(stage: ActionStage, code: "TesterCode", seconds: float = 20) -> Conversation | ConversationList:
    return find_conversation(stage.session, stage.answers.token_name, code, stage.cancel, seconds=seconds)


def test_the_code_is_sent_by_a_link_without_ref(stage: ActionStage) -> None:
    code = new_tester_code(stage.session, stage.world.page_id)
    assert code.text == f"Handover test {code.code}"
    assert code.link == f"{code.chat}?text=Handover%20test%20{code.code}"
    assert code.chat.endswith(f"/{stage.world.page_id}")


def test_one_match_is_the_conversation(stage: ActionStage) -> None:
    code = new_tester_code(stage.session, stage.world.page_id)
    send(stage, code)
    found = find(stage, code)
    assert isinstance(found, Conversation)
    assert (found.psid, found.person_name) == (stage.world.tester, "Robin Tester")


def test_two_matches_are_a_list_of_these_two(stage_in: StageIn) -> None:
    stage = stage_in("same-code-twice")
    code = new_tester_code(stage.session, stage.world.page_id)
    send(stage, code)
    found = find(stage, code)
    assert isinstance(found, ConversationList)
    assert {row.psid for row in found.rows} == {stage.world.tester, stage.world.customer}
    assert not found.may_still_come


def test_without_the_right_to_read_the_newest_are_listed_at_once(stage_in: StageIn) -> None:
    stage = stage_in("no-message-access")
    code = new_tester_code(stage.session, stage.world.page_id)
    send(stage, code)
    found = find(stage, code, seconds=10_000)
    assert isinstance(found, ConversationList)
    assert found.search.refused is not None
    assert stage.world.tester in {row.psid for row in found.rows}
    assert not found.may_still_come


def test_what_was_not_seen_in_time_may_still_come(stage: ActionStage) -> None:
    code = new_tester_code(stage.session, stage.world.page_id)
    found = find(stage, code, seconds=3)
    assert isinstance(found, ConversationList)
    assert found.may_still_come
    assert found.rows
    send(stage, code)
    watch = SearchClock(10)
    later = search_on(stage.session, stage.answers.token_name, code, stage.cancel, watch)
    assert isinstance(later, Conversation)
    assert later.psid == stage.world.tester
    assert watch.asked > 0


def test_the_search_pauses_in_the_end(stage: ActionStage) -> None:
    code = new_tester_code(stage.session, stage.world.page_id)
    assert search_on(stage.session, stage.answers.token_name, code, stage.cancel, SearchClock(1000)) is None


def test_the_app_that_answers_is_named_unless_it_was_ruled_out(stage: ActionStage) -> None:
    support = stage.app("secondary")
    stage.world.instruct("answer_from_live_chat")
    if stage.world.owner_of() != support.id:
        stage.world.control_of("pass", target_app_id=support.id)
    readings: list[OwnerReading] = []
    psid = stage.world.tester
    found = watch_for_other_app(stage.session, stage.answers, psid, frozenset(), stage.cancel, readings.append)
    assert isinstance(found, App)
    assert (found.id, found.name) == (support.id, support.name)
    assert readings[-1].app_id == support.id


def test_metas_own_ai_is_nobodys_live_chat(stage_in: StageIn) -> None:
    stage = stage_in("meta-ai-first")
    stage.world.write("Hello")
    seen: list[str] = []

    def staff_answer_after_the_ai(reading: OwnerReading) -> None:
        seen.append(reading.app_id)
        if len(seen) == 1:
            assert stage.world.control_of("take", "secondary_page").status == 200

    psid = stage.world.tester
    found = watch_for_other_app(
        stage.session, stage.answers, psid, frozenset(), stage.cancel, staff_answer_after_the_ai
    )
    assert seen[0] == stage.world.app("meta_ai")
    assert found is not None
    assert found.id == stage.world.app("secondary")
