"""Bringing a conversation back while nobody can be asked: the window closes, or the terminal was interrupted."""

from collections.abc import Sequence

from wizard.core.cancel import CancelToken
from wizard.core.errors import WizardError
from wizard.core.open_test import Journal, OpenTest
from wizard.core.ports import Choice, Clock, Graph
from wizard.core.trial.bring_back import LEAVE, WAIT, bring_back
from wizard.core.trial.recovery import subject_of
from wizard.core.trial.result import Back, Ended, Event
from wizard.core.trial.run import TrialRun
from wizard.core.trial.thread import Seen, Thread

_IN_FLIGHT = 2.0  # seconds


class NobodyThere:
    """A person who cannot be asked: whatever needs one stays as it is, with the journal entry open."""

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        return False

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        return {"way_out": WAIT, "bring_back_anyway": LEAVE}.get(question, "")


def thread_of(graph: Graph, entry: OpenTest, cancel: CancelToken) -> Thread:
    return Thread(graph, cancel, entry.psid, entry.token_app_id, entry.bot, entry.live_chat, entry.nothing_means_idle)


def rescue(graph: Graph, entry: OpenTest, journal: Journal, cancel: CancelToken, clock: Clock, words: str) -> Ended:
    """Read who has the conversation now and bring it back. A call that was in flight when the test was stopped may
    still have an effect: that is why the owner is read afresh. Raises Cancelled when the time is over."""

    def tell(event: Event) -> None:
        """Nobody watches."""

    run = TrialRun(
        subject_of(entry, words),
        thread_of(graph, entry, cancel),
        journal,
        NobodyThere(),
        lambda request: False,
        cancel,
        clock,
        tell,
        entry=entry,
    )
    try:
        seen = run.thread.read()
        if entry.passed_at and seen not in (Seen.LIVE_CHAT, Seen.HIDDEN):
            # The pass may have been in flight when the test was stopped, and arrive after this reading.
            cancel.wait(_IN_FLIGHT)
            seen = run.thread.read()
    except WizardError as error:
        return Ended(Back.NOT_BACK, error.failure)
    return bring_back(run, seen)
