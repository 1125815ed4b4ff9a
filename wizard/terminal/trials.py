"""The test from the terminal: find the conversation, run the parts that this token can run, and always bring back."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from wizard.actions.practice import NoPracticeWorld
from wizard.core import limits
from wizard.core.answers import TokenOwner
from wizard.core.apps import named
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.errors import WizardError
from wizard.core.exit_code import ExitCode
from wizard.core.facts import App
from wizard.core.pending import AlreadyInTest, OpenTest, Part
from wizard.core.ports import Choice, Graph
from wizard.core.secret import Secret
from wizard.core.trial.conversation import Thread
from wizard.core.trial.find_conversation import CodeSearch, code_text, new_code, newest_conversations, wait_for_code
from wizard.core.trial.part_a import run_part_a
from wizard.core.trial.part_b import run_by_eye, run_part_b
from wizard.core.trial.restore import LEAVE, WAIT
from wizard.core.trial.restore_on_exit import rescue
from wizard.core.trial.run import Subject, TrialRun
from wizard.core.trial_result import (
    Back,
    ConsentRequest,
    ConsentTo,
    Ended,
    Event,
    Found,
    ItemState,
    TrialResult,
)
from wizard.i18n.language import _
from wizard.terminal.ends import SetupEnds
from wizard.terminal.person import NoAnswer, somebody_is_there
from wizard.terminal.printing import Printer
from wizard.words import asking, trial
from wizard.words.moments import clock_time

if TYPE_CHECKING:
    from wizard.actions.session import Session
    from wizard.terminal.setup_run import SetupRun as Setup

# What is answered for a person who is not there: the conversation stays where somebody may be answering.
_EXPECTED = (KeyboardInterrupt, NoAnswer, OSError, WizardError, NoPracticeWorld)
_LEFT_ALONE = {"way_out": WAIT, "bring_back_anyway": LEAVE}


def run_tests(setup: "Setup") -> str:
    """Run the tests and put the results into the session. Returns why they were skipped, "" where they were not."""
    session, answers = setup.session, setup.answers
    if not answers.has_token or answers.token_owner is TokenOwner.NEITHER:
        return _by_eye(setup)
    graph = session.graph_of(answers.token_name, setup.cancel)
    psid = _named_conversation(setup) if setup.options.test_conversation else _find_conversation(setup, graph)
    if not psid:
        return _("The test was skipped: nobody agreed to it, or no conversation was chosen.")
    try:
        with session.testing(answers.page_id, psid):
            _run_parts(setup, graph, psid)
    except AlreadyInTest as error:
        said = trial.already_in_test(error)
        setup.printer.problem(said.title, said.detail)
        if not error.is_running:
            setup.printer.say(_("Run “handover-wizard recover”."))
        raise SetupEnds(ExitCode.WRONG_APP_HAS_IT) from error
    return ""


def _run_parts(setup: "Setup", graph: Graph, psid: str) -> None:
    """The parts that this token can run. Raises SetupEnds where the conversation could not be brought back."""
    try:
        if setup.answers.token_owner is TokenOwner.BOT:
            part = run_part_a(_new_run(setup, graph, psid))
            _show(setup, part, graph)
            if not part.may_go_on:
                setup.printer.say(_("Your bot was not tried: this comes first."))
                return
            _show(setup, run_part_b(_new_run(setup, graph, psid), part.is_probe_good), graph)
        else:
            _show(setup, run_part_b(_new_run(setup, graph, psid), is_probe_good=False), graph)
    except BaseException as error:  # whatever it was: the conversation must not stay with the wrong app
        if bring_back_open_tests(setup, graph, psid):
            raise
        if not isinstance(error, _EXPECTED):
            setup.printer.problem(_("Something went wrong in this program: {kind}").format(kind=type(error).__name__))
        raise SetupEnds(ExitCode.WRONG_APP_HAS_IT) from error


def _by_eye(setup: "Setup") -> str:
    if not setup.options.simulated_owner and not somebody_is_there():
        return _("The test was skipped: without a token of the bot or the live chat somebody has to look.")
    if not setup.consent(ConsentRequest(ConsentTo.TEST, setup.answers.live_chat)):
        return _("The test was skipped: nobody agreed to it.")
    # Nothing is called through it: what is seen by eye needs no token.
    graph = setup.session.graph(Secret(""), None, setup.cancel)
    _show(setup, run_by_eye(_new_run(setup, graph, "")), graph)
    return ""


def _named_conversation(setup: "Setup") -> str:
    """The PSID from the options. "" where nobody agreed: even the probe changes who has control for a moment."""
    agreed = setup.consent(ConsentRequest(ConsentTo.TEST_CUSTOMER))
    return setup.options.test_conversation if agreed else ""


def _find_conversation(setup: "Setup", graph: Graph) -> str:
    """The PSID of the tester: whoever sends the code. "" where nobody agreed or chose."""
    if not setup.consent(ConsentRequest(ConsentTo.READ_MESSAGES)):
        return ""
    session, text = setup.session, code_text(new_code())
    shown_at = session.facebooks_time()  # a clock of this computer that is ahead would hide the message
    link = f"{session.world.m_me}/{setup.answers.page_id}?text={quote(text)}"
    told = _("Send this from your own Messenger, not as the Page: {text}").format(text=text)
    setup.person.instruct("send_code", told, link, text)
    search = CodeSearch(graph, setup.answers.page_id, text, shown_at)
    found = wait_for_code(search, setup.cancel, setup.session.clock, lambda look: None, setup.options.wait)
    if len(found.matches) == 1:
        return found.matches[0].psid
    rows = found.matches or newest_conversations(graph)
    if found.refused is not None:
        setup.printer.failure(found.refused)
    elif not found.matches:
        setup.printer.say(_("Your message was not seen. Are you still acting as the Page?"))
    choices = [Choice(row.psid, row.person_name or row.psid) for row in rows if row.psid]
    if not choices:
        return ""
    question = _("Which of these conversations is your own?")
    psid = setup.person.ask("which_conversation", question, choices)
    name = next((choice.text for choice in choices if choice.id == psid), "")
    agreed = setup.consent(ConsentRequest(ConsentTo.TEST_CUSTOMER, person_name=name))
    return psid if agreed else ""


def _new_run(setup: "Setup", graph: Graph, psid: str) -> TrialRun:
    answers, session = setup.answers, setup.session
    bot, live_chat = answers.pair
    token_app_id = answers.token_app.id if answers.token_app else ""
    subject = Subject(
        session.world.graph,
        answers.page_id,
        answers.page_name,
        psid,
        token_app_id,
        bot,
        live_chat,
        asking.metadata(),
        answers.token_name,
    )
    cast = trial.Cast(bot, live_chat)

    def tell(event: Event) -> None:
        if event.state is not ItemState.RUNNING:
            setup.printer.item(event.state, trial.line(event, cast, graph.time))

    def with_name(app: App) -> App:
        return _with_name(setup, graph, app)

    return TrialRun(
        subject,
        Thread(graph, setup.cancel, psid, token_app_id, bot, live_chat),
        session.journal,
        _AtTheTerminal(setup),
        lambda request: setup.consent(replace(request, app=with_name(request.app) if request.app else None)),
        setup.cancel,
        session.clock,
        tell,
        say=lambda what, app: asking.say(what, with_name(app)),
        window=setup.options.wait,
    )


def _with_name(setup: "Setup", graph: Graph, app: App) -> App:
    """The app as people know it: a third app in a reading has only its ID."""
    known = next((each for each in setup.session.apps(setup.answers) if each.id == app.id and each.name), None)
    if known is None and app.id:
        known = named(graph, app)
        setup.session.add_app(known)
    return known or app


class _AtTheTerminal:
    """The person, given the place where each thing is done. Where nobody is there, what needs a decision stays."""

    def __init__(self, setup: "Setup") -> None:
        self._person = setup.person
        world, page = setup.session.world, setup.answers.page_id
        chat = f"{world.m_me}/{page}"
        self._links = {"say_hello": chat, "ask_for_human": chat, "close_in_live_chat": world.livechat}

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        return self._person.instruct(step, text, link or self._links.get(step, ""), copied)

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        try:
            return self._person.ask(question, text, choices)
        except NoAnswer:
            if question not in _LEFT_ALONE:
                raise
            return _LEFT_ALONE[question]


def _show(setup: "Setup", result: TrialResult, graph: Graph) -> None:
    result = replace(
        result,
        app=_with_name(setup, graph, result.app) if result.app else None,
        first_app=_with_name(setup, graph, result.first_app) if result.first_app else None,
    )
    setup.session.add_test(result)
    cast, printer = trial.Cast(*setup.answers.pair), setup.printer
    said = trial.result(result, cast)
    if result.part is Part.FACEBOOK_ALLOWS and result.found is Found.WORKS:
        allowed = _("Facebook lets the conversation go to {app}.").format(app=asking.app_name(cast.live_chat))
        goes_on = _("Now it is the turn of your bot.") if result.may_go_on else ""
        printer.say(f"{allowed} {goes_on}".strip())
    else:
        printer.say(f"{said.title} {said.detail}".strip())
    if result.is_left_elsewhere:
        _say_not_back(setup, result, cast)
    elif result.ended.back is not Back.UNTOUCHED and not result.may_go_on:
        printer.say(trial.back(result, cast).title)


def _say_not_back(setup: "Setup", result: TrialResult, cast: trial.Cast) -> None:
    printer = setup.printer
    printer.problem(trial.back(result, cast).title, _("There are three ways out:"))
    until = result.ended.left.expires_at if result.ended.left else None
    for number, way in enumerate(trial.ways_out(cast, clock_time(until) if until else ""), start=1):
        printer.say(f"{number}. {way}", indent=2)
    if not result.by_eye:
        printer.say(_("Then run “handover-wizard recover”: it looks, and brings the conversation back."))


def bring_back_open_tests(setup: "Setup", graph: Graph, psid: str) -> bool:
    """After an interruption: bring back in time what this run left open. True: nothing is with the wrong app."""
    cancel = CancelToken()
    timer = threading.Timer(limits.RESTORE_ON_EXIT, cancel.cancel)
    timer.daemon = True
    with suppress(RuntimeError):  # no thread to be had: then the short time limits of each call must do
        timer.start()
    session, answers = setup.session, setup.answers
    app_id = answers.token_app.id if answers.token_app else ""
    mine = (answers.page_id, app_id, psid)  # other tests need their own token
    entries = [entry for entry in session.open_tests() if (entry.page_id, entry.token_app_id, entry.psid) == mine]
    hurried = graph.hurried(cancel)
    are_back = [_is_brought_back(session, hurried, entry, cancel, setup.printer) for entry in entries]
    timer.cancel()
    return all(are_back)


def _is_brought_back(session: "Session", graph: Graph, entry: OpenTest, cancel: CancelToken, printer: Printer) -> bool:
    printer.say(_("Bringing the conversation back …"))
    try:
        ended = rescue(graph, entry, session.journal, cancel, session.clock, asking.metadata())
    except Cancelled:
        ended = Ended(Back.NOT_BACK)
    if ended.back is Back.NOT_BACK:
        printer.problem(_("The conversation is not back yet."), _("Run “handover-wizard recover”."))
        return False
    printer.say(_("The conversation is back."))
    return True
