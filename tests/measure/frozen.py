"""How large the frozen program is, and how soon its first window is there, against a bare PySide6 window that
PyInstaller packs in the same run, with nothing said to it. Both are compressed in the same way.

Needs an X display with a window manager: tests/session.sh python -m tests.measure.frozen FOLDER [RUNS]
FOLDER: what `make frozen` left.
"""

import lzma
import statistics
import subprocess
import sys
import tarfile
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.measure.first_window import RUNS, TIME_GOAL, Display, one_start, row

SIZE_GOAL = 1.0  # times the bare bundle
_BARE = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([]); label = QLabel('Hello'); label.resize(1040, 720); label.show(); app.exec()
"""


def build_bare(work: Path) -> Path:
    """Pack a bare window as PyInstaller does it by itself, and return its folder."""
    script = work / "bare.py"
    script.write_text(_BARE)
    options = ["--noconfirm", "--clean", "--windowed", "--log-level", "ERROR"]
    places = ["--distpath", str(work / "dist"), "--workpath", str(work / "build"), "--specpath", str(work)]
    subprocess.run([sys.executable, "-m", "PyInstaller", *options, *places, str(script)], check=True)
    return work / "dist" / "bare"


def unpacked(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def compressed(folder: Path) -> int:
    """Return the size of the folder as .tar.xz at the highest preset."""
    with tempfile.TemporaryFile() as file:
        with lzma.open(file, "wb", preset=9) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
            for path in (folder, *sorted(folder.rglob("*"))):
                archive.add(path, path.relative_to(folder.parent), recursive=False)
        return file.tell()


def starts(bare: list[str], program: list[str], runs: int) -> dict[str, list[float]]:
    """Milliseconds from the start of the process to its window on the screen, of interleaved runs."""
    display = Display()
    commands = {"bare": bare, "wizard": program}
    for command in commands.values():  # what is read from disk the first time is no part of it
        one_start(command, display)
    found: dict[str, list[float]] = {name: [] for name in commands}
    for _number in range(runs):
        for name, command in commands.items():
            found[name].append(one_start(command, display).window_ms)
    return found


def main(folder: Path, runs: int) -> int:
    with tempfile.TemporaryDirectory() as work:
        bare = build_bare(Path(work))
        milliseconds = starts([str(bare / "bare")], [str(folder / "handover-wizard")], runs)
        with ThreadPoolExecutor() as both:
            sizes = dict(zip(("bare", "wizard"), both.map(compressed, (bare, folder)), strict=True))
        whole = {"bare": unpacked(bare), "wizard": unpacked(folder)}
    size_ratio = sizes["wizard"] / sizes["bare"]
    time_ratio = statistics.median(milliseconds["wizard"]) / statistics.median(milliseconds["bare"])
    print("Frozen program against a bare PySide6 window, both frozen in this run")
    for name in ("bare", "wizard"):
        print(f"size, {name:<22}{sizes[name] / 1e6:>9.1f} MB   ({whole[name] / 1e6:.1f} MB unpacked)")
    print(f"Start of the program, {runs} interleaved runs: median, then the middle half")
    for name in ("bare", "wizard"):
        print(row(f"window, {name}", milliseconds[name], "ms"))
    print(f"compressed size {size_ratio:.2f} x the bare bundle (goal: at most {SIZE_GOAL})")
    print(f"first window    {time_ratio:.2f} x the bare bundle (goal: at most {TIME_GOAL})")
    return 0 if size_ratio <= SIZE_GOAL and time_ratio <= TIME_GOAL else 1


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        raise SystemExit(__doc__)
    sys.exit(main(Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) == 3 else RUNS))
