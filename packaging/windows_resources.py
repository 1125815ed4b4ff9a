"""What Windows shows of a program under Properties > Details, as PyInstaller wants it. Used by handover-wizard.spec."""

import re
from pathlib import Path

from wizard.core.licences import COPYRIGHT

PRODUCT = "Messenger Handover Wizard"
PUBLISHER = "Messenger Handover Wizard project"
MANIFEST = Path(__file__).with_name("windows") / "handover-wizard.manifest"
_DESCRIPTIONS = {
    "handover-wizard": PRODUCT,
    "handover-wizard-console": f"{PRODUCT} (terminal)",
}
_TEMPLATE = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1),
  kids=[
    StringFileInfo([StringTable('040904B0', [
{strings}
    ])]),
    VarFileInfo([VarStruct('Translation', [0x0409, 1200])]),
  ],
)
"""


def numbers(version: str) -> tuple[int, int, int, int]:
    """Return the four numbers that Windows compares: "1.2.3rc1" is (1, 2, 3, 0). Raises ValueError if it has none."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    if found is None:
        raise ValueError(f"no version for Windows: {version!r}")
    parts = [int(part) for part in found.group().split(".")]
    if len(parts) > 4 or any(part > 65535 for part in parts):
        raise ValueError(f"no version for Windows: {version!r}")
    first, second, third, fourth = [*parts, 0, 0, 0, 0][:4]
    return first, second, third, fourth


def version_info(name: str, version: str) -> str:
    """Return a version file for the program of that name."""
    said = {
        "CompanyName": PUBLISHER,
        "FileDescription": _DESCRIPTIONS[name],
        "FileVersion": version,
        "InternalName": name,
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": f"{name}.exe",
        "ProductName": PRODUCT,
        "ProductVersion": version,
    }
    strings = "\n".join(f"      StringStruct({key!r}, {value!r})," for key, value in said.items())
    return _TEMPLATE.format(numbers=numbers(version), strings=strings)


def look(name: str, version: str, folder: Path) -> dict[str, str]:
    """Return what the spec gives to EXE on Windows; the version file is written into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.version.txt"
    path.write_text(version_info(name, version), encoding="utf-8")
    return {"version": str(path), "manifest": str(MANIFEST)}
