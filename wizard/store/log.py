"""The log: one JSON object per line, with a fixed list of fields, so that nothing private can slip in.

`log_event` may be called from any thread and before `start_log`: it then does nothing.
"""

import logging
import re
import traceback
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wizard.core.errors import Failure

FILE_NAME = "events.log"
_WORD = r"[A-Za-z0-9_.-]{1,60}"
# What each field may hold. A value of another shape is left out: a text could be anything, so no field takes one.
_SHAPES = {
    "event": _WORD,
    "call": r"[A-Za-z]{3,6} [A-Za-z0-9_/{}-]{1,60}",
    "kind": _WORD,
    "step": _WORD,
    "check": _WORD,
    "trace_id": r"[\w+/=-]{1,40}",
    "version": _WORD,
    "back": _WORD,
}
_NUMBERS = ("code", "subcode", "seconds")
_LEFT_OUT = "(left out)"
_logger = logging.getLogger("wizard.events")
_logger.propagate = False
_logger.addHandler(logging.NullHandler())


def start_log(folder: Path) -> None:
    """Write events to a file in this folder from now on; it is made with the first event. folder: `Places().logs`."""
    stop_log()
    _logger.addHandler(_LogFile(folder))
    _logger.setLevel(logging.INFO)


def stop_log() -> None:
    """Close the log file. Events are dropped from now on."""
    for handler in list(_logger.handlers):
        if isinstance(handler, _LogFile):
            _logger.removeHandler(handler)
            handler.close()


def log_event(**fields: object) -> None:
    """Log one event. Fields that are kept: event, call, kind, code, subcode, trace_id, seconds, step, check, version,
    back (where a conversation is after a test); others are dropped. Numbers stay numbers; a text that does not look
    like its field is replaced by "(left out)"."""
    _write({name: _fit(name, value) for name, value in fields.items() if name in _SHAPES or name in _NUMBERS})


def log_failure(failure: "Failure") -> None:
    """Log a call that failed: which one, and Facebook's numbers. Never its message."""
    log_event(
        event="call_failed",
        call=failure.call,
        kind=failure.kind,
        code=failure.code,
        subcode=failure.subcode,
        trace_id=failure.trace_id or None,
    )


def log_crash(error: BaseException) -> None:
    """Log an unexpected error: its type, where it was raised, and the same of its causes. Never its text."""
    chain: list[dict[str, object]] = []
    seen: BaseException | None = error
    while seen is not None and len(chain) < 10:
        chain.append({"type": type(seen).__qualname__, "place": _place(seen)})
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    _write({"event": "crash", "errors": chain})


def _fit(name: str, value: object) -> object:
    if value is None:
        return None
    if name in _NUMBERS:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return value if is_number else _LEFT_OUT
    from wizard.core.redact import redact_tokens  # the first page does without

    is_fit = isinstance(value, str) and re.fullmatch(_SHAPES[name], value) and redact_tokens(value) == value
    return str(value) if is_fit else _LEFT_OUT


def _place(error: BaseException) -> list[str]:
    """Return "file:line function" from the outermost call in; the folders above the program stay out of it."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{_inside(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames][-20:]


def _inside(filename: str) -> str:
    parts = PurePath(filename).parts
    return "/".join(parts[parts.index("wizard") :]) if "wizard" in parts else parts[-1]


def _write(fields: dict[str, object]) -> None:
    import json  # the first page writes no line
    from datetime import UTC, datetime

    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    _logger.info("%s", json.dumps({"time": time, **fields}))


class _LogFile(logging.Handler):
    """Made with the first event: what writes it takes longer to import than the first page does to show."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        from wizard.store.private_log import PrivateLog

        if self._file is None:
            self._file = PrivateLog(self._folder / FILE_NAME, self._give_up)
        self._file.handle(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()

    def _give_up(self) -> None:
        """A log that cannot be written must not stop the program or print: log no more."""
        _logger.removeHandler(self)
