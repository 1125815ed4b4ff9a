"""What a person does: clicks and keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

NO_KEY = Qt.KeyboardModifier.NoModifier


def click(widget: QWidget) -> None:
    """Press and release the left button in the middle of a widget, which must be seen and enabled."""
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
    QTest.keyClick(widget, key, modifier)


def type_text(widget: QWidget, text: str) -> None:
    QTest.keyClicks(widget, text)


def click_on_screen(widget: QWidget, twice: bool = False) -> None:
    """As the display hands a click on: to the window, which finds the widget under the mouse."""
    assert widget.isVisible()
    window = widget.window()
    handle = window.windowHandle()
    assert handle is not None
    place = widget.mapTo(window, widget.rect().center())
    press = QTest.mouseDClick if twice else QTest.mouseClick
    press(handle, Qt.MouseButton.LeftButton, NO_KEY, place)
