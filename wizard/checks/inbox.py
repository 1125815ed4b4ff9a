"""Whether somebody, or Meta's own AI, answers from the Page Inbox."""

from wizard.checks.case import CheckContext
from wizard.checks.check import Finding, Needs, Reason, check
from wizard.checks.owners import failed_look, newest_looks, not_seen, ok_unless_unclear, unseen
from wizard.core.diagnosis import Harm, Who
from wizard.core.facts import Control
from wizard.core.known_apps import page_inbox
from wizard.core.verdict import State, evidence_of_owner
from wizard.i18n.language import _


@check(
    "inbox.takes_control",
    lambda: _("Page Inbox"),
    Needs.PAGE_TOKEN,
    lambda: {
        "is_live_chat": Reason(_("The Page Inbox is your live chat: it is meant to take control.")),
        "has_control": Reason(
            _(
                "Somebody, or Meta’s own AI, answered from the Page Inbox (Meta Business Suite): it has control of a "
                "conversation, and {bot} is silent there."
            ),
            _("Mark the conversation as done in the Page Inbox, and ask your staff to reply from the live chat."),
            headline=_("{bot} is silent for a customer whom somebody, or Meta’s own AI, answered from the Page Inbox."),
            letter=_(
                "At {page}, somebody or Meta’s own AI answered a customer from the Page Inbox (Meta Business Suite), "
                "and {bot} is silent for this customer since."
            ),
            ask=_(
                "Mark the conversation as done in the Page Inbox, and ask your staff to answer from {live_chat}. If "
                "nobody of you answered there, switch Meta’s own AI off in Meta Business Suite."
            ),
            harm=Harm.STAYS_SILENT,
            who=Who.OWNER,
        ),
        "not_seen": Reason(
            _("No conversation was seen there. Whoever replies in it takes control, and no setting prevents that.")
        ),
        "some": Reason(
            _("No conversation was seen there, but of some Facebook does not show who has control."),
            _("Look in the Page Inbox (Meta Business Suite) whether somebody answered there."),
        ),
        "hidden": Reason(
            _("Another app has control of a conversation, perhaps the Page Inbox; Facebook does not show which."),
            _("Look in the Page Inbox (Meta Business Suite) whether somebody answered there."),
            follows_from=("routing.default_app",),
        ),
        "nothing": Reason(_("In the newest conversations nobody was seen to have control.")),
        **unseen(),
    },
)
def takes_control(context: CheckContext) -> Finding | None:
    """Whoever replies in the Page Inbox takes control, and no switch forbids it; whether it has it can be seen."""
    own, live_chat = page_inbox().id, context.answers.live_chat
    if live_chat is not None and live_chat.id == own:
        return Finding(State.OK, "is_live_chat", (), context.about_bot)
    having = next((reading for reading in context.readings if reading.app_id == own), None)
    if having is not None:
        return Finding(State.WARNING, "has_control", (evidence_of_owner(having),), context.about_bot)
    evidence = newest_looks(context)
    if any(reading.control is Control.HIDDEN for reading in context.readings):
        return Finding(State.UNKNOWN, "hidden", evidence)
    if (unreadable := failed_look(context)) is not None:
        return unreadable
    if any(reading.control is Control.APP for reading in context.readings):
        return Finding(*ok_unless_unclear(context, "not_seen"), evidence, context.about_bot)
    if context.readings:
        return Finding(State.UNKNOWN, "nothing", evidence)
    return not_seen(context)


CHECKS = (takes_control,)
