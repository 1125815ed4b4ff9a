"""Where what went wrong is put right, for every way a test can end."""

import pytest

from wizard.checks.run import CHECKS
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Control, OwnerReading
from wizard.core.flow import StepId
from wizard.core.known_apps import meta_ai, page_inbox
from wizard.core.mend import Mend, Place, Way, mend_of_check, mend_of_setup, mend_of_test
from wizard.core.pending import TrialPart
from wizard.core.trial_result import RestoreEnd, RestoreResult, TrialOutcome, TrialResult

ROBOT = App("726940185327419", "Order Robot")


def ended_with(
    outcome: TrialOutcome,
    kind: ErrorKind | None = None,
    app: App | None = None,
    first_app: App | None = None,
    ended: RestoreEnd | None = None,
    part: TrialPart = TrialPart.BOT_DOES,
    by_eye: bool = False,
) -> TrialResult:
    failure = Failure(kind) if kind is not None else None
    ended = ended or RestoreEnd(RestoreResult.BACK)
    return TrialResult(part, outcome, ended, app, first_app, failure, by_eye=by_eye)


AI = meta_ai()[0]
HIDDEN = RestoreEnd(RestoreResult.UNTOUCHED, left=OwnerReading("1", Control.HIDDEN, 1.0))
UNREADABLE = RestoreEnd(RestoreResult.UNTOUCHED, left=OwnerReading("1", Control.UNREADABLE, 1.0))
LEFT = RestoreEnd(RestoreResult.NOT_BACK)
WANTED = RestoreEnd(RestoreResult.NOT_BACK, is_wanted=True)


@pytest.mark.parametrize(
    ("found", "step", "setting"),
    [
        (ended_with(TrialOutcome.NOTHING_HAPPENED), StepId.BOT_SETTINGS, ""),
        (ended_with(TrialOutcome.TALKS_ON), StepId.BOT_SETTINGS, ""),
        (ended_with(TrialOutcome.WENT_ELSEWHERE, app=ROBOT), StepId.BOT_SETTINGS, ""),
        (ended_with(TrialOutcome.NEVER_LEFT), StepId.APPS, ""),
        (ended_with(TrialOutcome.NOT_OFFERED, ended=HIDDEN), StepId.ROLES, "default_app"),
        (ended_with(TrialOutcome.OTHER_ANSWERS_FIRST), StepId.ROLES, "default_app"),
        (ended_with(TrialOutcome.OTHER_ANSWERS_FIRST, first_app=ROBOT), StepId.ROLES, "social_route"),
        (ended_with(TrialOutcome.PROBE_REFUSED, ErrorKind.TAKE_REFUSED), StepId.ROLES, "take_control_bot"),
        (ended_with(TrialOutcome.PROBE_REFUSED, ErrorKind.NO_DEFAULT_APP), StepId.ROLES, "default_app"),
        (ended_with(TrialOutcome.PROBE_REFUSED, ErrorKind.BAD_REQUEST), StepId.ROLES, "take_control_bot"),
        (ended_with(TrialOutcome.PASS_REFUSED, ErrorKind.APP_ID_UNKNOWN), StepId.APPS, ""),
        (ended_with(TrialOutcome.PASS_REFUSED, ErrorKind.BAD_REQUEST), StepId.APPS, ""),
        (ended_with(TrialOutcome.TROUBLE, ErrorKind.TOKEN_EXPIRED), StepId.LOG_IN, ""),
        (ended_with(TrialOutcome.TROUBLE, ErrorKind.PERMISSION_MISSING), StepId.LOG_IN, ""),
    ],
)
def test_it_is_fixed_at_the_exact_place(found: TrialResult, step: StepId, setting: str) -> None:
    assert mend_of_test(found) == Mend(Way.FIX, Place(step, setting))


@pytest.mark.parametrize(
    "found",
    [
        ended_with(TrialOutcome.WENT_ELSEWHERE, app=AI),
        ended_with(TrialOutcome.WENT_ELSEWHERE, app=page_inbox()),
        ended_with(TrialOutcome.OTHER_ANSWERS_FIRST, first_app=AI),
    ],
)
def test_metas_own_assistant_is_switched_off_on_facebook(found: TrialResult) -> None:
    assert mend_of_test(found) == Mend(Way.FIX, facebook="meta_ai_off")


@pytest.mark.parametrize(
    ("found", "way"),
    [
        (ended_with(TrialOutcome.WORKS), Way.GO_ON),
        (ended_with(TrialOutcome.BOT_HANDED_OVER), Way.GO_ON),
        (ended_with(TrialOutcome.DECLINED), Way.AGAIN),
        (ended_with(TrialOutcome.NO_HELLO), Way.AGAIN),
        (ended_with(TrialOutcome.LIVE_CHAT_AT_ONCE), Way.AGAIN),
        (ended_with(TrialOutcome.MOVED), Way.AGAIN),
        (ended_with(TrialOutcome.CANNOT_TELL), Way.AGAIN),
        (ended_with(TrialOutcome.TROUBLE, ErrorKind.NO_CONNECTION), Way.AGAIN),
        (ended_with(TrialOutcome.PROBE_REFUSED, ErrorKind.THROTTLED), Way.AGAIN),
        (ended_with(TrialOutcome.NOT_OFFERED, ended=UNREADABLE), Way.BY_EYE),
        (ended_with(TrialOutcome.BOT_HANDED_OVER, ended=LEFT), Way.BRING_BACK),
        (ended_with(TrialOutcome.NOTHING_HAPPENED, ended=LEFT), Way.BRING_BACK),
        (ended_with(TrialOutcome.NOTHING_HAPPENED, ended=LEFT, by_eye=True), Way.FIX),
        (ended_with(TrialOutcome.BOT_HANDED_OVER, ended=LEFT, by_eye=True), Way.AGAIN),
        (ended_with(TrialOutcome.BOT_HANDED_OVER, ended=WANTED), Way.GO_ON),
    ],
)
def test_what_comes_next(found: TrialResult, way: Way) -> None:
    assert mend_of_test(found).way is way


@pytest.mark.parametrize("outcome", list(TrialOutcome))
@pytest.mark.parametrize("kind", [None, *ErrorKind])
def test_whatever_ends_a_test_has_something_to_do_next(outcome: TrialOutcome, kind: ErrorKind | None) -> None:
    mend = mend_of_test(ended_with(outcome, kind))
    assert (mend.way is Way.GO_ON) == (outcome in (TrialOutcome.WORKS, TrialOutcome.BOT_HANDED_OVER))
    assert mend.way is not Way.FIX or mend.place is not None or mend.facebook or mend.link


def test_the_setting_that_a_check_names_is_the_place() -> None:
    assert mend_of_check("routing.answers_first", "social_route").place == Place(StepId.ROLES, "social_route")
    assert mend_of_check("routing.current_owner", "meta_ai_off").facebook == "meta_ai_off"
    assert mend_of_check("app.fields").place == Place(StepId.ROLES, "fields")
    assert mend_of_check("page.published").way is Way.GO_ON  # no step can do that


def test_every_place_of_a_check_is_a_step_of_the_route() -> None:
    places = [mend.place for mend in (mend_of_check(check.id) for check in CHECKS) if mend.place is not None]
    assert {place.step for place in places} <= {
        StepId.LOG_IN,
        StepId.APPS,
        StepId.ROLES,
        StepId.BOT_SETTINGS,
        StepId.TEST,
    }


def at_the_end(*tests: TrialResult, checks: tuple[Mend, ...] = (), is_proven: bool = False) -> Mend:
    return mend_of_setup({test.part: mend_of_test(test) for test in tests}, checks, is_proven)


CHECKS_WRONG = (mend_of_check("page.published"), mend_of_check("token.valid"), mend_of_check("target.saved"))


def test_at_the_end_a_conversation_left_elsewhere_comes_before_all() -> None:
    allowed = ended_with(TrialOutcome.WORKS, part=TrialPart.FACEBOOK_ALLOWS, ended=LEFT)
    silent = ended_with(TrialOutcome.NOTHING_HAPPENED)
    assert at_the_end(allowed, silent, checks=CHECKS_WRONG).way is Way.BRING_BACK


def test_at_the_end_the_test_then_the_worst_check_says_what_to_fix() -> None:
    silent, good = ended_with(TrialOutcome.NOTHING_HAPPENED), ended_with(TrialOutcome.BOT_HANDED_OVER)
    assert at_the_end(silent, checks=CHECKS_WRONG).place == Place(StepId.BOT_SETTINGS)
    assert at_the_end(good, checks=CHECKS_WRONG).place == Place(StepId.LOG_IN)


def test_at_the_end_what_was_never_tested_is_tested() -> None:
    assert at_the_end().way is Way.AGAIN
    assert at_the_end(is_proven=True).way is Way.GO_ON
    assert at_the_end(ended_with(TrialOutcome.BOT_HANDED_OVER)).way is Way.GO_ON


def test_an_error_with_a_link_of_its_own_leads_there() -> None:
    found = ended_with(TrialOutcome.TROUBLE, ErrorKind.DEVELOPMENT_MODE)
    assert mend_of_test(found, "{developers}/apps") == Mend(Way.FIX, link="{developers}/apps")
    assert mend_of_test(found).way is Way.AGAIN
