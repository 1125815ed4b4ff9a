"""Widgets that nobody refers to are deleted in the window's thread, never in a worker's."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from wizard.ui.garbage import GarbageCollection


@pytest.fixture
def collection(qapp: QApplication) -> Iterator[GarbageCollection]:
    collection = GarbageCollection()
    yield collection
    collection.end()


class _Ring:
    """Garbage that only the cyclic collector finds; it notes the thread in which it ends."""

    def __init__(self, ended_in: list[int]) -> None:
        self.me = self
        self.ended_in = ended_in

    def __del__(self) -> None:
        self.ended_in.append(threading.get_ident())


def test_a_worker_that_makes_much_garbage_collects_none(qapp: QApplication, collection: GarbageCollection) -> None:
    ended_in: list[int] = []
    _Ring(ended_in)

    def work() -> None:
        kept = [[index] for index in range(20_000)]  # far beyond the thresholds at which Python would collect
        assert kept

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert ended_in == []
    assert not gc.isenabled()
    kept = _make_much()
    collection.collect_if_due()
    assert kept
    assert ended_in == [threading.get_ident()]


def _make_much() -> list[list[int]]:
    return [[index] for index in range(20_000)]
