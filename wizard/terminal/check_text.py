"""What `check` shows on a terminal: of each Page first what matters, then the rest, then what to send on."""

from collections.abc import Iterator, Sequence

from wizard.core.checked import CheckedPage, CheckReport
from wizard.core.facts import App
from wizard.core.verdict import State, Verdict
from wizard.i18n.language import _
from wizard.report import phrases
from wizard.report.shown import shown
from wizard.report.since import Comparison, EarlierReport, PageChange
from wizard.report.view import gone_pages, views
from wizard.words import errors, verdicts
from wizard.words.asking import app_name
from wizard.words.customer import customer_text
from wizard.words.moments import clock_time

_MARKS = {State.OK: "✓", State.WARNING: "!", State.PROBLEM: "✗", State.UNKNOWN: "?", State.NOT_CHECKED: "-"}
_INDENT = "  "


def text(report: CheckReport) -> str:
    """The whole report as lines. No token, no name and no PSID of a person is in it, and
    nothing that steers a terminal."""
    return "\n\n".join("\n".join(_page(shown(page))) for page in report.pages) + "\n"


def _page(page: CheckedPage) -> Iterator[str]:
    answers = page.answers
    yield _("{page}, checked on {time}").format(
        page=answers.page_name or answers.page_id or "?", time=clock_time(page.at)
    )
    for role, app in ((_("Answers first"), answers.bot), (_("Takes over"), answers.live_chat)):
        if app is not None:
            yield _INDENT + _app(role, app)
    if page.not_checked is not None and not page.verdicts:
        explained = errors.explain(page.not_checked)
        yield f"✗ {explained.title}"
        yield f"{_INDENT}→ {explained.action}"
    looked_at = [verdict for verdict in page.verdicts if verdict.state is not State.NOT_CHECKED]
    for state in (State.PROBLEM, State.WARNING):
        yield from _blocks([verdict for verdict in looked_at if verdict.state is state])
    yield from _blocks([verdict for verdict in looked_at if verdict.state in (State.OK, State.UNKNOWN)])
    left_out = [verdict for verdict in page.verdicts if verdict.state is State.NOT_CHECKED]
    if left_out:
        yield ""
        yield _("Not checked")
        yield from _rest(left_out)
    if page.not_checked is not None or any(one.state in (State.PROBLEM, State.WARNING) for one in page.verdicts):
        yield ""
        yield _("To send to the customer")
        yield from (f"{_INDENT}{line}".rstrip() for line in customer_text(page).splitlines())


def _app(role: str, app: App) -> str:
    return _("{role}: {app} (App ID {id})").format(role=role, app=app_name(app), id=app.id)


def _blocks(found: Sequence[Verdict]) -> Iterator[str]:
    """One line for each that is well; else what was checked, what was found, what to do, and what was seen."""
    for verdict in found:
        said = verdicts.said(verdict)
        mark = _MARKS[verdict.state]
        if verdict.state is State.OK and not said.action:
            yield f"{mark} {said.title}: {said.text}"
            continue
        yield f"{mark} {said.title} ({verdicts.state(verdict.state)})"
        yield _INDENT + said.text
        if said.action:
            yield f"{_INDENT}→ {said.action}"
        if verdict.state in (State.PROBLEM, State.WARNING):
            yield from (f"{_INDENT}{seen.call}: {seen.answer}" for seen in verdict.evidence)


def _rest(found: Sequence[Verdict]) -> Iterator[str]:
    """Titles that share a reason stand together."""
    by_reason: dict[str, list[str]] = {}
    for verdict in found:
        said = verdicts.said(verdict)
        by_reason.setdefault(said.text, []).append(said.title)
    for reason, titles in by_reason.items():
        yield f"- {' · '.join(titles)}"
        yield _INDENT + reason


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
