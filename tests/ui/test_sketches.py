"""The drawings of places outside the wizard: whole at every width and text size, mirrored, and said in words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import combinations
from typing import TypeVar

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.measure.tour import settle
from tests.ui.hands import click
from wizard.core.pictures import Part, Picture
from wizard.core.resource import load_toml
from wizard.targets.presets import load_presets
from wizard.ui.clipboard import Clipboard
from wizard.ui.colours import Scheme, current_colours
from wizard.ui.metrics import em
from wizard.ui.theme import Theme
from wizard.ui.widgets.copy_buttons import CopyButtons
from wizard.ui.widgets.pencil import Pencil, badge_of
from wizard.ui.widgets.sketch import Sketch
from wizard.ui.widgets.steps_list import StepsList, path_steps
from wizard.ui.widgets.text import Text
from wizard.words import guides
from wizard.words.moments import of_date

W = TypeVar("W", bound=QWidget)
SHORT = guides.Names("Lumen Coffee", "Flow bot", "Support Desk")
LONG = guides.Names("Bakery of the very long street " * 4, "Bot_without_any_space_" * 4, "قسم الدعم" * 6)


class WatchedPencil(Pencil):
    """Only measures, and keeps where words and badges would stand."""

    def __init__(self, width: float) -> None:
        super().__init__(None, width, False)
        self.words: list[tuple[str, QRectF]] = []
        self.marks: list[QRectF] = []

    def text(self, text: str, x: float, y: float, width: float, bold: bool = False, muted: bool = False) -> float:
        height = super().text(text, x, y, width, bold, muted)
        self.words.append((text, QRectF(x, y, self.width_of(text, width, bold), height)))
        return height

    def mark(self, rect: QRectF, name: str) -> None:
        super().mark(rect, name)
        self.marks.append(rect)


def pictures_of(names: guides.Names) -> list[Picture]:
    ways = [path for data in load_toml("ui_paths.toml")["setting"] for path in guides.paths(data["id"], names)]
    presets = [one.pictures for one in load_presets().by_name.values() if one.is_guided]
    found = [*(path.pictures for path in ways), *presets]
    return list({(one.part, one.labels): one for some in found for one in some if one is not None}.values())


def picture_of(part: Part) -> Picture:
    return next(one for one in pictures_of(SHORT) if one.part is part)


def shown(qtbot: QtBot, widget: W, width: int, height: int = 900) -> W:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def drawn(steps: QWidget) -> list[Sketch]:
    """The drawings that are seen."""
    return [each for each in steps.findChildren(Sketch) if each.isVisible()]


def has_its_height(made: Sketch) -> bool:
    return made.height() >= made.heightForWidth(made.width())


def list_of(generation: str) -> StepsList:
    path = next(one for one in guides.paths("default_app", SHORT) if one.generation == generation)
    found = StepsList()
    found.show_steps(path_steps(path.steps, path.pictures))
    return found


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp, scheme=Scheme.LIGHT)
    yield theme
    theme.use_text_scale(1.0)


@pytest.mark.parametrize("names", [SHORT, LONG])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_words_and_badges_have_their_room_however_narrow_it_is(theme: Theme, scale: float, names: guides.Names) -> None:
    theme.use_text_scale(scale)
    for picture in pictures_of(names):
        for width in (em(13), em(18), em(40)):
            pencil = WatchedPencil(width)
            height = Sketch(picture).draw(pencil)
            whole, badges = QRectF(0, 0, width, height), [badge_of(rect) for rect in pencil.marks]
            assert pencil.marks, picture
            for text, rect in pencil.words:
                assert whole.contains(rect), (text, width)
                assert not any(rect.intersects(badge) for badge in badges), (text, width)
            for badge in badges:
                assert whole.contains(badge), (picture, width)
            for (text, rect), (_text, other) in combinations(pencil.words, 2):
                assert not rect.intersects(other), (text, width)
            for one, other in combinations(badges, 2):
                assert not one.intersects(other), (picture, width)


def test_a_drawing_holds_the_labels_of_its_step(theme: Theme) -> None:
    of_another_place = {"Add or Remove Pages", "Your apps"}  # for the case that it is missing; a page of the wizard
    for picture in pictures_of(SHORT):
        pencil = WatchedPencil(em(30))
        Sketch(picture).draw(pencil)
        said = " ".join(text for text, _rect in pencil.words)
        assert {label for label in picture.labels if label not in said} <= of_another_place, picture


@pytest.mark.parametrize("part", [Part.ACCOUNT, Part.MENU, Part.CHOICE])
def test_several_presses_are_told_apart_by_letters(theme: Theme, part: Part) -> None:
    pencil = WatchedPencil(em(30))
    Sketch(picture_of(part)).draw(pencil)
    assert len(pencil.marks) > 1
    assert len({rect.top() for rect in pencil.marks}) == len(pencil.marks)


def test_a_drawing_is_mirrored_where_reading_begins_on_the_right(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    made = shown(qtbot, Sketch(picture_of(Part.CHOOSER)), em(40))

    def middle_of_marks() -> float:
        image, accent = made.grab().toImage(), current_colours().accent.name()
        found = [
            x for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).name() == accent
        ]
        return sum(found) / len(found) / image.width()

    assert middle_of_marks() < 0.4
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert middle_of_marks() > 0.6


@pytest.mark.parametrize("is_english", [False, True])
def test_a_place_with_english_menus_alone_is_drawn_as_it_is_there(
    qtbot: QtBot, qapp: QApplication, theme: Theme, is_english: bool
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    made = shown(qtbot, Sketch(replace(picture_of(Part.CHOOSER), is_english=is_english)), em(40))
    image, accent = made.grab().toImage(), current_colours().accent.name()
    rows = range(image.height())
    marked = [x for x in range(image.width()) for y in rows if image.pixelColor(x, y).name() == accent]
    frame = made.width() - em(26)  # the left edge of the drawing: it stands where reading begins
    assert min(marked) > frame
    assert (min(marked) - frame > made.width() - max(marked)) is not is_english


def test_a_drawing_follows_the_colours_of_the_window(qtbot: QtBot, theme: Theme) -> None:
    made = shown(qtbot, Sketch(picture_of(Part.CHOICE)), em(30))
    light = made.grab().toImage()
    theme.use_scheme(Scheme.DARK)
    assert made.grab().toImage() != light


def test_a_drawing_is_said_by_its_step_and_dated(theme: Theme) -> None:
    made = Sketch(picture_of(Part.CHOICE))
    assert made.accessibleName() == "Drawing of step 3: At “Default routing app” choose “Flow bot”."
    assert (
        made.accessibleDescription()
        == f"A drawing, as of {of_date(date(2025, 9, 24))}. Yours may look a little different."
    )
    assert made.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_one_drawing_at_most_is_open(qtbot: QtBot, theme: Theme) -> None:
    steps = shown(qtbot, list_of(guides.ROUTING), em(40))
    assert [fold.is_open for fold in steps.folds()] == [True, False, False, False]
    assert len(steps.findChildren(Sketch)) == 1, "the others are made when somebody wants to see them"
    click(steps.folds()[2].button)
    assert [fold.is_open for fold in steps.folds()] == [False, False, True, False]
    click(steps.folds()[2].button)
    assert not any(fold.is_open for fold in steps.folds())


def test_a_drawing_that_is_opened_is_to_be_brought_into_view(qtbot: QtBot, theme: Theme) -> None:
    steps = shown(qtbot, list_of(guides.ROUTING), em(40))
    with qtbot.waitSignal(steps.drawing_opened) as seen:
        click(steps.folds()[1].button)
    (place,) = seen.args
    assert [one.picture.number for one in drawn(place)] == [2]


def test_the_button_of_a_drawing_says_which_step_it_belongs_to_open_or_not(qtbot: QtBot, theme: Theme) -> None:
    steps = shown(qtbot, list_of(guides.ROUTING), em(40))
    for fold in steps.folds():
        click(fold.button)
    assert [fold.button.accessibleName() for fold in steps.folds()] == [f"Picture of step {at}" for at in range(1, 5)]


def test_each_permission_is_copied_by_its_own_button(qtbot: QtBot, theme: Theme) -> None:
    path = guides.paths(guides.GET_TOKEN, SHORT)[0]
    clipboard = Clipboard()
    steps = StepsList(clipboard=clipboard)
    steps.show_steps(path_steps(path.steps, path.pictures))
    shown(qtbot, steps, em(40), em(60))
    (copies,) = steps.findChildren(CopyButtons)
    assert tuple(copies.buttons) == guides.PERMISSIONS
    click(copies.buttons["pages_messaging"])
    qtbot.waitUntil(lambda: copies.result.text() == "Copied: pages_messaging")
    assert clipboard.text() == "pages_messaging"


def test_another_way_brings_its_own_drawings(qtbot: QtBot, theme: Theme) -> None:
    steps = shown(qtbot, list_of(guides.ROUTING), em(40))
    path = guides.paths("default_app", SHORT)[1]
    steps.show_steps(path_steps(path.steps, path.pictures))
    assert [fold.is_open for fold in steps.folds()] == [True, False, False, False]
    qtbot.waitUntil(lambda: [one.picture.site for one in drawn(steps)] == ["business.facebook.com"])


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [20, 60])
def test_words_of_a_step_and_its_drawing_have_all_their_height(
    qtbot: QtBot, theme: Theme, width: int, scale: float
) -> None:
    theme.use_text_scale(scale)
    steps = shown(qtbot, list_of(guides.LEGACY), em(width), em(120))
    for fold in steps.folds():
        if not fold.is_open:
            click(fold.button)
        (made,) = drawn(steps)
        qtbot.waitUntil(partial(has_its_height, made))
        assert made.width() >= em(11)
        assert fold.button.mapTo(steps, fold.button.rect().bottomRight()).x() <= steps.width()


def test_words_stay_level_with_their_number_when_the_text_grows(qtbot: QtBot, theme: Theme) -> None:
    """The numbers are circles of 1.7 em."""
    steps = StepsList()
    steps.show_steps(path_steps(["Open “Settings”."]))
    shown(qtbot, steps, 500)
    words = next(one for one in steps.findChildren(Text) if one.isVisibleTo(steps))
    for scale in (1.0, 2.0, 1.0):
        theme.use_text_scale(scale)
        settle(steps)
        middle = words.contentsMargins().top() + words.fontMetrics().height() / 2
        assert abs(middle - em(1.7) / 2) <= 1
