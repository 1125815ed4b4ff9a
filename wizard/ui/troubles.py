"""What a job raised, in the form the pages show: the words are those of `wizard.words`."""

from collections.abc import Callable

from wizard.core.bundle import ProgramFile
from wizard.core.saved_file import SavedFileError
from wizard.core.world import World
from wizard.i18n.language import _
from wizard.ui.services import ExplainFailure, FailureText


def explainer(world: World, now: Callable[[], float], running: ProgramFile | None = None) -> ExplainFailure:
    """Return the function for `Services.explain`. now: Unix seconds, for the details."""

    def explain(error: Exception, at: float | None = None) -> FailureText:
        from wizard.core.errors import WizardError  # the first page does without all of these
        from wizard.core.pending import AlreadyInTest
        from wizard.core.target import TargetError
        from wizard.words import errors, saved_files, starting, targets, trial

        if isinstance(error, WizardError):
            words = errors.explain(error.failure, now() if at is None else at)
            action = " ".join(part for part in (words.facebook_says, words.action) if part)
            link = world.link(words.link_template) if words.link_template else ""
            details = "\n".join(filter(None, (*words.details, link)))  # the address, to be copied
            return FailureText(words.title, action, details, link, _("Open the page") if link else "")
        if isinstance(error, TargetError):
            said = targets.said_of(error)
            return FailureText(said.text, said.action, said.details)
        if isinstance(error, SavedFileError):
            return FailureText(*saved_files.said(error))
        if isinstance(error, AlreadyInTest):
            line = trial.already_in_test(error)
            return FailureText(line.title, line.detail)
        if running is not None and running.executable_changed():
            return FailureText(*starting.replaced())
        # Its text is not shown: nobody checked what is in it.
        return FailureText(
            _("Something went wrong in this program."),
            _("Nothing you typed is lost. Try once more; if it happens again, send the details to support."),
            _("Kind: {value}").format(value=type(error).__name__),
        )

    return explain
