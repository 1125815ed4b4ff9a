"""Where a token comes from: one port, behind which it is pasted, remembered, or given by the program that calls us."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, TextIO

from wizard.actions.tokens import Credentials, Tokens
from wizard.core.secret import Secret
from wizard.core.token_life import Lifetime
from wizard.core.token_shape import TokenShape, clean, is_long_lived, shape_problem

_PROOF_LENGTH = 64
_HEX = frozenset("0123456789abcdef")


class TokenShapeError(Exception):
    """What was given is surely no usable token; nothing was asked. problem: why. The text itself is not in it."""

    def __init__(self, problem: TokenShape) -> None:
        super().__init__(problem.value)
        self.problem = problem


class ProofShapeError(Exception):
    """What was given is surely no appsecret_proof."""


class NoTokenRemembered(Exception):
    """This computer remembers no token for the Page that was named."""


class TokenSource(Protocol):
    def fetch(self) -> Credentials:
        """Return the token, cleaned of what texts carry around it. May block: on the keyring, the input, the person.

        Raises NoTokenRemembered, WizardError where the keyring cannot be asked, OSError, SavedFileError, Cancelled."""
        ...


@dataclass(frozen=True, slots=True)
class PastedToken:
    """A token that was typed or pasted. secret: the text as it came in."""

    secret: Secret
    proof: Secret | None = None

    def fetch(self) -> Credentials:
        return _pasted(self.secret.reveal(), self.proof)


@dataclass(frozen=True, slots=True)
class AskedToken:
    """ask: returns what the person pastes."""

    ask: Callable[[], str]
    proof: Secret | None = None

    def fetch(self) -> Credentials:
        return _pasted(self.ask(), self.proof)


@dataclass(frozen=True, slots=True)
class EnvironmentToken:
    """name: of the variable."""

    name: str
    proof: Secret | None = None

    def fetch(self) -> Credentials:
        return Credentials(Secret(clean(os.environ.get(self.name, ""))), self.proof)


@dataclass(frozen=True, slots=True)
class InputToken:
    """The next line of a stream such as standard input."""

    stream: TextIO
    proof: Secret | None = None

    def fetch(self) -> Credentials:
        return Credentials(Secret(clean(self.stream.readline())), self.proof)


@dataclass(frozen=True, slots=True)
class RememberedTokenSource:
    """A token in the vault. name: of its entry; without one, what was last remembered for the Page. page_id: "" for
    any Page. proof: wins over the remembered one."""

    tokens: Tokens
    name: str = ""
    page_id: str = ""
    proof: Secret | None = None

    def fetch(self) -> Credentials:
        found = self.tokens.get(self.name) if self.name else self.tokens.last_remembered(self.page_id)
        if found is None:
            raise NoTokenRemembered
        return replace(found, proof=self.proof or found.proof)


def _pasted(text: str, proof: Secret | None) -> Credentials:
    """The address of the page where a log-in ended tells whether its token lasts. Not until when the other one works:
    nobody knows how long ago that was."""
    lifetime = Lifetime(None, is_long=True) if is_long_lived(text) else None
    return Credentials(Secret(clean(text)), proof, lifetime=lifetime)


def check_shape(credentials: Credentials) -> Credentials:
    """Return the same. Raises TokenShapeError where the token is surely none."""
    problem = shape_problem(credentials.secret.reveal())
    if problem is not None:
        raise TokenShapeError(problem)
    return credentials


def pasted_token(text: str, proof: Secret | None = None) -> PastedToken:
    """Raises TokenShapeError."""
    source = PastedToken(Secret(text), proof)
    check_shape(source.fetch())
    return source


def pasted_proof(text: str) -> Secret | None:
    """Return the appsecret_proof that was typed or pasted, None where nothing was. Raises ProofShapeError."""
    proof = text.strip().lower()
    if proof and (len(proof) != _PROOF_LENGTH or not _HEX.issuperset(proof)):
        raise ProofShapeError
    return Secret(proof) if proof else None


def environment_proof(name: str) -> Secret | None:
    """Return the appsecret_proof in a variable. name: "" for none. Raises ProofShapeError."""
    return pasted_proof(os.environ.get(name, "") if name else "")
