"""Pictures say in words what they show: the diagram, a change in a file, the QR code."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
)
from pytestqt.qtbot import QtBot

from tests.ui import demo
from tests.ui.harness import shown
from wizard.ui.metrics import em
from wizard.ui.theme import Theme
from wizard.ui.widgets.diagram import HandoverDiagram
from wizard.ui.widgets.diagram_data import Arrow, DiagramData, Party, describe
from wizard.ui.widgets.diff_view import ChangedLine, DiffView, Side, lines_of
from wizard.ui.widgets.qr_code import QrCode


def test_diagram_says_in_words_who_has_control() -> None:
    assert describe(demo.HANDOVER) == (
        "Flow bot, Answers first, App ID 102938475610283. "
        "Page Inbox, Takes over, App ID 263902037430900, has control. "
        "From Flow bot to Page Inbox: passed. From Page Inbox to Flow bot: brought back next."
    )


def test_badge_moves_to_the_one_in_control(qtbot: QtBot) -> None:
    diagram = shown(qtbot, HandoverDiagram(demo.HANDOVER))
    before = diagram.grab().toImage()
    diagram.show_picture(DiagramData(demo.HANDOVER.parties, demo.HANDOVER.arrows, "bot"))
    assert diagram.grab().toImage() != before
    assert "App ID 102938475610283, has control" in diagram.accessibleName()


def test_arrows_belong_to_their_gap() -> None:
    parties = (Party("a", "A"), Party("b", "B"), Party("c", "C"))
    words = describe(DiagramData(parties, (Arrow("asks"), Arrow("answers", forward=False, gap=1))))
    assert "From A to B: asks" in words
    assert "From C to B: answers" in words


def test_what_arrows_say_has_its_room_or_the_boxes_stand_below_each_other(qtbot: QtBot) -> None:
    width = em(44)
    short = HandoverDiagram(demo.HANDOVER)
    long = HandoverDiagram(DiagramData(demo.HANDOVER.parties, demo.HANDOVER.arrows, "", proven="Proven " * 8))
    for diagram in (short, long):
        qtbot.addWidget(diagram)
    assert long.heightForWidth(width) > short.heightForWidth(width), "all that is said can be read"
    assert long.heightForWidth(2 * width) < long.heightForWidth(width)


def test_diagram_is_mirrored_where_writing_is(qtbot: QtBot, qapp: QApplication) -> None:
    diagram = shown(qtbot, HandoverDiagram(demo.HANDOVER))
    diagram.resize(720, diagram.heightForWidth(720))

    def middle_of_blue() -> float:
        picture = diagram.grab().toImage()
        accent = "#e9f0fd"
        found = [x for x in range(picture.width()) if picture.pixelColor(x, picture.height() - 20).name() == accent]
        return sum(found) / len(found) / picture.width()

    assert middle_of_blue() > 0.6
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert middle_of_blue() < 0.4


def test_change_is_read_from_a_diff_with_its_line_numbers() -> None:
    assert lines_of("--- .env\n+++ .env\n@@ -12 +12 @@\n---KEY=1\n+--KEY=2") == (
        ChangedLine(Side.OLD, "--KEY=1", 12),
        ChangedLine(Side.NEW, "--KEY=2", 12),
    )


def test_change_is_said_in_words(qtbot: QtBot) -> None:
    view = shown(qtbot, DiffView())
    view.show_change("/srv/.env", lines_of("--- .env\n+++ .env\n@@ -3 +3 @@\n-ID=\n+ID=263902037430900"))
    assert view.view.accessibleDescription() == "Line 3 now: ID=. Line 3 then: ID=263902037430900"
    assert view.view.toPlainText() == "3 - ID=\n3 + ID=263902037430900"


@pytest.mark.parametrize("dark", [False, True])
def test_qr_code_is_dark_on_white_with_a_quiet_zone(qtbot: QtBot, theme: Theme, dark: bool) -> None:
    from wizard.ui.colours import Scheme

    theme.use_scheme(Scheme.DARK if dark else Scheme.LIGHT)
    code = shown(qtbot, QrCode("https://m.me/1789?text=Handover%20test%204821"))
    code.resize(code.sizeHint())
    picture = code.grab().toImage()
    module = picture.width() // code.modules
    assert module >= 2
    quiet = [picture.pixelColor(x, 2 * module).name() for x in range(picture.width())]
    assert set(quiet) == {"#ffffff"}
    assert picture.pixelColor(4 * module + 1, 4 * module + 1).name() == "#000000"
    assert code.accessibleName().endswith("https://m.me/1789?text=Handover%20test%204821")


def test_a_long_name_in_the_diagram_begins_each_line_at_the_same_edge(qtbot: QtBot, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    bot = Party("bot", " ".join(["مممم"] * 14))
    diagram = shown(qtbot, HandoverDiagram(DiagramData((bot, Party("chat", "م")), (), "")))
    diagram.resize(720, diagram.heightForWidth(720))
    picture = diagram.grab().toImage()
    paper = picture.pixelColor(710, 20)
    ends, is_in_line = list[int](), False
    for y in range(5, picture.height() - 5):
        ink = [x for x in range(500, 712) if picture.pixelColor(x, y).lightness() < paper.lightness() - 100]
        if ink:
            ends = [*ends[:-1], max(ends[-1], ink[-1])] if is_in_line else [*ends, ink[-1]]
        is_in_line = bool(ink)
    assert len(ends) > 2
    assert max(ends) - min(ends) <= 1
