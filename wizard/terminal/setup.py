"""`handover-wizard setup`: the whole route without a window."""

import os
import sys
from dataclasses import dataclass, field, replace

from wizard.actions.session import Opened, PageRow, Session, suggested_owner
from wizard.checks.app import NEEDED_FIELDS
from wizard.checks.run import verdicts
from wizard.core.answers import Answers, TestOutcome, TokenOwner, with_changes
from wizard.core.app_id import check_app_id, clean_app_id
from wizard.core.apps import look_up
from wizard.core.cancel import CancelToken
from wizard.core.errors import WizardError
from wizard.core.exit_code import ExitCode
from wizard.core.facts import App, Page, TokenKind
from wizard.core.flow import StepId
from wizard.core.outcome import exit_code, outcome
from wizard.core.ports import Choice, Person
from wizard.core.saved_file import SavedFileError
from wizard.core.secret import Secret
from wizard.core.target import TargetError
from wizard.core.token_shape import clean, shape_problem
from wizard.core.trial_result import Consent
from wizard.core.verdict import State
from wizard.i18n.language import _
from wizard.terminal.ends import SetupEnds, file_trouble
from wizard.terminal.leftovers import tell_of_open_tests
from wizard.terminal.options import SetupOptions, TokenOptions
from wizard.terminal.printing import Printer
from wizard.terminal.result_data import result_data
from wizard.terminal.saving import Saving, tell_refusal
from wizard.terminal.trials import run_tests
from wizard.vault import RememberResult
from wizard.words import fields, guides, steps, summary
from wizard.words.asking import app_name


@dataclass(slots=True)
class Setup:
    """One run of the route."""

    session: Session
    options: SetupOptions
    person: Person
    consent: Consent
    printer: Printer
    cancel: CancelToken = field(default_factory=CancelToken)
    answers: Answers = field(default_factory=lambda: Answers(started=True))

    def run(self) -> ExitCode:
        """Walk the steps in order. Raises NoAnswer where a question needs a person and nobody is there."""
        tell_of_open_tests(self.session, self.printer)
        self.session.tidy_up()
        code = self._walk()
        self.printer.result(result_data(self.session, self.answers, code, self.printer.trouble))
        return code

    def _walk(self) -> ExitCode:
        try:
            for step, do in (
                (StepId.LOG_IN, self._log_in),
                (StepId.APPS, self._choose_apps),
                (StepId.ROLES, self._assign_roles),
                (StepId.BOT_SETTINGS, self._save_app_id),
                (StepId.TEST, self._test),
            ):
                self.printer.heading(steps.title(step))
                do()
            return self._finish()
        except WizardError as error:
            self.printer.failure(error.failure)
            return ExitCode.NOT_FOUND_OUT if error.failure.is_about_the_way else ExitCode.PROBLEM
        except TargetError as error:
            return tell_refusal(error, self.printer)
        except (OSError, SavedFileError) as error:
            self.printer.problem(*file_trouble(error))
            return ExitCode.PROBLEM
        except SetupEnds as end:
            return end.code

    # Step 1

    def _log_in(self) -> None:
        if self.options.token.none:
            self._without_token()
            return
        opened = self._open(*self._token())
        if opened.is_for_many_pages:
            opened = self._page_of(opened)
        identity = opened.facts.identity
        if opened.kind is not TokenKind.PAGE:
            if identity.failure is not None:
                raise WizardError(identity.failure)
            self.printer.problem(_("This is not a Page's token."), _("Take the token of the Page instead."))
            raise SetupEnds(ExitCode.PROBLEM)
        page_id = identity.value.id if identity.value else ""
        if self.options.page and self.options.page != page_id:
            self.printer.problem(_("This token is for another Page."), _("Take the token of the Page you named."))
            raise SetupEnds(ExitCode.PROBLEM)
        if not self.options.remember:
            self.session.keep(opened, remember=False)
        elif not self._is_remembered(opened):
            self.printer.say(_("The token could not be stored; it is kept in memory until the end."))
        else:
            where = self.session.vault.where() or ""
            self.printer.say(_("The token is remembered on this computer: {where}.").format(where=where))
        self.answers = self.session.accept(opened, self.answers)
        app = self.answers.token_app
        self.printer.say(_("Page: {name}").format(name=self.answers.page_name or page_id))
        if app is None:
            raise (
                WizardError(opened.facts.app.failure)
                if opened.facts.app and opened.facts.app.failure
                else SetupEnds(ExitCode.NOT_FOUND_OUT)
            )
        self.answers = with_changes(self.answers, token_owner=self._whose(opened, app))

    def _is_remembered(self, opened: Opened) -> bool:
        try:
            return self.session.keep(opened, remember=True) is RememberResult.STORED
        except (OSError, SavedFileError) as error:
            self.printer.warning(*file_trouble(error))
            return False

    def _token(self) -> tuple[Secret, Secret | None]:
        """The token and its proof, None without one."""
        proof = proof_given(self.options.token)
        if not self.options.token.remembered:
            return token_given(self.session, self.options.token, self.person), proof
        found = self.session.remembered_token(self.options.page)
        if found is not None:
            return found[0], proof or found[1]
        self.printer.problem(
            _("No token is remembered on this computer for this Page."), _("Log in with the token once more.")
        )
        raise SetupEnds(ExitCode.PROBLEM)

    def _without_token(self) -> None:
        if not self.options.page:
            self.printer.problem(_("Without a token the Page has to be named."), _("Add --page with the Page's ID."))
            raise SetupEnds(ExitCode.WRONG_USE)
        self.answers = with_changes(self.answers, page_id=self.options.page, token_owner=TokenOwner.NONE)

    def _open(self, token: Secret, proof: Secret | None) -> Opened:
        problem = shape_problem(token.reveal())
        if problem is not None:
            self.printer.problem(fields.token_problem_text(problem))
            raise SetupEnds(ExitCode.PROBLEM)
        return self.session.open_token(token, proof, self.cancel)

    def _page_of(self, opened: Opened) -> Opened:
        rows = list(self.session.pages(opened, self.cancel))
        usable = [row for row in rows if row.secret is not None]
        if self.options.page:
            chosen = self.options.page
        elif len(usable) == 1:
            chosen = usable[0].page.id
        elif usable:
            question = _("This token is a person's. Which Page is it about?")
            chosen = self.person.ask("page", question, [Choice(row.page.id, row.page.name) for row in usable])
        else:
            chosen = ""
        row: PageRow | None = next((row for row in rows if row.page.id == chosen), None)
        if row is None or row.secret is None:
            self.printer.problem(
                _("This token does not open the Page."),
                _("Log in again and tick the Page, with the right to answer messages."),
            )
            raise SetupEnds(ExitCode.PROBLEM)
        return self.session.open_token(row.secret, None, self.cancel)  # a proof is made of one token, the person's

    def _whose(self, opened: Opened, app: App) -> TokenOwner:
        chosen = Answers(
            bot=App(self.options.bot) if self.options.bot else None,
            live_chat=App(self.options.live_chat) if self.options.live_chat else None,
        )
        known = suggested_owner(opened, chosen)
        if known is None and chosen.bot and chosen.live_chat:
            known = TokenOwner.NEITHER
        if known is None:
            question = _("This token belongs to {app}. Is that your bot, your live chat, or neither?")
            known = TokenOwner(
                self.person.ask(
                    "token_owner",
                    question.format(app=app_name(app)),
                    (
                        Choice("bot", _("My bot")),
                        Choice("live_chat", _("My live chat")),
                        Choice("neither", _("Neither")),
                    ),
                )
            )
        self.printer.say(_("The token belongs to {app}.").format(app=app_name(app)))
        return known

    # Step 2

    def _choose_apps(self) -> None:
        own = self.answers.token_app
        owner = self.answers.token_owner
        bot = own if owner is TokenOwner.BOT else self._app("bot", self.options.bot, _("Which app is your bot?"))
        self.answers = with_changes(self.answers, bot=bot)
        live_chat = (
            own
            if owner is TokenOwner.LIVE_CHAT
            else self._app("live_chat", self.options.live_chat, _("Which app takes over?"))
        )
        self.answers = with_changes(self.answers, live_chat=live_chat)
        for app in (bot, live_chat):
            if app is not None:
                self.printer.say(f"{app_name(app)}  {app.id}")

    def _app(self, question: str, given: str, text: str) -> App:
        known = [app for app in self.session.apps(self.answers) if app != self.answers.bot]
        typed = given
        if not typed:
            choices = [Choice(app.id, f"{app_name(app)} ({app.id})") for app in known]
            other = Choice("other", _("Another app: I type its App ID"))
            typed = self.person.ask(question, text, [*choices, other])
        if typed == "other":
            typed = self.person.ask("app_id", _("App ID of the app, as Facebook's settings show it:"))
        typed = clean_app_id(typed)
        problem = check_app_id(
            typed,
            page_id=self.answers.page_id,
            bot_id=self.answers.bot.id if self.answers.bot and question == "live_chat" else "",
            live_chat_id="",
            known=known,
        )
        if problem is not None:
            self.printer.problem(fields.app_id_problem_text(problem))
            raise SetupEnds(ExitCode.PROBLEM)
        app = next((app for app in known if app.id == typed), None)
        if app is None:
            found = None
            if self.answers.has_token:
                found = look_up(self.session.graph_of(self.answers.token_name, self.cancel), typed)
                if found is None:
                    self.printer.say(_("Facebook shows no name for this App ID. Compare the digits."))
            app = found or App(typed)
            self.session.add_app(app)
        return app

    # Step 3

    def _assign_roles(self) -> None:
        said = "done"
        if self.options.confirm_roles:
            self.printer.say(_("The settings on Facebook are done, as you said."))
        else:
            for setting in guides.setting_ids():
                self._instruct_setting(setting)
            choices = (Choice("done", _("I have done it")), Choice("later", _("I do it later")))
            said = self.person.ask("roles_done", _("Are these settings done?"), choices)
            if said != "done":
                self.printer.say(_("The settings on Facebook are still open."))
        if said == "done":
            self.answers = with_changes(self.answers, roles_confirmed=frozenset({"done"}))
        self._add_missing_fields()

    def _instruct_setting(self, setting: str) -> None:
        names = guides.names_of(Page(self.answers.page_id, self.answers.page_name), *self.answers.pair)
        wanted = guides.setting(setting, names)
        path = wanted.paths[0]
        text = "\n".join((wanted.title, *(f"  - {step}" for step in path.steps)))
        self.person.instruct(setting, text, self.session.world.link(path.link))

    def _add_missing_fields(self) -> None:
        """The bot's own token can add what the bot must receive; it takes nothing away."""
        token = self.session.facts.token
        if self.answers.token_owner is not TokenOwner.BOT or token is None or token.subscription is None:
            return
        app = token.subscription.value
        missing = NEEDED_FIELDS - (app.fields or frozenset()) if app is not None else frozenset()
        if not missing:
            return
        text = _("Your bot does not receive: {fields}. They are added now.").format(fields=", ".join(sorted(missing)))
        if not self.person.instruct("add_fields", text):
            return
        graph = self.session.graph_of(self.answers.token_name, self.cancel)
        graph.add_fields(missing)
        self.session.facts = replace(self.session.facts, token=graph.read_token())

    # Steps 4 and 5

    def _save_app_id(self) -> None:
        _bot, live_chat = self.answers.pair
        options = self.options
        saving = Saving(self.session, options.targets, options.confirm_saved, self.person, self.printer, self.cancel)
        places, how = saving.save(live_chat.id)
        self.answers = with_changes(self.answers, target=places[0], more_targets=places[1:])
        self.answers = with_changes(self.answers, saved_app_id=live_chat.id, saved_how=how)
        self.session.save_setup(self.answers)

    # Steps 6 and 7

    def _test(self) -> None:
        skipped = run_tests(self)
        found = outcome(self.session.tests)
        if skipped:
            found = TestOutcome.SKIPPED
            self.printer.say(skipped)
        self.answers = with_changes(self.answers, test=found, test_skipped_because=skipped)
        self.session.save_setup(self.answers)

    def _finish(self) -> ExitCode:
        self.printer.heading(steps.title(StepId.FINISHED))
        found = verdicts(self.session.case(self.answers))
        said = [one for one in found if one.state is not State.NOT_CHECKED and summary.is_news(one)]
        self.printer.verdicts(said)
        self.printer.say("")
        self.printer.say(summary.handover_line(self.session.tests, self.answers))
        return exit_code(self.session.tests, found)


def proof_given(options: TokenOptions) -> Secret | None:
    """The appsecret_proof from where the options say."""
    proof = os.environ.get(options.proof_env, "") if options.proof_env else ""
    return Secret(proof) if proof else None


def token_given(session: Session, options: TokenOptions, person: Person) -> Secret:
    """The token from where the options say, or as the person pastes it. Raises SetupEnds where there is none."""
    if options.env:
        return Secret(clean(os.environ.get(options.env, "")))
    if options.stdin:
        return Secret(clean(sys.stdin.readline()))
    path = guides.paths(guides.GET_TOKEN, guides.names_of(Page(""), None, None))[0]
    link = session.world.link(path.link)
    person.instruct("get_token", _("Get the access token of your Page, and copy it."), link)
    return Secret(clean(person.ask("token", _("Paste the token:"))))
