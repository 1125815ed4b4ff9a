"""“App ID” and “Bot settings” at the terminal: the App ID goes where the bot reads it."""

import os
from collections.abc import Sequence
from dataclasses import replace

from wizard.actions.save_app_id import every_preset, is_http, keep_key, plan_app_id, saved_how, write_app_id
from wizard.actions.session import Session
from wizard.core.answers import with_changes, with_saved
from wizard.core.exit_code import ExitCode
from wizard.core.ports import Choice
from wizard.core.products import DEVELOPER, OWN
from wizard.core.secret import Secret
from wizard.core.target import TargetChoice, TargetError, TargetProblem
from wizard.core.token_shape import clean
from wizard.i18n.language import _
from wizard.targets.base import Applied
from wizard.targets.bot_settings import Planned
from wizard.terminal.ends import SetupEnds
from wizard.terminal.printing import Printer
from wizard.terminal.setup_run import SetupRun
from wizard.terminal.target_options import OptionsDoNotFit, TargetOptions, choices_of
from wizard.words import targets

_ASKABLE = frozenset({TargetProblem.NO_SECRET, TargetProblem.LOGIN_REFUSED, TargetProblem.PRIVATE_ADDRESS})


def choose_places(run: SetupRun) -> None:
    """Choose where the bot keeps the App ID. Raises SetupEnds, TargetError, NoAnswer."""
    session, options, product = run.session, run.options.targets, run.answers.bot_product
    if not options.names and product is not None and product.id == OWN:
        options = replace(options, names=(DEVELOPER,))
    try:
        choices = choices_of(options, every_preset(session))
    except OptionsDoNotFit as error:
        run.refuse(str(error), code=ExitCode.WRONG_USE)
    places = []
    for choice in choices:
        take_key(session, choice, options)
        places.append(_reachable(run, choice))
    run.answers = with_changes(run.answers, target=places[0], more_targets=tuple(places[1:]))


def save_app_id(run: SetupRun) -> None:
    """Put the App ID into all its places. Raises SetupEnds, TargetError, OSError, NoAnswer."""
    _bot, live_chat = run.answers.pair
    planned = plan_app_id(run.session, run.answers.targets, live_chat.id, run.cancel)  # before anything is written
    for one in planned:
        show_plan(one, run.printer)
    _ask_about_new(run, planned)
    for one in planned:  # first, for these may fail for want of a person, and then nothing is written
        if one.plan.is_guided:
            _paste(run, one)
    written = write_app_id(run.session, planned, run.cancel)
    for done in written:
        if done.is_read_back:
            run.printer.print(_("Written and read back: {where}").format(where=done.applied.where))
        else:
            run.printer.print(_("Sent; nobody can read it back: {where}").format(where=done.applied.where))
            _confirm_sent(run, done.applied)
    if any(done.applied.file is not None for done in written):
        run.printer.print(targets.start_again())
    how = saved_how(planned, written)
    run.answers = with_saved(run.answers, live_chat.id, how, run.session.clock.now())
    run.session.save_setup(run.answers)


def _says_yes(run: SetupRun, question_id: str, question: str) -> bool:
    return run.person.ask(question_id, question, (Choice("yes", _("Yes")), Choice("no", _("No")))) == "yes"


def _end(run: SetupRun, sentence: str) -> None:
    run.printer.print(sentence)
    raise SetupEnds(ExitCode.PROBLEM)


def _confirm_sent(run: SetupRun, applied: Applied) -> None:
    question = _("Does your bot show the App ID {id} now?").format(id=applied.app_id)
    if not (run.options.confirm_saved or _says_yes(run, "saved", question)):
        _end(run, _("The App ID was sent, but it is not known to be saved; your bot may not hand over."))


def _reachable(run: SetupRun, choice: TargetChoice) -> TargetChoice:
    """The choice with what the person had to add: a key, or that they know the address. Raises TargetError."""
    if not is_http(run.session, choice):
        return choice
    _bot, live_chat = run.answers.pair
    asked: set[TargetProblem] = set()
    while True:
        try:
            plan_app_id(run.session, [choice], live_chat.id, run.cancel)
            return choice
        except TargetError as error:
            if error.problem not in _ASKABLE or error.problem in asked:
                raise
            asked.add(error.problem)
            choice = _ask_for_missing(run, choice, error)


def _ask_for_missing(run: SetupRun, choice: TargetChoice, error: TargetError) -> TargetChoice:
    where = error.trouble.path
    if error.problem is TargetProblem.PRIVATE_ADDRESS:
        question = _("{where} is in a private network or on this computer. Is it your bot’s own address?")
        choices = (Choice("trust", _("Yes, I know it")), Choice("no", _("No")))
        if run.person.ask("trust_address", question.format(where=where), choices) != "trust":
            raise error
        return replace(choice, private_ok=True)
    if error.problem is TargetProblem.LOGIN_REFUSED and run.options.targets.key_env:
        raise error
    key = run.person.ask("settings_key", _("{where} asks for a key. Paste it:").format(where=where))
    keep_key(run.session, choice, Secret(clean(key)), remember=False)
    return choice


def _ask_about_new(run: SetupRun, planned: Sequence[Planned]) -> None:
    """What is not there yet is made only after asking, and a word is replaced: perhaps the bot uses another name."""
    for one in planned:
        plan = one.plan
        if plan.creates or plan.adds_key or plan.is_other_text:
            question = _("Shall it be made?") if plan.creates else _("Shall it be added?")
            if plan.is_other_text:
                question = _("Shall it be replaced?")
            if not _says_yes(run, "make", question):
                _end(run, _("Nothing was written; your bot cannot hand over."))


def _paste(run: SetupRun, one: Planned) -> None:
    plan = one.plan
    if run.options.confirm_saved:
        run.printer.print(_("The App ID {id} is saved, as you said.").format(id=plan.app_id))
        return
    run.person.instruct("paste_app_id", "\n".join(plan.steps), plan.link, plan.app_id)
    if not _says_yes(run, "saved", _("Did you paste the App ID {id} and save?").format(id=plan.app_id)):
        _end(run, _("The App ID is not saved yet; your bot cannot hand over."))


def take_key(session: Session, choice: TargetChoice, options: TargetOptions) -> None:
    """Keep the key of a settings API, from the variable that was named, until the program ends. Raises TargetError."""
    if options.key_env and is_http(session, choice):
        keep_key(session, choice, Secret(clean(os.environ.get(options.key_env, ""))), remember=False)


def show_plan(one: Planned, printer: Printer) -> None:
    """What will change, before it does; of a guided target nothing, for its steps come when they are due."""
    plan = one.plan
    if plan.is_empty:
        printer.print(_("The App ID is there already: {where}").format(where=plan.where))
    elif plan.creates:
        printer.print(_("The file does not exist yet."))
    elif plan.adds_key:
        printer.print(_("{key} is not there yet.").format(key=plan.key))
    for doubt in targets.doubts(plan.key, plan.is_other_text, plan.beside):
        printer.print(doubt)
    if plan.sends:
        printer.print(plan.sends)
        printer.print("\n".join(plan.diff.splitlines()[3:]))  # there are no lines to be numbered
    elif plan.diff:
        printer.print(plan.diff)
    if plan.code:
        printer.print(_("Give this line to the developer of your bot:"))
        printer.print(f"  {plan.code}")


# What tells nothing about the set-up: the network, or a server that has its own trouble.
_NOT_FOUND_OUT = frozenset(
    {
        TargetProblem.NO_CONNECTION,
        TargetProblem.NO_ANSWER,
        TargetProblem.CERTIFICATE,
        TargetProblem.PROXY_KIND,
        TargetProblem.NOT_JSON,
        TargetProblem.SERVER_BUSY,
        TargetProblem.SERVER_TROUBLE,
        TargetProblem.ANSWER_LOST,
        TargetProblem.ANSWER_LOST_BLIND,
    }
)


def show_refusal(error: TargetError, printer: Printer) -> ExitCode:
    """Say why a place for the App ID cannot be used; return what the program ends with."""
    said = targets.said_of(error)
    action = said.action
    if error.problem is TargetProblem.PRIVATE_ADDRESS:
        action = _("If it is your bot’s own address, add {option}.").format(option="--trust-address")
    printer.problem(said.text, " ".join(part for part in (action, said.details) if part))
    return ExitCode.NOT_FOUND_OUT if error.problem in _NOT_FOUND_OUT else ExitCode.PROBLEM
