"""What goes into a package, and what makes it, is known by the sums of its files; none of it comes by name alone."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCKED = ("locked.txt", "tools.txt", "audit.txt", "pip.txt")
LOCKS_OF_NODE = sorted(ROOT.glob("packaging/**/package-lock.json"))
ENTRY = re.compile(r"([\w.-]+)==([\w.]+)(?: ; [^\\\n]+)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n")


def text(name: str) -> str:
    return (ROOT / "packaging" / name).read_text(encoding="utf-8")


def versions(name: str) -> dict[str, str]:
    pinned = re.findall(r"^([\w.-]+)==([\w.]+)", text(name), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in pinned}


@pytest.mark.parametrize("name", LOCKED)
def test_every_package_has_one_version_and_the_sums_of_its_files(name: str) -> None:
    rest = ENTRY.sub("", text(name))
    assert [line for line in rest.splitlines() if not line.startswith("#")] == []
    assert "://" not in text(name)
    assert len(ENTRY.findall(text(name))) >= (1 if name == "pip.txt" else 20)


@pytest.mark.parametrize("name", LOCKED)
def test_a_package_has_the_same_version_everywhere(name: str) -> None:
    pinned = versions("constraints.txt")
    locked = versions(name)
    assert {package: version for package, version in locked.items() if pinned.get(package, version) != version} == {}
    if name != "audit.txt":  # what only looks at lists of packages is not used here
        assert locked.keys() <= pinned.keys()


@pytest.mark.parametrize("lock", LOCKS_OF_NODE, ids=lambda lock: lock.parent.name)
def test_every_package_of_node_has_one_version_and_its_sum_and_no_address(lock: Path) -> None:
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    packages.pop("")
    assert packages
    for name, package in packages.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+\S*", package["version"]), name
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def needed_by(names: set[str]) -> set[str]:
    """Names of all packages that these need here, themselves included."""
    found: set[str] = set()
    while names:
        name = names.pop()
        found.add(name)
        try:
            wanted = requires(name) or []
        except PackageNotFoundError:  # what only makes packages is installed when they are made
            continue
        for each in map(Requirement, wanted):
            if each.marker is None or each.marker.evaluate({"extra": ""}):
                names |= {canonicalize_name(each.name)} - found
    return found


def test_all_that_the_program_needs_and_all_that_builds_it_is_locked() -> None:
    own = [Requirement(each) for each in requires("messenger-handover-wizard") or []]
    wanted = {each.name for each in own if each.marker is None or each.marker.evaluate({"extra": "build"})}
    system = re.findall(r'"([\w-]+)', re.search(r"requires = \[(.*)\]", (ROOT / "pyproject.toml").read_text())[1])  # type: ignore[index]
    names: set[str] = {canonicalize_name(name) for name in (*wanted, *system)}
    assert needed_by(names) <= versions("locked.txt").keys()


NOTED = """#!/bin/sh
echo "$0 $*" >>"$CALLS"
if [ "$1 $2" = "-m venv" ]; then
    shift; shift
    "$REAL" -m venv --without-pip "$@"
    for place; do :; done
    find "$place" -type f >"$CALLS.files"
    rm "$place"/bin/python*
    cp "$0" "$place/bin/python"
fi
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_packages_are_made_in_an_empty_place_from_locked_files_alone(tmp_path: Path) -> None:
    """Of what was installed before, at the right version too, pip asks no sums: it must not be there."""
    for name in ("packaging", "wizard/core"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("packaging/freeze.sh", "wizard/core/version.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    stranger = tmp_path / "build/locked/lib/python3.11/site-packages/requests/__init__.py"
    stranger.parent.mkdir(parents=True)
    stranger.write_text("")
    python, calls = tmp_path / "python", tmp_path / "calls"
    python.write_text(NOTED)
    python.chmod(0o755)
    surroundings = {**os.environ, "PYTHON": str(python), "REAL": sys.executable, "CALLS": str(calls)}
    subprocess.run([tmp_path / "packaging/freeze.sh"], env=surroundings, check=True, timeout=60)
    first, *rest = calls.read_text().splitlines()
    assert first == f"{python} -m venv --clear build/locked"
    assert str(stranger.relative_to(tmp_path)) not in (tmp_path / "calls.files").read_text().splitlines()
    assert [line for line in rest if not line.startswith("build/locked/bin/python ")] == []
    installed = [line for line in rest if " pip install " in line]
    assert len(installed) == 4
    assert installed[0].endswith(" -r packaging/pip.txt")
    assert [
        line for line in installed if not re.search(r"--require-hashes|--no-deps --no-build-isolation -e \.", line)
    ] == []
    assert any(" PyInstaller " in line for line in rest)


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_packages_are_made_by_nothing_but_what_is_locked() -> None:
    made = subprocess.run(["make", "-n", "packages"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert re.findall(r"packaging/(?:freeze\.sh|linux/packages\.py)", made.stdout) == [
        "packaging/freeze.sh",
        "packaging/linux/packages.py",
    ]
    release = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
    for line in f"{made.stdout}\n{release}".splitlines():
        if re.search(r"python\S* .*(?:\bpip\b|packaging/|PyInstaller)", line):
            assert line.strip().startswith("build/locked/bin/python "), line
        if "pip install" in line:
            assert "--require-hashes" in line, line


def test_versions_with_known_weaknesses_are_not_pinned() -> None:
    """setuptools: CVE-2022-40897, CVE-2024-6345, CVE-2025-47273 (mended in 78.1.1); pip: CVE-2025-8869 (in 25.3)."""
    assert Version(versions("constraints.txt")["setuptools"]) >= Version("78.1.1")
    assert Version(versions("pip.txt")["pip"]) >= Version("25.3")


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_an_environment_for_tests_begins_with_a_pip_that_is_checked() -> None:
    command = ["make", "-nB", ".venv/.installed"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
    first, *rest = [line for line in said.splitlines() if "pip install" in line]
    assert first.endswith("--require-hashes -r packaging/pip.txt")
    assert rest


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_what_is_built_in_a_place_of_its_own_hears_of_the_versions() -> None:
    """Old pips tell that place the one variable, new ones the other."""
    wanted = {f"{name}={ROOT / 'packaging/constraints.txt'}" for name in ("PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT")}
    command = ["make", "--no-print-directory", "--eval", "surroundings:\n\t@env", "surroundings"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
    assert wanted <= set(said.splitlines())


def test_whoever_installs_without_make_names_the_versions_for_what_is_built_too() -> None:
    workflow = (ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8")
    for variable in ("PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT"):
        assert workflow.count(f"      {variable}: packaging/constraints.txt\n") == workflow.count("pip install -e") == 1
    for path in (*ROOT.glob("*.md"), *ROOT.glob(".github/*.md")):
        for line in re.findall(r".*pip install .*\[test\].*", path.read_text(encoding="utf-8")):
            assert " -c packaging/constraints.txt --build-constraint packaging/constraints.txt " in line, path.name


def test_every_list_is_audited_once_a_week() -> None:
    audit = (ROOT / ".github/workflows/audit.yml").read_text(encoding="utf-8")
    assert re.search(r"schedule:\n    - cron: ", audit)
    for path in (ROOT / "packaging").glob("*.txt"):
        assert f" -r packaging/{path.name}" in audit, path.name
    for lock in LOCKS_OF_NODE:
        assert f" {lock.parent.relative_to(ROOT)} --package-lock-only" in audit, lock
        assert f"/{lock.parent.relative_to(ROOT)}\n" in (ROOT / ".github/dependabot.yml").read_text(encoding="utf-8"), (
            lock
        )


def test_the_checksums_of_a_release_are_signed() -> None:
    release = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
    steps = ("tee SHA256SUMS", "attest-build", "SHA256SUMS.sigstore.json")
    made, signed, kept = (release.index(words) for words in steps)
    assert made < signed < kept < release.index("gh release create")
