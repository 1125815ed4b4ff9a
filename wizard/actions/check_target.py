"""What is checked: a set-up or a Page, where it comes from, how it stands, and all of them together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from wizard.actions.compressed import StoredResult
from wizard.core.answers import Answers
from wizard.core.diagnosis import PageOutcome, is_dated_ahead
from wizard.core.flow import SETUP, StepId
from wizard.core.kept_tests import OWNER_FOR
from wizard.i18n.language import _
from wizard.report.head import Counts, sentence


class TargetOrigin(StrEnum):
    SAVED = "saved"  # a set-up noted on this computer
    SETUP_FILE = "setup_file"  # a set-up that somebody sent
    FACTS_FILE = "facts_file"  # what somebody else's check has seen: judged here, without a token
    TOKEN = "token"  # a Page whose token was pasted
    ACCOUNT = "account"  # one of all Pages of a person's or system user's token


class CheckStatus(StrEnum):
    IDLE = "idle"
    NEEDS_TOKEN = "needs_token"
    WAITING = "waiting"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class CheckTarget:
    """key: tells it from all others. answers: the set-up as far as known. path: its file.

    token_names: tokens of this Page in the vault, the bot's first. via_account: the token of a person or system user at
    hand opens it. result: the last check, None before the first."""

    key: str
    origin: TargetOrigin
    answers: Answers
    path: Path | None = None
    token_names: tuple[str, ...] = ()
    via_account: bool = False
    result: StoredResult | None = None
    status: CheckStatus = CheckStatus.IDLE

    @property
    def name(self) -> str:
        told = self.result.page_name if self.result is not None else ""
        file = self.path.name if self.path is not None and self.origin is not TargetOrigin.SAVED else ""
        return told or self.answers.page_name or self.page_id or file or _("A Page without a name")

    @property
    def page_id(self) -> str:
        return self.answers.page_id or (self.result.page_id if self.result is not None else "")

    @property
    def can_be_asked(self) -> bool:
        """Whether Facebook can be asked about it: facts are judged as they are."""
        return self.origin is not TargetOrigin.FACTS_FILE

    @property
    def is_at_work(self) -> bool:
        return self.status in (CheckStatus.WAITING, CheckStatus.RUNNING)

    @property
    def needs_token(self) -> bool:
        return self.can_be_asked and not self.token_names and not self.via_account

    def is_old(self, now: float) -> bool:
        """Whether what was seen says little about today; so does a time that has not come yet. now: Unix seconds."""
        at = self.result.seen_at if self.result is not None else now
        return now - at >= OWNER_FOR or is_dated_ahead(at, now)


def summary(subjects: Iterable[CheckTarget], is_complete: bool) -> str:
    """What all looks come to, in the words of the report."""
    counts = Counts()
    for one in subjects:
        if one.result is not None:
            counts.add_outcome(one.result.found.outcome, one.result.found.state)
    return sentence(counts, is_complete)


def is_test_next(target: CheckTarget, answers: Answers, now: float) -> bool:
    """Whether nothing wrong was seen, and only the test would prove more: of the Page that these answers set up. now:
    Unix seconds."""
    seen = target.result
    return (
        seen is not None
        and seen.found.outcome is PageOutcome.NOT_PROVEN
        and not (seen.warnings or target.is_old(now))
        and target.page_id == answers.page_id
        and StepId.TEST in {step.id for step in SETUP.reachable(answers)}
    )


class CheckTargets:
    """All subjects at hand, in the order they came. One thread touches it."""

    def __init__(self) -> None:
        self._subjects: dict[str, CheckTarget] = {}

    def __iter__(self) -> Iterator[CheckTarget]:
        return iter(tuple(self._subjects.values()))

    def __len__(self) -> int:
        return len(self._subjects)

    def get(self, key: str) -> CheckTarget | None:
        return self._subjects.get(key)

    def put(self, subject: CheckTarget) -> None:
        self._subjects[subject.key] = subject

    def remove(self, key: str) -> None:
        self._subjects.pop(key, None)

    def take_listed(self, listed: Iterable[CheckTarget]) -> tuple[str, ...]:
        """Take the saved set-ups as they are now; return the keys of those that are gone.

        What was seen of them in this run is newer than what the disk holds."""
        fresh = {one.key: one for one in listed}
        gone = tuple(one.key for one in self if one.origin is TargetOrigin.SAVED and one.key not in fresh)
        for key in gone:
            self.remove(key)
        for key, one in fresh.items():
            known = self._subjects.get(key)
            newer = known.result if known is not None and known.result is not None else one.result
            self.put(replace(one, result=newer))
        return gone

    def settle(self) -> tuple[CheckTarget, ...]:
        """Work ended: return those that were still waiting or running, now idle again."""
        settled = tuple(replace(one, status=CheckStatus.IDLE) for one in self if one.is_at_work)
        for one in settled:
            self.put(one)
        return settled
