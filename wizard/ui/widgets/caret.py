"""Where one begins to type."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


def begin_where_reading_does(field: QLineEdit | QPlainTextEdit) -> None:
    """By itself an empty field goes by the keyboard: with an English one the caret stands at the left, and the hint of
    an Arabic window at the right."""
    if QGuiApplication.isRightToLeft():
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        if isinstance(field, QLineEdit):
            field.setAlignment(side)
            return
        option = field.document().defaultTextOption()
        option.setAlignment(side)
        field.document().setDefaultTextOption(option)
