"""Log in: open a token, choose a Page of a person's token, and settle whose token it is.

What talks to Facebook or the keyring takes a cancel token, belongs in a job and changes no answers. `Session.accept`
and `Session.accept_second` take what it returned, in the thread that owns the session.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from wizard.actions.page_access import require_app
from wizard.actions.session import Session
from wizard.actions.token_sources import TokenSource, check_shape
from wizard.actions.tokens import Opened, PageWithToken, RememberedToken
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, WizardError
from wizard.core.facts import App, Page, Reading, TokenKind, TokenLife
from wizard.core.secret import Secret
from wizard.core.token_life import ended, of_log_in, refused

_PORTION = 50  # Pages reported at a time while they come


class NotAPageToken(Exception):
    """Facebook answered, and this is not the token of a Page. kind: what it is, UNKNOWN where that was not told."""

    def __init__(self, kind: TokenKind) -> None:
        super().__init__(kind.value)
        self.kind = kind


class PageNotOpened(Exception):
    """The token opens no usable Page, or not the one that is wanted. pages: all that Facebook listed."""

    def __init__(self, pages: Sequence[Page] = ()) -> None:
        super().__init__(len(pages))
        self.pages = tuple(pages)


class SecondTokenProblem(StrEnum):
    NOT_A_PAGE_TOKEN = "not_a_page_token"
    OTHER_PAGE = "other_page"
    SAME_APP = "same_app"


@dataclass(frozen=True, slots=True)
class SecondToken:
    """problem: why it cannot serve as a second token; None where it is kept in memory, ready for the test."""

    opened: Opened
    problem: SecondTokenProblem | None = None


def open_token(session: Session, source: TokenSource, cancel: CancelToken) -> Opened:
    """Ask Facebook what the token is. Raises TokenShapeError before anything is asked, WizardError where it cannot be
    used at all, and what `TokenSource.fetch` raises."""
    given = check_shape(source.fetch())
    try:
        opened = session.open_token(given.secret, given.proof, cancel)
    except WizardError as error:
        failure = refused(error.failure) if given.app_id else ended(error.failure, given.life)
        raise WizardError(failure) from error
    require_app(opened.facts, given)
    at = opened.facts.identity.at
    if given.lifetime is None:
        return _living(opened, given.life)
    return replace(_living(opened, given.lifetime.of_person(at)), life_of_pages=given.lifetime.of_pages(at))


def _living(opened: Opened, life: Reading[TokenLife] | None) -> Opened:
    return replace(opened, facts=of_log_in(opened.facts, life))


def list_pages(
    session: Session, opened: Opened, cancel: CancelToken, report: Callable[[Sequence[PageWithToken]], None]
) -> int:
    """Report all Pages of a person's token in portions, as they come; return how many there are. Raises WizardError."""
    portion: list[PageWithToken] = []
    count = 0
    for row in session.pages(opened, cancel):
        portion.append(row)
        count += 1
        if len(portion) >= _PORTION:
            report(tuple(portion))
            portion.clear()
    report(tuple(portion))
    return count


def open_page(session: Session, page: PageWithToken, proof: Secret | None, cancel: CancelToken) -> Opened:
    """Open the Page's own token. proof: made of that token, never the person's. Raises WizardError, PageNotOpened."""
    if page.secret is None:
        raise PageNotOpened
    return _living(session.open_token(page.secret, proof, cancel), page.life)


def choose_page(
    session: Session, opened: Opened, wanted: str, choose: Callable[[Sequence[Page]], str], cancel: CancelToken
) -> Opened:
    """Open a Page of a person's token: the wanted one, the only usable one, or the one that is chosen.

    wanted: Page ID, "" for any. choose: gets all Pages, two or more of them usable, and returns the ID of one of
    those. Raises PageNotOpened, WizardError, and what choose raises."""
    rows = list(session.pages(opened, cancel))
    pages = [row.page for row in rows]
    usable = [row.page.id for row in rows if row.secret is not None]
    page_id = wanted
    if not page_id and usable:
        page_id = usable[0] if len(usable) == 1 else choose(pages)
    row = next((row for row in rows if row.page.id == page_id), None)
    if row is None or row.secret is None:
        raise PageNotOpened(pages)
    return open_page(session, row, None, cancel)


def require_page_token(opened: Opened) -> None:
    """Raises WizardError where Facebook refused to say what the token is, NotAPageToken where it is no Page's."""
    if opened.kind is TokenKind.PAGE:
        return
    if opened.facts.identity.failure is not None:
        raise WizardError(opened.facts.identity.failure)
    raise NotAPageToken(opened.kind)


def open_second_token(session: Session, answers: Answers, source: TokenSource, cancel: CancelToken) -> SecondToken:
    """Open a token of the other app on the same Page, and keep it in memory where it is one. Raises as `open_token`."""
    opened = open_token(session, source, cancel)
    problem = None
    if opened.kind is not TokenKind.PAGE or opened.app is None:
        problem = SecondTokenProblem.NOT_A_PAGE_TOKEN
    elif opened.page_id != answers.page_id:
        problem = SecondTokenProblem.OTHER_PAGE
    elif answers.token_app is not None and opened.app.id == answers.token_app.id:
        problem = SecondTokenProblem.SAME_APP
    else:
        session.tokens.keep(opened, remember=False)
    return SecondToken(opened, problem)


def is_proof_trouble(error: Exception) -> bool:
    """Whether the app asks for an appsecret_proof, or for another one."""
    return isinstance(error, WizardError) and error.kind in (ErrorKind.PROOF_NEEDED, ErrorKind.PROOF_WRONG)


def is_of_last_time(token: RememberedToken, answers: Answers) -> bool:
    """Whether it is the token that the saved answers were given with."""
    app = answers.token_app
    return bool(token.page_id) and token.page_id == answers.page_id and app is not None and token.app_id == app.id


# Whose token it is.


def suggested_owner(opened: Opened, answers: Answers) -> TokenOwner | None:
    """Whose token it is, where an earlier answer already says so."""
    app = opened.app
    if app is None:
        return None
    if answers.bot is not None and answers.bot.id == app.id:
        return TokenOwner.BOT
    if answers.live_chat is not None and answers.live_chat.id == app.id:
        return TokenOwner.LIVE_CHAT
    return None


def with_owner(opened: Opened, answers: Answers, owner: TokenOwner) -> Answers:
    """The answers once it is said whose token it is, without a choice that this contradicts."""
    changes: dict[str, App | TokenOwner | None] = {"token_owner": owner}
    app = opened.app
    for name, belongs in (("bot", TokenOwner.BOT), ("live_chat", TokenOwner.LIVE_CHAT)):
        chosen = getattr(answers, name)
        if app is not None and chosen is not None and chosen.id == app.id and owner is not belongs:
            changes[name] = None
    return with_changes(answers, **changes)


def without_token(answers: Answers, page: Page) -> Answers:
    """The answers of somebody who goes on without a token."""
    return with_changes(
        answers,
        token_name="",
        page_id=page.id,
        page_name=page.name,
        token_app=None,
        token_owner=TokenOwner.NONE,
    )
