"""One route decides Next, Back, the sidebar, the narrow header and what a screen reader says."""

import gettext
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui import demo, harness
from tests.ui.hands import click, press
from wizard.core.answers import Answers
from wizard.core.flow import SETUP, StepId, StepState
from wizard.core.target import TargetChoice
from wizard.core.version import __version__
from wizard.i18n import language
from wizard.ui.jobs import JobContext
from wizard.ui.services import FailureText, Services
from wizard.ui.theme import Theme
from wizard.ui.widgets.cards import CardGroup, CardOption
from wizard.ui.window.route_view import StepStatus
from wizard.ui.window.shell import Shell
from wizard.words import help_texts


class Marked(gettext.NullTranslations):
    """A language in which every sentence is recognised."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


ROUTES = [Answers(), Answers(started=True), demo.READY_FOR_TEST, demo.AT_TEST, demo.ALL_DONE]


def make(qtbot: QtBot, services: Services, answers: Answers, start: StepId) -> Shell:
    return harness.shown(qtbot, demo.make_shell(services, answers, start))


def shown(shell: Shell) -> StepId:
    return shell.page.step


@pytest.mark.parametrize("answers", ROUTES)
def test_sidebar_next_and_back_agree_with_the_route(qtbot: QtBot, services: Services, answers: Answers) -> None:
    reachable = [step.id for step in SETUP.reachable(answers)]
    shell = make(qtbot, services, answers, reachable[-1])
    enabled = [button.stop.step for button in shell.sidebar.buttons if button.stop and button.isEnabled()]
    assert [StepId.WELCOME, *enabled] == [*reachable] if reachable[0] is StepId.WELCOME else enabled == reachable
    for step in reachable:
        shell.open_step(step)
        assert shown(shell) is step
        is_last = step is StepId.FINISHED
        assert shell.next_button.isEnabled() is (is_last or SETUP.after(step, answers) is not None)
        assert shell.back_button.isVisible() is (SETUP.before(step, answers) is not None)
        current = [button for button in shell.sidebar.buttons if button.stop is not None]
        standing = {button.stop.step: button.stop.status for button in current if button.stop is not None}
        assert [at for at, how in standing.items() if how is StepStatus.CURRENT] == [step] * (step in standing)


def test_next_and_back_walk_the_route(qtbot: QtBot, services: Services) -> None:
    shell = make(qtbot, services, demo.ALL_DONE, StepId.WELCOME)
    seen = [shell.page.step]
    while shown(shell) is not StepId.FINISHED:
        click(shell.next_button)
        seen.append(shell.page.step)
    assert seen == list(StepId)
    for step in reversed(seen[:-1]):
        click(shell.back_button)
        assert shown(shell) is step


def test_a_step_further_than_allowed_is_not_opened(shell: Shell) -> None:
    assert shown(shell) is StepId.APP_ID  # asked for Test, but no target is chosen yet
    shell.go_to(StepId.FINISHED)
    assert shown(shell) is not StepId.FINISHED


def test_an_answer_opens_next_and_moves_the_sign(qtbot: QtBot, services: Services) -> None:
    shell = make(qtbot, services, demo.READY_FOR_TEST, StepId.APP_ID)
    assert not shell.next_button.isEnabled()
    with qtbot.waitSignal(shell.answers_changed) as saved:
        shell.page.offer(replace(shell.answers, target=TargetChoice("flow")))
    assert shell.next_button.isEnabled()
    assert saved.args is not None
    assert saved.args[0].target == TargetChoice("flow")
    click(shell.next_button)
    app_id = next(button for button in shell.sidebar.buttons if button.stop and button.stop.step is StepId.APP_ID)
    assert app_id.stop is not None
    assert app_id.stop.state is StepState.SAID


def test_a_page_that_finishes_shows_its_answers_where_it_cannot_be_left(qtbot: QtBot, services: Services) -> None:
    shell = make(qtbot, services, demo.READY_FOR_TEST, StepId.APP_ID)
    page = shell.page
    without_app = replace(shell.answers, live_chat=None)
    with qtbot.waitSignal(shell.answers_changed):
        page.finish(without_app)
    assert shell.page is page
    assert page.answers == without_app
    assert not shell.next_button.isEnabled()
    with qtbot.waitSignal(shell.answers_changed):
        page.finish(demo.AT_TEST)
    assert shell.answers == demo.AT_TEST
    assert shown(shell) is StepId.BOT_SETTINGS
    click(shell.back_button)
    assert shell.page is page
    assert page.answers == demo.AT_TEST


def test_answers_that_fall_close_the_way(qtbot: QtBot, services: Services) -> None:
    shell = make(qtbot, services, demo.ALL_DONE, StepId.LOG_IN)
    shell.page.offer(replace(shell.answers, page_id=""))
    assert not shell.next_button.isEnabled()
    assert [button.isEnabled() for button in shell.sidebar.buttons] == [True] * 2 + [False] * 6


def test_sidebar_click_opens_a_step(qtbot: QtBot, services: Services) -> None:
    shell = make(qtbot, services, demo.AT_TEST, StepId.TEST)
    click(shell.sidebar.buttons[2])
    assert shown(shell) is StepId.APPS


def test_what_was_typed_survives_back(qtbot: QtBot, services: Services) -> None:
    shell = make(qtbot, services, demo.ALL_DONE, StepId.APPS)
    field = shell.page.first_field()
    assert isinstance(field, QLineEdit)
    field.setText("half")
    click(shell.back_button)
    click(shell.next_button)
    assert shell.page.first_field() is field
    assert field.text() == "half"


# Keyboard and screen reader


def test_focus_goes_to_the_first_field_of_the_new_page(qtbot: QtBot, services: Services) -> None:
    shell = make(qtbot, services, demo.ALL_DONE, StepId.APPS)
    click(shell.next_button)
    assert shell.focusWidget() is shell.page.first_field()


def test_page_change_is_announced(qtbot: QtBot, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("wizard.ui.window.route_frame.announce", lambda widget, text, urgent=False: said.append(text))
    shell = make(qtbot, services, demo.ALL_DONE, StepId.WELCOME)
    qtbot.waitUntil(lambda: bool(said))
    click(shell.next_button)
    click(shell.next_button)
    assert said[1].startswith("Step 1 of 8: ")
    assert said[2].startswith("Step 2 of 8: ")
    assert shell.page.title() in said[2]


def test_enter_goes_on_and_alt_left_goes_back(qtbot: QtBot, services: Services) -> None:
    shell = make(qtbot, services, demo.ALL_DONE, StepId.APPS)
    field = shell.page.first_field()
    assert field is not None
    press(field, Qt.Key.Key_Return)
    assert shown(shell) is StepId.ROLES
    press(shell, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown(shell) is StepId.APPS


def test_enter_on_another_button_presses_that_button(qtbot: QtBot, services: Services) -> None:
    shell = make(qtbot, services, demo.ALL_DONE, StepId.APPS)
    shell.back_button.setFocus()
    press(shell.back_button, Qt.Key.Key_Return)
    assert shown(shell) is StepId.LOG_IN


def test_enter_takes_a_choice_and_goes_on_from_the_one_that_is_taken(qtbot: QtBot, services: Services) -> None:
    shell = make(qtbot, services, demo.ALL_DONE, StepId.APPS)
    cards = CardGroup("Which is your bot?")
    cards.show_cards([CardOption("a", "Flow bot"), CardOption("b", "Another one")])
    shell.page.body.addWidget(cards)
    card = cards.card("b")
    card.setFocus()
    press(card, Qt.Key.Key_Return)
    assert cards.choice() == "b"
    assert shown(shell) is StepId.APPS
    press(card, Qt.Key.Key_Return)
    assert shown(shell) is StepId.ROLES


def test_enter_does_nothing_while_next_is_off(qtbot: QtBot, services: Services) -> None:
    shell = make(qtbot, services, demo.READY_FOR_TEST, StepId.APP_ID)
    field = shell.page.first_field()
    assert field is not None
    press(field, Qt.Key.Key_Return)
    assert shown(shell) is StepId.APP_ID


def test_tab_reaches_every_button_of_the_footer(qtbot: QtBot, services: Services) -> None:
    shell = make(qtbot, services, demo.AT_TEST, StepId.TEST)
    seen = set()
    for _press in range(30):
        press(shell.focusWidget(), Qt.Key.Key_Tab)
        seen.add(shell.focusWidget())
    footer = shell.footer
    assert {footer.details_button, footer.back_button, footer.secondary_button, shell.sidebar.help_button} <= seen


def test_f1_shows_the_help_of_this_page(qtbot: QtBot, services: Services, qapp: QApplication) -> None:
    shell = make(qtbot, services, demo.AT_TEST, StepId.TEST)
    press(shell, Qt.Key.Key_F1)
    help_panel = shell.help_panel
    assert help_panel is not None
    assert help_panel.isVisible()
    assert any("What the test does" in text for text in help_panel.sentences())
    assert any("Answers first" in text for text in help_panel.sentences())
    press(help_panel, Qt.Key.Key_Escape)
    assert not help_panel.isVisible()


@pytest.mark.parametrize("step", StepId)
def test_every_step_has_help(qtbot: QtBot, services: Services, step: StepId) -> None:
    shell = make(qtbot, services, demo.ALL_DONE, step)
    shell.show_help()
    assert shell.help_panel is not None
    about = help_texts.topic(step.value)
    assert about is not None
    assert shell.help_panel.sentences()[0] == about.title


# Size and language


def test_narrow_window_turns_the_sidebar_into_a_menu(qtbot: QtBot, services: Services) -> None:
    shell = make(qtbot, services, demo.AT_TEST, StepId.TEST)
    assert not shell.is_narrow
    shell.resize(700, 640)
    qtbot.waitUntil(lambda: shell.is_narrow)
    assert not shell.sidebar.isVisible()
    assert shell.header.menu_button.text().startswith("Step 7 of 8 · Test")
    shell.header.menu.popup(shell.pos())  # a click on the button would wait here until it is closed
    actions = shell.header.menu.actions()
    assert [action.isEnabled() for action in actions] == [True] * 7 + [False]
    assert actions[6].text().endswith("you are here")
    assert actions[7].text().endswith("not yet")
    actions[2].trigger()
    assert shown(shell) is StepId.APPS
    shell.resize(1040, 720)
    qtbot.waitUntil(lambda: not shell.is_narrow)


def test_a_long_name_of_the_page_keeps_its_beginning(qtbot: QtBot, services: Services) -> None:
    shell = make(
        qtbot, services, replace(demo.AT_TEST, page_name="Lumen Coffee and Tea Roasters of the Harbour"), StepId.TEST
    )
    shell.resize(480, 640)
    qtbot.waitUntil(lambda: shell.is_narrow)
    label = shell.header.page_label
    qtbot.waitUntil(lambda: 0 < label.width() < label.sizeHint().width())
    assert label.shown_text().startswith("Lumen")
    assert label.shown_text().endswith("…")
    assert label.fontMetrics().horizontalAdvance(label.shown_text()) <= label.width()
    assert "Harbour" in label.text()  # for a screen reader


def test_double_text_fits_a_small_screen(qtbot: QtBot, services: Services, theme: Theme) -> None:
    theme.use_text_scale(2.0)
    shell = make(qtbot, services, demo.AT_TEST, StepId.TEST)
    shell.resize(1024, 640)
    qtbot.waitUntil(lambda: shell.is_narrow and shell.size() == QSize(1024, 640))
    footer = shell.footer
    for button in (
        shell.header.help_button,
        footer.details_button,
        footer.back_button,
        footer.secondary_button,
        footer.next_button,
    ):
        corner = button.mapTo(shell, button.rect().bottomRight())
        assert shell.rect().contains(corner), button.text()
        assert button.width() >= button.sizeHint().width(), button.text()
    assert shell.stack.height() > 320  # more than half is left for the page


def test_text_size_changed_while_running_is_followed(qtbot: QtBot, services: Services, theme: Theme) -> None:
    shell = make(qtbot, services, demo.AT_TEST, StepId.TEST)
    before = shell.page.title_label.fontMetrics().height()
    theme.use_text_scale(1.5)
    qtbot.waitUntil(lambda: shell.page.title_label.fontMetrics().height() > before * 1.3)


def test_a_sidebar_that_gave_way_to_large_text_comes_back_with_the_small_one(
    qtbot: QtBot, services: Services, theme: Theme
) -> None:
    shell = make(qtbot, services, demo.ALL_DONE, StepId.APPS)
    around = shell.height() - shell.sidebar.height()
    shell.resize(1366, shell.sidebar.heightForWidth(shell.sidebar.width()) + around)  # as little as it needs
    qtbot.waitUntil(lambda: shell.sidebar.height() == shell.sidebar.heightForWidth(shell.sidebar.width()))
    assert not shell.is_narrow
    theme.use_text_scale(2.0)
    qtbot.waitUntil(lambda: shell.is_narrow)
    theme.use_text_scale(1.0)
    qtbot.waitUntil(lambda: not shell.is_narrow)
    assert shell.sidebar.isVisible()


def test_language_changes_while_running_and_what_was_typed_stays(
    qtbot: QtBot, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = make(qtbot, services, demo.ALL_DONE, StepId.APPS)
    field = shell.page.first_field()
    assert isinstance(field, QLineEdit)
    field.setText("half")
    english = {shell.next_button.text(), shell.page.title(), shell.sidebar.buttons[0].text()}
    monkeypatch.setattr(language._Spoken, "catalogue", Marked())
    shell.rebuild()
    spoken = {shell.next_button.text(), shell.page.title_label.text(), shell.sidebar.buttons[0].text()}
    assert spoken == {f"«{sentence}»" for sentence in english}
    assert shell.header.menu_button.text().startswith("«Step 3 of 8» · «Your apps»")
    anew = shell.page.first_field()
    assert isinstance(anew, QLineEdit)
    assert anew is not field
    assert anew.text() == "half"
    assert anew.hasFocus()


# Footer


def test_primary_of_a_busy_page_is_off(qtbot: QtBot, services: Services) -> None:
    shell = make(qtbot, services, demo.ALL_DONE, StepId.APPS)

    def work(job: JobContext) -> object:
        job.cancel.wait(60)
        return None

    job = shell.page.run(work, lambda result: None, "Reading")
    assert not shell.next_button.isEnabled()
    with qtbot.waitSignal(job.finished):
        click(shell.page.progress.stop_button)
    assert shell.next_button.isEnabled()


def test_details_are_copied_only_where_there_are_any(qtbot: QtBot, services: Services) -> None:
    shell = make(qtbot, services, demo.ALL_DONE, StepId.APPS)
    assert not shell.footer.details_button.isVisible()
    shell.page.show_trouble(FailureText("Refused", details="Code: 190/463"))
    assert shell.footer.details_button.isVisible()
    click(shell.footer.details_button)
    copied = services.clipboard.text().splitlines()
    assert copied[:2] == ["Refused", "Code: 190/463"]
    assert copied[-1] == f"Version {__version__}"
    assert shell.footer.details_button.text() == "Copied"
