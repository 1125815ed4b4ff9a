"""What the window says of open tests that nothing can be done about here, and of those that were closed."""

from wizard.actions.pending_tests import PendingTests
from wizard.i18n.language import _, ngettext
from wizard.ui.widgets.notice import Tone

NoticeText = tuple[Tone, str, str]  # title, text


def notice_for(pending: PendingTests) -> NoticeText | None:
    """What is the case, and what to do; None where there is nothing to say. The most pressing comes first."""
    if pending.damaged:
        return (
            Tone.WARNING,
            ngettext(
                "One record of an open test cannot be read.",
                "{count} records of open tests cannot be read.",
                len(pending.damaged),
            ).format(count=len(pending.damaged)),
            _("Look in your live chat whether a test conversation is still there."),
        )
    if pending.newer:
        return (
            Tone.WARNING,
            ngettext(
                "One open test was made by a newer version of this program.",
                "{count} open tests were made by a newer version of this program.",
                len(pending.newer),
            ).format(count=len(pending.newer)),
            _("Open the newest version: it can bring the conversation back."),
        )
    if pending.elsewhere:
        return (
            Tone.INFO,
            ngettext(
                "One test is running in another window of this program.",
                "{count} tests are running in other windows of this program.",
                len(pending.elsewhere),
            ).format(count=len(pending.elsewhere)),
            _("It brings the conversation back itself when it ends."),
        )
    if pending.closed:
        return (
            Tone.INFO,
            ngettext(
                "An open test of an earlier practice was closed.",
                "{count} open tests of earlier practices were closed.",
                pending.closed,
            ).format(count=pending.closed),
            _("That practice has ended, so nothing is left to bring back."),
        )
    return None
