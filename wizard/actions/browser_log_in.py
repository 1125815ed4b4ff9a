"""Log in with Facebook: in the browser, or with a code. Both are token sources, and yield the token of a person.

What waits for the person belongs in a job and ends with its cancel token."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Protocol

from wizard.actions.log_in import open_token
from wizard.actions.session import Session
from wizard.actions.tokens import Credentials, Opened
from wizard.core import graph_versions, limits
from wizard.core.answers import Answers, with_changes
from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.facts import App
from wizard.core.log_in import CALL, LogInFile, State, dialog_address, is_called, read_answer
from wizard.core.ports import GraphApi
from wizard.core.resource import resource
from wizard.core.token_life import refused
from wizard.words.log_in import browser_page

_NO_PORT = 1024
_MOST_LOST = 3  # answers about a code, in a row
NEEDED = ("pages_show_list", "pages_manage_metadata", "pages_messaging")  # without one of them a set-up stays unseen


class Screen(Protocol):
    """Where the person sees what to do. Neither blocks."""

    def go_to(self, address: str) -> None:
        """Facebook asks there; no token is in the address."""
        ...

    def enter(self, code: "Code") -> None:
        """The person types the code on another page."""
        ...


@dataclass(frozen=True, slots=True)
class Code:
    """text: what is typed at `address`; direct: the same page with the code in it. expires_in: seconds."""

    text: str
    address: str
    direct: str
    expires_in: float


@dataclass(frozen=True, slots=True)
class BrowserLogIn:
    """again: ask once more for what was declined."""

    session: Session
    file: LogInFile
    screen: Screen
    cancel: CancelToken
    again: bool = False

    def fetch(self) -> Credentials:
        """Raises WizardError, Cancelled."""
        from wizard.web.listener import LogInListener

        relay = resource("login/relay.html").read_text(encoding="utf-8") if self.file.is_here else ""
        try:
            listener = LogInListener(browser_page, relay, self.file.own_port)
        except OSError:
            raise WizardError(Failure(ErrorKind.LOG_IN_PORT_TAKEN, CALL)) from None
        with listener:
            facebook, version = self.session.world.facebook, graph_versions.newest()
            self.screen.go_to(dialog_address(facebook, version, self.file, listener.state, listener.port, self.again))
            fields = listener.wait(self.cancel, limits.LOG_IN)
        answer = read_answer(fields) if fields is not None else Failure(ErrorKind.LOG_IN_UNANSWERED, CALL)
        if isinstance(answer, Failure):
            raise WizardError(answer)
        return Credentials(answer.secret, app_id=self.file.app_id, lifetime=answer.lifetime)


@dataclass(frozen=True, slots=True)
class CodeLogIn:
    """For a file with a client token. again: as there; Facebook asks for all of it each time."""

    session: Session
    file: LogInFile
    screen: Screen
    cancel: CancelToken
    again: bool = False

    def fetch(self) -> Credentials:
        """Raises WizardError, Cancelled."""
        from wizard.graph.code_log_in import CodeAnswer, CodeLogInCalls, Confirmed

        world, clock = self.session.world, self.session.clock
        calls = CodeLogInCalls(world.graph, world.facebook, graph_versions.newest(), self.file, self.cancel)
        try:
            shown = calls.start()
            ends, pause = clock.monotonic() + shown.expires_in, shown.interval
            self.screen.enter(Code(shown.text, shown.address, shown.direct_address, shown.expires_in))
            lost: list[WizardError] = []  # answers in a row: the person may have entered the code meanwhile
            while clock.monotonic() < ends:
                self.cancel.wait(pause)
                try:
                    answer = calls.ask(shown)
                except WizardError as error:
                    lost.append(error)
                    if not error.failure.is_transport_error or len(lost) >= _MOST_LOST:
                        raise
                    continue
                lost.clear()
                if isinstance(answer, Confirmed):
                    return Credentials(answer.secret, app_id=self.file.app_id, lifetime=answer.lifetime)
                if answer is CodeAnswer.DECLINED:
                    raise WizardError(Failure(ErrorKind.LOG_IN_CANCELLED, CALL))
                if answer is CodeAnswer.EXPIRED:
                    break
                pause += calls.slower if answer is CodeAnswer.TOO_FAST else 0.0
            if lost:
                raise lost[-1]
        finally:
            calls.close()
        raise WizardError(Failure(ErrorKind.LOG_IN_UNANSWERED, CALL))


class PageThere(StrEnum):
    """What stands where an answer would come back."""

    OURS = "ours"
    OTHER = "other"
    UNREACHABLE = "unreachable"


def look_at_page(file: LogInFile, cancel: CancelToken) -> PageThere:
    """Ask the page that sends on, without a token, whether it is the one that we ship."""
    from wizard.web.session import HttpSession

    try:
        with HttpSession(cancel) as web:
            reply = web.send("GET", file.redirect_uri, call="GET redirect_uri")
    except WizardError:
        return PageThere.UNREACHABLE
    ours = resource("login/relay.html").read_bytes()
    is_ours = reply.status == HTTPStatus.OK and reply.body.replace(b"\r\n", b"\n").strip() == ours.strip()
    return PageThere.OURS if is_ours else PageThere.OTHER


def sample_address(session: Session, file: LogInFile) -> str:
    """The dialog as people will see it; nobody listens for its answer."""
    return dialog_address(session.world.facebook, graph_versions.newest(), file, State(_NO_PORT), _NO_PORT)


def find_log_in_file(session: Session, name: str, needs_code: bool = False) -> LogInFile:
    """Return the log-in file of this name, or the only one. name: "" for any. needs_code: one logs in with a code.
    Raises WizardError where there is none that fits, or several and none is named."""
    files = session.log_ins.find().usable
    found = [file for file in files if is_called(file.name, name)]
    if needs_code and found:
        found = [file for file in found if file.client_token is not None]
        if not found:
            raise WizardError(Failure(ErrorKind.LOG_IN_WITHOUT_CODE, CALL))
    if len(found) != 1:
        names = ", ".join(file.name for file in files)
        raise WizardError(Failure(ErrorKind.LOG_IN_FILE_MISSING, CALL, message=names))
    return found[0]


@dataclass(frozen=True, slots=True)
class NamedApps:
    """The apps that the vendor names, None where the file does not. No token is in it: it may be kept."""

    bot: App | None = None
    live_chat: App | None = None

    def names(self, app: App | None) -> bool:
        """Whether the vendor says which of both this app is."""
        return app is not None and any(one is not None and one.id == app.id for one in (self.bot, self.live_chat))

    def with_apps(self, answers: Answers) -> Answers:
        """The answers with the apps that the vendor names, where the person has chosen none."""
        named = {"bot": self.bot, "live_chat": self.live_chat}
        changes = {name: app for name, app in named.items() if app is not None and getattr(answers, name) is None}
        return with_changes(answers, **changes) if changes else answers


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """opened: with the person's token, which nobody keeps once the Page's is had. missing: needed permissions that the
    person did not give: permission -> "declined", or "absent"."""

    opened: Opened
    missing: Mapping[str, str]
    apps: NamedApps


def log_in_with(session: Session, source: BrowserLogIn | CodeLogIn, cancel: CancelToken) -> LoggedIn:
    """Log in, and look at what was given. Raises WizardError, Cancelled."""
    opened = open_token(session, source, cancel)
    missing, graph = not_given(session, opened, cancel), session.graph(opened.secret, opened.proof, cancel)
    bot, live_chat = (_named(graph, app_id) for app_id in (source.file.bot_app_id, source.file.live_chat_app_id))
    return LoggedIn(opened, missing, NamedApps(bot, live_chat))


def _named(graph: GraphApi, app_id: str) -> App | None:
    """The app with its name, where Facebook tells it; a name is not worth a failed log-in."""
    if not app_id:
        return None
    try:
        return graph.app_named(app_id) or App(app_id)
    except WizardError:
        return App(app_id)


def not_given(session: Session, of: Opened | Credentials, cancel: CancelToken) -> Mapping[str, str]:
    """Return the needed permissions that the person did not give: permission -> "declined", or "absent" where it was
    not offered; none where Facebook does not tell, for later calls show it. Raises WizardError."""
    try:
        given = session.permissions(of.secret, of.proof, cancel)
    except WizardError as error:
        if error.failure.is_transport_error or error.failure.is_token_error:
            raise WizardError(refused(error.failure)) from error
        return {}
    return {name: "declined" if name in given else "absent" for name in NEEDED if given.get(name) != "granted"}
