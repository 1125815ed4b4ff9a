"""What is done to the folder that PyInstaller made before it is packed. Run as a program, it lists the files anew.

frozen_folder.py FOLDER
"""

import compileall
import os
import py_compile
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the spec and the packagers load this file alone

from wizard.core.bundle import LIST, line_of

_INSIDE = "_internal"
_BUILD_FOLDER = re.compile(r"\((?:RUNPATH|RPATH)\)[^\n]*\[/")  # parts of the folder find each other by $ORIGIN


def shiboken_support(work: Path) -> list[tuple[str, str, str]]:
    """Return, as data for PyInstaller, the compiled modules that PySide6 otherwise compiles at each start from a text
    inside its library. Its own switch, SBK_EMBED, puts them beside the library
    and takes them away (signature_bootstrap.py in shiboken6 6.11.3, read 2026-11-30)."""
    import shiboken6

    beside = Path(shiboken6.__file__).parent / "files.dir"
    target = work / beside.name
    shutil.rmtree(target, ignore_errors=True)
    for switch in ("0", "1"):
        subprocess.run([sys.executable, "-c", "import shiboken6"], env=os.environ | {"SBK_EMBED": switch}, check=True)
        if switch == "0":
            shutil.copytree(beside, target)
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH  # the same bytes at any time
    compileall.compile_dir(target, quiet=1, legacy=True, stripdir=str(work), invalidation_mode=unchecked)
    compiled = sorted(target.rglob("*.pyc"))
    return [(str(Path("shiboken6") / path.relative_to(work)), str(path), "DATA") for path in compiled]


def strip(folder: Path) -> list[Path]:
    """Take out of libraries what only their makers' debuggers read, and where on the build machine to look for others:
    that is of no use elsewhere. Return those changed. Python's own library is five times as large with it."""
    changed = []
    for path in sorted(folder.rglob("*.so*")):
        if path.is_symlink() or not path.is_file():
            continue
        told = subprocess.run(["readelf", "-SdW", path], capture_output=True, text=True, check=True).stdout
        if ".symtab" in told or ".debug_info" in told:
            subprocess.run(["strip", "--strip-unneeded", path], check=True)
            changed.append(path)
        if _BUILD_FOLDER.search(told):
            subprocess.run(["chrpath", "--delete", path], check=True, stdout=subprocess.DEVNULL)
            changed.append(path)
    return changed


def write_list(folder: Path) -> Path:
    """Write size and hash of every file the program loads, so that it can tell when one is missing or cut.

    Not of the programs: whoever signs them changes them, and they could not read the list if they were cut."""
    inside = folder / _INSIDE
    target = inside / LIST
    target.unlink(missing_ok=True)
    files = sorted(path for path in inside.rglob("*") if path.is_file() and not path.is_symlink())
    target.write_text("".join(line_of(path, inside) for path in files), encoding="utf-8", newline="\n")
    return target


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    print(write_list(Path(sys.argv[1])))
