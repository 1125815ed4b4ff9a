"""`handover-wizard recover`: bring back what an earlier run left in a test."""

from dataclasses import dataclass, field

from wizard.core.cancel import CancelToken
from wizard.core.errors import WizardError
from wizard.core.facts import App, Control
from wizard.core.open_test import OpenTest
from wizard.core.outcome import ExitCode
from wizard.core.ports import Graph, Person
from wizard.core.trial.recovery import Situation, recover, situation, subject_of
from wizard.core.trial.rescue import thread_of
from wizard.core.trial.result import Back, ConsentRequest, ConsentTo, Ended, Event, ItemState
from wizard.core.trial.run import TrialRun
from wizard.practice import is_alive
from wizard.session import Session
from wizard.terminal.options import TokenOptions
from wizard.terminal.printing import Printer
from wizard.terminal.setup import token_given
from wizard.vault import proof_name
from wizard.words import asking, trial
from wizard.words.language import _
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
        """Raises NoAnswer where a question needs a person and nobody is there."""
        self._close_strangers()
        entries = self.session.open_tests()
        if not entries:
            self.printer.say(_("No test is open."))
        worst = ExitCode.NO_PROBLEM
        for entry in entries:
            worst = max(worst, self._one(entry))
        return worst

    def _close_strangers(self) -> None:
        """A practice world that has ended took its conversation with it."""
        for entry in self.session.strangers():
            if not is_alive(entry.graph):
                self.session.journal.close(entry.id)
                self.printer.say(_("An open test belonged to a practice that has ended. It is closed."))

    def _one(self, entry: OpenTest) -> ExitCode:
        try:
            graph = self._graph(entry)
            found = situation(graph, entry)
        except WizardError as error:
            self.printer.failure(error.failure)
            return ExitCode.NOT_FOUND_OUT if error.failure.is_about_the_way else ExitCode.PROBLEM
        self._show(graph, found)
        if self.options.only_list or not self._agreed(found):
            self.printer.say(_("Nothing was changed. The test is still open."))
            return ExitCode.WRONG_APP_HAS_IT
        run = TrialRun(
            subject_of(entry, asking.metadata()),
            thread_of(graph, entry, self.cancel),
            self.session.journal,
            self.person,
            lambda request: self.options.consent,
            self.cancel,
            self.session.clock,
            lambda event: self._tell(graph, event, entry),
            say=asking.say,
        )
        return self._end(recover(run, found), entry)

    def _graph(self, entry: OpenTest) -> Graph:
        if self.options.token == TokenOptions() and self.session.vault.get(entry.token_name) is not None:
            return self.session.graph_of(entry.token_name, self.cancel)
        secret = token_given(self.session, self.options.token, self.person)
        proof = self.session.vault.get(proof_name(entry.token_name))
        return self.session.graph(secret, proof, self.cancel)

    def _show(self, graph: Graph, found: Situation) -> None:
        entry, owner = found.entry, found.owner
        began = clock_time(entry.opened_at)
        self.printer.heading(
            _("Test on {page}, begun {time}").format(page=entry.page_name or entry.page_id, time=began)
        )
        if owner.control is Control.APP:
            self.printer.say(_("{app} has the conversation.").format(app=_name(entry, owner.app_id)))
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

    def _agreed(self, found: Situation) -> bool:
        if self.options.consent:
            return True
        if found.answered:
            self.printer.say(_("Somebody answered in this conversation after the test began."))
            question = ConsentRequest(ConsentTo.TAKE_FROM, App(found.owner.app_id))
            self.printer.say(asking.consent(question))
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
        self.printer.say(f"{said.title} {said.detail}".strip())
        if ended.back is not Back.NOT_BACK:
            return ExitCode.NO_PROBLEM
        until = ended.left.expires_at if ended.left else None
        for number, way in enumerate(trial.ways_out(cast, clock_time(until) if until else ""), start=1):
            self.printer.say(f"  {number}. {way}")
        return ExitCode.WRONG_APP_HAS_IT


def _name(entry: OpenTest, app_id: str) -> str:
    known = {entry.bot.id: entry.bot, entry.live_chat.id: entry.live_chat}
    return asking.app_name(known.get(app_id, App(app_id)))
