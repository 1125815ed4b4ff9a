"""Times as people read them."""

import datetime
import math

from wizard.i18n.language import ENGLISH, _, current, ngettext


def duration(seconds: float) -> str:
    """ "23 h 58 min", "4 min", "12 s". seconds: below 0 counts as 0."""
    whole = _whole(seconds)
    if whole < 60:
        return _("{seconds} s").format(seconds=whole)
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("{minutes} min").format(minutes=minutes)


def clock_time(unix: float) -> str:
    """Date and time in this computer's time zone, such as "22 Nov 2026, 15:04". unix: seconds; "?" for one that no
    calendar shows."""
    from babel import Locale
    from babel.dates import format_time

    then, locale = _local(unix), current()
    if then is None:
        return "?"
    both = str(Locale.parse(locale).datetime_formats["medium"]).replace("'", "")
    time = format_time(then, "HH:mm" if locale == ENGLISH else "short", locale=locale)
    # In Arabic a single letter says whether it is before noon: no line begins with that alone.
    return both.format(time.replace(" ", "\u00a0"), of_date(then.date()))


def day(unix: float) -> str:
    """The date in this computer's time zone, such as "22 Nov 2026". unix: seconds; "?" as for `clock_time`."""
    then = _local(unix)
    return "?" if then is None else of_date(then.date())


def of_date(day: datetime.date) -> str:
    """ "22 Nov 2026". English is read all over the world: a day before its month, and 24 hours, cannot be misread."""
    from babel.dates import format_date  # half a hundredth of a second, and not before the first page shows a date

    locale = current()
    return format_date(day, "d MMM y" if locale == ENGLISH else "medium", locale)


def ago(seconds: float) -> str:
    minutes = _whole(seconds) // 60
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("{count} minute ago", "{count} minutes ago", minutes).format(count=minutes)
    hours = minutes // 60
    if hours < 48:
        return ngettext("{count} hour ago", "{count} hours ago", hours).format(count=hours)
    days = hours // 24
    return ngettext("{count} day ago", "{count} days ago", days).format(count=days)


def _whole(seconds: float) -> int:
    return max(0, int(seconds)) if math.isfinite(seconds) else 0


def _local(unix: float) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromtimestamp(unix).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
