"""What runs on GitHub has few rights, trusts only what is pinned, and publishes only what proved itself."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from wizard.core.version import __version__

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
DEPENDABOT = ROOT / ".github" / "dependabot.yml"
ZIZMOR = Path(sys.prefix) / "tools" / "bin" / "zizmor"
SECRET = re.compile(r"\$\{\{\s*secrets\.(\w+)")


def read(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")))


def jobs(path: Path) -> list[tuple[str, dict[str, Any]]]:
    return list(read(path.name)["jobs"].items())


def steps(job: dict[str, Any]) -> list[dict[str, Any]]:
    return list(job.get("steps", ()))


EVERY_JOB = [pytest.param(job, id=f"{path.stem}-{name}") for path in WORKFLOWS for name, job in jobs(path)]
SCRIPTS = [
    pytest.param(step["run"], id=f"{path.stem}-{name}-{at}")
    for path in WORKFLOWS
    for name, job in jobs(path)
    for at, step in enumerate(steps(job))
    if "run" in step and step.get("shell") != "pwsh"
]


def test_zizmor_finds_nothing() -> None:
    command = [str(ZIZMOR), "--offline", "--no-progress", "--persona", "auditor", *map(str, (*WORKFLOWS, DEPENDABOT))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("job", EVERY_JOB)
def test_a_job_has_only_the_rights_it_names_and_an_end(job: dict[str, Any]) -> None:
    assert "permissions" in job
    assert "timeout-minutes" in job or "uses" in job


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_without_a_word_nothing_is_allowed(path: Path) -> None:
    assert read(path.name)["permissions"] == {}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_by_its_commit_and_says_its_version(path: Path) -> None:
    used = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if re.match(r"\s*-?\s*uses:", line)]
    assert used
    for line in used:
        assert re.search(r"uses: (?:[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\./\.github/)", line), line


def test_one_action_has_one_version_everywhere() -> None:
    versions: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for name, commit in re.findall(r"uses: ([\w-]+/[\w-]+)@(\w+)", path.read_text(encoding="utf-8")):
            versions.setdefault(name, set()).add(commit)
    assert all(len(commits) == 1 for commits in versions.values()), versions


@pytest.mark.parametrize("job", EVERY_JOB)
def test_no_job_leaves_its_token_behind_a_checkout(job: dict[str, Any]) -> None:
    for step in steps(job):
        if str(step.get("uses", "")).startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_takes_values_from_its_surroundings_only(script: str) -> None:
    """`${{ ... }}` inside a script is text that somebody else may choose, run as part of it."""
    assert "${{" not in script


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_has_nothing_that_shellcheck_minds(script: str) -> None:
    done = subprocess.run(
        ["shellcheck", "--shell=bash", "-"], input=script, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == ""


@pytest.mark.parametrize("job", EVERY_JOB)
def test_a_secret_goes_to_the_one_step_that_needs_it_and_only_behind_an_environment(job: dict[str, Any]) -> None:
    with_secrets = [step for step in steps(job) if SECRET.search(str(step))]
    assert not SECRET.search(str(job.get("env", "")))
    if with_secrets:
        assert job["environment"] == "signing"
        assert all(not SECRET.search(str(step.get("run", ""))) for step in with_secrets)


def test_without_certificates_a_release_is_built_and_says_that_it_is_not_signed() -> None:
    text = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
    for secret in ("WINDOWS_CERTIFICATE", "MACOS_CERTIFICATE"):
        assert f"::warning::The secret {secret} is not set" in text


def test_a_draft_is_made_of_packages_that_all_proved_themselves_on_their_own_system() -> None:
    release = read("release.yml")["jobs"]
    draft = release["draft"]
    assert {"tests", "linux", "windows-program", "windows-tried", "macos"} <= set(draft["needs"])
    assert draft["if"] == "github.event_name == 'push'"
    proofs = {
        "linux": "self-test --json",
        "windows-program": "self-test --json",
        "windows-tried": "try_installer.ps1",
        "macos": "try_image.sh",
    }
    for name, proof in proofs.items():
        assert any(proof in str(step.get("run", "")) for step in steps(release[name])), name
    for script in ("packaging/windows/try_installer.ps1", "packaging/macos/try_image.sh"):
        assert "self-test --json" in (ROOT / script).read_text(encoding="utf-8")


def test_the_tag_is_compared_with_the_version_of_the_program() -> None:
    (script,) = [step["run"] for step in steps(read("release.yml")["jobs"]["version"]) if "run" in step]
    found = re.search(r"version=\$\(python3 -c '([^']+)'\)", script)
    assert found is not None
    said = subprocess.run([sys.executable, "-S", "-c", found[1]], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout == f"{__version__}\n"


def test_only_the_draft_may_write() -> None:
    writing = [
        (path.name, name)
        for path in WORKFLOWS
        for name, job in jobs(path)
        if "write" in str(job.get("permissions", "")).split("'")
    ]
    assert writing == [("release.yml", "draft")]


def test_a_release_has_checksums_lists_of_parts_and_a_statement_of_its_origin() -> None:
    text = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
    assert "SHA256SUMS" in text
    assert "actions/attest-build-provenance@" in text
    for system in ("linux", "windows", "macos"):
        assert re.search(rf"\$VERSION-{system}[^ ]*\.cdx\.json", text), system


def test_every_python_that_the_project_names_is_tested_on_three_systems() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = set(re.findall(r"Python :: (3\.\d+)", project))
    tests = read("tests.yml")["jobs"]
    for job in ("linux", "others"):
        assert named <= set(tests[job]["strategy"]["matrix"]["python"])
    assert {system.split("-")[0] for system in tests["others"]["strategy"]["matrix"]["system"]} == {"windows", "macos"}


def test_the_files_that_a_workflow_runs_are_there_and_can_be_run() -> None:
    for path in WORKFLOWS:
        for name in set(re.findall(r"packaging/[\w./-]+\.(?:sh|py|ps1|txt|spec)", path.read_text(encoding="utf-8"))):
            assert (ROOT / name).is_file(), name
            if name.endswith(".sh"):
                assert (ROOT / name).stat().st_mode & 0o100, name
