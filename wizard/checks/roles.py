"""The two apps of the handover: whether they are two, and whether the App ID of the second is one."""

from wizard.checks.case import Case, not_checked
from wizard.core.app_id import AppIdProblem, AppIdTrouble, Slip, check_app_id
from wizard.core.facts import App, Control
from wizard.core.known_apps import page_inbox
from wizard.core.roles import PageMode, page_mode
from wizard.core.verdict import Evidence, State, Verdict, evidence_of, evidence_of_owner


def secondary_known(case: Case) -> Verdict:
    """Whether the App ID of the live chat is that of an app, and whether that app is connected as far as was seen."""
    check, app = "roles.secondary_known", case.answers.live_chat
    if app is None:
        return not_checked(check, "not_chosen")
    about = (("app", case.name_of(app.id)), ("app_id", app.id))
    wrong = _surely_wrong(app, case.answers.page_id)
    if wrong:
        return Verdict(check, State.PROBLEM, wrong, (Evidence("App ID", app.id, 0.0),), about)
    proof = _connected(case, app)
    if proof is not None:
        return Verdict(check, State.OK, "connected", (proof,), about)
    receivers = case.facts.token.receivers if case.facts.token else None
    if page_mode(case.facts, case.sights) is PageMode.LEGACY and receivers is not None:
        return Verdict(check, State.WARNING, "not_a_receiver", (evidence_of(receivers, f"without {app.id}"),), about)
    if app.id == page_inbox().id:
        return Verdict(check, State.OK, "built_in", (), about)
    names = dict(case.facts.app_names)
    if app.id not in names:
        return not_checked(check, case.silence or "not_looked_up")
    if names[app.id]:
        return Verdict(check, State.OK, "exists", (Evidence("GET {app}", names[app.id], case.facts.named_at),), about)
    return Verdict(check, State.WARNING, "no_name", (Evidence("GET {app}", "no app", case.facts.named_at),), about)


def distinct(case: Case) -> Verdict:
    bot, live_chat = case.answers.bot, case.answers.live_chat
    if bot is None or live_chat is None:
        return not_checked("roles.distinct", "not_chosen")
    same = bot.id == live_chat.id
    return Verdict("roles.distinct", State.PROBLEM if same else State.OK, "same" if same else "distinct")


def _surely_wrong(app: App, page_id: str) -> str:
    """The reason why this is no App ID for Messenger, "" where nothing is known against it."""
    match check_app_id(app.id, page_id=page_id):
        case None:
            return ""
        case AppIdProblem(trouble=AppIdTrouble.NEAR_MISS, slip=slip):
            return "misprint" if slip is Slip.MISPRINT else ""
        case AppIdProblem(trouble=AppIdTrouble.IS_PAGE):
            return "is_page"
        case AppIdProblem(trouble=AppIdTrouble.IS_INSTAGRAM_INBOX):
            return "is_instagram_inbox"
    return "not_an_app_id"


def _connected(case: Case, app: App) -> Evidence | None:
    """What proves that the app is connected to the Page, None where nothing was seen."""
    holder = next((reading for reading in case.readings if reading.app_id == app.id), None)
    if holder is not None and holder.control is Control.APP:
        return evidence_of_owner(holder)
    for token in (case.facts.token, case.facts.second_token):
        subscription = token.subscription if token else None
        if subscription is not None and subscription.value is not None and subscription.value.id == app.id:
            return evidence_of(subscription, f"app {app.id}")
        receivers = token.receivers if token else None
        if receivers is not None and app.id in {receiver.id for receiver in receivers.value or ()}:
            return evidence_of(receivers, f"lists {app.id}")
    return None
