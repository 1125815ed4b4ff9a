"""What a screen reader hears beyond the names of widgets: roles, order and what Qt does not tell by itself.

A widget says what it is by an attribute `spoken_role`, of its class or its own. One factory reads it and gives Qt the
interface for it; it is asked only while something reads the window."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QApplication, QLabel, QMenu, QWidget
from shiboken6 import createdByPython, isValid

from wizard.ui.layout import placed

Role = QAccessible.Role

_PRESS, _TOGGLE = QAccessibleWidget.pressAction(), QAccessibleWidget.toggleAction()


def announce(widget: QWidget, text: str, urgent: bool = False) -> None:
    """Have a screen reader say text now; urgent interrupts what it is saying. Nothing happens without one."""
    if not text:
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


def speak_roles(app: QApplication) -> None:
    """Give all widgets of the application the roles they ask for. Needs the application: Qt asks the newest factory
    first, and the application installs one."""
    if app.property(_IS_SPOKEN) is None:
        app.setProperty(_IS_SPOKEN, True)
        QAccessible.installFactory(_interface_for)


_IS_SPOKEN = "roles are spoken"


class SpokenPart(QAccessibleWidget):
    """A widget with a role of its own, or a plain one that holds others, whose parts are in the order in which they are
    laid out: Qt's is that in which they were made."""

    def role(self) -> Role:
        """A plain widget without a role is a window where it is one."""
        role = super().role()
        return Role.Window if role == Role.Client and self.widget().isWindow() else role

    def text(self, t: QAccessible.Text) -> str:
        """A label's name is its text, as of any label."""
        said = super().text(t)
        widget = self.widget()
        return widget.text() if not said and t is QAccessible.Text.Name and isinstance(widget, QLabel) else said

    def childCount(self) -> int:
        return len(_parts(self.widget()))

    def child(self, index: int) -> QAccessibleInterface:
        """None for a number that is too high: parts may have gone since they were counted."""
        parts = _parts(self.widget())
        # A reader that gets none asks on; the annotation of PySide6 knows no None.
        return QAccessible.queryAccessibleInterface(parts[index]) if 0 <= index < len(parts) else None  # type: ignore[return-value]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        wanted = child.object()
        return next((at for at, part in enumerate(_parts(self.widget())) if part is wanted), -1)


class SpokenButton(SpokenPart):
    """A button that is drawn by us: its place is all of it, where Qt takes a radio button for its circle alone. It can
    be pressed, or toggled where it can be checked, by whoever uses no keys.

    A button with an attribute `is_open` (bool) is a fold-out: expanded or collapsed, never checked."""

    def state(self) -> QAccessible.State:
        state, button = super().state(), self._button()
        is_open = getattr(button, "is_open", None)
        if is_open is not None:
            state.expandable, state.expanded, state.collapsed = True, is_open, not is_open
        if button.isCheckable():
            state.checkable, state.checked = True, button.isChecked()
        state.pressed = button.isDown()
        return state

    def actionNames(self) -> list[str]:
        own = [_TOGGLE if self.role() == Role.CheckBox else _PRESS] if self._button().isEnabled() else []
        return [*own, *super().actionNames()]

    def doAction(self, actionName: str) -> None:
        if actionName in (_PRESS, _TOGGLE):
            self._button().animateClick()
        else:
            super().doAction(actionName)

    def _button(self) -> QAbstractButton:
        button = self.widget()
        assert isinstance(button, QAbstractButton)
        return button


def _parts(widget: QWidget | None) -> list[QWidget]:
    """What Qt counts among the children of a widget, in the order of its layouts; what is in none comes last."""
    if widget is None:  # gone, but not forgotten by Qt yet
        return []
    parts = [
        child
        for child in widget.children()
        if isinstance(child, QWidget) and not isinstance(child, QMenu) and not child.isWindow()
    ]
    places = {part: at for at, part in enumerate(placed(widget))}
    return sorted(parts, key=lambda part: places.get(part, len(places)))


_kept: list[QAccessibleInterface] = []  # Python must hold on to what the factory returns, as long as Qt uses it
_MOST_GONE = 200


def _interface_for(class_name: str, thing: QObject) -> QAccessibleInterface | None:
    """Called with each class of a thing, the last one first. None: Qt shall use its own.

    Qt asks about what is being destroyed, too: a focus that moves away is told after the cache has dropped the widget,
    and what is made then stays in the cache and belongs to nobody. By then the widget is one that Python did not make;
    Qt's own factory knows better and makes nothing."""
    if not isinstance(thing, QWidget) or not createdByPython(thing):
        return None
    role = getattr(thing, "spoken_role", None)
    if role is None and class_name != "QWidget":
        return None
    kind = SpokenButton if isinstance(thing, QAbstractButton) else SpokenPart
    interface = kind(thing, role if role is not None else Role.Client)
    if len(_kept) % _MOST_GONE == 0:
        _kept[:] = filter(isValid, _kept)
    _kept.append(interface)
    return interface
