"""The test from the terminal: find the conversation, show what the test shows, and restore after an interruption."""

from dataclasses import dataclass, replace

from wizard.actions.find_conversation import find_conversation, new_tester_code
from wizard.actions.practice import NoPracticeWorld
from wizard.actions.session import Session
from wizard.actions.trial import (
    TrialPlan,
    TrialPorts,
    choose_tokens,
    link_for,
    pending_entries,
    reading_token,
    restore_within,
    run_trial,
)
from wizard.core import limits
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.errors import WizardError
from wizard.core.exit_code import ExitCode
from wizard.core.facts import Conversation
from wizard.core.pending import AlreadyInTest, TrialPart
from wizard.core.ports import Choice, Person
from wizard.core.trial.restore import LEAVE, WAIT
from wizard.core.trial.silence import CANNOT_SEE
from wizard.core.trial_result import (
    Consent,
    ConsentRequest,
    ConsentTo,
    Event,
    ItemState,
    RestoreEnd,
    RestoreResult,
    TrialOutcome,
    TrialResult,
)
from wizard.i18n.language import _
from wizard.terminal.ends import SetupEnds
from wizard.terminal.options import SetupOptions
from wizard.terminal.person import MayBeAway, NoAnswer, somebody_is_there
from wizard.terminal.printing import Printer
from wizard.words import asking, mending, restored, trial, trial_result
from wizard.words.moments import clock_time

_EXPECTED = (KeyboardInterrupt, NoAnswer, OSError, WizardError, NoPracticeWorld)
# What is answered for a person who is not there: the conversation stays where somebody may be answering.
_LEFT_ALONE = {
    "way_out": WAIT,
    "bring_back_anyway": LEAVE,
    "write_and_look": CANNOT_SEE,
    "bot_answered_now": CANNOT_SEE,
}


def run_tests(
    session: Session,
    answers: Answers,
    options: SetupOptions,
    person: Person,
    consent: Consent,
    printer: Printer,
    cancel: CancelToken,
) -> str:
    """Run the tests and put the results into the session. Returns why they were skipped, "" where they were not.

    Raises SetupEnds where the conversation could not be restored, or is in another test; what was said was said. Raises
    WizardError, OSError and NoAnswer with the conversation restored."""
    test = _TerminalTrial(session, answers, options, person, consent, printer, cancel)
    if choose_tokens(session, answers).main is None:
        return test.run_by_eye()
    return test.run()


@dataclass(frozen=True, slots=True)
class _TerminalTrial:
    session: Session
    answers: Answers
    options: SetupOptions
    person: Person
    consent: Consent
    printer: Printer
    cancel: CancelToken

    @property
    def _cast(self) -> trial.TrialApps:
        return trial.TrialApps.of(self.answers)

    def run_by_eye(self) -> str:
        if not self.options.simulated_owner and not somebody_is_there():
            return _("The test was skipped: without a token of the bot or the live chat somebody has to look.")
        if not self.consent(ConsentRequest(ConsentTo.TEST, self.answers.live_chat)):
            return _("The test was skipped: nobody agreed to it.")
        self._run(TrialPlan(by_eye=True, wait=self.options.wait))
        return ""

    def run(self) -> str:
        plan = self._named_conversation() if self.options.test_conversation else self._find_conversation()
        if not plan.psid:
            return _("The test was skipped: nobody agreed to it, or no conversation was chosen.")
        try:
            self._run(replace(plan, wait=self.options.wait))
        except AlreadyInTest as error:
            said = trial.already_in_test(error)
            self.printer.problem(said.title, said.detail)
            if not error.is_running:
                self.printer.print(_("Run “handover-wizard recover”."))
            raise SetupEnds(ExitCode.WRONG_APP_HAS_IT) from error
        except BaseException as error:  # whatever it was: the conversation must not stay with the wrong app
            if self._is_restored(plan.psid):
                raise
            if not isinstance(error, _EXPECTED):
                kind = type(error).__name__
                self.printer.problem(_("Something went wrong in this program: {kind}").format(kind=kind))
            raise SetupEnds(ExitCode.WRONG_APP_HAS_IT) from error
        return ""

    def _run(self, plan: TrialPlan) -> None:
        world, answers = self.session.world, self.answers
        person = MayBeAway(
            self.person, _LEFT_ALONE, lambda step: link_for(step, world, answers.page_id, answers.live_chat)
        )
        ports = TrialPorts(person, self.consent, self._show_event, self._show_result)
        self._show_part(TrialPart.FACEBOOK_ALLOWS, plan.by_eye)
        run_trial(self.session, answers, plan, ports, self.cancel)

    # The conversation.

    def _named_conversation(self) -> TrialPlan:
        """With the PSID from the options, none where nobody agreed: even the probe changes control for a moment."""
        is_agreed = self.consent(ConsentRequest(ConsentTo.TEST_CUSTOMER))
        return TrialPlan(self.options.test_conversation if is_agreed else "")

    def _find_conversation(self) -> TrialPlan:
        """With the conversation of whoever sends the code. Without one where nobody agreed or chose."""
        if not self.consent(ConsentRequest(ConsentTo.READ_MESSAGES)):
            return TrialPlan()
        code = new_tester_code(self.session, self.answers.page_id)
        told = _("Send this from your own Messenger, not as the Page: {text}").format(text=code.text)
        self.person.instruct("send_code", told, code.link, code.text)
        token = reading_token(self.session, self.answers)
        found = find_conversation(self.session, token, code, self.cancel, seconds=self.options.wait)
        if isinstance(found, Conversation):
            return TrialPlan(found.psid, conversation_id=found.id, written_at=found.updated_at)
        if found.search.refused is not None:
            self.printer.failure(found.search.refused)
        else:
            self.printer.print(trial.no_single_match(found.search))
        choices = [Choice(row.psid, row.person_name or row.psid) for row in found.rows]
        if not choices:
            return TrialPlan()
        psid = self.person.ask("which_conversation", _("Which of these conversations is your own?"), choices)
        name = next((choice.text for choice in choices if choice.id == psid), "")
        is_agreed = self.consent(ConsentRequest(ConsentTo.TEST_CUSTOMER, person_name=name))
        return TrialPlan(psid if is_agreed else "")

    # What the test shows.

    def _show_part(self, part: TrialPart, by_eye: bool = False) -> None:
        if heading := trial.heading(part, choose_tokens(self.session, self.answers).speaks_for_bot, by_eye):
            self.printer.print(heading)

    def _show_event(self, event: Event) -> None:
        if event.state is not ItemState.RUNNING:
            now = event.owner.at if event.owner is not None else self.session.facebooks_time()
            self.printer.item(event.state, trial.line(event, self._cast, now))

    def _show_result(self, result: TrialResult) -> None:
        self.session.add_test(result)
        cast, printer = self._cast, self.printer
        if result.part is TrialPart.FACEBOOK_ALLOWS and result.outcome is TrialOutcome.WORKS:
            allowed = _("Facebook lets the conversation go to {app}.").format(app=asking.app_name(cast.live_chat))
            printer.print(allowed)
        else:
            said = trial_result.result(result, cast)
            printer.print(f"{said.title} {said.detail}".strip())
        if result.is_left_elsewhere and result.outcome is TrialOutcome.MOVED:
            printer.problem(restored.back(result, cast).title, _("Run “handover-wizard recover”."))
        elif result.is_left_elsewhere:
            show_ways_out(printer, restored.back(result, cast), result.ended, cast)
            if not result.by_eye:
                printer.print(_("Then run “handover-wizard recover”: it looks, and brings the conversation back."))
        elif result.ended.result is not RestoreResult.UNTOUCHED and not result.may_go_on:
            said = restored.back(result, cast)
            printer.print(f"{said.title} {said.detail}".strip())
        if said_where := self._where_to_fix(result):
            printer.print(said_where)
        if result.part is TrialPart.FACEBOOK_ALLOWS and not result.may_go_on:
            printer.print(_("Your bot was not tried: this comes first."))
        elif result.part is TrialPart.FACEBOOK_ALLOWS:
            self._show_part(TrialPart.BOT_DOES)

    def _where_to_fix(self, result: TrialResult) -> str:
        mend = mending.after(result)
        link = mending.link_template(mend, self.answers)
        return f"→ {self.session.world.link(link)}" if link else mending.at_step(mend)

    def _is_restored(self, psid: str) -> bool:
        """After an interruption: restore what this run left open. True: nothing is with the wrong app."""
        try:
            for _each in pending_entries(self.session, self.answers, psid):
                self.printer.print(_("Bringing the conversation back …"))
            endings = restore_within(self.session, self.answers, psid, limits.RESTORE_ON_EXIT)
        except BaseException:  # interrupted once more, or no memory is left: then nobody knows that it is back
            endings = [RestoreEnd(RestoreResult.NOT_BACK)]
        for ended in endings:
            if ended.result is RestoreResult.NOT_BACK:
                self.printer.problem(_("The conversation is not back yet."), _("Run “handover-wizard recover”."))
            elif ended.result is RestoreResult.LET_GO:
                self.printer.print(restored.where(ended, self._cast).title)
            else:
                self.printer.print(_("The conversation is back."))
        return all(ended.result is not RestoreResult.NOT_BACK for ended in endings)


def show_ways_out(printer: Printer, said: trial.ChecklistLine, ended: RestoreEnd, cast: trial.TrialApps) -> None:
    """Where a conversation is not back. said: who has it."""
    title = f"{said.title} {said.detail}" if ended.is_idle else said.title
    printer.problem(title, _("What helps:") if ended.is_idle else _("There are three ways out:"))
    until = ended.left.expires_at if ended.left else None
    ways = restored.ways_out(cast, clock_time(until) if until else "", ended.failure, ended.is_idle)
    for number, way in enumerate(ways, start=1):
        printer.print(f"{number}. {way}", indent=2)
