"""What earlier runs left behind: open tests, and journal files that cannot be read."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wizard.actions.session import Session, close_ended_practices
from wizard.core.cancel import CancelToken

if TYPE_CHECKING:
    from wizard.core.pending import PendingTest


class PendingTests(NamedTuple):
    """tests: open ones, oldest first. closed: how many of practice worlds that are gone were closed. elsewhere: those
    that another window or terminal works on. damaged: files that cannot be read, where they are kept now. newer: files
    that a newer version wrote."""

    tests: "Sequence[PendingTest]" = ()
    closed: int = 0
    elsewhere: "Sequence[PendingTest]" = ()
    damaged: Sequence[Path] = ()
    newer: Sequence[Path] = ()

    @property
    def is_unread(self) -> bool:
        return bool(self.damaged or self.newer)


def list_pending(session: Session, cancel: CancelToken | None = None, only_look: bool = False) -> PendingTests:
    """List them, and close what belongs to a practice world that has ended. Asks over the network, so it belongs in a
    job. only_look: close nothing. Raises OSError, and Cancelled by cancel."""
    closed, journal = 0 if only_look else close_ended_practices(session, cancel), session.journal
    elsewhere = session.tests_running_elsewhere()
    return PendingTests(session.pending_tests(), closed, elsewhere, journal.damaged(), journal.newer())


def has_open_test(session: Session, page_ids: Collection[str]) -> bool:
    """Whether a test of one of these Pages is open: a conversation of it may be with the wrong app. Raises OSError."""
    return any(entry.page_id in page_ids for entry in session.pending_tests())


def quarantine(session: Session, pending: PendingTests) -> PendingTests:
    """Take damaged files out of the journal, so that they are named to the person once only. Raises OSError."""
    kept = [session.journal.quarantine(path) for path in pending.damaged]
    return PendingTests(pending.tests, pending.closed, pending.elsewhere, kept, pending.newer)
