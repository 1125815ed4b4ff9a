"""The language is chosen in the window, at any time: all of it speaks at once, and what was typed stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests import pseudo_languages
from tests.simulator.world import PracticeWorld
from tests.ui.harness import WAIT
from wizard import app
from wizard.actions import languages
from wizard.actions.practice import join_practice
from wizard.actions.session import session_for
from wizard.core import resource as resource_module
from wizard.core.answers import Answers
from wizard.core.world import World
from wizard.i18n import language
from wizard.store.places import Places
from wizard.ui.theme import Theme
from wizard.ui.widgets.send_message import SendMessage
from wizard.ui.window.first_window import FirstWindow
from wizard.ui.window.languages import LanguageButton, speak_on_screen
from wizard.ui.window.program import Program
from wizard.ui.window.shell import Shell
from wizard.ui.window.sidebar import Sidebar
from wizard.words.log_in_letter import for_whoever_set_it_up


@pytest.fixture
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pseudo_languages.compile_into(tmp_path / "resources" / "locale")
    monkeypatch.setattr(resource_module, "_ROOTS", (tmp_path / "resources", *resource_module._ROOTS))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, pseudo: None, world: PracticeWorld) -> Iterator[Shell]:
    keeper = FirstWindow()
    program = Program(Theme(qapp), keeper, open_link=lambda _address: True)
    shell = program.build(session_for(join_practice(world.control_url).world), Answers())
    program.show(shell)
    keeper.window.resize(1040, 720)
    keeper.window.show()
    qtbot.waitUntil(lambda: not program.runner.is_busy, timeout=WAIT)
    yield shell
    keeper.window.close()
    program.end()
    keeper.delete()
    language.use("en")
    speak_on_screen(qapp)


def choose(qtbot: QtBot, button: LanguageButton, code: str) -> None:
    button.menu_of_languages.aboutToShow.emit()
    name = language.own_name(code)
    (action,) = [one for one in button.menu_of_languages.actions() if one.text() == name]
    action.trigger()
    qtbot.waitUntil(lambda: language.current() == code, timeout=WAIT)


def texts(shell: Shell) -> list[str]:
    return [label.text() for label in shell.findChildren(QLabel) if label.isVisible() and label.text()]


def test_another_language_is_spoken_at_once_everywhere_and_the_next_time(qtbot: QtBot, shell: Shell) -> None:
    assert "⟦" not in "".join(texts(shell))
    choose(qtbot, shell.sidebar.languages, pseudo_languages.LONG)
    qtbot.waitUntil(lambda: "⟦" in shell.windowTitle(), timeout=WAIT)
    assert shell.next_button.text().startswith("⟦")
    assert [text for text in texts(shell) if not text.startswith("⟦")] == []
    qtbot.waitUntil(Places().language.exists, timeout=WAIT)
    language.use("en")
    assert languages.speak()
    assert language.current() == pseudo_languages.LONG


def test_a_language_read_from_the_right_turns_the_window_and_back(
    qtbot: QtBot, qapp: QApplication, shell: Shell
) -> None:
    choose(qtbot, shell.sidebar.languages, pseudo_languages.MIRRORED)
    qtbot.waitUntil(lambda: qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft, timeout=WAIT)
    qtbot.waitUntil(lambda: 0 < shell.next_button.x() < shell.footer.back_button.x(), timeout=WAIT)
    choose(qtbot, shell.sidebar.languages, "en")
    qtbot.waitUntil(lambda: qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight, timeout=WAIT)
    qtbot.waitUntil(lambda: 0 <= shell.footer.back_button.x() < shell.next_button.x(), timeout=WAIT)
    assert "⟦" not in "".join(texts(shell))


def test_the_language_that_was_asked_for_comes_before_the_one_that_was_chosen(pseudo: None) -> None:
    languages.keep(pseudo_languages.LONG)
    assert languages.speak("fa_IR")
    assert language.current() == pseudo_languages.MIRRORED
    assert not languages.speak("tlh")
    assert language.current() == pseudo_languages.LONG


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"../../etc", b"tlh\n", b"x" * 10_000])
def test_a_damaged_choice_of_language_is_as_good_as_none(pseudo: None, content: bytes) -> None:
    Places().language.parent.mkdir(parents=True)
    Places().language.write_bytes(content)
    assert languages.speak(system=("tlh", "eo", "fa"))
    assert language.current() == pseudo_languages.LONG


@pytest.mark.parametrize("code", ["en", "ar", "id", "th", "vi"])
def test_help_and_language_stand_in_one_line_of_the_sidebar(qtbot: QtBot, code: str) -> None:
    """A second one takes so much room on a small screen that the sidebar gives way."""
    with language.speaking(code):
        sidebar = Sidebar()
        qtbot.addWidget(sidebar)
        sidebar.resize(sidebar.width(), 600)
        with qtbot.waitExposed(sidebar):
            sidebar.show()
    assert sidebar.help_button.y() == sidebar.languages.y()


def test_a_letter_may_be_in_another_language_than_the_window(qtbot: QtBot, shell: Shell) -> None:
    message = SendMessage(shell.page.services)
    qtbot.addWidget(message)

    def make() -> tuple[str, str]:
        letter = for_whoever_set_it_up("Lumen Coffee")
        return letter.subject, letter.body

    message.show_message("Send this.", make)
    assert "⟦" not in message.text.text()
    message.show()
    message.language.languages.aboutToShow.emit()
    name = language.own_name(pseudo_languages.LONG)
    (action,) = [one for one in message.language.languages.actions() if one.text() == name]
    action.trigger()
    paragraphs = message.text.text().split("\n\n")
    assert [one for one in paragraphs if not one.strip().startswith("⟦")] == []
    assert name in message.language.accessibleName()
    message.language.choose(pseudo_languages.MIRRORED)
    assert message.text.alignment() & Qt.AlignmentFlag.AlignRight
    message.language.choose(pseudo_languages.LONG)
    assert message.text.alignment() & Qt.AlignmentFlag.AlignLeft
    assert "⟦" not in message.copy_button.text()
    message.copy_button.click()
    qtbot.waitUntil(lambda: QApplication.clipboard().text() == message.text.text(), timeout=WAIT)
    assert language.current() == "en"


def test_a_language_that_there_is_not_is_said_on_the_first_page(qtbot: QtBot, qapp: QApplication, pseudo: None) -> None:
    languages.speak("tlh")
    keeper = FirstWindow()
    program = Program(Theme(qapp), keeper)
    try:
        program.open(World())
        labels = keeper.window.findChildren(QLabel)
        qtbot.waitUntil(lambda: any("“tlh”" in label.text() for label in labels), timeout=WAIT)
    finally:
        keeper.window.close()
        program.end()
        keeper.delete()
        languages.speak("en")


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_where_the_environment_tells_little_qt_tells_the_persons_languages(
    platform: str, pseudo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _locale: ["tlh-Latn", "fa-IR", "eo"])
    language.use(None)
    assert language.is_systems()
    app.speak_as_the_system(platform)
    assert language.current() == pseudo_languages.MIRRORED
    language.use("en")
    app.speak_as_the_system(platform)
    assert language.current() == "en", "somebody chose it"
