"""The stand-in as a distribution of its own: what is in it, what it needs, and its page, followed word by word."""

import email
import fnmatch
import json
import re
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.simulator.distribution import PROJECT, build_wheel, foreign_environment
from tests.simulator.world import ROOT

pytestmark = pytest.mark.slow

INSIDE = "messenger_simulator/inside/"
LARGEST = 15_000_000  # bytes, installed with all it needs
PAGE = (PROJECT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment without pip, and with the stand-in alone."""
    folder = tmp_path_factory.mktemp("alone") / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True, timeout=120)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install", "-q", str(wheel)]
    subprocess.run(pip, env=foreign_environment(wheel.parent), check=True, timeout=300)
    return folder


def test_the_wheel_has_the_wizards_own_files_and_nothing_beside_its_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert {name.split("/")[0].split("-")[0] for name in names} == {
            "messenger_simulator",
            "messenger_handover_simulator",
        }
        packed = {name.removeprefix(INSIDE): archive.read(name) for name in names if name.startswith(INSIDE)}
    for name, content in packed.items():
        source = ROOT / name.replace("wizard/resources", "resources")
        assert content == source.read_bytes(), name
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "wizard/simulator").rglob("*.py")}
    assert modules <= set(packed)


def test_the_wheel_has_every_resource_that_its_modules_read(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        texts = [archive.read(name).decode() for name in names if name.endswith(".py")]
    read = {name for text in texts for name in re.findall(r'(?:resource|load_toml)\("([^"]+)"\)', text)}
    assert {"apps.toml", "practice", "scenarios", "simulator/errors.toml"} <= read
    for name in read:
        place = f"{INSIDE}wizard/resources/{name}"
        assert any(each == place or each.startswith(f"{place}/") for each in names), name


def test_it_needs_flask_and_msgspec_and_is_of_the_wizards_version(wheel: Path) -> None:
    from wizard.core.version import __version__

    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        about = email.message_from_bytes(archive.read(name))
    assert [re.split("[>=]", each)[0] for each in about.get_all("Requires-Dist", [])] == ["flask", "msgspec"]
    assert about["Version"] == __version__
    assert about.get_payload(decode=True) == PAGE.encode()


def test_no_link_of_the_page_leads_out_of_the_package_page(wheel: Path) -> None:
    """It is read where the folders beside it are not."""
    links = re.findall(r"\]\(([^)]+)\)", PAGE)
    assert [link for link in links if not link.startswith(("https://", "#"))] == []


def test_installed_it_is_small_and_knows_nothing_of_windows_and_keyrings(installed: Path) -> None:
    packages = next(installed.glob("lib/python*/site-packages"))
    size = sum(path.stat().st_size for path in packages.rglob("*") if path.is_file())
    assert size < LARGEST, f"{size:,} bytes"
    names = {path.name.split("-")[0].lower() for path in packages.glob("*.dist-info")}
    assert names.isdisjoint({"pyside6_essentials", "keyring", "babel", "requests"})


def test_it_answers_soon_after_its_start(installed: Path) -> None:
    begun = time.monotonic()
    command = [str(installed / "bin" / "simulator"), "--until-stdin-closes"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        start = json.loads(process.stdout.readline())
        with urllib.request.urlopen(f"{start['control_url']}/world") as reply:
            assert reply.status == 200
        took = time.monotonic() - begun
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0
    assert took < 5  # far above the usual 0.5 s, so that a busy machine does not fail


def test_the_container_starts_what_the_page_says(installed: Path, wheel: Path) -> None:
    """No engine builds it here; what it copies, runs and opens is looked at."""
    steps = [line.split(" ", 1) for line in (PROJECT / "Containerfile").read_text(encoding="utf-8").splitlines()]
    told = {name: text for name, text in steps if name.isupper()}
    assert fnmatch.fnmatch(wheel.name, told["COPY"].split()[0])
    name, *options = json.loads(told["ENTRYPOINT"])
    port = told["EXPOSE"]
    assert (name, options[options.index("--port") + 1]) == ("simulator", port)
    assert f"-p {port}:{port}" in PAGE
    options[options.index("--port") + 1] = "0"
    command = [str(installed / "bin" / name), *options, "--until-stdin-closes"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        start = json.loads(process.stdout.readline())
        asked = urllib.request.Request(f"{start['control_url']}/world", headers={"Host": f"localhost:{port}"})
        with urllib.request.urlopen(asked) as reply:
            assert reply.status == 200
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0


def test_it_runs_its_own_files_whatever_wizard_lies_around(installed: Path, tmp_path: Path) -> None:
    """The wizard's own installation, an older one, or somebody's package of the same name."""
    other = tmp_path / "wizard"
    other.mkdir()
    (other / "__init__.py").write_text("raise SystemExit('the wrong one')", encoding="utf-8")
    environment = foreign_environment(tmp_path) | {"PYTHONPATH": str(tmp_path)}
    command = [str(installed / "bin" / "simulator"), "--help"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_wizard_and_stand_in_have_no_file_in_common(wheel: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=120)
    (other,) = tmp_path.glob("messenger_handover_wizard-*.whl")
    with zipfile.ZipFile(wheel) as ours, zipfile.ZipFile(other) as wizards:
        assert set(ours.namelist()).isdisjoint(wizards.namelist())


def blocks(section: str) -> list[tuple[str, str, str]]:
    """Return kind, text and the file named last before it, "" for none, of each block of code."""
    parts = re.split(r"^```(\w*)\n(.*?)^```$", section, flags=re.DOTALL | re.MULTILINE)
    names = [(re.findall(r"`(\w+\.py)`", prose) or [""])[-1] for prose in parts[::3]]
    return list(zip(parts[1::3], parts[2::3], names, strict=False))


@pytest.mark.serial
def test_the_five_minutes_of_the_page_word_by_word(wheel: Path, tmp_path: Path) -> None:
    """Every command of the section in one shell, and every file as it stands there; before its end it is used."""
    section = PAGE.split("## Five minutes\n")[1].split("\n## ")[0]
    script, files = ["set -eum"], []
    for kind, text, name in blocks(section):
        if kind == "python":
            assert name, "a file without a name"
            (tmp_path / name).write_text(text, encoding="utf-8")
            files.append(name)
        elif text.startswith("kill"):
            script += [ASK, text]
        else:
            script.append(text)
    assert files == ["bot.py", "test_bot.py"]
    done = subprocess.run(
        ["bash", "-c", "\n".join(script)],
        cwd=tmp_path,
        env=foreign_environment(wheel.parent),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 passed" in done.stdout
    *_, conversation, live_chat, settings = done.stdout.strip().splitlines()
    assert "Support Desk has control" in conversation
    assert "A human, please" in live_chat
    assert "Support Desk" in settings


# What a person does in the browser meanwhile.
ASK = """
try/bin/python - <<'END'
import time
from urllib.request import urlopen

WORLD = "http://127.0.0.1:8765"


def see(path, form=None):
    return " ".join(urlopen(WORLD + path, form).read().decode().split())


see("/messenger/107836259148302", b"text=A+human,+please")
for _ in range(200):
    seen = see("/messenger/107836259148302")
    if "Support Desk has control" in seen:
        break
    time.sleep(0.1)
print(seen)
print(see("/livechat/"))
print(see("/facebook/settings?tab=advanced_messaging"))
END
"""
