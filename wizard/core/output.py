"""Standard output that takes no more: who reads it has gone, or its disk is full."""

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

_NOBODY_READS = frozenset({errno.EPIPE, errno.EINVAL} if sys.platform == "win32" else {errno.EPIPE})
_IS_LOST = "is_lost"  # stands on the stream: whoever writes to it sees the error, and only the end of the program tells


def note_lost(stream: IO[Any], error: OSError) -> None:
    """Something that was to be read could not be written. That nobody reads any more is no such thing."""
    if error.errno not in _NOBODY_READS:
        with suppress(AttributeError):
            setattr(stream, _IS_LOST, True)


def is_all_written() -> bool:
    """Write what is still on its way to standard output, and say whether nothing was lost that somebody would read.

    To be asked at the end: Python itself would then end with 120, which is none of our codes."""
    stream = sys.stdout
    if stream is None:
        return True
    try:
        stream.flush()
    except OSError as error:
        note_lost(stream, error)
        with suppress(OSError, ValueError), Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())  # else Python complains once more when it flushes at the end
    except ValueError:  # somebody has closed it
        return True
    return not getattr(stream, _IS_LOST, False)
