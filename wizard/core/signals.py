"""The signals by which a person or the system asks a program to end."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Windows has no SIGHUP: there a closed console ends the process.
TERMINATION_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def handle_termination_signals(heard: Callable[[int], object]) -> Iterator[None]:
    """Inside, call heard with the number of each such signal; afterwards they do what they did before. Main thread."""
    before = {number: signal.signal(number, lambda number, _frame: heard(number)) for number in TERMINATION_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
