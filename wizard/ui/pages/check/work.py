"""What the jobs of the Check screen do. Everything here is read-only on Facebook."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from wizard.actions.session import Opened, Session
from wizard.checks.page import check_page
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.checked import CheckedPage
from wizard.core.facts import TokenKind
from wizard.core.ports import Progress, Report, Work
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.core.secret import Secret
from wizard.store.facts_file import ENDING as FACTS_ENDING
from wizard.store.facts_file import judged_again, load_facts
from wizard.store.setups import answers_of, load_setup
from wizard.ui.pages.check.compressed import pack
from wizard.ui.pages.check.last_looks import keep_look, last_look
from wizard.ui.pages.check.subject import Source, Standing, Subject
from wizard.vault import token_name

STARTED, CHECKED = "started", "checked"  # steps of progress: detail is a key, or a tuple of subjects
_AT_ONCE = 4  # set-ups that are asked about at the same time


@dataclass(frozen=True, slots=True)
class Listed:
    """The saved set-ups, newest first, and the files that cannot be read."""

    subjects: tuple[Subject, ...]
    unreadable: tuple[SavedFileError, ...]


@dataclass(frozen=True, slots=True)
class TokenRead:
    """A pasted token and what was checked with it. is_other_page: it is of another Page than the one asked about."""

    opened: Opened
    subjects: tuple[Subject, ...] = ()
    is_other_page: bool = False


def listing(session: Session) -> Work:
    """Return the work that reads the saved set-ups with what was last seen of them: a Listed."""

    def work(_cancel: CancelToken, _report: Report) -> Listed:
        saved = session.setups.list()
        return Listed(
            tuple(
                _with_look(
                    Subject(str(path), Source.SAVED, answers := answers_of(setup), path, _tokens(session, answers)),
                    session,
                )
                for path, setup in saved.setups
            ),
            tuple(saved.unreadable),
        )

    return work


def opening(session: Session, paths: Sequence[Path]) -> Work:
    """Return the work that reads files, set-ups and facts: a Listed."""

    def work(_cancel: CancelToken, _report: Report) -> Listed:
        subjects: list[Subject] = []
        unreadable: list[SavedFileError] = []
        for path in paths:
            try:
                subjects.append(_subject_of(session, path))
            except SavedFileError as error:
                unreadable.append(error)
        return Listed(tuple(subjects), tuple(unreadable))

    return work


def checking(session: Session, subjects: Sequence[Subject], look_at_conversations: bool) -> Work:
    """Return the work that checks subjects, several at once. It reports STARTED with a key, CHECKED with the subject as
    it is then."""

    def work(cancel: CancelToken, report: Report) -> None:
        def check(subject: Subject) -> Subject:
            cancel.raise_if_cancelled()
            report(Progress(STARTED, detail=subject.key))
            return _checked(session, subject, look_at_conversations, cancel)

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            jobs = [pool.submit(check, subject) for subject in subjects]
            for done, job in enumerate(as_completed(jobs), start=1):
                report(Progress(CHECKED, done, len(jobs), (job.result(),)))

    return work


def one_after_the_other(first: Work, second: Work) -> Work:
    """Return the work that does both and reports the steps of both."""

    def work(cancel: CancelToken, report: Report) -> None:
        first(cancel, report)
        second(cancel, report)

    return work


def trying_token(
    session: Session,
    token: tuple[Secret, Secret | None],
    wanted: Subject | None,
    known: Sequence[Subject],
    look_at_conversations: bool,
) -> Work:
    """Return the work that reads a pasted token and checks its Page with it: a TokenRead.

    wanted: the one it was pasted for. known: all others, which it may be of as well. Raises WizardError where Facebook
    refuses the token. A token that opens many Pages, or none, checks nothing."""

    def work(cancel: CancelToken, _report: Report) -> TokenRead:
        secret, proof = token
        graph = session.graph(secret, proof, cancel)
        opened = Opened(secret, graph.read_token(), proof)
        if opened.kind not in (TokenKind.PAGE, TokenKind.UNKNOWN):
            return TokenRead(opened)
        identity = opened.facts.identity.value
        page_id = identity.id if identity else ""
        if wanted is not None and wanted.page_id and wanted.page_id != page_id:
            return TokenRead(opened, is_other_page=True)
        session.keep(opened, remember=False)
        name = session.name_of(opened)
        found = [wanted] if wanted is not None else [one for one in known if one.page_id == page_id]
        subjects = []
        for subject in found or [Subject(f"page {page_id}", Source.TOKEN, Answers(page_id=page_id))]:
            checked = check_page(graph, subject.answers, cancel, look_at_conversations, token=opened.facts)
            names = tuple(dict.fromkeys((name, *subject.token_names)))
            subjects.append(replace(subject, token_names=names, seen=pack(checked), standing=Standing.IDLE))
            _note_look(session, subject, checked)
        return TokenRead(opened, tuple(subjects))

    return work


def _checked(session: Session, subject: Subject, look_at_conversations: bool, cancel: CancelToken) -> Subject:
    """The subject after one more look, or as one that needs a token."""
    for name in subject.token_names:
        if session.vault.get(name) is not None:
            graph = session.graph_of(name, cancel)
            checked = check_page(graph, subject.answers, cancel, look_at_conversations)
            _note_look(session, subject, checked)
            return replace(subject, seen=pack(checked), standing=Standing.IDLE)
    return replace(subject, token_names=(), standing=Standing.NEEDS_TOKEN)


def _note_look(session: Session, subject: Subject, checked: CheckedPage) -> None:
    if subject.source is Source.SAVED and subject.path is not None and checked.not_checked is None:
        keep_look(session, subject.path, checked)


def _with_look(subject: Subject, session: Session) -> Subject:
    look = last_look(session, subject.path) if subject.path is not None else None
    standing = Standing.IDLE if subject.token_names else Standing.NEEDS_TOKEN
    return replace(subject, seen=pack(look) if look is not None else None, standing=standing)


def _subject_of(session: Session, path: Path) -> Subject:
    """Raises SavedFileError. The ending says what to try first, the file itself what it is."""
    readers = (_facts, _setup) if path.name.endswith(FACTS_ENDING) else (_setup, _facts)
    try:
        return readers[0](session, path)
    except SavedFileError as error:
        if error.problem is not SavedFileProblem.OTHER_KIND:
            raise
        return readers[1](session, path)


def _setup(session: Session, path: Path) -> Subject:
    answers = answers_of(load_setup(path))
    names = _tokens(session, answers)
    standing = Standing.IDLE if names else Standing.NEEDS_TOKEN
    return Subject(str(path), Source.SETUP_FILE, answers, path, names, standing=standing)


def _facts(_session: Session, path: Path) -> Subject:
    kept = load_facts(path)
    return Subject(str(path), Source.FACTS_FILE, kept.answers, path, seen=pack(judged_again(kept)))


def _tokens(session: Session, answers: Answers) -> tuple[str, ...]:
    """Names of tokens of this Page in the vault: the bot's, which sees most, then the live chat's, then others."""
    graph, page_id = session.world.graph, answers.page_id
    apps = [app.id for app in (answers.bot, answers.live_chat) if app is not None]
    own = [token_name(graph, page_id, app_id) for app_id in apps]
    others = [token.name for token in session.remembered.of(graph) if token.page_id == page_id]
    return tuple(name for name in dict.fromkeys((*own, *others)) if session.vault.get(name) is not None)
