"""What the steps are called in the sidebar and in what a screen reader says."""

from wizard.core.flow import StepId
from wizard.words.language import _


def step_name(step: StepId) -> str:
    return {
        StepId.WELCOME: _("Welcome"),
        StepId.LOG_IN: _("Log in"),
        StepId.APPS: _("Your apps"),
        StepId.ROLES: _("Who answers first"),
        StepId.APP_ID: _("App ID"),
        StepId.BOT_SETTINGS: _("Bot settings"),
        StepId.TEST: _("Test"),
        StepId.FINISHED: _("Finished"),
    }[step]
