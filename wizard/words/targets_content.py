"""What is wrong with a settings file by what is in it, and what to do about it."""

from wizard.core.target import TargetProblem
from wizard.i18n.language import _


def kind() -> dict[TargetProblem, tuple[str, str]]:
    """What the file is, where it is not what was chosen."""
    return {
        TargetProblem.PROGRAM: (
            _("“{path}” is a program, not a settings file. It was not changed."),
            _("Put the App ID in by hand, or ask whoever wrote the bot. Often there is a .env file beside it."),
        ),
        TargetProblem.XML_FILE: (
            _("“{path}” is an XML file, which the wizard does not write. It was not changed."),
            _("Put the App ID in by hand, or ask whoever wrote the bot."),
        ),
        TargetProblem.TEMPLATE: (
            _("“{path}” is a template: another program, such as Helm, Jinja or ERB, makes the settings of it."),
            _("Put the App ID where the values come from, with Helm the values file, or ask whoever wrote it."),
        ),
        TargetProblem.JSON5: (
            _("“{path}” is JSON5 or JavaScript (names without quotes), which the wizard does not write."),
            _("Put the App ID in by hand, or ask whoever wrote the bot."),
        ),
        TargetProblem.OTHER_FORMAT: (
            _("“{path}” is a {name} file, not a {chosen} file. It was not changed."),
            _("Choose a settings file ({name}) as the place, or another file."),
        ),
    }


def content() -> dict[TargetProblem, tuple[str, str]]:
    """Why the key cannot be found or made there."""
    return {
        TargetProblem.DUPLICATE_KEY: (
            _("{key} is in the file more than once, so nobody can say which one counts."),
            _("Remove all but one in your editor, then try again."),
        ),
        TargetProblem.MULTI_LINE: (
            _("The value of {key} runs over several lines. An App ID never does."),
            _("Look at it in your editor. Perhaps another key was meant."),
        ),
        TargetProblem.NOT_UNDERSTOOD: (
            _("The line with {key} cannot be understood, so the wizard does not touch it."),
            _("Look at it in your editor: a quote is perhaps missing."),
        ),
        TargetProblem.NO_DOTENV: (
            _("“{path}” is no .env file: there every line says NAME=value. It was not changed."),
            _("Choose the .env file beside it. For YAML, JSON, TOML or INI, choose that kind of file as the place."),
        ),
        TargetProblem.NAME_VALUE_LIST: (
            _("On the way to {key} there is a list with lines NAME=value. The wizard does not write into such a list."),
            _("Add a line to it by hand: - {way}= and behind it the App ID."),
        ),
        TargetProblem.WRITE_IT_SO: (
            _("“{key}” would be a new name in “{path}”, written in a way that bots would not find."),
            _("Write {way} as the key."),
        ),
        TargetProblem.BROKEN_FILE: (
            _("“{path}” has a mistake in it, so programs cannot read it. It was not changed."),
            _("Correct it in your editor, or ask whoever wrote the bot; then try again."),
        ),
        TargetProblem.MANY_DOCUMENTS: (
            _("“{path}” holds several documents, with --- between them. Nobody can say in which {key} belongs."),
            _("Change the App ID in this file by hand, or choose another file."),
        ),
        TargetProblem.NOT_A_GROUP: (
            _("On the way to {key} there is something that can hold no further names."),
            _("Look at it in your editor. Perhaps another key was meant."),
        ),
        TargetProblem.NOT_A_VALUE: (
            _("{key} is a list or a group of settings, not one value."),
            _("Choose the key inside it at which your bot looks for the App ID."),
        ),
        TargetProblem.SHARED_VALUE: (
            _("The value of {key} is used in other places of the file too, which would change with it."),
            _("Change the App ID in this file by hand."),
        ),
        TargetProblem.MERGED_VALUE: (
            _("A part of the way to {key} comes from another block of the file (<<). A new one here would hide that."),
            _("Write the App ID by hand, as whoever wrote the file would; or choose a key beside the << line."),
        ),
        TargetProblem.TAGGED_VALUE: (
            _("The value of {key} is made by a program (a word with ! comes before it)."),
            _("Change the App ID in this file by hand."),
        ),
        TargetProblem.COMMENT_BEHIND: (
            _("There is a comment after the value of {key}. Many programs take it for part of the value."),
            _("Put the comment into a line of its own, then try again."),
        ),
    }


def value() -> dict[TargetProblem, tuple[str, str]]:
    """What stands at the key and must not be lost."""
    return {
        TargetProblem.LOOKS_SECRET: (
            _("{key} seems to hold a token, a password or an address, not an App ID. It was not changed."),
            _("Choose the key at which your bot looks for the App ID."),
        ),
        TargetProblem.FILLED_IN: (
            _("The value of {key} is filled in from outside, by another program or a variable. It was not changed."),
            _("Put the App ID where that value comes from, or ask whoever wrote the bot."),
        ),
        TargetProblem.OTHER_ID: (
            _("{key} holds an ID of another kind (a GUID, as Microsoft has), not a Facebook App ID."),
            _("Choose the key at which your bot looks for the App ID."),
        ),
        TargetProblem.MORE_THAN_ID: (
            _("{key} holds more than an App ID, such as several values or NAME=value. It would be lost."),
            _("Change the App ID inside it by hand, or choose another key."),
        ),
        TargetProblem.OTHERS_CHANGE: (
            _("It is not sure that programs would read everything else in “{path}” as before. It was not changed."),
            _("Change the App ID in this file by hand, or ask whoever wrote the bot."),
        ),
    }
