"""`log-in`: log-in files of vendors are listed, imported, removed, and checked before they are handed out."""

import webbrowser
from pathlib import Path

from wizard.actions.browser_log_in import PageThere, look_at_page, sample_address
from wizard.actions.session import Session
from wizard.core.cancel import CancelToken
from wizard.core.exit_code import ExitCode
from wizard.core.facts import Page
from wizard.core.log_in import ENDING, LogInFile, LogInFileError
from wizard.core.saved_file import SavedFileError
from wizard.i18n.language import _
from wizard.terminal.ends import file_trouble
from wizard.terminal.person import has_display
from wizard.terminal.printing import Printer
from wizard.words import guides, log_in_letter
from wizard.words import log_in as words


def list_files(session: Session, printer: Printer) -> ExitCode:
    """One line for each, and what is wrong with those that cannot be used: then the answer is PROBLEM."""
    found = session.log_ins.find()
    for file in found.usable:
        printer.link(f"{file.name}  {words.button(file)}", 0)
    for problem in found.problems:
        printer.problem(*words.said(problem))
    if not (found.usable or found.problems):
        printer.print(_("There is none. The vendor of your bot may hand one out: NAME{ending}").format(ending=ENDING))
        for other in ("ask", "own-app"):
            printer.link(f"handover-wizard log-in {other}")
    return ExitCode.PROBLEM if found.problems else ExitCode.NO_PROBLEM


def import_file(session: Session, path: Path, printer: Printer) -> ExitCode:
    """A file that cannot be used is wrong usage; a folder that cannot be written to a problem."""
    try:
        file = session.log_ins.take(path)
    except (LogInFileError, SavedFileError) as error:
        printer.problem(*words.said(error))
        return ExitCode.WRONG_USE
    except OSError as error:
        printer.problem(*file_trouble(error))
        return ExitCode.PROBLEM
    printer.print(words.imported(file))
    if not file.comes_back:
        printer.warning(*words.stays_there())
    printer.link(f"handover-wizard setup --log-in {file.name}")
    return ExitCode.NO_PROBLEM


def remove_file(session: Session, name: str, printer: Printer) -> ExitCode:
    try:
        is_removed = session.log_ins.remove(name)
    except OSError as error:
        printer.problem(*file_trouble(error))
        return ExitCode.PROBLEM
    if not is_removed:
        printer.problem(_("Nothing called “{name}” was imported.").format(name=name))
        return ExitCode.WRONG_USE
    printer.print(_("Removed: {path}").format(path=name))
    return ExitCode.NO_PROBLEM


def show_letter(page_name: str, printer: Printer) -> ExitCode:
    """What to send to whoever set up the bot. page_name: of the Page it is about, "" where that was not said."""
    letter = log_in_letter.for_whoever_set_it_up(page_name)
    printer.heading(letter.subject)
    printer.print(letter.body)
    return ExitCode.NO_PROBLEM


def show_own_app(session: Session, printer: Printer) -> ExitCode:
    """How to get the App ID of a Meta app of one's own, and what to do with it."""
    setting = guides.setting("own_app", guides.names_of(Page(""), None, None))
    printer.print(setting.why)
    for path in setting.paths:
        printer.heading(path.title)
        printer.link(session.world.link(path.link))
        for number, step in enumerate(path.steps, start=1):
            # Translators: a numbered step of an instruction
            printer.print(_("{number}. {step}").format(number=number, step=step), indent=2)
    printer.heading(_("With the App ID"))
    printer.link("handover-wizard setup --own-app APP_ID")
    return ExitCode.NO_PROBLEM


def check_file(session: Session, path: Path, printer: Printer) -> ExitCode:
    """What a vendor wants to know before handing it out. Nobody logs in."""
    try:
        file = session.log_ins.read(path)
    except (LogInFileError, SavedFileError) as error:
        printer.problem(*words.said(error))
        return ExitCode.WRONG_USE
    printer.print(_("The file is well-formed: {label}, app {app_id}.").format(label=file.label, app_id=file.app_id))
    if file.client_token is not None:
        printer.warning(
            _("A client token and an app secret look alike."),
            _("Compare: it must be the one under App settings, Advanced, Client token, never the App secret."),
        )
    code = _check_page(file, printer)
    address = sample_address(session, file)
    printer.print(_("Now check that Facebook shows your app’s log-in, and no error, at this address:"))
    printer.link(address)
    if has_display():
        webbrowser.open(address)
    return code


def _check_page(file: LogInFile, printer: Printer) -> ExitCode:
    if file.is_here:
        printer.print(_("It comes back to this computer: that works while your app is in development mode."))
        return ExitCode.NO_PROBLEM
    if not file.comes_back:
        printer.warning(words.stays_there()[0], _("Put relay.html on a page of yours, and name that one."))
        return ExitCode.NO_PROBLEM
    there = look_at_page(file, CancelToken())
    if there is PageThere.OURS:
        printer.print(
            _("The page at {address} is the one that comes with this program.").format(address=file.redirect_uri)
        )
        return ExitCode.NO_PROBLEM
    if there is PageThere.OTHER:
        printer.problem(
            _("The page at {address} is not the one that comes with this program.").format(address=file.redirect_uri),
            _("Put relay.html there as it is: without a redirect, and nothing added."),
        )
        return ExitCode.PROBLEM
    printer.problem(
        _("The page at {address} could not be read.").format(address=file.redirect_uri),
        _("Check whether the address is right and can be reached from here."),
    )
    return ExitCode.NOT_FOUND_OUT
