"""What the person has answered so far. Names of secrets, never secrets: answers may be saved and logged."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import wizard.core

if TYPE_CHECKING:
    import wizard.core.facts
    import wizard.core.products
    import wizard.core.target
    import wizard.core.trial_result


class TokenOwner(StrEnum):
    """Whose token was pasted. NONE: the person goes on without one."""

    BOT = "bot"
    LIVE_CHAT = "live_chat"
    NEITHER = "neither"
    NONE = "none"


class SavedHow(StrEnum):
    READ_BACK = "read_back"
    CONFIRMED = "confirmed"


class TestOutcome(StrEnum):
    """What the whole test showed. PASSED means part B; part A alone is READY."""

    __test__ = False  # for pytest, which collects classes by this prefix

    PASSED = "passed"
    READY = "ready"
    NOT_PASSED = "not_passed"
    CANNOT_TELL = "cannot_tell"
    SKIPPED = "skipped"
    STOPPED = "stopped"  # by the person or by an error, before it could show anything


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers of one set-up. Empty text and None mean: not answered yet.

    Some types stand here by their full names: the first page does not wait for them. See `load_types`."""

    started: bool = False
    bot_product: "wizard.core.products.Product | None" = None
    live_chat_product: "wizard.core.products.Product | None" = None
    token_name: str = ""
    page_id: str = ""
    page_name: str = ""
    token_app: "wizard.core.facts.App | None" = None
    token_owner: TokenOwner | None = None
    bot: "wizard.core.facts.App | None" = None
    live_chat: "wizard.core.facts.App | None" = None
    roles_confirmed: frozenset[str] = frozenset()  # ids of settings the person says are done
    target: "wizard.core.target.TargetChoice | None" = None
    more_targets: "tuple[wizard.core.target.TargetChoice, ...]" = ()  # of a bot that keeps it in several places
    saved_app_id: str = ""
    saved_how: SavedHow | None = None
    read_back_at: float = 0.0  # Unix seconds by this computer's clock, 0.0 where it was not read back
    test: TestOutcome | None = None
    test_skipped_because: str = ""
    # The newest of each part, as `core.kept_tests.kept` makes them.
    tests: "tuple[wizard.core.trial_result.TrialResult, ...]" = ()

    @property
    def has_token(self) -> bool:
        return self.token_owner is not None and self.token_owner is not TokenOwner.NONE

    @property
    def can_be_kept(self) -> bool:
        """Whether there is so much of a set-up that it is found again: its Page and both apps."""
        return bool(self.page_id) and self.bot is not None and self.live_chat is not None

    @property
    def targets(self) -> "tuple[wizard.core.target.TargetChoice, ...]":
        """All places of the App ID, in the order they were chosen; empty before."""
        return (self.target, *self.more_targets) if self.target is not None else ()

    @property
    def pair(self) -> "tuple[wizard.core.facts.App, wizard.core.facts.App]":
        """The bot and the live chat. Raises LookupError before both are chosen."""
        if self.bot is None or self.live_chat is None:
            raise LookupError("the bot and the live chat are not chosen yet")
        return self.bot, self.live_chat


# What falls when a fact changes: it was derived from it, or was true only of it.
_DEPENDENTS: dict[str, tuple[str, ...]] = {
    "page_id": ("page_name", "token_app", "bot", "live_chat", "roles_confirmed"),
    "token_app": ("token_owner",),
    "token_owner": (),
    "bot": ("roles_confirmed", "test", "tests"),
    "live_chat": ("roles_confirmed", "saved_app_id", "test", "tests"),
    "roles_confirmed": (),
    "target": ("more_targets", "saved_app_id"),
    "more_targets": ("saved_app_id",),
    "saved_app_id": ("saved_how", "test", "tests"),
    "saved_how": ("read_back_at",),
    "test": ("test_skipped_because",),
}
_EMPTY = Answers()


def with_changes(answers: Answers, **changes: Any) -> Answers:
    """Return answers with changes, and without what rested on a value that changed. Raises TypeError for a name that
    is no answer. A dependant named in changes keeps its new value."""
    changed = {name for name, value in changes.items() if getattr(answers, name) != value}
    fallen: set[str] = set()
    open_names = list(changed)
    while open_names:
        for name in _DEPENDENTS.get(open_names.pop(), ()):
            if name not in changes and name not in fallen:
                fallen.add(name)
                open_names.append(name)
    return replace(answers, **{name: getattr(_EMPTY, name) for name in fallen}, **changes)


def with_saved(answers: Answers, app_id: str, how: SavedHow, now: float) -> Answers:
    """Return answers that say that the App ID is saved in the bot. now: Unix seconds."""
    read_back_at = now if how is SavedHow.READ_BACK else 0.0
    return with_changes(answers, saved_app_id=app_id, saved_how=how, read_back_at=read_back_at)


def load_types() -> None:
    """Before answers are read from anything: whoever reads them looks for the types that Answers only names."""
    import wizard.core.facts
    import wizard.core.products
    import wizard.core.target
    import wizard.core.trial_result  # noqa: F401
