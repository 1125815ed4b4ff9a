"""Nothing is green that was not seen: sidebar, checklists and the last page, as eyes and screen readers have them."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.handover_stage import HELLO, HUMAN, ONCE_MORE, TestWindow, window_at_test
from tests.ui.set_up import ready, saved, session_in, without_token
from wizard.actions.roles import confirm_roles
from wizard.core import limits
from wizard.core.answers import TestOutcome, with_changes
from wizard.core.flow import StepId
from wizard.ui.pages.handover_test.stage import Stage
from wizard.ui.widgets.checklist import CheckRow
from wizard.ui.widgets.marks import Mark
from wizard.ui.widgets.notice import Notice, Tone
from wizard.words import steps, verdicts

SEEN = "seen to be right"
DEFAULT_APP = f"Done: {verdicts.title('routing.default_app')}"
HANDS_OVER = f"Done: {verdicts.title('handover.bot_does')}"


def at_test(qtbot: QtBot, world: PracticeWorld, scenario: str, pasted: str = "secondary") -> TestWindow:
    """Everything before the test is done. pasted: the app whose ID went into the bot."""
    session = session_in(world, scenario)
    world.instruct("paste_app_id", copied=world.app(pasted))
    return window_at_test(qtbot, session, world, ready(session, world))


def spoken(window: TestWindow) -> dict[StepId, str]:
    """What a screen reader says after the name of each step in the sidebar."""
    names = [one.text(QAccessible.Text.Name) for one in _below(_root(window))]
    lines = [name for name in names if name.startswith("Step ") and ": " in name]
    said = {}
    for step in StepId:
        line = next((name for name in lines if f": {steps.name(step)}, " in name), None)
        if line is not None:
            said[step] = line.split(f": {steps.name(step)}, ")[1]
    return said


def written(window: TestWindow) -> dict[StepId, str]:
    """What stands below the names in the sidebar."""
    shown = [button for button in window.shell.sidebar.buttons if button.isVisible() and button.note]
    return {button.stop.step: button.note for button in shown if button.stop is not None}


def _root(window: TestWindow) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(window.shell)


def _below(part: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    for at in range(part.childCount()):
        child = part.child(at)
        if not child.state().invisible:
            yield child
            yield from _below(child)


def green_rows(window: TestWindow) -> set[str]:
    """The lines of checklists that are said, and painted, as seen to be right."""
    names = {one.text(QAccessible.Text.Name) for one in _below(_root(window))}
    rows = [row for row in window.shell.findChildren(CheckRow) if row.isVisible()]
    painted = {row.accessibleName() for row in rows if row.view.mark is Mark.DONE}
    said = {name for name in names if name.startswith("Done: ")}
    assert painted == said
    return said


def _is_green(window: TestWindow) -> bool:
    return any(one.isVisible() and one.tone is Tone.OK for one in window.shell.findChildren(Notice))


def test_without_a_default_app_the_steps_it_disproves_have_failed(
    qtbot: QtBot, world: PracticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MESSAGE", 1.0)  # the tester is told to write once more, and does not
    window = at_test(qtbot, world, "no-default-app")
    assert spoken(window)[StepId.ROLES] == "you said so"
    window.start_test()
    window.until_sees("It may belong to another app")
    window.pick("I agree")
    window.press("Go on")
    window.until_stage(Stage.OVER)
    owner = next(item for item in window.page.live.checklist.items() if item.id.endswith(" owner"))
    assert owner.mark is Mark.UNKNOWN, "nobody has it, or Facebook does not show it"
    window.press("Go on anyway")
    assert window.step() is StepId.FINISHED
    said = spoken(window)
    assert (said[StepId.TEST], said[StepId.ROLES]) == ("failed", "failed")
    assert said[StepId.BOT_SETTINGS] == "you said so"
    assert window.sees("The handover does not work yet")
    assert not _is_green(window)
    assert not {DEFAULT_APP, HANDS_OVER} & green_rows(window)
    window.shell.open_step(StepId.ROLES)
    assert not [name for name in green_rows(window) if "default app" in name]


def test_a_wrong_app_id_in_the_bot_leaves_nothing_green_about_it(qtbot: QtBot, world: PracticeWorld) -> None:
    window = at_test(qtbot, world, "wrong-id-saved", pasted="third")
    window.start_test()
    window.until_sees(HUMAN)
    world.instruct("ask_for_human")
    window.until_sees("Order Robot has control now")
    window.press("Bring it back")
    window.until_stage(Stage.OVER)
    window.press("Go on anyway")
    said = spoken(window)
    assert said[StepId.TEST] == "failed"
    assert SEEN not in said[StepId.BOT_SETTINGS]
    assert SEEN not in said[StepId.APP_ID]
    assert window.sees("The handover does not work yet")
    assert not _is_green(window)
    assert not {f"Done: {verdicts.title('target.saved')}", HANDS_OVER} & green_rows(window)


def test_a_skipped_test_and_everything_without_a_token_is_nowhere_green(qtbot: QtBot, world: PracticeWorld) -> None:
    session = session_in(world, "happy-routing")
    answers = with_changes(
        confirm_roles(saved(without_token(world))),
        test=TestOutcome.SKIPPED,
        test_skipped_because="My team is at lunch",
    )
    window = window_at_test(qtbot, session, world, answers)
    assert SEEN not in " ".join(spoken(window).values())
    window.shell.open_step(StepId.FINISHED)
    said = spoken(window)
    assert (said[StepId.LOG_IN], said[StepId.TEST]) == ("not logged in", "skipped")
    said.pop(StepId.FINISHED)
    assert written(window) == {step: words for step, words in said.items() if words != "can be opened"}
    assert SEEN not in " ".join(said.values())
    assert window.sees("Not tested yet")
    assert not _is_green(window)
    window.shell.open_step(StepId.ROLES)
    assert not green_rows(window)
    assert window.sees("You said so: Let Flow bot answer first")


@pytest.mark.parametrize("leaves_by", ["Stop and bring back", "Back"])
def test_a_test_that_was_stopped_is_neither_skipped_nor_green(
    qtbot: QtBot, world: PracticeWorld, leaves_by: str
) -> None:
    window = at_test(qtbot, world, "happy-routing")
    window.shell.take_answers(
        with_changes(window.answers, test=TestOutcome.SKIPPED, test_skipped_because="My team is at lunch")
    )
    window.start_test()
    window.until_sees(HELLO)
    window.press(leaves_by)
    window.until(lambda: window.step() is StepId.BOT_SETTINGS or window.page.stage is Stage.READY)
    window.wait()
    said = spoken(window)
    assert said[StepId.TEST].startswith("stopped")
    assert said[StepId.FINISHED] == "not yet"
    window.assert_restored()


def test_what_was_seen_is_green_until_it_is_old(qtbot: QtBot, world: PracticeWorld) -> None:
    window = at_test(qtbot, world, "happy-routing")
    window.start_test()
    window.until_sees(HELLO)
    world.instruct("say_hello")
    window.until_sees(HUMAN)
    world.instruct("ask_for_human")
    window.until_sees(ONCE_MORE)
    world.instruct("write_once_more")
    window.until_stage(Stage.OVER)
    window.begin()
    said = spoken(window)
    assert {step for step, words in said.items() if words == SEEN} == {
        StepId.LOG_IN,
        StepId.APPS,
        StepId.ROLES,
        StepId.APP_ID,
        StepId.BOT_SETTINGS,
        StepId.TEST,
    }
    assert window.sees("Your bot hands over to your live chat")
    window.press("What was checked (19 points)")
    assert HANDS_OVER in green_rows(window)
    window.clock.ahead += 31 * 24 * 3600
    window.shell.open_step(StepId.FINISHED)
    assert SEEN not in spoken(window)[StepId.TEST]
    assert HANDS_OVER not in green_rows(window)
    assert not _is_green(window)
