"""A `.env` file on a real disk: planned, changed, read back, undone."""

import hashlib
import os
import stat
from dataclasses import replace
from pathlib import Path

import dotenv
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.targets.dotenv_file import CONTENT, KEY, NEW, OLD, SECRET, target
from wizard.core.target import TargetChoice, TargetError, TargetProblem
from wizard.core.world import World
from wizard.store.backups import KEPT, BackupFolder
from wizard.targets.choose import target_for
from wizard.targets.presets import load_presets


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


def test_undo_restores_every_byte_and_mode_and_the_backup_goes_after_it(env: Path) -> None:
    env.chmod(0o640)
    chosen = target(env)
    applied = chosen.apply(chosen.plan(NEW))
    assert applied.backup is not None
    assert applied.backup.read_bytes() == CONTENT
    assert stat.S_IMODE(applied.backup.stat().st_mode) == 0o600
    chosen.undo(applied)
    assert env.read_bytes() == CONTENT
    assert stat.S_IMODE(env.stat().st_mode) == 0o640
    assert applied.backup.exists()
    chosen.forget(applied)
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


@pytest.mark.parametrize("backup", ["mine", "none", "link", "other", "pipe", "of its name", "of another"])
def test_a_forged_note_of_a_write_touches_no_other_file(env: Path, tmp_path: Path, backup: str) -> None:
    """Who can write into the state folder could else have any file overwritten or removed, while another is named."""
    chosen = target(env)
    applied = chosen.apply(chosen.plan(NEW))
    assert applied.backup is not None
    mine, other = tmp_path / "mine.txt", tmp_path / "other.env"
    mine.write_text("mine")
    other.write_text("other")
    beside = target(other, applied.backup.parent)
    of_its_name, of_another = tmp_path / applied.backup.name, beside.apply(beside.plan(NEW)).backup
    of_its_name.write_text("mine")
    other.write_text("other")
    forged = {"mine": mine, "none": None, "other": other, "of its name": of_its_name, "of another": of_another}.get(
        backup, applied.backup
    )
    for file in (mine, other):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        for where in (str(env), str(file)):
            with pytest.raises(TargetError) as raised:
                chosen.undo(replace(applied, file=file, where=where, digest=digest, backup=forged))
            assert raised.value.problem is TargetProblem.CANNOT_UNDO
    with pytest.raises(TargetError):
        chosen.undo(replace(applied, where=str(mine)))
    if backup in ("link", "pipe"):
        applied.backup.unlink()
        applied.backup.symlink_to(mine) if backup == "link" else os.mkfifo(applied.backup)
    if backup != "none":
        with pytest.raises(TargetError) as raised:
            chosen.undo(replace(applied, backup=forged))
        assert raised.value.problem is TargetProblem.BACKUP_LOST
    assert (mine.read_text(), other.read_text()) == ("mine", "other")
    assert chosen.read_back() == NEW


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


@pytest.mark.parametrize("ahead", ["20991231T235959.000000", "99991231T235959.999999", "tomorrow-and-tomorrow"])
def test_a_clock_that_was_ahead_takes_no_backup_away(env: Path, ahead: str) -> None:
    chosen = target(env)
    chosen.undo(chosen.apply(chosen.plan(NEW)))
    folder = env.parent.parent / "backups"
    (kept,) = folder.glob("*.backup")
    for number in range(KEPT + 2):
        (folder / f"{kept.name[:13]}{ahead[:-1]}{number}-env.backup").write_bytes(b"later")
    for _again in range(3):
        applied = chosen.apply(chosen.plan(NEW))
        assert applied.backup is not None
        assert applied.backup.read_bytes() == CONTENT
        chosen.undo(applied)
        assert env.read_bytes() == CONTENT
    assert len(list(folder.glob("*.backup"))) <= KEPT + 1


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


def test_a_backup_that_cannot_be_removed_is_no_trouble_once_the_file_is_as_it_was(
    env: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = target(env)
    applied = chosen.apply(chosen.plan(NEW))

    def refuse(self: BackupFolder, file: Path, backup: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(BackupFolder, "drop", refuse)
    chosen.undo(applied)
    chosen.forget(applied)
    assert env.read_bytes() == CONTENT


@pytest.mark.parametrize("dies", ["before the write", "after the undo"])
def test_an_undo_that_finds_the_file_as_it_was_has_nothing_to_do(env: Path, dies: str) -> None:
    """What is noted before a write, and what an undo that died left."""
    chosen = target(env)
    plan = chosen.plan(NEW)
    intended = chosen.intended(plan)
    assert intended is not None
    if dies == "after the undo":
        assert chosen.apply(plan) == intended
        chosen.undo(intended)
    before = env.stat()
    target(env).undo(intended)
    assert env.read_bytes() == CONTENT
    assert (env.stat().st_ino, env.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_is_noted_before_a_write_undoes_it(env: Path) -> None:
    chosen = target(env)
    plan = chosen.plan(NEW)
    intended = chosen.intended(plan)
    assert intended is not None
    chosen.apply(plan)
    chosen.undo(intended)
    assert env.read_bytes() == CONTENT


def test_what_somebody_changed_meanwhile_stays_though_the_undo_was_begun(env: Path) -> None:
    chosen = target(env)
    applied = chosen.apply(chosen.plan(NEW))
    env.write_bytes(b"mine\n")
    with pytest.raises(TargetError) as raised:
        chosen.undo(applied)
    assert raised.value.problem is TargetProblem.CHANGED_SINCE
    assert env.read_bytes() == b"mine\n"


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
