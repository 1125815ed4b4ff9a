"""Earlier set-ups are kept, listed, and gone on with."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.harness import open_window
from tests.ui.set_up import new_session, ready
from wizard.core.answers import Answers
from wizard.core.flow import StepId
from wizard.core.products import Product
from wizard.ui.pages.check.page import CheckPage
from wizard.ui.pages.setups.page import SetupsPage


def as_after_a_restart(answers: Answers) -> Answers:
    return replace(answers, started=False, token_name="", token_owner=None, bot_product=Product("flow-ai", "Flow.ai"))


def test_starting_over_keeps_the_old_set_up_and_one_can_go_back_to_it(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    old = as_after_a_restart(ready(session, world))
    window = open_window(qtbot, session, old, StepId.WELCOME)
    window.pick("Start over")
    window.press_main()
    assert window.sees("kept under “Earlier set-ups”")
    assert window.main() == "Yes, start over"
    window.press_main()
    assert window.answers == Answers(started=True)
    window.go_back()
    window.press("Earlier set-ups")
    window.until(lambda: isinstance(window.page, SetupsPage))
    window.wait()
    assert window.sees("Lumen Coffee")
    assert window.sees("Goes on at: Test")
    assert window.main() == "Go on with it"
    window.press_main()
    assert window.step() is StepId.LOG_IN
    kept = window.answers
    assert (kept.page_id, kept.bot, kept.live_chat) == (old.page_id, old.bot, old.live_chat)
    assert (kept.roles_confirmed, kept.target, kept.saved_app_id) == (old.roles_confirmed, old.target, old.saved_app_id)
    assert kept.bot_product == old.bot_product
    assert not kept.token_name


def test_one_that_is_open_is_kept_before_another_is_gone_on_with(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    first = as_after_a_restart(ready(session, world))
    session.save_setup(first)
    other = replace(first, page_id="990011223344", page_name="Harbour Tea")
    window = open_window(qtbot, session, other, StepId.WELCOME)
    window.wait()
    window.press("Earlier set-ups")
    window.wait()
    window.press_main()
    assert window.answers.page_name == "Lumen Coffee"
    assert {setup.page_name for _path, setup in session.setups.list().setups} == {"Lumen Coffee", "Harbour Tea"}


def test_an_earlier_one_can_be_checked(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    session.save_setup(as_after_a_restart(ready(session, world)))
    window = open_window(qtbot, session, Answers(), StepId.WELCOME)
    window.wait()
    window.press("Earlier set-ups")
    window.wait()
    window.press_second()
    window.until(lambda: isinstance(window.page, CheckPage))
    window.until_sees("Lumen Coffee")


def test_without_any_nothing_is_offered(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world), Answers(), StepId.WELCOME)
    assert not window.offers("Earlier set-ups")
