"""A set-up opened from the Finder is shown, whether the window is there already or not.

One process has one application, and the tests have theirs: this one runs in a child."""

import subprocess
import sys
from pathlib import Path

RUN = """
import sys
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFileOpenEvent
from wizard.ui.mac_application import MacApplication

app = MacApplication(sys.argv[:1])
first, second = sys.argv[1:]
taken = []
QCoreApplication.sendEvent(app, QFileOpenEvent(first))
assert not taken
app.give_opened_files_to(taken.append)
QCoreApplication.sendEvent(app, QFileOpenEvent(second))
QCoreApplication.sendEvent(app, QEvent(QEvent.Type.User))
for paths in taken:
    print(*paths)
"""


def test_files_that_come_before_the_window_wait_for_it(tmp_path: Path) -> None:
    first, second = (str(tmp_path / f"{name}.handover.json") for name in ("first", "the second"))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN, first, second],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [first, second]
