"""Lengths that grow with the text: one em is the height in pixels of the application's body font."""

from PySide6.QtGui import QFont, QFontInfo, QGuiApplication

from wizard.ui.colours import type_scale


def em(count: float = 1.0) -> int:
    """Return count em in whole device-independent pixels, at least 1 where count is positive."""
    if not count:
        return 0  # most margins are; asking for the font takes longer than all else here
    length = round(count * QFontInfo(QGuiApplication.font()).pixelSize())
    return max(1, length) if count > 0 else length


def page_margin(width: int) -> int:
    """Return the space left and right of a page and of the footer, less where there is little room."""
    return min(em(2.8), max(em(0.8), width // 24))


def font_for(role: str, bold: bool = False) -> QFont:
    """Return the application's font at the size of a role of the type table."""
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(font.pointSizeF() * type_scale(role))
    font.setBold(bold)
    return font
