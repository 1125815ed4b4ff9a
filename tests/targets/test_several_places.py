"""Saving the App ID in several places: all or none, and whatever goes wrong it is said what stands where."""

from pathlib import Path

import pytest

from tests.targets.odd_server import OddApi, odd_api
from tests.targets.test_http_odd_servers import NEW, refused
from wizard.core.clock import SystemClock
from wizard.core.target import NotAllWritten, TargetChoice, TargetProblem
from wizard.core.world import World
from wizard.store import atomic
from wizard.store.undo_notes import UndoNotes
from wizard.targets.base import Target
from wizard.targets.bot_settings import BotSettings
from wizard.targets.choose import target_for
from wizard.targets.files import FileTarget
from wizard.targets.http_api import HttpTarget
from wizard.targets.presets import load_presets
from wizard.words import targets as words


def settings(folder: Path) -> BotSettings:
    presets = load_presets()

    def find(choice: TargetChoice) -> Target:
        return target_for(choice, presets, World(), folder / "backups")

    return BotSettings(find, UndoNotes(folder / "undo"), SystemClock())


def api_choice(api: OddApi, query: str = "", method: str = "PUT") -> TargetChoice:
    return TargetChoice("http", key="/app_id", url=api.url + query, method=method, private_ok=True)


def test_the_place_that_could_not_be_seen_is_named_and_those_before_it_are_put_back(tmp_path: Path) -> None:
    def after(api: OddApi) -> None:
        api.get_status = 503

    env = tmp_path / ".env"
    env.write_text("A=1\n")
    with odd_api({"app_id": "1"}, after_write=after) as api:
        places = [TargetChoice("dotenv", str(env), "A"), api_choice(api)]
        bot = settings(tmp_path)
        error = refused(bot.write, bot.plan(places, NEW))
        assert isinstance(error, NotAllWritten)
        assert (error.put_back, error.standing, error.unsure) == ((str(env),), (), (api.url,))
        assert api.url in words.said_of(error).text
        assert env.read_text() == "A=1\n"
        # It was noted before it was sent, so a later run can undo it.
        api.get_status, api.after_write = 200, lambda api: None
        ((note, applied),) = settings(tmp_path).undoable()
        settings(tmp_path).undo(note.choice, applied)
        assert api.document == {"app_id": "1"}


def test_what_was_surely_refused_leaves_no_note(tmp_path: Path) -> None:
    with odd_api({"app_id": "1"}, put_status=422) as api:
        bot = settings(tmp_path)
        refused(bot.write, bot.plan([api_choice(api)], NEW))
        assert settings(tmp_path).undoable() == []


def test_two_bots_behind_one_address_and_two_keys_of_one_file_have_a_note_each(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("CUSTOMER_SERVICE_APP_ID=1\nHANDOVER_TARGET_APP_ID=2\n")
    both = [TargetChoice("meta-feedback-sample", str(env)), TargetChoice("bottender", str(env))]
    bot = settings(tmp_path)
    bot.write(bot.plan(both, NEW))
    assert len(settings(tmp_path).undoable()) == 2
    with odd_api({"app_id": "AAAAAA"}) as api:
        bot.write(bot.plan([api_choice(api, "?bot=A")], NEW))
        (other,) = settings(tmp_path).plan([api_choice(api, "?bot=B")], NEW)
        assert other.is_there
        assert other.earlier is None
    for note, applied in settings(tmp_path).undoable():
        if applied.file is not None:
            settings(tmp_path).undo(note.choice, applied)
    assert env.read_text() == "CUSTOMER_SERVICE_APP_ID=1\nHANDOVER_TARGET_APP_ID=2\n"


@pytest.mark.parametrize(("method", "can_undo"), [("PUT", False), ("PATCH", True)])
def test_a_later_run_says_whether_it_can_take_out_what_was_added(tmp_path: Path, method: str, can_undo: bool) -> None:
    with odd_api({"other": 1}) as api:
        bot = settings(tmp_path)
        bot.write(bot.plan([api_choice(api, method=method)], NEW))
        later = settings(tmp_path).undoable()
        assert bool(later) is can_undo
        for note, applied in later:
            settings(tmp_path).undo(note.choice, applied)
            assert api.document == {"other": 1}


def test_a_person_who_stops_in_the_middle_is_told_what_stands_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = tmp_path / ".env"
    env.write_text("A=1\n")
    with odd_api({"app_id": "1"}) as api:
        bot = settings(tmp_path)
        planned = bot.plan([TargetChoice("dotenv", str(env), "A"), api_choice(api)], NEW)

        def stop(self: HttpTarget, plan: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(HttpTarget, "apply", stop)
        error = refused(bot.write, planned)
        assert isinstance(error, NotAllWritten)
        assert error.problem is TargetProblem.STOPPED
        assert error.put_back == (str(env),)
        assert env.read_text() == "A=1\n"


# What goes wrong after a file was written.


def two_files(folder: Path) -> tuple[Path, Path]:
    files = folder / "one.env", folder / "two.env"
    for file in files:
        file.write_text("A=1\n")
    return files


def written_then(folder: Path, after: BaseException | str, monkeypatch: pytest.MonkeyPatch) -> BaseException:
    """Write two files, where something happens to the second one, once it is written. after: what its reading raises,
    or what another program writes into it."""
    one, two = two_files(folder)
    bot, read_back = settings(folder), FileTarget.read_back

    def other(self: FileTarget) -> str | None:
        if self.plan(NEW).where == str(two):
            if isinstance(after, BaseException):
                raise after
            two.write_text(after)
        return read_back(self)

    planned = bot.plan([TargetChoice("dotenv", str(one), "A"), TargetChoice("dotenv", str(two), "A")], NEW)
    monkeypatch.setattr(FileTarget, "read_back", other)
    with pytest.raises(BaseException) as raised:  # noqa: PT011  # whatever it is
        bot.write(planned)
    monkeypatch.undo()
    assert one.read_text() == "A=1\n"
    return raised.value


def test_a_file_that_another_program_writes_at_once_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    error = written_then(tmp_path, "A=3\n", monkeypatch)
    assert isinstance(error, NotAllWritten)
    assert (error.put_back, error.standing) == ((str(tmp_path / "one.env"),), ())
    assert error.unsure == (str(tmp_path / "two.env"),)
    assert str(tmp_path / "two.env") in words.said_of(error).text


@pytest.mark.parametrize("mistake", [MemoryError(), RecursionError(), OSError("odd"), SystemExit()], ids=repr)
def test_a_mistake_of_ours_leaves_no_half_of_it_and_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mistake: BaseException
) -> None:
    assert written_then(tmp_path, mistake, monkeypatch) is mistake
    ((_note, applied),) = settings(tmp_path).undoable()
    assert applied.where == str(tmp_path / "two.env"), "a later run can undo what nobody looked at"


def test_a_change_is_not_said_to_have_failed_where_the_disk_complains_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a folder that may be written to and not be read: what its new name points to cannot be made safe."""
    folder = tmp_path / "bot"
    folder.mkdir()
    one, _two = two_files(folder)
    new, bot, sync_folder = folder / "new.env", settings(tmp_path), atomic.sync_folder

    def fail(path: Path) -> None:
        if path == folder:
            raise PermissionError(13, "Permission denied")
        sync_folder(path)

    planned = bot.plan([TargetChoice("dotenv", str(one), "A"), TargetChoice("dotenv", str(new), "A")], NEW)
    monkeypatch.setattr(atomic, "sync_folder", fail)
    assert len(bot.write(planned)) == 2
    assert (one.read_text(), new.read_text()) == (f"A={NEW}\n", f"A={NEW}\n")
    for note, applied in bot.undoable():
        bot.undo(note.choice, applied)
    assert (one.read_text(), new.exists()) == ("A=1\n", False)


def test_a_file_that_cannot_be_read_once_it_is_written_is_told_as_unsure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _two = two_files(tmp_path)
    bot = settings(tmp_path)
    planned = bot.plan([TargetChoice("dotenv", str(one), "A")], NEW)
    write = atomic.write_atomically

    def gone(path: Path, content: bytes, like: Path | None = None) -> None:
        write(path, content, like)
        path.unlink()
        path.mkdir()

    monkeypatch.setattr("wizard.targets.files.write_atomically", gone)
    error = refused(bot.write, planned)
    assert isinstance(error, NotAllWritten)
    assert error.unsure == (str(one),)
    assert len(settings(tmp_path).undoable()) == 1
