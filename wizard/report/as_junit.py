"""The report for machines that run the check every night: a test suite for each Page, a test case for each check."""

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from wizard.core.checked import CheckedPage
from wizard.core.diagnosis import PageOutcome
from wizard.core.verdict import State
from wizard.i18n.language import _
from wizard.report import phrases
from wizard.report.head import ReportHeader
from wizard.report.since import Comparison, PageChange
from wizard.report.times import for_programs
from wizard.report.view import PageView, VerdictRow, gone_pages, views
from wizard.words.verdicts import state, title

_NO_TIME = "0.000"  # the calls are made for all checks of a Page at once, so that no check has a time of its own


def stream(pages: Iterable[CheckedPage], head: ReportHeader) -> Iterator[str]:
    """Yield the report, one Page at a time. A problem is a failure, once for each cause: what only follows from another
    is skipped, as what is not known is. A Page that could not be found out is an error. A warning passes, and its text
    stands in the output of the test case, the headline of a Page in that of its suite."""
    comparison = Comparison(head.since) if head.since is not None else None
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="handover-wizard check">\n'
    for page in views(pages, head.include_personal_data, comparison, head.made_at):
        yield _suite(page, head)
    is_complete = head.is_complete()
    gone = gone_pages(comparison, is_complete)
    if gone or not is_complete:
        yield _whole(tuple(f"{page.name} ({page.id})" for page in gone), is_complete, head)
    yield "</testsuites>\n"


def _suite(page: PageView, head: ReportHeader) -> str:
    name = f"{page.name} ({page.id})" if page.name and page.id else page.label
    suite = ElementTree.Element("testsuite", name=name)
    classname = f"handover.{page.id or page.number}"
    for row in page.rows:
        _case(suite, classname, row, page, head)
    if page.headline.outcome is PageOutcome.NOT_FOUND_OUT:
        _page_case(suite, classname, "error", page)
    elif page.headline.outcome is PageOutcome.WRONG and not page.with_state(State.PROBLEM):
        _page_case(suite, classname, "failure", page)
    source = _("From {file}.").format(file=page.source) if page.source else ""
    told = (page.headline.line, page.headline.next_step, source, page.change_text)
    ElementTree.SubElement(suite, "system-out").text = "\n".join(part for part in told if part)
    return _finished(suite, page.at or head.made_at)


def _case(suite: ElementTree.Element, classname: str, row: VerdictRow, page: PageView, head: ReportHeader) -> None:
    case = ElementTree.SubElement(suite, "testcase", classname=classname, name=row.check, time=_NO_TIME)
    message = " ".join(part for part in (f"{row.title}:", row.text, row.action) if part)
    cause = page.cause_of(row)
    if row.state is State.PROBLEM and not cause:
        ElementTree.SubElement(case, "failure", message=message, type=row.reason).text = "\n".join(_lines(row, head))
    elif row.state in (State.PROBLEM, State.UNKNOWN, State.NOT_CHECKED):
        why = _("It follows from “{check}”.").format(check=title(cause)) if cause else ""
        ElementTree.SubElement(case, "skipped", message=f"{message} {why}".rstrip())
    if row.state is State.WARNING:
        ElementTree.SubElement(case, "system-out").text = "\n".join([state(row.state), message, *_lines(row, head)])
    elif row.change_text:
        ElementTree.SubElement(case, "system-out").text = row.change_text


def _lines(row: VerdictRow, head: ReportHeader) -> list[str]:
    seen = phrases.seen(row.evidence, head.made_at)
    return [line for line in (*seen, row.change_text) if line]


def _page_case(suite: ElementTree.Element, classname: str, tag: str, page: PageView) -> None:
    """What is about the Page and none of its checks. tag: "error" or "failure"."""
    case = ElementTree.SubElement(suite, "testcase", classname=classname, name="page", time=_NO_TIME)
    trouble = page.not_checked
    message = f"{trouble.title} {trouble.action}" if trouble is not None else page.headline.line
    found = ElementTree.SubElement(case, tag, message=message, type=trouble.kind if trouble else "not_found_out")
    if trouble is not None:
        numbers = "/".join(str(number) for number in (trouble.code, trouble.subcode) if number is not None)
        found.text = " ".join(part for part in (trouble.call, trouble.kind, numbers) if part)


def _whole(gone: tuple[str, ...], is_complete: bool, head: ReportHeader) -> str:
    """What is about the run and no Page of it: it was stopped, or a Page of the earlier report did not come."""
    suite = ElementTree.Element("testsuite", name="handover-wizard")
    if not is_complete:
        case = ElementTree.SubElement(suite, "testcase", classname="handover", name="complete", time=_NO_TIME)
        message = _("The check was stopped before its end, so some Pages are missing.")
        ElementTree.SubElement(case, "error", message=message, type="stopped")
    for page in gone:
        case = ElementTree.SubElement(suite, "testcase", classname="handover.gone", name=page, time=_NO_TIME)
        ElementTree.SubElement(case, "skipped", message=phrases.of_page(PageChange.GONE))
    return _finished(suite, head.made_at)


def _finished(suite: ElementTree.Element, at: float) -> str:
    counted = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for attribute, tag in counted.items():
        suite.set(attribute, str(sum(1 for _each in suite.iter(tag))))
    suite.set("time", _NO_TIME)
    suite.set("timestamp", for_programs(at).removesuffix("Z"))  # the usual schema allows no zone; it is UTC
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode") + "\n"
