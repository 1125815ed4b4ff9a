"""What a refusal tells about the bot's switches: only a refused take without another known reason."""

from typing import Any

import pytest

from tests.core.trial.conftest import StageIn
from wizard.core.errors import ErrorKind
from wizard.core.facts import Facts
from wizard.core.roles import role_evidence
from wizard.core.trial_result import TrialOutcome


@pytest.mark.parametrize(
    ("call", "error", "kind", "is_about_the_switch"),
    [
        ("take", {"code": 10}, ErrorKind.TAKE_REFUSED, True),
        ("take", {"code": 10, "subcode": 2018278}, ErrorKind.OUTSIDE_WINDOW, False),
        ("take", {"code": 10, "subcode": 1893063}, ErrorKind.PAGE_RESTRICTED, False),
        ("take", {"code": 27}, ErrorKind.NO_DEFAULT_APP, False),
        ("take", {"code": 100}, ErrorKind.TAKE_REFUSED, True),  # "Invalid parameter", and nothing else
        ("take", {"code": 100, "message": "(#100) No app of this ID"}, ErrorKind.BAD_REQUEST, False),
        ("take", {"code": 3, "message": "(#3) No capability"}, ErrorKind.PERMISSION_MISSING, False),
        ("take", {"code": 99999, "message": "(#99999) Odd"}, ErrorKind.UNKNOWN, False),
        ("take", {"code": 12, "message": "(#12) Old"}, ErrorKind.API_VERSION, False),
        ("release", {"code": 10}, ErrorKind.PERMISSION_MISSING, False),
    ],
)
def test_only_a_refused_take_is_about_the_switch(
    stage_in: StageIn,
    call: str,
    error: dict[str, Any],
    kind: ErrorKind,
    is_about_the_switch: bool,
) -> None:
    stage = stage_in()
    stage.world.fault(f"POST me/{call}_thread_control", error)
    result = stage.part_a()
    assert result.outcome is TrialOutcome.PROBE_REFUSED
    assert result.failure is not None
    assert result.failure.kind is kind
    seen = role_evidence(Facts(), [result], stage.bot.id, stage.bot.id)
    assert (seen.take_refusal is not None) is is_about_the_switch
