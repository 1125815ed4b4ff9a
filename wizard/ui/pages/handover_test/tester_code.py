"""What the tester scans, and the list they choose from where their message was not found."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from wizard.actions.find_conversation import TesterCode
from wizard.core.facts import Conversation
from wizard.core.pictures import Part, Picture
from wizard.i18n.language import _
from wizard.ui.garbage import delete_later
from wizard.ui.layout import Panel, column, row
from wizard.ui.metrics import em
from wizard.ui.services import Services
from wizard.ui.widgets.cards import CardGroup, CardOption
from wizard.ui.widgets.open_place import OpenPlace
from wizard.ui.widgets.qr_code import QrCode
from wizard.ui.widgets.sketch import Sketch
from wizard.words.moments import clock_time

_MOST_TO_CHOOSE_FROM = 12
_SIDE_BY_SIDE_EM = 40


class CodeRow(Panel):
    """The QR code, and beside it what to do with it and the same as a link; one above the other where it is narrow.

    beside: gets the page's own words, which stand above the link."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.qr = QrCode()
        self.opener = OpenPlace(services, "link", self)
        right, self.beside, self.below_link = (column(spacing=0.7) for _each in range(3))
        right.addLayout(self.beside)
        right.addWidget(self.opener)
        right.addLayout(self.below_link)
        self._right = right
        self.phone: Sketch | None = None
        right.addStretch(1)
        self._row = row(self, spacing=1.6)
        self._row.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(right, 1)

    def show_code(self, code: TesterCode, page_name: str = "") -> None:
        """page_name: in the drawing of a phone, beside the code for one."""
        self.qr.show_text(code.link, code.is_for_phones)
        self._show_phone(code, page_name)
        other = _("Or open Messenger on this computer")
        self.opener.show_place(
            other if code.is_for_phones else _("Open the practice Messenger on this computer"), code.link
        )

    def _show_phone(self, code: TesterCode, page_name: str) -> None:
        said = _("Messenger opens with the text in it. Send it.")
        picture = Picture(Part.MESSENGER, (page_name or _("your Page"), code.text), "", "", 1, said)
        if self.phone is not None and (self.phone.picture != picture or not code.is_for_phones):
            self._right.removeWidget(self.phone)
            self.phone.hide()
            delete_later(self.phone)
            self.phone = None
        if self.phone is None and code.is_for_phones:
            self.phone = Sketch(picture, parent=self)
            self._right.insertWidget(2, self.phone)  # below the link

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_narrow = self.width() < em(_SIDE_BY_SIDE_EM)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        super().resizeEvent(event)


class PeopleCards(CardGroup):
    """The newest conversations, one card for each person."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._rows: dict[str, Conversation] = {}

    def show_people(self, rows: Sequence[Conversation], question: str) -> None:
        self._rows = {one.psid: one for one in rows[:_MOST_TO_CHOOSE_FROM]}
        self.set_question(question if rows else "")
        self.show_cards(
            [CardOption(psid, name_of(one), clock_time(one.updated_at)) for psid, one in self._rows.items()]
        )
        self.choose("")

    def person(self, psid: str) -> Conversation | None:
        return self._rows.get(psid)


def name_of(conversation: Conversation) -> str:
    return conversation.person_name or conversation.psid
