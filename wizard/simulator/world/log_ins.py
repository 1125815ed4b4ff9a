"""People who log in to an app: what they gave it, and the codes that wait for a person."""

from dataclasses import dataclass, field, replace
from typing import Literal

from wizard.simulator.world import ids
from wizard.simulator.world.state import Token, new_token

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LONG = 60 * 86_400  # seconds


@dataclass(slots=True)
class DeviceCode:
    """code: the app's half; typed: the person's. ends_at: Unix seconds. token: what the person gave."""

    code: str = field(repr=False)
    typed: str
    app_id: str
    scopes: tuple[str, ...]
    ends_at: float
    state: Literal["waiting", "declined", "confirmed"] = "waiting"
    token: Token | None = field(default=None, repr=False)
    asked: int = 0


@dataclass(slots=True)
class LogIns:
    """asked: the parameters of each dialog that was opened, without its state."""

    codes: dict[str, DeviceCode] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def new_code(self, app_id: str, scopes: tuple[str, ...], ends_at: float) -> DeviceCode:
        typed = ids.letters("log_in", 6, _LETTERS)
        made = DeviceCode(ids.digits("log_in", 24), typed, app_id, scopes, ends_at)
        self.codes[made.code] = made
        return made

    def typed(self, text: str) -> DeviceCode | None:
        return next((one for one in self.codes.values() if one.typed == text.strip().upper()), None)


def given(
    owner: Token, app_id: str, scopes: tuple[str, ...], declined: tuple[str, ...], pages: frozenset[str] | None
) -> Token:
    """Return the owner's new token for an app. owner: a token of the same person."""
    return replace(
        owner,
        text=new_token(),
        app_id=app_id,
        scopes=tuple(scope for scope in scopes if scope not in declined),
        declined=declined,
        pages=pages,
        refused_with=None,
    )


def living(token: Token, now: float, hours: int | None) -> Token:
    """Return the same token with the life it has from now on. hours: None for one of some weeks."""
    seconds = _LONG if hours is None else hours * 3600
    return replace(token, text=new_token(), issued_at=int(now), expires_at=int(now) + seconds)
