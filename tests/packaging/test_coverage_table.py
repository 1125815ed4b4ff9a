"""What the tests ran is summed up by package, from coverage's own numbers."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.measure.coverage import table

HALF = "def sign(number):\n    if number < 0:\n        return -1\n    return 1\n\n\nsign(1)\n"


def test_lines_and_branches_are_summed_up_by_package(tmp_path: Path) -> None:
    program = {
        "wizard/__init__.py": "",
        "wizard/top.py": "x = 1\n",
        "wizard/core/__init__.py": "",
        "wizard/core/half.py": HALF,
        "wizard/core/trial/__init__.py": "",
        "wizard/core/trial/half.py": HALF,
        "wizard/ui/__init__.py": "",
        "wizard/ui/never.py": "y = 1\n",
    }
    for name, text in program.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "run.py").write_text("import wizard.top, wizard.core.half, wizard.core.trial.half\n", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    for command in (("run", "--branch", "--source=wizard", "run.py"), ("json", "-q", "-o", "coverage.json")):
        subprocess.run([sys.executable, "-m", "coverage", *command], cwd=tmp_path, env=environment, check=True)
    files = json.loads((tmp_path / "coverage.json").read_text(encoding="utf-8"))["files"]
    assert [line.split() for line in table(files).splitlines()] == [
        ["package", "lines", "ran", "branches", "ran"],
        ["wizard", "1", "100.0%", "0", "-"],
        ["wizard/core", "10", "80.0%", "4", "50.0%"],
        ["wizard/ui", "1", "0.0%", "0", "-"],
        ["all", "12", "75.0%", "4", "50.0%"],
    ]
