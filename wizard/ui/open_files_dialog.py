"""The system's file dialogs of the Check screen, each behind one small function, so that a test can answer them."""

from PySide6.QtWidgets import QFileDialog, QWidget

from wizard.ui.file_dialogs import in_documents


def ask_for_files(parent: QWidget, title: str, kinds: str) -> list[str]:
    """Return the chosen files, none where the dialog was left. kinds: as Qt writes filters."""
    return QFileDialog.getOpenFileNames(parent, title, in_documents(""), kinds)[0]


def ask_where_to_save(parent: QWidget, title: str, name: str, kinds: str) -> tuple[str, str]:
    """Return the file to write, "" where none was chosen, and the one of kinds that was set. name: suggested."""
    return QFileDialog.getSaveFileName(parent, title, in_documents(name), kinds)
