"""A reminder as calendars read it."""

import datetime

from wizard.core.calendar_entry import Reminder

DAY = datetime.date(2026, 12, 29)


def written(title: str, text: str = "Open it") -> bytes:
    return Reminder(title, text, DAY, "key", 1_795_000_000.0).as_file()


def test_it_is_a_whole_day_with_an_alarm_in_the_morning() -> None:
    lines = written("Check").decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    for line in ("DTSTART;VALUE=DATE:20261229", "DTEND;VALUE=DATE:20261230", "SUMMARY:Check", "TRIGGER:PT9H"):
        assert line in lines


def test_what_means_something_in_a_calendar_is_escaped() -> None:
    assert b"SUMMARY:Tea\\, cake\\; milk \\\\ sugar\\nEND:VEVENT\r\n" in written("Tea, cake; milk \\ sugar\nEND:VEVENT")


def test_long_lines_go_on_in_the_next_between_whole_letters() -> None:
    title = "Lumen Kaffeehäuser " * 12
    rows = written(title).split(b"\r\n")
    assert max(len(row) for row in rows) <= 75
    unfolded = written(title).decode().replace("\r\n ", "")
    assert f"SUMMARY:{title}" in unfolded
