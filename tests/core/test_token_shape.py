"""A pasted token is cleaned of what came along with it, and refused only where it surely cannot work."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.core.token_shape import TokenShape, clean, has_token, shape_problem

TOKEN = "EAABsbCS1iHgBO" + "x9Zk4Qw7" * 18


@pytest.mark.parametrize(
    "pasted",
    [
        TOKEN,
        f"  {TOKEN}\n",
        f'"{TOKEN}"',
        f"“{TOKEN}”",
        f"'{TOKEN}',",
        f"Bearer {TOKEN}",
        f"Authorization: Bearer {TOKEN}",
        f"OAuth {TOKEN}",
        f"access_token={TOKEN}",
        f"access_token={TOKEN}&expires_in=5183944",
        f'{{"access_token": "{TOKEN}", "token_type": "bearer"}}',
        f"https://www.facebook.com/connect/login_success.html#access_token={TOKEN}&expires_in=0",
        f"https://a.example/#access_token=EAAshort{'x' * 40}&expires_in=5183&long_lived_token={TOKEN}&state=x",
        f"https://a.example/#long_lived_token={TOKEN}&access_token=EAAshort{'x' * 40}",
        f"\u200b{TOKEN}\ufeff",
        f"{TOKEN[:60]}\n{TOKEN[60:120]}\r\n  {TOKEN[120:]}",
    ],
)
def test_what_came_along_with_a_token_is_taken_off(pasted: str) -> None:
    assert clean(pasted) == TOKEN
    assert shape_problem(clean(pasted)) is None


@pytest.mark.parametrize(
    ("pasted", "problem"),
    [
        ("", TokenShape.EMPTY),
        (" \n\u200b", TokenShape.EMPTY),
        ("914602738451926", TokenShape.IS_APP_ID),
        ("914602738451926|a1B2c3D4e5F6g7H8i9J0k1L2m3N", TokenShape.IS_APP_TOKEN),
        ("0123456789abcdef0123456789ABCDEF", TokenShape.IS_SECRET),
        ("0123456789abcdef" * 4, TokenShape.IS_SECRET),
        ("IGAAJ" + "x" * 150, TokenShape.INSTAGRAM),
        ("my token is " + TOKEN, TokenShape.HAS_SPACES),
        ("https://developers.facebook.com/tools/explorer", TokenShape.IS_LINK),
        ("https://a.example/?error=access_denied&error_reason=user_denied&state=x#_=_", TokenShape.IS_REFUSED_LOG_IN),
        ("https://a.example/handover/#error_code=1349187&error_message=Insecure", TokenShape.IS_REFUSED_LOG_IN),
        ("EAABsb…****************", TokenShape.LOOKS_MASKED),
        ("EAABsb...x9Zk", TokenShape.LOOKS_MASKED),
        ("EAAB" + "ж" * 100, TokenShape.HAS_ODD_CHARACTERS),
        ("EAABsbCS1iHg", TokenShape.TOO_SHORT),
    ],
)
def test_what_is_surely_no_token_is_named_before_any_call(pasted: str, problem: TokenShape) -> None:
    assert shape_problem(clean(pasted)) is problem


def test_a_token_of_another_prefix_is_left_to_facebook() -> None:
    assert shape_problem("XYZ" + "q1" * 60) is None


@given(st.text())
def test_cleaning_twice_changes_nothing_and_never_fails(pasted: str) -> None:
    once = clean(pasted)
    shape_problem(once)
    assert "\n" not in once


@pytest.mark.parametrize("half", ["https://[", "https://[::1", "http://]", "https://", "https:///x", "https://a b["])
def test_half_an_address_is_no_crash(half: str) -> None:
    assert shape_problem(clean(half)) in (TokenShape.IS_LINK, TokenShape.TOO_SHORT)


@pytest.mark.parametrize("argument", [TOKEN, f"--page={TOKEN}", f"access_token%3D{TOKEN}", f"my_{TOKEN}", f"-o{TOKEN}"])
def test_a_token_in_an_argument_is_seen(argument: str) -> None:
    assert has_token(argument)


@pytest.mark.parametrize("argument", ["EAA-report-2026.json", "/home/me/EAAbcdefghijklmn.json", "seaanimalsoftheworld"])
def test_the_name_of_a_file_is_no_token(argument: str) -> None:
    assert not has_token(argument)


@pytest.mark.parametrize(
    "many", [" ", "EAA{}\nx", "EAA{}x\ny", "EAA{}", "app{}", "app id{}x", "({}", "x{}\n{}x", "access_token{}="]
)
def test_many_spaces_take_no_longer_than_their_number(many: str) -> None:
    def seconds(number: int) -> float:
        text = many.replace("{}", " " * number) if "{}" in many else many * number
        start = time.process_time()
        shape_problem(clean(text))
        return time.process_time() - start

    short = min(seconds(4_000) for _ in range(3))
    assert min(seconds(32_000) for _ in range(2)) < 24 * max(short, 0.002)
