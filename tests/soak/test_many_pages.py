"""Ten thousand Pages: in the memory that a hundred need, and each once though it was stopped on the way."""

import json
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.simulator.world import ROOT, PracticeWorld, start_world
from tests.terminal.program import Program
from tests.waiting import wait_until

pytestmark = [pytest.mark.serial, pytest.mark.timeout(1800)]

FEW, MANY = 100, 10_000
MOST_MORE = 30.0  # MB
_PAGE = re.compile(r'^\{"page":\{"id":"(\d+)"', re.MULTILINE)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


@contextmanager
def world_of(pages: int) -> Iterator[PracticeWorld]:
    with start_world("sixty-pages") as world:
        world.scenario_of("sixty-pages", other_pages=pages - 1)
        world.keep_requests(100)
        yield world


def command(world: PracticeWorld, *more: str) -> list[str]:
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    where = ("--practice-at", world.control_url, "--token-env", "TOKEN")
    return [sys.executable, "-m", "tests.soak.measured", "check", "--all-pages", *where, *apps, *more]


def memory(program: Program, pages: int, path: Path, *more: str) -> float:
    """Check so many Pages and return the most memory that took, in MB."""
    with world_of(pages) as world:
        done = subprocess.run(
            command(world, *more, "-o", str(path)),
            cwd=ROOT,
            env=program.environment(TOKEN=world.token("user")),
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        assert world.counts()["pages"]["GET app"].keys() == {"1"}
    found = re.search(r"memory: ([\d.]+) MB", done.stderr)
    assert found is not None, done.stderr
    return float(found[1])


@pytest.mark.parametrize("format", ["text", "json", "html"])
def test_ten_thousand_pages_need_the_memory_of_a_hundred(program: Program, tmp_path: Path, format: str) -> None:
    path = tmp_path / "report"
    few = memory(program, FEW, path, "--format", format)
    many = memory(program, MANY, path, "--format", format)
    print(f"\n{format}: {few:.1f} MB for {FEW} Pages, {many:.1f} MB for {MANY}", file=sys.__stdout__)
    assert many - few <= MOST_MORE
    if format == "json":
        assert len(set(_PAGE.findall(path.read_text(encoding="utf-8")))) == MANY


def test_a_check_stopped_after_three_thousand_pages_goes_on_and_checks_each_once(
    program: Program, tmp_path: Path
) -> None:
    path = tmp_path / "report.json"
    more = ("--format", "json", "-o", str(path))
    with world_of(MANY) as world:
        environment = program.environment(TOKEN=world.token("user"))
        with subprocess.Popen(
            command(world, *more), cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
        ) as process:
            wait_until(lambda: world.counts()["calls"].get("GET app", 0) >= 3000, "3,000 Pages", within=600)
            process.send_signal(signal.SIGINT)
            _said, complained = process.communicate(timeout=60)
        assert "--resume" in complained
        first = path.read_text(encoding="utf-8")
        assert json.loads(first)["is_complete"] is False
        done = subprocess.run(
            command(world, *more, "--resume"),
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        asked = world.counts()["pages"]["GET app"]
    whole = path.read_text(encoding="utf-8")
    assert json.loads(whole)["is_complete"] is True
    before, pages = _PAGE.findall(first), Counter(_PAGE.findall(whole))
    assert 3000 <= len(before) < MANY
    assert len(pages) == MANY
    assert set(pages.values()) == {1}
    assert set(before) <= set(pages)
    assert asked.keys() <= {"1", "2"}
    assert asked.get("2", 0) <= 8  # those that were under way when it was stopped
    state = Path(environment["XDG_STATE_HOME"])
    assert not list(state.rglob("*.jsonl"))
