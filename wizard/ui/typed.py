"""What a person typed, ticked and unfolded on a page, to be put into the same page made anew."""

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPushButton, QWidget

from wizard.core.secret import Secret
from wizard.ui.widgets.cards import Card, CardGroup

Value = Secret | str | int | bool
Typed = tuple[tuple[type[QWidget], Value], ...]


def typed_in(page: QWidget) -> Typed:
    """The value of each input in the order they were made, with its kind. Texts are Secrets: one may be a token."""
    return tuple((kind, _value(one)) for kind, one in _inputs(page))


def type_again(page: QWidget, typed: Typed) -> None:
    """Put values into the inputs of a page; those of a kind that has another number of inputs now are left out."""
    for kind in dict.fromkeys(kind for kind, _value in typed):
        now = [one for of, one in _inputs(page) if of is kind]  # a choice may have added some
        before = [value for of, value in typed if of is kind]
        if len(now) == len(before):
            for one, value in zip(now, before, strict=True):
                _set(one, value)


def index_of(page: QWidget, focused: QWidget | None) -> tuple[int, type[QWidget]] | None:
    """Where the keyboard is on a page, and in what; None where it is elsewhere."""
    parts = page.findChildren(QWidget)
    return (parts.index(focused), type(focused)) if focused in parts else None


def widget_at(page: QWidget, at: tuple[int, type[QWidget]] | None) -> QWidget | None:
    """The widget at the same place of a page made anew, None where something else is there now."""
    parts = page.findChildren(QWidget)
    return parts[at[0]] if at is not None and at[0] < len(parts) and type(parts[at[0]]) is at[1] else None


def _inputs(page: QWidget) -> list[tuple[type[QWidget], QWidget]]:
    """Choices first: what is chosen may empty the fields below it."""
    return [
        *((CardGroup, one) for one in page.findChildren(CardGroup)),
        *((QAbstractButton, one) for one in page.findChildren(QAbstractButton) if _can_be_on(one)),
        *((QComboBox, one) for one in page.findChildren(QComboBox)),
        *((QLineEdit, one) for one in page.findChildren(QLineEdit) if not one.isReadOnly()),
    ]


def _can_be_on(button: QAbstractButton) -> bool:
    """Boxes to tick and fold-outs; a secret is hidden again."""
    return button.isCheckable() and not isinstance(button, Card | QPushButton)


def _value(one: QWidget) -> Value:
    match one:
        case CardGroup():
            return one.choice()
        case QAbstractButton():
            return one.isChecked()
        case QComboBox():
            return one.currentIndex()
        case QLineEdit():
            return Secret(one.text())
    raise TypeError(type(one).__name__)


def _set(one: QWidget, value: object) -> None:
    match one, value:
        case CardGroup(), str():
            if value != one.choice() and value in {card.key for card in one.cards}:
                one.choose(value)
        case QAbstractButton(), bool():
            one.setChecked(value)
        case QComboBox(), int():
            one.setCurrentIndex(value)
        case QLineEdit(), Secret():
            one.setText(value.reveal())
