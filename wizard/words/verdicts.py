"""Verdicts in words: the title of each check, what was found, and the one next action."""

from dataclasses import dataclass

from wizard.core.verdict import State, Verdict
from wizard.words.language import _


@dataclass(frozen=True, slots=True)
class Said:
    """title: what was checked; text: what was found; action: what to do next, "" where nothing."""

    title: str
    text: str
    action: str = ""


def state(of: State) -> str:
    return {
        State.OK: _("OK"),
        State.WARNING: _("Look at this"),
        State.PROBLEM: _("Problem"),
        State.UNKNOWN: _("Cannot tell"),
        State.NOT_CHECKED: _("Not checked"),
    }[of]


def title(check: str) -> str:
    """Raises KeyError for an id that is not in the list of checks."""
    return {
        "token.kind": _("The token is a Page token"),
        "token.owner": _("Whose token it is"),
        "app.subscribed": _("The app is connected to the Page"),
        "app.fields": _("The app receives what it needs"),
        "routing.on": _("Conversation routing is on"),
        "routing.default_app": _("The bot is the default app"),
        "routing.take_control": _("The bot may take control"),
        "routing.answers_first": _("The bot answers first"),
        "routing.current_owner": _("Who has control now"),
        "roles.distinct": _("Bot and live chat are two apps"),
        "target.saved": _("The App ID is saved in the bot"),
        "handover.facebook_allows": _("Facebook allows the handover"),
        "handover.bot_does": _("The bot hands over by itself"),
    }[check]


def said(verdict: Verdict) -> Said:
    text, action = _sentences(verdict.check, verdict.reason)
    about = {"app": "", "bot": "", "fields": "", "app_id": "", "name": "", **dict(verdict.about)}
    return Said(title(verdict.check), text.format(**about), action.format(**about))


def _sentences(check: str, reason: str) -> tuple[str, str]:
    for table in (_token(), _routing(), _handover(), _anywhere()):
        for key in (f"{check}:{reason}", reason):
            if key in table:
                return table[key]
    return _("Nothing is known about this."), ""


def _token() -> dict[str, tuple[str, str]]:
    other_kind = _("Take a Page token instead: the one your bot platform or the app's page on Facebook shows.")
    return {
        "token.kind:is_page": (_("It speaks for the Page {name}."), ""),
        "token.kind:is_user": (_("This is a person's token, not a Page's."), _("Choose the Page from the list.")),
        "token.kind:is_system_user": (_("This is a system user's token."), _("Choose the Page from the list.")),
        "token.kind:is_app": (_("This is an app's own token, not a Page's."), other_kind),
        "token.kind:is_unknown": (_("Facebook does not tell what kind of token this is."), ""),
        "token.owner:of_bot": (_("It belongs to {app}, your bot."), ""),
        "token.owner:of_live_chat": (
            _("It belongs to {app}, your live chat."),
            _("With the bot's token more can be checked and tested."),
        ),
        "token.owner:of_neither": (
            _("It belongs to {app}, which is neither your bot nor your live chat."),
            _("With the bot's token more can be checked and tested."),
        ),
        "token.owner:not_said": (_("It belongs to {app}."), _("Say whether that is your bot or your live chat.")),
        "app.subscribed:subscribed": (_("The app of this token is connected."), ""),
        "app.subscribed:not_subscribed": (
            _("The app of this token is not connected to the Page, so it receives no messages."),
            _("Connect the Page again in that app's own settings."),
        ),
        "app.fields:complete": (_("It receives messages and news of handovers."), ""),
        "app.fields:missing": (_("These are missing: {fields}."), _("Add the missing ones.")),
        "no_token": (_("There is no token to look with."), ""),
    }


def _routing() -> dict[str, tuple[str, str]]:
    tell = _("Facebook does not let programs read this; the test will show it.")
    routing = _("Choose {bot} as the default app in the Page's conversation routing.")
    return {
        "routing.on:routing": (_("Facebook routes conversations by the default app."), ""),
        "routing.on:unset": (_("No default app is chosen."), _("Choose the bot as the default app.")),
        "routing.on:legacy": (
            _("This Page still uses the old roles (Primary and Secondary Receiver)."),
            _("Look at the conversation routing tab of the Page's settings."),
        ),
        "routing.on:unknown": (tell, ""),
        "routing.default_app:confirmed": (
            _("Facebook shows {bot} who else has control, as only the default app sees."),
            "",
        ),
        "routing.default_app:none_set": (_("No default app is chosen on Facebook."), routing),
        "routing.default_app:another": (_("{bot} is not the default app: another app is, or none."), routing),
        "cannot_be_read": (tell, ""),
        "routing.default_app:not_the_bots_token": (_("Only the bot's own token can show this."), ""),
        "routing.default_app:no_bot": (_("No bot is chosen yet."), ""),
        "routing.take_control:taken_back": (_("{bot} took the conversation back."), ""),
        "routing.take_control:refused": (
            _("Facebook refused when {bot} tried to take control."),
            _("Switch “Allow this app to take control of conversations” on for {bot}."),
        ),
        "routing.answers_first:the_bot": (_("A fresh message went to {bot}."), ""),
        "routing.answers_first:another": (
            _("A fresh message went to {app}."),
            _("Let the default app and the Social and Link routes point to {bot}."),
        ),
        "routing.answers_first:not_seen": (_("No fresh message was seen."), _("Run the test again.")),
        "routing.current_owner:app": (_("{app} had control when last looked at."), ""),
        "routing.current_owner:hidden": (_("Another app had control; Facebook does not show which."), ""),
        "routing.current_owner:nothing": (_("Nobody had control, or Facebook does not show it."), ""),
        "routing.current_owner:unreadable": (_("Facebook did not tell."), ""),
    }


def _handover() -> dict[str, tuple[str, str]]:
    return {
        "roles.distinct:distinct": (_("They are two different apps."), ""),
        "roles.distinct:same": (_("The same app was chosen for both."), _("Choose two different apps.")),
        "roles.distinct:not_chosen": (_("They are not chosen yet."), ""),
        "target.saved:not_saved": (_("It is not saved yet."), ""),
        "target.saved:read_back": (_("The App ID {app_id} was written and read back."), ""),
        "target.saved:proved": (_("The bot handed over to the App ID {app_id}, so it is saved there."), ""),
        "target.saved:confirmed": (_("You said that the App ID {app_id} is saved; only the test proves it."), ""),
        "target.saved:another_id": (
            _("The App ID {app_id} is saved, which is not the live chat's."),
            _("Save the App ID of the live chat in the bot."),
        ),
        "not_tested": (_("It was not tested."), _("Run the test.")),
        "not_back": (_("After the test the conversation was not back."), _("Bring it back: the wizard offers it.")),
        "handover.facebook_allows:works": (_("The conversation went to {app} and came back."), ""),
        "handover.facebook_allows:probe_refused": (
            _("Facebook did not let the bot take control, so nothing was passed."),
            _("Look at the default app and the take-control switch of the bot."),
        ),
        "handover.facebook_allows:pass_refused": (
            _("Facebook did not pass the conversation to {app}."),
            _("Check the App ID, and whether that app is connected to this Page."),
        ),
        "handover.facebook_allows:never_left": (
            _("The conversation never left the bot, or returned at once."),
            _("See whether {app} is connected to this Page and switched on."),
        ),
        "handover.facebook_allows:not_offered": (
            _("This token is not shown who has control, so the test could not be undone and was not run."),
            _("Make the bot the default app, then test again."),
        ),
        "handover.bot_does:bot_handed_over": (_("The bot handed over to {app} by itself."), ""),
        "by_eye": (_("You saw it happen; the wizard could not."), ""),
        "handover.bot_does:nothing_happened": (
            _("The bot did not hand over."),
            _("Look in the bot whether the App ID is saved and which words make it hand over."),
        ),
        "handover.bot_does:other_answers_first": (
            _("{app} got the first message, so the bot was never asked."),
            _("Let the default app and the Social and Link routes point to the bot."),
        ),
        "handover.bot_does:no_hello": (_("No message of the tester was seen."), _("Run the test again.")),
        "went_elsewhere": (
            _("The conversation went to {app} instead."),
            _("Compare the App ID saved in the bot with the one of the live chat."),
        ),
        "cannot_tell": (_("It could not be seen who got the conversation."), _("Run the test again.")),
        "trouble": (_("The test was interrupted by trouble with the network or Facebook."), _("Run the test again.")),
    }


def _anywhere() -> dict[str, tuple[str, str]]:
    return {
        "unreadable": (_("Facebook did not answer this question."), _("Try again in a moment.")),
        "not_looked_at": (_("It was not looked at."), ""),
    }
