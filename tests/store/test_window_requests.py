"""A window hears what others want of it, and nothing that is old, broken or too large."""

import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from wizard.store.window_requests import WindowRequest, WindowRequests, wait_until_taken


def test_what_is_posted_is_taken_once_in_its_order(tmp_path: Path) -> None:
    requests = WindowRequests(tmp_path)
    first, second = WindowRequest(("/a.log",)), WindowRequest(products={"bot_product": {"id": "flow-ai"}})
    for number, request in enumerate((first, second)):
        os.utime(requests.post(request), (2e9, 2e9 + number))
    assert list(WindowRequests(tmp_path).take()) == [first, second]
    assert list(requests.take()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are others there")
def test_nobody_else_can_read_or_post(tmp_path: Path) -> None:
    requests = WindowRequests(tmp_path)
    path = requests.post(WindowRequest())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(requests.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"files": [1]}', b"\xff", b'{"files": ["' + b"x" * 200_000])
def test_what_cannot_be_read_is_nobodys(tmp_path: Path, content: bytes) -> None:
    requests = WindowRequests(tmp_path)
    path = requests.post(WindowRequest())
    path.write_bytes(content)
    assert list(requests.take()) == []
    assert not path.exists()


def test_an_old_one_is_nobodys(tmp_path: Path) -> None:
    requests = WindowRequests(tmp_path)
    os.utime(requests.post(WindowRequest()), (1e9, 1e9))
    assert list(requests.take()) == []


def test_whoever_posts_knows_whether_it_was_taken(tmp_path: Path) -> None:
    requests = WindowRequests(tmp_path)
    posted = requests.post(WindowRequest())
    assert not wait_until_taken(posted, 0.05)
    assert not posted.exists()  # taken back: nothing comes to the front later
    posted = requests.post(WindowRequest())
    window = threading.Timer(0.05, requests.take)
    window.start()
    assert wait_until_taken(posted, 30)
    window.join()
