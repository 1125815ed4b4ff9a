"""The first half of the test page: the code to send, and, where it was not found, the list to choose from."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from wizard.core.facts import Conversation
from wizard.core.trial.result import ConsentRequest, ConsentTo
from wizard.ui.metrics import em
from wizard.ui.pages.handover_test_parts import Tick
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import Card, CardGroup
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.qr_code import QrCode
from wizard.ui.widgets.text import Text
from wizard.words import asking
from wizard.words.language import _
from wizard.words.moments import clock_time

_MOST_TO_CHOOSE_FROM = 12
_SIDE_BY_SIDE_EM = 40


class CodePanel(QWidget):
    """The QR code, the same as a link, and what pressing the main button agrees to."""

    link_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.qr = QrCode()
        self.before = Text(role="muted")
        self.how, self.message = Text(), Text(role="strong", selectable=True)
        self.link_button = Button(kind="link")
        self.link_button.clicked.connect(lambda: self.link_wanted.emit(self.qr.text()))
        self.consent = Text(role="small")
        beside = QVBoxLayout()
        beside.setSpacing(em(0.7))
        for widget in (self.how, self.message):
            beside.addWidget(widget)
        beside.addWidget(self.link_button, 0, Qt.AlignmentFlag.AlignLeading)
        beside.addWidget(self.before)
        beside.addStretch(1)
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(em(1.6))
        row.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(1))
        column.addLayout(row)
        column.addWidget(self.consent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_narrow = self.width() < em(_SIDE_BY_SIDE_EM)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        super().resizeEvent(event)

    def show_code(self, text: str, link: str) -> None:
        self.qr.show_text(link)
        self.message.setText(text)
        self.how.say(_("Scan the code with your phone, and send the text it puts into Messenger:"))
        self.link_button.say(_("Or open Messenger on this computer"))
        self.before.say(
            _(
                "Write as yourself, not as the Page. Tell your team, so that nobody answers. While the bot's app is in "
                "development mode, your account needs a role in it."
            )
        )
        self.consent.say(asking.consent(ConsentRequest(ConsentTo.READ_MESSAGES)))


class ChoosePanel(QWidget):
    """Conversations to choose from, with a tick box that names the person and the effect."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, Conversation] = {}
        self.why = Notice(Tone.WARNING)
        self.people = CardGroup()
        self.people.chosen.connect(self._chosen)
        self.tick = Tick()
        self.tick.changed.connect(lambda _on: self.changed.emit())
        self.tick.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(1))
        for widget in (self.why, self.people, self.tick):
            column.addWidget(widget)

    def show_rows(self, rows: Sequence[Conversation], why: str, details: str = "") -> None:
        self._rows = {row.psid: row for row in rows[:_MOST_TO_CHOOSE_FROM]}
        nothing = "" if rows else _("There is no conversation yet. Write to your Page first, then look again.")
        self.why.show_message(Tone.WARNING, why, nothing, details=details)
        self.people.set_question(_("Choose your own conversation") if rows else "")
        self.people.show_cards(
            [Card(psid, row.person_name or psid, clock_time(row.updated_at)) for psid, row in self._rows.items()]
        )
        self.people.choose("")
        self.tick.hide()
        self.changed.emit()

    def psid(self) -> str:
        """The chosen conversation once the box is ticked, else ""."""
        return self.people.choice() if self.tick.is_set else ""

    def _chosen(self, psid: str) -> None:
        row = self._rows.get(psid)
        if row is None:
            return
        name = row.person_name or psid
        self.tick.say(asking.consent(ConsentRequest(ConsentTo.TEST_CUSTOMER, person_name=name)))
        self.tick.show()
        self.changed.emit()
