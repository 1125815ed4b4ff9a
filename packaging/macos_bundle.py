"""What macOS is told about the program. Used by handover-wizard.spec, which makes the .app from it.

Run as a program, it lists anew what the program loads, after signing has changed it: macos_bundle.py list APP
"""

import sys
from pathlib import Path
from typing import Any

NAME = "Messenger Handover Wizard"
IDENTIFIER = "messenger-handover-wizard"
SET_UP = "messenger-handover-wizard.set-up"
LOG_IN = "messenger-handover-wizard.log-in"
OLDEST = "13.0"  # what Qt 6.10 and newer want
ENTITLEMENTS = Path(__file__).with_name("macos") / "entitlements.plist"


def info(version: str) -> dict[str, Any]:
    """Return the entries of Info.plist beyond those that PyInstaller writes itself (name, icon, program)."""
    from wizard.core.licences import COPYRIGHT
    from wizard.i18n import language

    return {
        "CFBundleDisplayName": NAME,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": [code.replace("_", "-") for code in language.available()],
        "LSApplicationCategoryType": "public.app-category.business",
        "LSMinimumSystemVersion": OLDEST,
        "NSHumanReadableCopyright": COPYRIGHT,
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,  # dark where the system is
        "NSSupportsAutomaticGraphicsSwitching": True,
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": SET_UP,
                "UTTypeDescription": f"Set-up of {NAME}",
                "UTTypeConformsTo": ["public.json"],
                "UTTypeTagSpecification": {"public.filename-extension": ["handover.json"]},
            },
            {
                "UTTypeIdentifier": LOG_IN,
                "UTTypeDescription": f"Log-in file of {NAME}",
                "UTTypeConformsTo": ["public.utf8-plain-text"],
                "UTTypeTagSpecification": {"public.filename-extension": ["handoverlogin"]},
            },
        ],
        # Finder goes by what follows the last dot, so it may take a set-up for a .json file like any other. Whoever
        # opens those keeps them: there we are one more entry of "Open With".
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": f"Set-up of {NAME}",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [SET_UP],
            },
            {
                "CFBundleTypeName": f"Log-in file of {NAME}",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [LOG_IN],
            },
            {
                "CFBundleTypeName": "JSON",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": ["public.json"],
            },
        ],
    }


def put_words(app: Path) -> None:
    """Write what Finder calls our kinds of files in each language, where macOS looks for it."""
    from package_words import info_plist_strings

    lines: dict[str, list[str]] = {}
    for english in (f"Set-up of {NAME}", f"Log-in file of {NAME}"):
        for code, text in info_plist_strings(english).items():
            quoted = text.replace("\\", "\\\\").replace('"', '\\"')
            lines.setdefault(code, []).append(f'"{english}" = "{quoted}";\n')
    for code, own in lines.items():
        target = app / "Contents" / "Resources" / f"{code.replace('_', '-')}.lproj" / "InfoPlist.strings"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("".join(own), encoding="utf-8", newline="\n")


def write_list(app: Path) -> Path:
    """Write size and hash of every file the program loads, as frozen_folder.py does for a folder. In an .app the data
    lie under Resources, and links make them appear among the libraries, where the program looks for all of it."""
    from wizard.core.bundle import LIST, line_of

    libraries, data = app / "Contents" / "Frameworks", app / "Contents" / "Resources"
    target = data / LIST
    target.unlink(missing_ok=True)
    found = {path.relative_to(root) for root in (libraries, data) for path in root.rglob("*") if _is_own_file(path)}
    listed = sorted(name for name in found if (libraries / name).is_file())
    target.write_text("".join(line_of(libraries / name, libraries) for name in listed), encoding="utf-8", newline="\n")
    link = libraries / LIST
    link.unlink(missing_ok=True)
    link.symlink_to(Path("..") / "Resources" / LIST)
    return target


def _is_own_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] != "list":
        raise SystemExit(__doc__)
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # from a source tree, whatever is installed
    print(write_list(Path(sys.argv[2])))
