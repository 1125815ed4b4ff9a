"""The Linux packages as a person handles them: install, update, start, remove."""

import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

# Where something could stay behind of a package that was removed.
_WATCHED = ("/etc", "/opt", "/usr/bin", "/usr/lib", "/usr/local", "/usr/share", "/var/lib")
# The system's own lists, which name what is installed and what was.
_LISTS = ("/var/lib/dpkg", "/var/lib/apt", "/usr/share/mime", "/usr/share/applications/mimeinfo.cache")
_CACHE = "icon-theme.cache"


class Package(Protocol):
    """older: the version before."""

    @property
    def program(self) -> Path: ...

    def install(self, older: bool = False) -> None: ...

    def remove(self) -> None: ...

    def places(self) -> set[str]: ...


@dataclass(slots=True)
class Deb:
    """Installed for everybody, by root."""

    new: Path
    old: Path
    program: Path = Path("/usr/bin/handover-wizard")

    def install(self, older: bool = False) -> None:
        self._apt("install", "--allow-downgrades", "--no-install-recommends", str(self.old if older else self.new))

    def remove(self) -> None:
        self._apt("purge", "handover-wizard")

    def places(self) -> set[str]:
        return everything(_WATCHED)

    @staticmethod
    def _apt(*words: str) -> None:
        """Wait while others, as the nightly updates, have the list of packages."""
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        command = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-o", "DPkg::Lock::Timeout=300"]
        done = subprocess.run([*command, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@dataclass(slots=True)
class Tar:
    """Unpacked into a folder whose name has what a shell or a menu entry could trip over."""

    new: Path
    old: Path
    home: Path
    folder: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder = self.home / "my 100% own $ programs & more"

    @property
    def program(self) -> Path:
        return self.top / "handover-wizard"

    @property
    def top(self) -> Path:
        return next(self.folder.glob("handover-wizard-*"), self.folder / "nothing")

    def install(self, older: bool = False) -> None:
        self.unpack(older)
        self._menu()

    def unpack(self, older: bool = False) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        with tarfile.open(self.old if older else self.new) as archive:
            archive.extractall(self.folder, filter="tar")

    def remove(self) -> None:
        self._menu("--remove")
        shutil.rmtree(self.folder)

    def places(self) -> set[str]:
        return everything([str(self.home)])

    def surroundings(self) -> dict[str, str]:
        return {**os.environ, "HOME": str(self.home), "XDG_DATA_HOME": str(self.home / ".local/share")}

    def _menu(self, *words: str) -> None:
        command = [str(self.top / "install.sh"), *words]
        done = subprocess.run(command, env=self.surroundings(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def everything(folders: "tuple[str, ...] | list[str]") -> set[str]:
    """All files and links below the folders, but the system's lists."""
    found = set()
    for folder in folders:
        for place, _folders, files in os.walk(folder):
            if not place.startswith(_LISTS):
                found |= {f"{place}/{name}" for name in files if name != _CACHE and f"{place}/{name}" not in _LISTS}
    return found
