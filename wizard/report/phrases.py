"""Sentences that only reports need: what changed, what a verdict rests on, who has control."""

from collections.abc import Sequence

from wizard.core.facts import App, Control
from wizard.core.verdict import Evidence, State
from wizard.i18n.language import _, ngettext
from wizard.report.since import Direction, PageChange, VerdictChange
from wizard.report.times import for_people
from wizard.words import evidence as words
from wizard.words.verdicts import state

_MOST_NAMED = 6  # checks


def of_verdict(change: VerdictChange) -> str:
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


def seen(evidence: Sequence[Evidence], made_at: float) -> list[str]:
    """What a verdict rests on: "GET me/thread_owner: an empty list, 22 Nov 2026, 15:04"."""
    return [
        f"{words.call(one.call)}: {words.answer(one.answer)}" + (f", {for_people(one.at, made_at)}" if one.at else "")
        for one in evidence
    ]


def follows(titles: Sequence[str]) -> str:
    """What only follows from a cause, "" where nothing does. titles: of the checks; a dead token silences all others,
    and then their number is enough."""
    if not titles:
        return ""
    if len(titles) > _MOST_NAMED:
        told = ngettext(
            "Follows from this: {count} more check could not be made.",
            "Follows from this: {count} more checks could not be made.",
            len(titles),
        )
        return told.format(count=len(titles))
    return _("Follows from this: {checks}").format(checks=" · ".join(titles))


def control(of: Control, app: App | None) -> str:
    """app: None unless of is Control.APP."""
    if app is not None:
        name = f"{app.name} ({app.id})" if app.name else app.id
        return _("{app} has control").format(app=name)
    return {
        Control.HIDDEN: _("Another app has control; Facebook does not show which"),
        Control.NOTHING: _("Nobody has control, or Facebook does not show it"),
    }.get(of, _("Facebook did not tell who has control"))


def not_made_any_more() -> str:
    """Of a check that an earlier report has."""
    return _("This is not checked any more.")
