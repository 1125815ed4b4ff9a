"""Changes since an earlier report, in words."""

from wizard.core.verdict import State
from wizard.report.since import Change, Direction, PageChange
from wizard.words.language import _
from wizard.words.verdicts import state


def of_verdict(change: Change) -> str:
    before = state(change.before or State.NOT_CHECKED)
    sentence = {
        Direction.BETTER: _("Better: it was “{before}” in the earlier report."),
        Direction.WORSE: _("Worse: it was “{before}” in the earlier report."),
        Direction.UNCLEAR: _("It was “{before}” in the earlier report, and is not known now."),
        Direction.OTHER_REASON: _("It was “{before}” in the earlier report, too, but for another reason."),
        Direction.NEW: _("The earlier report did not check this."),
    }[change.direction]
    return sentence.format(before=before)


def of_page(change: PageChange) -> str:
    """ "" for a Page that is in both reports: its verdicts tell."""
    return {
        PageChange.SAME: "",
        PageChange.NEW: _("This Page is not in the earlier report."),
        PageChange.NOW_CHECKED: _("The earlier report could not check this Page."),
        PageChange.NOT_CHECKED_NOW: _("The earlier report could check this Page."),
        PageChange.GONE: _("It is in the earlier report only."),
    }[change]


def word(direction: Direction) -> str:
    """One or two words, to stand beside a sign."""
    return {
        Direction.BETTER: _("Better"),
        Direction.WORSE: _("Worse"),
        Direction.UNCLEAR: _("Not known now"),
        Direction.OTHER_REASON: _("Other reason"),
        Direction.NEW: _("New check"),
    }[direction]
