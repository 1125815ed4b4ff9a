"""What the check screen says of its work."""

from collections.abc import Sequence

from wizard.actions.account import AllPages
from wizard.actions.check_target import CheckStatus, CheckTarget, CheckTargets, summary
from wizard.i18n.language import _, ngettext
from wizard.words.moments import duration


def checking(subjects: Sequence[CheckTarget]) -> str:
    if len(subjects) == 1:
        return _("Checking {page}").format(page=subjects[0].name)
    return ngettext("Checking {count} Page", "Checking {count} Pages", len(subjects)).format(count=len(subjects))


def so_far(pages: AllPages, count: int) -> str:
    """How the run goes, for the progress line. count: Pages that were checked."""
    if wait := pages.closed_for:
        return _("Facebook asks to wait {time}. Then it goes on by itself.").format(time=duration(wait))
    text = ngettext("Checking: {count} Page so far", "Checking: {count} Pages so far", count).format(count=count)
    if held_up := pages.held_up:
        waiting = ngettext("{count} waits for a limit of Facebook", "{count} wait for a limit of Facebook", held_up)
        return f"{text}. {waiting.format(count=held_up)}"
    return text


def found_and_left(desk: CheckTargets) -> str:
    """What was found, and what is left."""
    needing = sum(one.status is CheckStatus.NEEDS_TOKEN for one in desk)
    found = summary(desk, is_complete=True) if len(desk) > 1 else ""  # of one alone the headline says it
    left = ngettext("{count} Page needs its token.", "{count} Pages need their tokens.", needing)
    if any(one.result is not None for one in desk):
        left = ngettext("{count} other Page needs its token.", "{count} other Pages need their tokens.", needing)
    return " ".join(part for part in (found, left.format(count=needing) if needing else "") if part)


def of_another_page(name: str) -> str:
    return _("This is the token of the Page {page}. Paste the one of this Page.").format(page=name)
