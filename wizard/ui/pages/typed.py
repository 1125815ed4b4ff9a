"""What a person typed, ticked and unfolded on a page, to be put into the same page made anew."""

from collections.abc import Iterator, Mapping

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPushButton, QWidget

from wizard.core.secret import Secret
from wizard.ui.widgets.cards import Card, CardGroup
from wizard.ui.widgets.disclosure import FoldButton
from wizard.ui.widgets.field import Field, Said

Place = tuple[tuple[type, int], ...]  # from a widget up to the page: its class, and its number among such siblings
Typed = Mapping[Place, Secret | str | int | bool]
Problems = Mapping[Place, Said]

_KINDS = (CardGroup, QAbstractButton, QComboBox, QLineEdit)  # choices first: they may add fields, or empty them


def typed_in(page: QWidget) -> Typed:
    """The value of each input. Texts are Secrets: one may be a token."""
    return {place_of(page, one): _value(one) for kind in _KINDS for one in _inputs(page, kind)}


def type_again(page: QWidget, typed: Typed) -> None:
    """Put values into the inputs at the same places."""
    for kind in _KINDS:
        for one in _inputs(page, kind):
            value = typed.get(place_of(page, one))
            if value is not None and value != _value(one):
                _set(one, value)


def problems_on(page: QWidget) -> Problems:
    """What is wrong with each field."""
    return {place_of(page, field): field.said for field in page.findChildren(Field) if field.problem()}


def say_again(page: QWidget, problems: Problems) -> None:
    """Put problems beside the fields at the same places, after what was typed there: whoever types makes them go."""
    for field in page.findChildren(Field):
        if (said := problems.get(place_of(page, field))) is not None:
            field.put_problem(said)


def place_of(page: QWidget, one: QWidget) -> Place:
    """Where a widget is on its page."""
    parent = one.parentWidget()
    if one is page or parent is None:
        return ()
    alike = [child for child in parent.children() if type(child) is type(one)]
    return ((type(one), alike.index(one)), *place_of(page, parent))


def widget_at(page: QWidget, place: Place) -> QWidget | None:
    """The widget at a place of a page made anew, None where nothing of its kind is there now."""
    return next((one for one in page.findChildren(QWidget) if place_of(page, one) == place), None)


def _inputs(page: QWidget, kind: type[QWidget]) -> Iterator[QWidget]:
    """A fold-out is an input, a value to copy is not; a secret that was shown is hidden again."""
    for one in page.findChildren(kind):
        if isinstance(one, QAbstractButton):
            is_input = isinstance(one, FoldButton) or (one.isCheckable() and not isinstance(one, Card | QPushButton))
        else:
            is_input = not (isinstance(one, QLineEdit) and one.isReadOnly())
        if is_input:
            yield one


def _value(one: QWidget) -> Secret | str | int | bool:
    match one:
        case CardGroup():
            return one.choice()
        case FoldButton():
            return one.is_open
        case QAbstractButton():
            return one.isChecked()
        case QComboBox():
            return one.currentIndex()
        case QLineEdit():
            return Secret(one.text())
    raise TypeError(type(one).__name__)


def _set(one: QWidget, value: Secret | str | int | bool) -> None:
    match one, value:
        case CardGroup(), str():
            if value in {card.key for card in one.cards}:
                one.choose(value)
        case FoldButton(), bool():
            one.set_open(value)
        case QAbstractButton(), bool():
            one.setChecked(value)
        case QComboBox(), int():
            one.setCurrentIndex(value)
        case QLineEdit(), Secret():
            one.setText(value.reveal())
