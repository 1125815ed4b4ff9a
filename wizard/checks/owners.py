"""What conversations show of who has control, and why they may not: shared by checks of several areas."""

from wizard.checks.case import CheckContext
from wizard.checks.check import Finding, Reason, failed, failed_owner, not_checked
from wizard.core.diagnosis import Harm, Who
from wizard.core.trial_result import TrialOutcome
from wizard.core.verdict import Evidence, State, evidence_of_owner
from wizard.i18n.language import _

_MOST_EVIDENCE = 5


def hidden() -> dict[str, Reason]:
    """The reasons of `not_readable`."""
    return {
        "cannot_be_read": Reason(_("Facebook does not let programs read this; the test will show it.")),
        "not_shown_by_test": Reason(_("Facebook does not let programs read this, and the test did not show it.")),
    }


def not_readable(context: CheckContext) -> Finding:
    """Of a setting that no call shows. Nothing is promised of a test that was run already and still counts."""
    was_run = any(test.outcome is not TrialOutcome.DECLINED and not context.is_old(test) for test in context.all_tests)
    reason = "not_shown_by_test" if was_run else "cannot_be_read"
    return Finding(State.UNKNOWN, reason, (), context.about_bot)


def unseen() -> dict[str, Reason]:
    """The reasons of `not_seen`."""
    return {
        "no_conversations": Reason(
            _("Nobody has written to this Page yet, or this token is not shown who did."),
            _("Send the Page a message from another account, then look again."),
        ),
        "not_looked_at": Reason(
            _("The conversations were not looked at."),
            _("Look again, and agree that the wizard reads IDs and who has control, but no text."),
        ),
        **hidden(),
    }


def switch_meta_ai_off() -> str:
    return _(
        "Switch the assistant off in Meta Business Suite (open “Inbox”, then “Meta Business Agent”), or let your bot "
        "take each conversation. To give one back to the assistant, the bot passes it to that app."
    )


def meta_ai_answers(text: str) -> Reason:
    return Reason(
        text,
        switch_meta_ai_off(),
        headline=_("{bot} is silent for customers whom, most likely, Meta’s own AI assistant answers first."),
        letter=_(
            "At {page}, most likely Meta’s own AI assistant ({app}) answers customers, and {bot} is silent for them."
        ),
        ask=_("Switch Meta’s own AI assistant off for {page}, in Meta Business Suite."),
        place="meta_ai_off",
        harm=Harm.NO_ANSWER,
        who=Who.OWNER,
        follows_from=("routing.answers_first", "routing.current_owner"),
    )


def not_seen(context: CheckContext) -> Finding | None:
    """Of what nothing was seen of: because nobody looked, because looking failed, or because Facebook does not show it.

    None where a Page token is missing."""
    if context.skip_reason:
        return None
    conversations = context.facts.conversations
    if conversations is not None and conversations.failure is not None:
        return failed(conversations)
    if conversations is not None and not conversations.value:
        return Finding(State.UNKNOWN, "no_conversations", (), context.about_bot)
    if (unreadable := failed_look(context)) is not None:
        return unreadable
    if conversations is None and not context.readings:
        return not_checked("not_looked_at")
    return not_readable(context)


def failed_look(context: CheckContext) -> Finding | None:
    """Of the newest look at a conversation that failed, None where none did."""
    unreadable = next((reading for reading in context.readings if reading.failure is not None), None)
    return failed_owner(unreadable) if unreadable is not None else None


def newest_looks(context: CheckContext) -> tuple[Evidence, ...]:
    return tuple(evidence_of_owner(reading) for reading in context.readings[:_MOST_EVIDENCE])


def ok_unless_unclear(context: CheckContext, reason: str) -> tuple[State, str]:
    """OK for this reason only where every conversation showed who has control; some may be with anybody."""
    return (State.UNKNOWN, "some") if context.unclear else (State.OK, reason)
