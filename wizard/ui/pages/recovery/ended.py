"""How bringing a conversation back ended: what is said of it, and what the test's own result becomes."""

from wizard.actions.session import Session
from wizard.core.answers import Answers, with_changes
from wizard.core.kept_tests import kept, with_ending
from wizard.core.outcome import outcome
from wizard.core.pending import PendingTest
from wizard.core.trial_result import RestoreEnd, RestoreResult
from wizard.i18n.language import _
from wizard.ui.pages.recovery.pending_notice import NoticeText
from wizard.ui.widgets.notice import Tone
from wizard.words import restored, trial


def ending_notice(ended: RestoreEnd, cast: trial.TrialApps) -> NoticeText:
    said = (restored.left_there if ended.is_wanted else restored.where)(ended, cast)
    is_left = ended.result is RestoreResult.NOT_BACK
    good = Tone.WARNING if ended.result is RestoreResult.LET_GO else Tone.OK
    tone = Tone.INFO if ended.is_wanted else Tone.PROBLEM if is_left else good
    is_told = not is_left or ended.is_wanted or ended.is_idle
    return tone, said.title, said.detail if is_told else ""


def changed_notice() -> NoticeText:
    return (
        Tone.WARNING,
        _("The conversation has changed since the wizard looked."),
        _("Nothing was done. Look below who has it now, then decide again."),
    )


def note_ending(session: Session, entry: PendingTest, ended: RestoreEnd, answers: Answers) -> Answers:
    """The test's own result says from now on where the conversation is: in the session, and in what is returned."""
    if ended.result is RestoreResult.NOT_BACK or entry.page_id != answers.page_id:
        return answers
    session.tests = with_ending(session.tests, entry, ended)
    tests = kept(session.tests) or with_ending(answers.tests, entry, ended)
    return with_changes(answers, test=outcome(tests), tests=tests) if tests else answers
