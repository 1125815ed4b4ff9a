"""One run of the wizard, behind the window and the terminal alike: the token in hand, the saved things, the way out.

Functions that take a cancel token talk to the network or the keyring and belong in a job; they change nothing here.
What they return is accepted afterwards, in the thread that owns the session.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wizard import vault
from wizard.core.answers import Answers, with_changes
from wizard.core.bundle import program_folder
from wizard.core.cancel import CancelToken
from wizard.core.clock import SystemClock
from wizard.core.facts import App, Conversation, Facts, Reading, TokenLife
from wizard.core.pending import PendingTest
from wizard.core.secret import Secret
from wizard.core.trial_result import TrialResult
from wizard.core.version import __version__
from wizard.core.world import World
from wizard.store import places as names
from wizard.store.answers import AnswersFile
from wizard.store.journal import FileJournal
from wizard.store.log import log_event, start_log
from wizard.store.places import Places
from wizard.store.setups import SetupFolder, setup_of
from wizard.store.tokens import RememberedTokens
from wizard.vault import Vault

if TYPE_CHECKING:  # the first page does not wait for them
    from wizard.actions.tokens import Opened, PageWithToken, Tokens
    from wizard.catalogues.imported import CatalogueFolder
    from wizard.catalogues.imported import ImportedCatalogues as Imported
    from wizard.catalogues.log_in_files import LogInFolder
    from wizard.checks.case import CheckContext
    from wizard.core.flow import StepId
    from wizard.core.log_in import LogInFiles
    from wizard.core.ports import Clock, GraphApi
    from wizard.core.step_state import StepState
    from wizard.core.verdict import Verdict

__all__ = ["Session", "close_ended_practices", "session_for"]


@dataclass(slots=True)
class Session:
    """world, places and vault belong together: practice has its own of each. began_at: Unix seconds. judged: how the
    steps stood when somebody last asked, and with what; the window asks several times at each turn. own_conversation:
    the tester's, where they showed it by a code."""

    world: World
    places: Places
    vault: Vault
    clock: "Clock"
    facts: Facts = field(default_factory=Facts)
    tests: tuple[TrialResult, ...] = ()
    more_apps: tuple[App, ...] = ()
    own_conversation: Conversation | None = None
    lives: "dict[str, Reading[TokenLife] | None]" = field(default_factory=dict)  # of tokens kept in this run, by name
    judged: "tuple[object, Mapping[StepId, StepState]] | None" = field(default=None, init=False, repr=False)
    began_at: float = field(init=False)
    journal: FileJournal = field(init=False)
    answers_file: AnswersFile = field(init=False)
    setups: SetupFolder = field(init=False)
    remembered: RememberedTokens = field(init=False)

    def __post_init__(self) -> None:
        self.began_at = self.clock.now()
        self.journal = FileJournal(self.places.journal)
        self.answers_file = AnswersFile(self.places.answers, self.world.graph)
        self.setups = SetupFolder(self.places.setups, self.world.graph)
        self.remembered = RememberedTokens(self.places.tokens)

    # In a job.

    @property
    def catalogues(self) -> "CatalogueFolder":
        """What was imported: newer instructions, error texts, presets."""
        from wizard.catalogues.imported import CatalogueFolder

        return CatalogueFolder(self.places)

    def imported(self) -> "Imported | None":
        """What was imported, None where there is no folder of it: then what reads it is not loaded either."""
        with suppress(OSError):
            if not self.places.catalogues.exists():
                return None
        return self.catalogues.find()

    def graph(self, secret: Secret, proof: Secret | None, cancel: CancelToken) -> "GraphApi":
        from wizard.graph.client import GraphClient  # the first page does without it

        return GraphClient(self.world.graph, secret, proof, cancel, self.clock)

    def graph_of(self, name: str, cancel: CancelToken) -> "GraphApi":
        """The Graph of a token in the vault. Raises WizardError (TOKEN_NOT_FOUND) where it is not there any more."""
        given = self.tokens.get(name)
        return self.graph(given.secret, given.proof, cancel)

    def open_token(self, secret: Secret, proof: Secret | None, cancel: CancelToken) -> "Opened":
        """Ask what the token is. Raises WizardError where it cannot be used at all."""
        from wizard.actions.tokens import Opened

        opened = Opened(secret, self.graph(secret, proof, cancel).read_token(), proof)
        log_event(event="token_opened", kind=opened.kind)
        return opened

    def pages(self, opened: "Opened", cancel: CancelToken) -> Iterator["PageWithToken"]:
        """All Pages of a user's token, one after the other as they come."""
        from wizard.actions.tokens import PageWithToken
        from wizard.graph.client import GraphClient

        client = GraphClient(self.world.graph, opened.secret, opened.proof, cancel, self.clock)
        for page, page_graph in client.pages():
            own = page_graph.secret if page_graph is not None else None
            yield PageWithToken(page, own, opened.life_of_pages if own is not None else None)

    def permissions(self, secret: Secret, proof: Secret | None, cancel: CancelToken) -> Mapping[str, str]:
        """What the person behind a user's token gave its app. Raises WizardError."""
        from wizard.graph.client import GraphClient

        client = GraphClient(self.world.graph, secret, proof, cancel, self.clock)
        return client.permissions()

    def find_log_ins(self) -> "LogInFiles | None":
        """The log-in files of this computer; None where there is none: then what reads them is not loaded either."""
        shipped = program_folder()
        is_there = self.places.log_ins.exists() or any(shipped.glob("*.handoverlogin") if shipped is not None else ())
        return self.log_ins.find() if self.world.log_in or is_there else None

    @property
    def log_ins(self) -> "LogInFolder":
        """The log-in files of vendors on this computer."""
        from wizard.catalogues.log_in_files import LogInFolder

        return LogInFolder(self.places, self.world, program_folder())

    def tidy_up(self) -> None:
        """Remove what a wizard that died in the middle of writing a settings file left beside it."""
        from wizard.targets.unfinished import Unfinished  # the first window does not wait for it

        Unfinished(self.places.backups).clear()

    def forget_ended_practices(self, is_alive: Callable[[str], bool]) -> None:
        """Remove what was remembered in practice worlds that are gone. is_alive: asked with a Graph address. Raises
        OSError and SavedFileError."""
        if self.world.control:
            for token in self.remembered.all():
                if not is_alive(token.graph):
                    self.tokens.forget(token.name)

    # In the thread that owns the session.

    @property
    def tokens(self) -> "Tokens":
        """The tokens of this world, in memory and in the keyring. What it does belongs in a job."""
        from wizard.actions.tokens import Tokens

        return Tokens(self.world.graph, self.vault, self.remembered, self.lives)

    def start_over(self) -> None:
        """Drop what was seen and tested: the answers begin anew."""
        self.facts, self.tests, self.more_apps, self.own_conversation = Facts(), (), (), None

    def facebooks_time(self) -> float:
        """Unix seconds by Facebook's clock, as far as the token's first answer told."""
        token = self.facts.token
        return self.clock.now() - ((token.clock_skew if token is not None else None) or 0.0)

    def accept(self, opened: "Opened", answers: Answers) -> Answers:
        """Go on with this Page token: new facts, and answers without what the old token said."""
        name = self.tokens.name_of(opened)
        if self.facts.token is not None and answers.token_name != name:
            self.tests = ()
            self.own_conversation = None
        self.facts = replace(Facts(), token=opened.facts)
        return with_changes(
            answers,
            token_name=name,
            page_id=opened.page_id,
            page_name=opened.page_name,
            token_app=opened.app,
        )

    def accept_none(self) -> None:
        """Go on without a token: nothing of an earlier one counts any more."""
        self.facts, self.tests, self.own_conversation = Facts(), (), None

    def accept_second(self, opened: "Opened") -> None:
        """A second token of the same Page, for another app: it shows its own app as connected."""
        self.facts = replace(self.facts, second_token=opened.facts)

    def apps(self, answers: Answers) -> tuple[App, ...]:
        """Every app known so far, with where it is known from."""
        from wizard.core.apps import merged
        from wizard.core.known_apps import page_inbox
        from wizard.core.roles import known_apps

        chosen = [app for app in (answers.bot, answers.live_chat) if app is not None]
        return merged([*known_apps(self.facts), *self.more_apps, page_inbox(), *chosen])

    def add_app(self, app: App) -> None:
        from wizard.core.apps import merged

        self.more_apps = merged([*self.more_apps, app])

    def add_test(self, result: TrialResult) -> None:
        self.tests = (*self.tests, result)
        log_event(event="test_ended", step=result.part, kind=result.outcome, back=result.ended.result)

    def check_context(self, answers: Answers) -> "CheckContext":
        from wizard.checks.case import CheckContext

        return CheckContext(answers, self.facts, self.tests, began_at=self.began_at, now=self.facebooks_time())

    def verdicts(self, answers: Answers) -> "tuple[Verdict, ...]":
        """What every check says, in the order of reports."""
        from wizard.checks.run import verdicts  # with all checks: the first window does not wait for them

        return tuple(verdicts(self.check_context(answers)))

    def save_setup(self, answers: Answers) -> None:
        """Save what was set up, without secrets, so that it can be checked later. Raises OSError."""
        setup = setup_of(answers, self.clock.now())
        if setup is not None:
            self.setups.save(setup)

    def pending_tests(self) -> Sequence[PendingTest]:
        """Tests that a crash or a closed window left open on this world's Graph, oldest first."""
        return [entry for entry in self.journal.entries() if entry.graph == self.world.graph]

    def testing(self, page_id: str, psid: str) -> AbstractContextManager[None]:
        """What every test of a conversation on this world's Graph runs in, all parts of it. Raises AlreadyInTest where
        it is tested elsewhere, or an earlier test is still open; OSError."""
        return self.journal.testing(self.world.graph, page_id, psid)

    def tests_running_elsewhere(self) -> Sequence[PendingTest]:
        """Tests on this world's Graph that another window or terminal works on now."""
        return [entry for entry in self.journal.running_elsewhere() if entry.graph == self.world.graph]

    def strangers(self) -> Sequence[PendingTest]:
        """Open tests of another Graph address: of a practice world that may be gone."""
        return [entry for entry in self.journal.entries() if entry.graph != self.world.graph]


def close_ended_practices(session: Session, cancel: CancelToken | None = None) -> int:
    """Close open tests of practice worlds that have ended: each took its conversation with it. Asks over the network,
    so it belongs in a job. Returns how many were closed. Raises OSError, and Cancelled by cancel."""
    strangers = session.strangers()
    if not strangers:
        return 0
    from wizard.actions.practice import is_alive

    closed = 0
    for entry in strangers:
        if cancel is not None:
            cancel.raise_if_cancelled()
        if not is_alive(entry.graph):
            session.journal.close(entry.id)
            closed += 1
    return closed


def session_for(world: World) -> Session:
    """A session with its own places and keyring service: practice and life never mix."""
    is_practice = bool(world.control)
    places = Places(names.PRACTICE if is_practice else names.LIFE)
    return Session(world, places, Vault(vault.PRACTICE if is_practice else vault.LIFE), SystemClock())


def logged_session(world: World) -> Session:
    """The session of a run of the window: what happens is logged from now on, and `log_start` is still to be called."""
    session = session_for(world)
    start_log(session.places.logs)
    return session


def log_start() -> None:
    """A run has begun. In a job: this writes to the log for the first time, which takes a while."""
    log_event(event="started", version=__version__)


def begin_session(world: World) -> Session:
    """The session of a run of a command."""
    session = logged_session(world)
    log_start()
    return session
