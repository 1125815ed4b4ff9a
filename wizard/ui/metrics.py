"""Lengths that grow with the text: one em is the height in pixels of the application's body font."""

import functools

from PySide6.QtGui import QFont, QFontInfo, QGuiApplication

from wizard.ui.colours import type_scale


@functools.cache  # a page asks thousands of times
def body_pixels() -> int:
    """Return the size of the application's font. Whoever sets that font clears the cache."""
    return QFontInfo(QGuiApplication.font()).pixelSize()


def em(count: float = 1.0) -> int:
    """Return count em in whole device-independent pixels, at least 1 where count is positive."""
    length = round(count * body_pixels())
    return max(1, length) if count > 0 else length


PAGE_WIDEST = 54  # em, about 820 px at 100 %: in longer lines the eye loses its place


def page_margin(width: int) -> int:
    """Return the space left and right of a page and of the footer, less where there is little room. width: of both
    with what they hold, which is never wider than PAGE_WIDEST."""
    return max(min(em(2.8), max(em(0.8), width // 24)), (width - em(PAGE_WIDEST)) // 2)


def font_for(role: str, bold: bool = False) -> QFont:
    """Return the application's font at the size of a role of the type table."""
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(font.pointSizeF() * type_scale(role))
    font.setBold(bold)
    return font
