"""The app that the token speaks for: whether the Page is connected to it, and what it receives."""

from wizard.checks.case import Case, failed, not_checked, refusal, silenced, without_reading
from wizard.checks.token import NEEDED_FIELDS
from wizard.core.answers import TokenOwner
from wizard.core.errors import ErrorKind
from wizard.core.facts import App, Reading
from wizard.core.verdict import State, Verdict, evidence_of


def subscribed(case: Case) -> Verdict:
    reading = _subscription(case, "app.subscribed")
    if isinstance(reading, Verdict):
        return reading
    if reading.value is None:
        return Verdict("app.subscribed", State.PROBLEM, "not_subscribed", (evidence_of(reading, "an empty list"),))
    return Verdict("app.subscribed", State.OK, "subscribed", (evidence_of(reading, f"app {reading.value.id}"),))


def fields(case: Case) -> Verdict:
    """What the Page sends to the app. What the app asks Facebook for is another list: `own_fields`."""
    reading = _subscription(case, "app.fields")
    if isinstance(reading, Verdict):
        return reading
    if reading.value is None:
        return Verdict("app.fields", State.PROBLEM, "not_subscribed", (evidence_of(reading, "an empty list"),))
    missing = ", ".join(sorted(NEEDED_FIELDS - (reading.value.fields or frozenset())))
    if not missing:
        return Verdict("app.fields", State.OK, "complete", (evidence_of(reading, "all five fields"),))
    evidence = (evidence_of(reading, f"without {missing}"),)
    return Verdict("app.fields", State.PROBLEM, "missing", evidence, (("fields", missing),))


def own_fields(case: Case) -> Verdict:
    """Only fields that the app itself asks for, too, are delivered; its list opens to its developers alone."""
    return silenced(case, "app.own_fields") or not_checked("app.own_fields", "not_told")


def live(case: Case) -> Verdict:
    """Whether the app is live, or in development mode, where it serves nobody but people with a role on it. No call of
    a Page token tells; a refused call may."""
    if (refused := case.refused(ErrorKind.DEVELOPMENT_MODE)) is not None:
        return Verdict("app.live", State.PROBLEM, "development_mode", refused[1:])
    for test in reversed(case.tests):
        if test.failure is not None and test.failure.kind is ErrorKind.DEVELOPMENT_MODE:
            return Verdict("app.live", State.PROBLEM, "development_mode", (refusal(test.failure),))
    return silenced(case, "app.live") or not_checked("app.live", "not_told")


def _subscription(case: Case, check: str) -> Reading[App] | Verdict:
    """The reading that shows the subscription of an app that matters, or the verdict without one."""
    token = case.facts.token
    if case.silence or token is None or token.subscription is None:
        return without_reading(case, check)
    if case.answers.token_owner is TokenOwner.NEITHER:
        return not_checked(check, "of_another_app")
    return failed(check, token.subscription) if token.subscription.failure else token.subscription
