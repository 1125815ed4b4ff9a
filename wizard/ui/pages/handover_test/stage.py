"""How far the test page is, and what it keeps while nothing runs."""

from dataclasses import dataclass
from enum import StrEnum

from wizard.actions.find_conversation import ConversationList, TesterCode
from wizard.actions.trial import TrialPlan
from wizard.core.answers import Answers
from wizard.core.trial_result import RestoreEnd, TrialResult
from wizard.ui.pages.handover_test.live import LiveDraft


class Stage(StrEnum):
    CODE = "code"  # the code is shown
    CHOOSE = "choose"  # the message was not found, or twice
    READY = "ready"  # the conversation is known, or none is needed
    RUNNING = "running"
    RESTORE = "rescue"  # stopped: the conversation is being restored
    OVER = "over"


@dataclass(frozen=True, slots=True)
class TrialWork:
    """stopped: how a test that was stopped ended, and whether by an error. goes_on: a search for the message was ended
    for the page made anew to begin it again."""

    stage: Stage
    key: tuple[object, ...]
    plan: TrialPlan
    last: TrialResult | None
    was_left: bool
    stopped: tuple[list[RestoreEnd], bool] | None
    found: str
    finding: tuple[Answers, TesterCode | None, ConversationList | None, bool]
    live: LiveDraft
    goes_on: bool
