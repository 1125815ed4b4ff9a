"""Several short values, each to be copied by its own button."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.clipboard import Copied
from wizard.ui.copied_words import told
from wizard.ui.layout import Panel, column
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.wrapping_row import WrappingRow


class CopyButtons(Panel):
    """values: words of another program, as the names of permissions."""

    def __init__(self, clipboard: CopyPlace, values: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._copying = ""
        self.buttons = {value: Button(_("Copy {value}").format(value=value), "link", self) for value in values}
        self.result = Text(role="small", parent=self)
        self.result.set_text("")
        inside, line = column(self, 0.2), WrappingRow()
        for value, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, value=value: self._copy(value))
            line.addWidget(button)
        inside.addLayout(line)
        inside.addWidget(self.result)

    def _copy(self, value: str) -> None:
        self._copying = value
        self._clipboard.copy(value, self._say_copied)

    def _say_copied(self, copied: Copied) -> None:
        yes = _("Copied: {value}").format(value=self._copying)
        no = _("The clipboard could not be used. Type it: {value}").format(value=self._copying)
        self.result.set_text(told(copied, yes, no))
        announce(self, self.result.text(), urgent=copied is not Copied.YES)
