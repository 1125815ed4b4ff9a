"""Where one begins to type."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit


def begin_where_reading_does(line: QLineEdit) -> None:
    """By itself an empty field goes by the keyboard: with an English one the caret stands at the left, and the hint of
    an Arabic window at the right."""
    if QGuiApplication.isRightToLeft():
        line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
