"""The two apps of the handover: whether they are two, and whether the App ID of the second is one."""

from wizard.checks.case import CheckContext
from wizard.checks.check import Finding, Needs, Reason, check, not_checked
from wizard.core.app_id import AppIdProblem, AppIdTrouble, Slip, check_app_id
from wizard.core.diagnosis import Harm, Who
from wizard.core.facts import App, Control
from wizard.core.known_apps import are_swapped_by_name, page_inbox
from wizard.core.roles import PageMode, page_mode
from wizard.core.verdict import Evidence, State, evidence_of, evidence_of_owner
from wizard.i18n.language import _


def _wrong_id(text: str, action: str) -> Reason:
    return Reason(
        text,
        action,
        headline=_("who asks for a person gets none: {app_id} is no App ID of a live chat for Messenger."),
        letter=_(
            "Customers of {page} who ask for a person get none: {app_id} is given as the App ID of the live chat, and "
            "is none."
        ),
        ask=_(
            "Copy the App ID of your live chat from the list of connected apps in the settings of {page}, save it in "
            "the settings of {bot}, and send it to us."
        ),
        harm=Harm.NO_PERSON,
        who=Who.OWNER,
    )


@check(
    "roles.secondary_known",
    lambda: _("App ID of the live chat"),
    Needs.PAGE_TOKEN,
    lambda: {
        "connected": Reason(_("{app} (App ID {app_id}) is connected to the Page.")),
        "built_in": Reason(_("The live chat is the Page Inbox, which every Page has.")),
        "exists": Reason(_("Facebook knows an app with this App ID: {app}. Whether it is connected, the test shows.")),
        "no_name": Reason(
            _("Facebook shows no app with the App ID {app_id}."),
            _("Compare the digits with the list of connected apps in the Page’s settings."),
            headline=_("who asks for a person may get none: Facebook shows no app with the App ID {app_id}."),
            letter=_(
                "For {page} the App ID {app_id} is given as that of the live chat, but Facebook shows no app of this "
                "ID."
            ),
            ask=_(
                "Compare the digits with the list of connected apps in the settings of {page}, and send us the right "
                "ID."
            ),
            harm=Harm.NO_PERSON,
            who=Who.OWNER,
        ),
        "not_a_receiver": Reason(
            _("{app} is not among the Secondary Receivers of this Page."),
            _("Choose {app} as a Secondary Receiver in the Page’s settings."),
            headline=_("who asks for a person may get none: {app} is not among the Secondary Receivers of the Page."),
            letter=_(
                "Customers of {page} who ask for a person may get none: {app} is not one of its Secondary Receivers."
            ),
            ask=_("Choose {app} as a Secondary Receiver in the settings of {page}."),
            harm=Harm.NO_PERSON,
            who=Who.OWNER,
        ),
        "misprint": _wrong_id(
            _("{app_id} is in some public texts, but it is no app: a digit is wrong."),
            _("Copy the App ID from the Page’s settings."),
        ),
        "is_page": _wrong_id(
            _("{app_id} is the ID of the Page, not of an app."),
            _("Copy the App ID of the live chat from the Page’s settings."),
        ),
        "is_instagram_inbox": _wrong_id(
            _("{app_id} is the inbox of Instagram, which never gets a Messenger conversation."),
            _("Use the App ID of the Page Inbox instead: {id}.").format(id=page_inbox().id),
        ),
        "is_meta_ai": _wrong_id(
            _("{app_id} is most likely Meta’s own AI assistant, where no person answers."),
            _("Copy the App ID of the live chat from the Page’s settings."),
        ),
        "not_an_app_id": _wrong_id(
            _("“{app_id}” is no App ID: those have 5 to 20 digits."),
            _("Copy the App ID of the live chat from the Page’s settings."),
        ),
        "not_looked_up": Reason(_("The App ID was not looked up.")),
        "not_chosen": Reason(_("It is not known which app is the bot, or which one takes over."), _("Name both apps.")),
    },
)
def secondary_known(context: CheckContext) -> Finding | None:
    """Whether the App ID of the live chat is that of an app, and whether that app is connected as far as was seen."""
    app = context.answers.live_chat
    if app is None:
        return not_checked("not_chosen")
    about = (("app", context.name_of(app.id)), ("app_id", app.id))
    wrong = _surely_wrong(app, context.answers.page_id)
    if wrong:
        return Finding(State.PROBLEM, wrong, (Evidence("App ID", app.id, 0.0),), about)
    proof = _connected(context, app)
    if proof is not None:
        return Finding(State.OK, "connected", (proof,), about)
    receivers = context.facts.token.receivers if context.facts.token else None
    if page_mode(context.facts, context.role_evidence) is PageMode.LEGACY and receivers is not None:
        return Finding(State.WARNING, "not_a_receiver", (evidence_of(receivers, f"without {app.id}"),), about)
    if app.id == page_inbox().id:
        return Finding(State.OK, "built_in", (), about)
    names = dict(context.facts.app_names)
    if app.id not in names:
        return None if context.skip_reason else not_checked("not_looked_up")
    if names[app.id]:
        return Finding(State.OK, "exists", (Evidence("GET {app}", names[app.id], context.facts.named_at),), about)
    return Finding(State.WARNING, "no_name", (Evidence("GET {app}", "no app", context.facts.named_at),), about)


def _surely_wrong(app: App, page_id: str) -> str:
    """The reason why this is no App ID for Messenger, "" where nothing is known against it."""
    match check_app_id(app.id, page_id=page_id):
        case None:
            return ""
        case AppIdProblem(trouble=AppIdTrouble.IS_META_AI):
            return "is_meta_ai"
        case AppIdProblem(trouble=AppIdTrouble.NEAR_MISS, slip=slip):
            return "misprint" if slip is Slip.MISPRINT else ""
        case AppIdProblem(trouble=AppIdTrouble.IS_PAGE):
            return "is_page"
        case AppIdProblem(trouble=AppIdTrouble.IS_INSTAGRAM_INBOX):
            return "is_instagram_inbox"
    return "not_an_app_id"


def _connected(context: CheckContext, app: App) -> Evidence | None:
    """What proves that the app is connected to the Page, None where nothing was seen."""
    holder = next((reading for reading in context.readings if reading.app_id == app.id), None)
    if holder is not None and holder.control is Control.APP:
        return evidence_of_owner(holder)
    for token in (context.facts.token, context.facts.second_token):
        subscription = token.subscription if token else None
        if subscription is not None and subscription.value is not None and subscription.value.id == app.id:
            return evidence_of(subscription, f"app {app.id}")
        receivers = token.receivers if token else None
        if receivers is not None and app.id in {receiver.id for receiver in receivers.value or ()}:
            return evidence_of(receivers, f"lists {app.id}")
    return None


@check(
    "roles.distinct",
    lambda: _("Bot and live chat"),
    Needs.NOTHING,
    lambda: {
        "distinct": Reason(_("They are two different apps.")),
        "same": Reason(
            _("The same app was chosen for both."),
            _("Choose two different apps."),
            headline=_("the same app is given as bot and as live chat, so nothing can be handed over."),
        ),
        "swapped_by_name": _swapped(
            _("{bot} is given as the bot, and {live_chat} as the live chat. Are they swapped?")
        ),
        "swapped_by_role": _swapped(
            _(
                "{live_chat} is given as the live chat, but Facebook tells it who has control, and only the default "
                "app is told that. Are bot and live chat swapped?"
            )
        ),
        "not_chosen": Reason(_("They are not chosen yet.")),
    },
)
def distinct(context: CheckContext) -> Finding:
    """Whether they are two, and each in its place as far as their names and Facebook's answers let one doubt it."""
    bot, live_chat = context.answers.bot, context.answers.live_chat
    if bot is None or live_chat is None:
        return not_checked("not_chosen")
    if bot.id == live_chat.id:
        return Finding(State.PROBLEM, "same")
    names = context.name_of(bot.id), context.name_of(live_chat.id)
    about = (("bot", names[0]), ("live_chat", names[1]))
    told = next((one for one in context.facts.owners if one.app_id not in ("", live_chat.id)), None)
    if context.token_app_id == live_chat.id and told is not None:
        return Finding(State.WARNING, "swapped_by_role", (evidence_of_owner(told),), about)
    if are_swapped_by_name(*names):
        return Finding(State.WARNING, "swapped_by_name", (Evidence("names", " / ".join(names), 0.0),), about)
    return Finding(State.OK, "distinct")


def _swapped(question: str) -> Reason:
    return Reason(
        question,
        _("Look which of the two is the bot. If they are swapped, name them the other way round."),
        headline=_("{bot} is given as the bot and {live_chat} as the live chat: they may be swapped."),
        harm=Harm.UNSEEN,
    )


CHECKS = (secondary_known, distinct)
