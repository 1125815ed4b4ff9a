"""What `check` shows on a terminal: of each Page first what it comes to, then the rest, then what to send on."""

from collections.abc import Iterator, Sequence

from wizard.core.checked import CheckReport
from wizard.core.diagnosis import WORST_FIRST, Lacking
from wizard.core.facts import App
from wizard.core.verdict import State
from wizard.i18n.language import _
from wizard.report import phrases
from wizard.report.head import Counts, sentence
from wizard.report.since import Comparison, EarlierReport, PageChange
from wizard.report.view import CauseView, PageView, VerdictRow, gone_pages, views
from wizard.words import evidence, verdicts, who_answers
from wizard.words.asking import app_name
from wizard.words.customer import nothing_to_send
from wizard.words.guides import SettingPath, way_lines
from wizard.words.headlines import step_for
from wizard.words.moments import clock_time

_MARKS = {State.OK: "✓", State.WARNING: "!", State.PROBLEM: "✗", State.UNKNOWN: "?", State.NOT_CHECKED: "-"}
_INDENT = "  "


def text(report: CheckReport) -> str:
    """The whole report as lines, the worst Pages first. No token, no name and no PSID of a person is in it, and nothing
    that steers a terminal."""
    pages = sorted(
        views(report.pages, False, None, report.made_at), key=lambda page: WORST_FIRST.index(page.headline.state)
    )
    counts = Counts()
    for page in pages:
        counts.add(page)
    summary = [sentence(counts, report.is_complete)] if len(pages) > 1 else []
    return "\n\n".join([*summary, *("\n".join(_page(page)) for page in pages)]) + "\n"


def _page(page: PageView) -> Iterator[str]:
    head = page.headline
    yield f"{_MARKS[head.state]} {head.line}"
    yield from _step(head.next_step, head.way)
    if page.diagnosis.lacking is Lacking.LOOK:
        yield f"{_INDENT}  --look-at-conversations"
    yield ""
    checked = _("{page}, checked on {time}").format(page=page.label, time=clock_time(page.at))
    yield f"{checked} ({page.source})" if page.source else checked
    for role, app in ((_("Answers first"), page.bot), (_("Takes over"), page.live_chat)):
        if app is not None:
            yield _INDENT + _app(role, app)
    for cause in page.causes:
        yield from _cause(cause, is_first=cause is page.causes[0])
    yield from _blocks([row for row in page.others if row.state is not State.NOT_CHECKED])
    if (seen := who_answers.of_page(page.checked)) is not None:
        yield ""
        yield seen.title
        yield from (_INDENT + row for row in seen.rows)
    if left_out := [row for row in page.others if row.state is State.NOT_CHECKED]:
        yield ""
        yield _("Not checked")
        yield from _rest(left_out)
    yield ""
    yield _("To send to the customer")
    yield from (f"{_INDENT}{line}".rstrip() for line in (page.letter or nothing_to_send()).splitlines())


def _app(role: str, app: App) -> str:
    return _("{role}: {app} (App ID {id})").format(role=role, app=app_name(app), id=app.id)


def _step(step: str, way: SettingPath | None) -> Iterator[str]:
    if step:
        yield f"{_INDENT}→ {step}"
    yield from (f"{_INDENT}  {line}" for line in way_lines(way))


def _cause(cause: CauseView, is_first: bool) -> Iterator[str]:
    """What was found and seen, and under it what only follows. What to do about the first stands in the headline."""
    row, told = cause.row, cause.advice
    yield f"{_MARKS[row.state]} {row.title} ({verdicts.state(row.state)})"
    yield _INDENT + row.text
    if not is_first:
        yield from _step(step_for(told.who, told.action), told.way)
    if (row.check, row.reason) == ("token.owner", "not_said"):
        app_id = dict(row.about)["app_id"]
        yield _INDENT + _("Say it with {option} or {other}.").format(
            option=f"--bot {app_id}", other=f"--live-chat {app_id}"
        )
    yield from (f"{_INDENT}{evidence.call(seen.call)}: {evidence.answer(seen.answer)}" for seen in row.evidence)
    if told_too := phrases.follows([one.title for one in cause.therefore]):
        yield _INDENT + told_too


def _blocks(found: Sequence[VerdictRow]) -> Iterator[str]:
    """One line for each that is well; else what was checked, what was found, and what to do."""
    for row in found:
        if row.state is State.OK and not row.action:
            yield f"{_MARKS[row.state]} {row.title}: {row.text}"
            continue
        yield f"{_MARKS[row.state]} {row.title} ({verdicts.state(row.state)})"
        yield _INDENT + row.text
        if row.action:
            yield f"{_INDENT}→ {row.action}"


def _rest(found: Sequence[VerdictRow]) -> Iterator[str]:
    """Titles that share a reason stand together."""
    by_reason: dict[str, list[str]] = {}
    for row in found:
        by_reason.setdefault(row.text, []).append(row.title)
    for reason, titles in by_reason.items():
        yield f"- {' · '.join(titles)}"
        yield _INDENT + reason


def changes(report: CheckReport, earlier: EarlierReport) -> Iterator[str]:
    """Lines about what is not as it was then; one line where all is."""
    yield _("Since the earlier report")
    comparison = Comparison(earlier)
    nothing = True
    for page in views(report.pages, False, comparison, report.made_at):
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
