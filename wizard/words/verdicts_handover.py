"""What the checks of the two apps, the saved App ID and the test found, in words."""

from wizard.i18n.language import _


def sentences() -> dict[str, tuple[str, str]]:
    return {
        "roles.secondary_known:connected": (_("{app} (App ID {app_id}) is connected to the Page."), ""),
        "roles.secondary_known:built_in": (_("It is the Page Inbox, which every Page has."), ""),
        "roles.secondary_known:exists": (
            _("Facebook knows an app with this App ID: {app}. Whether it is connected, the test shows."),
            "",
        ),
        "roles.secondary_known:no_name": (
            _("Facebook shows no app with the App ID {app_id}."),
            _("Compare the digits with the list of connected apps in the Page's settings."),
        ),
        "roles.secondary_known:not_a_receiver": (
            _("{app} is not among the Secondary Receivers of this Page."),
            _("Choose {app} as a Secondary Receiver in the Page's settings."),
        ),
        "roles.secondary_known:misprint": (
            _("{app_id} stands in some public texts, and is no app: a digit is wrong."),
            _("Copy the App ID from the Page's settings."),
        ),
        "roles.secondary_known:is_page": (
            _("{app_id} is the ID of the Page, not of an app."),
            _("Copy the App ID of the live chat from the Page's settings."),
        ),
        "roles.secondary_known:is_instagram_inbox": (
            _("{app_id} is the inbox of Instagram, which never gets a Messenger conversation."),
            _("Use the App ID of the Page Inbox instead: 263902037430900."),
        ),
        "roles.secondary_known:not_an_app_id": (
            _("“{app_id}” is no App ID: those have 5 to 20 digits."),
            _("Copy the App ID of the live chat from the Page's settings."),
        ),
        "roles.secondary_known:not_looked_up": (_("The App ID was not looked up."), ""),
        "not_chosen": (_("It is not known which app is the bot, or which one takes over."), _("Name both apps.")),
        "roles.distinct:distinct": (_("They are two different apps."), ""),
        "roles.distinct:same": (_("The same app was chosen for both."), _("Choose two different apps.")),
        "roles.distinct:not_chosen": (_("They are not chosen yet."), ""),
        "target.saved:not_saved": (
            _("It is not known to be saved: only the bot's own settings show it."),
            _("Compare the App ID in the bot's settings with the one of the live chat."),
        ),
        "target.saved:read_back": (_("The App ID {app_id} was written and read back."), ""),
        "target.saved:read_back_earlier": (
            _("The App ID {app_id} was written and read back when this was set up. It was not read again now."),
            "",
        ),
        "target.saved:proved": (_("The bot handed over to the App ID {app_id}, so it is saved there."), ""),
        "target.saved:confirmed": (_("You said that the App ID {app_id} is saved; only the test proves it."), ""),
        "target.saved:another_id": (
            _("The App ID {app_id} is saved, which is not the live chat's."),
            _("Save the App ID of the live chat in the bot."),
        ),
        "handover.bot_does:passed_earlier": (
            _("It was tested when this was set up, and worked then. It was not tested now."),
            "",
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
        "not_offered": (
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
        "handover.bot_does:live_chat_at_once": (
            _("{app} had the conversation at once. It got the message first, or the bot handed over at once."),
            _("Test again: write only “Hello”, and wait for the next request."),
        ),
        "handover.bot_does:no_hello": (_("No message of the tester was seen."), _("Run the test again.")),
        "went_elsewhere": (
            _("The conversation went to {app} instead."),
            _("Compare the App ID saved in the bot with the one of the live chat."),
        ),
        "cannot_tell": (_("It could not be seen who got the conversation."), _("Run the test again.")),
        "trouble": (_("The test was interrupted by trouble with the network or Facebook."), _("Run the test again.")),
    }
