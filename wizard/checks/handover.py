"""Whether the App ID is where it belongs, and whether the handover was seen to work."""

from wizard.checks.case import Case, not_checked
from wizard.core.answers import SavedHow, TestOutcome
from wizard.core.pending import Part
from wizard.core.trial_result import Back, Found, TrialResult
from wizard.core.verdict import Evidence, State, Verdict, evidence_of_owner


def saved(case: Case) -> Verdict:
    answers = case.answers
    if answers.live_chat is None or answers.saved_how is None:
        return not_checked("target.saved", "not_saved")
    about = (("app_id", answers.saved_app_id),)
    if answers.saved_app_id != answers.live_chat.id:
        return Verdict("target.saved", State.PROBLEM, "another_id", (), about)
    proof = case.last_test(Part.BOT_DOES)
    if proof is not None and _proves_app_id(proof):
        return Verdict("target.saved", State.OK, "proved", _evidence(proof)[-1:], about)
    if answers.saved_how is SavedHow.READ_BACK and case.is_of_earlier:
        return Verdict("target.saved", State.UNKNOWN, "read_back_earlier", (), about)
    if answers.saved_how is SavedHow.READ_BACK:
        return Verdict("target.saved", State.OK, "read_back", (), about)
    return Verdict("target.saved", State.UNKNOWN, "confirmed", (), about)


def _proves_app_id(test: TrialResult) -> bool:
    """The live chat's token is not shown who passed the conversation: staff could have fetched it."""
    return test.found is Found.BOT_HANDED_OVER and not test.by_eye and not test.is_seen_by_live_chat


def facebook_allows(case: Case) -> Verdict:
    return _test(case, Part.FACEBOOK_ALLOWS, "handover.facebook_allows")


def bot_does(case: Case) -> Verdict:
    return _test(case, Part.BOT_DOES, "handover.bot_does")


_GOOD = frozenset({Found.WORKS, Found.BOT_HANDED_OVER})
_NOTHING_LEARNED = frozenset(
    {Found.NOT_OFFERED, Found.CANNOT_TELL, Found.TROUBLE, Found.NO_HELLO, Found.LIVE_CHAT_AT_ONCE}
)


def _test(case: Case, part: Part, check: str) -> Verdict:
    test = case.last_test(part)
    if test is None or test.found is Found.DECLINED:
        earlier = part is Part.BOT_DOES and case.answers.test is TestOutcome.PASSED
        return not_checked(check, "passed_earlier" if earlier else "not_tested")
    evidence = _evidence(test)
    app = test.app or case.answers.live_chat
    about = (("app", (app.name or app.id) if app else ""),)
    if test.ended.back is Back.NOT_BACK:
        return Verdict(check, State.PROBLEM, "not_back", evidence, about)
    if test.found in _GOOD:
        # What somebody saw with their own eyes is no evidence of ours.
        state = State.UNKNOWN if test.by_eye else State.OK
        return Verdict(check, state, "by_eye" if test.by_eye else test.found.value, evidence, about)
    state = State.UNKNOWN if test.found in _NOTHING_LEARNED else State.PROBLEM
    return Verdict(check, state, test.found.value, evidence, about)


def _evidence(test: TrialResult) -> tuple[Evidence, ...]:
    found = [evidence_of_owner(reading) for reading in test.readings]
    if test.failure is not None:
        failure = test.failure
        answer = f"code {failure.code}" if failure.code is not None else failure.kind.value
        found.append(Evidence(failure.call, answer, found[-1].at if found else 0.0))
    return tuple(found)
