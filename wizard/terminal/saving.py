"""Steps 4 and 5 at the terminal: the App ID goes where the bot reads it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wizard.actions.session import Session
from wizard.core.answers import SavedHow, TargetChoice
from wizard.core.cancel import CancelToken
from wizard.core.exit_code import ExitCode
from wizard.core.ports import Choice, Person
from wizard.core.secret import Secret
from wizard.core.target import TargetError, TargetProblem
from wizard.core.token_shape import clean
from wizard.i18n.language import _
from wizard.targets.base import Applied
from wizard.targets.bot_settings import Planned
from wizard.targets.choose import api_of, chosen_preset
from wizard.targets.presets import Presets, load_presets
from wizard.terminal.ends import SetupEnds
from wizard.terminal.printing import Printer
from wizard.terminal.target_options import OptionsDoNotFit, TargetOptions, choices_of
from wizard.words import targets

_ASKABLE = frozenset({TargetProblem.NO_SECRET, TargetProblem.LOGIN_REFUSED, TargetProblem.PRIVATE_ADDRESS})


@dataclass(slots=True)
class Saving:
    """is_confirmed: what is pasted by hand has been pasted, the options say."""

    session: Session
    options: TargetOptions
    is_confirmed: bool
    person: Person
    printer: Printer
    cancel: CancelToken

    def save(self, app_id: str) -> tuple[tuple[TargetChoice, ...], SavedHow]:
        """Put the App ID into all its places; return them, and how it is known. Raises SetupEnds, TargetError."""
        presets = load_presets([self.session.places.presets])
        try:
            choices = list(choices_of(self.options, presets))
        except OptionsDoNotFit as error:
            self.printer.problem(str(error))
            raise SetupEnds(ExitCode.WRONG_USE) from error
        for at, choice in enumerate(choices):
            take_key(self.session, choice, presets, self.options)
            choices[at] = self._reachable(choice, presets, app_id)
        settings = self.session.bot_settings(self.cancel)
        planned = settings.plan(choices, app_id)  # all are looked at before anything is written
        for one in planned:
            show_plan(one, self.printer)
        self._ask_about_new(planned)
        by_hand = [one for one in planned if one.plan.is_guided]
        for one in by_hand:  # first, for these may fail for want of a person, and then nothing is written
            self._paste(one)
        written = settings.write(planned)
        for done in written:
            if done.is_read_back:
                self.printer.say(_("Written and read back: {where}").format(where=done.applied.where))
            else:
                self.printer.say(_("Sent; nobody can read it back: {where}").format(where=done.applied.where))
                self._confirm_sent(done.applied)
        is_seen = not by_hand and all(done.is_read_back for done in written)
        return tuple(choices), SavedHow.READ_BACK if is_seen else SavedHow.CONFIRMED

    def _confirm_sent(self, applied: Applied) -> None:
        if self.is_confirmed:
            return
        question = _("Does your bot show the App ID {id} now?").format(id=applied.app_id)
        if self.person.ask("saved", question, (Choice("yes", _("Yes")), Choice("no", _("No")))) != "yes":
            self.printer.say(_("The App ID was sent, but it is not known to be saved; your bot may not hand over."))
            raise SetupEnds(ExitCode.PROBLEM)

    def _reachable(self, choice: TargetChoice, presets: Presets, app_id: str) -> TargetChoice:
        """The choice with what the person had to add: a key, or that they know the address. Raises TargetError."""
        if not chosen_preset(choice, presets).is_http:
            return choice
        asked: set[TargetProblem] = set()
        while True:
            try:
                self.session.bot_settings(self.cancel).plan([choice], app_id)
                return choice
            except TargetError as error:
                if error.problem not in _ASKABLE or error.problem in asked:
                    raise
                asked.add(error.problem)
                choice = self._asked(choice, presets, error)

    def _asked(self, choice: TargetChoice, presets: Presets, error: TargetError) -> TargetChoice:
        where = error.trouble.path
        if error.problem is TargetProblem.PRIVATE_ADDRESS:
            question = _("{where} lies in a private network or on this computer. Is it your bot’s own address?")
            choices = (Choice("trust", _("Yes, I know it")), Choice("no", _("No")))
            if self.person.ask("trust_address", question.format(where=where), choices) != "trust":
                raise error
            return replace(choice, private_ok=True)
        if error.problem is TargetProblem.LOGIN_REFUSED and self.options.key_env:
            raise error
        key = self.person.ask("settings_key", _("{where} asks for a key. Paste it:").format(where=where))
        keep_key(self.session, choice, presets, Secret(clean(key)))
        return choice

    def _ask_about_new(self, planned: Sequence[Planned]) -> None:
        """What is not there yet is made only after asking: perhaps the bot uses another name."""
        for one in planned:
            if one.plan.creates or one.plan.adds_key:
                question = _("Shall it be made?") if one.plan.creates else _("Shall it be added?")
                answer = self.person.ask("make", question, (Choice("yes", _("Yes")), Choice("no", _("No"))))
                if answer != "yes":
                    self.printer.say(_("Nothing was written; your bot cannot hand over."))
                    raise SetupEnds(ExitCode.PROBLEM)

    def _paste(self, one: Planned) -> None:
        plan = one.plan
        if self.is_confirmed:
            self.printer.say(_("The App ID {id} is saved, as you said.").format(id=plan.app_id))
            return
        self.person.instruct("paste_app_id", "\n".join(plan.steps), plan.link, plan.app_id)
        question = _("Did you paste the App ID {id} and save?").format(id=plan.app_id)
        if self.person.ask("saved", question, (Choice("yes", _("Yes")), Choice("no", _("No")))) != "yes":
            self.printer.say(_("The App ID is not saved yet; your bot cannot hand over."))
            raise SetupEnds(ExitCode.PROBLEM)


def take_key(session: Session, choice: TargetChoice, presets: Presets, options: TargetOptions) -> None:
    """The key of a settings API, from the variable that was named. Raises TargetError."""
    if options.key_env and chosen_preset(choice, presets).is_http:
        keep_key(session, choice, presets, Secret(clean(os.environ.get(options.key_env, ""))))


def keep_key(session: Session, choice: TargetChoice, presets: Presets, key: Secret) -> None:
    """Until the program ends. Raises TargetError."""
    api = api_of(choice, chosen_preset(choice, presets), session.world)
    session.keep_settings_key(api.url, api.header, key, remember=False)


def show_plan(one: Planned, printer: Printer) -> None:
    """What will change, before it does; of a guided target nothing, for its steps come when they are due."""
    plan = one.plan
    if plan.is_empty:
        printer.say(_("The App ID is there already: {where}").format(where=plan.where))
    elif plan.creates:
        printer.say(_("The file does not exist yet."))
    elif plan.adds_key:
        printer.say(_("{key} is not there yet.").format(key=plan.changes[0].key))
    if plan.sends:
        printer.say(plan.sends)
        printer.say("\n".join(plan.diff.splitlines()[3:]))  # there are no lines to be numbered
    elif plan.diff:
        printer.say(plan.diff)
    if plan.code:
        printer.say(_("Give this line to the developer of your bot:"))
        printer.say(f"  {plan.code}")


# What tells nothing about the set-up: the network, or a server that has its own trouble.
_NOT_FOUND_OUT = frozenset(
    {
        TargetProblem.NO_CONNECTION,
        TargetProblem.NO_ANSWER,
        TargetProblem.CERTIFICATE,
        TargetProblem.NOT_JSON,
        TargetProblem.SERVER_BUSY,
        TargetProblem.SERVER_TROUBLE,
        TargetProblem.ANSWER_LOST,
        TargetProblem.ANSWER_LOST_BLIND,
    }
)


def tell_refusal(error: TargetError, printer: Printer) -> ExitCode:
    """Say why a place for the App ID cannot be used; return what the program ends with."""
    said = targets.said_of(error)
    action = said.action
    if error.problem is TargetProblem.PRIVATE_ADDRESS:
        action = _("If it is your bot’s own address, add {option}.").format(option="--trust-address")
    printer.problem(said.text, " ".join(part for part in (action, said.details) if part))
    return ExitCode.NOT_FOUND_OUT if error.problem in _NOT_FOUND_OUT else ExitCode.PROBLEM
