"""A pipe with a name, and somebody who reads it."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def named_pipe(path: Path) -> Iterator[Callable[[], bytes]]:
    """Make a pipe that has a reader; yields what returns the content so far, up to the 64 kB that a pipe holds.

    It must still be a pipe at the end."""
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        yield lambda: os.read(reader, 65_536)
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(path.stat().st_mode)
