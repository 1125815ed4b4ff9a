"""The text to send to a customer: what is wrong, the one next thing to do, and who can do it. No codes, no jargon."""

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.core.checked import CheckedPage
from wizard.core.verdict import State, Verdict
from wizard.core.world import World
from wizard.i18n.language import _
from wizard.words import errors, verdicts
from wizard.words.explaining import Explained, who_can
from wizard.words.moments import clock_time

MOST = 3


@dataclass(frozen=True, slots=True)
class _Cause:
    """One trouble as it is told. who: a sentence, "" where it goes without saying. link: an address, "" without one."""

    text: str
    action: str
    who: str = ""
    link: str = ""
    is_likely_only: bool = False


def for_customer(found: Sequence[Explained], world: World | None = None) -> str:
    """Return what to send about troubles found by `explain_text`, "" for none. world: where links lead.

    What the catalogue knows goes first; at most MOST, for nobody does more than that at once."""
    known = [one for one in found if one.is_known]
    if not found:
        return ""
    if not known:
        return _about_unknown(found)
    links = world or World()
    return _letter(
        [
            _Cause(one.title, one.action, who_can(one.who), links.link(one.link_template), one.is_likely_only)
            for one in known[:MOST]
        ]
    )


def customer_text(checked: CheckedPage) -> str:
    """Return what to send about a Page that was checked: problems first, at most MOST; else what is fine, and what
    cannot be told. checked: fit to show, as `wizard.report.shown` makes it."""
    name = checked.answers.page_name or checked.answers.page_id
    checked_it = _("We checked your Page {name} on {date}.") if name else _("We checked your Page on {date}.")
    opening = checked_it.format(name=name, date=clock_time(checked.at))
    if checked.not_checked is not None:
        said = errors.explain(checked.not_checked)
        cause = _Cause(said.title, said.action, who_can(said.who), World().link(said.link_template))
        could_not = _("We could not check your Page {name}.") if name else _("We could not check your Page.")
        return _letter([cause], could_not.format(name=name))
    wrong = _in_state(checked, State.PROBLEM) or _in_state(checked, State.WARNING)
    if wrong:
        return _letter([_cause(verdict) for verdict in wrong[:MOST]], opening)
    return "\n\n".join(
        [
            _("Hello,"),
            opening,
            *_listed(_("This is fine:"), _in_state(checked, State.OK)),
            *_listed(_("This could not be told from here:"), _in_state(checked, State.UNKNOWN)),
            *_listed(_("This was not looked at:"), _in_state(checked, State.NOT_CHECKED)),
            _("We saw nothing that must be changed."),
        ]
    )


def _in_state(checked: CheckedPage, state: State) -> list[Verdict]:
    return [verdict for verdict in checked.verdicts if verdict.state is state]


def _cause(verdict: Verdict) -> _Cause:
    said = verdicts.said(verdict)
    return _Cause(said.text, said.action)


def _listed(heading: str, found: Sequence[Verdict]) -> list[str]:
    if not found:
        return []
    return ["\n".join([heading, *(f"- {verdicts.title(verdict.check)}" for verdict in found)])]


def _letter(causes: Sequence[_Cause], opening: str = "") -> str:
    """One trouble is told in sentences, several are numbered."""
    parts = [_("Hello,"), opening or _("We looked at what you sent us.")]
    if len(causes) == 1:
        parts += [_told(causes[0])]
    else:
        parts += [_("Please go through these one after the other:")]
        parts += [f"{number}. {_told(cause)}" for number, cause in enumerate(causes, start=1)]
    return "\n\n".join([*(part for part in parts if part), _("If it does not help, write to us again.")])


def _told(cause: _Cause) -> str:
    opening = _("What is most likely wrong: {text}") if cause.is_likely_only else _("What is wrong: {text}")
    lines = [opening.format(text=cause.text)]
    if cause.action:
        lines.append(_("What to do now: {action}").format(action=cause.action))
    if cause.who:
        lines.append(cause.who)
    if cause.link:
        lines.append(_("Open this page: {link}").format(link=cause.link))
    return "\n".join(lines)


def _about_unknown(found: Sequence[Explained]) -> str:
    told = next((one.facebook_says for one in found if one.facebook_says), "")
    return "\n\n".join(
        [
            _("Hello,"),
            _("Facebook refused something with an error that we do not know yet."),
            *([_("Facebook says about it: {text}").format(text=told)] if told else []),
            _("Please send us what you did just before, when it was, and the whole error text. Leave out any token."),
        ]
    )
