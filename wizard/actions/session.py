"""One run of the wizard, behind the window and the terminal alike: the token in hand, the saved things, the way out.

Functions that take a cancel token talk to the network or the keyring and belong in a job; they change nothing here.
What they return is accepted afterwards, in the thread that owns the session.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wizard import vault
from wizard.checks.case import Case
from wizard.core.answers import Answers, TargetChoice, TokenOwner, with_changes
from wizard.core.apps import merged
from wizard.core.cancel import CancelToken
from wizard.core.clock import SystemClock
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.facts import App, Facts, Page, TokenFacts, TokenKind
from wizard.core.known_apps import page_inbox
from wizard.core.pending import OpenTest
from wizard.core.ports import Clock, Graph
from wizard.core.roles import known_apps
from wizard.core.saved_file import SavedFileError
from wizard.core.secret import Secret
from wizard.core.trial_result import TrialResult
from wizard.core.world import World
from wizard.graph.client import GraphClient
from wizard.store import places as names
from wizard.store.answers import AnswersFile
from wizard.store.journal import FileJournal
from wizard.store.places import Places
from wizard.store.setups import SetupFolder, setup_of
from wizard.store.tokens import RememberedToken, RememberedTokens
from wizard.store.undo_notes import UndoNotes
from wizard.vault import Found, RememberResult, Vault, proof_name, token_name

if TYPE_CHECKING:  # the first window does not wait for it
    from wizard.catalogues.imported import CatalogueFolder
    from wizard.catalogues.imported import Found as Imported
    from wizard.targets.base import Target
    from wizard.targets.bot_settings import BotSettings


@dataclass(frozen=True, slots=True)
class Opened:
    """A token and what it revealed. proof: a pre-computed appsecret_proof, None where not needed."""

    secret: Secret
    facts: TokenFacts
    proof: Secret | None = None

    @property
    def kind(self) -> TokenKind:
        identity = self.facts.identity.value
        return identity.kind if identity else TokenKind.UNKNOWN

    @property
    def is_for_many_pages(self) -> bool:
        return self.kind in (TokenKind.USER, TokenKind.SYSTEM_USER)


@dataclass(frozen=True, slots=True)
class PageRow:
    """One Page of a user's or system user's token. secret: the Page's own token, None where it is unusable."""

    page: Page
    secret: Secret | None


@dataclass(slots=True)
class Session:
    """world, places and vault belong together: practice has its own of each."""

    world: World
    places: Places
    vault: Vault
    clock: Clock
    version: str = "v26.0"
    facts: Facts = field(default_factory=Facts)
    tests: tuple[TrialResult, ...] = ()
    more_apps: tuple[App, ...] = ()
    journal: FileJournal = field(init=False)
    answers_file: AnswersFile = field(init=False)
    setups: SetupFolder = field(init=False)
    remembered: RememberedTokens = field(init=False)

    def __post_init__(self) -> None:
        self.journal = FileJournal(self.places.journal)
        self.answers_file = AnswersFile(self.places.answers)
        self.setups = SetupFolder(self.places.setups)
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

    def graph(self, secret: Secret, proof: Secret | None, cancel: CancelToken) -> Graph:
        return GraphClient(self.world.graph, secret, proof, cancel, self.clock, version=self.version)

    def graph_of(self, name: str, cancel: CancelToken) -> Graph:
        """The Graph of a token in the vault. Raises WizardError (TOKEN_NOT_FOUND) where it is not there any more."""
        return self.graph(*self.token_of(name), cancel)

    def token_of(self, name: str) -> tuple[Secret, Secret | None]:
        """A token in the vault and its proof. Raises WizardError (TOKEN_NOT_FOUND) where it is not there any more, or
        the keyring cannot be asked."""
        secret = self.vault.get(name)
        if secret is None:
            raise WizardError(Failure(ErrorKind.TOKEN_NOT_FOUND, call="keyring"))
        proof = self.vault.find(proof_name(name))
        if proof == Found():
            self.vault.put_none(proof_name(name), remember=False)
        return secret, proof.secret

    def remembered_token(self, page_id: str) -> tuple[Secret, Secret | None] | None:
        """The token last remembered for this Page, "" for any, with its proof; None where there is none. Raises
        WizardError (TOKEN_NOT_FOUND) where the keyring cannot be asked, and SavedFileError."""
        for known in self.remembered.of(self.world.graph):
            if page_id in ("", known.page_id) and self.vault.find(known.name) != Found():
                return self.token_of(known.name)
        return None

    def open_token(self, secret: Secret, proof: Secret | None, cancel: CancelToken) -> Opened:
        """Ask what the token is. Raises WizardError where it cannot be used at all."""
        return Opened(secret, self.graph(secret, proof, cancel).read_token(), proof)

    def pages(self, opened: Opened, cancel: CancelToken) -> Iterator[PageRow]:
        """All Pages of a user's token, one after the other as they come."""
        client = GraphClient(self.world.graph, opened.secret, opened.proof, cancel, self.clock, version=self.version)
        for page, page_graph in client.pages():
            yield PageRow(page, page_graph.secret if page_graph is not None else None)

    def keep(self, opened: Opened, remember: bool) -> RememberResult:
        """Put the token of a Page into the vault and, if wished and possible, into the system's keyring. Raises
        OSError and SavedFileError where the list of remembered tokens cannot be written: then none is remembered."""
        name = self.name_of(opened)
        # First the proof: a token beside the proof of an older one would be refused.
        if opened.proof is None:
            result = self.vault.put_none(proof_name(name), remember)
        else:
            result = self.vault.put(proof_name(name), opened.proof, remember)
        stored = self.vault.put(name, opened.secret, remember and result is RememberResult.STORED)
        result = stored if result is RememberResult.STORED else result
        if result is RememberResult.STORED:
            identity = opened.facts.identity.value
            app = opened.facts.app.value if opened.facts.app else None
            token = RememberedToken(
                name,
                self.world.graph,
                identity.id if identity else "",
                identity.name if identity else "",
                app.id if app else "",
                app.name if app else "",
            )
            try:
                self.remembered.add(token)
            except (OSError, SavedFileError):  # what is not on the list could not be forgotten any more
                self.vault.forget(name)
                self.keep(opened, remember=False)
                raise
        return result

    def forget(self, name: str) -> bool:
        """Remove the token everywhere; whether the keyring holds it no more."""
        gone = self.vault.forget(name)
        if gone:
            self.remembered.remove(name)
        return gone

    def bot_settings(self, cancel: CancelToken | None = None) -> "BotSettings":
        """The places where bots keep the App ID. The parsers of their formats are imported now."""
        from wizard.targets.bot_settings import BotSettings
        from wizard.targets.choose import target_for
        from wizard.targets.presets import load_presets

        def find(choice: TargetChoice) -> "Target":
            presets = load_presets([self.places.presets])
            return target_for(choice, presets, self.world, self.places.backups, self.settings_key, cancel)

        return BotSettings(find, UndoNotes(self.places.undo), self.clock)

    def settings_key(self, url: str, header: str) -> Secret | None:
        """The key of a bot's settings API, None where none is known."""
        return self.vault.get(vault.settings_key_name(url, header))

    def keep_settings_key(self, url: str, header: str, key: Secret, remember: bool) -> RememberResult:
        """For this host and header alone."""
        return self.vault.put(vault.settings_key_name(url, header), key, remember)

    def forget_settings_key(self, url: str, header: str) -> bool:
        """Remove the key everywhere; whether the keyring holds it no more."""
        return self.vault.forget(vault.settings_key_name(url, header))

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
                    self.forget(token.name)

    # In the thread that owns the session.

    def facebooks_time(self) -> float:
        """Unix seconds by Facebook's clock, as far as the token's first answer told."""
        token = self.facts.token
        return self.clock.now() - ((token.clock_skew if token is not None else None) or 0.0)

    def name_of(self, opened: Opened) -> str:
        identity = opened.facts.identity.value
        app = opened.facts.app.value if opened.facts.app else None
        return token_name(self.world.graph, identity.id if identity else "", app.id if app else "")

    def accept(self, opened: Opened, answers: Answers) -> Answers:
        """Go on with this Page token: new facts, and answers without what the old token said."""
        identity = opened.facts.identity.value
        app = opened.facts.app.value if opened.facts.app else None
        if self.facts.token is not None and answers.token_name != self.name_of(opened):
            self.tests = ()
        self.facts = replace(Facts(), token=opened.facts)
        return with_changes(
            answers,
            token_name=self.name_of(opened),
            page_id=identity.id if identity else "",
            page_name=identity.name if identity else "",
            token_app=app,
        )

    def accept_second(self, opened: Opened) -> None:
        """A second token of the same Page, for another app: it shows its own app as connected."""
        self.facts = replace(self.facts, second_token=opened.facts)

    def apps(self, answers: Answers) -> tuple[App, ...]:
        """Every app known so far, with where it is known from."""
        chosen = [app for app in (answers.bot, answers.live_chat) if app is not None]
        return merged([*known_apps(self.facts), *self.more_apps, page_inbox(), *chosen])

    def add_app(self, app: App) -> None:
        self.more_apps = merged([*self.more_apps, app])

    def add_test(self, result: TrialResult) -> None:
        self.tests = (*self.tests, result)

    def case(self, answers: Answers) -> Case:
        return Case(answers, self.facts, self.tests)

    def save_setup(self, answers: Answers) -> None:
        """Save what was set up, without secrets, so that it can be checked later. Raises OSError."""
        setup = setup_of(answers, self.clock.now())
        if setup is not None:
            self.setups.save(setup)

    def open_tests(self) -> Sequence[OpenTest]:
        """Tests that a crash or a closed window left open on this world's Graph, oldest first."""
        return [entry for entry in self.journal.entries() if entry.graph == self.world.graph]

    def testing(self, page_id: str, psid: str) -> AbstractContextManager[None]:
        """What every test of a conversation on this world's Graph runs in, all parts of it. Raises AlreadyInTest where
        it is tested elsewhere, or an earlier test is still open; OSError."""
        return self.journal.testing(self.world.graph, page_id, psid)

    def tests_running_elsewhere(self) -> Sequence[OpenTest]:
        """Tests on this world's Graph that another window or terminal works on now."""
        return [entry for entry in self.journal.running_elsewhere() if entry.graph == self.world.graph]

    def strangers(self) -> Sequence[OpenTest]:
        """Open tests of another Graph address: of a practice world that may be gone."""
        return [entry for entry in self.journal.entries() if entry.graph != self.world.graph]


def suggested_owner(opened: Opened, answers: Answers) -> TokenOwner | None:
    """Whose token it is, where an earlier answer already says so."""
    app = opened.facts.app.value if opened.facts.app else None
    if app is None:
        return None
    if answers.bot is not None and answers.bot.id == app.id:
        return TokenOwner.BOT
    if answers.live_chat is not None and answers.live_chat.id == app.id:
        return TokenOwner.LIVE_CHAT
    return None


def close_ended_practices(session: Session, cancel: CancelToken | None = None) -> int:
    """Close open tests of practice worlds that have ended: each took its conversation with it. Asks over the network,
    so it belongs in a job. Returns how many were closed. Raises OSError, and Cancelled by cancel."""
    from wizard.actions.practice import is_alive

    closed = 0
    for entry in session.strangers():
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
