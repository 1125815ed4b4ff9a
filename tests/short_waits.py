"""The waits of a test of a handover, as short as the practice world allows: it answers at once, and its bot talks
within a second, if it does. For tests of what comes out, not of how long it is waited for.

As a program: the terminal program with these waits, and with its arguments."""

from collections.abc import Callable

from wizard.cli import main
from wizard.core import limits

SHORT: dict[str, float | tuple[float, ...]] = {
    "LOG_IN": 2.0,
    "SILENCE": 1.6,
    "FIRST_LOOK": 0.2,
    "LONGEST_LOOK": 0.2,
    "ARRIVAL": (0.0, *[0.4] * (len(limits.ARRIVAL) - 1)),
    "ARRIVAL_LATE": 0.4,
    "TAKE_AGAIN": (0.1,) * len(limits.TAKE_AGAIN),
    "IS_BACK": (0.2, 0.4),
    "IN_FLIGHT": (0.2,),
    "BOT_REACTS": (0.2, 0.2),
    "READ_HURRIED": 2.0,
    "CHANGE_AGAIN": 0.1,
    "STANDS_STILL": 0.3,
}


def shorten(set_value: Callable[[object, str, object], None]) -> None:
    for name, value in SHORT.items():
        set_value(limits, name, value)


if __name__ == "__main__":
    shorten(setattr)
    main()
