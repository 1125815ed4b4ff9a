"""A small window with what copies and what empties the clipboard, in a process and on a desktop of its own.

    python -m tests.ui.clipboard_client [--unshown]

Reads commands, a line each: see, copy. Answers each with what is to be seen then, as JSON. --unshown: it has no
window.
"""

import json
import sys

from PySide6.QtCore import QPoint, QSocketNotifier
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from wizard.ui.clipboard import Clipboard
from wizard.ui.widgets.copy_row import CopyRow
from wizard.ui.widgets.secret_field import SecretField

APP_ID = "263902037430900"


def middle(widget: QWidget) -> tuple[int, int]:
    place = widget.mapToGlobal(QPoint(0, 0)) + widget.rect().center()
    return place.x(), place.y()


class Client(QWidget):
    """Both parts, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        clipboard = Clipboard(self)
        self.row, self.secret = CopyRow(clipboard, "App ID", APP_ID), SecretField(clipboard)
        column = QVBoxLayout(self)
        column.addWidget(self.row)
        column.addWidget(self.secret)
        self._commands = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._commands.activated.connect(self.obey)

    def obey(self) -> None:
        command = sys.stdin.readline().strip()
        if not command:
            QApplication.quit()
            return
        if command == "copy":
            self.row.copy()
        seen = {
            "is_in_front": QApplication.focusWindow() is not None,
            "copy_result": self.row.result.text(),
            "copy_button": middle(self.row.copy_button),
            "paste_button": middle(self.secret.paste_button),
            "token": self.secret.text(),
            "offer": self.secret.offer_text.text(),
            "offer_button": middle(self.secret.offer_button),
        }
        print(json.dumps(seen), flush=True)


def main() -> None:
    application = QApplication(["clipboard"])
    client = Client()
    if "--unshown" not in sys.argv:
        client.show()
    sys.exit(application.exec())


if __name__ == "__main__":
    main()
