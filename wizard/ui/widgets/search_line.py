"""A field to search in, with a button that empties it: Qt's own has no name, and is 22 pixels wide with any text."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from wizard.i18n.language import _
from wizard.ui.widgets.caret import begin_where_reading_does

_EDGE = 4  # pixels between the button and the edge of the field


class SearchLine(QLineEdit):
    """The button is for mouse and screen reader; by keys a field is emptied as any other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        begin_where_reading_does(self)
        self.clear_button = QToolButton(self)
        self.clear_button.setText("×")
        self.clear_button.setAccessibleName(_("Clear the search"))
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clear_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.hide()
        self.textChanged.connect(lambda text: self.clear_button.setVisible(bool(text)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.height() - 2 * _EDGE
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.clear_button.setGeometry(QRect(_EDGE if is_mirrored else self.width() - side - _EDGE, _EDGE, side, side))
        self.setTextMargins(side if is_mirrored else 0, 0, 0 if is_mirrored else side, 0)
