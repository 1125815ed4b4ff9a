"""Delivers web hooks on threads of its own, so that the world never waits for a bot.

Each lane of an app has a thread: what is in one lane goes out in order, whatever fails. Meta's page says that a failed
web hook is sent again at once, then a few times more, ever less often, for 36 hours; how often is assumed. Something
new in the lane ends a wait, for then the bot may be back.
"""

import itertools
import json
import threading
from collections.abc import Sequence
from typing import Any

from wizard.simulator.hooks.connect import CallbackRefused, check_address
from wizard.simulator.hooks.post import Answer, Line, signed, verify
from wizard.simulator.world.outbox import LANES, Callback, Notice
from wizard.simulator.world.world import SimulatedWorld

WAITS = (0, 2, 15, 60, 300, 1_800, 7_200, 21_600, 43_200, 54_000)  # seconds, about 36 hours
_LOOK_AGAIN = 0.5  # seconds, in case this machine's own clock makes something due


class Courier:
    """Starts a lane's thread when its first notice comes."""

    def __init__(self, world: SimulatedWorld) -> None:
        self._world = world
        self._outbox = world.outbox
        self._thread = threading.Thread(target=self._open_lanes, name="web hooks", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._outbox.changed:
            self._outbox.changed.notify_all()

    def _open_lanes(self) -> None:
        opened: set[tuple[str, int]] = set()
        while not self._world.stopping.is_set():
            with self._outbox.changed:
                for app_id in self._outbox.callbacks:
                    for number in range(LANES):
                        if (app_id, number) not in opened and self._outbox.lane(app_id, number):
                            opened.add((app_id, number))
                            threading.Thread(target=_Lane(self._world, app_id, number).run, daemon=True).start()
                self._outbox.changed.wait(_LOOK_AGAIN)


class _Lane:
    def __init__(self, world: SimulatedWorld, app_id: str, number: int) -> None:
        self._world, self._outbox = world, world.outbox
        self._app_id, self._number = app_id, number
        self._line: tuple[Callback, Line] | None = None
        self._of: tuple[Callback | None, int] = (None, -1)  # callback and life of the world that these are of
        self._failed = 0  # attempts that the oldest notice had
        self._next_at = 0.0
        self._seen = 0  # number of the newest notice when the last attempt failed

    def run(self) -> None:
        while not self._world.stopping.is_set():
            with self._outbox.changed:
                callback, notices = self._due()
                if callback is None or not notices:
                    self._outbox.changed.wait(_LOOK_AGAIN)
                    continue
                generation = self._outbox.generation
            self._deliver(callback, notices, generation)

    def _due(self) -> tuple[Callback | None, Sequence[Notice]]:
        """What goes out next: the oldest of the lane, with what may go in the same request."""
        lane = self._outbox.lane(self._app_id, self._number)
        callback = self._outbox.callbacks.get(self._app_id)
        if self._of != (callback, self._outbox.generation):
            self._of, self._failed = (callback, self._outbox.generation), 0
        now = self._world.now()
        if not lane or callback is None or lane[0].due > now:
            return callback, ()
        if self._failed and now < self._next_at and lane[-1].number == self._seen:
            return callback, ()
        first, together = lane[0], [lane[0]]
        if not first.troubles:
            for notice in itertools.islice(lane, 1, callback.batch):
                if notice.troubles or notice.due > now or notice.whose.object != first.whose.object:
                    break
                together.append(notice)
        return callback, together

    def _deliver(self, callback: Callback, notices: Sequence[Notice], generation: int) -> None:
        first = notices[0]
        if "lost" in first.troubles:
            self._done(callback, notices, Answer(None, "lost on purpose"), "lost", generation)
            return
        if callback.state != "verified" and (answer := self._verified(callback)).problem:
            self._failed_once(callback, notices, answer, generation)
            return
        body = json.dumps(envelope(notices), separators=(",", ":")).encode()
        app = self._world.apps[self._app_id]
        headers = signed(body, app.secret[::-1] if "wrong_signature" in first.troubles else app.secret)
        line = self._line_to(callback)
        answer = line.post(body, headers)
        if answer.problem:
            self._failed_once(callback, notices, answer, generation)
            return
        if "twice" in first.troubles:
            line.post(body, headers)
        self._done(callback, notices, answer, "delivered", generation)

    def _verified(self, callback: Callback) -> Answer:
        try:
            check_address(callback.url, self._outbox.allowed_hosts)
        except CallbackRefused as error:
            return Answer(None, str(error))
        return verify(callback)

    def _line_to(self, callback: Callback) -> Line:
        if self._line is None or self._line[0] is not callback:
            if self._line is not None:
                self._line[1].close()
            self._line = callback, Line(callback.url)
        return self._line[1]

    def _failed_once(self, callback: Callback, notices: Sequence[Notice], answer: Answer, generation: int) -> None:
        if self._failed >= len(WAITS):
            self._done(callback, notices, answer, "given_up", generation)
            return
        with self._outbox.changed:
            lane = self._outbox.lane(self._app_id, self._number)
            self._next_at = self._world.now() + WAITS[self._failed]
            self._failed += 1
            self._seen = lane[-1].number if lane else 0
            callback.counts["failed_attempts"] += 1
            callback.reason = answer.problem
            self._write_down(notices, answer, "failed", generation)

    def _done(
        self, callback: Callback, notices: Sequence[Notice], answer: Answer, outcome: str, generation: int
    ) -> None:
        with self._outbox.changed:
            self._failed = 0
            callback.reason = answer.problem
            self._write_down(notices, answer, outcome, generation)
            if generation == self._outbox.generation:
                self._outbox.taken(self._app_id, self._number, len(notices), outcome)

    def _write_down(self, notices: Sequence[Notice], answer: Answer, outcome: str, generation: int) -> None:
        if generation != self._outbox.generation:
            return
        self._outbox.sent.append(
            {
                "time": self._world.now(),
                "app": self._app_id,
                "outcome": outcome,
                "attempt": self._failed + (outcome == "delivered"),
                "status": answer.status,
                "problem": answer.problem or None,
                "troubles": list(notices[0].troubles),
                "body": envelope(notices),
            }
        )


def envelope(notices: Sequence[Notice]) -> dict[str, Any]:
    """Return the body of a web hook: one entry for each notice, as Facebook sends more than one under load."""
    return {
        "object": notices[0].whose.object,
        "entry": [
            {"id": notice.whose.page_id, "time": int(notice.at * 1000), notice.channel: [notice.item]}
            for notice in notices
        ],
    }
