"""Make the installer for Windows from a frozen folder, on Linux or Windows; NSIS must be there.

windows_installer.py FOLDER OUT.exe [--build FOLDER]

Where WINDOWS_SIGN names a command, it is run with each program that is made (uninstaller, installer) as its last
argument; else a line says that nothing is signed.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # from a source tree, whatever is installed

import package_words
from windows_resources import numbers

from wizard.core.licences import COPYRIGHT
from wizard.core.version import __version__

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "packaging" / "windows" / "installer.nsi"
ICON = ROOT / "resources" / "icons" / "handover-wizard.ico"
PICTURE = ROOT / "resources" / "icons" / "handover-wizard.png"
_BANNER = 328, 628  # twice what NSIS shows at 100 %, so that it stays sharp at 200 %
_BANNER_COLOUR = "#eef2f8"
PROGRAMS = ("handover-wizard.exe", "handover-wizard-console.exe")
SIGN = "WINDOWS_SIGN"


class NotAFrozenFolder(Exception):
    """The folder lacks a program, or has a name in it that Windows does not take. The text says which."""


def script_of(folder: Path) -> str:
    """Return macros for installer.nsi: how to install every file of the folder, and how to remove just these.

    Raises NotAFrozenFolder."""
    files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    if missing := [name for name in PROGRAMS if Path(name) not in files]:
        raise NotAFrozenFolder(f"{folder} lacks {', '.join(missing)}")
    if refused := [str(path) for path in files if re.search(r'[<>:"|?*]|[. ]$', path.as_posix())]:
        raise NotAFrozenFolder(f"no names for Windows: {', '.join(refused)}")
    folders = sorted({parent for path in files for parent in path.parents if parent.parts}, reverse=True)
    lines = [
        "!macro INSTALL_FILES",
        *_installing(folder.resolve(), files),
        "!macroend",
        "",
        "!macro REMOVE_FILES",
        *(f'    Delete "$INSTDIR\\{_quoted(path)}"' for path in files),
        "!macroend",
        "",
        "!macro REMOVE_FOLDERS",  # those that are empty: what somebody else put there stays
        *(f'    RMDir "$INSTDIR\\{_quoted(path)}"' for path in folders),
        "!macroend",
    ]
    return "\n".join(lines) + "\n"


def _installing(folder: Path, files: Sequence[Path]) -> Iterator[str]:
    current = None
    for path in files:
        if path.parent != current:
            current = path.parent
            below = f"\\{_quoted(current)}" if current.parts else ""
            yield f'    SetOutPath "$INSTDIR{below}"'
        yield f'    File "/oname={_quoted(Path(path.name))}" "{folder / path}"'


def _quoted(path: Path) -> str:
    return "\\".join(path.parts).replace("$", "$$")


def draw_banner(target: Path) -> None:
    """Write the picture beside the first and the last page: our sign, in place of the one that NSIS brings."""
    from PySide6.QtCore import QRect, Qt
    from PySide6.QtGui import QColor, QImage, QPainter

    width, height = _BANNER
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor(_BANNER_COLOUR))
    side = width // 2
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(
        QRect((width - side) // 2, (width - side) // 2, side, side),
        QImage(str(PICTURE)).scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        ),
    )
    painter.end()
    if not image.save(str(target)):
        raise OSError(f"{target} could not be written")


def make(folder: Path, target: Path, build: Path, sign: str = "") -> None:
    """Compile; every warning of NSIS is an error. Raises NotAFrozenFolder, OSError, subprocess.CalledProcessError."""
    build.mkdir(parents=True, exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    listed = build / "files.nsh"
    listed.write_text(script_of(folder), encoding="utf-8", newline="\n")
    words = build / "words.nsh"
    words.write_text(package_words.nsis(__version__), encoding="utf-8", newline="\n")
    banner = build / "banner.bmp"
    draw_banner(banner)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    defined = {
        "FILES": listed.resolve(),
        "WORDS": words.resolve(),
        "VERSION": __version__,
        "NUMBERS": ".".join(map(str, numbers(__version__))),
        "COPYRIGHT": COPYRIGHT,
        "SIZE": size // 1024,
        "ICON": ICON,
        "BANNER": banner.resolve(),
        "OUT": target.resolve(),
    }
    if sign:
        defined["SIGN"] = sign
    options = [f"-D{name}={value}" for name, value in defined.items()]
    subprocess.run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *options, SCRIPT], check=True)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "windows")
    given = parser.parse_args(arguments)
    sign = os.environ.get(SIGN, "")
    if not sign:
        print(f"{SIGN} is not set: the installer is not signed, and Windows will warn whoever opens it.")
    try:
        make(given.folder, given.target, given.build, sign)
    except NotAFrozenFolder as error:
        print(error, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        return error.returncode or 1
    print(given.target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
