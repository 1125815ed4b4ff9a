"""A test that has begun to change who has control: what must be known to bring the conversation back."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from wizard.core.facts import App, Control


class Part(StrEnum):
    """A: Facebook allows it. B: the bot itself does it."""

    FACEBOOK_ALLOWS = "facebook_allows"
    BOT_DOES = "bot_does"


@dataclass(frozen=True, slots=True)
class OpenTest:
    """One journal entry, written before the first change and removed when the conversation is back. No token.

    graph: address of the Graph API it happened on. start: what the first owner reading showed (start_app_id "" unless
    control is APP). opened_at, passed_at: Unix seconds by Facebook's clock, passed_at 0.0 until a pass is tried or
    seen.
    nothing_means_idle: from here on an empty owner list is known to be an idle conversation, because this app released
    it itself or was shown another app's ID in it. token_name: name of the token in the vault.
    """

    id: str
    graph: str
    page_id: str
    page_name: str
    psid: str
    token_app_id: str
    bot: App
    live_chat: App
    part: Part
    start: Control
    start_app_id: str
    opened_at: float
    passed_at: float = 0.0
    nothing_means_idle: bool = False
    token_name: str = ""


class Journal(Protocol):
    """Open tests on disk. write returns only when the entry is safe against a power cut. Raises OSError."""

    def write(self, entry: OpenTest) -> None:
        """Add the entry, or replace the one with the same id."""
        ...

    def close(self, entry_id: str) -> None: ...

    def entries(self) -> Sequence[OpenTest]:
        """Oldest first."""
        ...
