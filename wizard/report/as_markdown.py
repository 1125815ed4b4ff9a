"""The report as Markdown, for tickets and chats: readable as it stands, and when it is rendered."""

import re
from collections.abc import Iterable, Iterator, Sequence

from wizard.core.checked import CheckedPage
from wizard.core.verdict import State
from wizard.core.world import World
from wizard.i18n.language import _
from wizard.report import phrases
from wizard.report.head import Counts, ReportHeader, compared_sentence, sentence
from wizard.report.since import Comparison, EarlierPage, PageChange
from wizard.report.spool import Spool, spool, worst_first
from wizard.report.times import for_people, zone
from wizard.report.view import CauseView, ConversationView, PageView, VerdictRow, gone_pages, views
from wizard.words import verdicts
from wizard.words.headlines import outcome, step_for
from wizard.words.moments import of_date

_SIGNS = {State.OK: "✓", State.WARNING: "⚠", State.PROBLEM: "✗", State.UNKNOWN: "?", State.NOT_CHECKED: "–"}
# What begins something in CommonMark or in GitHub's tables, wherever it stands in a line.
_SPECIAL = re.compile(r"([\\`*{}\[\]<>#|~&!]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))")
# What is made a link without any mark around it; an entity shows the same and is left alone.
_LINKED = re.compile(r"(?i)(?<=[a-z])(:)(?=//)|(?<=www)(\.)")
# What begins a list, a rule or a heading where it begins a line.
_LEADING = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))")


def escaped(text: str) -> str:
    """Return a text that shows as it is, on one line, wherever it stands."""
    plain = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    plain = _LINKED.sub(lambda found: "&#58;" if found[1] else "&#46;", plain)
    return _LEADING.sub(lambda found: f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}", plain)


def stream(pages: Iterable[CheckedPage], head: ReportHeader) -> Iterator[str]:
    """Yield the report. The Pages wait on the disk, for what stands above them sums them up."""
    comparison = Comparison(head.since) if head.since is not None else None
    counts = Counts()
    with spool() as changed, worst_first() as table, worst_first() as sections:
        for page in views(pages, head.include_personal_data, comparison, head.made_at):
            counts.add(page)
            changed.write(_changed(page))
            table.write(page.headline.state, _table_row(page))
            sections.write(page.headline.state, _section(page, head))
        is_complete = head.is_complete()
        yield f"# {_('Messenger handover: what the check found')}\n\n"
        yield f"**{escaped(sentence(counts, is_complete))}**\n\n{_made(head)}\n"
        if comparison is not None:
            yield from _changes(changed, gone_pages(comparison, is_complete), counts, comparison)
        if counts.pages > 1:
            yield f"\n## {_('All Pages')}\n\n| {_('Page')} | {_('Page ID')} | {_('Result')} | {_('What was found')} |\n"
            yield "| --- | --- | --- | --- |\n"
            yield from table.pieces()
        yield from sections.pieces()


def _made(head: ReportHeader) -> str:
    made = _("Made on {time} with Messenger Handover Wizard {program}. Times are in {zone}.")
    return made.format(time=for_people(head.made_at, head.made_at), program=head.program, zone=zone(head.made_at))


def _changes(changed: Spool, gone: Sequence[EarlierPage], counts: Counts, comparison: Comparison) -> Iterator[str]:
    then = for_people(comparison.earlier.made_at, comparison.earlier.made_at)
    yield f"\n## {_('What changed since {time}').format(time=then)}\n\n{compared_sentence(counts)}\n\n"
    yield from changed.pieces()
    for page in gone:
        yield f"- {escaped(page.name or page.id)} ({escaped(page.id)}): {phrases.of_page(PageChange.GONE)}\n"


def _changed(page: PageView) -> str:
    lines = [f"- {_name(page)}: {page.change_text}\n"] if page.change_text else []
    lines += [
        f"- {_name(page)}, {escaped(row.title)}: {escaped(verdicts.state(row.state))}. {escaped(row.change_text)}\n"
        for row in page.rows
        if row.change_text
    ]
    lines += [f"- {_name(page)}, {escaped(check)}: {phrases.not_made_any_more()}\n" for check in page.gone]
    return "".join(lines)


def _table_row(page: PageView) -> str:
    found = page.headline
    result = f"{_SIGNS[found.state]} {outcome(found.outcome)}"
    text = escaped(f"{found.text} {found.note}".rstrip())
    return f"| {escaped(page.label)} | {escaped(page.id)} | {result} | {text} |\n"


def _section(page: PageView, head: ReportHeader) -> str:
    lines = [f"\n## {_name(page)}\n", *_headline(page)]
    if page.at:
        checked = _("Checked on {time}.").format(time=for_people(page.at, head.made_at))
        source = " " + _("From {file}.").format(file=escaped(page.source)) if page.source else ""
        lines.append(f"{checked}{source}\n")
    if page.change_text:
        lines.append(f"{page.change_text}\n")
    for role, app in ((_("Answers first"), page.bot), (_("Takes over"), page.live_chat)):
        if app is not None:
            lines.append(f"- {role}: **{escaped(app.name or app.id)}** ({_('App ID {id}').format(id=escaped(app.id))})")
    if page.bot is not None or page.live_chat is not None:
        lines.append("")
    for cause in page.causes:
        lines += _item(cause, head)
    if page.causes:
        lines.append("")
    if others := page.others:
        lines += [f"| {_('State')} | {_('Check')} | {_('Found')} | {_('Seen')} |", "| --- | --- | --- | --- |"]
        lines += [_row(row, head) for row in others]
        lines.append("")
    if (seen := page.who_answers) is not None:
        lines += [f"{escaped(seen.title)}\n", *(f"- {escaped(row)}" for row in seen.rows), ""]
    lines += [_conversation(conversation, head) for conversation in page.conversations]
    return "\n".join(lines).rstrip("\n") + "\n"


def _headline(page: PageView) -> list[str]:
    """What the Page comes to, who does what, and the known way there."""
    found = page.headline
    lines = [f"**{_SIGNS[found.state]} {escaped(found.line)}**\n"]
    if found.next_step:
        lines.append(f"→ {escaped(found.next_step)}\n")
    if (way := found.way) is not None:
        lines += [f"{number}. {escaped(step)}" for number, step in enumerate(way.steps, start=1)]
        link = f"<{World().link(way.link)}> " if way.link else ""
        lines.append(f"\n{link}{_('(as of {date})').format(date=of_date(way.as_of))}\n")
    return lines


def _item(cause: CauseView, head: ReportHeader) -> list[str]:
    """Two spaces keep each line in the item; the mark at the end of a line keeps the lines apart."""
    row, step = cause.row, step_for(cause.advice.who, cause.advice.action)
    found = [f"- {_state(row.state)}: **{escaped(row.title)}**", escaped(row.text)]
    if step:
        found.append(f"{_('Do this:')} **{escaped(step)}**")
    found.append(escaped(phrases.follows([one.title for one in cause.therefore])))
    found += [f"{_('Seen:')} {escaped(line)}" for line in phrases.seen(row.evidence, head.made_at)]
    if row.change_text:
        found.append(escaped(row.change_text))
    return ["\\\n  ".join(part for part in found if part)]


def _row(row: VerdictRow, head: ReportHeader) -> str:
    found = " ".join(escaped(part) for part in (row.text, row.action, row.change_text) if part)
    seen = "; ".join(escaped(line) for line in phrases.seen(row.evidence, head.made_at)) or "–"
    return f"| {_state(row.state)} | {escaped(row.title)} | {found} | {seen} |"


def _conversation(conversation: ConversationView, head: ReportHeader) -> str:
    person = f"{conversation.name} ({conversation.person})" if conversation.name else conversation.person
    when = for_people(conversation.at, head.made_at)
    return f"- {escaped(person)}: {escaped(phrases.control(conversation.control, conversation.app))} ({when})"


def _state(state: State) -> str:
    return f"{_SIGNS[state]} {verdicts.state(state)}"


def _name(page: PageView) -> str:
    return f"{escaped(page.name)} ({escaped(page.id)})" if page.name and page.id else escaped(page.label)
