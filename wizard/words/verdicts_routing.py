"""What the checks of routing found, in words: check and reason to what was found and what to do."""

from wizard.i18n.language import _


def sentences() -> dict[str, tuple[str, str]]:
    tell = _("Facebook does not let programs read this; the test will show it.")
    routing = _("Choose {bot} as the default app in the Page's conversation routing.")
    return {
        "routing.on:routing": (_("Facebook routes conversations by the default app."), ""),
        "routing.on:unset": (_("No default app is chosen."), _("Choose the bot as the default app.")),
        "routing.on:legacy": (
            _("This Page still uses the old roles (Primary and Secondary Receiver)."),
            _("Look at the conversation routing tab of the Page's settings."),
        ),
        "routing.default_app:confirmed": (
            _("Facebook told {bot} that another app had control. Only the default app is told that."),
            "",
        ),
        "routing.default_app:none_set": (_("No default app is chosen on Facebook."), routing),
        "routing.default_app:another": (_("{bot} is not the default app: another app is, or none."), routing),
        "cannot_be_read": (tell, ""),
        "routing.default_app:primary_receiver": (
            _("{bot} is the Primary Receiver, the old word for the app that answers first."),
            _("Look at the conversation routing tab of the Page's settings, and choose {bot} there as well."),
        ),
        "routing.default_app:not_the_bots_token": (
            _("Only the bot's own token can show this."),
            _("Check again with the bot's token."),
        ),
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
        "routing.answers_first:live_chat_at_once": (
            _("{app} had the conversation at once. It got the message first, or the bot handed over at once."),
            _("Test again: write only “Hello”, and wait for the next request."),
        ),
        "routing.answers_first:not_seen": (_("No fresh message was seen."), _("Run the test again.")),
        "routing.current_owner:app": (_("{app} had control when last looked at."), ""),
        "routing.current_owner:some": (
            _("{app} had control of a conversation; of another nobody had it, or Facebook does not show who."),
            "",
        ),
        "routing.current_owner:stranger": (
            _("{app} had control of a conversation: neither your bot nor your live chat."),
            _("Let no Social or Link route on Facebook name {app}, and switch “take control” off for it there."),
        ),
        "routing.current_owner:hidden": (
            _("Another app had control of a conversation; Facebook does not show this token which."),
            "",
        ),
        "routing.current_owner:nothing": (_("Nobody had control, or Facebook does not show it."), ""),
        "inbox.takes_control:is_live_chat": (_("The Page Inbox is your live chat: it is meant to take control."), ""),
        "inbox.takes_control:has_control": (
            _(
                "Somebody, or Meta’s own AI, answered from the Page Inbox (Meta Business Suite): it has control of a "
                "conversation, and {bot} is silent there."
            ),
            _("Mark the conversation as done in the Page Inbox, and ask your staff to reply from the live chat."),
        ),
        "inbox.takes_control:not_seen": (
            _("No conversation was seen there. Whoever replies in it takes control, and no setting prevents that."),
            "",
        ),
        "inbox.takes_control:some": (
            _("No conversation was seen there, but of some Facebook does not show who has control."),
            _("Look in the Page Inbox (Meta Business Suite) whether somebody answered there."),
        ),
        "inbox.takes_control:hidden": (
            _("Another app has control of a conversation, perhaps the Page Inbox; Facebook does not show which."),
            _("Look in the Page Inbox (Meta Business Suite) whether somebody answered there."),
        ),
        "inbox.takes_control:nothing": (_("In the newest conversations nobody was seen to have control."), ""),
        "no_conversations": (
            _("Nobody has written to this Page yet, or this token is not shown who did."),
            _("Send the Page a message from another account, then look again."),
        ),
    }
