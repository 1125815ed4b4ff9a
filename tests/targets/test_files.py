"""A `.env` file on a real disk: planned, changed, read back, undone, and refused where it must be."""

import errno
import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dotenv
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wizard.core.answers import TargetChoice
from wizard.core.target import TargetError, TargetProblem
from wizard.core.world import World
from wizard.store.backups import KEPT, BackupFolder
from wizard.targets.base import Target
from wizard.targets.choose import target_for
from wizard.targets.dotenv import Dotenv
from wizard.targets.files import FileTarget
from wizard.targets.presets import load_presets

KEY = "HANDOVER_APP_ID"
OLD, NEW = "1000000000001", "263902037430900"
SECRET = "EAAGpagetokenpagetoken"
CONTENT = f"# bot\nPAGE_TOKEN={SECRET}\n{KEY}='{OLD}'  # the live chat\nPORT=80\n".encode()


@pytest.fixture
def env(tmp_path: Path) -> Path:
    path = tmp_path / "bot" / ".env"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    return path


def target(path: Path | str, backups: Path | None = None) -> Target:
    folder = backups or Path(path).parent.parent / "backups"
    return FileTarget(Dotenv(), str(path), KEY, folder)


def refusal(path: Path | str, backups: Path) -> TargetProblem:
    """Plan a change that must be refused, and return why."""
    with pytest.raises(TargetError) as raised:
        target(path, backups).plan(NEW)
    assert raised.value.trouble.path == str(path)
    return raised.value.problem


def test_a_plan_shows_the_exact_change_and_changes_nothing(env: Path) -> None:
    plan = target(env).plan(NEW)
    (change,) = plan.changes
    assert (change.key, change.old, change.new, change.line, change.where) == (KEY, OLD, NEW, 3, str(env))
    assert plan.diff.splitlines()[2:] == [
        "@@ -3 +3 @@",
        f"-{KEY}='{OLD}'  # the live chat",
        f"+{KEY}='{NEW}'  # the live chat",
    ]
    assert not plan.is_empty
    assert not plan.is_guided
    assert not plan.creates
    assert env.read_bytes() == CONTENT
    assert [path.name for path in env.parent.parent.iterdir()] == ["bot"]


def test_a_plan_shows_no_other_line_of_the_file(env: Path) -> None:
    plan = target(env).plan(NEW)
    assert SECRET not in plan.diff
    assert SECRET not in repr(plan)


def test_an_applied_plan_is_read_back_and_changes_only_the_value(env: Path) -> None:
    chosen = target(env)
    assert chosen.read_back() == OLD
    applied = chosen.apply(chosen.plan(NEW))
    assert env.read_bytes() == CONTENT.replace(OLD.encode(), NEW.encode())
    assert chosen.read_back() == NEW
    assert dotenv.dotenv_values(env)[KEY] == NEW
    assert applied.can_undo
    assert SECRET not in repr(applied)


def test_undo_restores_every_byte_mode_and_removes_the_backup(env: Path) -> None:
    env.chmod(0o640)
    chosen = target(env)
    applied = chosen.apply(chosen.plan(NEW))
    assert applied.backup is not None
    assert applied.backup.read_bytes() == CONTENT
    assert stat.S_IMODE(applied.backup.stat().st_mode) == 0o600
    chosen.undo(applied)
    assert env.read_bytes() == CONTENT
    assert stat.S_IMODE(env.stat().st_mode) == 0o640
    assert not applied.backup.exists()


def test_undo_works_from_a_new_target_after_a_restart(env: Path) -> None:
    applied = target(env).apply(target(env).plan(NEW))
    target(env).undo(applied)
    assert env.read_bytes() == CONTENT


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=30),
    after=st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=30),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    newline=st.sampled_from(["\n", "\r\n"]),
)
def test_any_file_is_changed_at_one_place_and_undone_byte_for_byte(
    tmp_path: Path, before: str, after: str, mark: bytes, newline: str
) -> None:
    path = tmp_path / "any.env"
    head, tail = f"#{before}{newline}{KEY}=".encode(), f"{newline}#{after}".encode()
    whole = mark + head + OLD.encode() + tail
    path.write_bytes(whole)
    plan = target(path, tmp_path / "b").plan(NEW)
    applied = target(path, tmp_path / "b").apply(plan)
    assert path.read_bytes() == mark + head + NEW.encode() + tail
    target(path, tmp_path / "b").undo(applied)
    assert path.read_bytes() == whole


def test_mode_and_owner_stay(env: Path) -> None:
    env.chmod(0o664)
    if os.geteuid() == 0:
        os.chown(env, 1234, 2345)
    before = env.stat()
    chosen = target(env)
    chosen.apply(chosen.plan(NEW))
    after = env.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)


def test_a_symlink_stays_a_symlink_and_its_file_is_changed(env: Path, tmp_path: Path) -> None:
    middle, link = tmp_path / "middle", tmp_path / "link"
    middle.symlink_to(env)
    link.symlink_to("middle")
    chosen = target(link, tmp_path / "b")
    applied = chosen.apply(chosen.plan(NEW))
    assert link.is_symlink()
    assert middle.is_symlink()
    assert env.read_bytes() == CONTENT.replace(OLD.encode(), NEW.encode())
    chosen.undo(applied)
    assert link.is_symlink()
    assert env.read_bytes() == CONTENT


def test_a_missing_file_is_made_for_this_user_alone_once_the_plan_has_said_so(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    chosen = target(path, tmp_path / "b")
    assert chosen.read_back() is None
    plan = chosen.plan(NEW)
    assert plan.creates
    assert plan.changes[0].old is None
    assert plan.changes[0].line == 1
    assert plan.diff.endswith(f"+{KEY}={NEW}")
    assert not path.exists()
    applied = chosen.apply(plan)
    assert path.read_bytes() == f"{KEY}={NEW}\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    chosen.undo(applied)
    assert not path.exists()


def test_a_link_to_a_missing_file_makes_that_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real" / ".env")
    chosen = target(link, tmp_path / "b")
    chosen.apply(chosen.plan(NEW))
    assert link.is_symlink()
    assert (tmp_path / "real" / ".env").read_bytes() == f"{KEY}={NEW}\n".encode()


def test_a_missing_key_is_appended_and_shown_as_new(env: Path) -> None:
    env.write_bytes(b"\xef\xbb\xbfA=1\r\nB=2")
    chosen = target(env)
    plan = chosen.plan(NEW)
    assert (plan.changes[0].old, plan.changes[0].line) == (None, 3)
    assert plan.diff.splitlines()[2:] == ["@@ -2,0 +3 @@", f"+{KEY}={NEW}"]
    chosen.apply(plan)
    assert env.read_bytes() == b"\xef\xbb\xbfA=1\r\nB=2\r\n" + f"{KEY}={NEW}\r\n".encode()
    assert dotenv.dotenv_values(env, encoding="utf-8-sig")[KEY] == NEW


def test_where_the_value_is_there_already_nothing_is_written(env: Path) -> None:
    chosen = target(env)
    before = env.stat()
    plan = chosen.plan(OLD)
    assert plan.is_empty
    applied = chosen.apply(plan)
    assert not applied.can_undo
    chosen.undo(applied)
    after = env.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
    assert not (env.parent.parent / "backups").exists()


@pytest.mark.parametrize("change", ["other text", None])
def test_a_file_that_changed_since_the_plan_is_left_alone(env: Path, change: str | None) -> None:
    chosen = target(env)
    plan = chosen.plan(NEW)
    if change is None:
        env.unlink()
    else:
        env.write_text(change)
    with pytest.raises(TargetError) as raised:
        chosen.apply(plan)
    assert raised.value.problem is TargetProblem.CHANGED_SINCE
    assert (env.read_text() if env.exists() else None) == change


def test_a_file_that_appeared_since_the_plan_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    chosen = target(path, tmp_path / "b")
    plan = chosen.plan(NEW)
    path.write_text("A=1\n")
    with pytest.raises(TargetError) as raised:
        chosen.apply(plan)
    assert raised.value.problem is TargetProblem.CHANGED_SINCE
    assert path.read_text() == "A=1\n"


def test_undo_leaves_a_file_alone_that_somebody_changed(env: Path) -> None:
    chosen = target(env)
    applied = chosen.apply(chosen.plan(NEW))
    env.write_text("mine")
    with pytest.raises(TargetError) as raised:
        chosen.undo(applied)
    assert raised.value.problem is TargetProblem.CHANGED_SINCE
    assert env.read_text() == "mine"


def test_undo_without_its_backup_says_so(env: Path) -> None:
    chosen = target(env)
    applied = chosen.apply(chosen.plan(NEW))
    assert applied.backup is not None
    applied.backup.unlink()
    with pytest.raises(TargetError) as raised:
        chosen.undo(applied)
    assert raised.value.problem is TargetProblem.BACKUP_LOST
    assert chosen.read_back() == NEW


def test_without_a_backup_nothing_is_changed(env: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file where the folder should be")
    chosen = target(env)
    with pytest.raises(TargetError) as raised:
        chosen.apply(chosen.plan(NEW))
    assert raised.value.problem is TargetProblem.BACKUP_FAILED
    assert env.read_bytes() == CONTENT


def test_only_the_newest_backups_of_a_file_are_kept(tmp_path: Path) -> None:
    backups = BackupFolder(tmp_path / "b")
    other = backups.keep(tmp_path / "other" / ".env", b"other")
    kept = [backups.keep(tmp_path / ".env", str(number).encode()) for number in range(KEPT + 3)]
    assert sorted((tmp_path / "b").iterdir()) == sorted([other, *kept[-KEPT:]])


@pytest.mark.parametrize("name", ["x" * 255, "中" * 85, "." + "ä" * 127])
def test_a_file_with_the_longest_name_a_disk_takes_is_changed_and_undone(tmp_path: Path, name: str) -> None:
    path = tmp_path / "bot" / name
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    chosen = target(path)
    applied = chosen.apply(chosen.plan(NEW))
    assert chosen.read_back() == NEW
    chosen.undo(applied)
    assert path.read_bytes() == CONTENT
    assert list(path.parent.iterdir()) == [path]


def test_extended_attributes_stay(env: Path) -> None:
    """Among them are the access lists and labels of the system."""
    os.setxattr(env, "user.origin", b"the bot's installer")
    chosen = target(env)
    chosen.undo(chosen.apply(chosen.plan(NEW)))
    assert os.getxattr(env, "user.origin") == b"the bot's installer"


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
    """A disk of 64 KB. Only the administrator can make one; others try a limit that the kernel sets, below."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk; the next test stands in for it")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], check=True, timeout=20)
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True, timeout=20)


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


def test_a_backup_that_cannot_be_removed_is_no_trouble_once_the_file_is_as_it_was(
    env: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = target(env)
    applied = chosen.apply(chosen.plan(NEW))

    def refuse(self: BackupFolder, backup: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(BackupFolder, "drop", refuse)
    chosen.undo(applied)
    assert env.read_bytes() == CONTENT


def test_the_chosen_key_wins_over_the_presets_key(env: Path, tmp_path: Path) -> None:
    presets, world = load_presets(), World()
    choice = TargetChoice("meta-feedback-sample", str(env))
    from_preset = target_for(choice, presets, world, tmp_path / "b")
    assert from_preset.plan(NEW).changes[0].key == "CUSTOMER_SERVICE_APP_ID"
    chosen = target_for(replace(choice, key=KEY), presets, world, tmp_path / "b")
    assert chosen.plan(NEW).changes[0].key == KEY


@pytest.mark.parametrize(
    ("choice", "problem"),
    [
        (TargetChoice("no-such-preset", "/x"), TargetProblem.UNKNOWN_PRESET),
        (TargetChoice("dotenv", "", KEY), TargetProblem.NO_FILE_CHOSEN),
        (TargetChoice("dotenv", "/x/.env"), TargetProblem.NO_KEY),
        (TargetChoice("dotenv", "/x/.env", "A B"), TargetProblem.BAD_KEY),
    ],
)
def test_a_choice_that_is_not_complete_is_refused_before_anything_is_read(
    choice: TargetChoice, problem: TargetProblem, tmp_path: Path
) -> None:
    with pytest.raises(TargetError) as raised:
        target_for(choice, load_presets(), World(), tmp_path)
    assert raised.value.problem is problem
