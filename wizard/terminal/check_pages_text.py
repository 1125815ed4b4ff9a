"""Many Pages as lines on a terminal: each as it comes, and at the end what is wrong, kind by kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from wizard.core.checked import CheckedPage
from wizard.core.diagnosis import PageOutcome
from wizard.core.verdict import State
from wizard.i18n.language import _, ngettext
from wizard.i18n.lists import listed
from wizard.report.head import Counts, ReportHeader, compared_sentence, sentence
from wizard.report.since import Comparison
from wizard.report.view import PageView, gone_pages, views
from wizard.words.headlines import step_for

_MARKS = {State.PROBLEM: "✗", State.WARNING: "!", State.OK: "✓", State.UNKNOWN: "?", State.NOT_CHECKED: "-"}
_EXAMPLES = 3  # Pages that are named for one kind of finding
_LONGEST = 160  # characters of a Page's line
_INDENT = "  "


@dataclass(slots=True)
class _PageFinding:
    """One kind of finding. text: as it is said of the first Page that has it."""

    title: str
    text: str
    action: str
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, page: PageView) -> None:
        self.count += 1
        if self.count <= _EXAMPLES:
            self.examples.append(_name(page))

    def lines(self, mark: str) -> Iterator[str]:
        yield f"{mark} {self.title.rstrip('.')}: " + ngettext("{count} Page", "{count} Pages", self.count).format(
            count=self.count
        )
        if self.text:
            yield f"{_INDENT}{self.text}"
        if self.action:
            yield f"{_INDENT}→ {self.action}"
        more = self.count - len(self.examples)
        named = listed(self.examples)
        told = ngettext("{pages} and {count} more", "{pages} and {count} more", more)
        yield _INDENT + (told.format(pages=named, count=more) if more else named)


def stream(pages: Iterable[CheckedPage], head: ReportHeader) -> Iterator[str]:
    """Yield a line for each Page as it comes, then the findings. How many findings there can be does not depend on the
    number of Pages: there is one for each check and reason."""
    comparison = Comparison(head.since) if head.since is not None else None
    counts = Counts()
    findings: dict[tuple[State, str, str], _PageFinding] = {}
    for page in views(pages, head.include_personal_data, comparison, head.made_at):
        counts.add(page)
        _note(findings, page)
        yield _line(page) + "\n"
    is_complete = head.is_complete()
    for state, mark in ((State.PROBLEM, "✗"), (State.NOT_CHECKED, "-"), (State.WARNING, "!")):
        of_state = [finding for (its_state, _check, _reason), finding in findings.items() if its_state is state]
        for finding in sorted(of_state, key=lambda each: -each.count):
            yield "\n" + "\n".join(finding.lines(mark)) + "\n"
    for gone in gone_pages(comparison, is_complete):
        yield f"- {gone.name or gone.id}: {_('in the earlier report only')}\n"
    if comparison is not None:
        yield f"\n{compared_sentence(counts)}\n"
    yield f"\n{sentence(counts, is_complete)}\n"


def _note(findings: dict[tuple[State, str, str], _PageFinding], page: PageView) -> None:
    for cause in page.causes:
        row, told = cause.row, cause.advice
        finding = _PageFinding(row.title, row.text, step_for(told.who, told.action))
        findings.setdefault((row.state, row.check, row.reason), finding).add(page)
    trouble, head = page.not_checked, page.headline
    if trouble is not None and not page.causes:
        key = (head.state, trouble.kind, f"{trouble.code}/{trouble.subcode}")
        findings.setdefault(key, _PageFinding(trouble.title, "", trouble.action)).add(page)


def _line(page: PageView) -> str:
    """ "✗ Lumen Coffee 04 (118400029240348): Flow bot receives no messages, because …" """
    head = page.headline
    told = page.not_checked.title if head.outcome is PageOutcome.NOT_FOUND_OUT and page.not_checked else head.text
    line = " ".join(
        part for part in (f"{_MARKS[head.state]} {_name(page)}:", told, head.note, page.change_text) if part
    )
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _name(page: PageView) -> str:
    return f"{page.name} ({page.id})" if page.name and page.id else page.label
