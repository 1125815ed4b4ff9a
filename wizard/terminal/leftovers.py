"""What earlier runs left behind: open tests, entries that cannot be read, tests of practice worlds that have ended."""

from wizard.actions.pending_tests import PendingTests, list_pending
from wizard.actions.session import Session
from wizard.i18n.language import _
from wizard.terminal.printing import Printer


def tell_of_closed(pending: PendingTests, printer: Printer) -> None:
    """Open tests of practice worlds that have ended."""
    for _each in range(pending.closed):
        printer.print(_("An open test belonged to a practice that has ended. It is closed."))


def tell_of_unread(pending: PendingTests, printer: Printer) -> None:
    """Which notes of open tests cannot be read."""
    for path in pending.damaged:
        printer.warning(
            _("The note of an open test is damaged, so it cannot be brought back from here."),
            _("Look in your live chat for a test conversation and close it. The damaged file is kept:"),
        )
        printer.link(str(path))
    for path in pending.newer:
        printer.warning(
            _("An open test was started by a newer version of this program."),
            _("Bring it back with that version. This one leaves its file alone:"),
        )
        printer.link(str(path))


def show_open_tests(session: Session, printer: Printer) -> None:
    """At the start of a set-up: a conversation may still be with the live chat."""
    pending = list_pending(session)
    tell_of_closed(pending, printer)
    tell_of_unread(pending, printer)
    if pending.tests:
        printer.print(still_open())


def still_open() -> str:
    return _("A test from an earlier run is still open. Run “handover-wizard recover” to bring it back.")
