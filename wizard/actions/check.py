"""Checking: saved set-ups, files that somebody sent, a token. Everything here is read-only on Facebook."""

import contextlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from wizard.actions.account import unusable
from wizard.actions.check_target import CheckStatus, CheckTarget, TargetOrigin
from wizard.actions.compressed import compress
from wizard.actions.page_access import PageAccess
from wizard.actions.session import Session
from wizard.actions.tokens import Opened
from wizard.checks.page import check_page, evaluate, reevaluate
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.checked import CheckedPage
from wizard.core.diagnosis import outcome_of
from wizard.core.facts import Facts, TokenKind
from wizard.core.fetch import CONVERSATIONS
from wizard.core.saved_file import FACTS_ENDING, SETUP_ENDING, SavedFileError, SavedFileProblem
from wizard.core.secret import Secret
from wizard.core.token_shape import TokenShape
from wizard.store.facts_file import load_facts, save_facts
from wizard.store.log import log_event
from wizard.store.setups import answers_of, load_setup
from wizard.vault import token_name

_AT_ONCE = 4  # set-ups that are asked about at the same time


@dataclass(frozen=True, slots=True)
class ListedTargets:
    """Set-ups and facts, saved ones newest first, and the files that cannot be read."""

    targets: tuple[CheckTarget, ...]
    unreadable: tuple[SavedFileError, ...]


@dataclass(frozen=True, slots=True)
class TokenRead:
    """A pasted token and what was checked with it. is_other_page: it is of another Page than the one asked about."""

    opened: Opened
    targets: tuple[CheckTarget, ...] = ()
    is_other_page: bool = False


def list_saved(session: Session) -> ListedTargets:
    """The saved set-ups with what was last seen of them."""
    saved = session.setups.list()
    targets = []
    for path, setup in saved.setups:
        answers = answers_of(setup)
        target = CheckTarget(str(path), TargetOrigin.SAVED, answers, path, _tokens(session, answers))
        targets.append(_with_last_result(target, session))
    return ListedTargets(tuple(targets), tuple(saved.unreadable))


def open_files(session: Session, paths: Sequence[Path]) -> ListedTargets:
    """Set-ups and facts from files."""
    targets: list[CheckTarget] = []
    unreadable: list[SavedFileError] = []
    for path in paths:
        try:
            targets.append(_target_of(session, path))
        except SavedFileError as error:
            unreadable.append(error)
    return ListedTargets(tuple(targets), tuple(unreadable))


def check_targets(
    session: Session,
    targets: Sequence[CheckTarget],
    look_at_conversations: bool,
    cancel: CancelToken,
    started: Callable[[CheckTarget], None],
    checked: Callable[[CheckTarget], None],
) -> None:
    """Check targets, several at once. started, checked: called in any thread, with the target as it is then. Raises
    Cancelled, and WizardError where a token cannot be had."""

    def check(target: CheckTarget) -> CheckTarget:
        cancel.raise_if_cancelled()
        started(target)
        return _checked(session, target, look_at_conversations, cancel)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for job in as_completed([pool.submit(check, target) for target in targets]):
            checked(job.result())


def check_with_token(
    session: Session,
    secret: Secret,
    proof: Secret | None,
    wanted: CheckTarget | None,
    known: Sequence[CheckTarget],
    look_at_conversations: bool,
    cancel: CancelToken,
) -> TokenRead:
    """Read a token and check its Page with it.

    wanted: the one it was pasted for. known: all others, which it may be of as well. Raises WizardError where Facebook
    refuses the token. A token that opens many Pages, or none, checks nothing."""
    graph = session.graph(secret, proof, cancel)
    opened = Opened(secret, graph.read_token(), proof)
    if opened.kind not in (TokenKind.PAGE, TokenKind.UNKNOWN):
        return TokenRead(opened)
    identity = opened.facts.identity.value
    page_id = identity.id if identity else ""
    if wanted is not None and wanted.page_id and wanted.page_id != page_id:
        return TokenRead(opened, is_other_page=True)
    session.tokens.keep(opened, remember=False)
    name = session.tokens.name_of(opened)
    found = [wanted] if wanted is not None else [one for one in known if one.page_id == page_id]
    targets = []
    for target in found or [CheckTarget(f"page {page_id}", TargetOrigin.TOKEN, Answers(page_id=page_id))]:
        page = check_page(graph, target.answers, cancel, look_at_conversations, token=opened.facts)
        names = tuple(dict.fromkeys((name, *target.token_names)))
        result = compress(_with_source(page, target))
        targets.append(replace(target, token_names=names, result=result, status=CheckStatus.IDLE))
        _keep_result(session, target, page)
    return TokenRead(opened, tuple(targets))


def saved_setups(session: Session) -> dict[str, Answers]:
    """The set-ups saved on this computer by Page ID, of each Page the newest."""
    newest_first = [answers_of(setup) for _path, setup in session.setups.list().setups]
    return {answers.page_id: answers for answers in reversed(newest_first)}


def read_setup(path: Path) -> Answers:
    """Raises SavedFileError."""
    return answers_of(load_setup(path))


def check_facts(path: Path, known: Callable[[Answers], Answers], now: float) -> CheckedPage:
    """Facts of an earlier look by today's rules: no token, no network. known: the set-up, given that of the file. now:
    Unix seconds. Raises SavedFileError."""
    saved = load_facts(path)
    return reevaluate(replace(saved, answers=known(saved.answers)), now)


def judge_without_token(session: Session, answers: Answers, odd: TokenShape | None = None) -> CheckedPage:
    """What can be said of a set-up without asking Facebook. odd: why the token that was given cannot be one."""
    return evaluate(answers, Facts(token_shape=odd), session.clock.now())


def check_opened_page(
    page: PageAccess,
    answers: Answers,
    look_at_conversations: bool,
    cancel: CancelToken,
    conversations: int = CONVERSATIONS,
) -> CheckedPage:
    """conversations: how many of the newest are looked at."""
    if page.graph is None:
        return unusable(replace(answers, page_name=page.page_name or answers.page_name), page.tasks, page.listed_at)
    checked = check_page(
        page.graph,
        answers,
        cancel,
        look_at_conversations,
        token=page.token,
        tasks=page.tasks,
        conversations=conversations,
        life=page.life,
    )
    log_event(event="page_checked", kind=outcome_of(checked))
    return checked


def _checked(session: Session, target: CheckTarget, look_at_conversations: bool, cancel: CancelToken) -> CheckTarget:
    """The target after one more look, or as one that needs a token."""
    for name in target.token_names:
        if session.vault.get(name) is not None:
            graph = session.graph_of(name, cancel)
            life = session.tokens.life_of(name)
            page = check_page(graph, target.answers, cancel, look_at_conversations, life=life)
            _keep_result(session, target, page)
            return replace(target, result=compress(_with_source(page, target)), status=CheckStatus.IDLE)
    return replace(target, token_names=(), status=CheckStatus.NEEDS_TOKEN)


def _with_source(page: CheckedPage, target: CheckTarget) -> CheckedPage:
    """With the name of the file that somebody sent: to support it is the ticket."""
    is_sent = target.origin is TargetOrigin.SETUP_FILE and target.path is not None
    return replace(page, source=target.path.name) if is_sent and target.path is not None else page


def _target_of(session: Session, path: Path) -> CheckTarget:
    """Raises SavedFileError. The ending says what to try first, the file itself what it is."""
    readers = (_facts, _setup) if path.name.endswith(FACTS_ENDING) else (_setup, _facts)
    try:
        return readers[0](session, path)
    except SavedFileError as error:
        if error.problem is not SavedFileProblem.OTHER_KIND:
            raise
        return readers[1](session, path)


def _setup(session: Session, path: Path) -> CheckTarget:
    answers = answers_of(load_setup(path))
    names = _tokens(session, answers)
    standing = CheckStatus.IDLE if names else CheckStatus.NEEDS_TOKEN
    return CheckTarget(str(path), TargetOrigin.SETUP_FILE, answers, path, names, status=standing)


def _facts(session: Session, path: Path) -> CheckTarget:
    kept = load_facts(path)
    now = session.clock.now()
    result = compress(replace(reevaluate(kept, now), source=path.name), now)
    return CheckTarget(str(path), TargetOrigin.FACTS_FILE, kept.answers, path, result=result)


def _tokens(session: Session, answers: Answers) -> tuple[str, ...]:
    """Names of tokens of this Page: the bot's, which sees most, then the live chat's, then others. The system's keyring
    is not asked, for it may ask the person: whether it still holds what the list says shows when a check needs it."""
    graph, page_id = session.world.graph, answers.page_id
    apps = [app.id for app in (answers.bot, answers.live_chat) if app is not None]
    own = [token_name(graph, page_id, app_id) for app_id in apps]
    remembered = [token.name for token in session.remembered.of(graph) if token.page_id == page_id]
    at_hand = [name for name in own if name in remembered or session.vault.is_at_hand(name)]
    return tuple(dict.fromkeys((*at_hand, *remembered)))


# What was last seen of each saved set-up is kept without people, so that a list of them opens with it and not empty.


def _keep_result(session: Session, target: CheckTarget, page: CheckedPage) -> None:
    log_event(event="page_checked", kind=outcome_of(page))
    if target.origin is TargetOrigin.SAVED and target.path is not None and page.not_checked is None:
        with contextlib.suppress(OSError):  # a disk that refuses costs only that the next start shows nothing of it
            save_facts(_last_result_file(session, target.path), page)


def _with_last_result(target: CheckTarget, session: Session) -> CheckTarget:
    """With what was last seen, by today's rules; nothing where nothing usable is kept."""
    standing = CheckStatus.IDLE if target.token_names else CheckStatus.NEEDS_TOKEN
    seen = None
    if target.path is not None:
        with contextlib.suppress(SavedFileError):
            kept, now = load_facts(_last_result_file(session, target.path)), session.clock.now()
            seen = compress(reevaluate(kept, now), now)
    return replace(target, result=seen, status=standing)


def _last_result_file(session: Session, setup: Path) -> Path:
    return session.places.state / "last-looks" / f"{setup.name.removesuffix(SETUP_ENDING)}{FACTS_ENDING}"
