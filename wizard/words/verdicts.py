"""Verdicts in words: the topic of each check, what was found, and the one next action."""

from collections import defaultdict
from dataclasses import dataclass

from wizard.checks.check import DAY, END
from wizard.checks.diagnosis import reason_of
from wizard.checks.run import BY_ID, CHECKS
from wizard.core.errors import ErrorKind, Failure
from wizard.core.verdict import State, Verdict
from wizard.i18n.language import _, pgettext
from wizard.i18n.lists import listed
from wizard.words import errors
from wizard.words.moments import clock_time, day

_LISTS = ("fields", "permissions")  # of what a verdict is about, names with a comma and a space between


@dataclass(frozen=True, slots=True)
class VerdictText:
    """title: what was checked; text: what was found; action: what to do next, "" where nothing."""

    title: str
    text: str
    action: str = ""


def state(of: State) -> str:
    return {
        State.OK: pgettext("state", "OK"),
        State.WARNING: pgettext("state", "Look at this"),
        State.PROBLEM: pgettext("state", "Problem"),
        State.UNKNOWN: pgettext("state", "Cannot tell"),
        State.NOT_CHECKED: pgettext("state", "Not checked"),
    }[of]


def check_ids() -> list[str]:
    """All checks, in the order in which they are shown."""
    return [check.id for check in CHECKS]


def title(check: str) -> str:
    """Raises KeyError for an id that is not in the list of checks."""
    return BY_ID[check].topic()


def said(verdict: Verdict) -> VerdictText:
    """A reason without a sentence, as a newer program may have saved it, gets an honest one."""
    check = BY_ID[verdict.check]
    about = about_of(verdict)
    reason = reason_of(verdict)
    if reason is None:
        return VerdictText(check.topic(), _("Nothing is known about this."))
    if isinstance(reason, ErrorKind):
        return VerdictText(check.topic(), *_of_failure(reason, about))
    return VerdictText(check.topic(), reason.text.format_map(about), reason.action.format_map(about))


def about_of(verdict: Verdict) -> defaultdict[str, str]:
    """What fills its sentences, with times in words and lists as they are written in the language spoken."""
    about = defaultdict(str, verdict.about)
    for name, in_words in ((DAY, day), (END, clock_time)):
        if about[name].isdecimal():
            about[name] = in_words(float(about[name]))
    for name in _LISTS:
        about[name] = listed(about[name].split(", "))
    return about


def _of_failure(kind: ErrorKind, about: defaultdict[str, str]) -> tuple[str, str]:
    """What the catalogue of errors says. about: call, code and subcode of the failed call."""
    code, subcode = (int(about[name]) if about[name] else None for name in ("code", "subcode"))
    explained = errors.explain(Failure(kind, about["call"], code, subcode))
    return explained.title, explained.action
