"""What every file target promises, tried on each format with real files."""

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.targets.properties import NEW
from wizard.core.target import TargetChoice, TargetError, TargetProblem
from wizard.core.world import World
from wizard.targets.base import Target
from wizard.targets.choose import target_for
from wizard.targets.presets import load_presets
from wizard.targets.unfinished import Unfinished

OLD = "1000000000001"
MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Case:
    """A preset with a file of its format. whole: with OLD once, as the value of the key. broken: no such file."""

    preset: str
    name: str
    key: str
    whole: bytes
    broken: bytes


CASES = (
    Case(
        "dotenv",
        ".env",
        "LIVE_CHAT_APP_ID",
        f"# ä bot\r\nTOKEN=geheim\r\nLIVE_CHAT_APP_ID='{OLD}' # x\r\nPORT=80".encode(),
        b'LIVE_CHAT_APP_ID="1\n',
    ),
    Case(
        "yaml",
        "credentials.yml",
        "facebook.app_id",
        f"# ä bot\r\nrest:\r\nfacebook:\r\n  verify: x\r\n  app_id: '{OLD}' # x\r\nend: |\r\n  a\r\n".encode(),
        b"facebook:\n\tapp_id: 1\n",
    ),
    Case(
        "toml",
        "bot.toml",
        "facebook.app_id",
        f'# ä bot\r\n[facebook] # x\r\n  app_id = "{OLD}" # y\r\n[end]\r\na = [\r\n 1 ]\r\n'.encode(),
        b"[facebook]\napp_id = \n",
    ),
    Case(
        "json",
        "appsettings.json",
        "Facebook.AppId",
        f'{{ // ä bot\r\n\t"Facebook": {{ "AppId": "{OLD}", /* x */ "Page": 1e5 }},\r\n}}'.encode(),
        b'{"Facebook": {"AppId": 1}',
    ),
    Case(
        "ini",
        "bot.ini",
        "facebook.app_id",
        f"; ä bot\r\n[facebook]\r\nverify = x\r\napp_id : {OLD}\r\n\r\n[end]\r\na = 1".encode(),
        b"app_id = 1\n",
    ),
)


@dataclass(frozen=True)
class Bot:
    """The folder of a bot with its file, and the wizard's own folder beside it."""

    case: Case
    file: Path
    state: Path

    def target(self, key: str = "") -> Target:
        choice = TargetChoice(self.case.preset, str(self.file), key or self.case.key)
        return target_for(choice, load_presets(), World(), self.state)

    def beside(self) -> list[str]:
        return sorted(path.name for path in self.file.parent.iterdir())


def bot_with(case: Case, folder: Path) -> Bot:
    (folder / "bot").mkdir()
    file = folder / "bot" / case.name
    file.write_bytes(case.whole)
    return Bot(case, file, folder / "state")


@pytest.fixture(params=CASES, ids=lambda case: case.preset)
def bot(request: pytest.FixtureRequest, tmp_path: Path) -> Bot:
    return bot_with(request.param, tmp_path)


@pytest.fixture
def dotenv_bot(tmp_path: Path) -> Bot:
    return bot_with(CASES[0], tmp_path)


def refusal(action: Callable[[], object]) -> TargetProblem:
    with pytest.raises(TargetError) as raised:
        action()
    return raised.value.problem


class TestEveryFileTarget:
    def test_a_plan_changes_nothing(self, bot: Bot) -> None:
        before = bot.file.stat()
        plan = bot.target().plan(NEW)
        (change,) = plan.changes
        assert (change.old, change.new) == (OLD, NEW)
        assert bot.case.whole.splitlines()[change.line - 1].count(OLD.encode()) == 1
        assert NEW in plan.diff
        assert not plan.adds_key
        assert bot.file.read_bytes() == bot.case.whole
        assert (bot.file.stat().st_mtime_ns, bot.file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
        assert bot.beside() == [bot.case.name]
        assert not bot.state.exists()

    @pytest.mark.parametrize("mark", [b"", MARK], ids=["plain", "byte-order-mark"])
    def test_applied_once_only_the_value_has_changed_and_the_next_plan_is_empty(self, bot: Bot, mark: bytes) -> None:
        bot.file.write_bytes(mark + bot.case.whole)
        bot.target().apply(bot.target().plan(NEW))
        assert bot.file.read_bytes() == mark + bot.case.whole.replace(OLD.encode(), NEW.encode())
        assert bot.target().read_back() == NEW
        assert bot.target().plan(NEW).is_empty
        assert bot.beside() == [bot.case.name]
        assert [path.suffix for path in bot.state.iterdir()] == [".backup"]

    @pytest.mark.parametrize("mark", [b"", MARK], ids=["plain", "byte-order-mark"])
    def test_undo_restores_byte_for_byte(self, bot: Bot, mark: bytes) -> None:
        bot.file.write_bytes(mark + bot.case.whole)
        applied = bot.target().apply(bot.target().plan(NEW))
        bot.target().undo(applied)
        bot.target().forget(applied)
        assert bot.file.read_bytes() == mark + bot.case.whole
        assert list(bot.state.iterdir()) == []

    def test_a_missing_key_is_said_to_be_added_then_added_then_taken_out_again(self, bot: Bot) -> None:
        key = bot.case.key + "_2"
        plan = bot.target(key).plan(NEW)
        assert plan.adds_key
        assert plan.changes[0].old is None
        applied = bot.target(key).apply(plan)
        written = bot.file.read_bytes()
        assert bot.target(key).read_back() == NEW
        assert bot.target().read_back() == OLD
        added = [line for line in written.splitlines() if line not in bot.case.whole.splitlines()]
        assert [NEW.encode() in line for line in added].count(True) == 1
        bot.target(key).undo(applied)
        assert bot.file.read_bytes() == bot.case.whole

    def test_a_missing_file_is_said_to_be_made_then_made_then_removed_again(self, bot: Bot) -> None:
        bot.file.unlink()
        plan = bot.target().plan(NEW)
        assert plan.creates
        assert not plan.adds_key
        assert bot.beside() == []
        applied = bot.target().apply(plan)
        assert bot.target().read_back() == NEW
        bot.target().undo(applied)
        assert bot.beside() == []

    def test_an_empty_file_gets_the_key(self, bot: Bot) -> None:
        bot.file.write_bytes(b"")
        applied = bot.target().apply(bot.target().plan(NEW))
        assert bot.target().read_back() == NEW
        bot.target().undo(applied)
        assert bot.file.read_bytes() == b""

    def test_a_broken_file_is_refused_with_its_line_and_stays(self, bot: Bot) -> None:
        bot.file.write_bytes(bot.case.broken)
        with pytest.raises(TargetError) as raised:
            bot.target().plan(NEW)
        assert raised.value.problem in (TargetProblem.BROKEN_FILE, TargetProblem.NOT_UNDERSTOOD)
        assert raised.value.trouble.lines
        assert raised.value.trouble.path == str(bot.file)
        assert bot.file.read_bytes() == bot.case.broken

    def test_a_file_of_100_mb_is_refused_without_being_read(self, bot: Bot) -> None:
        os.truncate(bot.file, 100_000_000)
        assert refusal(lambda: bot.target().plan(NEW)) is TargetProblem.TOO_BIG
        assert bot.file.stat().st_size == 100_000_000

    @pytest.mark.parametrize("content", [b"\xff\xfea\0", b"\0\0", "ä = 1".encode("latin-1"), b"\x80" * 10])
    def test_what_is_no_text_is_refused_and_stays(self, bot: Bot, content: bytes) -> None:
        bot.file.write_bytes(content)
        assert refusal(lambda: bot.target().plan(NEW)) is TargetProblem.NOT_UTF8
        assert bot.file.read_bytes() == content

    def test_a_file_that_changed_since_the_plan_is_left_alone(self, bot: Bot) -> None:
        plan = bot.target().plan(NEW)
        changed = bot.case.whole + b"\n"
        bot.file.write_bytes(changed)
        assert refusal(lambda: bot.target().apply(plan)) is TargetProblem.CHANGED_SINCE
        assert bot.file.read_bytes() == changed
        assert list(bot.state.iterdir()) == []

    @pytest.mark.slow
    def test_while_another_wizard_changes_the_file_this_one_waits_outside(self, bot: Bot) -> None:
        plan = bot.target().plan(NEW)
        with another_wizard(bot):
            assert refusal(lambda: bot.target().apply(plan)) is TargetProblem.BUSY
            assert bot.file.read_bytes() == bot.case.whole
        applied = bot.target().apply(plan)
        with another_wizard(bot):
            assert refusal(lambda: bot.target().undo(applied)) is TargetProblem.BUSY
            assert bot.target().read_back() == NEW
        bot.target().undo(applied)
        assert bot.file.read_bytes() == bot.case.whole


def check_every_death(
    bot: Bot, act: str, before: bytes | None, after: bytes | None, app_id: str = NEW
) -> list[bytes | None]:
    """Let the act (apply, undo) die at each of its system calls, and see that each leaves the file whole, and after the
    next start nothing else. Return what the file held. before, after: what the act makes of it, None for no file."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.targets.crashes", act),
            *(bot.case.preset, bot.file, bot.case.key, bot.state, app_id),
        ],
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    deaths = json.loads(done.stdout)
    held = [None if death["file"] is None else bytes.fromhex(death["file"]) for death in deaths]
    at = held.index(after)  # the one call that changes the file
    assert held == [before] * at + [after] * (len(held) - at)
    assert 20 < at < len(held)
    if after is not None:
        assert any(name.endswith(".tmp") for death in deaths for name in death["beside"])  # it did stay behind
    for number, death in enumerate(deaths):
        assert death["beside_after_start"] == ([bot.case.name] if held[number] is not None else []), number
        assert set(death["state_after_start"]) <= {".backup"}, number
        assert death["next_time"] == app_id, number
        if act == "apply" and before is not None and held[number] == after:
            assert death["backups"] == [before.hex()], number
    return held


# test_every_target.py has the deaths of each format's `apply`. Below the format all files are written alike, so one
# stands for all in the rest.


@pytest.mark.slow
def test_a_crash_while_a_file_is_made_leaves_none_or_the_whole_one(dotenv_bot: Bot) -> None:
    dotenv_bot.file.unlink()
    check_every_death(dotenv_bot, "apply", None, f"{dotenv_bot.case.key}={NEW}\n".encode())


@pytest.mark.slow
def test_a_crash_while_undoing_leaves_new_or_old(dotenv_bot: Bot) -> None:
    whole = dotenv_bot.case.whole
    check_every_death(dotenv_bot, "undo", whole.replace(OLD.encode(), NEW.encode()), whole)


@pytest.mark.slow
def test_a_crash_while_a_new_file_is_removed_again_leaves_it_whole_or_not_at_all(dotenv_bot: Bot) -> None:
    dotenv_bot.file.unlink()
    check_every_death(dotenv_bot, "undo", f"{dotenv_bot.case.key}={NEW}\n".encode(), None)


HOLDS = """
import sys
from pathlib import Path
from wizard.targets.unfinished import Unfinished

with Unfinished(Path(sys.argv[2])).writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextlib.contextmanager
def another_wizard(bot: Bot) -> Iterator[None]:
    """One that is just writing to the file, until the end of the block."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(bot.file), str(bot.state)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdin
        assert running.stdout
        assert running.stdout.readline() == "held\n"
        yield
        running.stdin.close()
        assert running.wait(timeout=20) == 0


def test_tidying_up_leaves_alone_what_another_wizard_is_writing(tmp_path: Path) -> None:
    file = tmp_path / "bot" / ".env"
    file.parent.mkdir()
    temporary = file.with_name("..env.0123abcd.tmp")
    bot = Bot(CASES[0], file, tmp_path / "state")
    with another_wizard(bot):
        temporary.touch()
        Unfinished(bot.state).clear()
        assert temporary.exists()
    assert not temporary.exists()  # the other one tidied up after itself


def test_tidying_up_leaves_alone_what_this_wizard_is_writing_in_another_job(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    temporary = file.with_name("..env.0123abcd.tmp")
    unfinished = Unfinished(tmp_path / "state")
    with unfinished.writing(file):
        temporary.touch()
        other = threading.Thread(target=Unfinished(tmp_path / "state").clear)
        other.start()
        other.join()
        assert temporary.exists()
    assert not temporary.exists()


def test_tidying_up_takes_nothing_but_temporary_files_of_the_file_that_was_written(tmp_path: Path) -> None:
    state, file = tmp_path / "state", tmp_path / "bot.toml"
    kept = [
        "bot.toml",
        ".bot.toml.tmp",
        ".bot.toml.0123abcd.tmp.bak",
        ".other.toml.0123abcd.tmp",
        ".bot.toml.xyzwxyzw.tmp",
    ]
    for name in (*kept, ".bot.toml.0123abcd.tmp"):
        (tmp_path / name).write_text("x")
    state.mkdir()
    (state / f"{hashlib.sha256(str(file).encode()).hexdigest()[:12]}.writing").write_text(json.dumps(str(file)))
    (state / "ba9876543210.writing").write_text('"half a no')
    (state / "0123456789ab-20261122T101010-bot.toml.backup").write_text("x")
    Unfinished(state).clear()
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted(kept)
    assert [path.suffix for path in state.iterdir()] == [".backup"]


def test_tidying_up_bears_a_folder_that_is_gone(tmp_path: Path) -> None:
    state = tmp_path / "state"
    Unfinished(state).clear()
    state.mkdir()
    (state / "0123456789ab.writing").write_text(json.dumps(str(tmp_path / "gone" / "bot.toml")))
    Unfinished(state).clear()
    assert list(state.iterdir()) == []
