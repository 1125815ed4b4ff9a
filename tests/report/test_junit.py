"""The report for nightly runs, read by a real reader of such files."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from tests.report import cases
from wizard.core.checked import CheckedPage
from wizard.core.errors import ErrorKind
from wizard.core.verdict import State
from wizard.report.render import render


def read(folder: Path, *pages: CheckedPage, is_complete: bool = True) -> dict[str, TestSuite]:
    """The suites by name, as the reader sees a file on the disk."""
    path = folder / "report.xml"
    path.write_text(render(cases.report(*pages, is_complete=is_complete), "junit"), encoding="utf-8")
    return {suite.name: suite for suite in JUnitXml.fromfile(str(path))}


def by_name(suite: TestSuite) -> dict[str, TestCase]:
    return {case.name: case for case in suite}


def test_each_page_is_a_suite_and_each_check_a_case(tmp_path: Path) -> None:
    suites = read(tmp_path)
    assert list(suites) == [
        "Lumen Coffee (1122334455667788)",
        "Harbour Books (2233445566778899)",
        "Corner Bakery (3344556677889900)",
    ]
    checks = [case.name for case in suites["Harbour Books (2233445566778899)"]]
    assert checks == [verdict.check for verdict in cases.troubled().verdicts]


def test_problem_fails_unknown_is_skipped_and_ok_passes(tmp_path: Path) -> None:
    [suite] = read(tmp_path, cases.troubled()).values()
    found = by_name(suite)
    for verdict in cases.troubled().verdicts:
        results = found[verdict.check].result
        match verdict.state:
            case State.PROBLEM if verdict.check == "routing.answers_first":
                assert [type(each) for each in results] == [Skipped]
                assert "follows from “Default app”" in results[0].message
            case State.PROBLEM:
                assert [type(each) for each in results] == [Failure]
            case State.UNKNOWN | State.NOT_CHECKED:
                assert [type(each) for each in results] == [Skipped]
                assert results[0].message
            case State.OK | State.WARNING:
                assert results == []
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (13, 1, 0, 5)


def test_failure_tells_what_is_wrong_what_to_do_and_what_was_seen(tmp_path: Path) -> None:
    [suite] = read(tmp_path, cases.troubled()).values()
    [failure] = by_name(suite)["routing.default_app"].result
    assert "Flow bot is not the default app" in failure.message
    assert "Choose Flow bot as the default app" in failure.message
    assert failure.type == "another"
    assert "GET me/thread_owner: only an expiration" in failure.text


def test_warning_passes_and_its_text_is_in_the_output(tmp_path: Path) -> None:
    [suite] = read(tmp_path, cases.troubled()).values()
    case = by_name(suite)["app.fields"]
    assert case.is_passed
    assert "standby, messaging_handovers" in case.system_out


@pytest.mark.parametrize(
    ("kind", "result"), [(ErrorKind.TOKEN_EXPIRED, Failure), (ErrorKind.NO_CONNECTION, Error)], ids=str
)
def test_a_dead_token_is_a_failure_and_trouble_on_the_way_an_error(
    tmp_path: Path, kind: ErrorKind, result: type[Failure | Error]
) -> None:
    page = cases.unreachable()
    assert page.not_checked is not None
    [suite] = read(tmp_path, replace(page, not_checked=replace(page.not_checked, kind=kind))).values()
    [case] = suite
    [found] = case.result
    assert isinstance(found, result)
    assert found.type == kind.value
    assert suite.tests == suite.failures + suite.errors == 1
    assert "Corner Bakery: " in (tmp_path / "report.xml").read_text("utf-8").partition("<system-out>")[2]


def test_stopped_check_is_an_error_so_that_no_night_looks_well_that_was_not(tmp_path: Path) -> None:
    suites = read(tmp_path, cases.well(), is_complete=False)
    [case] = suites["handover-wizard"]
    assert [type(each) for each in case.result] == [Error]
    assert list(read(tmp_path, cases.well())) == ["Lumen Coffee (1122334455667788)"]


def test_times_are_dated_and_numbers(tmp_path: Path) -> None:
    for suite in read(tmp_path).values():
        assert suite.timestamp.startswith("2026-11-22T12:")
        assert [case.time for case in suite] == [0.0] * len(list(suite))


@given(name=st.text(min_size=1))
def test_no_name_breaks_the_file(name: str) -> None:
    text = render(cases.report(cases.renamed(cases.troubled(), name)), "junit")
    root = ElementTree.fromstring(text.encode())
    assert [each.tag for each in root] == ["testsuite"]
    assert len(root.findall("testsuite/testcase")) == 13


@pytest.mark.parametrize("sign", ["<", "&", '"', "'", "]]>", "é", "\N{HOT BEVERAGE}"])
def test_names_come_back_as_they_are(tmp_path: Path, sign: str) -> None:
    name = f"Coffee {sign} Tea"
    assert f"{name} (2233445566778899)" in read(tmp_path, cases.renamed(cases.troubled(), name))
