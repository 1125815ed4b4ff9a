"""Where the program begins: the window at once, or what the command line says."""

import codecs
import io
import os
import signal
import sys
from types import FrameType

from wizard.words import language

_PLAIN = {"✓": "+", "✗": "x", "●": "*", "→": "->", "…": "...", "“": '"', "”": '"', "’": "'", "–": "-", "·": "-"}


def main() -> None:
    """The program. Ends with one of the codes of ExitCode."""
    mend_streams()
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


def mend_streams() -> None:
    """A shell may have closed standard input, and its alphabet may lack our marks: neither may end the program."""
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY), encoding="utf-8")
    codecs.register_error("handover-plain", _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="handover-plain")


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """What has no place in an alphabet, in letters that every one has."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_PLAIN.get(letter, "?") for letter in lost), error.end


def has_display() -> bool:
    """Whether a window can be shown, as far as it is known before it is tried."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM"))


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
