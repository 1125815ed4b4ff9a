"""What changed since an earlier report, for the terminal."""

from collections.abc import Iterator

from wizard.core.checked import CheckReport
from wizard.i18n.language import _
from wizard.report import phrases
from wizard.report.since import Comparison, EarlierReport, PageChange
from wizard.report.view import gone_pages, views


def changes(report: CheckReport, earlier: EarlierReport) -> Iterator[str]:
    """Lines about what is not as it was then; one line where all is."""
    yield _("Since the earlier report")
    comparison = Comparison(earlier)
    nothing = True
    for page in views(report.pages, False, comparison):
        told = [f"{row.title}: {row.change_text}" for row in page.rows if row.change_text]
        told += [f"{title}: {phrases.not_made_any_more()}" for title in page.gone]
        if page.change_text:
            told.insert(0, page.change_text)
        if told:
            nothing = False
            yield page.label
            yield from (f"  {line}" for line in told)
    for gone in gone_pages(comparison, report.is_complete):
        nothing = False
        yield f"{gone.name or gone.id}: {phrases.of_page(PageChange.GONE)}"
    if nothing:
        yield _("Nothing changed.")
