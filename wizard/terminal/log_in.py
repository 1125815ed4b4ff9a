"""“Log in” at the terminal: where the token comes from, which Page it is about, and whose token it is."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from wizard.actions.browser_log_in import BrowserLogIn, Code, CodeLogIn, find_log_in_file, not_given
from wizard.actions.log_in import (
    NotAPageToken,
    PageNotOpened,
    choose_page,
    open_token,
    require_page_token,
    suggested_owner,
    without_token,
)
from wizard.actions.own_app import log_in_file
from wizard.actions.session import Session
from wizard.actions.token_sources import (
    AskedToken,
    EnvironmentToken,
    InputToken,
    NoTokenRemembered,
    RememberedTokenSource,
    TokenShapeError,
    TokenSource,
    check_shape,
    environment_proof,
)
from wizard.actions.tokens import Credentials, Opened, RememberResult
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.cancel import CancelToken
from wizard.core.errors import WizardError
from wizard.core.exit_code import ExitCode
from wizard.core.facts import App, Page
from wizard.core.log_in import LogInFile
from wizard.core.ports import Choice, Person
from wizard.core.saved_file import SavedFileError
from wizard.core.token_life import is_near_end
from wizard.i18n.language import _
from wizard.terminal.check_options import CheckOptions
from wizard.terminal.ends import SetupEnds, file_trouble
from wizard.terminal.options import SetupOptions, TokenOptions
from wizard.terminal.person import has_display
from wizard.terminal.printing import Printer
from wizard.terminal.setup_run import SetupRun
from wizard.words import fields, guides
from wizard.words import log_in as log_in_words
from wizard.words.asking import app_name

Options = TypeVar("Options", SetupOptions, CheckOptions)


def log_in(run: SetupRun) -> None:
    """Raises WizardError, SetupEnds, and NoAnswer where a question needs a person and nobody is there."""
    if run.options.token.none:
        _go_without_token(run)
        return
    opened = _open(run)
    wanted = run.options.page
    if wanted and wanted != opened.page_id:
        run.refuse(_("This token is for another Page."), _("Take the token of the Page you named."))
    _keep(run, opened)
    run.answers = run.session.accept(opened, run.answers)
    run.printer.print(_("Page: {name}").format(name=opened.page_name or opened.page_id))
    if run.options.token.is_log_in:
        run.printer.print(log_in_words.lives(opened.facts.life))
    elif is_near_end(opened.facts.life, opened.facts.identity.at):
        run.printer.warning(log_in_words.lives(opened.facts.life))
    if opened.app is None:
        failure = opened.facts.app.failure if opened.facts.app else None
        raise WizardError(failure) if failure is not None else SetupEnds(ExitCode.NOT_FOUND_OUT)
    run.answers = with_changes(run.answers, token_owner=_owner(run, opened, opened.app))


def token_source(session: Session, options: TokenOptions, person: Person, page_id: str = "") -> TokenSource:
    """Where the options say that the token comes from; else the person is asked. page_id: of a remembered token, ""
    for any Page."""
    proof = environment_proof(options.proof_env)
    if options.is_log_in:
        file, screen = _file(session, options), _Screen(person)
        with_code = options.with_code or (file.client_token is not None and not has_display())
        return (CodeLogIn if with_code else BrowserLogIn)(session, file, screen, CancelToken())
    if options.remembered:
        return RememberedTokenSource(session.tokens, page_id=page_id, proof=proof)
    if options.env:
        return EnvironmentToken(options.env, proof)
    if options.stdin:
        return InputToken(sys.stdin, proof)
    return AskedToken(lambda: _ask_for_token(session, person), proof)


def _file(session: Session, options: TokenOptions) -> LogInFile:
    """Raises WizardError where there is none that fits."""
    if options.own_app:
        return log_in_file(options.own_app)
    return find_log_in_file(session, options.log_in or "", needs_code=options.with_code)


@dataclass(frozen=True, slots=True)
class _Screen:
    """Tells the person at the terminal what to do elsewhere."""

    person: Person

    def go_to(self, address: str) -> None:
        self.person.instruct("log_in", _("Log in with Facebook in your browser, at this address:"), address)

    def enter(self, code: Code) -> None:
        text = _("Open this page, on any device, and enter the code {code}:").format(code=code.text)
        self.person.instruct("enter_code", text, code.address, code.text)


def fetch_token(source: TokenSource, printer: Printer) -> Credentials:
    """Raises SetupEnds where what was given is surely no token, and what `TokenSource.fetch` raises."""
    try:
        return check_shape(source.fetch())
    except TokenShapeError as error:
        printer.problem(fields.token_problem_text(error.problem))
        raise SetupEnds(ExitCode.PROBLEM) from error


def _ask_for_token(session: Session, person: Person) -> str:
    path = guides.paths(guides.GET_TOKEN, guides.names_of(Page(""), None, None))[0]
    link = session.world.link(path.link)
    person.instruct("get_token", _("Get the access token of your Page, and copy it."), link)
    return person.ask("token", _("Paste the token:"))


def with_apps_of(source: TokenSource, options: Options) -> Options:
    """The options with the apps that a log-in file names; what an option says wins."""
    if not isinstance(source, (BrowserLogIn, CodeLogIn)):
        return options
    bot, live_chat = options.bot or source.file.bot_app_id, options.live_chat or source.file.live_chat_app_id
    return replace(options, bot=bot, live_chat=live_chat)


def _go_without_token(run: SetupRun) -> None:
    page_id = run.options.page
    if not page_id:
        run.refuse(
            _("Without a token the Page has to be named."), _("Add --page with the Page’s ID."), ExitCode.WRONG_USE
        )
    run.answers = without_token(run.answers, Page(page_id))


def _open(run: SetupRun) -> Opened:
    """The token of a Page."""
    source = token_source(run.session, run.options.token, run.person, run.options.page)
    run.options = with_apps_of(source, run.options)
    try:
        opened = open_token(run.session, source, run.cancel)
        if isinstance(source, (BrowserLogIn, CodeLogIn)):
            opened = _with_all_permissions(run, source, opened)
        if opened.is_for_many_pages:
            opened = choose_page(
                run.session, opened, run.options.page, lambda pages: _choose_page(run, pages), run.cancel
            )
        require_page_token(opened)
    except TokenShapeError as error:
        run.refuse(fields.token_problem_text(error.problem))
    except NoTokenRemembered:
        run.refuse(_("No token is remembered on this computer for this Page."), _("Log in with the token once more."))
    except PageNotOpened as error:
        if not error.pages and isinstance(source, (BrowserLogIn, CodeLogIn)):
            run.refuse(*log_in_words.no_page_ticked())
        _show_unusable(run.printer, error.pages)
        run.refuse(
            _("This token does not open the Page."),
            _("Log in again and tick the Page, with the right to answer messages."),
        )
    except NotAPageToken:
        run.refuse(_("This is not a Page’s token."), _("Take the token of the Page instead."))
    return opened


def _with_all_permissions(run: SetupRun, source: BrowserLogIn | CodeLogIn, opened: Opened) -> Opened:
    """Ask once more where the person left out what the bot needs, and go on with what was given then."""
    missing = not_given(run.session, opened, run.cancel)
    if not missing:
        return opened
    run.printer.warning(*log_in_words.lacks(missing))
    if "declined" not in missing.values():  # asking again would not show them either
        return opened
    again = Choice("again", _("Log in again")), Choice("go_on", _("Go on without them"))
    if run.person.ask("ask_again", _("How do you want to go on?"), again) == "go_on":
        return opened
    return open_token(run.session, replace(source, again=True), run.cancel)


def _choose_page(run: SetupRun, pages: Sequence[Page]) -> str:
    _show_unusable(run.printer, pages)
    question = _("This token is a person’s. Which Page is it about?")
    return run.person.ask("page", question, [Choice(page.id, page.name) for page in pages if page.usable])


def _show_unusable(printer: Printer, pages: Sequence[Page]) -> None:
    for page in pages:
        if not page.usable:
            # Translators: a Page, and why it cannot be chosen
            printer.print(
                _("{page}: {why}").format(page=page.name or page.id, why=log_in_words.why_not(page)), indent=2
            )


def _keep(run: SetupRun, opened: Opened) -> None:
    tokens = run.session.tokens
    if not run.options.remember:
        tokens.keep(opened, remember=False)
        return
    try:
        is_stored = tokens.keep(opened, remember=True) is RememberResult.STORED
    except (OSError, SavedFileError) as error:
        run.printer.warning(*file_trouble(error))
        is_stored = False
    if is_stored:
        run.printer.print(_("Remembered in the password store of this computer."))
    else:
        run.printer.print(_("The token could not be stored; it is kept in memory until the end."))


def _owner(run: SetupRun, opened: Opened, app: App) -> TokenOwner:
    options = run.options
    named = Answers(
        bot=App(options.bot) if options.bot else None,
        live_chat=App(options.live_chat) if options.live_chat else None,
    )
    owner = suggested_owner(opened, named)
    if owner is None and named.bot and named.live_chat:
        owner = TokenOwner.NEITHER
    if owner is None:
        question = _("This token belongs to {app}. Is that your bot, your live chat, or neither?")
        choices = (
            Choice(TokenOwner.BOT.value, _("My bot")),
            Choice(TokenOwner.LIVE_CHAT.value, _("My live chat")),
            Choice(TokenOwner.NEITHER.value, _("Neither")),
        )
        owner = TokenOwner(run.person.ask("token_owner", question.format(app=app_name(app)), choices))
    run.printer.print(_("The token belongs to {app}.").format(app=app_name(app)))
    return owner
