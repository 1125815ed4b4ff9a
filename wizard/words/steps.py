"""The name of each step, its one sentence, and what keeps a person from going on."""

from wizard.core.flow import Problem, StepId, StepState
from wizard.i18n.language import _, pgettext


def name(step: StepId) -> str:
    """The short name in the sidebar."""
    return {
        StepId.WELCOME: pgettext("step", "Welcome"),
        StepId.PRODUCTS: pgettext("step", "Your bot and chat"),
        StepId.LOG_IN: pgettext("step", "Log in"),
        StepId.APPS: pgettext("step", "Your apps"),
        StepId.ROLES: pgettext("step", "Who answers first"),
        StepId.APP_ID: pgettext("step", "App ID"),
        StepId.BOT_SETTINGS: pgettext("step", "Bot settings"),
        StepId.TEST: pgettext("step", "Test"),
        StepId.FINISHED: pgettext("step", "Finished"),
    }[step]


def title(step: StepId) -> str:
    return {
        StepId.WELCOME: _("Connect your bot and your live chat"),
        StepId.PRODUCTS: _("What do you use?"),
        StepId.LOG_IN: _("Log in to your Page"),
        StepId.APPS: _("Which apps answer on your Page?"),
        StepId.ROLES: _("Set on Facebook who answers first"),
        StepId.APP_ID: _("Where the App ID goes"),
        StepId.BOT_SETTINGS: _("Tell your bot who takes over"),
        StepId.TEST: _("Test the handover"),
        StepId.FINISHED: _("Finished"),
    }[step]


def sentence(step: StepId) -> str:
    return {
        StepId.WELCOME: _("The bot answers first, hands a conversation to a person, and gets it back."),
        StepId.PRODUCTS: _("The wizard shows you what to do in these two."),
        StepId.LOG_IN: _("Then the wizard sees how your Page is set up. Logging in changes nothing."),
        StepId.APPS: _("Choose your bot, and the live chat that takes over."),
        StepId.ROLES: _("Facebook decides this in your Page’s settings. No program can set it for you."),
        StepId.APP_ID: _("Your bot needs the App ID of the live chat to hand over to it."),
        StepId.BOT_SETTINGS: _("Save the App ID in your bot, so that it knows where to hand over."),
        StepId.TEST: _("Your own test conversation goes to the live chat and comes back."),
        StepId.FINISHED: _("This is what works, and what to keep an eye on."),
    }[step]


def state(standing: StepState, step: StepId | None = None) -> str:
    """How a step stands, in a word or two after its name."""
    if step is StepId.LOG_IN and standing is StepState.SKIPPED:
        return pgettext("state", "not logged in")
    return {
        StepState.SEEN: pgettext("state", "seen to be right"),
        StepState.SAID: pgettext("state", "you said so"),
        StepState.NOT_PROVEN: pgettext("state", "not proven"),
        StepState.SKIPPED: pgettext("state", "skipped"),
        StepState.STOPPED: pgettext("state", "stopped"),
        StepState.RUNNING: pgettext("state", "running"),
        StepState.FAILED: pgettext("state", "failed"),
        StepState.NOT_DONE: pgettext("state", "not done"),
    }[standing]


def problem(found: Problem) -> str:
    return {
        Problem.NO_CHOICE: _("Choose what you want to do."),
        Problem.NO_BOT_PRODUCT: _("Say which bot you use."),
        Problem.NO_LIVE_CHAT_PRODUCT: _("Say which live chat you use."),
        Problem.NO_PAGE: _("Log in first, so that the wizard knows your Page."),
        Problem.TOKEN_OWNER_UNKNOWN: _("Say whose token this is."),
        Problem.NO_BOT: _("Choose your bot."),
        Problem.NO_LIVE_CHAT: _("Choose who takes over."),
        Problem.SAME_APP: _("The bot and the live chat must be two different apps."),
        Problem.ROLES_OPEN: _("Do the settings on Facebook, then press “I have done it”."),
        Problem.NO_TARGET: _("Choose where the App ID goes."),
        Problem.NOT_SAVED: _("Save the App ID in your bot first."),
        Problem.NOT_TESTED: _("Test the handover, or say why you skip it."),
    }[found]
