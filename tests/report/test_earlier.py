"""An earlier report is read back as it was written; any other file is refused with the place of the mistake."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report import cases
from wizard.core.checked import CheckedPage
from wizard.core.verdict import State
from wizard.report import earlier
from wizard.report.earlier import EarlierProblem, EarlierReportError, read_earlier, said
from wizard.report.render import render
from wizard.report.since import Comparison, PageChange

REPORT = render(cases.report(), "json")


def read(folder: Path, content: str | bytes) -> EarlierReportError:
    path = folder / "report.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(EarlierReportError) as caught:
        read_earlier(path)
    text, action = said(caught.value)
    assert str(path) in text
    assert caught.value.place in text
    assert action.endswith(".")
    return caught.value


def test_report_that_is_read_back_shows_no_change(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(REPORT, encoding="utf-8")
    before = read_earlier(path)
    assert before.made_at == cases.NOW
    comparison = Comparison(before)
    for page in (cases.well(), cases.troubled(), cases.unreachable()):
        found = comparison.compare(page)
        assert (found.page, dict(found.verdicts), found.gone) == (PageChange.SAME, {}, ())
    assert comparison.gone() == ()


def test_pages_with_the_same_verdicts_share_them_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    second = CheckedPage(cases.answers("99", "Twin"), cases.NOW, verdicts=cases.WELL)
    path.write_text(render(cases.report(cases.well(), second), "json"), encoding="utf-8")
    first, twin = read_earlier(path).pages.values()
    assert first.was is twin.was


def test_byte_order_mark_of_an_editor_is_left_aside(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(REPORT, encoding="utf-8-sig")
    assert len(read_earlier(path).pages) == 3


def test_fields_of_a_later_program_are_left_aside(tmp_path: Path) -> None:
    content = json.loads(REPORT)
    content["weather"] = "sunny"
    content["pages"][0]["weather"] = ["sunny"]
    path = tmp_path / "report.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert len(read_earlier(path).pages) == 3


WIDE = render(cases.report(cases.renamed(cases.well(), 'Café "Ōsaka" \N{HOT BEVERAGE}')), "json").encode()


@given(at=st.integers(min_value=1, max_value=len(WIDE.rstrip()) - 1))
def test_report_cut_at_any_byte_is_said_to_break_off_there(tmp_path_factory: pytest.TempPathFactory, at: int) -> None:
    error = read(tmp_path_factory.mktemp("cut"), WIDE[:at])
    assert error.problem is EarlierProblem.TRUNCATED


def test_where_a_report_breaks_off_is_said(tmp_path: Path) -> None:
    assert read(tmp_path, '{"kind": "messenger-handover-check-report",\n"pages": [').place == "line 2, column 11"


@pytest.mark.parametrize(
    ("content", "problem", "place"),
    [
        ("", EarlierProblem.TRUNCATED, "line 1, column 1"),
        ("<html>Log in</html>", EarlierProblem.NOT_JSON, "line 1, column 1"),
        ('{"kind": "messenger-handover-check-report",\n "version" 1}', EarlierProblem.NOT_JSON, "line 2, column 12"),
        (b'{"kind":\n"\xff"}', EarlierProblem.NOT_JSON, "line 2, column 2"),
        (b"\x00\x01\x02", EarlierProblem.NOT_JSON, "line 1"),
        ('{"x":' + "[" * 100_000, EarlierProblem.NOT_JSON, "line 1"),
        ("[]", EarlierProblem.OTHER_KIND, ""),
        ("{}", EarlierProblem.OTHER_KIND, ""),
        ('{"version": 1, "content": {"page_id": "1"}}', EarlierProblem.OTHER_KIND, ""),
        ('{"kind": "messenger-handover-check-report", "version": 3, "sheets": []}', EarlierProblem.NEWER, ""),
    ],
)
def test_other_files_are_refused_with_the_place(
    tmp_path: Path, content: str | bytes, problem: EarlierProblem, place: str
) -> None:
    error = read(tmp_path, content)
    assert error.problem is problem
    assert error.place.startswith(place)


def without_pages(report: dict[str, Any]) -> None:
    del report["pages"]


def number_as_id(report: dict[str, Any]) -> None:
    report["pages"][1]["page"]["id"] = 2233445566778899


def unknown_state(report: dict[str, Any]) -> None:
    report["pages"][1]["verdicts"][2]["state"] = "fine"


def no_time(report: dict[str, Any]) -> None:
    report["made_at"] = "yesterday"


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (without_pages, "$"),
        (number_as_id, "$.pages[1].page.id"),
        (unknown_state, "$.pages[1].verdicts[2].state"),
        (no_time, "$.made_at"),
    ],
)
def test_mistake_inside_a_report_is_named_by_its_path(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], None], place: str
) -> None:
    report = json.loads(REPORT)
    spoil(report)
    error = read(tmp_path, json.dumps(report))
    assert (error.problem, error.place) == (EarlierProblem.DAMAGED, place)


def test_too_large_a_file_is_refused_before_it_is_read_to_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earlier, "LARGEST", 2**20)
    error = read(tmp_path, b" " * 2**20 + b"{}")
    assert error.problem is EarlierProblem.TOO_LARGE
    assert "larger than 1 MB" in said(error)[0]


def test_missing_file_and_folder_are_said(tmp_path: Path) -> None:
    for path, problem in ((tmp_path / "none.json", EarlierProblem.MISSING), (tmp_path, EarlierProblem.UNREADABLE)):
        with pytest.raises(EarlierReportError) as caught:
            read_earlier(path)
        assert caught.value.problem is problem
        assert str(path) in said(caught.value)[0]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_file_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(REPORT, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(EarlierReportError) as caught:
        read_earlier(path)
    assert caught.value.problem is EarlierProblem.NO_PERMISSION


def test_verdicts_come_back_with_state_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(REPORT, encoding="utf-8")
    page = read_earlier(path).pages["2233445566778899", 1]
    assert page.was is not None
    assert page.was["routing.default_app"] == (State.PROBLEM, "another")
    assert read_earlier(path).pages["3344556677889900", 1].was is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
def test_pipe_that_nobody_writes_to_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "report.json"
    os.mkfifo(pipe)
    with pytest.raises(EarlierReportError) as caught:
        read_earlier(pipe)
    assert caught.value.problem is EarlierProblem.UNREADABLE
