"""All Pages that a person's or system user's token opens, for the table: shown as they come, stopped at any time."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from wizard.actions.account import AllPages, Manner
from wizard.actions.session import Opened, Session
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.checked import CheckedPage
from wizard.core.errors import WizardError
from wizard.core.facts import Page
from wizard.core.ports import Progress, Report, Work
from wizard.i18n.language import _, ngettext
from wizard.ui.pages.check.compressed import pack
from wizard.ui.pages.check.subject import Source, Standing, Subject
from wizard.ui.pages.check.work import CHECKED
from wizard.words.moments import duration

BEGUN = "begun"  # step of progress: detail is the AllPages, to be asked how it goes
_PORTION = 200  # Pages shown at a time; fewer where they come slowly
_PORTION_S = 0.3


def checking(
    session: Session,
    opened: Opened,
    known: Mapping[str, Subject],
    look_at_conversations: bool,
    done: Iterable[str] = (),
) -> Work:
    """Return the work that checks every Page but those done. It reports BEGUN and, in portions, CHECKED with subjects.

    known: subjects by Page ID; a Page that is among them stays that subject. The work raises WizardError where
    something stopped it before the last Page."""

    def work(cancel: CancelToken, report: Report) -> None:
        pages = AllPages(
            session,
            opened,
            lambda page: _answers(known, page),
            cancel,
            Manner(look_at_conversations=look_at_conversations),
            done,
        )
        report(Progress(BEGUN, detail=pages))
        portion: list[Subject] = []
        count, shown_at = 0, 0.0
        for checked in pages:
            portion.append(_subject(known, checked))
            count += 1
            now = session.clock.monotonic()
            if len(portion) >= _PORTION or now - shown_at >= _PORTION_S:
                report(Progress(CHECKED, count, detail=tuple(portion)))
                portion.clear()
                shown_at = now
        report(Progress(CHECKED, count, detail=tuple(portion)))
        cancel.raise_if_cancelled()
        if pages.stopped_by is not None:
            raise WizardError(pages.stopped_by)

    return work


def so_far(pages: AllPages, count: int) -> str:
    """How the run goes, for the progress line. count: Pages that were checked."""
    if wait := pages.closed_for:
        return _("Facebook asks to wait {time}. Then it goes on by itself.").format(time=duration(wait))
    text = ngettext("Checking: {count} Page so far", "Checking: {count} Pages so far", count).format(count=count)
    if held_up := pages.held_up:
        waiting = ngettext("{count} waits for a limit of Facebook", "{count} wait for a limit of Facebook", held_up)
        return f"{text}. {waiting.format(count=held_up)}"
    return text


def _answers(known: Mapping[str, Subject], page: Page) -> Answers:
    return known[page.id].answers if page.id in known else Answers()


def _subject(known: Mapping[str, Subject], checked: CheckedPage) -> Subject:
    answers = checked.answers
    subject = known.get(answers.page_id) or Subject(
        f"page {answers.page_id}", Source.ACCOUNT, Answers(page_id=answers.page_id, page_name=answers.page_name)
    )
    return replace(subject, via_account=True, seen=pack(checked), standing=Standing.IDLE)
