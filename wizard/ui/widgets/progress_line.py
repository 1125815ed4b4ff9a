"""Long work as one line: what is being done, how far, and Stop."""

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.layout import Panel, column, row
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text

if TYPE_CHECKING:
    from wizard.ui.widgets.busy_bar import BusyBar
    from wizard.ui.widgets.field import Said


class _Parts(NamedTuple):
    title: Text
    bar: "BusyBar"
    stop_button: Button


class ProgressLine(Panel):
    """Hidden until `begin`, which gives it its parts; `stop_chosen` when the person presses Stop."""

    stop_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said: Said = ""
        self.hide()

    @cached_property
    def _parts(self) -> _Parts:
        from wizard.ui.widgets.busy_bar import BusyBar  # the first page waits for nothing

        parts = _Parts(Text(), BusyBar(), Button())
        parts.stop_button.clicked.connect(self._stop)
        work = column(spacing=0.4)
        work.addWidget(parts.title)
        work.addWidget(parts.bar)
        line = row(self, 1)
        line.addLayout(work, 1)
        line.addWidget(parts.stop_button, 0, Qt.AlignmentFlag.AlignVCenter)
        return parts

    @property
    def bar(self) -> "BusyBar":
        return self._parts.bar

    @property
    def stop_button(self) -> Button:
        return self._parts.stop_button

    def begin(self, title: "Said", stoppable: bool = True) -> None:
        """Show the line. title: what is being done, "Asking Facebook about the token"; what makes it, where that may
        take long enough for another language to be chosen."""
        self._said = title
        self.stop_button.set_text(_("Stop") if stoppable else "")
        self.stop_button.setEnabled(True)
        self.show_progress(title if isinstance(title, str) else title())
        self.show()
        announce(self, self.title())

    def speak_anew(self) -> None:
        """In the language of the window, as far as it is known what makes the title."""
        if self.isHidden():
            return
        if self.stop_button.text():
            self.stop_button.set_text(_("Stop"))
        if not self.stop_button.isEnabled():
            self._parts.title.setText(_("Stopping…"))
        elif not isinstance(self._said, str):
            self._name(self._said())

    def show_progress(self, title: str, done: int = 0, total: int = 0) -> None:
        """total 0: how much is left is not known."""
        self._name(title)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _name(self, title: str) -> None:
        self._parts.title.setText(title)
        self.bar.setAccessibleName(title)

    def end(self) -> None:
        self.hide()

    def title(self) -> str:
        return self._parts.title.text()

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self._parts.title.setText(_("Stopping…"))
        self.stop_chosen.emit()
