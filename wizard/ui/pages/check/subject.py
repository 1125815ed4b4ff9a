"""What the Check screen is about: one line of its table, where it comes from, and how it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from wizard.core.answers import Answers
from wizard.core.verdict import State
from wizard.i18n.language import _, ngettext
from wizard.report.head import Counts, sentence
from wizard.report.overall import Overall
from wizard.ui.pages.check.compressed import Seen
from wizard.ui.widgets.check_table import TableRow
from wizard.words import errors, verdicts
from wizard.words.moments import ago

_OLD = 24 * 3600.0  # seconds: control of a conversation lasts that long, so an older look says little about today


class Source(StrEnum):
    SAVED = "saved"  # a set-up noted on this computer
    SETUP_FILE = "setup_file"  # a set-up that somebody sent
    FACTS_FILE = "facts_file"  # what somebody else's check has seen: judged here, without a token
    TOKEN = "token"  # a Page whose token was pasted
    ACCOUNT = "account"  # one of all Pages of a person's or system user's token


class Standing(StrEnum):
    IDLE = "idle"
    NEEDS_TOKEN = "needs_token"
    WAITING = "waiting"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Subject:
    """key: tells it from all others. answers: the set-up as far as known. path: its file.

    token_names: tokens of this Page in the vault, the bot's first. via_account: the token of a person or system user at
    hand opens it. seen: the last look, None before the first."""

    key: str
    source: Source
    answers: Answers
    path: Path | None = None
    token_names: tuple[str, ...] = ()
    via_account: bool = False
    seen: Seen | None = None
    standing: Standing = Standing.IDLE

    @property
    def name(self) -> str:
        told = self.seen.page_name if self.seen is not None else ""
        return told or self.answers.page_name or self.page_id or _("A Page without a name")

    @property
    def page_id(self) -> str:
        return self.answers.page_id or (self.seen.page_id if self.seen is not None else "")

    @property
    def can_be_asked(self) -> bool:
        """Whether Facebook can be asked about it: facts are judged as they are."""
        return self.source is not Source.FACTS_FILE

    @property
    def is_at_work(self) -> bool:
        return self.standing in (Standing.WAITING, Standing.RUNNING)

    @property
    def needs_token(self) -> bool:
        return self.can_be_asked and not self.token_names and not self.via_account

    def is_old(self, now: float) -> bool:
        """now: Unix seconds."""
        return self.seen is not None and now - self.seen.at >= _OLD


def table_row(subject: Subject, now: float) -> TableRow:
    """now: Unix seconds, for the age of what was seen."""
    seen = subject.seen
    worst = seen.worst if seen is not None else State.NOT_CHECKED if subject.standing is Standing.NEEDS_TOKEN else None
    return TableRow(
        subject.key,
        subject.name,
        _note(subject, now),
        _result(subject),
        None if subject.is_at_work else worst,
        seen.states if seen is not None else (),
        subject.is_old(now) or subject.is_at_work,
    )


def result_of(seen: Seen) -> str:
    """The result in a few words: "2 problems"."""
    if not seen.is_reached:
        return _("Could not check")
    if problems := seen.count(State.PROBLEM):
        return ngettext("{count} problem", "{count} problems", problems).format(count=problems)
    if warnings := seen.count(State.WARNING):
        return ngettext("{count} to look at", "{count} to look at", warnings).format(count=warnings)
    return _("No problem") if seen.overall is Overall.CLEAR else verdicts.state(State(seen.overall.value))


def _result(subject: Subject) -> str:
    if subject.standing is Standing.RUNNING:
        return _("Checking…")
    if subject.standing is Standing.WAITING:
        return _("Waiting")
    if subject.seen is not None:
        return result_of(subject.seen)
    return _("Needs a token") if subject.standing is Standing.NEEDS_TOKEN else _("Not checked yet")


def _note(subject: Subject, now: float) -> str:
    if subject.seen is None:
        return _("Page ID {page_id}").format(page_id=subject.page_id) if subject.page_id else ""
    if subject.seen.failure is not None:
        return errors.explain(subject.seen.failure).title
    seen = ago(now - subject.seen.at)
    if subject.source is Source.FACTS_FILE:
        return _("From a file, seen {ago}").format(ago=seen)
    return _("Seen {ago}").format(ago=seen)


def summary(subjects: Iterable[Subject], is_complete: bool) -> str:
    """What all looks come to, in the words of the report."""
    counts = Counts()
    for one in subjects:
        if one.seen is not None:
            counts.pages += 1
            counts.unreachable += not one.seen.is_reached
            counts.states.update([one.seen.worst] if one.seen.is_reached else [])
            counts.partly_read += one.seen.overall is Overall.UNKNOWN and one.seen.is_partly_read
    return sentence(counts, is_complete)


class Desk:
    """All subjects at hand, in the order they came. Only the window's thread touches it."""

    def __init__(self) -> None:
        self._subjects: dict[str, Subject] = {}

    def __iter__(self) -> Iterator[Subject]:
        return iter(tuple(self._subjects.values()))

    def __len__(self) -> int:
        return len(self._subjects)

    def get(self, key: str) -> Subject | None:
        return self._subjects.get(key)

    def put(self, subject: Subject) -> None:
        self._subjects[subject.key] = subject

    def remove(self, key: str) -> None:
        self._subjects.pop(key, None)

    def take_listed(self, listed: Iterable[Subject]) -> tuple[str, ...]:
        """Take the saved set-ups as they are now; return the keys of those that are gone.

        What was seen of them in this run is newer than what the disk holds."""
        fresh = {one.key: one for one in listed}
        gone = tuple(one.key for one in self if one.source is Source.SAVED and one.key not in fresh)
        for key in gone:
            self.remove(key)
        for key, one in fresh.items():
            known = self._subjects.get(key)
            newer = known.seen if known is not None and known.seen is not None else one.seen
            self.put(replace(one, seen=newer))
        return gone

    def settle(self) -> tuple[Subject, ...]:
        """Work ended: return those that were still waiting or running, now idle again."""
        settled = tuple(replace(one, standing=Standing.IDLE) for one in self if one.is_at_work)
        for one in settled:
            self.put(one)
        return settled
