"""The archive for every other Linux: the frozen folder behind a starter that knows what can be wrong with it."""

import lzma
import platform
import shutil
import tarfile
from pathlib import Path

import frozen_folder

from linux.elf import elf_files, needed_glibc

_HERE = Path(__file__).resolve().parent
_NAME = "handover-wizard"
# What has to be whole before the program can look after the rest itself.
_FIRST = ("handover-wizard", "_internal/files.txt", "_internal/base_library.zip", "_internal/libpython*.so*")
_FIRST_MODULES = "_internal/python3*/lib-dynload/{name}.*so"


class Tar:
    def __init__(self, folder: Path, share: Path, scratch: Path, version: str, epoch: int) -> None:
        self._machine = platform.machine()
        self._name = f"{_NAME}-{version}"
        self._folder, self._share, self._root = folder, share, scratch / "tar" / self._name
        self._version, self._epoch = version, epoch

    def stage(self) -> None:
        program = self._root / "program"
        shutil.copytree(self._folder, program, symlinks=True)
        frozen_folder.write_list(program)
        shutil.copytree(self._share, self._root / "share")
        patterns = [*_FIRST, *(_FIRST_MODULES.format(name=name) for name in ("zlib", "_struct"))]
        first = sorted(path for pattern in patterns for path in program.glob(pattern))
        names = [path.relative_to(program).as_posix() for path in first]
        facts = {
            "@VERSION@": self._version,
            "@MACHINE@": self._machine,
            "@GLIBC@": needed_glibc(elf_files(program)),
            "@FILES@": " ".join(names),
            "@SIZES@": "\n".join(f"{path.stat().st_size} {name}" for path, name in zip(first, names, strict=True)),
        }
        for source, target in (("launcher.sh", _NAME), ("install.sh", "install.sh"), ("INSTALL.txt", "INSTALL.txt")):
            text = (_HERE / source).read_text(encoding="utf-8")
            for name, fact in facts.items():
                text = text.replace(name, fact)
            (self._root / target).write_text(text, encoding="utf-8")
        for path in self._root.rglob("*"):
            if not path.is_symlink():
                is_program = path.is_dir() or path.parent == program or path.name in (_NAME, "install.sh")
                path.chmod(0o755 if is_program else 0o644)

    def pack(self, target: Path, fast: bool) -> Path:
        path = target / f"{self._name}-linux-{self._machine}.tar.xz"
        with (
            lzma.open(path, "wb", preset=1 if fast else 9) as packed,
            tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive,
        ):
            for each in (self._root, *sorted(self._root.rglob("*"))):
                archive.add(each, each.relative_to(self._root.parent), recursive=False, filter=self._alike)
        return path

    def _alike(self, entry: tarfile.TarInfo) -> tarfile.TarInfo:
        """Nothing of whoever packs it, nor of when."""
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = self._epoch
        return entry
