"""Files, folders and disks that do not bear a change: each is refused in a way that leaves the file as it was."""

import errno
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.targets.dotenv_file import CONTENT, KEY, NEW, OLD, SECRET, refusal, target
from wizard.core.target import TargetError, TargetProblem

FULL_DISK = """
import json, os, sys
from pathlib import Path
from wizard.core.target import TargetError
from wizard.targets.dotenv import Dotenv
from wizard.targets.files import FileTarget

file, state, filler = (Path(argument) for argument in sys.argv[1:])
target = FileTarget(Dotenv(), str(file), "HANDOVER_APP_ID", state)

def fill():
    with filler.open("wb", buffering=0) as opened:
        for size in (4096, 1):
            try:
                while True:
                    opened.write(b"x" * size)
            except OSError:
                pass

def attempt(work):
    try:
        work()
        return "done"
    except TargetError as error:
        return error.trouble.problem + ": " + error.trouble.system

def seen():
    return [file.read_text(), sorted(path.name for path in file.parent.iterdir() if path != filler)]

plan = target.plan("263902037430900")
fill()
told = [attempt(lambda: target.apply(plan)), *seen()]
filler.unlink()
applied = target.apply(plan)
fill()
told += [attempt(lambda: target.undo(applied)), *seen()]
filler.unlink()
told += [attempt(lambda: target.undo(applied)), *seen()]
print(json.dumps(told))
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB. Only the administrator can make one; for others the test with failing operations stands in."""
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if as_root and (shutil.which("sudo") is None or subprocess.run([*as_root, "true"], capture_output=True).returncode):
        pytest.skip("a small disk can be mounted by root only, and sudo asks for a password here")
    disk = tmp_path / "disk"
    disk.mkdir()
    options = f"size=64k,mode=700,uid={os.getuid()},gid={os.getgid()}"
    subprocess.run([*as_root, "mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], check=True, timeout=20)
    yield disk
    subprocess.run([*as_root, "umount", "--lazy", disk], check=True, timeout=20)


@pytest.mark.parametrize(("is_of_bot", "problem"), [(True, "write_failed"), (False, "backup_failed")])
def test_a_full_disk_is_said_and_the_file_stays_as_it_was(
    tmp_path: Path, small_disk: Path, is_of_bot: bool, problem: str
) -> None:
    roomy = tmp_path / "roomy"
    roomy.mkdir()
    file = (small_disk if is_of_bot else roomy) / ".env"
    file.write_bytes(CONTENT)
    state = (roomy if is_of_bot else small_disk) / "state"
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, file, state, small_disk / "filler"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    refused, old, new = f"{problem}: No space left on device", CONTENT.decode(), CONTENT.decode().replace(OLD, NEW)
    expected = [[refused, old], [refused, new], ["done", old]]
    assert json.loads(run.stdout) == [part for step in expected for part in (*step, [".env"])]


@pytest.mark.parametrize("operation", ["open", "fsync", "replace", "chmod", "utime"])
@pytest.mark.parametrize("is_undo", [False, True])
def test_any_operation_that_fails_is_said_and_leaves_the_file_as_it_was(
    env: Path, monkeypatch: pytest.MonkeyPatch, operation: str, is_undo: bool
) -> None:
    """Of those on the file itself and the one that takes its place; the backup comes before, see above."""
    chosen = target(env)
    plan = chosen.plan(NEW)
    applied = chosen.apply(plan) if is_undo else None
    before = env.read_bytes()
    owner = Path if operation == "replace" else os
    really = getattr(owner, operation)
    fails = False

    def failing(path: object, *rest: object, **options: object) -> object:
        nonlocal fails
        where = Path(f"/proc/self/fd/{path}").readlink() if isinstance(path, int) else Path(str(path))
        if where.parent == env.parent:
            fails = True
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return really(path, *rest, **options)

    monkeypatch.setattr(owner, operation, failing)
    with pytest.raises(TargetError) as raised:
        chosen.apply(plan) if applied is None else chosen.undo(applied)
    monkeypatch.undo()
    assert fails
    assert raised.value.problem is TargetProblem.WRITE_FAILED
    assert raised.value.trouble.system == os.strerror(errno.EIO)
    assert env.read_bytes() == before
    assert list(env.parent.iterdir()) == [env]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert refusal(tmp_path / ".env", tmp_path / "b") is TargetProblem.DIRECTORY


def test_a_device_a_pipe_and_a_socket_are_refused_at_once(tmp_path: Path) -> None:
    assert refusal("/dev/null", tmp_path / "b") is TargetProblem.DEVICE
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe", tmp_path / "b") is TargetProblem.DEVICE
    with pytest.raises(TargetError):
        target(tmp_path / "pipe").read_back()
    with socket.socket(socket.AF_UNIX) as listening, tempfile.TemporaryDirectory(prefix="s") as short:
        listening.bind(f"{short}/s")
        assert refusal(f"{short}/s", tmp_path / "b") is TargetProblem.DEVICE


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (f"{KEY}=ä".encode("latin-1"), TargetProblem.NOT_UTF8),
        (f"{KEY}=1".encode("utf-16"), TargetProblem.NOT_UTF8),
        (f"{KEY}=1\0".encode(), TargetProblem.NOT_UTF8),
        (f"{KEY}=1\n{KEY}=2\n".encode(), TargetProblem.DUPLICATE_KEY),
        (f'{KEY}="1\n2"\n'.encode(), TargetProblem.MULTI_LINE),
        (f'{KEY}="1\n'.encode(), TargetProblem.NOT_UNDERSTOOD),
        (f"{KEY}={SECRET}\n".encode(), TargetProblem.LOOKS_SECRET),
        (b"#" * 1_000_001, TargetProblem.TOO_BIG),
    ],
)
def test_a_file_that_cannot_be_changed_safely_is_refused_and_stays(
    env: Path, content: bytes, problem: TargetProblem
) -> None:
    env.write_bytes(content)
    assert refusal(env, env.parent.parent / "b") is problem
    assert env.read_bytes() == content


def test_a_file_of_just_the_limit_is_changed(env: Path) -> None:
    value = f"{KEY}={OLD}\n".encode()
    env.write_bytes(b"#" * (1_000_000 - len(value) - 1) + b"\n" + value)
    chosen = target(env)
    chosen.apply(chosen.plan(NEW[: len(OLD)]))
    assert chosen.read_back() == NEW[: len(OLD)]


def test_a_read_only_file_is_refused_even_for_the_administrator(env: Path) -> None:
    env.chmod(0o444)
    assert refusal(env, env.parent.parent / "b") is TargetProblem.READ_ONLY
    assert target(env).read_back() == OLD


def test_a_second_name_of_the_file_is_refused(env: Path, tmp_path: Path) -> None:
    (tmp_path / "second").hardlink_to(env)
    assert refusal(env, tmp_path / "b") is TargetProblem.SECOND_NAME


def test_links_that_go_round_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert refusal(tmp_path / "a", tmp_path / "backups") is TargetProblem.LINK_LOOP


def test_a_path_that_leads_nowhere_is_refused(env: Path, tmp_path: Path) -> None:
    expected = {
        "": TargetProblem.NO_FILE_CHOSEN,
        "  ": TargetProblem.NO_FILE_CHOSEN,
        "~nobody-of-this-name/.env": TargetProblem.BAD_PATH,
        "a\0b": TargetProblem.BAD_PATH,
        str(tmp_path / ("x" * 300)): TargetProblem.BAD_PATH,
        str(tmp_path / "missing" / ".env"): TargetProblem.FOLDER_MISSING,
        str(env / ".env"): TargetProblem.FOLDER_MISSING,
    }
    for path, problem in expected.items():
        assert refusal(path, tmp_path / "b") is problem, path


@pytest.mark.parametrize("app_id", ["", "12a45", "1234", "1" * 21, f"{NEW}\n", "１２３４５", "$(reboot)"])  # noqa: RUF001
def test_nothing_but_an_app_id_is_ever_written(env: Path, app_id: str) -> None:
    with pytest.raises(TargetError) as raised:
        target(env).plan(app_id)
    assert raised.value.problem is TargetProblem.BAD_APP_ID
    assert app_id == "" or app_id not in str(raised.value)


AS_SOMEBODY_ELSE = """
import fcntl, os, sys  # the lock needs fcntl, which the other user may not be allowed to read
from wizard.core.target import TargetError
from wizard.targets.dotenv import Dotenv
from wizard.targets.files import FileTarget
from pathlib import Path
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
for path in sys.argv[2:]:
    target = FileTarget(Dotenv(), path, "HANDOVER_APP_ID", Path(sys.argv[1]))
    plan = None
    try:
        plan = target.plan("263902037430900")
        target.apply(plan)
        print("applied")
    except TargetError as error:
        print("planned," if plan else "", error.problem, sep="")
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="handover-open-"))
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(0o700)
    shutil.rmtree(folder)


def test_without_permission_it_is_said_for_file_and_folder(open_folder: Path) -> None:
    """Tried as an ordinary user: the administrator may do everything."""
    unreadable, unwritable = open_folder / "unreadable", open_folder / "unwritable"
    locked = open_folder / "locked"
    closed = open_folder / "closed"
    for path, mode in ((unreadable, 0o600), (unwritable, 0o644)):
        path.write_bytes(CONTENT)
        path.chmod(mode if os.geteuid() == 0 else mode & 0o400 | 0o020)
    for folder in (locked, closed):
        folder.mkdir()
        (folder / ".env").write_bytes(CONTENT)
        (folder / ".env").chmod(0o666)
    locked.chmod(0o555)
    closed.chmod(0o000)
    expected = {
        unreadable: "no_permission",
        unwritable: "no_permission",
        locked / ".env": "folder_read_only",
        locked / "new": "folder_read_only",
        closed / ".env": "no_permission",
    }
    shared = open_folder / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    (shared / ".env").write_bytes(CONTENT)
    (shared / ".env").chmod(0o666)
    # Only the administrator can make a file that belongs to somebody else than the one who tries.
    expected[shared / ".env"] = "planned,no_permission" if os.geteuid() == 0 else "applied"
    backups = open_folder / "backups"
    backups.mkdir()
    backups.chmod(0o777)
    run = subprocess.run(
        [sys.executable, "-c", AS_SOMEBODY_ELSE, str(backups), *map(str, expected)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert run.stdout.split() == list(expected.values())
    assert [path.name for path in shared.iterdir()] == [".env"]
    assert ((shared / ".env").read_bytes() == CONTENT) is (os.geteuid() == 0)
