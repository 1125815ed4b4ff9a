"""What this program is, how to replace the Qt in it, and the licences of all its parts."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from wizard.core.licences import notices, qt_folder
from wizard.core.version import __version__
from wizard.i18n.language import _
from wizard.ui.jobs import Job, JobRunner
from wizard.ui.layout import column, row
from wizard.ui.metrics import em
from wizard.ui.scroll_area import ScrollArea
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text
from wizard.words import about


class AboutPanel(QDialog):
    """Not modal, as the help it is opened from. Escape closes it. The licences are read when it is first shown."""

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._job: Job[Any] | None = None
        self.setWindowTitle(_("About this program"))
        self.licences = QPlainTextEdit()
        self.licences.setReadOnly(True)
        self.licences.setProperty("role", "code")
        self.licences.setAccessibleName(about.licences_title())
        self.licences.setMinimumHeight(em(14))
        self.licences.setTabChangesFocus(True)
        self.close_button = Button(_("Close"))
        self.close_button.clicked.connect(self.close)
        self._lay_out()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setProperty("plain", True)
        inner = column(content, 0.6, (1.2, 1, 1.2, 1))
        inner.addWidget(Text(_("Messenger Handover Wizard"), "product"))
        for sentence in (*about.what_it_is(__version__), *about.how_to_replace_qt(qt_folder())):
            inner.addWidget(Text(sentence, selectable=True))
        inner.addSpacing(em(0.6))
        inner.addWidget(Text(about.licences_title(), "product"))
        inner.addWidget(self.licences, 1)
        self._scroll = ScrollArea()
        self._scroll.setAccessibleName(_("About this program"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setWidget(content)
        buttons = row()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        parts = column(self, margins=None)
        parts.addWidget(self._scroll, 1)
        parts.addLayout(buttons)

    def open_up(self) -> None:
        """Show it in front, and read the licences if that was not done."""
        if not self.isVisible():
            room = self.screen().availableGeometry()
            self.resize(min(em(46), room.width() - em(2)), min(em(48), room.height() - em(4)))
        self.show()
        self.raise_()
        self.activateWindow()
        self._scroll.setFocus()
        if self._job is None and not self.licences.toPlainText():
            self.licences.setPlaceholderText(_("The licences are being read …"))
            self._job = self._runner.start(lambda _job: notices())
            self._job.on_success(self._show_licences)
            self._job.on_failure(self._show_trouble)
            self._job.finished.connect(self._forget_job)

    def sentences(self) -> list[str]:
        """All that is shown above the licences, from the top."""
        return [label.text() for label in self._scroll.findChildren(Text)]

    def _show_licences(self, text: object) -> None:
        self.licences.setPlainText(str(text))

    def _show_trouble(self, error: object) -> None:
        """Not kept in the box: the next time it is opened it tries again."""
        self.licences.setPlaceholderText(about.trouble(str(error)))

    def _forget_job(self) -> None:
        self._job = None
