"""Reading and writing the files of this program: JSON with a version, `{"version": 1, "content": ...}`."""

from pathlib import Path
from typing import TypeVar

import msgspec

from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.store.atomic import write_private

T = TypeVar("T")
VERSION = 1


class _Head(msgspec.Struct):
    version: int
    content: msgspec.Raw


def save(path: Path, content: object) -> None:
    """Write content atomically, for this user alone. Raises OSError."""
    body = msgspec.json.encode({"version": VERSION, "content": content}, order="deterministic")
    write_private(path, msgspec.json.format(body, indent=2) + b"\n")


def load(path: Path, kind: type[T]) -> T:
    """Read what `save` wrote. Fields that are not known any more are ignored. Raises SavedFileError."""
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SavedFileError(SavedFileProblem.MISSING, path) from error
    except PermissionError as error:
        raise SavedFileError(SavedFileProblem.NO_PERMISSION, path) from error
    except OSError as error:
        raise SavedFileError(SavedFileProblem.DAMAGED, path) from error
    try:
        head = msgspec.json.decode(data, type=_Head)
        if head.version > VERSION:
            raise SavedFileError(SavedFileProblem.NEWER, path)
        return msgspec.json.decode(head.content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SavedFileError(SavedFileProblem.DAMAGED, path) from error
