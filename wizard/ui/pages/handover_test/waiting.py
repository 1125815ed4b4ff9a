"""How long the wizard still watches for the tester's message and for the bot, and an end to it for who sees nothing."""

from PySide6.QtCore import QDeadlineTimer, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from wizard.core import limits
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text

_EVERY_MS = 1000


class WaitingLine(Panel):
    """`given_up` when the tester wrote and nothing happens. Hidden while nothing is waited for."""

    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ends, self._patient = QDeadlineTimer(), QDeadlineTimer()
        self.left = Text(role="muted")
        self.button = Button(_("I wrote it, nothing happens"), "link")
        self.button.clicked.connect(self._give_up)
        self.meaning = Text(_("Then the wizard looks once more, and says what is wrong."), "small")
        self._sentence = ""
        self._seconds = QTimer(self)
        self._seconds.setInterval(_EVERY_MS)
        self._seconds.timeout.connect(self._show)
        body = column(self, spacing=0.3)
        body.addWidget(self.left)
        body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        body.addWidget(self.meaning)
        self.hide()

    def begin(self, seconds: float, sentence: str) -> None:
        """sentence: what for, with {minutes} and {seconds}."""
        self._sentence = sentence
        self._ends.setRemainingTime(round(seconds * 1000))
        self._patient.setRemainingTime(round(limits.SLOW_BOT * 1000))
        self._seconds.start()
        self._show()
        self.show()

    def go_on_from(self, before: "WaitingLine", sentence: str) -> None:
        """Wait for what one in another language waited for."""
        self._sentence, self._ends, self._patient = sentence, before._ends, before._patient
        if before._seconds.isActive():
            self._seconds.start()
            self._show()
        else:
            self._say_last_time()
        self.show()

    def end(self) -> None:
        self._seconds.stop()
        self.hide()

    def _show(self) -> None:
        """Once a second; not announced, for a screen reader would speak of nothing else."""
        minutes, seconds = divmod(self._ends.remainingTime() // 1000, 60)
        self.left.set_text(self._sentence.format(minutes=minutes, seconds=f"{seconds:02}"))
        is_patient = self._patient.hasExpired()
        self.button.setVisible(is_patient)
        self.meaning.setVisible(is_patient)

    def _give_up(self) -> None:
        self._seconds.stop()
        self._say_last_time()
        self.given_up.emit()

    def _say_last_time(self) -> None:
        self.left.set_text(_("Looking one last time…"))
        self.button.hide()
        self.meaning.hide()
