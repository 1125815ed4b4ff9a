"""Make the Linux packages of a frozen folder: a .deb and a .tar.xz, the same bytes from the same source.

packages.py [--version VERSION] [--fast] FOLDER TARGET

FOLDER: what `make frozen` left. TARGET: the folder for the packages. --fast: packed loosely, to try something out.
SOURCE_DATE_EPOCH: the time of everything that is packed; without it, that of the last commit.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from linux import deb, tar
from linux.share import put_share
from wizard.core.version import __version__

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> None:
    reader = argparse.ArgumentParser(usage=__doc__)
    reader.add_argument("--version", default=__version__)
    reader.add_argument("--fast", action="store_true")
    reader.add_argument("folder", type=Path)
    reader.add_argument("target", type=Path)
    given = reader.parse_args(arguments)
    epoch = source_date()
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch)  # dpkg-deb and gzip read it
    os.umask(0o022)
    given.target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        share = Path(scratch) / "share"
        put_share(share, given.version, datetime.fromtimestamp(epoch, UTC))
        makers = [maker(given.folder, share, Path(scratch), given.version, epoch) for maker in (deb.Deb, tar.Tar)]
        for maker in makers:
            maker.stage()
        with ThreadPoolExecutor() as both:
            made = list(both.map(lambda maker: maker.pack(given.target, given.fast), makers))
    for path in made:
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def source_date() -> int:
    """Return the Unix time that stands for this source: given, that of the last commit, or of the version's file."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
        return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return int((ROOT / "wizard/core/version.py").stat().st_mtime)


if __name__ == "__main__":
    main(sys.argv[1:])
