"""What is wrong with a typed token or App ID is said in a sentence, for every trouble."""

import pytest

from wizard.core.app_id import AppIdProblem, AppIdTrouble, Slip
from wizard.core.facts import App
from wizard.core.token_shape import TokenShape
from wizard.words.fields import app_id_problem_text, token_problem_text


def test_every_odd_token_has_a_sentence_of_its_own() -> None:
    said = {token_problem_text(problem) for problem in TokenShape}
    assert len(said) == len(TokenShape)
    assert all(sentence.endswith(".") for sentence in said)


def test_every_odd_app_id_has_a_sentence_of_its_own() -> None:
    said = {app_id_problem_text(AppIdProblem(trouble, odd="O", digits=3)) for trouble in AppIdTrouble}
    assert len(said) == len(AppIdTrouble)


@pytest.mark.parametrize("slip", list(Slip))
def test_a_near_miss_names_the_app_that_was_meant(slip: Slip) -> None:
    meant = App("538127490663815", "Support Desk")
    said = app_id_problem_text(AppIdProblem(AppIdTrouble.NEAR_MISS, digits=14, meant=meant, slip=slip))
    assert "Support Desk" in said
    assert "538127490663815" in said


def test_one_missing_digit_is_said_as_such() -> None:
    problem = AppIdProblem(AppIdTrouble.NEAR_MISS, meant=App("538127490663815"), slip=Slip.MISSING)
    assert app_id_problem_text(problem) == "One digit is missing. Did you mean 538127490663815?"


def test_a_space_among_the_odd_characters_can_be_seen() -> None:
    assert "(space)" in app_id_problem_text(AppIdProblem(AppIdTrouble.NOT_DIGITS, odd=" O"))
