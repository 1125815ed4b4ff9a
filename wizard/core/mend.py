"""Where what went wrong is put right: one table for the test, the last page and both faces."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Control
from wizard.core.flow import StepId
from wizard.core.known_apps import is_meta_ai, page_inbox
from wizard.core.pending import TrialPart
from wizard.core.trial_result import PASSED, RestoreResult, TrialOutcome, TrialResult


@dataclass(frozen=True, slots=True)
class Place:
    """A step, and in it the setting on Facebook by its ID in `resources/ui_paths.toml`, "" for the whole step."""

    step: StepId
    setting: str = ""


class Way(StrEnum):
    """What to do next after a test, or at the end."""

    GO_ON = "go_on"  # nothing is wrong
    FIX = "fix"  # at the place, where there is one, or with what the error's text says
    AGAIN = "again"  # nothing in the set-up is known to be wrong: test again
    BY_EYE = "by_eye"  # this token is not shown who has the conversation
    BRING_BACK = "bring_back"  # this comes before everything else


@dataclass(frozen=True, slots=True)
class Mend:
    """Of FIX one of these. facebook: a setting outside the steps by its ID in `resources/ui_paths.toml`. link: template
    for `World.link`."""

    way: Way
    place: Place | None = None
    facebook: str = ""
    link: str = ""


_DEFAULT_APP = Place(StepId.ROLES, "default_app")
_TAKE_CONTROL = Place(StepId.ROLES, "take_control_bot")
_ROUTES = Place(StepId.ROLES, "social_route")
_APPS, _LOG_IN, _BOT = Place(StepId.APPS), Place(StepId.LOG_IN), Place(StepId.BOT_SETTINGS)
_SETTINGS = ("default_app", "take_control_bot", "take_control_live_chat", "social_route", "old_primary")
_META_AI = Mend(Way.FIX, facebook="meta_ai_off")

_BY_KIND = {
    ErrorKind.NO_DEFAULT_APP: _DEFAULT_APP,
    ErrorKind.TAKE_REFUSED: _TAKE_CONTROL,
    ErrorKind.PERMISSION_MISSING: _LOG_IN,
    ErrorKind.APP_ID_UNKNOWN: _APPS,
}
_BY_OUTCOME = {
    TrialOutcome.NEVER_LEFT: _APPS,
    TrialOutcome.NOTHING_HAPPENED: _BOT,
    TrialOutcome.TALKS_ON: _BOT,
    TrialOutcome.WENT_ELSEWHERE: _BOT,
}
_BY_CHECK = {
    "token": _LOG_IN,
    "page.task": _LOG_IN,
    "app.subscribed": Place(StepId.ROLES, "fields"),
    "app.fields": Place(StepId.ROLES, "fields"),
    "app.own_fields": Place(StepId.ROLES, "fields"),
    "routing": _DEFAULT_APP,
    "roles": _APPS,
    "target": _BOT,
}


def mend_of_test(test: TrialResult, link: str = "") -> Mend:
    """What to do about one part of a test. link: what the text of its failure leads to, a template for `World.link`."""
    is_left = test.ended.result is RestoreResult.NOT_BACK and not test.ended.is_wanted
    if is_left and not test.by_eye:
        return Mend(Way.BRING_BACK)
    if test.outcome in PASSED:
        return Mend(Way.AGAIN if is_left else Way.GO_ON)
    if test.failure is not None:
        return _of_failure(test.outcome, test.failure, link)
    if test.outcome is TrialOutcome.OTHER_ANSWERS_FIRST:
        return _of_first_app(test.first_app)
    if test.outcome is TrialOutcome.NOT_OFFERED:
        left = test.ended.left
        is_unreadable = left is not None and left.control is Control.UNREADABLE
        return Mend(Way.BY_EYE) if is_unreadable else Mend(Way.FIX, _DEFAULT_APP)
    if test.outcome is TrialOutcome.WENT_ELSEWHERE and test.app is not None and _is_facebooks(test.app):
        return _META_AI
    place = _BY_OUTCOME.get(test.outcome)
    return Mend(Way.FIX, place) if place is not None else Mend(Way.AGAIN)


def mend_of_check(check: str, setting: str = "") -> Mend:
    """check: the ID of one that is a problem or a warning. setting: the ID of the setting that its reason names."""
    if setting == _META_AI.facebook:
        return _META_AI
    if setting in _SETTINGS:
        return Mend(Way.FIX, Place(StepId.ROLES, setting))
    place = _BY_CHECK.get(check) or _BY_CHECK.get(check.partition(".")[0])
    return Mend(Way.FIX, place) if place is not None else Mend(Way.GO_ON)


def mend_of_setup(of_tests: Mapping[TrialPart, Mend], of_checks: Iterable[Mend], is_proven: bool) -> Mend:
    """What to do at the end. of_tests: of the newest test of each part, in the order they were run. of_checks: of those
    that are wrong, the most harmful first."""
    for way in (Way.BRING_BACK, Way.FIX):
        if found := [mend for mend in of_tests.values() if mend.way is way]:
            return found[-1]
    if is_proven:
        return Mend(Way.GO_ON)
    if found := [mend for mend in of_checks if mend.way is Way.FIX]:
        return found[0]
    is_tested = TrialPart.BOT_DOES in of_tests and all(mend.way is Way.GO_ON for mend in of_tests.values())
    return Mend(Way.GO_ON if is_tested else Way.AGAIN)


def _of_failure(outcome: TrialOutcome, failure: Failure, link: str) -> Mend:
    if failure.kind in _BY_KIND:
        return Mend(Way.FIX, _BY_KIND[failure.kind])
    if failure.is_token_error:
        return Mend(Way.FIX, _LOG_IN)
    if failure.is_transport_error:
        return Mend(Way.AGAIN)
    if link:
        return Mend(Way.FIX, link=link)
    places = {TrialOutcome.PROBE_REFUSED: _TAKE_CONTROL, TrialOutcome.PASS_REFUSED: _APPS}
    return Mend(Way.FIX, places[outcome]) if outcome in places else Mend(Way.AGAIN)


def _of_first_app(app: App | None) -> Mend:
    """Only the default app is shown another one by name: then a route names that other one."""
    if app is None:
        return Mend(Way.FIX, _DEFAULT_APP)
    return _META_AI if is_meta_ai(app.id) else Mend(Way.FIX, _ROUTES)


def _is_facebooks(app: App) -> bool:
    return app.id == page_inbox().id or is_meta_ai(app.id)
