"""Bringing a conversation back while nobody can be asked: the window closes, or the terminal was interrupted."""

from collections.abc import Sequence

from wizard.core import limits
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.errors import WizardError
from wizard.core.pending import Journal, PendingTest
from wizard.core.ports import Choice, Clock, GraphApi
from wizard.core.trial.conversation import ControlledConversation
from wizard.core.trial.restore import restore
from wizard.core.trial.restore_later import subject_of
from wizard.core.trial.run import TrialRun
from wizard.core.trial_result import Event, OwnerRelation, RestoreEnd, RestoreResult


class UnattendedPerson:
    """A person who cannot be asked: whatever needs one stays as it is, with the journal entry open."""

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        return False

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        """No answer: nobody has chosen to leave it where it is."""
        return ""


def thread_of(graph: GraphApi, entry: PendingTest, cancel: CancelToken) -> ControlledConversation:
    return ControlledConversation(
        graph,
        cancel,
        entry.psid,
        entry.token_app_id,
        entry.bot,
        entry.live_chat,
        shows_others=entry.shows_others,
        is_just_released=entry.is_just_released,
    )


def restore_on_exit(
    graph: GraphApi, entry: PendingTest, journal: Journal, cancel: CancelToken, clock: Clock, words: str
) -> RestoreEnd:
    """Read who has the conversation now and bring it back. A call that was in flight when the test was stopped may
    still have an effect: that is why the owner is read afresh. Whatever fails, what nobody expected as well, the answer
    is NOT_BACK and the entry stays open. Raises Cancelled when the time is over."""

    def tell(event: Event) -> None:
        """Nobody watches."""

    run = TrialRun(
        subject_of(entry, words),
        thread_of(graph, entry, cancel),
        journal,
        UnattendedPerson(),
        lambda request: False,
        cancel,
        clock,
        tell,
        entry=entry,
        answers_first=entry.answers_first,
    )
    try:
        relation = run.thread.read()
        for pause in _pauses(entry):
            if _has_arrived(run, relation):
                break
            cancel.wait(pause)
            relation = run.thread.read()
        return restore(run, relation)
    except WizardError as error:
        return RestoreEnd(RestoreResult.NOT_BACK, error.failure)
    except Cancelled:
        raise
    except Exception:  # this is the last try: an error here must not end the program without the sentence
        return RestoreEnd(RestoreResult.NOT_BACK)


def _pauses(entry: PendingTest) -> Sequence[float]:
    """Return seconds between looks: a pass may have been on its way when the test was stopped, ours, or the bot's after
    the tester's message."""
    if entry.passed_at:
        return limits.IN_FLIGHT
    return limits.BOT_REACTS if entry.told_at else ()


def _has_arrived(run: TrialRun, relation: OwnerRelation) -> bool:
    """For the live chat's token everything but its own control is hidden, the bot's as well."""
    return relation is OwnerRelation.LIVE_CHAT or (relation is OwnerRelation.HIDDEN and run.thread.speaks_for_bot)
