"""The way in: a check in, a report out, whole or piece by piece."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from wizard.core.checked import CheckedPage, CheckReport
from wizard.report import as_json, as_junit, as_markdown
from wizard.report.head import Head
from wizard.report.since import EarlierReport


class Format(StrEnum):
    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"
    JUNIT = "junit"


ENDINGS = {Format.HTML: ".html", Format.MARKDOWN: ".md", Format.JSON: ".json", Format.JUNIT: ".xml"}


def render(
    report: CheckReport,
    format: Format | str,
    include_personal_data: bool = False,
    since: EarlierReport | None = None,
) -> str:
    """Return a report of some Pages as one text. Raises ValueError for a format that is none."""
    head = Head(
        made_at=report.made_at,
        program=report.program,
        include_personal_data=include_personal_data,
        since=since,
        is_complete=lambda: report.is_complete,
    )
    return "".join(render_stream(report.pages, format, head))


def render_stream(pages: Iterable[CheckedPage], format: Format | str, head: Head) -> Iterator[str]:
    """Yield a report of any number of Pages in pieces, keeping none of them in memory.

    JSON and JUnit come while the Pages come; HTML and Markdown, which sum up at their beginning, after the last Page.
    Raises ValueError for a format that is none. since costs memory for the Pages of the earlier report."""
    match Format(format):
        case Format.JSON:
            return as_json.stream(pages, head)
        case Format.JUNIT:
            return as_junit.stream(pages, head)
        case Format.MARKDOWN:
            return as_markdown.stream(pages, head)
        case Format.HTML:
            from wizard.report import as_html  # with it comes jinja2, which only this form needs

            return as_html.stream(pages, head)
