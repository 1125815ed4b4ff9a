"""The settings file that stands for all where the format makes no difference."""

from pathlib import Path

import pytest

from wizard.core.target import TargetError, TargetProblem
from wizard.targets.base import Target
from wizard.targets.dotenv import Dotenv
from wizard.targets.files import FileTarget

KEY = "HANDOVER_APP_ID"
OLD, NEW = "1000000000001", "263902037430900"
SECRET = "EAAGpagetokenpagetoken"
CONTENT = f"# bot\nPAGE_TOKEN={SECRET}\n{KEY}='{OLD}'  # the live chat\nPORT=80\n".encode()


def target(path: Path | str, backups: Path | None = None) -> Target:
    folder = backups or Path(path).parent.parent / "backups"
    return FileTarget(Dotenv(), str(path), KEY, folder)


def refusal(path: Path | str, backups: Path) -> TargetProblem:
    """Plan a change that must be refused, and return why."""
    with pytest.raises(TargetError) as raised:
        target(path, backups).plan(NEW)
    assert raised.value.trouble.path == str(path)
    return raised.value.problem
