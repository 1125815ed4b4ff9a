"""What the threads do while nothing can happen in the window: their stacks, looked at from one more thread."""

import faulthandler
import re
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

_OURS = str(Path(__file__).resolve().parents[2] / "wizard")
_LOOK_EVERY = 0.003  # seconds
_THREAD = re.compile(r"^(?:Current thread|Thread) 0x([0-9a-f]+).*:$", re.MULTILINE)
_FRAME = re.compile(r'^  File "(.*)", line (\d+) in (.*)$', re.MULTILINE)
_RESTS = ("threading.py", "selectors.py", "socket.py", "subprocess.py", "popen_fork.py")


@dataclass(frozen=True, slots=True)
class Block:
    """moment: the last one of the tour before it. ms: by the clock; busy_ms: of the processor, in the window's thread:
    less where another program or thread was in the way. seen: what ran, each with the number of looks at it."""

    moment: str
    ms: float
    busy_ms: float
    seen: tuple[tuple[str, int], ...]

    def lines(self) -> list[str]:
        return [
            f"{self.ms:6.1f} ms, busy {self.busy_ms:6.1f} ms, after “{self.moment}”",
            *(f"    {count:4} x  {place}" for place, count in self.seen[:6]),
        ]


class BlockWatch:
    """Made and told in the window's thread. longer_than: ms from which a block is noted.

    The stacks are faulthandler's: to ask for another thread's frames while it runs brings Python 3.11 down."""

    def __init__(self, longer_than: float) -> None:
        self.blocks: list[Block] = []
        self.moment = "start"
        self._longer_than = longer_than
        self._window_thread = threading.get_ident()
        self._seen: list[str] = []
        self._busy = time.thread_time()
        self._ended = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def came_back(self, ms: float) -> None:
        """Events are handled again, for the first time in ms milliseconds."""
        busy, before = time.thread_time(), self._busy
        self._busy = busy
        seen, self._seen = self._seen, []
        if ms > self._longer_than:
            places = Counter(place for stacks in seen for place in _places(stacks, self._window_thread))
            self.blocks.append(Block(self.moment, ms, (busy - before) * 1000, tuple(places.most_common())))

    def end(self) -> None:
        self._ended.set()

    def _look(self) -> None:
        with tempfile.TemporaryFile("w+") as file:
            while not self._ended.wait(_LOOK_EVERY):
                file.seek(0)
                file.truncate()
                faulthandler.dump_traceback(file)
                file.seek(0)
                self._seen.append(file.read())


def _places(stacks: str, window_thread: int) -> list[str]:
    """Return what the threads are at, the window's first: the innermost frame, and ours from the outside in. Threads
    that wait are left out."""
    _nothing, *parts = _THREAD.split(stacks)
    found = []
    for thread, text in zip(parts[::2], parts[1::2], strict=True):
        frames = _FRAME.findall(text)
        if not frames or frames[0][0].endswith("blocks.py"):
            continue
        is_window = int(thread, 16) == window_thread
        if not is_window and Path(frames[0][0]).name in _RESTS:
            continue
        ours = [f"{Path(path).name}:{line} {name}" for path, line, name in frames if path.startswith(_OURS)]
        path, line, name = frames[0]
        inmost = [] if path.startswith(_OURS) else [f"({Path(path).parent.name}/{Path(path).name}:{line} {name})"]
        found.append(("window: " if is_window else "thread: ") + " > ".join([*reversed(ours[:6]), *inmost]))
    return sorted(found, reverse=True)
