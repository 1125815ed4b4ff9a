"""What `check` really writes, in the practice world: right for its readers, and without the token."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from junitparser import JUnitXml

from tests.report.browser import reader
from tests.report.test_json import closed, schema
from tests.simulator.world import PracticeWorld
from tests.terminal.program import Program
from wizard.report.earlier import read_earlier
from wizard.report.render import FORMATS

pytestmark = pytest.mark.slow
SCENARIOS = [
    "happy-routing",
    "other-app-answers",
    "token-expired",
    "no-default-app",
    "fields-missing",
    "no-message-access",
]


def write(program: Program, world: PracticeWorld, format: str, path: Path) -> str:
    """The report as a file, made by the program that a person would start."""
    options = ["--practice-at", world.control_url, "--look-at-conversations"]
    ended = program.run("check", *options, "--format", format, "--output", str(path))
    assert ended.code in (0, 1), ended.complained
    return path.read_text(encoding="utf-8")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_json_of_the_program_is_what_the_schema_says_and_can_be_compared_with(
    world_process: PracticeWorld, program: Program, tmp_path: Path, scenario: str
) -> None:
    world = world_process.scenario(scenario)
    path = tmp_path / "report.json"
    report = json.loads(write(program, world, "json", path))
    Draft202012Validator(closed(schema())).validate(report)
    assert len(report["pages"]) == 1
    assert len(read_earlier(path).pages) == 1


def test_every_form_of_a_problem_names_it_and_holds_no_token_and_nobodys_id(
    world_process: PracticeWorld, program: Program, tmp_path: Path
) -> None:
    world = world_process.scenario("no-default-app")
    secrets = [*world.start["tokens"].values(), *world.start["psids"].values()]
    assert len(secrets) > 5
    for format in (form.id for form in FORMATS):
        text = write(program, world, format, tmp_path / f"report.{format}")
        assert "Lumen Coffee" in text
        assert not any(secret in text for secret in secrets)


def test_junit_of_the_program_is_read_by_a_real_reader(
    world_process: PracticeWorld, program: Program, tmp_path: Path
) -> None:
    path = tmp_path / "report.xml"
    write(program, world_process.scenario("fields-missing"), "junit", path)
    [suite] = JUnitXml.fromfile(str(path))
    assert suite.tests > 20


def test_html_of_the_program_opens_in_silence_and_everybody_can_read_it(
    world_process: PracticeWorld, program: Program, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    write(program, world_process.scenario("happy-routing"), "html", path)
    with reader() as browser:
        browser.open(path.as_uri())
        assert browser.requests() == [path.as_uri()]
        assert browser.complaints() == []
        assert browser.violations() == []
