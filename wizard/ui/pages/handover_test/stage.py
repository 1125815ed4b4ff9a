"""The stages of the test page, and what its two buttons do at each."""

from enum import StrEnum

from wizard.i18n.language import _


class Stage(StrEnum):
    CODE = "code"  # the code is shown
    CHOOSE = "choose"  # it was not found, or twice
    READY = "ready"  # the conversation is known, or none is needed
    RUNNING = "running"
    RESCUE = "rescue"  # stopped: the conversation is being brought back
    OVER = "over"


def primary_text(stage: Stage) -> str:
    if stage is Stage.CODE:
        return _("I have sent it")
    if stage in (Stage.CHOOSE, Stage.READY):
        return _("Start the test")
    return ""


def secondary_text(stage: Stage) -> str:
    return {
        Stage.CHOOSE: _("Look again"),
        Stage.RUNNING: _("Stop and bring back"),
        Stage.OVER: _("Test again"),
    }.get(stage, "")
