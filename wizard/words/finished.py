"""The last page in words: its title, the sentence below, and what it comes to where no program has looked."""

from wizard.core.diagnosis import PageOutcome
from wizard.core.flow import StepState
from wizard.i18n.language import _
from wizard.words.headlines import Headline


def title(test: StepState) -> str:
    """test: how the step before it stands."""
    return {
        StepState.SEEN: _("Your bot hands over to your live chat"),
        StepState.SAID: _("By what you saw, the handover works"),
        StepState.SKIPPED: _("Not tested yet"),
        StepState.STOPPED: _("Not tested to the end"),
        StepState.FAILED: _("The handover does not work yet"),
    }.get(test, _("Not proven to work yet"))


def sentence(test: StepState, has_token: bool) -> str:
    """Where nothing is proven. has_token: the wizard could look at something."""
    if has_token:
        return _("This is what was seen, and what to do about it.")
    if test in (StepState.SAID, StepState.FAILED):
        return _("You looked yourself. The wizard could not see anything without a log-in.")
    return _("You said that all is set up. Nothing was checked.")


def result(head: Headline, test: StepState, has_token: bool) -> tuple[str, str]:
    """What it comes to, and what to do next. Where nothing was looked at, the nearest is to look oneself."""
    if has_token or head.outcome is not PageOutcome.NOT_FOUND_OUT or test is StepState.FAILED:
        return head.sentence, head.next_step
    if test is StepState.SAID:
        return _("Nobody but you has seen it."), _("Log in once: then the wizard can check it, too.")
    return (
        _("Nobody knows yet whether it works."),
        _("Test it: you write to your Page and see who answers. Or log in: then the wizard can check it."),
    )
