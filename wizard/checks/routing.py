"""Who answers first, who may take control, and who has it now."""

from wizard.checks.case import CheckContext
from wizard.checks.check import Finding, Needs, Reason, check, day_of, not_checked, refusal
from wizard.checks.owners import (
    failed_look,
    hidden,
    meta_ai_answers,
    newest_looks,
    not_readable,
    not_seen,
    ok_unless_unclear,
    unseen,
)
from wizard.core.diagnosis import Harm, Who
from wizard.core.facts import Control
from wizard.core.known_apps import is_meta_ai, page_inbox
from wizard.core.pending import TrialPart
from wizard.core.roles import BotRole, PageMode, RoleEvidence, bot_role, page_mode
from wizard.core.trial_result import TrialOutcome
from wizard.core.verdict import Evidence, State, evidence_of_owner
from wizard.i18n.language import _


@check(
    "routing.on",
    lambda: _("Conversation routing"),
    Needs.PAGE_TOKEN,
    lambda: {
        "routing": Reason(_("Facebook routes conversations by the default app.")),
        "unset": Reason(
            _("No default app is chosen."),
            _("Choose the bot as the default app."),
            follows_from=("routing.default_app",),
        ),
        "legacy": Reason(
            _("This Page still uses the old roles (Primary and Secondary Receiver)."),
            _("Look at the conversation routing tab of the Page’s settings."),
            headline=_(
                "the Page still uses the old roles (Primary and Secondary Receiver), which Facebook is retiring."
            ),
            letter=_(
                "{page} still uses the old roles of Facebook, Primary and Secondary Receiver. They work today, but "
                "Facebook is retiring them."
            ),
            ask=_("Choose {bot} as the default app in the conversation routing of {page}."),
            place="default_app",
            harm=Harm.LATER,
            who=Who.OWNER,
        ),
        **unseen(),
    },
)
def on(context: CheckContext) -> Finding | None:
    found = page_mode(context.facts, context.role_evidence)
    conversations = context.facts.conversations
    at = conversations.at if conversations else 0.0
    if found is PageMode.ROUTING:
        return Finding(State.OK, found.value, (Evidence("GET me/conversations", "is_owner is present", at),))
    if found is PageMode.UNSET and context.role_evidence.code_27:
        return Finding(State.PROBLEM, found.value, (refusal(context.role_evidence.code_27),))
    if found is PageMode.LEGACY:
        return Finding(State.WARNING, found.value, (_receivers(context),))
    return not_seen(context)


def _choose_the_bot() -> str:
    return _("Choose {bot} as the default app in the Page’s conversation routing.")


@check(
    "routing.default_app",
    lambda: _("Default app"),
    Needs.PAGE_TOKEN,
    lambda: {
        "confirmed": Reason(_("Facebook told {bot} that another app had control. Only the default app is told that.")),
        "none_set": Reason(
            _("No default app is chosen on Facebook."),
            _choose_the_bot(),
            headline=_("{bot} cannot take conversations back from a person, because no default app is chosen."),
            letter=_(
                "For {page} no default app is chosen on Facebook. So nobody decides who answers first, and {bot} "
                "cannot take conversations back from {live_chat}."
            ),
            ask=_("Choose {bot} as the default app of {page}."),
            place="default_app",
            harm=Harm.NO_ANSWER,
            who=Who.OWNER,
        ),
        "another": Reason(
            _("{bot} is not the default app: another app is, or none."),
            _choose_the_bot(),
            headline=_("{bot} does not get new conversations, because it is not the default app."),
            letter=_("{bot} does not get new conversations of {page}, because it is not the default app there."),
            ask=_("Choose {bot} as the default app of {page}."),
            place="default_app",
            harm=Harm.NO_ANSWER,
            who=Who.OWNER,
        ),
        "primary_receiver": Reason(
            _("{bot} is the Primary Receiver, the old word for the app that answers first."),
            _("Look at the conversation routing tab of the Page’s settings, and choose {bot} there as well."),
            follows_from=("routing.on",),
        ),
        "not_the_bots_token": Reason(
            _("Only the bot’s own token can show this."), _("Check again with the bot’s token.")
        ),
        "no_bot": Reason(_("No bot is chosen yet.")),
        **unseen(),
    },
)
def default_app(context: CheckContext) -> Finding | None:
    if not context.bot_id:
        return None if context.skip_reason else not_checked("no_bot")
    seen, about = context.role_evidence, context.about_bot
    if not context.skip_reason and context.token_app_id != context.bot_id and seen == RoleEvidence():
        return not_checked("not_the_bots_token")
    if page_mode(context.facts, seen) is PageMode.LEGACY:  # the list opens to the Primary Receiver alone
        return Finding(State.WARNING, "primary_receiver", (_receivers(context),), about)
    role = bot_role(seen)
    if role is BotRole.CONFIRMED and seen.foreign_owner:
        return Finding(State.OK, "confirmed", (evidence_of_owner(seen.foreign_owner),), about)
    if role is BotRole.NO_DEFAULT_APP and seen.code_27:
        return Finding(State.PROBLEM, "none_set", (refusal(seen.code_27),), about)
    if role is BotRole.NOT_DEFAULT and seen.hidden_owner:
        return Finding(State.PROBLEM, "another", (evidence_of_owner(seen.hidden_owner),), about)
    return not_seen(context)


@check(
    "routing.take_control",
    lambda: _("Taking control"),
    Needs.PAGE_TOKEN,
    lambda: {
        "taken_back": Reason(_("In the test on {test_day} {bot} took the conversation back.")),
        "refused": Reason(
            _("Facebook refused when {bot} tried to take control."),
            _("Switch “Allow this app to take control of conversations” on for {bot}."),
            headline=_("{bot} stays silent after a person was there, because Facebook does not let it take control."),
            letter=_(
                "{bot} cannot take conversations of {page} back from {live_chat}, because Facebook does not let it "
                "take control. Most likely its switch for that is off."
            ),
            ask=_("Switch “Allow this app to take control of conversations” on for {bot}."),
            place="take_control_bot",
            harm=Harm.STAYS_SILENT,
            who=Who.OWNER,
        ),
        **hidden(),
    },
)
def take_control(context: CheckContext) -> Finding | None:
    """The switch cannot be read; only a refused or granted take tells."""
    found = context.role_evidence.take_refusal
    if found is not None:
        return Finding(State.PROBLEM, "refused", (refusal(found),), context.about_bot)
    test = context.last_test(TrialPart.FACEBOOK_ALLOWS)
    if test is not None and test.outcome is TrialOutcome.WORKS and not (test.is_left_elsewhere or context.is_old(test)):
        evidence = tuple(evidence_of_owner(reading) for reading in test.readings[-1:])
        return Finding(State.OK, "taken_back", evidence, (*context.about_bot, day_of(test)))
    return None if context.skip_reason else not_readable(context)


@check(
    "routing.answers_first",
    lambda: _("Who answers first"),
    Needs.NOTHING,
    lambda: {
        "the_bot": Reason(_("In the test on {test_day} a fresh message went to {bot}.")),
        "another": Reason(
            _("In the test on {test_day} a fresh message went to {app}."),
            _("Choose {bot} as the default app, and for Social and Link routing."),
            headline=_("{bot} does not get new conversations: {app} answers first."),
            letter=_("New messages of customers to {page} go to {app}, and not to {bot}."),
            ask=_("For {page}, choose {bot} as the default app, and for Social and Link routing."),
            place="social_route",
            harm=Harm.NO_ANSWER,
            who=Who.OWNER,
            follows_from=("routing.default_app", "routing.current_owner"),
        ),
        "meta_ai": meta_ai_answers(_("A fresh message went to {app}: most likely that is Meta’s own AI assistant.")),
        "live_chat_at_once": Reason(
            _("{app} had the conversation at once. It got the message first, or the bot handed over at once."),
            _("Test again: write only “Hello”, and wait for the next request."),
        ),
        "not_seen": Reason(_("No fresh message was seen."), _("Run the test again.")),
        "not_tested": Reason(_("It was not tested."), _("Run the test.")),
        "long_ago": Reason(_("The last test was on {test_day}, more than 30 days ago."), _("Run the test.")),
    },
)
def answers_first(context: CheckContext) -> Finding:
    test = context.last_test(TrialPart.BOT_DOES)
    if test is None or test.by_eye:
        return not_checked("not_tested")
    if test.first_app is None:
        return Finding(State.UNKNOWN, "not_seen")
    about = (*context.about_bot, ("app", test.first_app.name or test.first_app.id), day_of(test))
    evidence = tuple(
        evidence_of_owner(reading)
        for reading in test.readings
        if reading.control is Control.APP and reading.app_id == test.first_app.id
    )[:1]
    if context.is_old(test):
        return Finding(State.UNKNOWN, "long_ago", evidence, about)
    if test.first_app.id == context.bot_id:
        return Finding(State.OK, "the_bot", evidence, about)
    if test.outcome is TrialOutcome.LIVE_CHAT_AT_ONCE:
        return Finding(State.UNKNOWN, "live_chat_at_once", evidence, about)
    return Finding(State.PROBLEM, "meta_ai" if is_meta_ai(test.first_app.id) else "another", evidence, about)


@check(
    "routing.current_owner",
    lambda: _("Who has control now"),
    Needs.PAGE_TOKEN,
    lambda: {
        "app": Reason(_("{app} had control when last looked at.")),
        "some": Reason(
            _("{app} had control of a conversation; of another nobody had it, or Facebook does not show who.")
        ),
        "stranger": Reason(
            _("{app} had control of a conversation: neither your bot nor your live chat."),
            _("Let no Social or Link route on Facebook name {app}, and switch “take control” off for it there."),
            headline=_(
                "{bot} is silent for customers whose conversations {app} holds, an app that has no part in this."
            ),
            letter=_(
                "At {page}, {app} has conversations of customers. It is neither your bot nor your live chat, and {bot} "
                "is silent there."
            ),
            ask=_(
                "See that no Social or Link route of {page} names {app}, and switch off for {app} that it may take "
                "control. If you do not use {app} any more, disconnect it from {page}."
            ),
            place="social_route",
            harm=Harm.NO_ANSWER,
            who=Who.OWNER,
        ),
        "hidden": Reason(
            _("Another app had control of a conversation; Facebook does not show this token which."),
            follows_from=("routing.default_app",),
        ),
        "meta_ai": meta_ai_answers(
            _(
                "{app} had control of a conversation: most likely that is Meta’s own AI assistant. It answers there, "
                "and your bot does not."
            )
        ),
        "nothing": Reason(_("Nobody had control, or Facebook does not show it.")),
        **unseen(),
    },
)
def current_owner(context: CheckContext) -> Finding | None:
    """Of each conversation the newest look counts. One with an app that has no part in the handover says most."""
    named = [reading for reading in context.readings if reading.control is Control.APP]
    evidence = newest_looks(context)
    expected = {app.id for app in (context.answers.bot, context.answers.live_chat) if app is not None}
    of_meta = [reading for reading in named if is_meta_ai(reading.app_id) and reading.app_id not in expected]
    if of_meta:
        about = (*context.about_bot, ("app", context.name_of(of_meta[0].app_id)))
        said = context.facts.business_ai
        told = (Evidence("GET me/business_ai", said, of_meta[0].at),) if said else ()
        return Finding(State.PROBLEM, "meta_ai", (evidence_of_owner(of_meta[0]), *told), about)
    strangers = [reading for reading in named if expected and reading.app_id not in {*expected, page_inbox().id}]
    if strangers:  # the Page Inbox has a check of its own
        stranger = strangers[0]
        about = (*context.about_bot, ("app", context.name_of(stranger.app_id)))
        return Finding(State.PROBLEM, "stranger", (evidence_of_owner(stranger),), about)
    if any(reading.control is Control.HIDDEN for reading in context.readings):
        return Finding(State.UNKNOWN, "hidden", evidence)
    if (unreadable := failed_look(context)) is not None:
        return unreadable
    if named:
        return Finding(*ok_unless_unclear(context, "app"), evidence, (("app", context.name_of(named[0].app_id)),))
    if context.readings:
        return Finding(State.UNKNOWN, "nothing", evidence)
    return not_seen(context)


def _receivers(context: CheckContext) -> Evidence:
    receivers = context.facts.token.receivers if context.facts.token else None
    return Evidence("GET me/secondary_receivers", "lists receivers", receivers.at if receivers else 0.0)


CHECKS = (on, default_app, take_control, answers_first, current_owner)
