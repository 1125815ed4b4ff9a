"""Of two windows of one person one keeps the answers; a crash of that one locks nobody out."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from wizard.store.one_window import OneWindow

OTHER = """
import sys
from pathlib import Path
from wizard.store.one_window import OneWindow
print(OneWindow(Path(sys.argv[1])).claim(), flush=True)
sys.stdin.read()
"""


@contextmanager
def another(state: Path) -> "Iterator[subprocess.Popen[str]]":
    """Another process with a window open."""
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(state)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "True\n"
            yield process
        finally:
            process.kill()


def test_a_second_window_does_not_get_it_while_the_first_is_open(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with another(state):
        assert not OneWindow(state).claim()
    window = OneWindow(state)
    assert window.claim(), "the first was killed"
    window.give_back()
    assert list(state.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that cannot be made, as on Unix")
def test_where_nothing_can_be_written_a_window_opens_all_the_same(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder would be")
    window = OneWindow(blocked / "state")
    assert window.claim()
    window.give_back()
