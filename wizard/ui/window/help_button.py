"""The way to Help, at the same place whatever the page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from wizard.i18n.language import _
from wizard.ui.tool_tip import plain_tool_tip


def help_button() -> QToolButton:
    """Sets nothing off by itself."""
    button = QToolButton()
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setText(_("Help"))
    button.setToolTip(plain_tool_tip(_("Help (F1)")))
    button.setAccessibleName(_("Help"))
    return button
