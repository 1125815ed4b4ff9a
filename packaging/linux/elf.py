"""What programs and libraries of a folder need."""

import re
import subprocess
from pathlib import Path


def elf_files(folder: Path) -> list[Path]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return [path for path in files if _begins_with(path, b"\x7fELF")]


def needed_glibc(files: list[Path]) -> str:
    """Return the oldest version of glibc with which all of them can be loaded, as "2.36"."""
    listed = subprocess.run(["objdump", "-T", *files], capture_output=True, text=True, check=True).stdout
    versions = {tuple(map(int, found.split("."))) for found in re.findall(r"\bGLIBC_(\d+\.\d+)", listed)}
    return ".".join(map(str, max(versions)))


def _begins_with(path: Path, magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(magic)) == magic
