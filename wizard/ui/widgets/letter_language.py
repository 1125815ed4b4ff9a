"""The language of a text that is sent to somebody else, beside that text."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QTextOption
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QToolButton, QWidget

from wizard.i18n import language
from wizard.i18n.language import _
from wizard.ui.tool_tip import plain_tool_tip


class LetterLanguage(QToolButton):
    """Shows the language, and the menu of all; at first it is the window's. Hidden where there is only one; without
    a parent it would come up as a window of its own."""

    chosen = Signal(str)  # a code

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.code = language.current()
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(plain_tool_tip(_("Language of the message")))
        self.languages = QMenu(self)
        self.languages.aboutToShow.connect(self._fill)
        self.setMenu(self.languages)
        self._show_chosen()
        self.show_where(True)

    def show_where(self, is_wanted: bool) -> None:
        """is_wanted: there is a text to be sent."""
        self.setVisible(is_wanted and len(language.available()) > 1)

    def speaking(self, make: Callable[[], str]) -> str:
        """Return the text that is made, in the chosen language."""
        with language.speaking(self.code):
            return make()

    def choose(self, code: str) -> None:
        self.code = code
        self._show_chosen()
        self.chosen.emit(code)

    def _show_chosen(self) -> None:
        name = language.own_name(self.code)
        self.setText(f"{name}  ▾")
        self.setAccessibleName(_("Language of the message: {language}").format(language=name))

    def _fill(self) -> None:
        """Only now: the names of all are read from files."""
        self.languages.clear()
        for name, code in sorted((language.own_name(code), code) for code in language.available()):
            action = QAction(name, self.languages)
            action.setCheckable(True)
            action.setChecked(code == self.code)
            action.triggered.connect(lambda _checked=False, code=code: self.choose(code))
            self.languages.addAction(action)


def direct(box: QPlainTextEdit, is_mirrored: bool) -> None:
    """Let a box show its text as the text's own language is read, which may not be the window's."""
    box.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_mirrored else Qt.LayoutDirection.LeftToRight)
    option = QTextOption(box.document().defaultTextOption())
    side = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(box.layoutDirection())
    box.document().setDefaultTextOption(option)
