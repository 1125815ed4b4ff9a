"""A typed App ID: what surely is wrong is named, with the app that was probably meant."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.core.app_id import AppIdProblem, AppIdTrouble, Slip, check_app_id, clean_app_id
from wizard.core.facts import App
from wizard.core.known_apps import instagram_inbox, misprints, page_inbox

DESK = App("538127490663815", "Support Desk")
BOT = App("914602738451926", "Flow bot")
PAGE = "107836259148302"


def check(text: str) -> AppIdProblem | None:
    return check_app_id(clean_app_id(text), page_id=PAGE, bot_id=BOT.id, known=(DESK, BOT))


@pytest.mark.parametrize(
    "pasted",
    [
        "538127490663815",
        " 538127490663815\n",
        "App ID: 538127490663815",
        "app_id=538127490663815",
        '"538127490663815"',
        "538 127 490 663 815",
        "538-127-490-663-815",
        "(538127490663815)",
        "\uff15\uff13\uff18\uff11\uff12\uff17\uff14\uff19\uff10\uff16\uff16\uff13\uff18\uff11\uff15",
        "\u200e538127490663815",
    ],
)
def test_what_came_along_with_an_app_id_is_taken_off(pasted: str) -> None:
    assert clean_app_id(pasted) == DESK.id
    assert check(pasted) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", AppIdProblem(AppIdTrouble.EMPTY)),
        ("Support Desk", AppIdProblem(AppIdTrouble.NOT_DIGITS, odd="Suport Desk")),
        ("53812749O663815", AppIdProblem(AppIdTrouble.NOT_DIGITS, odd="O")),
        ("1234", AppIdProblem(AppIdTrouble.TOO_SHORT, digits=4)),
        ("1" * 21, AppIdProblem(AppIdTrouble.TOO_LONG, digits=21)),
        (PAGE, AppIdProblem(AppIdTrouble.IS_PAGE)),
        (BOT.id, AppIdProblem(AppIdTrouble.SAME_AS_OTHER)),
        ("622851382610562", AppIdProblem(AppIdTrouble.IS_META_AI)),
        ("928891643393937", AppIdProblem(AppIdTrouble.IS_META_AI)),
        ("1217981644879628", AppIdProblem(AppIdTrouble.IS_INSTAGRAM_INBOX, meant=page_inbox())),
        ("53812740663815", AppIdProblem(AppIdTrouble.NEAR_MISS, digits=14, meant=DESK, slip=Slip.MISSING)),
        ("5381274490663815", AppIdProblem(AppIdTrouble.NEAR_MISS, digits=16, meant=DESK, slip=Slip.EXTRA)),
        ("538127490663816", AppIdProblem(AppIdTrouble.NEAR_MISS, digits=15, meant=DESK, slip=Slip.CHANGED)),
        ("538172490663815", AppIdProblem(AppIdTrouble.NEAR_MISS, digits=15, meant=DESK, slip=Slip.SWAPPED)),
        ("26390203743090", AppIdProblem(AppIdTrouble.NEAR_MISS, meant=page_inbox(), slip=Slip.MISPRINT)),
        ("263902037438966", AppIdProblem(AppIdTrouble.NEAR_MISS, meant=page_inbox(), slip=Slip.MISPRINT)),
        ("263902037430901", AppIdProblem(AppIdTrouble.NEAR_MISS, digits=15, meant=page_inbox(), slip=Slip.CHANGED)),
    ],
)
def test_what_is_wrong_is_named(text: str, expected: AppIdProblem) -> None:
    assert check(text) == expected


@pytest.mark.parametrize("text", [DESK.id, "263902037430900", "12345", "726940185327419", "538217490663851"])
def test_an_id_that_may_be_right_is_let_through(text: str) -> None:
    assert check(text) is None


def test_short_ids_are_not_near_each_other() -> None:
    assert check_app_id("12346", known=(App("12345"),)) is None


def test_a_known_id_is_never_a_slip_of_another_known_id() -> None:
    neighbours = (App("538127490663815"), App("538127490663816"))
    assert check_app_id("538127490663816", known=neighbours) is None


def test_the_inboxes_of_facebook_have_their_documented_ids() -> None:
    assert (page_inbox().id, instagram_inbox().id) == ("263902037430900", "1217981644879628")
    assert all(misprint.meant == page_inbox().id for misprint in misprints())


@given(st.text())
def test_no_text_breaks_the_check(text: str) -> None:
    problem = check(text)
    assert problem is None or isinstance(problem, AppIdProblem)


@given(st.integers(0, 14), st.integers(0, 9))
def test_every_single_changed_digit_is_caught(place: int, digit: int) -> None:
    typed = DESK.id[:place] + str(digit) + DESK.id[place + 1 :]
    problem = check(typed)
    assert (problem is None) == (typed == DESK.id)


@pytest.mark.parametrize("many", [" ", "EAA{}\nx", "EAA{}", "app{}", "app id{}x", "({}", "x{}\n{}x", "access_token{}="])
def test_many_spaces_take_no_longer_than_their_number(many: str) -> None:
    def seconds(number: int) -> float:
        text = many.replace("{}", " " * number) if "{}" in many else many * number
        start = time.process_time()
        check_app_id(clean_app_id(text))
        return time.process_time() - start

    short = min(seconds(4_000) for _ in range(3))
    assert min(seconds(32_000) for _ in range(2)) < 24 * max(short, 0.002)
