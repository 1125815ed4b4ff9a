"""What is killed: each case sets all to its start, names the command, and judges what the next start made of it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.kills.forked import ForkedProgram
from tests.kills.strace import Call, is_killed, writing_calls
from tests.simulator.world import PracticeWorld
from tests.terminal.program import Ended, Program
from wizard.store.places import PRACTICE

_BEFORE = "111222333444555"
_SETTINGS = f"# of the bot\nNAME=Lumen\nCUSTOMER_SERVICE_APP_ID={_BEFORE}\n".encode()


@dataclass(frozen=True, slots=True)
class Found:
    """What a kill met and what came of it. is_away: the conversation was not with its start owner when the program was
    dead. bad: what is wrong after the next start, "" where all is well."""

    is_away: bool = False
    has_entry: bool = False
    bad: str = ""


@dataclass
class Stage:
    """A practice world and a home folder that each kill gets afresh."""

    world: PracticeWorld
    forked: ForkedProgram
    folder: Path
    home: Path = field(init=False)

    def __post_init__(self) -> None:
        self.home = self.folder / "home"

    def reset(self, keeps_home: bool = False) -> None:
        if not keeps_home:
            shutil.rmtree(self.home, ignore_errors=True)
            self.home.mkdir(parents=True)
        self.world.scenario("happy-routing")
        self.world.instruct("paste_app_id", copied=self.world.app("secondary"))

    def home_after(self, name: str, make: Callable[[], None]) -> None:
        """The home folder as `make` leaves it, which is called once; later it is copied."""
        copy = self.folder / f"copy of {name}"
        if not copy.exists():
            make()
            shutil.copytree(self.home, copy)
        shutil.rmtree(self.home)
        shutil.copytree(copy, self.home)

    def run(self, *arguments: str) -> Ended:
        ended = Ended(*self.forked.run(arguments, self.environment))
        assert "Traceback" not in ended.complained, ended.complained
        return ended

    @property
    def environment(self) -> dict[str, str]:
        return Program(self.home).environment(BOT_TOKEN=self.world.token())

    @property
    def practice(self) -> tuple[str, ...]:
        return ("--practice-at", self.world.control_url)

    @property
    def token(self) -> tuple[str, ...]:
        return (*self.practice, "--token-env", "BOT_TOKEN")

    def setup(self, *more: str) -> tuple[str, ...]:
        apps = ("--bot", self.world.app("primary"), "--live-chat", self.world.app("secondary"))
        return ("setup", *self.token, *apps, "--confirm-roles", "--confirm-saved", "--yes", *more)

    def test(self) -> tuple[str, ...]:
        quick = ("--test-conversation", self.world.tester, "--wait", "1")
        return tuple(each for each in self.setup(*quick, "--consent", "--owner", "simulated") if each != "--yes")

    def entries(self) -> list[Path]:
        return list((self.home / "state" / PRACTICE / "open-tests").glob("*.json"))

    def kill(self, case: "Case", at: int) -> Found | None:
        """Kill the command of the case at one of its calls, from the start, and judge. None: it ended before."""
        command = case.start(self)
        calls = case.calls
        if not is_killed(self.forked, command, self.environment, calls[at]):
            return None
        return case.judge(self)


@dataclass
class Case:
    """start: sets everything to its start and returns the arguments. judge: looks, starts the program again, and looks
    once more. calls: those that `count` found."""

    name: str
    start: Callable[[Stage], tuple[str, ...]]
    judge: Callable[[Stage], Found]
    calls: list[Call] = field(default_factory=list)

    def count(self, stage: Stage) -> None:
        command = self.start(stage)
        self.calls = writing_calls(stage.forked, command, stage.environment, stage.folder / "calls")


# A test of a handover, and what brings it back.


def _owned_by(stage: Stage, role: str) -> str | None:
    """Give the tester's conversation to whoever has it at the start, and return their App ID."""
    if role == "nobody":
        assert stage.world.control_of("release").status == 200
        return None
    if role != "primary":
        assert stage.world.control_of("pass", target_app_id=stage.world.app(role)).status == 200
    return stage.world.app(role)


def _test_from(role: str) -> Case:
    def start(stage: Stage) -> tuple[str, ...]:
        stage.reset()
        _owned_by(stage, role)
        return stage.test()

    return Case(f"test, {role} has it", start, lambda stage: _restored(stage, role))


def _recovery() -> Case:
    """Killed in turn while it brings back what a test left with the live chat."""

    def leave_open(stage: Stage) -> None:
        stage.world.fault("POST me/take_thread_control", "refuse", None, every=2)  # not the probe's
        left = stage.run(*stage.test())
        assert left.code == 4, left.said
        stage.world.forget_faults()

    def start(stage: Stage) -> tuple[str, ...]:
        stage.reset()
        stage.home_after("an open test", lambda: leave_open(stage))
        stage.reset(keeps_home=True)
        _owned_by(stage, "secondary")
        return ("recover", *stage.token, "--yes")

    return Case("recover", start, lambda stage: _restored(stage, "primary"))


def _restored(stage: Stage, role: str) -> Found:
    owner = None if role == "nobody" else stage.world.app(role)
    is_away, entries = stage.world.owner_of() != owner, stage.entries()
    ended = stage.run("recover", *stage.token, "--yes")
    if ended.code == 4 and "Somebody answered" in ended.said:  # the bot did, when it was asked for a person
        ended = stage.run("recover", *stage.token, "--consent")
    now = stage.world.owner_of()
    bad = []
    if is_away and not entries:
        bad.append("away without an entry")
    if now != owner:
        bad.append(f"{now} has it, not {owner}")
    good = (0, 3) if role == "nobody" else (0,)  # that it was nobody's is not said where it could not be seen
    if ended.code not in good or stage.entries():
        bad.append(f"recover: {ended.code}, {len(stage.entries())} open: {ended.last_line}")
    return Found(is_away, bool(entries), "; ".join(bad))


# Files.


def _saving(kind: str, arguments: Callable[[Stage], tuple[str, ...]], file: Callable[[Stage], Path]) -> Case:
    """A set-up or facts, over one of the same name: the old or the new is there, and can be read."""

    def start(stage: Stage) -> tuple[str, ...]:
        stage.reset()
        stage.home_after(kind, lambda: _do(stage, *arguments(stage)))
        return arguments(stage)

    def judge(stage: Stage) -> Found:
        saved = file(stage)
        how = ("--facts", str(saved)) if kind == "facts" else (*stage.token, str(saved))
        ended = stage.run("check", *how)
        return Found(bad=f"check: {ended.code} {ended.last_line}" if ended.code else "")

    return Case(f"save {kind}", start, judge)


def _settings(stage: Stage) -> Path:
    return stage.home / "bot.env"


def _target(stage: Stage) -> tuple[str, ...]:
    return ("--file", str(_settings(stage)), "--key", "CUSTOMER_SERVICE_APP_ID")


def _written(stage: Stage) -> bytes:
    return _SETTINGS.replace(_BEFORE.encode(), stage.world.app("secondary").encode())


def _write(stage: Stage) -> tuple[str, ...]:
    return stage.setup("--target", "dotenv", *_target(stage))


def _undo(stage: Stage) -> tuple[str, ...]:
    return ("targets", "undo", "dotenv", *stage.practice, *_target(stage), "--yes")


def _start_write(stage: Stage) -> tuple[str, ...]:
    stage.reset()
    _settings(stage).write_bytes(_SETTINGS)
    return _write(stage)


def _start_undo(stage: Stage) -> tuple[str, ...]:
    stage.reset()
    stage.home_after("a write", lambda: _do(stage, *_start_write(stage)))
    assert _settings(stage).read_bytes() == _written(stage)
    return _undo(stage)


def _do(stage: Stage, *command: str) -> None:
    assert stage.run(*command).code == 0


def _judge_file(stage: Stage) -> Found:
    """Old or new byte for byte; the new can be undone, and of the old that is done or there is nothing to undo."""
    held, bad = _settings(stage).read_bytes(), []
    if held not in (_SETTINGS, _written(stage)):
        bad.append("neither the old file nor the new")
    ended = stage.run(*_undo(stage))
    if ended.code not in ((0,) if held == _written(stage) else (0, 2)):
        bad.append(f"undo: {ended.code} {ended.last_line}")
    return Found(bad="; ".join([*bad, *_left(stage)]))


def _left(stage: Stage) -> list[str]:
    """After the next start: the file as it was, and nothing beside it."""
    bad = [] if _settings(stage).read_bytes() == _SETTINGS else ["not as it was before"]
    beside = [path.name for path in stage.home.iterdir() if path.is_file() and path != _settings(stage)]
    return [*bad, *(f"left beside it: {name}" for name in beside)]


def _catalogue(stage: Stage) -> Path:
    return stage.home / "newer.toml"


def _import(stage: Stage) -> tuple[str, ...]:
    return ("catalogues", "import", str(_catalogue(stage)), *stage.practice)


def _newer_catalogue(stage: Stage) -> None:
    shown = stage.run("catalogues", "show", "errors", *stage.practice)
    today = datetime.now(UTC).date().isoformat()
    lines = [f"date = {today}" if line.startswith("date = ") else line for line in shown.said.splitlines()]
    _catalogue(stage).write_text("\n".join(lines), encoding="utf-8")


def _start_import(stage: Stage) -> tuple[str, ...]:
    stage.reset()
    stage.home_after("a newer catalogue", lambda: _newer_catalogue(stage))
    return _import(stage)


def _judge_import(stage: Stage) -> Found:
    bad = []
    kept = stage.home / "config" / PRACTICE / "catalogues" / "errors.toml"
    if kept.exists() and kept.read_bytes() != _catalogue(stage).read_bytes():
        bad.append("kept in part")
    if (ended := stage.run(*_import(stage))).code:
        bad.append(f"import: {ended.code} {ended.last_line}")
    if not kept.exists() or kept.read_bytes() != _catalogue(stage).read_bytes():
        bad.append("importing again did not help")
    return Found(bad="; ".join(bad))


def _facts_file(stage: Stage) -> Path:
    return stage.home / "facts.json"


def _setup_file(stage: Stage) -> Path:
    return next(iter((stage.home / "config" / PRACTICE / "setups").glob("*.handover.json")), stage.home / "no set-up")


def all_cases() -> list[Case]:
    return [
        *(_test_from(role) for role in ("primary", "nobody", "third", "secondary")),
        _recovery(),
        _saving("a set-up", lambda stage: stage.setup(), _setup_file),
        _saving("facts", lambda stage: ("check", *stage.token, "--save-facts", str(_facts_file(stage))), _facts_file),
        Case("write into a file", _start_write, _judge_file),
        Case("undo", _start_undo, _judge_file),
        Case("import", _start_import, _judge_import),
    ]
