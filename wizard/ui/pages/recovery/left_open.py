"""What earlier runs left behind: open tests, and records that cannot be brought back from here."""

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.actions.session import Session, close_ended_practices
from wizard.core.cancel import CancelToken
from wizard.core.pending import OpenTest
from wizard.core.ports import Report, Work
from wizard.i18n.language import _, ngettext
from wizard.ui.widgets.notice import Tone


@dataclass(frozen=True, slots=True)
class Listed:
    """closed: how many tests of practice worlds that are gone were closed. damaged: how many files cannot be read.
    newer: how many a newer version wrote. elsewhere: how many tests another window or terminal works on."""

    tests: Sequence[OpenTest] = ()
    closed: int = 0
    damaged: int = 0
    newer: int = 0
    elsewhere: int = 0


def list_open(session: Session) -> Work:
    """Work that returns Listed, and closes what belongs to a practice world that has ended."""

    def work(cancel: CancelToken, _report: Report) -> Listed:
        closed, journal = close_ended_practices(session, cancel), session.journal
        here = session.world.graph
        elsewhere = [entry for entry in journal.running_elsewhere() if entry.graph == here]
        return Listed(session.open_tests(), closed, len(journal.damaged()), len(journal.newer()), len(elsewhere))

    return work


def said_of(listed: Listed) -> tuple[Tone, str, str] | None:
    """Tone, what is the case, what to do; None where there is nothing to say. The most pressing comes first."""
    if listed.damaged:
        return (
            Tone.WARNING,
            ngettext(
                "One record of an open test cannot be read.",
                "{count} records of open tests cannot be read.",
                listed.damaged,
            ).format(count=listed.damaged),
            _("Look in your live chat whether a test conversation is still there."),
        )
    if listed.newer:
        return (
            Tone.WARNING,
            ngettext(
                "One open test was made by a newer version of this program.",
                "{count} open tests were made by a newer version of this program.",
                listed.newer,
            ).format(count=listed.newer),
            _("Open the newest version: it can bring the conversation back."),
        )
    if listed.elsewhere:
        return (
            Tone.INFO,
            ngettext(
                "One test is running in another window of this program.",
                "{count} tests are running in other windows of this program.",
                listed.elsewhere,
            ).format(count=listed.elsewhere),
            _("It brings the conversation back itself when it ends."),
        )
    if listed.closed:
        return (
            Tone.INFO,
            ngettext(
                "An open test of an earlier practice was closed.",
                "{count} open tests of earlier practices were closed.",
                listed.closed,
            ).format(count=listed.closed),
            _("That practice has ended, so nothing is left to bring back."),
        )
    return None
