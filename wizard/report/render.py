"""The way in: a check in, a report out, whole or piece by piece. The one list of the forms of a report."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from wizard.core.checked import CheckedPage, CheckReport
from wizard.i18n.language import _
from wizard.report.head import ReportHeader
from wizard.report.since import EarlierReport

Writer = Callable[[Iterable[CheckedPage], ReportHeader], Iterator[str]]


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """id: as the command line names it. ending: of its files, with the dot. title: what people call it. writer: the
    function that writes it; with some come libraries that only they need."""

    id: str
    ending: str
    title: Callable[[], str]
    writer: Callable[[], Writer]


def _html() -> Writer:
    from wizard.report import as_html

    return as_html.stream


def _markdown() -> Writer:
    from wizard.report import as_markdown

    return as_markdown.stream


def _json() -> Writer:
    from wizard.report import as_json

    return as_json.stream


def _junit() -> Writer:
    from wizard.report import as_junit

    return as_junit.stream


FORMATS = (
    ReportFormat("html", ".html", lambda: _("Web page"), _html),
    ReportFormat("markdown", ".md", lambda: _("Markdown"), _markdown),
    ReportFormat("json", ".json", lambda: _("JSON"), _json),
    ReportFormat("junit", ".xml", lambda: _("JUnit"), _junit),
)


def format_named(id: str) -> ReportFormat:
    """Raises ValueError for a format that is none."""
    for form in FORMATS:
        if form.id == id:
            return form
    raise ValueError(id)


def render(
    report: CheckReport,
    format: ReportFormat | str,
    include_personal_data: bool = False,
    since: EarlierReport | None = None,
) -> str:
    """Return a report of some Pages as one text. Raises ValueError for a format that is none."""
    head = ReportHeader(
        made_at=report.made_at,
        program=report.program,
        include_personal_data=include_personal_data,
        since=since,
        is_complete=lambda: report.is_complete,
    )
    return "".join(render_stream(report.pages, format, head))


def render_stream(pages: Iterable[CheckedPage], format: ReportFormat | str, head: ReportHeader) -> Iterator[str]:
    """Yield a report of any number of Pages in pieces, keeping none of them in memory.

    JSON and JUnit come while the Pages come; HTML and Markdown, which sum up at their beginning, after the last Page.
    Raises ValueError for a format that is none. since costs memory for the Pages of the earlier report."""
    form = format_named(format) if isinstance(format, str) else format
    return form.writer()(pages, head)
