"""The last page, with the tests that were run before it."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.hands import click
from tests.ui.harness import Window, open_window
from tests.ui.set_up import app_of, new_session, ready
from wizard.core.answers import TestOutcome, with_changes
from wizard.core.facts import Control, OwnerReading
from wizard.core.flow import StepId
from wizard.core.pending import TrialPart
from wizard.core.trial_result import RestoreEnd, RestoreResult, TrialOutcome, TrialResult


def seen_handover(world: PracticeWorld, at: float) -> TrialResult:
    """A test as part B reports it when all went well. at: Unix seconds of its readings."""
    bot, live_chat = app_of(world, "primary"), app_of(world, "secondary")
    readings = tuple(OwnerReading(world.tester, Control.APP, at, app.id) for app in (bot, live_chat, bot))
    ended = RestoreEnd(RestoreResult.BACK, left=readings[-1])
    return TrialResult(TrialPart.BOT_DOES, TrialOutcome.BOT_HANDED_OVER, ended, live_chat, bot, readings=readings)


def seen_to_be_allowed(world: PracticeWorld, at: float) -> TrialResult:
    """A test as part A reports it when all went well."""
    return replace(seen_handover(world, at), part=TrialPart.FACEBOOK_ALLOWS, outcome=TrialOutcome.WORKS, first_app=None)


def finished(qtbot: QtBot, world: PracticeWorld, *tests: TrialResult, skipped: str = "") -> Window:
    session = new_session(world)
    outcome = TestOutcome.SKIPPED if skipped else TestOutcome.PASSED
    answers = with_changes(ready(session, world), test=outcome, test_skipped_because=skipped)
    session.tests = tests
    return open_window(qtbot, session, answers, StepId.FINISHED)


def open_details(window: Window) -> None:
    click(window.page.details_fold.button)
