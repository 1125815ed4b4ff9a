"""What the release workflow runs beside the makers: signing for Windows, the AppImage, the trial of a disk image."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"


def run(script: str, *arguments: Path, **surroundings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [PACKAGING / script, *arguments],
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="needs the package shellcheck")
@pytest.mark.parametrize(
    "script", ["appimage.sh", "freeze.sh", "actionlint/run.sh", "windows/sign.sh", "macos/try_image.sh"]
)
def test_a_script_has_nothing_that_shellcheck_minds(script: str) -> None:
    done = subprocess.run(["shellcheck", PACKAGING / script], capture_output=True, text=True, check=False)
    assert done.stdout == ""


# Signed for Windows, with a certificate that this test makes.


@pytest.fixture
def certificate(tmp_path: Path) -> dict[str, str]:
    """A certificate that nobody trusts, with its key, behind a password; no time server."""
    key, public, both = (tmp_path / name for name in ("key.pem", "public.pem", "certificate.pfx"))
    subject = ["-subj", "/CN=Lumen Coffee", "-addext", "extendedKeyUsage=codeSigning", "-days", "2"]
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        str(key),
        "-out",
        str(public),
        *subject,
    ]
    subprocess.run(made, check=True, capture_output=True)
    exported = ["openssl", "pkcs12", "-export", "-inkey", str(key), "-in", str(public), "-passout", "pass:a b$c"]
    subprocess.run([*exported, "-out", str(both)], check=True, capture_output=True)
    (tmp_path / "password").write_text("a b$c", encoding="utf-8")
    return {
        "WINDOWS_CERTIFICATE": str(both),
        "WINDOWS_PASSWORD_FILE": str(tmp_path / "password"),
        "WINDOWS_TIMESTAMP": "",
    }


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A real program for Windows."""
    script, target = tmp_path / "program.nsi", tmp_path / "program.exe"
    lines = ["Unicode true", "Target amd64-unicode", 'Name "p"', f'OutFile "{target}"', "Section", "SectionEnd"]
    script.write_text("\n".join(lines), encoding="utf-8")
    subprocess.run(["makensis", "-V1", script], check=True)
    return target


def test_a_program_for_windows_is_signed_in_its_place(
    program: Path, certificate: dict[str, str], tmp_path: Path
) -> None:
    before = program.read_bytes()
    done = run("windows/sign.sh", program, **certificate)
    assert done.returncode == 0, done.stderr
    assert program.read_bytes() != before
    assert not list(tmp_path.glob("*.signed"))
    look = ["osslsigncode", "verify", "-CAfile", str(tmp_path / "public.pem"), "-in", str(program)]
    said = subprocess.run(look, capture_output=True, text=True, check=False).stdout
    assert "Lumen Coffee" in said
    assert "Signature verification: ok" in said


def test_a_wrong_password_leaves_the_program_as_it_was(
    program: Path, certificate: dict[str, str], tmp_path: Path
) -> None:
    before = program.read_bytes()
    (tmp_path / "password").write_text("another", encoding="utf-8")
    assert run("windows/sign.sh", program, **certificate).returncode != 0
    assert program.read_bytes() == before


def test_without_a_certificate_signing_is_refused_with_its_reason(program: Path) -> None:
    done = run("windows/sign.sh", program)
    assert done.returncode != 0
    assert "WINDOWS_CERTIFICATE is not set" in done.stderr


# The AppImage, with a stand-in for its tool.


def test_an_appimage_starts_the_program_with_what_it_was_given(tmp_path: Path) -> None:
    folder, tool = tmp_path / "frozen", tmp_path / "tool"
    folder.mkdir()
    (folder / "handover-wizard").write_text('#!/bin/sh\necho "started: $*"\n', encoding="utf-8")
    (folder / "handover-wizard").chmod(0o755)
    tool.write_text(f'#!/bin/sh\n[ "$1" = --no-appstream ] && cp -R "$2" "{tmp_path}/packed" && touch "$3"\n')
    tool.chmod(0o755)
    done = run("appimage.sh", folder, tool, tmp_path / "wizard.AppImage", ARCH="x86_64")
    assert done.returncode == 0, done.stderr
    packed = tmp_path / "packed"
    assert {"AppRun", "handover-wizard.desktop", "handover-wizard.png"} <= {path.name for path in packed.iterdir()}
    icon = (packed / "handover-wizard.desktop").read_text(encoding="utf-8")
    assert "\nIcon=handover-wizard\n" in icon
    started = subprocess.run([packed / "AppRun", "self-test", "a b"], capture_output=True, text=True, check=True)
    assert started.stdout == "started: self-test a b\n"


# The disk image, with stand-ins for the tools of a Mac.


@pytest.mark.parametrize("code", [0, 1])
def test_a_disk_image_is_tried_by_the_program_in_it(tmp_path: Path, code: int) -> None:
    tools, calls = tmp_path / "tools", tmp_path / "calls"
    tools.mkdir()
    inside = "Messenger Handover Wizard.app/Contents/MacOS"
    console = f'printf "#!/bin/sh\\necho self-test:\\$*; exit {code}\\n" >"$5/{inside}/handover-wizard-console"'
    attach = f'mkdir -p "$5/{inside}"; {console}; chmod +x "$5/{inside}/handover-wizard-console"'
    for name, script in {"hdiutil": f'[ "$1" != attach ] || {{ {attach}; }}', "codesign": ""}.items():
        (tools / name).write_text(f'#!/bin/sh\necho "{name} $1" >>"{calls}"\n{script}\n', encoding="utf-8")
        (tools / name).chmod(0o755)
    image = tmp_path / "wizard.dmg"
    image.touch()
    surroundings = {"PATH": f"{tools}:{os.environ['PATH']}", "TMPDIR": str(tmp_path)}
    done = run("macos/try_image.sh", image, **surroundings)
    assert done.returncode == code
    assert "self-test:self-test --json" in done.stdout
    assert calls.read_text(encoding="utf-8").splitlines() == ["hdiutil attach", "codesign --verify", "hdiutil detach"]
    assert not list(tmp_path.glob("handover-image.*"))
