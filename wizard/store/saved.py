"""Reading and writing the files of this program: JSON with a version,
`{"version": 1, "kind": "handover-setup", "content": ...}`. Files of older programs have no kind.

A newer program may add members, and this one keeps what it does not know when it writes the file again.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.store.atomic import quarantine, read_file, write_private

T = TypeVar("T")
VERSION = 1
_PLACE = re.compile(r" - at `([^`]*)`")
_MISSING = re.compile(r"missing required field `([^`]*)`")


class _FileHeader(msgspec.Struct):
    version: int
    content: msgspec.Raw
    kind: str = ""


def save(path: Path, content: object, kind: str = "") -> None:
    """Write content atomically, for this user alone. Raises OSError."""
    _write(path, _envelope(content, kind))


def save_keeping(path: Path, content: object, kind: str, like: Path | None = None) -> None:
    """Write content and, beside it, the members of an earlier file that this program does not know, without tokens.

    like: where the content was read from, if not from path. A file at path that cannot be read is put aside, not lost.
    Raises OSError."""
    from wizard.core.redact import redact_tokens  # what only reads does without

    whole = with_each_text(_envelope(content, kind), redact_tokens)
    old = _old(like or path, kind, redact_tokens)
    if old is None and like is None and path.exists():
        quarantine(path)
    _write(path, whole if old is None else _merged(old, whole))


def load(path: Path, model: type[T], kind: str = "") -> T:
    """Read what `save` wrote. Members that are not known are passed over. Raises SavedFileError."""
    return decoded(read_file(path), path, model, kind)


def decoded(data: bytes, path: Path, model: type[T], kind: str = "") -> T:
    """As `load`, of what was read from path. Raises SavedFileError."""
    try:
        head = msgspec.json.decode(data, type=_FileHeader)
        if head.version > VERSION:
            raise SavedFileError(SavedFileProblem.NEWER, path)
        if head.kind and kind and head.kind != kind:
            raise SavedFileError(SavedFileProblem.OTHER_KIND, path)
    except msgspec.ValidationError as error:
        raise SavedFileError(SavedFileProblem.DAMAGED, path, _place(error, "$")) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _not_json(path, data) from error
    try:
        return msgspec.json.decode(head.content, type=model)
    except msgspec.ValidationError as error:
        raise SavedFileError(SavedFileProblem.DAMAGED, path, _place(error, "$.content")) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _not_json(path, data) from error


def with_each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same JSON values with every text changed; names of members stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: with_each_text(one, change) for name, one in value.items()}
    return [with_each_text(one, change) for one in value] if isinstance(value, (list, tuple)) else value


def _not_json(path: Path, data: bytes) -> SavedFileError:
    """Tell a file that stops in the middle from one that never was JSON, with the place of the mistake."""
    import json  # to say where a mistake is

    try:
        json.loads(data.decode())
    except json.JSONDecodeError as error:
        stops = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string")
        problem = SavedFileProblem.TRUNCATED if stops else SavedFileProblem.NOT_JSON
        return SavedFileError(problem, path, f"line {error.lineno}, column {error.colno}")
    except UnicodeDecodeError as error:
        return SavedFileError(SavedFileProblem.NOT_JSON, path, f"byte {error.start + 1}")
    except (RecursionError, ValueError):
        return SavedFileError(SavedFileProblem.NOT_JSON, path, "line 1")
    return SavedFileError(SavedFileProblem.DAMAGED, path)


def _place(error: msgspec.ValidationError, start: str) -> str:
    """Where the mistake is, as "$.content.bot.id"; "" for the file as a whole."""
    text = str(error)
    at = _PLACE.search(text)
    place = start + (at[1].removeprefix("$") if at else "")
    missing = _MISSING.search(text)
    return f"{place}.{missing[1]}" if missing else place.removeprefix("$") and place


def _envelope(content: object, kind: str) -> Any:
    return msgspec.to_builtins({"version": VERSION, **({"kind": kind} if kind else {}), "content": content})


def _old(path: Path, kind: str, change: Callable[[str], str]) -> Any:
    """The whole of an earlier file as JSON values, every text changed; None without one that this program understands,
    or where a list in it lies in hundreds of others."""
    try:
        load(path, dict[str, Any], kind)
        return with_each_text(msgspec.json.decode(read_file(path)), change)
    except (SavedFileError, RecursionError):
        return None


def _merged(old: Any, new: Any) -> Any:
    """The new values, with the members of the old ones that the new ones do not have."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old | {name: _merged(old.get(name), value) for name, value in new.items()}
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [_merged(one, other) for one, other in zip(old, new, strict=True)]
    return new


def _write(path: Path, whole: Any) -> None:
    body = msgspec.json.encode(whole, order="deterministic")
    write_private(path, msgspec.json.format(body, indent=2) + b"\n")
