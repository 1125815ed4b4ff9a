"""How long the token of a log-in lives. Only the log-in tells it: no call with a Page's token does."""

from dataclasses import dataclass, replace

from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import Reading, TokenFacts, TokenLife

LOG_IN = "log in"  # its name beside those of calls
_LONG_LIVED = 86_400  # seconds; a short token lives for one or two hours, a long one for about sixty days
_NEAR_END = 1 / 8  # of a whole life
_ENDED = frozenset({ErrorKind.TOKEN_EXPIRED, ErrorKind.TOKEN_REVOKED})


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long the token of a person lives that came of a log-in. seconds: from then on, None where it is not told.
    is_long: it is one of those for weeks, whose Pages' tokens have no end (Meta, Long-Lived Page Access Token); those
    made with a short one end with it."""

    seconds: int | None
    is_long: bool

    def of_person(self, at: float) -> Reading[TokenLife] | None:
        """at: Unix seconds of the log-in by Facebook's clock."""
        return Reading(LOG_IN, at, TokenLife(at + self.seconds)) if self.seconds is not None else None

    def of_pages(self, at: float) -> Reading[TokenLife] | None:
        """at: as there."""
        return Reading(LOG_IN, at, TokenLife()) if self.is_long else self.of_person(at)


def lifetime(seconds: int | None) -> Lifetime:
    """seconds: as Facebook told them beside the token."""
    return Lifetime(seconds, seconds is not None and seconds >= _LONG_LIVED)


def is_near_end(life: Reading[TokenLife] | None, now: float) -> bool:
    """Whether one better logs in again: little is left of the token's life, or nothing. now: Unix seconds."""
    if life is None or life.value is None or not life.value.ends_at:
        return False
    return life.value.ends_at - now < (life.value.ends_at - life.at) * _NEAR_END


def of_log_in(token: TokenFacts, life: Reading[TokenLife] | None) -> TokenFacts:
    """The same, with the life that a log-in told of it; None: it comes of none, or that told nothing. A token of a
    log-in that does not work any more is no token of the bot's: it is enough to log in again."""
    failure = token.identity.failure
    identity = replace(token.identity, failure=ended(failure, life)) if failure is not None else token.identity
    return replace(token, identity=identity, life=life)


def ended(failure: Failure, life: Reading[TokenLife] | None) -> Failure:
    """A refusal of a token with this life as what it is to whoever logged in."""
    return replace(failure, kind=ErrorKind.LOG_IN_ENDED) if life is not None and failure.kind in _ENDED else failure


def refused(failure: Failure) -> Failure:
    """A refusal of what a log-in gave a moment ago: nobody copied a text, and what helps is to log in again."""
    if failure.kind is ErrorKind.TOKEN_MALFORMED:
        return replace(failure, kind=ErrorKind.LOG_IN_UNREADABLE)
    return replace(failure, kind=ErrorKind.LOG_IN_ENDED) if failure.kind in _ENDED else failure
