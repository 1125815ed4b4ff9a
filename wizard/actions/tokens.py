"""Tokens: what one revealed, and which ones this run and this computer hold. Work for jobs: a keyring may block."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.facts import App, Page, Reading, TokenFacts, TokenKind, TokenLife
from wizard.core.saved_file import SavedFileError
from wizard.core.secret import Secret
from wizard.core.token_life import Lifetime
from wizard.store.tokens import RememberedToken, RememberedTokens
from wizard.vault import KeyringResult, RememberResult, Vault, proof_name, token_name

__all__ = ["Credentials", "Opened", "PageWithToken", "RememberResult", "RememberedToken", "StoredTokens", "Tokens"]


@dataclass(frozen=True, slots=True)
class Credentials:
    """A token and, where its app wants one, the pre-computed `appsecret_proof` that belongs to it. app_id: whose token
    it must be, "" for any app's. lifetime: of a person's token, where it comes of a log-in. life: of a Page's token, as
    the log-in that it comes of told it; None where that is not known. page_id: of a remembered one, "" where Facebook
    is to tell it."""

    secret: Secret
    proof: Secret | None = None
    app_id: str = ""
    lifetime: Lifetime | None = None
    life: Reading[TokenLife] | None = None
    page_id: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A token and what it revealed. proof: a pre-computed appsecret_proof, None where not needed. life_of_pages: of the
    Pages' tokens that are had with it."""

    secret: Secret
    facts: TokenFacts
    proof: Secret | None = None
    life_of_pages: Reading[TokenLife] | None = None

    @property
    def kind(self) -> TokenKind:
        identity = self.facts.identity.value
        return identity.kind if identity else TokenKind.UNKNOWN

    @property
    def is_for_many_pages(self) -> bool:
        return self.kind in (TokenKind.USER, TokenKind.SYSTEM_USER)

    @property
    def app(self) -> App | None:
        """The app the token belongs to, None where Facebook does not tell."""
        return self.facts.app.value if self.facts.app is not None else None

    @property
    def page_id(self) -> str:
        """Whom it stands for: the ID of the Page, of a person's token that of the person; "" where it is unknown."""
        identity = self.facts.identity.value
        return identity.id if identity else ""

    @property
    def page_name(self) -> str:
        """The name that goes with `page_id`."""
        identity = self.facts.identity.value
        return identity.name if identity else ""


@dataclass(frozen=True, slots=True)
class PageWithToken:
    """One Page of a user's or system user's token. secret: the Page's own token, None where it is unusable. life: of
    that token, None where it is not known."""

    page: Page
    secret: Secret | None
    life: Reading[TokenLife] | None = None


@dataclass(frozen=True, slots=True)
class StoredTokens:
    """where: name of the system's store, None where there is none. remembered: for this Graph address, newest first."""

    where: str | None
    remembered: Sequence[RememberedToken]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens for one Graph address. graph: that address. remembered: the list of what the keyring holds. lives: of
    the tokens that were kept in this run, by name."""

    graph: str
    vault: Vault
    remembered: RememberedTokens
    lives: dict[str, Reading[TokenLife] | None] = field(default_factory=dict)

    def name_of(self, opened: Opened) -> str:
        """The name of its entry: answers hold it instead of the token."""
        return token_name(self.graph, opened.page_id, opened.app.id if opened.app else "")

    def get(self, name: str) -> Credentials:
        """Raises WizardError (TOKEN_NOT_FOUND) where it is not there any more, or the keyring cannot be asked."""
        secret = self.vault.get(name)
        if secret is None:
            raise WizardError(Failure(ErrorKind.TOKEN_NOT_FOUND, call="keyring"))
        proof = self.vault.find(proof_name(name))
        if proof == KeyringResult():
            self.vault.put_none(proof_name(name), remember=False)
        return Credentials(secret, proof.secret, life=self.life_of(name))

    def life_of(self, name: str) -> Reading[TokenLife] | None:
        """Until when a token works, None where that is not known: of one that was pasted nobody tells it."""
        if name in self.lives:
            return self.lives[name]
        try:
            return next((token.life for token in self.remembered.of(self.graph) if token.name == name), None)
        except SavedFileError:
            return None

    def last_remembered(self, page_id: str) -> Credentials | None:
        """The token last remembered for this Page, "" for any; None where there is none. Raises WizardError
        (TOKEN_NOT_FOUND) where the keyring cannot be asked, and SavedFileError."""
        for known in self.remembered.of(self.graph):
            if page_id in ("", known.page_id) and self.vault.find(known.name) != KeyringResult():
                return replace(self.get(known.name), page_id=known.page_id)
        return None

    def stored(self) -> StoredTokens:
        """The first look at the keyring loads it, which is slow. Raises SavedFileError."""
        return StoredTokens(self.vault.where(), self.remembered.of(self.graph))

    def keep(self, opened: Opened, remember: bool) -> RememberResult:
        """Put the token of a Page into the vault and, if wished and possible, into the system's keyring. Raises
        OSError and SavedFileError where the list of remembered tokens cannot be written: then none is remembered."""
        name = self.name_of(opened)
        self.lives[name] = opened.facts.life
        # First the proof: a token beside the proof of an older one would be refused.
        if opened.proof is None:
            result = self.vault.put_none(proof_name(name), remember)
        else:
            result = self.vault.put(proof_name(name), opened.proof, remember)
        stored = self.vault.put(name, opened.secret, remember and result is RememberResult.STORED)
        result = stored if result is RememberResult.STORED else result
        if result is RememberResult.STORED:
            app = opened.app
            token = RememberedToken(
                name,
                self.graph,
                opened.page_id,
                opened.page_name,
                app.id if app else "",
                app.name if app else "",
            ).living(opened.facts.life)
            try:
                self.remembered.add(token)
            except (OSError, SavedFileError):  # what is not on the list could not be forgotten any more
                self.vault.forget(name)
                self.keep(opened, remember=False)
                raise
        return result

    def forget(self, name: str, in_use: Opened | None = None) -> bool:
        """Remove the token everywhere; whether the keyring holds it no more. in_use: stays in memory for this run.
        Raises OSError and SavedFileError."""
        is_gone = self.vault.forget(name)
        if is_gone:
            self.remembered.remove(name)
        if in_use is not None:
            self.keep(in_use, remember=False)
        return is_gone
