"""The system's file dialogs, each behind one small function, so that a test can answer them."""

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_for_file(parent: QWidget, title: str, start: str) -> str:
    """Return the chosen file, "" where none was chosen. start: a file or folder to begin at, "" for the usual one."""
    return QFileDialog.getOpenFileName(parent, title, start)[0]


def ask_where_to_save(parent: QWidget, title: str, name: str, kinds: str) -> str:
    """Return the file to write, "" where none was chosen. name: suggested; kinds: as Qt writes filters."""
    return QFileDialog.getSaveFileName(parent, title, name, kinds)[0]
