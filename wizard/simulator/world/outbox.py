"""Web hooks before they are sent: which app has which callback, what waits for it, and what became of it.

The world puts notices in here while it holds its own lock, and goes on at once; `hooks.courier` takes them out on
threads of its own. What is kept is bounded: queues, and the list of what was sent.
"""

import itertools
import threading
import zlib
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

TroubleKind = Literal["late", "twice", "lost", "wrong_signature"]
TROUBLES: tuple[str, ...] = get_args(TroubleKind)
LANES = 4  # queues of an app, each with a thread: a conversation always has the same one, so its order holds
LONGEST_QUEUE = 10_000  # notices in one lane; what does not fit is lost, and counted
KEPT = 1_000  # the newest attempts that can be read
LARGEST_BATCH = 20  # entries of one request, only ever of what waits already


@dataclass(slots=True)
class Trouble:
    """Something that goes wrong with the next web hooks of an app. times: None = all. seconds: of late."""

    kind: TroubleKind
    times: int | None = 1
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Whose:
    """object: page or instagram. page_id: of the Page, or the Instagram account. psid: "" where nobody is meant."""

    object: str
    page_id: str
    psid: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One event for one app. channel: messaging or standby. item: what stands in that list. at: Unix seconds.
    due: before this moment it is not sent."""

    number: int
    app_id: str
    whose: Whose
    field: str
    channel: str
    item: Mapping[str, Any]
    at: float
    due: float = 0.0
    troubles: tuple[TroubleKind, ...] = ()


@dataclass(slots=True)
class Callback:
    """Where an app gets its web hooks. fields: those of the app's own subscription, None for all. batch: the most
    entries in one request. state: of the verification; reason: why it failed, or what the last attempt met."""

    app_id: str
    url: str
    verify_token: str = field(repr=False)
    fields: frozenset[str] | None = None
    batch: int = LARGEST_BATCH
    state: Literal["not_verified", "verified", "refused"] = "not_verified"
    reason: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    def wants(self, name: str) -> bool:
        return self.fields is None or name in self.fields


class Outbox:
    """Callbacks and lanes, behind one condition that tells when something was put in or the clock was moved."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.changed = threading.Condition()
        self.callbacks: dict[str, Callback] = {}
        self.allowed_hosts: frozenset[str] = frozenset()  # beside those of this machine
        self.troubles: dict[str, list[Trouble]] = {}
        self.sent: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self.notes: deque[dict[str, Any]] = deque(maxlen=100)
        self.generation = 0
        self._now = now
        self._lanes: dict[tuple[str, int], deque[Notice]] = {}
        self._numbers = itertools.count(1)
        self._waiting: Counter[str] = Counter()

    def add(self, callback: Callback) -> None:
        with self.changed:
            self.remove(callback.app_id)
            self.callbacks[callback.app_id] = callback
            self.changed.notify_all()

    def remove(self, app_id: str) -> bool:
        """Return whether there was one. What waits for it is dropped."""
        with self.changed:
            for lane in range(LANES):
                self._lanes.pop((app_id, lane), None)
            self._waiting.pop(app_id, None)
            return self.callbacks.pop(app_id, None) is not None

    def clear(self) -> None:
        """Drop what waits and what was written down; the callbacks stay, as they do over a change of scenario."""
        with self.changed:
            self.generation += 1
            self._lanes.clear()
            self._waiting.clear()
            self.troubles.clear()
            self.sent.clear()
            self.notes.clear()
            for callback in self.callbacks.values():
                callback.counts.clear()
            self.changed.notify_all()

    def put(self, app_id: str, channel: str, field: str, whose: Whose, item: Mapping[str, Any]) -> None:
        """Let an item wait for an app. An app without a callback for it gets nothing."""
        callback = self.callbacks.get(app_id)
        if callback is None or not (whose.object == "instagram" or callback.wants(field)):
            return
        with self.changed:
            callback.counts["put"] += 1
            troubles = self._take_troubles(app_id)
            now = self._now()
            kinds = tuple(trouble.kind for trouble in troubles)
            due = max((now + trouble.seconds for trouble in troubles if trouble.kind == "late"), default=0.0)
            number = next(self._numbers)
            notice = Notice(number, app_id, whose, field, channel, item, now, due, kinds)
            lane = self._lanes.setdefault((app_id, zlib.crc32(whose.psid.encode()) % LANES), deque())
            if len(lane) >= LONGEST_QUEUE:
                callback.counts["no_room"] += 1
                if callback.counts["no_room"] == 1:
                    self.note(f"{LONGEST_QUEUE} web hooks wait for {callback.url}; from now on some are lost")
                return
            lane.append(notice)
            self._waiting[app_id] += 1
            self.changed.notify_all()

    def note(self, text: str) -> None:
        """Write down something that who builds a bot should know."""
        self.notes.append({"time": self._now(), "text": text})

    def lane(self, app_id: str, number: int) -> deque[Notice]:
        """Return what waits in a lane, oldest first. Hold `changed`."""
        return self._lanes.get((app_id, number)) or deque()

    def taken(self, app_id: str, number: int, notices: int, outcome: str) -> None:
        """The oldest of a lane are done with. Hold `changed`. outcome: what to count them as."""
        lane = self._lanes.get((app_id, number))
        for _ in range(min(notices, len(lane or ()))):
            lane.popleft()  # type: ignore[union-attr]  # there is one where anything is to be taken
            self._waiting[app_id] -= 1
        if (callback := self.callbacks.get(app_id)) is not None:
            callback.counts[outcome] += notices
        self.changed.notify_all()

    def waiting(self) -> int:
        """Return how many notices are not done with."""
        with self.changed:
            return sum(self._waiting.values())

    def wait_until_done(self, seconds: float) -> bool:
        """Wait, in real time, until nothing waits any more; return whether that came true."""
        with self.changed:
            return self.changed.wait_for(lambda: not sum(self._waiting.values()), seconds)

    def _take_troubles(self, app_id: str) -> list[Trouble]:
        waiting = self.troubles.get(app_id, [])
        for trouble in waiting:
            if trouble.times is not None:
                trouble.times -= 1
        self.troubles[app_id] = [each for each in waiting if each.times is None or each.times > 0]
        return waiting
