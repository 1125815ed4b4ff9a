"""Where the program begins: the window at once, or what the command line says."""

import codecs
import gc
import io
import os
import signal
import struct
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType, TracebackType
from typing import NoReturn

from wizard.core.bundle import damaged, restore_environment
from wizard.core.exit_code import ExitCode
from wizard.core.output import is_all_written
from wizard.core.signals import TERMINATION_SIGNALS
from wizard.fatal import show_fatal_error
from wizard.i18n import language
from wizard.starting import open_window

_ASCII_FALLBACKS = {
    "✓": "+",
    "✗": "x",
    "●": "*",
    "→": "->",
    "…": "...",
    "“": '"',
    "”": '"',
    "’": "'",
    "–": "-",
    "·": "-",
}


def main() -> None:
    """The program. Ends with one of the codes of ExitCode."""
    gc.disable()  # nothing that is made until the window shows is garbage; its GarbageCollection takes over then
    configure_stdio()
    restore_environment()
    _forbid_dumps()
    sys.excepthook, threading.excepthook = _show_crash, _show_thread_crash
    if lost := damaged():
        _end_damaged(lost)
    from wizard.actions.languages import speak  # not before it is known that the program is whole

    asked = _asked_language(sys.argv[1:])
    if not speak(asked):
        from wizard.words import starting

        with suppress(OSError):
            print(starting.language_unknown(asked), file=sys.stderr)
    for number in TERMINATION_SIGNALS:
        if number != signal.SIGINT:  # Python does so by itself, but where the one who started us wants it ignored
            signal.signal(number, _interrupt)
    # A double click gives no arguments: there is nothing to parse, so the window need not wait for the commands.
    code = open_window(None, None) if len(sys.argv) == 1 else run_command_line()
    if not is_all_written():
        from wizard.words import starting

        with suppress(OSError):
            print(starting.output_lost(), file=sys.stderr)
        code = code or ExitCode.WRONG_USE
    sys.exit(code)


def _asked_language(arguments: Sequence[str]) -> str:
    """What --language says: the commands describe themselves in it, so it is known before they are read."""
    for at, one in enumerate(arguments):
        if one == "--":
            break
        if one == "--language":
            return arguments[at + 1] if at + 1 < len(arguments) else ""
        if one.startswith("--language="):
            return one.partition("=")[2]
    return ""


def run_command_line() -> int:
    """Do what the command line says. Returns one of the codes of ExitCode."""
    gc.enable()
    from wizard.commands import run
    from wizard.commands.frame import Window

    return run(Window(open_window, _window_works))


def _window_works() -> str:
    from wizard.app import window_works

    return window_works()


def configure_stdio() -> None:
    """A shell may have closed standard input or output, and its alphabet may lack our marks: none of it may end the
    program, or take the place of its exit code."""
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY), encoding="utf-8")
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    codecs.register_error("handover-ascii", _ascii_fallback)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="handover-ascii")


def _show_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """As Python shows it, but without tokens: the text of an error may quote anything."""
    import traceback

    from wizard.core.redact import printable_lines

    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(printable_lines("".join(traceback.format_exception(kind, error, trace))))


def _show_thread_crash(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and args.exc_type is not SystemExit:
        _show_crash(args.exc_type, args.exc_value, args.exc_traceback)


def _forbid_dumps() -> None:
    """Where this program dies by a fault of a library, its memory is not written to disk: a token may be in it."""
    if sys.platform != "win32":
        import resource

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _ascii_fallback(error: UnicodeError) -> tuple[str, int]:
    """An error handler for encoding: replace what the stream cannot encode by ASCII. Raises any other error."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_ASCII_FALLBACKS.get(letter, "?") for letter in lost), error.end


def _end_damaged(lost: list[str]) -> NoReturn:
    """Before anything else is loaded: what is missing may be what it would be said with."""
    from wizard.words import starting

    with suppress(OSError, ValueError, EOFError, struct.error):  # the translation may be what is damaged
        language.use(None)
    show_fatal_error(starting.damaged(lost))
    sys.exit(ExitCode.PROBLEM)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
