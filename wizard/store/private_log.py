"""The file of the log: for this user alone, and of a bounded size."""

import logging
import logging.handlers
import os
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path

from wizard.store.atomic import PRIVATE_FILE, make_private_folder

BYTES_PER_FILE = 500_000
_OLD_FILES = 3


class PrivateLog(logging.handlers.RotatingFileHandler):
    """Its folder is made when it is first written to. on_trouble: called where it cannot be written; it is closed
    then."""

    def __init__(self, path: Path, on_trouble: Callable[[], None]) -> None:
        super().__init__(path, maxBytes=BYTES_PER_FILE, backupCount=_OLD_FILES, encoding="utf-8", delay=True)
        self._on_trouble = on_trouble

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        make_private_folder(path.parent)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        flags |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)  # a pipe waits for nobody, a link is none
        return os.fdopen(os.open(path, flags, PRIVATE_FILE), "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the name is the library's)
        self.close()
        self._on_trouble()
