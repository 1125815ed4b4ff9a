"""A reminder as a calendar file (iCalendar, RFC 5545) that any calendar takes in."""

import datetime
from dataclasses import dataclass

_LONGEST = 75  # octets of a line; what is longer goes on in the next one, behind a blank
_REMIND_AT = "PT9H"  # on the day itself, at nine in the morning


@dataclass(frozen=True, slots=True)
class Reminder:
    """A whole day. key: unlike that of any other reminder. made_at: Unix seconds."""

    title: str
    text: str
    day: datetime.date
    key: str
    made_at: float

    def as_file(self) -> bytes:
        made = datetime.datetime.fromtimestamp(self.made_at, datetime.UTC)
        lines = (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Messenger Handover Wizard//EN",
            "BEGIN:VEVENT",
            f"UID:{self.key}@messenger-handover-wizard",
            f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{self.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{self.day + datetime.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(self.title)}",
            f"DESCRIPTION:{_escaped(self.text)}",
            "TRANSP:TRANSPARENT",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_escaped(self.title)}",
            f"TRIGGER:{_REMIND_AT}",
            "END:VALARM",
            "END:VEVENT",
            "END:VCALENDAR",
        )
        return b"".join(_folded(line) for line in lines)


def _escaped(text: str) -> str:
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n"), ("\r", "\n"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text


def _folded(line: str) -> bytes:
    """Between whole characters."""
    rows: list[bytes] = [b""]
    for letter in line:
        octets = letter.encode()
        if len(rows[-1]) + len(octets) > _LONGEST:
            rows.append(b" ")
        rows[-1] += octets
    return b"\r\n".join(rows) + b"\r\n"
