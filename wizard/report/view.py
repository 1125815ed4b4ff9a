"""One checked Page in words, fit to show: what all forms of the report share, so that none can say or hide more."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from wizard.checks.diagnosis import diagnosis
from wizard.core.checked import CheckedPage
from wizard.core.diagnosis import Cause, Diagnosis
from wizard.core.facts import App, Control, OwnerReading
from wizard.core.redact import printable
from wizard.core.verdict import Evidence, State, Verdict
from wizard.i18n.language import _
from wizard.report import phrases
from wizard.report.privacy import Clean, cleaner, people
from wizard.report.shown import shown
from wizard.report.since import Comparison, Direction, EarlierPage, PageChange, PageChanges, VerdictChange
from wizard.words import errors, verdicts
from wizard.words.customer import customer_text
from wizard.words.headlines import Advice, Headline, advice, headline_of
from wizard.words.who_answers import WhoAnswers, of_page


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One verdict. at: Unix seconds of its newest evidence, 0.0 where it rests on no call. change_text: "" where as
    before, or where nothing is compared."""

    check: str
    state: State
    reason: str
    title: str
    text: str
    action: str
    evidence: tuple[Evidence, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    at: float = 0.0
    change: VerdictChange | None = None
    change_text: str = ""


@dataclass(frozen=True, slots=True)
class CauseView:
    """A problem or warning, what to do about it, and the rows that only follow from it."""

    row: VerdictRow
    advice: Advice
    therefore: tuple[VerdictRow, ...] = ()


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Why nothing could be asked about a Page."""

    kind: str
    call: str
    code: int | None
    subcode: int | None
    title: str
    action: str


@dataclass(frozen=True, slots=True)
class ConversationView:
    """Who has control of one conversation. person: "person-1", or a PSID; name: "" unless asked for. app: of those that
    have control, None where it was not shown. until: Unix seconds at which control ends, None where not told."""

    person: str
    name: str
    control: Control
    app: App | None
    at: float
    until: int | None


@dataclass(frozen=True)
class PageView:
    """number: 1 for the first Page of the report. source: the file it was read from, "" without one. rows: verdicts in
    the order of the list of checks."""

    number: int
    id: str
    name: str
    bot: App | None
    live_chat: App | None
    saved_app_id: str
    at: float
    source: str
    checked: CheckedPage  # fit to show
    diagnosis: Diagnosis
    headline: Headline
    rows: tuple[VerdictRow, ...]
    conversations: tuple[ConversationView, ...]
    not_checked: NotAsked | None = None
    change: PageChange | None = None
    change_text: str = ""
    gone: tuple[str, ...] = ()
    now: float = 0.0

    @property
    def label(self) -> str:
        """The name where there is one; the ID tells two Pages of one name apart and stands beside it."""
        return self.name or self.id or self.source or _("A Page without a name")

    @cached_property
    def who_answers(self) -> WhoAnswers | None:
        """Who has the conversations that were looked at, None where none were."""
        return of_page(self.checked)

    @cached_property
    def causes(self) -> tuple[CauseView, ...]:
        """Problems first, then warnings, each with its consequences."""
        return tuple(self._cause(cause) for cause in self.diagnosis.causes)

    def _cause(self, cause: Cause) -> CauseView:
        rows = {row.check: row for row in self.rows}
        therefore = tuple(rows[one.check] for one in cause.therefore)
        return CauseView(rows[cause.verdict.check], advice(cause, self.checked.answers), therefore)

    @cached_property
    def others(self) -> tuple[VerdictRow, ...]:
        """The rows that are no cause, and follow from none."""
        told = {row.check for cause in self.causes for row in (cause.row, *cause.therefore)}
        return tuple(row for row in self.rows if row.check not in told)

    def cause_of(self, row: VerdictRow) -> str:
        """The id of the check from which this row only follows, "" where it stands for itself."""
        return next((cause.row.check for cause in self.causes if row in cause.therefore), "")

    @cached_property
    def letter(self) -> str:
        """What to send to the customer, "" where nothing is to be sent."""
        return customer_text(self.checked, self.now)

    def with_state(self, *states: State) -> tuple[VerdictRow, ...]:
        return tuple(row for row in self.rows if row.state in states)

    def row(self, check: str) -> VerdictRow | None:
        return next((row for row in self.rows if row.check == check), None)

    @property
    def got_better(self) -> bool:
        return self._has(Direction.BETTER)

    @property
    def got_worse(self) -> bool:
        return self._has(Direction.WORSE)

    def _has(self, direction: Direction) -> bool:
        return any(row.change is not None and row.change.direction is direction for row in self.rows)


def views(
    pages: Iterable[CheckedPage], include_personal_data: bool, comparison: Comparison | None, now: float
) -> Iterator[PageView]:
    """Yield each Page as it comes; nothing of the earlier ones is kept. now: Unix seconds; what was seen ages."""
    for number, page in enumerate(pages, start=1):
        yield view(page, now, number, include_personal_data, comparison)


def view(
    page: CheckedPage,
    now: float,
    number: int = 1,
    include_personal_data: bool = False,
    comparison: Comparison | None = None,
) -> PageView:
    clean = cleaner(page, include_personal_data)
    found = comparison.compare(page) if comparison is not None else None
    answers, checked = page.answers, shown(page)
    diagnosed = diagnosis(checked, now)
    return PageView(
        number=number,
        id=clean(answers.page_id),
        name=clean(answers.page_name).strip(),
        bot=_app(answers.bot, clean),
        live_chat=_app(answers.live_chat, clean),
        saved_app_id=clean(answers.saved_app_id),
        at=page.at,
        source=checked.source,
        checked=checked,
        diagnosis=diagnosed,
        headline=headline_of(diagnosed, checked.answers, checked.source),
        rows=tuple(_row(verdict, clean, found) for verdict in page.verdicts),
        conversations=tuple(_conversations(page, clean, include_personal_data)),
        not_checked=_trouble(page, clean),
        change=found.page if found else None,
        change_text=phrases.of_page(found.page) if found else "",
        gone=tuple(clean(check) for check in found.gone) if found else (),
        now=now,
    )


def gone_pages(comparison: Comparison | None, is_complete: bool) -> tuple[EarlierPage, ...]:
    """The Pages that are in the earlier report only, fit to show; none after a run that did not reach all of them."""
    if comparison is None or not is_complete:
        return ()
    return tuple(EarlierPage(printable(page.id), printable(page.name), page.was) for page in comparison.gone())


def _row(verdict: Verdict, clean: Clean, found: PageChanges | None) -> VerdictRow:
    """Values are cleaned before they fill a sentence: a person who is called "Page" hides no word of ours."""
    shown = replace(verdict, about=tuple((key, clean(value)) for key, value in verdict.about))
    said = verdicts.said(shown)
    change = found.verdicts.get(verdict.check) if found else None
    return VerdictRow(
        check=verdict.check,
        state=verdict.state,
        reason=verdict.reason,
        title=said.title,
        text=said.text,
        action=said.action,
        evidence=tuple(Evidence(clean(seen.call), clean(seen.answer), seen.at) for seen in verdict.evidence),
        about=shown.about,
        at=max((seen.at for seen in verdict.evidence), default=0.0),
        change=change,
        change_text=phrases.of_verdict(change) if change else "",
    )


def _trouble(page: CheckedPage, clean: Clean) -> NotAsked | None:
    failure = page.not_checked
    if failure is None:
        return None
    said = errors.explain(failure)
    return NotAsked(
        failure.kind.value, clean(failure.call), failure.code, failure.subcode, clean(said.title), clean(said.action)
    )


def _app(app: App | None, clean: Clean) -> App | None:
    return App(clean(app.id), clean(app.name).strip(), app.origin) if app is not None else None


def _conversations(page: CheckedPage, clean: Clean, include_personal_data: bool) -> Iterator[ConversationView]:
    """The newest reading of each conversation."""
    listed = page.facts.conversations.value if page.facts.conversations and page.facts.conversations.value else ()
    names = {conversation.psid: conversation.person_name for conversation in listed}
    newest: dict[str, OwnerReading] = {}
    for reading in sorted(page.facts.owners, key=lambda reading: reading.at):
        newest[reading.psid] = reading
    for number, psid in enumerate(people(page.facts), start=1):
        if (last := newest.get(psid)) is not None:
            yield ConversationView(
                person=clean(psid) if include_personal_data else f"person-{number}",
                name=clean(names.get(psid, "")) if include_personal_data else "",
                control=last.control,
                app=_app(_owner(page, last.app_id), clean) if last.control is Control.APP else None,
                at=last.at,
                until=last.expires_at,
            )


def _owner(page: CheckedPage, app_id: str) -> App:
    known = [app for app in (page.answers.bot, page.answers.live_chat, page.answers.token_app) if app is not None]
    name = next((app.name for app in known if app.id == app_id and app.name), "")
    return App(app_id, name or dict(page.facts.app_names).get(app_id, ""))
