"""How large the frozen program is, and how soon its first page can be used, against a bare PySide6 window that
PyInstaller packs in the same run, with nothing said to it. Both are compressed in the same way.

Needs an X display with a window manager: tests/session.sh python -m tests.measure.frozen FOLDER [RUNS]
FOLDER: what `make frozen` left.
"""

import lzma
import subprocess
import sys
import tarfile
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from tests.measure.first_page import BARE_SOURCE, first_page_rows, starts
from tests.measure.table import RUNS, Row, print_rows, ratio

SIZE_GOAL = 1.0  # times the bare bundle
PACKER = Path(__file__).resolve().parents[2] / "build/locked/bin/python"  # what froze the program, too


def build_bare(work: Path) -> Path:
    """Pack a bare window as PyInstaller does it by itself, and return its folder."""
    script = work / "bare.py"
    script.write_text(BARE_SOURCE)
    options = ["--noconfirm", "--clean", "--windowed", "--log-level", "ERROR"]
    places = ["--distpath", str(work / "dist"), "--workpath", str(work / "build"), "--specpath", str(work)]
    subprocess.run([str(PACKER), "-m", "PyInstaller", *options, *places, str(script)], check=True)
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


def rows(folder: Path, runs: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as work:
        bare = build_bare(Path(work))
        found = starts([str(bare / "bare")], [str(folder / "handover-wizard")], runs)
        with ThreadPoolExecutor() as both:
            sizes = list(both.map(compressed, (bare, folder)))
        whole = [unpacked(one) / 1e6 for one in (bare, folder)]
    size = ratio("installer", SIZE_GOAL, "MB", ("default bundle of a bare window", [sizes[0] / 1e6]), [sizes[1] / 1e6])
    note = f"unpacked: {whole[0]:.1f} MB the bundle, {whole[1]:.1f} MB the wizard"
    return [replace(size, note=note), *first_page_rows(*found, ", frozen")]


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        raise SystemExit(__doc__)
    sys.exit(print_rows(rows(Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) == 3 else RUNS)))
