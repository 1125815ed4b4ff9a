"""The stand-in as others install it: its wheel, and a virtual environment that has nothing of this project's."""

import os
import subprocess
import sys
from pathlib import Path

from tests.simulator.world import ROOT

PROJECT = ROOT / "packaging" / "simulator"


def build_wheel(folder: Path) -> Path:
    """Build the wheel into a folder and return it."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, timeout=120)
    (wheel,) = folder.glob("messenger_handover_simulator-*.whl")
    return wheel


def foreign_environment(wheels: Path) -> dict[str, str]:
    """Return the variables of a person who never saw this project, and whose pip knows a folder of wheels."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "PYTHON", "COV", "COVERAGE", "VIRTUAL_ENV", "WIZARD"))
    }
    links = " ".join(filter(None, (kept.get("PIP_FIND_LINKS"), str(wheels))))
    path = os.pathsep.join((str(Path(sys.base_prefix) / "bin"), kept.get("PATH", "")))  # its python3 is new enough
    return kept | {"PATH": path, "PIP_FIND_LINKS": links, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
