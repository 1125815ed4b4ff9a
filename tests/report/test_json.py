"""The report for programs: it is what its schema says, and it comes piece by piece."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.report import cases
from wizard.core.checked import CheckedPage
from wizard.core.resource import resource
from wizard.report.head import ReportHeader
from wizard.report.render import render, render_stream
from wizard.report.since import EarlierReport


def schema() -> dict[str, Any]:
    return dict(json.loads(resource("report/check-report.schema.json").read_text(encoding="utf-8")))


def closed(part: Any) -> Any:
    """The same schema without room for fields it does not describe; "about" has names that nobody lists."""
    if isinstance(part, dict):
        room = {"additionalProperties": False} if "required" in part and "properties" in part else {}
        return {key: closed(value) for key, value in part.items()} | room
    return [closed(each) for each in part] if isinstance(part, list) else part


def as_json(*pages: CheckedPage, **options: Any) -> dict[str, Any]:
    return dict(json.loads(render(cases.report(*pages), "json", **options)))


EARLIER = EarlierReport(cases.NOW - cases.DAY, {})


@pytest.mark.parametrize("since", [None, EARLIER, cases.as_earlier(cases.well(), cases.troubled())])
@pytest.mark.parametrize("include_personal_data", [False, True])
def test_report_is_what_its_schema_describes_and_nothing_more(
    since: EarlierReport | None, include_personal_data: bool
) -> None:
    described = closed(schema())
    Draft202012Validator.check_schema(described)
    report = as_json(include_personal_data=include_personal_data, since=since)
    Draft202012Validator(described).validate(report)
    assert [page["page"]["name"] for page in report["pages"]] == ["Lumen Coffee", "Harbour Books", "Corner Bakery"]


def test_schema_tells_a_wrong_report_from_a_right_one() -> None:
    report = as_json()
    report["pages"][0]["verdicts"][0]["state"] = "fine"
    errors = list(Draft202012Validator(schema()).iter_errors(report))
    assert [error.json_path for error in errors] == ["$.pages[0].verdicts[0].state"]


def test_every_field_of_the_schema_is_explained() -> None:
    def fields(part: Any, place: str) -> Iterator[tuple[str, Any]]:
        for name, each in part.get("properties", {}).items():
            yield f"{place}.{name}", each
            yield from fields(each, f"{place}.{name}")
            yield from fields(each.get("items", {}), f"{place}.{name}[]")

    described = schema()
    found = [*fields(described, "$")]
    for name, each in described["$defs"].items():
        found += [*fields(each, name)]
    assert len(found) > 50
    bare = [place for place, each in found if not each.get("description") and "$ref" not in each]
    assert bare == []


def test_verdicts_keep_state_reason_evidence_and_action() -> None:
    [page] = as_json(cases.troubled())["pages"]
    found = {verdict["check"]: verdict for verdict in page["verdicts"]}["routing.default_app"]
    assert found["state"] == "problem"
    assert found["reason"] == "another"
    assert found["action"].startswith("Choose Flow bot as the default app")
    assert found["evidence"] == [
        {"call": "GET me/thread_owner", "answer": "only an expiration", "at": "2026-11-19T12:20:00Z"}
    ]
    assert (page["outcome"], page["cause"], page["who"]) == ("wrong", "routing.default_app", "owner")
    assert page["headline"] == (
        "Harbour Books: Flow bot does not get new conversations, because it is not the default app."
    )
    assert page["action"] == found["action"]
    assert page["letter"].startswith("Hello,")


def test_page_that_could_not_be_asked_about_says_why() -> None:
    [page] = as_json(cases.unreachable())["pages"]
    assert page["verdicts"] == []
    assert (page["not_checked"]["kind"], page["not_checked"]["code"], page["not_checked"]["subcode"]) == (
        "token_expired",
        190,
        463,
    )
    assert page["not_checked"]["action"]


def test_stopped_check_says_that_it_is_not_complete_and_counts_what_it_reached() -> None:
    stopped = json.loads(render(cases.report(is_complete=False), "json"))
    assert stopped["is_complete"] is False
    assert stopped["counts"]["pages"] == 3
    assert stopped["counts"]["outcomes"] == {"wrong": 2, "not_found_out": 0, "not_proven": 1, "works": 0}


def test_each_page_is_out_before_the_next_one_is_asked_for() -> None:
    asked: list[int] = []

    def pages() -> Iterator[CheckedPage]:
        for number in range(3):
            asked.append(number)
            yield cases.well()

    pieces = render_stream(pages(), "json", ReportHeader(cases.NOW, "0.1.0"))
    next(pieces)
    assert asked == []
    assert '"Lumen Coffee"' in next(pieces)
    assert asked == [0]


def test_report_without_pages_is_whole() -> None:
    report = json.loads("".join(render_stream([], "json", ReportHeader(cases.NOW, "0.1.0"))))
    assert report["pages"] == []
    assert report["is_complete"] is True
    Draft202012Validator(closed(schema())).validate(report)
