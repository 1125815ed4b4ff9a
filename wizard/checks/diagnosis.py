"""What a Page comes to: the verdicts, weighed by what the reasons of the checks declare."""

from dataclasses import replace

from wizard.checks.case import CheckContext
from wizard.checks.check import Reason, explained_by, missing
from wizard.checks.run import BY_ID
from wizard.core.checked import CheckedPage
from wizard.core.diagnosis import Diagnosis, Lacking, Proof, Weight, diagnose
from wizard.core.errors import ErrorKind
from wizard.core.verdict import State, Verdict

_KINDS = {kind.value: kind for kind in ErrorKind}
_WHY_NOT = {
    "by_eye": Lacking.WITNESS,
    "by_eye_earlier": Lacking.WITNESS,
    "long_ago": Lacking.FRESH_TEST,
    "changed_since": Lacking.CHANGED,
}
_SEEN_BY_BOT = "bot_handed_over"  # the reason of handover.bot_does that proves the saved App ID


def reason_of(verdict: Verdict) -> Reason | ErrorKind | None:
    """What the check declares of the reason; a kind of error whose sentences the catalogue of errors has; None for
    what a newer program may have saved."""
    check = BY_ID.get(verdict.check)
    declared = check.reasons().get(verdict.reason) if check is not None else None
    return declared or missing().get(verdict.reason) or _KINDS.get(verdict.reason)


def weight(verdict: Verdict) -> Weight:
    reason = reason_of(verdict)
    if isinstance(reason, ErrorKind):
        return Weight(follows_from=explained_by(reason))
    return Weight(reason.harm, reason.who, reason.follows_from) if reason is not None else Weight()


def diagnosis(page: CheckedPage, now: float) -> Diagnosis:
    """now: Unix seconds."""
    return diagnose(page, weight, proof(page), now)


def diagnosis_of(context: CheckContext, found: tuple[Verdict, ...]) -> Diagnosis:
    """What the Page of a run comes to that is going on. found: the verdicts of the context."""
    failure = context.facts.token.identity.failure if context.facts.token is not None else None
    told = diagnosis(CheckedPage(context.answers, context.now, context.facts, found, failure), context.now)
    return replace(told, lacking=Lacking.TEST) if told.lacking is Lacking.LOOK else told  # the test looks by itself


def proof(page: CheckedPage) -> Proof:
    """The handover is proven once the bot was seen to do it, by its own token, and Facebook to allow the way back
    wherever that can be tried."""
    told = {verdict.check: verdict for verdict in page.verdicts}
    bot_does, allows = told.get("handover.bot_does"), told.get("handover.facebook_allows")
    if page.answers.bot is None or page.answers.live_chat is None:
        return Proof(lacking=Lacking.APPS)
    if bot_does is not None and (lacking := _WHY_NOT.get(bot_does.reason)) is not None:
        return Proof(lacking=lacking)
    if bot_does is None or bot_does.state is not State.OK:
        looked = page.facts.conversations is not None
        return Proof(lacking=Lacking.TEST if looked else Lacking.LOOK)
    if bot_does.reason != _SEEN_BY_BOT:
        return Proof(lacking=Lacking.WITNESS)
    if allows is None or (allows.state is not State.OK and allows.reason != "not_offered"):
        return Proof(lacking=Lacking.OTHER_PART)
    return Proof(max((seen.at for seen in bot_does.evidence), default=0.0), None)
