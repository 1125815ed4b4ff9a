"""What earlier runs left behind: open tests, entries that cannot be read, tests of practice worlds that have ended."""

from wizard import session as sessions
from wizard.session import Session
from wizard.terminal.printing import Printer
from wizard.words.language import _


def close_ended_practices(session: Session, printer: Printer) -> None:
    """Close open tests of practice worlds that have ended, and say so."""
    for _each in range(sessions.close_ended_practices(session)):
        printer.say(_("An open test belonged to a practice that has ended. It is closed."))


def tell_of_damage(session: Session, printer: Printer) -> bool:
    """Say which notes of open tests cannot be read, and keep them apart. Returns whether there was one."""
    damaged = session.journal.damaged()
    for path in damaged:
        kept = session.journal.put_aside(path)
        printer.problem(
            _("The note of an open test is damaged, so it cannot be brought back from here."),
            _("Look in your live chat for a test conversation and close it. The damaged file is kept:"),
        )
        printer.link(str(kept))
    return bool(damaged)


def tell_of_open_tests(session: Session, printer: Printer) -> None:
    """At the start of a set-up: a conversation may still be with the live chat."""
    close_ended_practices(session, printer)
    if session.open_tests():
        printer.say(_("A test from an earlier run is still open. Run “handover-wizard recover” to bring it back."))
