"""Logging in with Facebook in words: the pages a browser gets from us, and what is wrong with a log-in file."""

from collections.abc import Mapping
from html import escape

from wizard.core.facts import Page, Reading, TokenLife
from wizard.core.log_in import LogInFile, LogInFileError, LogInFileProblem
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.i18n.language import _
from wizard.i18n.lists import listed
from wizard.words import saved_files
from wizard.words.moments import clock_time

_PAGE = """<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<h1>{title}</h1>
<p>{text}</p>
"""


def browser_page(is_done: bool) -> str:
    """The HTML that a browser gets from the listener. is_done: an answer came, which may be that somebody cancelled."""
    if is_done:
        title, text = _("Facebook’s answer has arrived"), _("Go back to the Handover Wizard. You can close this page.")
    else:
        title, text = _("This is not the log-in that is waited for"), _("Start it again in the Handover Wizard.")
    return _PAGE.format(title=escape(title), text=escape(text))


def _said(problem: LogInFileProblem, path: str, what: str) -> tuple[str, str]:
    """Return what is wrong with a log-in file, and what to do. what: as of `LogInFileError`."""
    ask = _("Ask whoever sent it for a corrected file.")
    text, action = {
        LogInFileProblem.NOT_TOML: (_("“{path}” cannot be read as a log-in file. {what}"), ask),
        LogInFileProblem.MISTAKE: (_("“{path}” has a mistake. {what}"), ask),
        LogInFileProblem.SECRET: (
            _("“{path}” holds something secret ({what}), so it is not used. Nobody may hand that out."),
            _("Tell whoever sent it: a token or app secret in it must be made new, for others may have it, too."),
        ),
        LogInFileProblem.NEWER: (
            _("“{path}” was made for a newer version of this program."),
            _("Install the newest version of the program, then open the file again."),
        ),
        LogInFileProblem.PKCE: (
            _("“{path}” asks for a way to log in (pkce) that Facebook still tests; this program does not use it."),
            ask,
        ),
    }[problem]
    return text.format(path=path, what=what).strip(), action


def said(error: LogInFileError | SavedFileError) -> tuple[str, str]:
    """Return what is wrong with a file, and what to do."""
    if isinstance(error, SavedFileError) and error.problem is SavedFileProblem.TOO_LARGE:
        return _said(LogInFileProblem.NOT_TOML, str(error.path), "")  # the limit of saved set-ups is another
    if isinstance(error, SavedFileError):
        return saved_files.said(error)
    return _said(error.problem, str(error.path), error.what)


def imported(file: LogInFile) -> str:
    return _("Imported. You can log in with Facebook now: {name}").format(name=file.label)


def stays_there() -> tuple[str, str]:
    """Of a log-in whose answer does not come back, and what helps whoever got the file."""
    return (
        _("It ends on a page of Facebook’s own, which shows the answer and wipes it away within moments."),
        _("So this log-in may not get through. Ask whoever sent the file for one that names a page of theirs."),
    )


def button(file: LogInFile) -> str:
    return _("Log in with Facebook ({name})").format(name=file.label)


def lives(life: Reading[TokenLife] | None) -> str:
    """Until when a log-in works. life: of the Page's token, None where Facebook did not tell it."""
    if life is None or life.value is None:
        return _("Facebook did not say until when this log-in works. Once it has ended, log in again: nothing is lost.")
    if not life.value.ends_at:
        return _(
            "By Facebook’s rules this log-in has no last day. It ends if the password there is changed or the app is "
            "removed."
        )
    return _("This log-in works until {end}. Then log in again: nothing that is set up is lost.").format(
        end=clock_time(life.value.ends_at)
    )


def not_given(permissions: str) -> tuple[str, str]:
    """permissions: names, joined."""
    return (
        _("These permissions were not given: {permissions}.").format(permissions=permissions),
        _("Log in again and leave everything ticked."),
    )


def lacks(missing: Mapping[str, str]) -> tuple[str, str]:
    """What was not given, and what to do. missing: as of `LoggedIn`, with one or more."""
    declined, absent = (
        listed(name for name, why in missing.items() if (why == "declined") is is_declined)
        for is_declined in (True, False)
    )
    not_offered = _("Facebook did not offer these permissions for this app: {permissions}.").format(permissions=absent)
    if not declined:
        return not_offered, _("Ask whoever gave you the log-in file: it must name them, and Facebook must allow them.")
    text, action = not_given(declined)
    return f"{text} {not_offered}" if absent else text, action


def why_not(page: Page) -> str:
    """Why a Page that was listed cannot be used, "" where it can."""
    if page.usable:
        return ""
    if page.tasks is not None and not page.tasks & {"MANAGE", "MODERATE", "MESSAGING"}:
        return _("Your role on this Page is too small: ask for access to messages")
    return _("Facebook gave no token for this Page: make the token again and tick this Page")


def no_page_ticked() -> tuple[str, str]:
    return (
        _("No Page came with the log-in: none was ticked there, or the account manages none."),
        _("Log in again, and tick your Page."),
    )
