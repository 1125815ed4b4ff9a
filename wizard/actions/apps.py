"""Your apps: which are offered as the bot and as the live chat, and an App ID that is typed."""

from dataclasses import dataclass
from enum import StrEnum

from wizard.actions.session import Session
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.app_id import AppIdProblem, check_app_id, clean_app_id
from wizard.core.apps import look_up
from wizard.core.cancel import CancelToken
from wizard.core.facts import App
from wizard.core.known_apps import page_inbox


class AppRole(StrEnum):
    """One of the two questions; its value is the name of the answer."""

    BOT = "bot"
    LIVE_CHAT = "live_chat"

    @property
    def other(self) -> "AppRole":
        return AppRole.LIVE_CHAT if self is AppRole.BOT else AppRole.BOT


_ROLE_OF: dict[TokenOwner | None, AppRole] = {
    TokenOwner.BOT: AppRole.BOT,
    TokenOwner.LIVE_CHAT: AppRole.LIVE_CHAT,
}


@dataclass(frozen=True, slots=True)
class TypedApp:
    """An App ID that was typed. app_id: without what is no part of it. problem: why it cannot be meant. known: the app,
    where the wizard knows it already."""

    app_id: str
    problem: AppIdProblem | None = None
    known: App | None = None


def chosen_app(answers: Answers, role: AppRole) -> App | None:
    return answers.bot if role is AppRole.BOT else answers.live_chat


def role_of_token(answers: Answers) -> AppRole | None:
    """What the app of the token is, None where it is neither, or there is no token."""
    return _ROLE_OF.get(answers.token_owner)


def with_app(answers: Answers, role: AppRole, app: App | None) -> Answers:
    return with_changes(answers, **{role.value: app})


def with_app_of_token(answers: Answers) -> Answers:
    """The answers with the app of the token in the role that the person said it has, where that role is still open."""
    role, own = role_of_token(answers), answers.token_app
    if own is None or role is None or chosen_app(answers, role) is not None:
        return answers
    return with_app(answers, role, own)


def is_said(answers: Answers, role: AppRole) -> bool:
    """Whether the person has answered this question already, by saying whose token it is."""
    own, app = answers.token_app, chosen_app(answers, role)
    return own is not None and app is not None and own.id == app.id and role_of_token(answers) is role


def offered_apps(session: Session, answers: Answers, role: AppRole) -> tuple[App, ...]:
    """The apps that may be the answer, best known first. The one in the other role is not among them."""
    other = chosen_app(answers, role.other)
    return tuple(
        app
        for app in session.apps(answers)
        if _is_possible(answers, role, app) and (other is None or app.id != other.id)
    )


def _is_possible(answers: Answers, role: AppRole, app: App) -> bool:
    """The Page Inbox is no bot, and an app that is said to be neither is no answer to either question."""
    if role is AppRole.BOT and app.id == page_inbox().id:
        return False
    is_own = answers.token_app is not None and app.id == answers.token_app.id
    return not is_own or answers.token_owner is None or role_of_token(answers) is role


def check_typed_app(session: Session, answers: Answers, role: AppRole, text: str) -> TypedApp:
    """Clean and check an App ID before anything is asked. text: as it was typed or pasted."""
    app_id = clean_app_id(text)
    known = session.apps(answers)
    other = chosen_app(answers, role.other)
    problem = check_app_id(
        app_id,
        page_id=answers.page_id,
        bot_id=other.id if other is not None and role is AppRole.LIVE_CHAT else "",
        live_chat_id=other.id if other is not None and role is AppRole.BOT else "",
        known=known,
    )
    return TypedApp(app_id, problem, next((app for app in known if app.id == app_id), None))


def look_up_app(session: Session, answers: Answers, app_id: str, cancel: CancelToken) -> App | None:
    """In a job: the app with its public name, None where Facebook shows no app of this ID. Without a token nobody can
    be asked, and the app stays nameless. Raises WizardError."""
    if not answers.has_token:
        return App(app_id)
    return look_up(session.graph_of(answers.token_name, cancel), app_id)
