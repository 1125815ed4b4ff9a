"""From a token to the Pages it opens, and from the keyring to the tokens it holds: the way in of a check."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from wizard.actions.session import Session
from wizard.actions.tokens import Credentials
from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.facts import Page, Reading, TokenFacts, TokenKind, TokenLife
from wizard.core.fetch import token_facts
from wizard.core.ports import GraphApi


@dataclass(frozen=True, slots=True)
class PageAccess:
    """One Page that a token opens; page_id "" where the token is no Page's. graph: None where Facebook lists the Page
    and keeps its token back. token: what was read with this very graph already. tasks: of the person, where a person's
    token opened the Page; listed_at: Unix seconds, and page_name, from the same list. life: of the token, as a log-in
    told it."""

    page_id: str
    graph: GraphApi | None
    token: TokenFacts | None = None
    tasks: Reading[frozenset[str]] | None = None
    page_name: str = ""
    listed_at: float = 0.0
    life: Reading[TokenLife] | None = None


class NoAccess(StrEnum):
    OTHER_PAGE = "other_page"  # a Page's token, but not of the one that was named
    NOT_OPENED = "not_opened"  # a person's token that does not open the Page
    NO_PAGE = "no_page"  # a log-in without any Page


class AccessRefused(Exception):
    """The token does not open what was asked for."""

    def __init__(self, why: NoAccess) -> None:
        super().__init__(why)
        self.why = why


def has_remembered(session: Session, page_ids: Collection[str]) -> bool:
    """Whether the keyring holds the token of one of these Pages, of any where there are none. Raises SavedFileError."""
    known = {token.page_id for token in session.remembered.of(session.world.graph)}
    return bool(known.intersection(page_ids)) if page_ids else bool(known)


def require_app(token: TokenFacts, given: Credentials) -> None:
    """Raises WizardError where the token is of another app than the one whose log-in was asked for."""
    app = token.app.value if token.app is not None else None
    if given.app_id and app is not None and app.id != given.app_id:
        names = f"asked for {given.app_id}, got {app.id}"
        raise WizardError(Failure(ErrorKind.OTHER_APPS_TOKEN, call="GET app", message=names))


def pages_of(
    session: Session,
    credentials: Credentials,
    wanted: Sequence[str],
    named: str,
    choose: Callable[[Sequence[Page]], str],
    cancel: CancelToken,
) -> Iterator[PageAccess]:
    """The Pages that the token opens, of those that are wanted; without any, of the one that is named or chosen.

    wanted, named: Page IDs, named "" where nobody named one. choose: asked for an ID where several could be meant.
    Raises AccessRefused, and WizardError where the list of Pages cannot be read, or the token is of another app."""
    graph = session.graph(credentials.secret, credentials.proof, cancel)
    token = token_facts(graph)
    require_app(token, credentials)
    identity = token.identity.value
    if identity is not None and identity.kind in (TokenKind.USER, TokenKind.SYSTEM_USER):
        lifetime, at = credentials.lifetime, token.identity.at
        for page in _persons_pages(graph, wanted, named, choose, is_log_in=lifetime is not None):
            yield replace(page, life=lifetime.of_pages(at) if lifetime is not None else None)
        return
    page_id = identity.id if identity is not None and identity.kind is TokenKind.PAGE else credentials.page_id
    if page_id and named not in ("", page_id):
        raise AccessRefused(NoAccess.OTHER_PAGE)
    yield PageAccess(page_id, graph, token, life=credentials.life)


def _persons_pages(
    graph: GraphApi, wanted: Sequence[str], named: str, choose: Callable[[Sequence[Page]], str], is_log_in: bool
) -> Iterator[PageAccess]:
    listed = list(graph.pages())
    if not listed and is_log_in:
        raise AccessRefused(NoAccess.NO_PAGE)
    usable = [page for page, own in listed if own is not None]
    candidates = usable or ([listed[0][0]] if len(listed) == 1 else [])
    chosen = tuple(wanted) or (_chosen(candidates, named, choose),)
    opened = [(page, own) for page, own in listed if page.id in chosen]
    for page, own in opened:
        tasks = Reading("GET me/accounts", graph.time, page.tasks) if page.tasks is not None else None
        yield PageAccess(page.id, own, tasks=tasks, page_name=page.name, listed_at=graph.time)
    if not opened and not wanted:
        raise AccessRefused(NoAccess.NOT_OPENED)


def _chosen(candidates: Sequence[Page], named: str, choose: Callable[[Sequence[Page]], str]) -> str:
    if named or not candidates:
        return named
    return candidates[0].id if len(candidates) == 1 else choose(candidates)
