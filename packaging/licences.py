"""The notices of exactly what goes into a package, written when it is built. Called by handover-wizard.spec.

Each file that PyInstaller is about to collect belongs to a Python distribution, to Python, to a part of
resources/licences/parts.toml, or on Debian to a system package. One that belongs to none stops the build, and so does
one whose licence would then hold for the whole program.
"""

import functools
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from wizard.core.licences import (
    OWN_NAME,
    Component,
    as_text,
    built_in_components,
    canonical,
    known_components,
    own_part,
    part_of,
)

ROOT = Path(__file__).resolve().parents[1]
_DEBIAN = Path("/usr/share/doc")

Entry = tuple[str, str, str]  # PyInstaller's: name in the package, path of the source, kind


class NotAllowed(Exception):
    """What would go into the package and may not, one line each."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__("\n".join(["These must not be packaged as they are:", *sorted(set(lines))]))


def write_notices(entries: Iterable[Entry], target: Path) -> Path:
    """Write the notices of the program and of every part in it, and return the file. Raises NotAllowed, OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    parts = parts_of(entries)
    loader = part_of(importlib.metadata.distribution("pyinstaller"))  # it is in both programs
    if loader not in parts:
        parts.append(loader)
    target.write_text(as_text([own_part(), *parts]), encoding="utf-8", newline="\n")
    return target


def parts_of(entries: Iterable[Entry]) -> list[Component]:
    """The parts, those of the table first, each once. Raises NotAllowed."""
    owners = Owners()
    parts: dict[str, Component] = {}
    refused: list[str] = []
    for name, source, kind in entries:
        if not source or kind in ("SYMLINK", "OPTION"):  # a symlink's source is its target in the package
            continue
        part = owners.part_of(Path(source))
        if part is None:
            refused.append(f"{name}: nobody knows whose it is ({source})")
        elif part.refused:
            refused.append(f"{name}: {part.name}, {part.licence}. {part.refused}")
        elif part.name and not part.is_known:
            refused.append(f"{name}: {part.name} has no licence, or no notice of it")
        elif part.name:
            parts.setdefault(part.name, part)
    if refused:
        raise NotAllowed(refused)
    for part in built_in_components():
        parts.setdefault(part.name, part)
    table = [part.name for part in known_components()]
    return sorted(parts.values(), key=lambda part: (part.name not in table, bool(part.inside), part.name.lower()))


class Owners:
    """Whose a file is. A part without a name is the program itself."""

    def __init__(self) -> None:
        self._table = [(re.compile(part.files, re.IGNORECASE), part) for part in known_components() if part.files]
        self._parts = {part.name: part for part in known_components()}
        self._distributions: dict[str, Component] = {}
        self._by_path = _installed_files()
        self._python = {Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib")}
        self._python |= {Path(sys.base_prefix).resolve(), Path(sys.base_exec_prefix).resolve()} - {Path("/usr")}

    def part_of(self, source: Path) -> Component | None:
        """None if nobody knows. Raises OSError if the system's packages cannot be asked."""
        path = source.resolve()
        if name := self._by_path.get(str(path)):
            return Component("") if canonical(name) == OWN_NAME else self.distribution(name)
        for pattern, part in self._table:
            if pattern.fullmatch(source.name) or pattern.fullmatch(path.name):
                return part
        if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
            return Component("")  # ours, or made by this build
        if "site-packages" not in path.parts and any(path.is_relative_to(folder) for folder in self._python):
            return self._parts["Python"]
        return _debian_part(path)

    def distribution(self, name: str) -> Component:
        key = canonical(name)
        if key not in self._distributions:
            self._distributions[key] = part_of(importlib.metadata.distribution(name))
        return self._distributions[key]


@functools.cache
def _installed_files() -> dict[str, str]:
    """Path to the name of the distribution that it is from, of all that is installed here."""
    owners = {}
    for found in importlib.metadata.distributions():
        folder = str(Path(str(found.locate_file(""))).resolve())
        for file in found.files or ():
            owners[os.path.normpath(f"{folder}/{file}")] = found.metadata["Name"]
    return owners


def _debian_part(path: Path) -> Component | None:
    """What Debian says of the package that a system library is from."""
    if shutil.which("dpkg-query") is None:
        return None
    # Debian moved /lib into /usr/lib; its list of files may still have the older name.
    for name in (str(path), str(path).removeprefix("/usr")):
        asked = subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            package = asked.stdout.split(":", 1)[0].split(",")[0]
            notice = _DEBIAN / package / "copyright"
            if not notice.is_file():
                return Component(package)
            text = notice.read_text(encoding="utf-8", errors="replace")
            # The notice speaks of every file of the source, also of those that are in no library.
            return Component(f"{package} (of Debian)", "", "as its notice says", text, home=f"apt-get source {package}")
    return None
