"""A report travels: its times say in which zone they are."""

import time

import pytest

from tests.report import cases
from wizard.report.render import render
from wizard.report.times import for_people, for_programs, zone


@pytest.mark.parametrize(
    ("place", "offset", "clock"),
    [("Asia/Kolkata", "UTC+05:30", "17:50"), ("America/New_York", "UTC-05:00", "07:20"), ("UTC", "UTC+00:00", "12:20")],
)
def test_times_for_people_are_of_this_computer_and_say_so(
    monkeypatch: pytest.MonkeyPatch, place: str, offset: str, clock: str
) -> None:
    monkeypatch.setenv("TZ", place)
    time.tzset()
    try:
        assert zone(cases.NOW) == offset
        assert for_programs(cases.NOW) == "2026-11-22T12:20:00Z"
        for format in ("html", "markdown"):
            text = render(cases.report(), format)
            assert f"Times are in {offset}." in text
            assert f"22 Nov 2026, {clock}" in text
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_look_of_a_day_before_is_called_old() -> None:
    assert for_people(cases.NOW - cases.DAY, cases.NOW) == "21 Nov 2026, 12:20 (24 hours ago)"
    assert for_people(cases.NOW - cases.DAY + 1, cases.NOW) == "21 Nov 2026, 12:20"
