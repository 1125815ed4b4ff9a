"""What the last page says where nothing is proven: never more than somebody has seen."""

import pytest

from wizard.core.diagnosis import PageOutcome
from wizard.core.flow import StepState
from wizard.core.verdict import State
from wizard.words import finished
from wizard.words.headlines import Headline

NOT_FOUND_OUT = Headline(
    PageOutcome.NOT_FOUND_OUT, State.UNKNOWN, "Lumen Coffee", "it could not be found out.", "Wait."
)


@pytest.mark.parametrize("test", [state for state in StepState if state not in (StepState.SEEN, StepState.SAID)])
def test_nothing_but_what_somebody_saw_is_said_to_work(test: StepState) -> None:
    assert "not" in finished.title(test).lower()


@pytest.mark.parametrize(
    ("test", "sentence", "result"),
    [
        (StepState.SKIPPED, "Nothing was checked.", "Nobody knows yet whether it works."),
        (StepState.NOT_PROVEN, "Nothing was checked.", "Nobody knows yet whether it works."),
        (StepState.SAID, "You looked yourself.", "Nobody but you has seen it."),
        (StepState.FAILED, "You looked yourself.", "It could not be found out."),
    ],
)
def test_without_a_token_it_says_who_has_looked(test: StepState, sentence: str, result: str) -> None:
    assert sentence in finished.sentence(test, has_token=False)
    assert finished.result(NOT_FOUND_OUT, test, has_token=False)[0] == result


def test_with_a_token_the_headline_stands() -> None:
    assert finished.result(NOT_FOUND_OUT, StepState.SKIPPED, has_token=True) == ("It could not be found out.", "Wait.")
