"""The scripts that make the disk image for macOS are linted, and run here against stand-ins for the tools of a Mac."""

import os
import plistlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import macos_bundle
import pytest

from wizard.core.bundle import LIST

MACOS = Path(macos_bundle.__file__).with_name("macos")
SCRIPTS = sorted(MACOS.glob("*.sh"))
REAL_TOOLS = ("sh", "basename", "cat", "cp", "dirname", "find", "ln", "mktemp", "mkdir", "rm", "file", "sed")
NOTARY = {"MACOS_NOTARY_KEY": "key.p8", "MACOS_NOTARY_KEY_ID": "K1", "MACOS_NOTARY_ISSUER": "I1"}


@dataclass
class Mac:
    """A PATH with only the tools that are the same everywhere, and stand-ins that write down how they were called."""

    place: Path

    def has(self, name: str, script: str = "") -> None:
        path = self.place / "bin" / name
        path.unlink(missing_ok=True)  # it may be a link to the real tool, which would be written over
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>"{self.place}/calls"\n{script}\n', encoding="utf-8")
        path.chmod(0o755)

    def calls(self, name: str = "") -> list[str]:
        path = self.place / "calls"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [line.replace(str(self.place), "~") for line in lines if line.startswith(name)]

    def run(self, script: str, *arguments: Path, **surroundings: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [MACOS / script, *arguments],
            env={"PATH": str(self.place / "bin"), "TMPDIR": str(self.place), "PYTHON": "python3", **surroundings},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def mac(tmp_path: Path) -> Mac:
    (tmp_path / "bin").mkdir()
    for name in REAL_TOOLS:
        if (found := shutil.which(name)) is not None:
            (tmp_path / "bin" / name).symlink_to(found)
    made = Mac(tmp_path)
    for name in ("codesign", "hdiutil", "spctl", "python3"):
        made.has(name)
    made.has("file", 'case "$2" in *Python) echo "Mach-O 64-bit";; *) echo "data";; esac')
    return made


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """The layout that PyInstaller gives an .app: code under Frameworks, data under Resources, links between."""
    made = tmp_path / "Messenger Handover Wizard.app"
    inside = made / "Contents"
    for name in (
        "MacOS/handover-wizard",
        "Frameworks/Python",
        "Frameworks/libssl.3.dylib",
        "Frameworks/PySide6/QtCore.abi3.so",
        "Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore",
        "Resources/wizard/resources/help.toml",
        "Resources/base_library.zip",
        "Resources/handover-wizard.icns",
    ):
        path = inside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    (inside / "Frameworks/wizard").symlink_to("../Resources/wizard")
    (inside / "Frameworks/base_library.zip").symlink_to("../Resources/base_library.zip")
    return made


# Linted.


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="needs the package shellcheck")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_for_macos_has_nothing_that_shellcheck_minds(script: Path) -> None:
    done = subprocess.run(["shellcheck", "--severity=style", script], capture_output=True, text=True, check=False)
    assert done.stdout == ""
    assert os.access(script, os.X_OK)


def test_the_program_asks_macos_for_nothing_but_that_qt_can_be_replaced() -> None:
    with macos_bundle.ENTITLEMENTS.open("rb") as file:
        assert plistlib.load(file) == {"com.apple.security.cs.disable-library-validation": True}


def test_what_macos_is_told_can_be_written_and_read_again() -> None:
    told = plistlib.loads(plistlib.dumps(macos_bundle.info("1.2.3")))
    assert told["CFBundleShortVersionString"] == told["CFBundleVersion"] == "1.2.3"
    assert told["NSHighResolutionCapable"] is True
    assert told["NSRequiresAquaSystemAppearance"] is False


def test_json_files_stay_with_whoever_opens_them() -> None:
    told = macos_bundle.info("1")
    ranks = {types["LSItemContentTypes"][0]: types["LSHandlerRank"] for types in told["CFBundleDocumentTypes"]}
    set_up, log_in = told["UTExportedTypeDeclarations"]
    ours = dict.fromkeys((set_up["UTTypeIdentifier"], log_in["UTTypeIdentifier"]), "Owner")
    assert ranks == {**ours, "public.json": "Alternate"}
    assert set_up["UTTypeTagSpecification"] == {"public.filename-extension": ["handover.json"]}
    assert log_in["UTTypeTagSpecification"] == {"public.filename-extension": ["handoverlogin"]}


# Signing.


def test_it_is_signed_from_the_inside_out_and_the_list_is_written_before_the_seal(mac: Mac, app: Path) -> None:
    done = mac.run("sign.sh", app, MACOS_SIGN="Developer ID Application: Lumen (ABC)")
    assert done.returncode == 0, done.stderr
    calls = mac.calls()
    signed = [call.rsplit("/", 1)[1] for call in calls if call.startswith("codesign --force")]
    assert sorted(signed[:-1]) == ["Python", "QtCore.abi3.so", "QtCore.framework", "libssl.3.dylib"]
    assert signed[-1] == app.name
    assert [call.split()[0] for call in calls][-3:] == ["python3", "codesign", "codesign"]
    seal, verified = calls[-2:]
    assert "--entitlements" in seal
    assert verified.startswith("codesign --verify --deep --strict")
    for call in calls:
        if call.startswith("codesign --force"):
            assert "--options runtime --timestamp --sign Developer ID Application: Lumen (ABC)" in call
    assert (app / "Contents/MacOS/handover-wizard-console").readlink() == Path("handover-wizard")


def test_without_a_certificate_it_is_signed_ad_hoc_and_that_is_said(mac: Mac, app: Path) -> None:
    done = mac.run("sign.sh", app)
    assert done.returncode == 0, done.stderr
    assert "MACOS_SIGN is not set" in done.stdout
    assert all("--timestamp=none --sign -" in call for call in mac.calls("codesign --force"))


def test_a_part_that_cannot_be_signed_stops_it(mac: Mac, app: Path) -> None:
    mac.has("codesign", 'case "$*" in *libssl*) exit 1;; esac')
    done = mac.run("sign.sh", app)
    assert done.returncode != 0
    assert "signed:" not in done.stdout


def test_the_list_has_libraries_and_data_by_the_names_the_program_looks_for(app: Path) -> None:
    subprocess.run([sys.executable, macos_bundle.__file__, "list", app], check=True, capture_output=True)
    libraries = app / "Contents" / "Frameworks"
    names = [line.split(" ", 2)[2] for line in (libraries / LIST).read_text(encoding="utf-8").splitlines()]
    assert {"Python", "libssl.3.dylib", "wizard/resources/help.toml", "base_library.zip"} <= set(names)
    assert not {"handover-wizard.icns", LIST} & set(names)
    assert all((libraries / name).is_file() for name in names)
    assert (libraries / LIST).is_symlink()  # data are sealed under Resources


# The disk image.


def test_the_image_holds_the_program_and_the_folder_to_drag_it_to(mac: Mac, app: Path) -> None:
    mac.has("hdiutil", '[ "$1" != create ] || ls -A1 "$5" >"$0.held"')
    (mac.place / "bin" / "ls").symlink_to(str(shutil.which("ls")))
    done = mac.run("make_dmg.sh", app, mac.place / "wizard.dmg")
    assert done.returncode == 0, done.stderr
    assert (mac.place / "bin/hdiutil.held").read_text(encoding="utf-8").split("\n")[:2] == ["Applications", app.name]
    assert "the disk image is not signed" in done.stdout
    assert not mac.calls("codesign")
    assert mac.calls("hdiutil verify")
    assert not list(mac.place.glob("handover-dmg.*"))


def test_the_image_is_signed_with_the_certificate_that_is_given(mac: Mac, app: Path) -> None:
    done = mac.run("make_dmg.sh", app, mac.place / "wizard.dmg", MACOS_SIGN="Somebody")
    assert done.returncode == 0, done.stderr
    assert mac.calls("codesign") == ["codesign --force --timestamp --sign Somebody ~/wizard.dmg"]


# Notarization.


@pytest.fixture
def image(tmp_path: Path) -> Path:
    path = tmp_path / "wizard.dmg"
    path.touch()
    return path


def apple_says(mac: Mac, status: str) -> None:
    mac.has("xcrun", f'case "$2" in submit) echo "{status}";; log) echo "line 7 is wrong";; esac')
    mac.has("plutil", 'case "$2" in id) echo 4711;; status) cat "$4";; esac')


@pytest.mark.parametrize("missing", NOTARY)
def test_without_a_key_nothing_is_sent_to_apple_and_that_is_said(mac: Mac, image: Path, missing: str) -> None:
    given = {name: value for name, value in NOTARY.items() if name != missing}
    done = mac.run("notarize.sh", image, MACOS_SIGN="Somebody", **given)
    assert done.returncode == 0
    assert f"{missing} is not set: the image is not notarized" in done.stdout
    assert not mac.calls()


def test_what_nobody_signed_is_not_sent_to_apple(mac: Mac, image: Path) -> None:
    done = mac.run("notarize.sh", image, **NOTARY)
    assert done.returncode == 1
    assert "Apple would refuse it" in done.stderr
    assert not mac.calls()


def test_apples_answer_is_fastened_to_the_image(mac: Mac, image: Path) -> None:
    apple_says(mac, "Accepted")
    done = mac.run("notarize.sh", image, MACOS_SIGN="Somebody", **NOTARY)
    assert done.returncode == 0, done.stderr
    assert "xcrun stapler staple ~/wizard.dmg" in mac.calls()
    assert mac.calls("spctl")


def test_what_apple_refuses_is_shown_with_its_reasons(mac: Mac, image: Path) -> None:
    apple_says(mac, "Invalid")
    done = mac.run("notarize.sh", image, MACOS_SIGN="Somebody", **NOTARY)
    assert done.returncode == 1
    assert "line 7 is wrong" in done.stderr
    assert not any("staple" in call for call in mac.calls())


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_what_is_not_there_is_named(mac: Mac, script: Path, tmp_path: Path) -> None:
    done = mac.run(script.name, tmp_path / "nothing", tmp_path / "out.dmg")
    assert done.returncode == 2
    assert "nothing is no" in done.stderr
    assert not mac.calls()
