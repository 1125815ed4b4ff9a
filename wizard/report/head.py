"""What belongs to a whole report, and what it comes to."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from wizard.core.diagnosis import PageOutcome
from wizard.core.verdict import State
from wizard.i18n.language import _, ngettext
from wizard.report.since import EarlierReport
from wizard.report.view import PageView

WORST_FIRST = (State.PROBLEM, State.WARNING, State.UNKNOWN, State.NOT_CHECKED, State.OK)
"""Of checks. Pages stand in the order of `PageOutcome`."""


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
    """Numbers of Pages: with each outcome, and with a warning among those on which nothing wrong was seen."""

    pages: int = 0
    outcomes: Counter[PageOutcome] = field(default_factory=Counter)
    warnings: int = 0
    better: int = 0
    worse: int = 0
    headline: str = ""  # of the last Page

    def add(self, page: PageView) -> None:
        self.headline = page.headline.line
        self.better += page.got_better
        self.worse += page.got_worse
        self.add_outcome(page.headline.outcome, page.headline.state)

    def add_outcome(self, outcome: PageOutcome, state: State) -> None:
        """state: `Diagnosis.state` of the same Page."""
        self.pages += 1
        self.outcomes[outcome] += 1
        self.warnings += state is State.WARNING


def sentence(counts: Counts, is_complete: bool) -> str:
    """What the report comes to: the headline of its only Page, else a few short sentences, and every Page is counted in
    exactly one of them."""
    if not counts.pages:
        return _("No Page was checked.") if is_complete else _("The check was stopped before the first Page.")
    pages, found = counts.pages, counts.outcomes
    if pages == 1 and is_complete and counts.headline:
        return counts.headline
    parts = [ngettext("{count} Page.", "{count} Pages.", pages).format(count=pages)]
    if wrong := found[PageOutcome.WRONG]:
        parts.append(ngettext("{count} has a problem.", "{count} have a problem.", wrong).format(count=wrong))
    if unknown := found[PageOutcome.NOT_FOUND_OUT]:
        more = ngettext("{count} could not be checked.", "{count} could not be checked.", unknown)
        parts.append(more.format(count=unknown))
    if counts.warnings:
        more = ngettext("{count} needs a look.", "{count} need a look.", counts.warnings)
        parts.append(more.format(count=counts.warnings))
    if quiet := found[PageOutcome.NOT_PROVEN] - counts.warnings:
        more = ngettext(
            "On {count} nothing wrong was seen, but the handover is not proven.",
            "On {count} nothing wrong was seen, but the handover is not proven.",
            quiet,
        )
        parts.append(more.format(count=quiet))
    if works := found[PageOutcome.WORKS]:
        more = ngettext("{count} works, proven by a test.", "{count} work, proven by a test.", works)
        parts.append(more.format(count=works))
    if not is_complete:
        parts.append(_("The check was stopped before its end, so some Pages are missing."))
    return " ".join(parts)


def compared_sentence(counts: Counts) -> str:
    better = ngettext("{count} Page got better", "{count} Pages got better", counts.better).format(count=counts.better)
    worse = ngettext("{count} got worse", "{count} got worse", counts.worse).format(count=counts.worse)
    # Translators: "2 Pages got better, 1 got worse."
    return _("{better}, {worse}.").format(better=better, worse=worse)
