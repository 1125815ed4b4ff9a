"""What earlier runs left behind: open tests, entries that cannot be read, tests of practice worlds that have ended."""

from wizard.actions.session import Session, close_ended_practices
from wizard.i18n.language import _
from wizard.terminal.printing import Printer


def tell_of_ended_practices(session: Session, printer: Printer) -> None:
    """Close open tests of practice worlds that have ended, and say so."""
    for _each in range(close_ended_practices(session)):
        printer.say(_("An open test belonged to a practice that has ended. It is closed."))


def tell_of_unreadable(session: Session, printer: Printer, put_aside: bool) -> bool:
    """Say which notes of open tests cannot be read. put_aside: keep damaged ones apart, so that they are said once.
    Returns whether there was one."""
    damaged, newer = session.journal.damaged(), session.journal.newer()
    for path in damaged:
        kept = session.journal.put_aside(path) if put_aside else path
        printer.warning(
            _("The note of an open test is damaged, so it cannot be brought back from here."),
            _("Look in your live chat for a test conversation and close it. The damaged file is kept:"),
        )
        printer.link(str(kept))
    for path in newer:
        printer.warning(
            _("An open test was begun by a newer version of this program."),
            _("Bring it back with that version. This one leaves its file alone:"),
        )
        printer.link(str(path))
    return bool(damaged or newer)


def tell_of_open_tests(session: Session, printer: Printer) -> None:
    """At the start of a set-up: a conversation may still be with the live chat."""
    tell_of_ended_practices(session, printer)
    tell_of_unreadable(session, printer, put_aside=False)
    if session.open_tests():
        printer.say(_("A test from an earlier run is still open. Run “handover-wizard recover” to bring it back."))
