"""What comes next after a test in words, and where it is done."""

from wizard.core.answers import Answers
from wizard.core.facts import Page
from wizard.core.mend import Mend, Way, mend_of_test
from wizard.core.trial_result import TrialResult
from wizard.i18n.language import _
from wizard.words import errors, guides, steps


def after(test: TrialResult) -> Mend:
    """What comes next after one part of a test."""
    return mend_of_test(test, errors.explain(test.failure).link_template if test.failure is not None else "")


def label(way: Way) -> str:
    """On the main button, "" where the next step follows."""
    return {
        Way.GO_ON: "",
        Way.FIX: _("Fix it"),
        Way.AGAIN: _("Test again"),
        Way.BY_EYE: _("Test by eye"),
        Way.BRING_BACK: _("Bring it back"),
    }[way]


def link_template(mend: Mend, answers: Answers) -> str:
    """Where on Facebook it is done, for `World.link`; "" where a step leads there."""
    if not mend.facebook:
        return mend.link
    names = guides.names_of(Page(answers.page_id, answers.page_name), answers.bot, answers.live_chat)
    return guides.paths(mend.facebook, names)[0].link


def at_step(mend: Mend) -> str:
    """Which step puts it right, "" where none does."""
    if mend.place is None:
        return ""
    return _("Fix it at the step “{step}”, then test again.").format(step=steps.name(mend.place.step))
