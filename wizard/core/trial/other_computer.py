"""Another computer may test the same conversation: no lock of this one is seen there, only that control moves without
us. Then a test ends, and gives nothing to an owner that another test may have made."""

from wizard.core import limits
from wizard.core.facts import Control
from wizard.core.pending import CONTROL_LASTS
from wizard.core.trial.conversation import is_same_owner
from wizard.core.trial.restore import close
from wizard.core.trial.run import TrialRun
from wizard.core.trial_result import Item, OwnerRelation, RestoreEnd, RestoreResult

_ROUNDING = 1.0  # seconds: Facebook tells whole ones


def stands_still(run: TrialRun) -> bool:
    """Whether who had control when it was last read has it still, before anything is changed. What moved a moment ago
    may be in the middle of another test, and is read again when it had time to move on; so is what another app has, or
    nobody: a question may lie between. One reading at most. Raises WizardError, Cancelled."""
    before = run.thread.last
    assert before is not None
    relation, now = run.thread.relation(before), run.thread.graph.time
    began = before.at if before.expires_at is None else before.expires_at - CONTROL_LASTS
    left = min(max(began + limits.STANDS_STILL - now, 0.0), limits.STANDS_STILL)
    if began <= run.written_at + _ROUNDING:
        left = 0.0  # it was the message of the tester
    if relation is OwnerRelation.BOT and (not left or before.expires_at is None):
        return True
    run.cancel.wait(left)
    run.read_owner(Item.OWNER)
    return run.thread.last is not None and is_same_owner(before, run.thread.last)


def has_moved(run: TrialRun, relation: OwnerRelation) -> bool:
    """After a refused change of ours, before the tester was told to write: whether what is seen now cannot come from
    our own steps. With the live chat's token it cannot be told."""
    entry = run.entry
    if entry is None or entry.told_at or not run.thread.speaks_for_bot or relation is OwnerRelation.UNREADABLE:
        return False
    if run.is_with_start_owner():
        return False
    if entry.start is Control.APP and entry.start_app_id != entry.token_app_id:
        return True
    return relation in (OwnerRelation.LIVE_CHAT, OwnerRelation.OTHER, OwnerRelation.HIDDEN)


def end_moved(run: TrialRun) -> RestoreEnd:
    """Nothing more is changed. With its start owner it is back; else the entry stays open: what moved it may be at work
    still."""
    if run.entry is None:
        return RestoreEnd(RestoreResult.UNTOUCHED, left=run.thread.last)
    if run.is_with_start_owner():
        return close(run, RestoreResult.BACK)
    return RestoreEnd(RestoreResult.NOT_BACK, left=run.thread.last)
