"""What got better and what got worse between an earlier report and this check. Pure: `earlier` reads the file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from wizard.core.checked import CheckedPage
from wizard.core.verdict import State, Verdict

PageKey = tuple[str, int]  # Page ID and its how-maniest mention: one Page may be checked for two set-ups
Was = tuple[State, str]  # state and reason of a verdict then


class Direction(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    UNCLEAR = "unclear"  # it was known, and cannot be told now
    OTHER_REASON = "other_reason"  # as bad as before, for another reason
    NEW = "new"  # the earlier report has no such check


class PageChange(StrEnum):
    SAME = "same"  # in both reports: its verdicts are compared one by one
    NEW = "new"
    NOW_CHECKED = "now_checked"  # nothing could be asked about it then
    NOT_CHECKED_NOW = "not_checked_now"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class EarlierPage:
    """was: None where nothing could be asked about the Page then."""

    id: str
    name: str
    was: Mapping[str, Was] | None


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """What a comparison needs of an earlier report. made_at: Unix seconds. is_complete: it has all its Pages."""

    made_at: float
    pages: Mapping[PageKey, EarlierPage]
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """before: None with Direction.NEW."""

    direction: Direction
    before: State | None = None


@dataclass(frozen=True, slots=True)
class PageChanges:
    """verdicts: changes by check id, nothing for what is as before. gone: ids of checks that are not made any more."""

    page: PageChange
    verdicts: Mapping[str, VerdictChange] = field(default_factory=dict)
    gone: tuple[str, ...] = ()


_HOW_BAD = {State.OK: 0, State.WARNING: 1, State.PROBLEM: 2}


def change(was: Was, now: Verdict) -> VerdictChange | None:
    """Return how a verdict changed, None where it is as before. "Cannot tell" and "not checked" count as one."""
    before, reason = was
    then, today = _HOW_BAD.get(before), _HOW_BAD.get(now.state)
    if today is None:
        return None if then is None else VerdictChange(Direction.UNCLEAR, before)
    if then is None:
        return VerdictChange(Direction.WORSE if today else Direction.BETTER, before)
    if then == today:
        return VerdictChange(Direction.OTHER_REASON, before) if today and reason != now.reason else None
    return VerdictChange(Direction.BETTER if today < then else Direction.WORSE, before)


class Comparison:
    """Compares Pages as they come, in any order. Remembers which it saw, so that `gone` can tell the rest."""

    def __init__(self, earlier: EarlierReport) -> None:
        self.earlier = earlier
        self._mentions: Counter[str] = Counter()

    def compare(self, page: CheckedPage) -> PageChanges:
        """Call once for each checked Page."""
        page_id = page.answers.page_id
        self._mentions[page_id] += 1
        earlier = self.earlier.pages.get((page_id, self._mentions[page_id]))
        if earlier is None:
            return PageChanges(PageChange.NEW)
        if page.not_checked is not None:
            return PageChanges(PageChange.SAME if earlier.was is None else PageChange.NOT_CHECKED_NOW)
        if earlier.was is None:
            return PageChanges(PageChange.NOW_CHECKED)
        return _compared(earlier.was, page.verdicts)

    def gone(self) -> tuple[EarlierPage, ...]:
        """Return the Pages of the earlier report that did not come. Only true once all Pages have come."""
        return tuple(page for (page_id, at), page in self.earlier.pages.items() if at > self._mentions[page_id])


def _compared(was: Mapping[str, Was], verdicts: Sequence[Verdict]) -> PageChanges:
    changes = {}
    for verdict in verdicts:
        before = was.get(verdict.check)
        found = change(before, verdict) if before is not None else VerdictChange(Direction.NEW)
        if found is not None:
            changes[verdict.check] = found
    checks = {verdict.check for verdict in verdicts}
    return PageChanges(PageChange.SAME, changes, tuple(check for check in was if check not in checks))
