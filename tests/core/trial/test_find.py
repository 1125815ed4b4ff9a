"""Finding the tester's own conversation by the code, and never a customer's by chance."""

from typing import Any

import pytest

from tests.core.trial.conftest import StageIn
from tests.core.trial.stage import Stage
from wizard.core import limits
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.clock import SystemClock
from wizard.core.errors import ErrorKind, WizardError
from wizard.core.trial.find_conversation import CodeSearch, code_text, new_code, newest_conversations, wait_for_code
from wizard.i18n import language

CODE = "Handover test 4821"


@pytest.fixture
def short_waits() -> None:
    """None: how often is looked is tried here, too."""


def search_of(stage: Stage, text: str = CODE) -> CodeSearch:
    graph = stage.graph()
    graph.owner(stage.world.tester)  # the first answer tells Facebook's time
    stage.world.forget_requests()
    return CodeSearch(graph, stage.world.page_id, text, graph.time)


def test_a_code_has_four_digits_and_differs() -> None:
    codes = {new_code() for _ in range(50)}
    assert all(len(code) == 4 and code.isdigit() for code in codes)
    assert len(codes) > 25


def test_what_staff_read_is_in_english_whatever_the_language() -> None:
    language.use("de")
    assert code_text("4821") == CODE


def test_the_one_who_sent_the_code_is_found(stage: Stage) -> None:
    search = search_of(stage)
    stage.world.write(CODE)
    found = search.search()
    assert [match.psid for match in found.matches] == [stage.world.tester]


def test_only_conversations_that_changed_since_are_read(stage: Stage) -> None:
    search = search_of(stage)
    assert search.search().matches == ()
    assert "GET {conversation}/messages" not in stage.world.calls()


def test_another_text_is_no_match_and_stays_among_the_others(stage: Stage) -> None:
    search = search_of(stage)
    stage.world.write("Handover test 4822")
    found = search.search()
    assert found.matches == ()
    assert [other.psid for other in found.others] == [stage.world.tester]


@pytest.mark.parametrize(
    ("text", "digits"),
    [("Handover test 4822", "4822"), ("handover 1544", "1544"), ("test 4821 please", "4821"), ("Handover test", "")],
)
def test_what_is_nearly_the_text_is_noted_with_its_number_only(stage: Stage, text: str, digits: str) -> None:
    search = search_of(stage)
    stage.world.write(text)
    found = search.search()
    assert [(miss.conversation.psid, miss.digits) for miss in found.near] == [(stage.world.tester, digits)]
    assert not found.matches


@pytest.mark.parametrize("text", ["Is my order 4822 ready?", "Hello", "Call me: 2026"])
def test_a_customers_message_is_not_nearly_the_text(stage: Stage, text: str) -> None:
    search = search_of(stage)
    stage.world.write(text)
    assert not search.search().near


def test_the_right_text_after_a_near_miss_is_the_match(stage: Stage) -> None:
    search = search_of(stage)
    stage.world.write("Handover test 1544")
    assert search.search().near
    stage.world.write(CODE)
    found = search.search()
    assert [match.psid for match in found.matches] == [stage.world.tester]
    assert not found.near


def test_a_code_from_before_it_was_shown_does_not_count(stage: Stage) -> None:
    stage.world.write(CODE)
    stage.world.clock(60)
    search = search_of(stage)
    stage.world.write("Hello")
    assert search.search().matches == ()


def test_a_conversation_without_news_is_not_read_twice(stage: Stage) -> None:
    search = search_of(stage)
    stage.world.write("Something else")
    search.search()
    stage.world.clock(10)
    search.search()
    search.search()
    assert stage.world.calls().count("GET {conversation}/messages") == 2


def test_the_same_code_twice_gives_two_matches(stage_in: StageIn) -> None:
    stage = stage_in("same-code-twice")
    search = search_of(stage)
    stage.world.write(CODE)
    assert {match.psid for match in search.search().matches} == {stage.world.tester, stage.world.customer}


def test_waiting_finds_the_code_that_comes_later(stage_in: StageIn) -> None:
    stage = stage_in(speed=20)
    looks: list[int] = []

    def told(look: int) -> None:
        looks.append(look)
        if look == 3:
            stage.world.write(CODE)

    found = wait_for_code(search_of(stage), stage.cancel, stage.clock, told, limits.MESSAGE)
    assert [match.psid for match in found.matches] == [stage.world.tester]
    assert looks == [1, 2, 3]


def test_waiting_gives_the_list_after_two_minutes(stage_in: StageIn) -> None:
    stage = stage_in(speed=100)
    looks: list[int] = []
    found = wait_for_code(search_of(stage), stage.cancel, stage.clock, looks.append, limits.MESSAGE)
    assert (found.matches, found.refused) == ((), None)
    assert 10 <= len(looks) <= 40  # every 2 s, growing to 5 s


def test_no_right_to_read_is_told_at_once(stage_in: StageIn) -> None:
    stage = stage_in("no-message-access")
    search = search_of(stage)
    stage.world.write(CODE)
    looks: list[int] = []
    found = wait_for_code(search, stage.cancel, stage.clock, looks.append, limits.MESSAGE)
    assert found.refused is not None
    assert looks == [1]


def test_trouble_on_the_way_is_looked_past(stage_in: StageIn) -> None:
    stage = stage_in(speed=20)
    search = search_of(stage)
    stage.world.write(CODE)
    stage.world.fault("GET me/conversations", "html", 1)
    assert wait_for_code(search, stage.cancel, stage.clock, lambda look: None, limits.MESSAGE).matches


def test_an_expired_token_ends_the_search(stage: Stage) -> None:
    search = search_of(stage)
    stage.world.fault("GET me/conversations", {"code": 190, "subcode": 463}, None)
    with pytest.raises(WizardError) as raised:
        wait_for_code(search, stage.cancel, stage.clock, lambda look: None, limits.MESSAGE)
    assert raised.value.kind is ErrorKind.TOKEN_EXPIRED


def test_stopping_ends_the_wait(stage: Stage) -> None:
    with pytest.raises(Cancelled):
        wait_for_code(search_of(stage), stage.cancel, stage.clock, lambda look: stage.cancel.cancel(), limits.MESSAGE)


def test_the_list_to_choose_from_is_newest_first(stage: Stage) -> None:
    stage.world.write("Hello")
    assert next(iter(newest_conversations(stage.graph()))).psid == stage.world.tester


def test_a_search_waits_as_long_as_a_limit_says(stage: Stage) -> None:
    search = search_of(stage)
    stage.world.write(CODE)
    stage.world.fault("GET me/conversations", "throttled", times=1, minutes=0.05)
    found = wait_for_code(search, CancelToken(), SystemClock(), lambda look: None, 60.0)
    assert [match.psid for match in found.matches] == [stage.world.tester]
    first, second, *_ = stage.world.requests()
    assert second["time"] - first["time"] >= 3.0


@pytest.mark.parametrize(
    "limit",
    [{"kind": "throttled", "minutes": 12}, {"kind": {"code": 32}}, {"kind": {"code": 368}}],
    ids=["longer than the search", "without a time", "for hours"],
)
def test_a_search_ends_where_a_limit_does_not(stage: Stage, limit: dict[str, Any]) -> None:
    search = search_of(stage)
    stage.world.fault("GET me/conversations", times=None, **limit)
    with pytest.raises(WizardError) as raised:
        wait_for_code(search, CancelToken(), SystemClock(), lambda look: None, 60.0)
    assert raised.value.kind is ErrorKind.THROTTLED
    assert stage.world.calls() == ["GET me/conversations"]


@pytest.mark.parametrize("rows", [[{"no": "conversation"}], []], ids=["ever more of them", "empty parts"])
def test_a_list_of_conversations_without_an_end_ends_the_search(
    rows: list[object], stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.graph.client._LONGEST_CONVERSATIONS", 0.3)
    search = search_of(stage)
    stage.world.fault("GET me/conversations", "endless", None, change={"member": "data", "value": rows})
    with pytest.raises(WizardError) as raised:
        wait_for_code(search, CancelToken(), SystemClock(), lambda _look: None, 0.5)
    assert raised.value.kind is ErrorKind.UNREADABLE
    assert len(stage.world.calls()) > 10, "it went on to further parts"
