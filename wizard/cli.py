"""Where the program begins: the window at once, or what the command line says."""

import os
import signal
import sys
from types import FrameType

from wizard.words import language


def main() -> None:
    """The program. Ends with one of the codes of ExitCode."""
    language.use(None)
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP: there a closed console ends the process
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _interrupt)
    if len(sys.argv) == 1 and has_display():  # a double click: nothing to parse, so the window need not wait for that
        from wizard.app import run_window

        code = run_window(None, None)
    else:
        from wizard.commands import run

        code = run()
    sys.exit(code)


def has_display() -> bool:
    """Whether a window can be shown, as far as it is known before it is tried."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM"))


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
