"""What a wizard that died while it wrote a settings file left behind is gone after the next start."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.program import Program
from wizard.store.places import PRACTICE


@pytest.mark.parametrize("command", ["setup", "targets list", "targets undo dotenv"])
def test_the_next_start_removes_what_a_write_that_died_left_and_nothing_else(
    program: Program, world: PracticeWorld, tmp_path: Path, command: str
) -> None:
    settings, stray, mine = tmp_path / ".env", tmp_path / "..env.0123abcd.tmp", tmp_path / "..env.mine.tmp"
    for path in (settings, stray, mine):
        path.write_text("A=1\n")
    notes = program.home / "state" / PRACTICE / "backups"
    notes.mkdir(parents=True)
    note = notes / f"{hashlib.sha256(str(settings).encode()).hexdigest()[:12]}.writing"
    note.write_text(json.dumps(str(settings)))
    token = ("--token-env", "NOTHING") if command == "setup" else ()
    program.run(*command.split(), "--practice-at", world.control_url, *token, NOTHING="no token")
    assert (stray.exists(), note.exists(), mine.exists(), settings.exists()) == (False, False, True, True)
