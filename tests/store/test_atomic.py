import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.pipes import named_pipe
from wizard.store.atomic import open_special, quarantine, remove, write_atomically, write_output, write_private

CRASH = """
import os, signal, sys
from pathlib import Path
from wizard.store import atomic

def die(*_arguments):
    os.kill(os.getpid(), signal.SIGKILL)

place, path = sys.argv[1], Path(sys.argv[2])
replace = Path.replace
if place == "before the replace":
    Path.replace = die
else:
    Path.replace = lambda self, target: (replace(self, target), die())
atomic.write_atomically(path, b"new" * 50_000, like=path)
"""


@pytest.mark.parametrize(("place", "left"), [("before the replace", b"old"), ("after the replace", b"new" * 50_000)])
def test_a_crash_leaves_the_old_file_or_the_new_one(tmp_path: Path, place: str, left: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    died = subprocess.run([sys.executable, "-c", CRASH, place, str(path)], timeout=60)
    assert died.returncode == -signal.SIGKILL
    assert path.read_bytes() == left


def test_a_write_that_fails_leaves_nothing_beside_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"old"


def test_what_is_ours_is_for_this_user_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_private(tmp_path / "config" / "deep" / "file", b"x")
    finally:
        os.umask(before)
    modes = [tmp_path / "config", tmp_path / "config" / "deep", tmp_path / "config" / "deep" / "file"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in modes] == [0o700, 0o700, 0o600]


def test_a_file_written_like_another_keeps_its_mode_and_owner_but_looks_changed(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 1234, 2345)
    os.utime(path, (1, 1))
    before = path.stat()
    write_atomically(path, b"new", like=path)
    after = path.stat()
    assert path.read_bytes() == b"new"
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert after.st_mtime > 1


def test_files_put_aside_never_replace_one_another(tmp_path: Path) -> None:
    for text in ("first", "second"):
        (tmp_path / "file").write_text(text)
        quarantine(tmp_path / "file")
    assert sorted(path.read_text() for path in tmp_path.iterdir()) == ["first", "second"]


def test_removing_what_is_not_there_is_fine(tmp_path: Path) -> None:
    remove(tmp_path / "file")
    (tmp_path / "file").touch()
    remove(tmp_path / "file")
    assert not (tmp_path / "file").exists()


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices of Unix")
@pytest.mark.parametrize("name", ["pipe", "link"])
def test_what_is_saved_to_a_pipe_goes_through_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    with named_pipe(tmp_path / "pipe") as content:
        write_output(tmp_path / name, b"report")
        assert content() == b"report"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["link", "pipe"]
    assert (tmp_path / "link").is_symlink()


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices of Unix")
def test_a_pipe_takes_more_than_it_holds_at_once(tmp_path: Path) -> None:
    pipe, content = tmp_path / "pipe", b"report" * 50_000
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool, os.fdopen(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb") as reader:
        os.set_blocking(reader.fileno(), True)
        with pipe.open("wb"):  # a writer is there until ours is, so that the reader sees no early end
            writing = pool.submit(write_output, pipe, content)
            assert reader.read(len(content)) == content
        writing.result()


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices of Unix")
def test_what_is_saved_to_a_device_goes_to_it(tmp_path: Path) -> None:
    screen, terminal = os.openpty()  # a harmless device: the real ones are everybody's
    device = Path(os.ttyname(terminal))
    (tmp_path / "link").symlink_to(device)
    write_output(tmp_path / "link", b"report")
    assert os.read(screen, 100) == b"report"
    assert device.is_char_device()
    assert (tmp_path / "link").is_symlink()
    os.close(screen)
    os.close(terminal)


def test_a_disk_is_opened_for_no_report() -> None:
    """Nothing is written here: where it were opened, no more is done."""
    disk = next(
        (path for path in Path("/dev").glob("loop*") if path.is_block_device() and os.access(path, os.W_OK)), None
    )
    if disk is None:
        pytest.skip("only the administrator may open a disk")
    try:
        os.close(os.open(disk, os.O_WRONLY))
    except OSError:
        pytest.skip("disks cannot be opened here")
    with pytest.raises(OSError, match="Nothing can be saved there"):
        os.close(open_special(disk))


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices of Unix")
@pytest.mark.parametrize("write", [write_output, write_atomically, write_private])
def test_a_pipe_that_nobody_reads_is_refused_at_once_and_stays(
    tmp_path: Path, write: Callable[[Path, bytes], None]
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match=r"device or a pipe|No such device"):
        write(pipe, b"new")
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_a_saved_file_is_private_an_old_one_keeps_its_mode_and_a_link_is_followed(tmp_path: Path) -> None:
    path, link = tmp_path / "report.html", tmp_path / "link"
    link.symlink_to(path)
    write_output(link, b"one")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    write_output(link, b"two")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"two", 0o644)
    assert link.is_symlink()
