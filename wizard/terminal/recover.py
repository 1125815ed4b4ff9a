"""`handover-wizard recover`: bring back what an earlier run left in a test."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wizard.actions.pending_tests import list_pending, quarantine
from wizard.actions.restore import (
    AlreadyClosed,
    NeedsToken,
    RunsElsewhere,
    SituationRead,
    WrongToken,
    open_other_token,
    read_situation,
    read_situation_with,
    restore,
)
from wizard.actions.session import Session
from wizard.actions.token_sources import EnvironmentToken
from wizard.actions.trial import link_for
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.exit_code import ExitCode
from wizard.core.facts import Control
from wizard.core.pending import PendingTest
from wizard.core.ports import Person
from wizard.core.saved_file import SavedFileError
from wizard.core.trial.restore import BRING_BACK, LEAVE, WAIT
from wizard.core.trial.restore_later import Answered
from wizard.core.trial_result import Event, ItemState, RestoreEnd, RestoreResult
from wizard.i18n.language import _
from wizard.terminal.ends import SetupEnds, file_trouble
from wizard.terminal.leftovers import tell_of_closed, tell_of_unread
from wizard.terminal.log_in import fetch_token, token_source
from wizard.terminal.options import TokenOptions
from wizard.terminal.person import MayBeAway, NoAnswer
from wizard.terminal.printing import Printer
from wizard.terminal.trials import show_ways_out
from wizard.words import asking, restored, trial
from wizard.words.moments import ago, clock_time


@dataclass(frozen=True, slots=True)
class RecoverOptions:
    """yes: bring back unless somebody answered; consent: also then. only_list: change nothing. other_token_env: name of
    a variable with the live chat's own token, "" for none."""

    token: TokenOptions = field(default_factory=TokenOptions)
    other_token_env: str = ""
    only_list: bool = False
    yes: bool = False
    consent: bool = False


@dataclass(slots=True)
class Recovery:
    session: Session
    options: RecoverOptions
    person: Person
    printer: Printer
    cancel: CancelToken

    def run(self) -> ExitCode:
        """Whatever goes wrong, what is still open decides. Raises NoAnswer where a question needs a person and nobody
        is there; other open tests come first."""
        only_list = self.options.only_list
        try:
            pending = list_pending(self.session, only_look=only_list)
            tell_of_closed(pending, self.printer)
            pending = pending if only_list else quarantine(self.session, pending)
            tell_of_unread(pending, self.printer)
            for _each in pending.elsewhere:
                self.printer.print(_("A test runs in another window or terminal now. It is left alone."))
            if not pending.tests and not pending.elsewhere:
                self.printer.print(_("No test is open."))
            if self.options.token.none and not only_list:
                return self._refuse_without_token(pending.tests)
            worst = ExitCode.NOT_FOUND_OUT if pending.is_unread else ExitCode.NO_PROBLEM
            return self._restore_all(pending.tests, worst)
        except (OSError, SavedFileError) as error:
            self.printer.problem(*file_trouble(error))
            return ExitCode.WRONG_APP_HAS_IT if self._is_any_open() else ExitCode.PROBLEM
        except KeyboardInterrupt:
            if not self._is_any_open():
                raise
            self.printer.problem(_("The conversation is not back yet."), _("Run “handover-wizard recover”."))
            return ExitCode.WRONG_APP_HAS_IT

    def _refuse_without_token(self, entries: Sequence[PendingTest]) -> ExitCode:
        """What the journal knows is told all the same: no token is needed for it."""
        for entry in entries:
            self._introduce(entry)
        self.printer.problem(_("Bringing back needs a token: leave --no-token out."))
        return ExitCode.WRONG_APP_HAS_IT if self._is_any_open() else ExitCode.WRONG_USE

    def _is_any_open(self) -> bool:
        try:
            return bool(self.session.pending_tests())
        except OSError:  # the journal cannot be read: then nobody can say that none is open
            return True

    def _restore_all(self, entries: Sequence[PendingTest], worst: ExitCode) -> ExitCode:
        unanswered: NoAnswer | None = None
        for entry in entries:
            self._introduce(entry)
            try:
                worst = max(worst, self._restore_one(entry))
                continue
            except NoAnswer as error:
                if self.options.only_list:
                    self.printer.print(_("To see who has the conversation now, add --token-env."))
                else:
                    unanswered = unanswered or error
            except (OSError, SavedFileError) as error:
                self.printer.problem(*file_trouble(error))
            except Cancelled:
                raise
            except Exception:  # the first look failed; `restore` answers for the rest
                self.printer.problem(_("The conversation is not back yet."), _("Run “handover-wizard recover”."))
            worst = ExitCode.WRONG_APP_HAS_IT
        if unanswered is not None:
            raise NoAnswer(unanswered.question, leaves_open=True) from unanswered
        return worst

    def _introduce(self, entry: PendingTest) -> None:
        """What the journal knows, without a token."""
        began = clock_time(entry.opened_at)
        self.printer.heading(_("Test on {page}, started {time}").format(page=entry.page_label, time=began))
        names = {"bot": asking.app_name(entry.bot), "live_chat": asking.app_name(entry.live_chat)}
        self.printer.print(_("Answers first: {bot}. Takes over: {live_chat}.").format(**names))
        if not entry.passed_at:
            self.printer.print(_("The conversation had not been handed over when the test stopped."))

    def _restore_one(self, entry: PendingTest) -> ExitCode:
        if self.options.token.none:  # to be listed only
            return self._left_open()
        try:
            result: RestoreEnd | SituationRead | AlreadyClosed | RunsElsewhere = self._read(entry)
            self._accept_other_token(entry)
            while isinstance(result, SituationRead):  # where something changed while the person decided, ask again
                self._show(result)
                if self.options.only_list or not self._is_agreed(result):
                    return self._left_open()
                result = self._restore(result)
        except SetupEnds:
            return self._left_open()
        except WizardError as error:
            self.printer.failure(error.failure)
            return self._left_open()
        if isinstance(result, RunsElsewhere):
            self.printer.print(_("Another window or terminal brings it back now. It is left alone."))
            return ExitCode.WRONG_APP_HAS_IT
        if isinstance(result, AlreadyClosed):
            self.printer.print(_("Another window or terminal has brought it back."))
            return ExitCode.NO_PROBLEM
        return self._show_end(result, entry)

    def _left_open(self) -> ExitCode:
        self.printer.print(_("Nothing was changed. The test is still open."))
        return ExitCode.WRONG_APP_HAS_IT

    def _restore(self, read: SituationRead) -> RestoreEnd | SituationRead | AlreadyClosed | RunsElsewhere:
        entry, world = read.entry, self.session.world
        # Where nobody is there, a refused take is left for later; --yes brings back, which was said before.
        answers = {"way_out": WAIT, "bring_back_anyway": BRING_BACK if self.options.yes else LEAVE}
        person = MayBeAway(self.person, answers, lambda step: link_for(step, world, entry.page_id, entry.live_chat))

        def show_event(event: Event) -> None:
            if event.state is not ItemState.RUNNING:
                now = event.owner.at if event.owner is not None else read.read_at
                self.printer.item(event.state, trial.line(event, _cast(entry), now))

        return restore(self.session, read, person, show_event, self.cancel)

    # Tokens.

    def _read(self, entry: PendingTest) -> SituationRead:
        """With the token of this test's own app: another app's sees, and takes, as somebody else. Raises SetupEnds."""
        options = self.options.token
        if options.remembered or options == TokenOptions():
            read = read_situation(self.session, entry, self.cancel)
            if not isinstance(read, NeedsToken):
                return read
            if options.remembered:
                raise WizardError(Failure(ErrorKind.TOKEN_NOT_FOUND, call="keyring"))
        app = asking.app_name(entry.app_of(entry.token_app_id))
        self.printer.print(_("This needs the token of {app} for {page}.").format(app=app, page=entry.page_label))
        given = fetch_token(token_source(self.session, options, self.person, entry.page_id), self.printer)
        answer = read_situation_with(self.session, entry, given.secret, given.proof, self.cancel)
        if isinstance(answer, WrongToken):
            self.printer.problem(
                _("This token is for another Page or another app."),
                _("Take the token that the test was made with, or a new one of the same app."),
            )
            raise SetupEnds(ExitCode.PROBLEM)
        return answer

    def _accept_other_token(self, entry: PendingTest) -> None:
        """Raises SetupEnds."""
        if self.options.only_list or not self.options.other_token_env:
            return
        given = fetch_token(EnvironmentToken(self.options.other_token_env), self.printer)
        opened = open_other_token(self.session, entry, given.secret, given.proof, self.cancel)
        if isinstance(opened, WrongToken):
            self.printer.problem(
                _("The second token is for another Page or another app."),
                _("Take a Page token of {app}.").format(app=asking.app_name(entry.live_chat)),
            )
            raise SetupEnds(ExitCode.PROBLEM)
        self.session.accept_second(opened)

    # What it shows and asks.

    def _show(self, read: SituationRead) -> None:
        owner, last = read.situation.owner, read.situation.last_activity
        self.printer.print(trial.who_has_it(owner.control, read.owner))
        if owner.expires_at:
            self.printer.print(_("Control ends by itself: {time}").format(time=clock_time(owner.expires_at)))
        if last is not None:
            self.printer.print(_("Last activity: {time}").format(time=ago(read.read_at - last)))

    def _is_agreed(self, read: SituationRead) -> bool:
        if self.options.consent:
            return True
        if read.takes_from_somebody:
            self.printer.print(
                _("Somebody answered in this conversation after the test began.")
                if read.situation.answered is Answered.YES
                else _("Whether somebody answered in this conversation since the test began could not be seen.")
            )
            self.printer.print(_effect(read))
            if self.options.yes:
                return False
        elif self.options.yes:
            return True
        choices = [asking.choice(each) for each in (BRING_BACK, LEAVE)]
        return self.person.ask("bring_back_anyway", _("Bring the conversation back?"), choices) == BRING_BACK

    def _show_end(self, ended: RestoreEnd, entry: PendingTest) -> ExitCode:
        cast = _cast(entry)
        said = restored.where(ended, cast)
        if ended.result is not RestoreResult.NOT_BACK:
            self.printer.print(f"{said.title} {said.detail}".strip())
            is_let_go = ended.result is RestoreResult.LET_GO
            return ExitCode.NOT_FOUND_OUT if is_let_go else ExitCode.NO_PROBLEM
        show_ways_out(self.printer, said, ended, cast)
        self.printer.print(_("The test is still open: run “handover-wizard recover” again then."))
        return ExitCode.WRONG_APP_HAS_IT


def _cast(entry: PendingTest) -> trial.TrialApps:
    return trial.TrialApps(entry.bot, entry.live_chat)


def _effect(read: SituationRead) -> str:
    """What the person agrees to, naming the effect: unlike a test, nothing is given back."""
    if read.situation.owner.control is not Control.APP:
        return _("Bringing it back takes the conversation from whoever has it now.")
    return _("Bringing it back takes the conversation from {app}.").format(app=asking.app_name(read.owner))
