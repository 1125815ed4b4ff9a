"""What a second start, or a practice window, wants of the window that is open: a file in a folder that it watches."""

import json
import time
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import msgspec

from wizard.store.atomic import make_private_folder, remove, write_private

_ENDING = ".request.json"
_OLD = 60.0  # seconds; nobody waits for it any more
_MOST = 100_000  # bytes


@dataclass(frozen=True, slots=True)
class WindowRequest:
    """Come to the front; and open files, where there are any, and take products over from practice: the names of
    answers to their values."""

    files: tuple[str, ...] = ()
    products: Mapping[str, Any] | None = None


class WindowRequests:
    """state: `Places().state` of the window that is asked."""

    def __init__(self, state: Path) -> None:
        self.folder = state / "requests"

    def make_folder(self) -> None:
        """Raises OSError."""
        make_private_folder(self.folder)

    def post(self, request: WindowRequest) -> Path:
        """Return the file, which is gone as soon as a window has taken it. Raises OSError."""
        self.make_folder()
        path = self.folder / f"{uuid.uuid4().hex}{_ENDING}"
        write_private(path, json.dumps(asdict(request)).encode())
        return path

    def take(self) -> Sequence[WindowRequest]:
        """Return what was posted within the last minute, the oldest first, and remove all. What cannot be read is
        nobody's."""
        found: list[tuple[float, WindowRequest]] = []
        for path in self.folder.glob(f"*{_ENDING}"):
            with suppress(OSError, msgspec.MsgspecError):
                at = path.stat().st_mtime
                if time.time() - at < _OLD and path.stat().st_size <= _MOST:
                    found.append((at, msgspec.json.decode(path.read_bytes(), type=WindowRequest)))
            with suppress(OSError):
                remove(path)
        return [request for _at, request in sorted(found, key=lambda one: one[0])]


def wait_until_taken(posted: Path, seconds: float) -> bool:
    """Whether a window took it in time; otherwise it is taken back."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not posted.exists():
            return True
        time.sleep(0.02)
    with suppress(OSError):
        remove(posted)
    return False
