"""What is wrong with the settings API of a bot, and what to do about it."""

from wizard.core.target import TargetProblem
from wizard.i18n.language import _


def choice() -> dict[TargetProblem, tuple[str, str]]:
    return {
        TargetProblem.NO_ADDRESS: (
            _("No address is given."),
            _("Type the address of your bot’s settings. Whoever runs the bot knows it."),
        ),
        TargetProblem.BAD_ADDRESS: (
            _("This is no address."),
            _("Write one such as https://bot.example/settings."),
        ),
        TargetProblem.INSECURE_ADDRESS: (
            _("This address is not safe, so nothing was sent."),
            _("Use one that starts with https:// and holds no user name or password."),
        ),
        TargetProblem.SECRET_IN_ADDRESS: (
            _("The address holds a key or a password. Addresses are written into logs on the way."),
            _("Take it out of the address and paste it into the field for the key."),
        ),
        TargetProblem.PRIVATE_ADDRESS: (
            _("“{path}” leads into a private network or to this computer, so nothing was sent."),
            _("If it is your bot’s own address, tick that you know it; then try again."),
        ),
        TargetProblem.NOT_IN_PRACTICE: (
            _("In practice only the pretend bot platform is called, so nothing was sent to “{path}”."),
            _("Use the address that the pretend platform shows, or leave practice."),
        ),
        TargetProblem.BAD_POINTER: (
            _("“{key}” is no way to a value."),
            _("Write the names from the outside in, each after a slash: /handover/app_id."),
        ),
        TargetProblem.BAD_TEMPLATE: (
            _("What should be sent is no JSON with {mark} in quotes."),
            _('Write it like this: {{"app_id": "{mark}"}}.'),
        ),
        TargetProblem.SECRET_IN_TEMPLATE: (
            _("What should be sent holds a key or a password. It would be shown and saved."),
            _("Take it out. The key of the API has a field of its own."),
        ),
        TargetProblem.UNKNOWN_METHOD: (
            _("“{key}” is no way to send settings that this program knows."),
            _("Choose the place for the App ID once more."),
        ),
        TargetProblem.BAD_HEADER: (
            _("No key can travel in a header of this name."),
            _("Use the name that your bot’s documentation says, such as Authorization or X-API-Key."),
        ),
    }


def access() -> dict[TargetProblem, tuple[str, str]]:
    return {
        TargetProblem.NO_SECRET: (
            _("“{path}” asks for a key."),
            _("Paste the API key of your bot platform."),
        ),
        TargetProblem.BAD_SECRET: (
            _("The key holds signs that cannot be sent."),
            _("Copy it once more, without line breaks."),
        ),
        TargetProblem.LOGIN_REFUSED: (
            _("“{path}” refuses this key (answer {status})."),
            _("Check whether the key is right, still valid, and may change settings."),
        ),
        TargetProblem.NOT_THERE: (
            _("There is nothing at “{path}” (answer {status})."),
            _("Compare the address with your bot’s documentation."),
        ),
        TargetProblem.METHOD_REFUSED: (
            _("“{path}” does not take changes in this way (answer {status})."),
            _("Choose PUT, PATCH or POST, as your bot’s documentation says."),
        ),
        TargetProblem.REDIRECTED: (
            _("“{path}” leads on to another address (answer {status}). The wizard does not go there with your key."),
            _("If you know the other address, type that one."),
        ),
        TargetProblem.NO_CONNECTION: (
            _("“{path}” cannot be reached."),
            _("Check whether the address is right and this computer is online; then try again."),
        ),
        TargetProblem.NO_ANSWER: (
            _("“{path}” did not answer in time."),
            _("Wait a little, then try again."),
        ),
        TargetProblem.CERTIFICATE: (
            _("“{path}” could not prove who it is, so nothing was sent."),
            _("Ask whoever runs it to renew its certificate."),
        ),
        TargetProblem.PROXY_KIND: (
            _("This computer goes online through a proxy that this program cannot use. Nothing was sent to “{path}”."),
            _("Name an HTTP proxy in HTTPS_PROXY, or name none. In an office, ask whoever looks after the network."),
        ),
    }


def answers() -> dict[TargetProblem, tuple[str, str]]:
    return {
        TargetProblem.NOT_JSON: (
            _("What came from “{path}” is no JSON: perhaps a web page, or half an answer."),
            _("Use the address of the settings API, not that of the page with the settings."),
        ),
        TargetProblem.NOT_AT_POINTER: (
            _("{key} can hold no value: a list or a group is there, or the name is there twice."),
            _("Compare the way with what the address answers."),
        ),
        TargetProblem.PATCH_IN_LIST: (
            _("The way {key} leads through a list, and PATCH cannot change a value inside one."),
            _("Choose PUT."),
        ),
        TargetProblem.CONFLICT: (
            _("“{path}” says that something else stands in the way (answer {status}). Nothing was changed."),
            _("Look at the change again, then decide."),
        ),
        TargetProblem.SERVER_REFUSED: (
            _("“{path}” does not take this change (answer {status})."),
            _("Show this sentence to whoever runs the bot."),
        ),
        TargetProblem.SERVER_BUSY: (
            _("“{path}” takes no more requests for now (answer {status})."),
            _("Wait some minutes, then try again."),
        ),
        TargetProblem.SERVER_TROUBLE: (
            _("“{path}” has trouble of its own (answer {status})."),
            _("Wait some minutes, then try again."),
        ),
        TargetProblem.ANSWER_LOST_BLIND: (
            _("The App ID was sent to “{path}”, but no clear answer came."),
            _("Look in your bot whether it is there before you send it again."),
        ),
        TargetProblem.ANSWER_LOST: (
            _("The change was sent to “{path}”, but no answer came. Nobody knows whether it was made."),
            _("Try again: the wizard first looks at what is there."),
        ),
    }
