"""The text to send to a customer: what is wrong, the one next thing to do, and who can do it. No codes, no jargon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wizard.checks.diagnosis import diagnosis
from wizard.core.answers import Answers
from wizard.core.checked import CheckedPage
from wizard.core.diagnosis import Diagnosis, PageOutcome, Who
from wizard.core.world import World
from wizard.i18n.language import _, letters
from wizard.words.explaining import Explained, in_present_language, who_can
from wizard.words.headlines import Advice, advice, advice_about, known_name
from wizard.words.moments import clock_time, day, of_date

MOST = 3


@dataclass(frozen=True, slots=True)
class _Cause:
    """One trouble as it is told. who: a sentence, "" where it goes without saying. link: an address, "" without one.
    steps: the way to the setting, seen on the day as_of."""

    text: str
    action: str
    who: str = ""
    link: str = ""
    is_likely_only: bool = False
    steps: tuple[str, ...] = ()
    as_of: date | None = None
    is_warning: bool = False
    is_reply: bool = False
    sign: str = ""


@letters()
def for_customer(found: Sequence[Explained], world: World | None = None) -> str:
    """Return what to send about troubles found by `explain_text`, "" for none. world: where links lead.

    What the catalogue knows goes first; at most MOST, for nobody does more than that at once."""
    found = [in_present_language(one) for one in found]
    known = [one for one in found if one.is_known]
    if not found:
        return ""
    if not known:
        return _about_unknown(found)
    links = world or World()
    return _letter(
        [
            _Cause(
                _with_facebooks_words(one),
                one.action,
                who_can(one.who),
                links.link(one.link_template),
                one.is_likely_only,
                is_reply=one.is_reply,
                sign=one.sign,
            )
            for one in known[:MOST]
        ]
    )


@letters()
def customer_text(checked: CheckedPage, now: float) -> str:
    """Return what to send about a Page that was checked, "" where nothing is to be sent: then the trouble is on the
    side of whoever checks. Causes by the harm they do, at most MOST. checked: fit to show, as `wizard.report.shown`
    makes it. now: Unix seconds."""
    found, answers = diagnosis(checked, now), checked.answers
    if found.is_ours:
        return ""
    if found.outcome is PageOutcome.WORKS:
        return _works(found, answers)
    told = [advice(cause, answers) for cause in found.causes if cause.who is not Who.SUPPORT]
    if not told and found.failure is not None:
        told = [advice_about(found.failure, answers)]
    told = [one for one in told if one.letter][:MOST]
    if told:
        return _letter([_of_advice(one) for one in told], _opening(checked, found.is_future))
    return "" if found.outcome is PageOutcome.WRONG else _not_proven(checked, found.is_future)


def nothing_to_send() -> str:
    """What stands in place of a letter where there is none."""
    return _("This is on our side: nothing to send.")


def _opening(checked: CheckedPage, is_future: bool) -> str:
    """is_future: a clock was wrong, so that the time is not told."""
    name = checked.answers.page_name or checked.answers.page_id
    if checked.not_checked is not None or checked.facts.token is None:  # never "we checked" where nothing was
        could_not = _("We could not check your Page {name}.") if name else _("We could not check your Page.")
        return could_not.format(name=name)
    if is_future:
        return _("We checked your Page {name}.").format(name=name) if name else _("We checked your Page.")
    checked_it = _("We checked your Page {name} on {date}.") if name else _("We checked your Page on {date}.")
    return checked_it.format(name=name, date=clock_time(checked.at))


def _works(found: Diagnosis, answers: Answers) -> str:
    names = _names(answers)
    works = _("On {page}, the handover between {bot} and {live_chat} works: a test showed it on {date}.")
    return "\n\n".join([_("Hello,"), works.format(**names, date=day(found.proven_at)), _("Nothing has to be done.")])


def _not_proven(checked: CheckedPage, is_future: bool) -> str:
    """What would prove it, as somebody can try it who has nothing but a phone."""
    names = _names(checked.answers)
    steps = (
        _("Write “Hello” to {page}, in your own Messenger and not as the Page. {bot} should answer."),
        _("Write what makes {bot} hand over, for example “human”. The conversation should appear in {live_chat}."),
        _("Answer there, and close it in {live_chat}. Write “Hello” once more: {bot} should answer again."),
    )
    return "\n\n".join(
        [
            _("Hello,"),
            _opening(checked, is_future),
            _("We saw nothing wrong. Whether the handover works shows only when somebody tries it:"),
            "\n".join(f"{number}. {step.format(**names)}" for number, step in enumerate(steps, start=1)),
            _("Tell us whether all of it happened, and if not, at which number it went otherwise."),
        ]
    )


def _names(answers: Answers) -> dict[str, str]:
    return {
        "page": answers.page_name or _("your Page"),
        "bot": known_name(answers.bot) or _("your bot"),
        "live_chat": known_name(answers.live_chat) or _("your live chat"),
    }


def _of_advice(one: Advice) -> _Cause:
    way = one.way
    return _Cause(
        one.letter,
        one.ask,
        who_can(one.who.value),
        World().link(way.link) if way is not None and way.link else "",
        steps=way.steps if way is not None else (),
        as_of=way.as_of if way is not None else None,
        is_warning=one.is_warning,
    )


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
    if cause.is_warning:
        opening = _("What we noticed: {text}")
    lines = [cause.text if cause.is_reply else opening.format(text=cause.text)]
    if cause.sign:
        lines.append(_("This is the cause if the answer is yes: {question}").format(question=cause.sign))
    if cause.action:
        lines.append(cause.action if cause.is_reply else _("What to do now: {action}").format(action=cause.action))
    if cause.who:
        lines.append(cause.who)
    if cause.link:
        lines.append(_("Open this page: {link}").format(link=cause.link))
    if cause.steps and cause.as_of is not None:
        lines.append(_("The way there, as it was on {date}:").format(date=of_date(cause.as_of)))
        lines += [f"   {number}. {step}" for number, step in enumerate(cause.steps, start=1)]
    return "\n".join(lines)


def _with_facebooks_words(one: Explained) -> str:
    """Facebook's own sentence for people goes first: it knows best."""
    if not one.facebook_says:
        return one.title
    return _("{title} Facebook says: {text}").format(title=one.title, text=one.facebook_says)


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
