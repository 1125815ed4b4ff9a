"""`handover-wizard recover`: bring back what an earlier run left in a test."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wizard.actions.session import Session
from wizard.core.apps import named
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.errors import WizardError
from wizard.core.exit_code import ExitCode
from wizard.core.facts import App, Control
from wizard.core.pending import OpenTest
from wizard.core.ports import Choice, Graph, Person
from wizard.core.saved_file import SavedFileError
from wizard.core.token_shape import shape_problem
from wizard.core.trial.restore import BRING_BACK, LEAVE, WAIT
from wizard.core.trial.restore_later import Answered, Situation, recover, situation, subject_of
from wizard.core.trial.restore_on_exit import thread_of
from wizard.core.trial.run import TrialRun
from wizard.core.trial_result import Back, Ended, Event, ItemState
from wizard.i18n.language import _
from wizard.store.entry_lock import HeldElsewhere
from wizard.terminal.ends import SetupEnds, file_trouble
from wizard.terminal.leftovers import tell_of_ended_practices, tell_of_unreadable
from wizard.terminal.options import TokenOptions
from wizard.terminal.person import NoAnswer
from wizard.terminal.printing import Printer
from wizard.terminal.setup import proof_given, token_given
from wizard.words import asking, fields, trial
from wizard.words.moments import ago, clock_time


@dataclass(frozen=True, slots=True)
class RecoverOptions:
    """yes: bring back unless somebody answered; consent: also then. only_list: change nothing."""

    token: TokenOptions = field(default_factory=TokenOptions)
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
        """Raises NoAnswer where a question needs a person and nobody is there; other open tests come first."""
        changes = not self.options.only_list
        try:
            if changes:
                tell_of_ended_practices(self.session, self.printer)
            is_unread = tell_of_unreadable(self.session, self.printer, put_aside=changes)
            return self._all(ExitCode.NOT_FOUND_OUT if is_unread else ExitCode.NO_PROBLEM)
        except (OSError, SavedFileError) as error:
            self.printer.problem(*file_trouble(error))
            return ExitCode.WRONG_APP_HAS_IT if self.session.open_tests() else ExitCode.PROBLEM

    def _all(self, worst: ExitCode) -> ExitCode:
        unanswered: NoAnswer | None = None
        entries, running = self.session.open_tests(), self.session.tests_running_elsewhere()
        for _each in running:
            self.printer.say(_("A test runs in another window or terminal now. It is left alone."))
        if not entries and not running:
            self.printer.say(_("No test is open."))
        for entry in entries:
            self._introduce(entry)
            try:
                if self.options.only_list:
                    worst = max(worst, self._one(entry))
                    continue
                with self.session.journal.running(entry.id):
                    worst = max(worst, self._one(entry))
            except HeldElsewhere:
                self.printer.say(_("Another window or terminal brings it back now. It is left alone."))
                worst = ExitCode.WRONG_APP_HAS_IT
            except NoAnswer as error:
                if not self.options.only_list:
                    unanswered = unanswered or error
                else:
                    self.printer.say(_("To see who has the conversation now, add --token-env."))
                worst = ExitCode.WRONG_APP_HAS_IT
            except (Cancelled, OSError, SavedFileError):
                raise
            except Exception:  # the first look failed; `recover` answers for the rest
                self.printer.problem(_("The conversation is not back yet."), _("Run “handover-wizard recover”."))
                worst = ExitCode.WRONG_APP_HAS_IT
        if unanswered is not None:
            raise unanswered
        return worst

    def _introduce(self, entry: OpenTest) -> None:
        """What the journal knows, without a token."""
        began = clock_time(entry.opened_at)
        self.printer.heading(
            _("Test on {page}, begun {time}").format(page=entry.page_name or entry.page_id, time=began)
        )
        names = {"bot": asking.app_name(entry.bot), "live_chat": asking.app_name(entry.live_chat)}
        self.printer.say(_("Answers first: {bot}. Takes over: {live_chat}.").format(**names))
        if not entry.passed_at:
            self.printer.say(_("The conversation had not been handed over when the test stopped."))

    def _one(self, entry: OpenTest) -> ExitCode:
        try:
            graph = self._graph(entry)
            found = situation(graph, entry)
        except SetupEnds as end:
            return end.code
        except WizardError as error:
            self.printer.failure(error.failure)
            return ExitCode.NOT_FOUND_OUT if error.failure.is_about_the_way else ExitCode.PROBLEM
        ended: Ended | Situation = found
        while isinstance(ended, Situation):  # where something changed while the person decided, they are asked again
            self._show(graph, ended)
            if self.options.only_list or not self._agreed(graph, ended):
                self.printer.say(_("Nothing was changed. The test is still open."))
                return ExitCode.WRONG_APP_HAS_IT
            ended = self._bring_back(graph, entry, ended)
        return self._end(ended, entry)

    def _bring_back(self, graph: Graph, entry: OpenTest, found: Situation) -> Ended | Situation:
        run = TrialRun(
            subject_of(entry, asking.metadata()),
            thread_of(graph, entry, self.cancel),
            self.session.journal,
            _Decides(self.person, self.options.yes),
            lambda request: self.options.consent,
            self.cancel,
            self.session.clock,
            lambda event: self._tell(graph, event, entry),
            say=asking.say,
        )
        return recover(run, found)

    def _graph(self, entry: OpenTest) -> Graph:
        """The Graph of this test's own app: another app's token sees, and takes, as somebody else. Raises SetupEnds."""
        options = self.options.token
        secret = self.session.vault.get(entry.token_name)
        if options.remembered or (options == TokenOptions() and secret is not None):
            return self.session.graph_of(entry.token_name, self.cancel)
        self.printer.say(
            _("This needs the token of {app} for {page}.").format(
                app=_name(entry, entry.token_app_id), page=entry.page_name or entry.page_id
            )
        )
        secret = token_given(self.session, options, self.person)
        problem = shape_problem(secret.reveal())
        if problem is not None:
            self.printer.problem(fields.token_problem_text(problem))
            raise SetupEnds(ExitCode.PROBLEM)
        proof = proof_given(options)
        opened = self.session.open_token(secret, proof, self.cancel)
        page, app = opened.facts.identity.value, opened.facts.app.value if opened.facts.app else None
        if page is None or page.id != entry.page_id or app is None or app.id != entry.token_app_id:
            self.printer.problem(
                _("This token is for another Page or another app."),
                _("Take the token that the test was made with, or a new one of the same app."),
            )
            raise SetupEnds(ExitCode.PROBLEM)
        return self.session.graph(secret, proof, self.cancel)

    def _show(self, graph: Graph, found: Situation) -> None:
        entry, owner = found.entry, found.owner
        if owner.control is Control.APP:
            app = named(graph, _app(entry, owner.app_id))
            self.printer.say(_("{app} has the conversation.").format(app=asking.app_name(app)))
        elif owner.control is Control.HIDDEN:
            self.printer.say(_("Another app has the conversation; Facebook does not show which."))
        elif owner.control is Control.NOTHING:
            self.printer.say(_("Nobody has the conversation, or Facebook does not show it."))
        else:
            self.printer.say(_("Facebook did not tell who has the conversation."))
        if owner.expires_at:
            self.printer.say(_("Control ends by itself: {time}").format(time=clock_time(owner.expires_at)))
        if found.last_activity is not None:
            self.printer.say(_("Last activity: {time}").format(time=ago(graph.time - found.last_activity)))

    def _agreed(self, graph: Graph, found: Situation) -> bool:
        if self.options.consent:
            return True
        if found.answered is not Answered.NO:
            self.printer.say(
                _("Somebody answered in this conversation after the test began.")
                if found.answered is Answered.YES
                else _("Whether somebody answered in this conversation since the test began could not be seen.")
            )
            self.printer.say(_effect(graph, found))
            if self.options.yes:
                return False
        elif self.options.yes:
            return True
        choices = ("bring_back", "leave")
        spoken = [asking.choice(each) for each in choices]
        return self.person.ask("bring_back_anyway", _("Bring the conversation back?"), spoken) == "bring_back"

    def _tell(self, graph: Graph, event: Event, entry: OpenTest) -> None:
        if event.state is not ItemState.RUNNING:
            self.printer.item(event.state, trial.line(event, trial.Cast(entry.bot, entry.live_chat), graph.time))

    def _end(self, ended: Ended, entry: OpenTest) -> ExitCode:
        cast = trial.Cast(entry.bot, entry.live_chat)
        said = trial.where(ended, cast)
        if ended.back is not Back.NOT_BACK:
            self.printer.say(f"{said.title} {said.detail}".strip())
            return ExitCode.NO_PROBLEM
        self.printer.problem(said.title, _("There are three ways out:"))
        until = ended.left.expires_at if ended.left else None
        for number, way in enumerate(trial.ways_out(cast, clock_time(until) if until else ""), start=1):
            self.printer.say(f"{number}. {way}", indent=2)
        self.printer.say(_("The test is still open: run “handover-wizard recover” again then."))
        return ExitCode.WRONG_APP_HAS_IT


class _Decides:
    """The person. Where nobody is there, a refused take is left for later; --yes brings back, which was said before."""

    def __init__(self, person: Person, says_yes: bool) -> None:
        self._person = person
        self._says_yes = says_yes

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        return self._person.instruct(step, text, link, copied)

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        try:
            return self._person.ask(question, text, choices)
        except NoAnswer:
            if question == "bring_back_anyway":
                return BRING_BACK if self._says_yes else LEAVE
            if question == "way_out":
                return WAIT
            raise


def _effect(graph: Graph, found: Situation) -> str:
    """What the person agrees to, naming the effect: unlike a test, nothing is given back."""
    if found.owner.control is not Control.APP:
        return _("Bringing it back takes the conversation from whoever has it now.")
    app = named(graph, _app(found.entry, found.owner.app_id))
    return _("Bringing it back takes the conversation from {app}.").format(app=asking.app_name(app))


def _app(entry: OpenTest, app_id: str) -> App:
    return {entry.bot.id: entry.bot, entry.live_chat.id: entry.live_chat}.get(app_id, App(app_id))


def _name(entry: OpenTest, app_id: str) -> str:
    return asking.app_name(_app(entry, app_id))
