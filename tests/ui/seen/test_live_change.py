"""Another language, theme or size of the text, chosen on any page and in any state, takes nothing away: what was typed,
chosen and unfolded, what went wrong, and where the keyboard is, which stays in view."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as QtTimeout
from pytestqt.qtbot import QtBot

from tests import pseudo_languages
from tests.measure.tour import settle
from tests.simulator.world import PracticeWorld
from tests.ui.harness import Window
from tests.ui.seen.rounds import ROUNDS
from tests.ui.seen.sights import Place
from tests.ui.seen.texts import never_translated, shown_texts, untranslated
from wizard.core import limits
from wizard.core import resource as resource_module
from wizard.i18n import language
from wizard.ui.colours import Scheme
from wizard.ui.pages.typed import place_of
from wizard.ui.theme import Theme
from wizard.ui.widgets.cards import CardGroup
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import Field
from wizard.ui.window.languages import speak_on_screen

pytestmark = [pytest.mark.serial]

_TYPED = "12ab"
_CHANGES = ("language", "theme", "text")
_ALL = [name for name in ROUNDS if name not in ("route", "around_the_page")]
_LONG = ("steps_done", "steps_open")
_THROUGH = [name for name in _ALL if os.environ.get("HYPOTHESIS_PROFILE") == "soak" or name not in _LONG]


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """And, beside English, a language in which each sentence of the program has marks."""
    pseudo_languages.compile_into(tmp_path / "locale")
    monkeypatch.setattr(resource_module, "_ROOTS", (tmp_path, *resource_module._ROOTS))
    yield
    language.use("en")
    speak_on_screen(qapp)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", _THROUGH)
def test_a_change_takes_nothing_away(
    name: str,
    qtbot: QtBot,
    qapp: QApplication,
    world_process: PracticeWorld,
    theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "LOG_IN", 600.0)  # the log-in in the browser must not end between two looks
    names = (*never_translated(world_process.start, pseudo_languages.LONG), _TYPED)
    lost = dict[str, list[str]]()
    for sight in ROUNDS[name](Place(qtbot, world_process, theme)):
        window = sight.through
        if window is None:
            continue
        _use(window)
        for change in _CHANGES:
            before = _what_there_is(window)
            _make(change, window, qapp, theme)
            after = _what_there_is(window)
            if change == "language":
                for one in _in_the_other_language(window, names):
                    lost.setdefault(one, []).append(sight.name)
            for what in before:
                is_better = what == "keyboard out of view" and before[what]
                if before[what] != after.get(what) and not is_better:
                    lost.setdefault(f"{change}: {what}", []).append(
                        f"{sight.name}: {before[what]!r} became {after.get(what)!r}"
                    )
    assert not lost, "\n".join(f"{what} ({len(where)} times): {where[0]}" for what, where in lost.items())


def _use(window: Window) -> None:
    """Type into every field that is empty, scroll, and leave the keyboard in the last field or choice."""
    fields = [
        one
        for one in window.page.findChildren(QLineEdit)
        if one.isVisible() and one.isEnabled() and not one.isReadOnly() and not one.text()
    ]
    for field in fields:
        field.setText(_TYPED)
    _rest(window)
    inputs = [
        one for one in window.page.findChildren(QWidget) if _is_input(one) and one.isVisible() and one.isEnabled()
    ]
    if inputs:
        inputs[-1].setFocus()
    settle(window.shell)
    bar = _frame(window).verticalScrollBar()
    bar.setValue(bar.maximum() // 2)


def _make(change: str, window: Window, app: QApplication, theme: Theme) -> None:
    if change == "language":
        language.use(pseudo_languages.LONG if language.current() == "en" else "en")
        speak_on_screen(app)
        window.shell.rebuild()
    elif change == "theme":
        theme.use_scheme(Scheme.DARK if theme.scheme is Scheme.LIGHT else Scheme.LIGHT)
    else:
        theme.use_text_scale(1.5)
        settle(window.shell)
        theme.use_text_scale(1.0)
    _rest(window)
    settle(window.shell)


def _in_the_other_language(window: Window, names: tuple[str, ...]) -> list[str]:
    """Return what was not made anew."""
    if language.current() == pseudo_languages.LONG:
        return untranslated(window.shell, names)
    return [f"left over: {one!r}" for one in shown_texts(window.shell) if "⟦" in one]


def _what_there_is(window: Window) -> dict[str, object]:
    page = window.page
    focused = window.shell.focusWidget()
    inside = page.isAncestorOf(focused)
    return {
        "fields": [one.text() for one in page.findChildren(QLineEdit) if not one.isReadOnly()],
        "texts": [one.toPlainText() for one in page.findChildren(QPlainTextEdit) if not one.isReadOnly()],
        "choices": [one.choice() for one in page.findChildren(CardGroup)],
        "lists": [one.currentIndex() for one in page.findChildren(QComboBox)],
        "ticks": [one.isChecked() for one in page.findChildren(QAbstractButton) if _is_input(one)],
        "unfolded": [place_of(page, one) for one in page.findChildren(Disclosure) if one.isVisible() and one.is_open],
        "problems": [bool(one.problem()) for one in page.findChildren(Field) if one.isVisible()],
        "trouble": page.notice.isVisible(),
        "keyboard": place_of(page, focused) if inside else None,
        "keyboard out of view": inside and focused.visibleRegion().isEmpty(),
        "main button": window.shell.next_button.isEnabled(),
    }


def _is_input(one: QWidget) -> bool:
    if isinstance(one, QAbstractButton):
        return one.isCheckable() and not isinstance(one, QPushButton)
    return isinstance(one, QLineEdit) and not one.isReadOnly()


def _frame(window: Window) -> QScrollArea:
    part: QWidget | None = window.page
    while not isinstance(part, QScrollArea):
        assert part is not None
        part = part.parentWidget()
    return part


def _rest(window: Window) -> None:
    try:
        window.until(lambda: not window.runner.is_busy and not window.page.is_busy, 1_000)
    except QtTimeout:
        return  # it waits for a person or for Facebook: the page is made anew when that has ended
