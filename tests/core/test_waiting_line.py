"""The line of work between threads: bounded, stoppable, and what waits for a time comes when it is due."""

import threading

from tests.waiting import wait_until
from wizard.core.clock import SystemClock
from wizard.core.delay_queue import DelayQueue


class Clock:
    time = 0.0

    def monotonic(self) -> float:
        return self.time

    def now(self) -> float:
        return self.time


def test_items_come_in_order_and_the_end_is_told() -> None:
    line: DelayQueue[int] = DelayQueue(SystemClock(), room=5, bench=5)
    assert [line.put(number) for number in (1, 2)] == [True, True]
    line.close()
    assert [line.take(), line.take(), line.take()] == [1, 2, None]


def test_who_puts_waits_for_room() -> None:
    line: DelayQueue[int] = DelayQueue(SystemClock(), room=1, bench=5)
    put: list[int] = []

    def feed() -> None:
        for number in range(3):
            line.put(number)
            put.append(number)

    feeding = threading.Thread(target=feed)
    feeding.start()
    wait_until(lambda: put == [0], "the first one to be in")
    assert line.take() == 0
    wait_until(lambda: put == [0, 1], "room for the second one")
    assert [line.take(), line.take()] == [1, 2]
    feeding.join(10)
    assert put == [0, 1, 2]


def test_who_puts_waits_while_the_bench_is_full() -> None:
    line: DelayQueue[int] = DelayQueue(SystemClock(), room=5, bench=1)
    line.put_back(7, 3600)
    done = threading.Thread(target=line.put, args=(1,))
    done.start()
    done.join(0.1)
    assert done.is_alive()
    assert line.deferred == 1
    line.stop()
    done.join(10)
    assert not done.is_alive()


def test_what_waits_for_a_time_comes_before_fresh_ones_once_it_is_due() -> None:
    clock = Clock()
    line: DelayQueue[str] = DelayQueue(clock, room=5, bench=5)
    line.put("fresh")
    line.put("fresher")
    line.put_back("later", 10.0)
    assert line.take() == "fresh"
    clock.time = 10.0
    assert line.take() == "later"
    assert line.take() == "fresher"


def test_the_end_is_not_before_what_waits_for_a_time() -> None:
    line: DelayQueue[str] = DelayQueue(SystemClock(), room=5, bench=5)
    line.put_back("later", 0.05)
    line.close()
    assert line.take() == "later"
    assert line.take() is None


def test_a_stop_lets_everybody_go() -> None:
    line: DelayQueue[str] = DelayQueue(SystemClock(), room=1, bench=5)
    line.put_back("never", 3600)
    taken: list[str | None] = []
    taking = [threading.Thread(target=lambda: taken.append(line.take())) for _each in range(3)]
    for each in taking:
        each.start()
    line.stop()
    for each in taking:
        each.join(10)
    assert taken == [None] * 3
    assert line.put("more") is False
