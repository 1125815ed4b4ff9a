"""The installer for Windows compiles without a warning, carries every file, and takes away just what it brought."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
import windows_installer
import windows_resources

from tests.packaging.windows_folder import LAYOUT, lay_out
from wizard.core.licences import COPYRIGHT
from wizard.core.version import __version__

SCRIPT = windows_installer.SCRIPT.read_text(encoding="utf-8")
needs_nsis = pytest.mark.skipif(
    shutil.which("makensis") is None or shutil.which("7z") is None, reason="needs the packages nsis and p7zip-full"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("frozen") / "handover-wizard")


@pytest.fixture(scope="module")
def installer(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("installer")
    target = place / "messenger-handover-wizard.exe"
    assert windows_installer.main([str(folder), str(target), "--build", str(place / "build")]) == 0
    return target


def commands(name: str) -> list[str]:
    """The lines of the script that begin with a command of NSIS, the program's own definitions filled in."""
    defined = dict(re.findall(r'!define (\w+) "([^"]*)"', SCRIPT))
    lines = [line.strip() for line in SCRIPT.splitlines() if re.match(rf"\s*{name}\b", line)]
    for _round in range(3):
        lines = [re.sub(r"\$\{(\w+)\}", lambda found: defined.get(found[1], found[0]), line) for line in lines]
    return lines


# Compiled.


@needs_nsis
def test_the_installer_carries_every_file_of_the_frozen_folder_and_an_uninstaller(installer: Path) -> None:
    listed = subprocess.run(["7z", "l", "-slt", installer], capture_output=True, text=True, check=True).stdout
    names = {line.removeprefix("Path = ") for line in listed.splitlines() if line.startswith("Path = ")}
    assert set(LAYOUT) | {"uninstall.exe"} <= names
    assert {name for name in names if not name.startswith("$PLUGINSDIR")} - {str(installer)} == {
        *LAYOUT,
        "uninstall.exe",
    }


@needs_nsis
def test_what_is_unpacked_is_what_was_frozen(installer: Path, folder: Path, tmp_path: Path) -> None:
    subprocess.run(["7z", "x", f"-o{tmp_path}", installer], capture_output=True, check=True)
    for name in LAYOUT:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


@needs_nsis
def test_windows_shows_the_version_of_the_program_in_the_installers_details(installer: Path) -> None:
    content = installer.read_bytes()
    for words in ("ProductVersion", __version__, "Installs Messenger Handover Wizard", COPYRIGHT):
        assert words.encode("utf-16-le") in content


@needs_nsis
def test_the_same_files_give_the_same_installer(folder: Path, installer: Path, tmp_path: Path) -> None:
    for path in folder.rglob("*"):
        path.touch()
    again = tmp_path / "messenger-handover-wizard.exe"
    windows_installer.make(folder, again, tmp_path / "build")
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(installer.read_bytes()).digest()


@needs_nsis
def test_both_programs_that_are_made_are_signed_where_a_command_is_given(folder: Path, tmp_path: Path) -> None:
    """A stand-in writes down what it was asked to sign: first the uninstaller, then what holds it."""
    asked = tmp_path / "asked"
    stand_in = tmp_path / "sign"
    stand_in.write_text(f'#!/bin/sh\nhead -c 2 "$1" >>"{asked}"; echo " $1" >>"{asked}"\n', encoding="utf-8")
    stand_in.chmod(0o755)
    target = tmp_path / "messenger-handover-wizard.exe"
    windows_installer.make(folder, target, tmp_path / "build", sign=str(stand_in))
    lines = asked.read_text(encoding="utf-8").splitlines()
    assert [line[:2] for line in lines] == ["MZ", "MZ"]
    assert lines[1].endswith(target.name)


@needs_nsis
def test_a_signature_that_fails_stops_the_build(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        windows_installer.make(folder, tmp_path / "messenger.exe", tmp_path / "build", sign="false")


def test_without_a_certificate_it_says_that_nothing_is_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("WINDOWS_SIGN", raising=False)
    assert windows_installer.main([str(tmp_path), str(tmp_path / "out.exe")]) == 1
    said = capsys.readouterr()
    assert "is not signed" in said.out
    assert "lacks handover-wizard.exe, handover-wizard-console.exe" in said.err


# What it does.


def test_exactly_the_files_that_are_installed_are_removed(folder: Path) -> None:
    script = windows_installer.script_of(folder)
    here, brought = "", []
    for line in script.splitlines():
        if found := re.match(r'\s*SetOutPath "\$INSTDIR(.*)"', line):
            here = found[1]
        elif found := re.match(r'\s*File "/oname=([^"]*)"', line):
            brought.append(f"{here}\\{found[1]}")
    taken = re.findall(r'Delete "\$INSTDIR([^"]*)"', script)
    assert sorted(brought) == sorted(taken)
    assert len(taken) == len(LAYOUT)


def test_folders_go_only_when_they_are_empty_the_inner_ones_first(folder: Path) -> None:
    removed = re.findall(r'RMDir "\$INSTDIR\\([^"]*)"', windows_installer.script_of(folder))
    parents = {str(parent).replace("/", "\\") for name in LAYOUT for parent in Path(name).parents if parent.parts}
    assert set(removed) == parents
    for at, name in enumerate(removed):
        assert not any(later.startswith(f"{name}\\") for later in removed[at:])
    everything = SCRIPT + windows_installer.script_of(folder)
    assert not re.search(r"RMDir\s+/r|Delete[^\n]*\*", everything, re.IGNORECASE)


def test_every_registry_key_that_is_written_is_removed() -> None:
    written = {re.match(r'WriteReg\w+ HKCU "([^"]*)"', line) for line in commands(r"WriteReg\w+")}
    removed = [found[1] for line in commands("DeleteRegKey") if (found := re.search(r'HKCU "([^"]*)"', line))]
    for found in written:
        assert found is not None
        assert any(found[1] == key or found[1].startswith(f"{key}\\") for key in removed), found[1]


def test_nothing_needs_an_administrator() -> None:
    assert commands("RequestExecutionLevel") == ["RequestExecutionLevel user"]
    assert not re.search(r"HKLM|HKEY_LOCAL_MACHINE|SetShellVarContext\s+all|\$PROGRAMFILES", SCRIPT)
    assert commands("InstallDir") == [r'InstallDir "$LOCALAPPDATA\Programs\Messenger Handover Wizard"']


def test_json_files_stay_with_whoever_opens_them() -> None:
    """Windows goes by what follows the last dot: a set-up is a .json file to it."""
    touching = [line for line in commands(r"(?:Write|Delete)Reg\w+") if r"Classes\.json" in line]
    assert touching[0] == r'WriteRegStr HKCU "Software\Classes\.json\OpenWithProgids" "HandoverWizard.SetUp" ""'
    assert [line for line in touching if line.startswith("Write")] == touching[:1]
    assert all("/ifempty" in line for line in touching if line.startswith("DeleteRegKey"))
    assert "UserChoice" not in SCRIPT


def test_what_windows_lists_under_apps_has_version_size_and_publisher() -> None:
    listed = {
        found[1]
        for line in commands(r"WriteReg\w+")
        if (found := re.search(r'MessengerHandoverWizard" "(\w+)"', line)) is not None
    }
    assert {"DisplayName", "DisplayVersion", "Publisher", "EstimatedSize", "UninstallString"} <= listed
    assert {"QuietUninstallString", "DisplayIcon", "InstallLocation"} <= listed


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"without": ("handover-wizard-console.exe",)}, "lacks handover-wizard-console.exe"),
        ({"extra": ("_internal/what?.toml",)}, "no names for Windows: _internal/what?.toml"),
        ({"extra": ("_internal/ends with a dot.",)}, "no names for Windows"),
    ],
)
def test_a_folder_that_is_no_frozen_program_is_named(
    tmp_path: Path, change: dict[str, tuple[str, ...]], complaint: str
) -> None:
    for name in (*LAYOUT, *change.get("extra", ())):
        if name not in change.get("without", ()):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).touch()
    with pytest.raises(windows_installer.NotAFrozenFolder, match=re.escape(complaint)):
        windows_installer.script_of(tmp_path)


# What Windows is told about the programs.


@pytest.mark.parametrize(
    ("version", "four"),
    [("0.1.0", (0, 1, 0, 0)), ("1.2", (1, 2, 0, 0)), ("2.0.1.post3", (2, 0, 1, 0)), ("1.2.3rc4", (1, 2, 3, 0))],
)
def test_a_version_becomes_four_numbers(version: str, four: tuple[int, ...]) -> None:
    assert windows_resources.numbers(version) == four


@pytest.mark.parametrize("version", ["", "next", "1.2.3.4.5", "70000.1"])
def test_what_is_no_version_for_windows_is_refused(version: str) -> None:
    with pytest.raises(ValueError, match="no version for Windows"):
        windows_resources.numbers(version)


@pytest.mark.parametrize("name", ["handover-wizard", "handover-wizard-console"])
def test_each_program_says_what_it_is(name: str, tmp_path: Path) -> None:
    look = windows_resources.look(name, "1.2.3", tmp_path)
    text = Path(look["version"]).read_text(encoding="utf-8")
    seen: dict[str, str] = {}

    def structure(*_parts: object, **_named: object) -> None:
        return None

    names = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "VarFileInfo", "VarStruct")
    eval(text, {**dict.fromkeys(names, structure), "StringStruct": seen.__setitem__})  # as PyInstaller reads it
    assert seen["OriginalFilename"] == f"{name}.exe"
    assert (seen["ProductVersion"], seen["ProductName"]) == ("1.2.3", "Messenger Handover Wizard")
    assert seen["LegalCopyright"] == COPYRIGHT
    assert "filevers=(1, 2, 3, 0)" in text


def test_the_programs_are_sharp_on_every_screen_take_long_paths_and_ask_for_no_rights() -> None:
    manifest = ElementTree.parse(windows_resources.MANIFEST).getroot()
    said = {element.tag.rpartition("}")[2]: element for element in manifest.iter()}
    assert said["requestedExecutionLevel"].get("level") == "asInvoker"
    assert said["dpiAwareness"].text == "PerMonitorV2, PerMonitor"
    assert said["longPathAware"].text == "true"
    assert said["supportedOS"].get("Id") == "{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"
