"""What packages show before the program runs, in every language that it speaks: menus, file types, what it is for, and
the installer for Windows."""

import html
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # from a source tree, whatever is installed

from wizard.i18n import language
from wizard.i18n.language import mark

NAME = "Messenger Handover Wizard"
SHOWN = (  # as they stand in the files of the packages; a test finds one that is not here
    mark("Chatbot and live chat set-up"),
    mark("Connect a chatbot and a live chat on one Facebook Page"),
    mark("Facebook;Messenger;chatbot;live chat;handover;"),
    mark("Practise on a pretend Page"),
    mark("Handover set-up"),
    mark("Log-in file for the Handover Wizard"),
    mark(
        "A bot and people on one Facebook Page: the bot answers first, hands a conversation to a person, and gets it "
        "back. The wizard leads you through setting that up, and tests it with a real conversation that comes back."
    ),
    mark("It is for Messenger only: not for Instagram, WhatsApp, or a chat on your own website."),
    mark("Practise first: a pretend Facebook on this computer, where nothing real is touched."),
    mark("Check set-ups that customers sent, and read what is wrong and what to do."),
    mark("Your access token goes to Facebook and nowhere else, and is stored only in the keyring, if you want that."),
)
INSTALLER = {  # names that installer.nsi calls them by; {name} and {version} are filled in
    "WELCOME_TITLE": mark("Install {name} {version}"),
    "WELCOME_TEXT": mark(
        "It is installed for you alone: no administrator is needed, and nothing else on this computer is changed.\n\n"
        "An older version is replaced. Your saved set-ups are kept."
    ),
    "FINISH_TITLE": mark("{name} is installed"),
    "FINISH_TEXT": mark("You find it in the start menu."),
    "RUN_TEXT": mark("Open {name} now"),
    "REMOVE_TEXT": mark(
        "{name} is removed from this computer. Your saved set-ups, and tokens that you told it to remember, are kept."
    ),
    "STILL_OPEN_TEXT": mark(
        "{name} is open. Please close it, then choose Retry.\n\n"
        "If a test is running, the wizard brings the conversation back before it closes: that takes some seconds."
    ),
    "TOO_OLD_TEXT": mark(
        "{name} needs Windows 10, version 1809, or newer. This Windows is older: please update it first."
    ),
    "REPLACING_TEXT": mark("Removing the older version"),
    "NOT_REPLACED_TEXT": mark("The older version could not be replaced. Please restart this computer and try again."),
    "IN_USE_TEXT": mark("Some files are in use and could not be removed. Please restart this computer and try again."),
    "SET_UP_TYPE": mark("Set-up of {name}"),
    "CHECK_VERB": mark("Check with {name}"),
    "LOG_IN_TYPE": mark("Log-in file of {name}"),
}
# What NSIS calls the languages.
_NSIS = {
    "en": "English",
    "ar": "Arabic",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "pt_BR": "PortugueseBR",
    "th": "Thai",
    "vi": "Vietnamese",
}
_ENTRY = re.compile(r"^(Name|GenericName|Comment|Keywords)=(.+)\n", re.MULTILINE)
_ELEMENT = re.compile(r"( *)<(summary|p|li|comment)>(.*?)</\2>\n", re.DOTALL)


def in_each(sentence: str) -> dict[str, str]:
    """Return what a sentence is in every language that translates it, by code."""
    before, found = language.current(), {}
    try:
        for code in language.available():
            language.use(code)
            if (translated := language._(sentence)) != sentence:
                found[code] = translated
    finally:
        language.use(before)
    return found


def desktop_entry(text: str) -> str:
    """The .desktop file with what it says in each language."""

    def said(entry: re.Match[str]) -> str:
        each = (f"{entry[1]}[{code}]={translated}\n" for code, translated in in_each(entry[2]).items())
        return "".join([entry[0], *each])

    return _ENTRY.sub(said, text)


def xml(text: str) -> str:
    """What the software centre and the list of file types show, in each language."""

    def said(element: re.Match[str]) -> str:
        space, tag, english = element.groups()
        each = in_each(html.unescape(" ".join(english.split()))).items()
        more = (f'{space}<{tag} xml:lang="{code}">{html.escape(one, quote=False)}</{tag}>\n' for code, one in each)
        return "".join([element[0], *more])

    return _ELEMENT.sub(said, text)


def nsis(version: str) -> str:
    """What the installer says: an NSIS script with every text in every language, English first."""
    spoken = [language.ENGLISH, *(code for code in language.available() if code != language.ENGLISH)]
    lines = [f'!insertmacro MUI_LANGUAGE "{_NSIS[code]}"' for code in spoken]
    for name, sentence in INSTALLER.items():
        each = in_each(sentence)
        for code in spoken:
            text = each.get(code, sentence).format(name=NAME, version=version)
            quoted = text.replace("$", "$$").replace('"', '$\\"').replace("\n", "$\\r$\\n")
            lines.append(f'LangString {name} ${{LANG_{_NSIS[code].upper()}}} "{quoted}"')
    return "\n".join(lines) + "\n"


def info_plist_strings(english: str) -> dict[str, str]:
    """What Finder calls a kind of file, by language. english: a text of Info.plist, made of one of INSTALLER."""
    (sentence,) = (one for one in INSTALLER.values() if one.format(name=NAME, version="") == english)
    return {code: text.format(name=NAME) for code, text in in_each(sentence).items()}
