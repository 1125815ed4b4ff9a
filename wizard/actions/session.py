"""One run of the wizard, behind the window and the terminal alike: the token in hand, the saved things, the way out.

Functions that take a cancel token talk to the network or the keyring and belong in a job; they change nothing here.
What they return is accepted afterwards, in the thread that owns the session.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.core.answers import Answers, with_changes
from wizard.core.bundle import program_folder
from wizard.core.cancel import CancelToken
from wizard.core.clock import SystemClock
from wizard.core.version import __version__
from wizard.core.world import World
from wizard.store.answers import AnswersFile
from wizard.store.log import log_event, start_log
from wizard.store.places import LIFE, PRACTICE, Places

if TYPE_CHECKING:  # the first page does not wait for them
    from wizard.actions.tokens import Opened, PageWithToken, Tokens
    from wizard.catalogues.imported import CatalogueFolder
    from wizard.catalogues.log_in_files import LogInFolder
    from wizard.checks.case import CheckContext
    from wizard.core.facts import App, Conversation, Facts, Reading, TokenLife
    from wizard.core.flow import StepId, StepState
    from wizard.core.log_in import LogInFiles
    from wizard.core.pending import PendingTest
    from wizard.core.ports import Clock, GraphApi
    from wizard.core.secret import Secret
    from wizard.core.trial_result import TrialResult
    from wizard.core.verdict import Verdict
    from wizard.store.journal import FileJournal
    from wizard.store.setups import SetupFolder
    from wizard.store.tokens import RememberedTokens
    from wizard.vault import Vault

__all__ = ["Session", "close_ended_practices", "session_for"]


class Session:
    """world and places belong together, and the vault by their name: practice has its own of each. began_at: Unix
    seconds. judged: how the steps stood when somebody last asked, and with what; the window asks several times at each
    turn. own_conversation: the tester's, where they showed it by a code. lives: of tokens kept in this run, by name.

    What keeps things is made when somebody asks for it: the first page does without."""

    def __init__(self, world: World, places: Places, clock: "Clock") -> None:
        self.world, self.places, self.clock = world, places, clock
        self._vault: Vault | None = None
        self._journal: FileJournal | None = None
        self._making = threading.Lock()  # there is one vault and one journal, whichever thread asks first
        self.began_at = clock.now()
        self.tests: tuple[TrialResult, ...] = ()
        self.more_apps: tuple[App, ...] = ()
        self.own_conversation: Conversation | None = None
        self.lives: dict[str, Reading[TokenLife] | None] = {}
        self.judged: tuple[object, Mapping[StepId, StepState]] | None = None

    @cached_property
    def facts(self) -> "Facts":
        """What was seen of the Page in this run."""
        from wizard.core.facts import Facts

        return Facts()

    @property
    def vault(self) -> "Vault":
        from wizard.vault import Vault

        with self._making:
            if self._vault is None:
                self._vault = Vault(self.places.name)
            return self._vault

    @vault.setter
    def vault(self, other: "Vault") -> None:
        self._vault = other

    @property
    def journal(self) -> "FileJournal":
        from wizard.store.journal import FileJournal

        with self._making:
            if self._journal is None:
                self._journal = FileJournal(self.places.journal)
            return self._journal

    @journal.setter
    def journal(self, other: "FileJournal") -> None:
        self._journal = other

    @cached_property
    def setups(self) -> "SetupFolder":
        from wizard.store.setups import SetupFolder

        return SetupFolder(self.places.setups, self.world.graph)

    @cached_property
    def remembered(self) -> "RememberedTokens":
        from wizard.store.tokens import RememberedTokens

        return RememberedTokens(self.places.tokens)

    @cached_property
    def answers_file(self) -> AnswersFile:
        return AnswersFile(self.places.answers, self.world.graph)

    # In a job.

    @property
    def catalogues(self) -> "CatalogueFolder":
        """What was imported: newer instructions, error texts, presets."""
        from wizard.catalogues.imported import CatalogueFolder

        return CatalogueFolder(self.places)

    def graph(self, secret: "Secret", proof: "Secret | None", cancel: CancelToken) -> "GraphApi":
        from wizard.graph.client import GraphClient  # the first page does without it

        return GraphClient(self.world.graph, secret, proof, cancel, self.clock)

    def graph_of(self, name: str, cancel: CancelToken) -> "GraphApi":
        """The Graph of a token in the vault. Raises WizardError (TOKEN_NOT_FOUND) where it is not there any more."""
        given = self.tokens.get(name)
        return self.graph(given.secret, given.proof, cancel)

    def open_token(self, secret: "Secret", proof: "Secret | None", cancel: CancelToken) -> "Opened":
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

    def permissions(self, secret: "Secret", proof: "Secret | None", cancel: CancelToken) -> Mapping[str, str]:
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

    def has_journal(self) -> bool:
        """Whether a test may be open or running. Where there is no folder, what reads it need not be loaded."""
        return self._journal is not None or _is_there(self.places.journal)

    def has_catalogues(self) -> bool:
        """Whether catalogues may have been imported."""
        return _is_there(self.places.catalogues)

    def has_setups(self) -> bool:
        """Whether set-ups may have been kept on this computer."""
        return _is_there(self.places.setups)

    @property
    def tokens(self) -> "Tokens":
        """The tokens of this world, in memory and in the keyring. What it does belongs in a job."""
        from wizard.actions.tokens import Tokens

        return Tokens(self.world.graph, self.vault, self.remembered, self.lives)

    def start_over(self) -> None:
        """Drop what was seen and tested: the answers begin anew."""
        self._forget_facts()
        self.more_apps = ()

    def _forget_facts(self) -> None:
        from wizard.core.facts import Facts

        self.facts, self.tests, self.own_conversation = Facts(), (), None

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
        from wizard.core.facts import Facts

        self.facts = Facts(token=opened.facts)
        return with_changes(
            answers,
            token_name=name,
            page_id=opened.page_id,
            page_name=opened.page_name,
            token_app=opened.app,
        )

    def accept_none(self) -> None:
        """Go on without a token: nothing of an earlier one counts any more."""
        self._forget_facts()

    def accept_second(self, opened: "Opened") -> None:
        """A second token of the same Page, for another app: it shows its own app as connected."""
        self.facts = replace(self.facts, second_token=opened.facts)

    def apps(self, answers: Answers) -> "tuple[App, ...]":
        """Every app known so far, with where it is known from."""
        from wizard.core.apps import merged
        from wizard.core.known_apps import page_inbox
        from wizard.core.roles import known_apps

        chosen = [app for app in (answers.bot, answers.live_chat) if app is not None]
        return merged([*known_apps(self.facts), *self.more_apps, page_inbox(), *chosen])

    def add_app(self, app: "App") -> None:
        from wizard.core.apps import merged

        self.more_apps = merged([*self.more_apps, app])

    def add_test(self, result: "TrialResult") -> None:
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
        from wizard.store.setups import setup_of

        setup = setup_of(answers, self.clock.now())
        if setup is not None:
            self.setups.save(setup)

    def pending_tests(self) -> "Sequence[PendingTest]":
        """Tests that a crash or a closed window left open on this world's Graph, oldest first."""
        return [entry for entry in self.journal.entries() if entry.graph == self.world.graph]

    def testing(self, page_id: str, psid: str) -> AbstractContextManager[None]:
        """What every test of a conversation on this world's Graph runs in, all parts of it. Raises AlreadyInTest where
        it is tested elsewhere, or an earlier test is still open; OSError."""
        return self.journal.testing(self.world.graph, page_id, psid)

    def tests_running_elsewhere(self) -> "Sequence[PendingTest]":
        """Tests on this world's Graph that another window or terminal works on now."""
        return [entry for entry in self.journal.running_elsewhere() if entry.graph == self.world.graph]

    def strangers(self) -> "Sequence[PendingTest]":
        """Open tests of another Graph address: of a practice world that may be gone."""
        return [entry for entry in self.journal.entries() if entry.graph != self.world.graph]


def _is_there(folder: Path) -> bool:
    """True also where it cannot be told: who reads it says why."""
    with suppress(OSError):
        return folder.exists()
    return True


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
    return Session(world, Places(PRACTICE if world.control else LIFE), SystemClock())


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
