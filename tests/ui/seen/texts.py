"""What stands on the screen in a language that nobody speaks, and is not in it."""

import re
from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from wizard.core.resource import load_toml
from wizard.i18n import language

_TAG = re.compile(r"<[^>]*>")
_LICENCES = 500  # lines: nobody may translate them
_WORD = re.compile(r"[A-Za-z]{3,}")
# Not for translation: addresses, names of files, codes in capitals, calls, fields and permissions of Facebook.
_ADDRESS = re.compile(r"https?://\S+")
_CODES = re.compile(
    r"\d{4}-[A-Z][a-z]{2}-\d\d|\S+@\S+|\S*/\S*|\S*\\S*|\b[\w-]+\.[a-z]{2,}\b|\b\w*_\w+\b|\b[A-Z0-9]{2,}\b|\bEAA\w+|"
    r"Handover test \d+"
)


def untranslated(window: QWidget, names: tuple[str, ...]) -> list[str]:
    """Return each text with words outside the marks of the pseudo-language. names: of apps, Pages, people and products,
    which are the same in every language."""
    found = []
    for text in shown_texts(window):
        rest = _ADDRESS.sub(" ", _outside_marks(_TAG.sub(" ", text)))  # before names: one may stand in an address
        for name in names:
            rest = rest.replace(name, " ")
        if _WORD.search(_CODES.sub(" ", rest)):
            found.append(f"untranslated: {text!r}")
    return found


def never_translated(practice_world: object, spoken: str) -> tuple[str, ...]:
    """Return the names that are the same in every language. practice_world: what one says of itself; spoken: the code
    of the language on the screen."""
    return (
        *_names_in(practice_world),
        *_names_in(load_toml("products.toml")),
        "Harbour Books",
        "Maria Keller",
        "Robin Tester",
        "Messenger",
        "Language",  # who does not understand the language on the screen finds the menu of languages by it
        language.own_name(spoken),
    )


def _names_in(data: object) -> tuple[str, ...]:
    """The longest first."""
    return tuple(sorted(set(_strings(data)), key=len, reverse=True))


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for one in data:
            yield from _strings(one)
    elif isinstance(data, str) and data:
        yield data


def _outside_marks(text: str) -> str:
    depth, rest = 0, []
    for letter in text:
        if letter == "⟦":
            depth += 1
        elif letter == "⟧":
            depth -= 1
        elif depth == 0:
            rest.append(letter)
    return "".join(rest)


def shown_texts(window: QWidget) -> Iterator[str]:
    """Yield what stands on the screen, and what a screen reader says there."""
    yield window.windowTitle()
    for part in window.findChildren(QWidget):
        if not part.isVisible():
            continue
        yield from (part.accessibleName(), part.accessibleDescription(), part.toolTip())
        if isinstance(part, QLabel | QAbstractButton):
            yield part.text()
        elif isinstance(part, QGroupBox):
            yield part.title()
        elif isinstance(part, QComboBox):
            yield part.currentText()
        elif isinstance(part, QLineEdit):
            yield part.placeholderText()
            yield part.text() if part.echoMode() is QLineEdit.EchoMode.Normal else ""
        elif isinstance(part, QPlainTextEdit | QTextEdit) and part.document().blockCount() < _LICENCES:
            yield from part.toPlainText().splitlines()
