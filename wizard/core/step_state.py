"""How each step of the set-up stands. Decided here once; the sidebar, the checklists and the last page read it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from wizard.core.answers import Answers, SavedHow, TestOutcome, TokenOwner
from wizard.core.flow import StepId, StepState
from wizard.core.kept_tests import COUNTS_FOR, OWNER_FOR
from wizard.core.trial_result import TrialOutcome, TrialResult
from wizard.core.verdict import State, Verdict

_BY_TEST = frozenset({"target.saved", "handover.facebook_allows", "handover.bot_does"})
_NEEDED = ("routing.default_app", "routing.take_control", "routing.answers_first")
_FIELDS = "app.fields"


@dataclass(frozen=True, slots=True)
class SeenSoFar:
    """verdicts: of the checks, by their ID. apps: IDs of apps that were seen at work on the Page, and Facebook's own.
    tests: of this run, oldest first. is_proven: all of it together proves that the handover works. now: Unix
    seconds."""

    verdicts: Mapping[str, Verdict]
    apps: Collection[str] = ()
    tests: tuple[TrialResult, ...] = ()
    is_proven: bool = False
    now: float = 0.0

    def judge(self, check: str, is_said: bool) -> StepState:
        """What is known of one setting. is_said: the person says that it is done."""
        verdict = self.verdicts.get(check)
        return judge(verdict, is_said, self.now)


def judge(verdict: Verdict | None, is_said: bool, now: float) -> StepState:
    """What a verdict comes to, None where nothing was looked at. now: Unix seconds."""
    match verdict.state if verdict is not None else State.NOT_CHECKED:
        case State.OK:
            return StepState.NOT_PROVEN if verdict is not None and _is_old(verdict, now) else StepState.SEEN
        case State.PROBLEM:
            return StepState.FAILED
        case State.WARNING:
            return StepState.NOT_PROVEN
        case _:
            return StepState.SAID if is_said else StepState.NOT_DONE


def step_state(step: StepId, answers: Answers, seen: SeenSoFar) -> StepState:
    return _STEPS[step](answers, seen) if step in _STEPS else StepState.NOT_DONE


def _products(answers: Answers, _seen: SeenSoFar) -> StepState:
    is_done = answers.bot_product is not None and answers.live_chat_product is not None
    return StepState.SAID if is_done else StepState.NOT_DONE


def _log_in(answers: Answers, seen: SeenSoFar) -> StepState:
    if not answers.page_id or answers.token_owner is None:
        return StepState.NOT_DONE
    if answers.token_owner is TokenOwner.NONE:
        return StepState.SKIPPED
    return seen.judge("token.valid", is_said=False)  # nobody can say that


def _apps(answers: Answers, seen: SeenSoFar) -> StepState:
    if answers.bot is None or answers.live_chat is None:
        return StepState.NOT_DONE
    found = {seen.judge(check, is_said=True) for check in ("roles.distinct", "roles.secondary_known")}
    if StepState.FAILED in found:
        return StepState.FAILED
    return StepState.SEEN if {answers.bot.id, answers.live_chat.id} <= set(seen.apps) else StepState.SAID


def _roles(answers: Answers, seen: SeenSoFar) -> StepState:
    if "done" not in answers.roles_confirmed:
        return StepState.NOT_DONE
    found = {seen.judge(check, is_said=True) for check in _NEEDED}
    if StepState.FAILED in found | {seen.judge(_FIELDS, is_said=True)}:
        return StepState.FAILED
    if found == {StepState.SEEN}:
        return StepState.SEEN
    return StepState.NOT_PROVEN if StepState.NOT_PROVEN in found else StepState.SAID


def _app_id(answers: Answers, seen: SeenSoFar) -> StepState:
    if answers.target is None:
        return StepState.NOT_DONE
    return StepState.SEEN if _bot_settings(answers, seen) is StepState.SEEN else StepState.SAID


def _bot_settings(answers: Answers, seen: SeenSoFar) -> StepState:
    if answers.saved_how is None:
        return StepState.NOT_DONE
    found = seen.judge("target.saved", is_said=True)
    is_read_earlier = found is StepState.SAID and answers.saved_how is SavedHow.READ_BACK
    return StepState.NOT_PROVEN if is_read_earlier else found


def _test(answers: Answers, seen: SeenSoFar) -> StepState:
    from wizard.core.outcome import outcome  # the first page does without

    found = outcome(seen.tests) if seen.tests else None
    if found is TestOutcome.NOT_PASSED:  # whatever was said afterwards
        return StepState.FAILED
    match answers.test:
        case None:
            return StepState.NOT_DONE
        case TestOutcome.STOPPED:
            return StepState.STOPPED
        case TestOutcome.SKIPPED:
            return StepState.SKIPPED
        case TestOutcome.NOT_PASSED:
            return StepState.FAILED
        case TestOutcome.PASSED if found is TestOutcome.PASSED and seen.is_proven:
            return StepState.SEEN
        case _:
            last = seen.tests[-1] if seen.tests else None
            is_said = last is not None and last.by_eye and last.outcome is TrialOutcome.BOT_HANDED_OVER
            return StepState.SAID if is_said else StepState.NOT_PROVEN


def lasts(check: str) -> float:
    """Seconds for which what a check has seen says something about today."""
    return COUNTS_FOR if check in _BY_TEST else OWNER_FOR


def _is_old(verdict: Verdict, now: float) -> bool:
    seen_at = max((evidence.at for evidence in verdict.evidence), default=0.0)
    return bool(seen_at) and now - seen_at >= lasts(verdict.check)


_STEPS: dict[StepId, Callable[[Answers, SeenSoFar], StepState]] = {
    StepId.PRODUCTS: _products,
    StepId.LOG_IN: _log_in,
    StepId.APPS: _apps,
    StepId.ROLES: _roles,
    StepId.APP_ID: _app_id,
    StepId.BOT_SETTINGS: _bot_settings,
    StepId.TEST: _test,
}
