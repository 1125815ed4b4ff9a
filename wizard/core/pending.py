"""A test that has begun to change who has control: what must be known to bring the conversation back."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from wizard.core.facts import App, Control

CONTROL_LASTS = 24 * 3600  # seconds, from a pass or a message of the customer on; Conversation routing, 2025-09-24


class TrialPart(StrEnum):
    """A: Facebook allows it. B: the bot itself does it."""

    FACEBOOK_ALLOWS = "facebook_allows"
    BOT_DOES = "bot_does"


@dataclass(frozen=True, slots=True)
class PendingTest:
    """One journal entry, written before the first change and removed when the conversation is back. No token.

    graph: address of the Graph API it happened on. start: what the first owner reading showed (start_app_id "" unless
    control is APP; start_expires_at None where not told). opened_at, passed_at, told_at: Unix seconds by Facebook's
    clock; passed_at 0.0 until a pass is tried or seen, told_at 0.0 until the tester was told to write, from when on
    other apps may move the conversation. token_name: name of the token in the vault.
    shows_others: this app was shown another app's ID in this conversation, so an empty owner list means idle.
    releases: the first change is that this app lets go. answers_first: the bot was seen to be the default app, so what
    nobody has goes to it.
    """

    id: str
    graph: str
    page_id: str
    page_name: str
    psid: str
    token_app_id: str
    bot: App
    live_chat: App
    part: TrialPart
    start: Control
    start_app_id: str
    opened_at: float
    passed_at: float = 0.0
    told_at: float = 0.0
    start_expires_at: int | None = None
    shows_others: bool = False
    releases: bool = False
    token_name: str = ""
    answers_first: bool = False

    @property
    def is_just_released(self) -> bool:
        """Nothing happened since but our own release, if that: an empty owner list means idle."""
        return self.releases and not self.passed_at and not self.told_at

    @property
    def page_label(self) -> str:
        """Name of the Page, its ID where it has none."""
        return self.page_name or self.page_id

    def app_of(self, app_id: str) -> App:
        """The app of this ID: one of the two of the test where it is one of them."""
        return {self.bot.id: self.bot, self.live_chat.id: self.live_chat}.get(app_id, App(app_id))


class AlreadyInTest(Exception):
    """One conversation is tested by one program at a time. is_running: that test runs now, in another window or
    terminal; else it ended before the conversation was back."""

    def __init__(self, is_running: bool) -> None:
        super().__init__("runs elsewhere" if is_running else "left open")
        self.is_running = is_running


class Journal(Protocol):
    """Open tests on disk. write returns only when the entry is safe against a power cut. Raises OSError."""

    def write(self, entry: PendingTest) -> None:
        """Add the entry, or replace the one with the same id."""
        ...

    def close(self, entry_id: str) -> None: ...

    def entries(self) -> Sequence[PendingTest]:
        """Oldest first."""
        ...
