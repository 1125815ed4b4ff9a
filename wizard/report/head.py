"""What belongs to a whole report, and what it comes to."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from wizard.core.verdict import State
from wizard.i18n.language import _, ngettext
from wizard.report.overall import Overall
from wizard.report.since import EarlierReport
from wizard.report.view import PageView

WORST_FIRST = (State.PROBLEM, State.WARNING, State.UNKNOWN, State.NOT_CHECKED, State.OK)


@dataclass(frozen=True, slots=True)
class ReportHeader:
    """made_at: Unix seconds of this machine. program: version of the wizard. is_complete: asked after the last Page,
    False where the run was stopped before its end."""

    made_at: float
    program: str
    include_personal_data: bool = False
    since: EarlierReport | None = None
    is_complete: Callable[[], bool] = lambda: True


@dataclass(slots=True)
class Counts:
    """Numbers of Pages: with each worst state, with each result, and those that could not be asked about at all.

    partly_read: those without a problem or warning of which a call failed."""

    pages: int = 0
    states: Counter[State] = field(default_factory=Counter)
    overall: Counter[Overall] = field(default_factory=Counter)
    unreachable: int = 0
    partly_read: int = 0
    better: int = 0
    worse: int = 0

    def add(self, page: PageView) -> None:
        self.pages += 1
        self.better += page.got_better
        self.worse += page.got_worse
        self.overall[page.overall] += 1
        if page.not_checked is not None:
            self.unreachable += 1
        else:
            self.states[page.worst] += 1
            self.partly_read += page.overall is Overall.UNKNOWN and page.is_partly_read


def sentence(counts: Counts, is_complete: bool) -> str:
    """What the report comes to, in one or two sentences."""
    if not counts.pages:
        return _("No Page was checked.") if is_complete else _("The check was stopped before the first Page.")
    parts = []
    if checked := counts.pages - counts.unreachable:
        parts.append(
            ngettext("{count} Page was checked.", "{count} Pages were checked.", checked).format(count=checked)
        )
        if problems := counts.states[State.PROBLEM]:
            parts.append(ngettext("{count} has a problem.", "{count} have a problem.", problems).format(count=problems))
        elif counts.partly_read < checked:
            parts.append(_("No problem was found."))
        if partly := counts.partly_read:
            more = ngettext(
                "{count} was read only in part, so problems may be unseen.",
                "{count} were read only in part, so problems may be unseen.",
                partly,
            )
            parts.append(more.format(count=partly))
    if warnings := counts.states[State.WARNING]:
        more = ngettext("{count} needs a look.", "{count} need a look.", warnings)
        parts.append(more.format(count=warnings))
    if counts.unreachable:
        more = ngettext("{count} Page could not be checked.", "{count} Pages could not be checked.", counts.unreachable)
        parts.append(more.format(count=counts.unreachable))
    if not is_complete:
        parts.append(_("The check was stopped before its end, so some Pages are missing."))
    return " ".join(parts)


def compared_sentence(counts: Counts) -> str:
    better = ngettext("{count} Page got better", "{count} Pages got better", counts.better).format(count=counts.better)
    worse = ngettext("{count} got worse", "{count} got worse", counts.worse).format(count=counts.worse)
    # Translators: "2 Pages got better, 1 got worse."
    return _("{better}, {worse}.").format(better=better, worse=worse)
