"""What is said where the program must end: on standard error, or in a small window where nobody reads that."""

import os
import sys
from contextlib import suppress

# What may be there to show a sentence where nobody reads standard error; each is tried until one works.
_SHOWN_BY = (
    ("zenity", "--error", "--no-markup", "--title", "Messenger Handover Wizard", "--text"),
    ("kdialog", "--title", "Messenger Handover Wizard", "--error"),
    ("xmessage", "-center"),
    ("notify-send", "Messenger Handover Wizard"),
)


def has_display() -> bool:
    """Whether a window can be shown, as far as it is known before it is tried."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM"))


def show_fatal_error(sentence: str) -> None:
    """Say why the program ends: on standard error, and where no terminal is behind that, in a small window."""
    from wizard.core.redact import printable_lines  # not needed where the window comes

    sentence = printable_lines(sentence)
    with suppress(OSError):  # where it takes no more, the exit code tells
        print(sentence, file=sys.stderr)
    if sys.stderr is not None and sys.stderr.isatty():
        return
    if sys.platform == "win32":
        import ctypes

        with suppress(AttributeError, OSError):
            ctypes.windll.user32.MessageBoxW(None, sentence, "Messenger Handover Wizard", 0x10)
    elif sys.platform == "darwin":
        _show("osascript", "-e", "on run a", "-e", "display alert (item 1 of a)", "-e", "end run", sentence)
    elif has_display() and os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        any(_show(*command, sentence) for command in _SHOWN_BY)


def _show(*command: str) -> bool:
    """Whether the command could show it. It may stay open: the program ends all the same."""
    import subprocess  # not needed where the window comes

    try:
        shown = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        return shown.wait(1) == 0
    except subprocess.TimeoutExpired:
        return True  # it waits for its OK
    except OSError:
        return False
