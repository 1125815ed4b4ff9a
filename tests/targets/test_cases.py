"""The settings files of `tests/cases/config`: what `targets try` says of each, and what a write would leave behind."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.targets.consumers import CONSUMERS, NotRead, others
from wizard.actions.save_app_id import every_preset
from wizard.actions.session import session_for
from wizard.core.exit_code import ExitCode
from wizard.core.target import TargetChoice, TargetError
from wizard.core.world import World
from wizard.targets.choose import target_for
from wizard.targets.path import names_in
from wizard.targets.presets import load_presets
from wizard.terminal.printing import Printer
from wizard.terminal.target_options import TargetOptions
from wizard.terminal.targets import try_target

APP_ID = "538127490663815"
FOLDER = Path(__file__).parents[1] / "cases" / "config"
ROWS = [json.loads(line) for line in (FOLDER / "index.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(params=ROWS, ids=lambda row: f"{row['file']}-{row['target']}-{row['key']}")
def row(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(request.param)


@pytest.fixture
def file(row: dict[str, Any], tmp_path: Path) -> Path:
    return Path(shutil.copy(FOLDER / row["file"], tmp_path))


def matches(pattern: str | None, text: str) -> bool:
    return pattern is None or re.search(pattern, text, re.IGNORECASE | re.MULTILINE) is not None


def test_each_file_is_changed_or_refused_with_the_true_reason(
    row: dict[str, Any], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_bytes()
    session = session_for(World())
    options = TargetOptions((row["target"],), files=(str(file),), keys=(row["key"],))
    code = try_target(session, every_preset(session), options, APP_ID, Printer(as_json=False))
    shown = capsys.readouterr()
    said = shown.out + shown.err
    assert file.read_bytes() == before
    if code is ExitCode.NO_PROBLEM:
        added = "\n".join(line for line in said.splitlines() if line.startswith("+") and not line.startswith("+++"))
        assert APP_ID in added
        wanted = row.get("adds") if row["expect"] == "write" else row.get("or_write", "(?!)")
        assert matches(wanted, added if row["expect"] == "write" else said), said
    else:
        wanted = row["refuse_says"] if row["expect"] == "refuse" else row.get("or_refuse", "(?!)")
        plain = said.replace(str(file), "FILE").replace(row["file"], "FILE").replace(row["key"], "KEY")
        assert matches(wanted, plain), said


def test_what_is_written_changes_nothing_else_for_any_program_and_undo_gives_the_same_bytes(
    row: dict[str, Any], file: Path, tmp_path: Path
) -> None:
    before = file.read_bytes()
    presets = load_presets()
    choice = TargetChoice(row["target"], str(file), row["key"])
    try:
        target = target_for(choice, presets, World(), tmp_path / "state")
        applied = target.apply(target.plan(APP_ID))
    except TargetError:
        assert file.read_bytes() == before
        return
    kind = presets.by_name[row["target"]].kind
    names = (row["key"],) if kind == "dotenv" else names_in(row["key"])
    assert is_harmless(kind, before.decode(), file.read_bytes().decode(), names) > 0
    target.undo(applied)
    assert file.read_bytes() == before


def is_harmless(kind: str, before: str, after: str, names: tuple[str, ...]) -> int:
    """See that each program that read the file before reads it now, and all other values as before. Return how many
    there are."""
    count = 0
    for consumer in CONSUMERS[kind]:
        try:
            was = consumer(before)
        except NotRead:
            continue
        assert others(consumer(after), names) == others(was, names)
        count += 1
    return count
