"""Three rules for every day as a card: on the page, on paper, as a PDF file and as a message."""

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPainter, QPaintEvent, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QWidget

from wizard.i18n.language import _
from wizard.ui.colours import current_colours
from wizard.ui.garbage import delete_later
from wizard.ui.layout import Panel, column
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.notice import paint_box
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.wrapping_row import WrappingRow
from wizard.words.daily import Card, Rule

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_MARGIN_MM = 20.0
_SIZES = {"title": 20, "text": 13}  # points on paper, to be read on a wall


class RuleCard(Panel):
    def __init__(self, number: int, rule: Rule, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = column(self, 0.2, (1.1, 0.8, 1.1, 0.8))
        # Translators: the number of a rule, and the rule
        title = _("{number}. {rule}").format(number=number, rule=rule.title)
        body.addWidget(Text(title, "strong"))
        body.addWidget(Text(rule.text, "muted"))
        self.setAccessibleName(f"{title} {rule.text}")

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        paint_box(QPainter(self), QRectF(self.rect()), colours.window, colours.line, 1.0)


class RulesPanel(Panel):
    """The rules, and what can be done with them."""

    print_wanted, pdf_wanted, send_wanted = Signal(), Signal(), Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Text(role="section")
        self.print_button = Button(_("Print"), "link")
        self.pdf_button = Button(_("Save as PDF…"), "link")
        self.send_button = Button(_("Send to my team"), "link")
        for button, wanted in (
            (self.print_button, self.print_wanted),
            (self.pdf_button, self.pdf_wanted),
            (self.send_button, self.send_wanted),
        ):
            button.clicked.connect(wanted)
        line = WrappingRow()
        for button in (self.print_button, self.pdf_button, self.send_button):
            line.addWidget(button)
        self._body = column(self, spacing=0.7)
        self._body.addWidget(self.heading)
        self._body.addLayout(line)
        self.cards: list[RuleCard] = []
        self._shown: Card | None = None

    def show_card(self, card: Card) -> None:
        if card == self._shown:
            return
        self._shown = card
        self.heading.setText(card.heading)
        for old in self.cards:
            self._body.removeWidget(old)
            old.hide()
            delete_later(old)
        self.cards = [RuleCard(number, rule) for number, rule in enumerate(card.rules, start=1)]
        for new in self.cards:
            self._body.addWidget(new)


def as_document(card: Card) -> QTextDocument:
    """For paper: black on white whatever the window looks like."""
    small, large = _SIZES["text"], _SIZES["title"]
    is_mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    hands_over, gives_back = ("←", "→") if is_mirrored else ("→", "←")
    box = "border: 1px solid #0b7a53; padding: 10px;"
    rules = "".join(
        f"<p><b>{number}. {html.escape(rule.title)}</b><br>{html.escape(rule.text)}</p>"
        for number, rule in enumerate(card.rules, start=1)
    )
    practice = f"<p><b>{html.escape(card.practice)}</b></p>" if card.practice else ""
    untested = f"<p>{html.escape(card.untested)}</p>" if card.untested else ""
    document = QTextDocument()
    document.setMetaInformation(QTextDocument.MetaInformation.DocumentTitle, card.title)
    option = document.defaultTextOption()
    option.setTextDirection(QGuiApplication.layoutDirection())
    document.setDefaultTextOption(option)
    document.setHtml(
        f'<div style="font-size: {small}pt; color: #000000;">'
        f'{practice}<p style="font-size: {large}pt;"><b>{html.escape(card.title)}</b></p>'
        f'<table dir="{"rtl" if is_mirrored else "ltr"}" width="100%" cellspacing="0"><tr>'
        f'<td style="{box}" width="38%"><b>{html.escape(card.bot)}</b><br>{html.escape(_("Answers first"))}</td>'
        f'<td align="center" width="24%">{html.escape(_("hands over"))} {hands_over}<br>'
        f"{gives_back} {html.escape(card.back)}</td>"
        f'<td style="{box}" width="38%"><b>{html.escape(card.live_chat)}</b><br>{html.escape(_("Takes over"))}</td>'
        f"</tr></table><p>{html.escape(card.proof)}</p>{untested}"
        f'<p style="font-size: {large}pt;"><b>{html.escape(card.heading)}</b></p>{rules}</div>'
    )
    return document


def as_pdf(card: Card) -> bytes:
    """One page."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(card.title)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM), QPageLayout.Unit.Millimeter)
    as_document(card).print_(writer)
    del writer  # it writes the end of the file
    return bytes(buffer.data().data())


def print_card(card: Card, printer: "QPrinter") -> None:
    as_document(card).print_(printer)
