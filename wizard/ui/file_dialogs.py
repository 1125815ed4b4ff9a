"""The system's dialogs for files and printers, each behind one small function, so that a test can answer them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def ask_for_file(parent: QWidget, title: str, start: str) -> str:
    """Return the chosen file, "" where none was chosen. start: a file or folder to begin at, "" for Documents."""
    return QFileDialog.getOpenFileName(parent, title, start or in_documents(""))[0]


def ask_where_to_save(parent: QWidget, title: str, name: str, kinds: str) -> str:
    """Return the file to write, "" where none was chosen. name: suggested; kinds: as Qt writes filters."""
    return QFileDialog.getSaveFileName(parent, title, in_documents(name), kinds)[0]


def in_documents(name: str) -> str:
    """Where a file of this name is looked for first: not in whatever folder the program was started from."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return f"{folder}/{name}" if folder else name


def ask_for_printer(parent: QWidget, title: str) -> "QPrinter | None":
    """Return the chosen printer, None where none was chosen."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # only who prints waits for it

    printer = QPrinter()
    printer.setDocName(title)
    return printer if QPrintDialog(printer, parent).exec() == QDialog.DialogCode.Accepted else None
