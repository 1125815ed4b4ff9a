"""The test from the terminal: find the conversation, run the parts that this token can run, and always bring back."""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from wizard.core.answers import TokenOwner
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.open_test import OpenTest, Part
from wizard.core.ports import Choice, Graph
from wizard.core.secret import Secret
from wizard.core.trial.find import CodeSearch, new_code, newest_conversations, wait_for_code
from wizard.core.trial.part_a import run_part_a
from wizard.core.trial.part_b import run_by_eye, run_part_b
from wizard.core.trial.rescue import rescue
from wizard.core.trial.result import (
    Back,
    ConsentRequest,
    ConsentTo,
    Ended,
    Event,
    ItemState,
    TrialResult,
)
from wizard.core.trial.run import Subject, TrialRun
from wizard.core.trial.thread import Thread
from wizard.terminal.printing import Printer
from wizard.words import asking, trial
from wizard.words.language import _
from wizard.words.moments import clock_time

if TYPE_CHECKING:
    from wizard.session import Session
    from wizard.terminal.setup import Setup

RESCUE_SECONDS = 15.0


def run_tests(setup: "Setup") -> str:
    """Run the tests and put the results into the session. Returns why they were skipped, "" where they were not."""
    session, answers = setup.session, setup.answers
    if not answers.has_token or answers.token_owner is TokenOwner.NEITHER:
        return _by_eye(setup)
    graph = session.graph_of(answers.token_name, setup.cancel)
    psid = setup.options.test_conversation or _find_conversation(setup, graph)
    if not psid:
        return _("The test was skipped: nobody agreed to it, or no conversation was chosen.")
    try:
        if answers.token_owner is TokenOwner.BOT:
            _show(setup, part := run_part_a(_new_run(setup, graph, psid)))
            if not part.may_go_on:
                setup.printer.say(_("Your bot was not tried: this comes first."))
                return ""
            _show(setup, run_part_b(_new_run(setup, graph, psid), part.is_probe_good))
        else:
            _show(setup, run_part_b(_new_run(setup, graph, psid), is_probe_good=False))
    except KeyboardInterrupt:
        bring_back_open_tests(session, graph, setup.printer)
        raise
    return ""


def _by_eye(setup: "Setup") -> str:
    if not setup.options.consent and not setup.consent(ConsentRequest(ConsentTo.TEST, setup.answers.live_chat)):
        return _("The test was skipped: nobody agreed to it.")
    # Nothing is called through it: what is seen by eye needs no token.
    graph = setup.session.graph(Secret(""), None, setup.cancel)
    _show(setup, run_by_eye(_new_run(setup, graph, "")))
    return ""


def _find_conversation(setup: "Setup", graph: Graph) -> str:
    """The PSID of the tester: whoever sends the code. "" where nobody agreed or chose."""
    if not setup.consent(ConsentRequest(ConsentTo.READ_MESSAGES)):
        return ""
    text = _("Handover test {code}").format(code=new_code())
    shown_at = graph.time
    link = f"{setup.session.world.m_me}/{setup.answers.page_id}?text={quote(text)}"
    told = _("Send this from your own Messenger, not as the Page: {text}").format(text=text)
    setup.person.instruct("send_code", told, link, text)
    search = CodeSearch(graph, setup.answers.page_id, text, shown_at)
    found = wait_for_code(search, setup.cancel, setup.session.clock, lambda look: None, setup.options.wait)
    if len(found.matches) == 1:
        return found.matches[0].psid
    if found.refused is not None:
        setup.printer.failure(found.refused)
    rows = found.matches or newest_conversations(graph)
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

    return TrialRun(
        subject,
        Thread(graph, setup.cancel, psid, token_app_id, bot, live_chat),
        session.journal,
        _WithLinks(setup, psid),
        setup.consent,
        setup.cancel,
        session.clock,
        tell,
        say=asking.say,
        window=setup.options.wait,
    )


class _WithLinks:
    """The person, given the place where each thing is done."""

    def __init__(self, setup: "Setup", psid: str) -> None:
        self._setup = setup
        world, page = setup.session.world, setup.answers.page_id
        chat = f"{world.m_me}/{page}"
        self._links = {"say_hello": chat, "ask_for_human": chat, "close_in_live_chat": world.livechat}
        self._psid = psid

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        return self._setup.person.instruct(step, text, link or self._links.get(step, ""), copied)

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        if question == "way_out":
            for number, way in enumerate(trial.ways_out(trial.Cast(*self._setup.answers.pair), ""), start=1):
                self._setup.printer.say(f"  {number}. {way}")
        return self._setup.person.ask(question, text, choices)


def _show(setup: "Setup", result: TrialResult) -> None:
    setup.session.add_test(result)
    cast = trial.Cast(*setup.answers.pair)
    said = trial.result(result, cast)
    title = {Part.FACEBOOK_ALLOWS: _("Facebook allows it"), Part.BOT_DOES: _("Your bot does it")}[result.part]
    setup.printer.say(f"{title}: {said.title} {said.detail}".strip())
    if result.ended.back is not Back.UNTOUCHED:
        back = trial.back(result, cast)
        setup.printer.say(f"{back.title} {back.detail}".strip())
    if result.is_left_elsewhere:
        until = result.ended.left.expires_at if result.ended.left else None
        for number, way in enumerate(trial.ways_out(cast, clock_time(until) if until else ""), start=1):
            setup.printer.say(f"  {number}. {way}")


def bring_back_open_tests(session: "Session", graph: Graph, printer: Printer) -> bool:
    """After an interruption: bring back what is open, within 15 s. True: nothing is left with the wrong app."""
    cancel = CancelToken()
    timer = threading.Timer(RESCUE_SECONDS, cancel.cancel)
    timer.daemon = True
    timer.start()
    are_back = [
        _is_brought_back(session, graph.hurried(cancel), entry, cancel, printer) for entry in session.open_tests()
    ]
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
