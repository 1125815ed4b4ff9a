"""Times in reports: one form for people, one for programs."""

import datetime

from wizard.core.clock import known_moment
from wizard.core.diagnosis import is_dated_ahead
from wizard.core.kept_tests import OWNER_FOR
from wizard.i18n.language import _
from wizard.words.moments import ago, clock_time


def for_programs(unix: float) -> str:
    """ "2026-11-22T14:04:05Z", as RFC 3339 has it."""
    then = known_moment(unix) or 0.0  # facts of somebody else's may hold any number
    return datetime.datetime.fromtimestamp(int(then), datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def for_people(unix: float, made_at: float) -> str:
    """ "22 Nov 2026, 15:04", and how long before the report that was, where it is a day or more."""
    when = clock_time(unix)
    if is_dated_ahead(unix, made_at):
        # Translators: "12 Apr 2028, 15:04 (that has not come yet: a clock was wrong)"
        return _("{time} (that has not come yet: a clock was wrong)").format(time=when)
    if not is_old(unix, made_at):
        return when
    # Translators: "20 Nov 2026, 15:04 (2 days ago)"
    return _("{time} ({ago})").format(time=when, ago=ago(made_at - unix))


def is_old(unix: float, made_at: float) -> bool:
    return made_at - unix >= OWNER_FOR


def zone(unix: float) -> str:
    """ "UTC+01:00": a report travels, and the times in it are those of this computer."""
    iso = datetime.datetime.fromtimestamp(int(known_moment(unix) or 0.0)).astimezone().isoformat()
    return f"UTC{iso[-6:]}"
