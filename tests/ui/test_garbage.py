"""Widgets that nobody refers to are deleted in the window's thread, never in a worker's, and none of them twice."""

import gc
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

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


_LEAVING = """
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from wizard.ui.garbage import delete_later

app = QApplication([])
class Job(QObject):
    pass
owner, window = QObject(), QWidget()
layout = QVBoxLayout(window)
def leave(things):
    for thing in things:
        delete_later(thing)
def gone():
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
for _round in range(400):
    labels = [QLabel(parent=window) for _ in range(10)]
    for label in labels:
        layout.addWidget(label)
        layout.itemAt(layout.count() - 1)  # Python keeps it, though Qt deletes it with the label
    leave(labels)
    del labels, label
    gone()
    leave([Job(owner) for _ in range(60)])
    gone()
    filling = [bytes(200) for _ in range(2_000)]
print("alive")
"""


def test_what_lies_where_something_else_has_gone_can_be_deleted() -> None:
    done = subprocess.run([sys.executable, "-c", _LEAVING], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, "alive\n")


def test_nothing_is_deleted_past_that_way() -> None:
    sources = {path: path.read_text("utf-8") for path in Path("wizard/ui").rglob("*.py")}
    assert [path.name for path, source in sources.items() if re.search(r"\.deleteLater\b", source)] == ["garbage.py"]


def _make_much() -> list[list[int]]:
    return [[index] for index in range(20_000)]
