"""The clipboard, trusted only after it was read back: another program may own or block it."""

from PySide6.QtGui import QGuiApplication


class Clipboard:
    def copy_and_read_back(self, text: str) -> bool:
        """Put text on the clipboard; True only if reading it back gives the same text."""
        clipboard = QGuiApplication.clipboard()
        clipboard.setText(text)
        return clipboard.text() == text

    def text(self) -> str:
        return QGuiApplication.clipboard().text()

    def clear_if_holds(self, text: str) -> bool:
        """Empty the clipboard if it still holds text (a secret that was pasted); True if it does not hold it now.

        text: may carry the spaces and line ends that came along when it was copied."""
        clipboard = QGuiApplication.clipboard()
        if clipboard.text().strip() == text.strip():
            clipboard.clear()
        return clipboard.text().strip() != text.strip()
