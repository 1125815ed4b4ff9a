"""What the line to Facebook is judged by: the version it answers in, the limit of calls, the clock."""

from dataclasses import replace

import pytest

from tests.checks.cases import (
    ANSWERS,
    OK,
    UNKNOWN,
    WARNING,
    broken,
    judge,
    token,
)
from wizard.checks.case import CheckContext
from wizard.checks.run import verdicts
from wizard.core.errors import ErrorKind
from wizard.core.facts import Usage
from wizard.core.verdict import State
from wizard.words.verdicts import said


@pytest.mark.parametrize(
    ("asked", "answered", "newest", "reason", "words"),
    [
        ("v27.0", "v29.0", "", "expired", "version v27.0, which Facebook has ended: it answered in version v29.0."),
        ("v27.0", "v29.0", "v31.0", "expired_newest", "The newest is v31.0."),
        ("v27.0", "v25.0", "", "another", "in version v25.0 instead of v27.0"),
    ],
)
def test_a_version_that_ends_or_ended_says_so(asked: str, answered: str, newest: str, reason: str, words: str) -> None:
    found = judge("api.version", token=token(api_version=answered, asked_version=asked, newest_version=newest))
    assert (found.state, found.reason) == (WARNING, reason)
    assert words in said(found).text
    assert "Install the newest version of this program" in said(found).action


def test_a_version_that_ends_soon_is_told_with_its_last_day() -> None:
    late = replace(token().identity, at=1_800_000_000.0)
    found = judge("api.version", token=token(api_version="v21.0", asked_version="v21.0", identity=late))
    assert (found.state, found.reason) == (WARNING, "ends_soon")
    assert "ends it on 2027-01-21" in said(found).text


@pytest.mark.parametrize(("answered", "state"), [("v26.0", OK), ("v27.0", WARNING), ("v21.0", WARNING), ("", UNKNOWN)])
def test_an_answer_in_another_version_is_a_warning(answered: str, state: State) -> None:
    assert judge("api.version", token=token(api_version=answered)).state is state


def test_an_old_version_that_was_asked_for_is_a_warning() -> None:
    assert judge("api.version", token=token(api_version="v20.0", asked_version="v20.0")).reason == "old"


@pytest.mark.parametrize(("percent", "state"), [(74.0, OK), (75.0, WARNING), (208.0, WARNING), (None, UNKNOWN)])
def test_the_limit_warns_before_it_is_reached(percent: float | None, state: State) -> None:
    assert judge("api.usage", token=token(usage=Usage(percent))).state is state


def test_a_reached_limit_says_how_long_to_wait_in_whole_minutes() -> None:
    found = {one.check: one for one in verdicts(CheckContext(ANSWERS, broken(ErrorKind.THROTTLED, 80006, wait=61.0)))}
    assert found["api.usage"].state is WARNING
    assert "2 min" in said(found["api.usage"]).text


@pytest.mark.parametrize(
    ("skew", "state", "reason"),
    [
        (0.0, OK, "together"),
        (-299.0, OK, "together"),
        (300.0, WARNING, "ahead"),
        (-3600.0, WARNING, "behind"),
        (11 * 3600.0, WARNING, "hours_ahead"),
        (-11 * 3600.0, WARNING, "hours_behind"),
        (None, UNKNOWN, "not_told"),
    ],
)
def test_a_clock_that_is_far_off_is_told_with_its_direction(skew: float | None, state: State, reason: str) -> None:
    found = judge("clock.skew", token=token(clock_skew=skew))
    assert (found.state, found.reason) == (state, reason)
    if reason.startswith("hours_"):
        assert "is 11 h " in said(found).text
