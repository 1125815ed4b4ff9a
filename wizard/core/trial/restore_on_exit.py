"""Bringing a conversation back while nobody can be asked: the window closes, or the terminal was interrupted."""

from collections.abc import Sequence

from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.errors import WizardError
from wizard.core.pending import Journal, OpenTest
from wizard.core.ports import Choice, Clock, Graph
from wizard.core.trial.conversation import Thread
from wizard.core.trial.restore import LEAVE, WAIT, bring_back
from wizard.core.trial.restore_later import subject_of
from wizard.core.trial.run import TrialRun
from wizard.core.trial_result import Back, Ended, Event, Seen

_IN_FLIGHT = (2.0,)  # seconds between looks: a pass of ours may arrive after the first
_BOT_REACTS = (2.0, 3.0)  # as long as a bot may take from the tester's message to its pass


class NobodyThere:
    """A person who cannot be asked: whatever needs one stays as it is, with the journal entry open."""

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        return False

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        return {"way_out": WAIT, "bring_back_anyway": LEAVE}.get(question, "")


def thread_of(graph: Graph, entry: OpenTest, cancel: CancelToken) -> Thread:
    return Thread(
        graph,
        cancel,
        entry.psid,
        entry.token_app_id,
        entry.bot,
        entry.live_chat,
        shows_others=entry.shows_others,
        is_just_released=entry.is_just_released,
    )


def rescue(graph: Graph, entry: OpenTest, journal: Journal, cancel: CancelToken, clock: Clock, words: str) -> Ended:
    """Read who has the conversation now and bring it back. A call that was in flight when the test was stopped may
    still have an effect: that is why the owner is read afresh. Whatever fails, what nobody expected as well, the answer
    is NOT_BACK and the entry stays open. Raises Cancelled when the time is over."""

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
        for pause in _pauses(entry):
            if _has_arrived(run, seen):
                break
            cancel.wait(pause)
            seen = run.thread.read()
        return bring_back(run, seen)
    except WizardError as error:
        return Ended(Back.NOT_BACK, error.failure)
    except Cancelled:
        raise
    except Exception:  # this is the last try: an error here must not end the program without the sentence
        return Ended(Back.NOT_BACK)


def _pauses(entry: OpenTest) -> Sequence[float]:
    """A pass may have been on its way when the test was stopped: ours, or the bot's after the tester's message."""
    if entry.passed_at:
        return _IN_FLIGHT
    return _BOT_REACTS if entry.told_at else ()


def _has_arrived(run: TrialRun, seen: Seen) -> bool:
    """For the live chat's token everything but its own control is hidden, the bot's as well."""
    return seen is Seen.LIVE_CHAT or (seen is Seen.HIDDEN and run.thread.speaks_for_bot)
