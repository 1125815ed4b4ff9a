"""A stand-in for the folder that PyInstaller makes on Windows: its layout, with other content."""

import subprocess
from pathlib import Path

LAYOUT = (
    "handover-wizard.exe",
    "handover-wizard-console.exe",
    "_internal/python312.dll",
    "_internal/base_library.zip",
    "_internal/PySide6/Qt6Core.dll",
    "_internal/PySide6/plugins/platforms/qwindows.dll",
    "_internal/keyring-25.7.0.dist-info/entry_points.txt",
    "_internal/wizard/resources/help.toml",
    "_internal/wizard/resources/presets/a name with $ and ümlaut.toml",
)
# A real program, so that it can be started and seen to run: it waits until it is ended.
SLEEPER = """Unicode true
Target amd64-unicode
RequestExecutionLevel user
SilentInstall silent
Name "stand-in"
OutFile "{target}"
Section
    Sleep 60000
SectionEnd
"""


def lay_out(folder: Path, extra: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> Path:
    """Make the folder and return it. Both programs are one that only waits."""
    for name in (*LAYOUT, *extra):
        if name not in without:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"what stands for {name}\n", encoding="utf-8")
    script = folder.with_suffix(".nsi")
    script.write_text(SLEEPER.format(target=folder / LAYOUT[0]), encoding="utf-8")
    subprocess.run(["makensis", "-V1", "-WX", script], check=True)
    (folder / LAYOUT[1]).write_bytes((folder / LAYOUT[0]).read_bytes())
    return folder
