"""Where a token is pasted: masked, cleared with one click, and the clipboard can be emptied afterwards."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from wizard.core.token_shape import TokenShape, clean, shape_problem
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.layout import Panel, column, laid_out_once, row
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.wrapping_row import WrappingRow

_SECRETS = frozenset({TokenShape.IS_APP_TOKEN, TokenShape.IS_SECRET, TokenShape.INSTAGRAM})
_LONG = 20  # characters; shorter than any token, longer than what a hand types and happens to have copied


class _SecretLine(QLineEdit):
    """Nothing typed here is offered to input methods that learn, or to drag and drop."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        hints = Qt.InputMethodHint
        self.setInputMethodHints(
            hints.ImhHiddenText | hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhNoAutoUppercase
        )
        self.setDragEnabled(False)

    def paste_instead(self) -> None:
        """Replace what is there by the clipboard's text."""
        self.selectAll()
        self.paste()


class SecretField(Panel):
    """text(): what was pasted, spaces around it removed. Show is off again whenever the field is emptied. is_for_token:
    what belongs here is a token, not another secret."""

    changed = Signal()

    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None, is_for_token: bool = True) -> None:
        super().__init__(parent)
        self._clipboard, self._is_for_token = clipboard, is_for_token
        self.line = _SecretLine()
        self.paste_button, self.show_button, self.clear_button = (
            Button(_("Paste")),
            Button(_("Show")),
            Button(_("Clear")),
        )
        self.paste_button.clicked.connect(self.line.paste_instead)
        self.show_button.clicked.connect(self._press_show)
        self.clear_button.clicked.connect(self.clear)
        self.offer_text = Text(role="small")
        self.offer_button = Button(_("Empty the clipboard"), "link")
        self.offer_button.clicked.connect(self._clear_clipboard)
        self.line.textChanged.connect(self._text_changed)
        buttons, offer = WrappingRow(), row()
        for button in (self.paste_button, self.show_button, self.clear_button):
            buttons.addWidget(button)
        offer.addWidget(self.offer_text, 1, Qt.AlignmentFlag.AlignVCenter)
        offer.addWidget(self.offer_button)
        parts = column(self, 0.4)
        parts.addWidget(self.line)
        parts.addLayout(buttons)
        parts.addLayout(offer)
        self.setFocusProxy(self.line)
        self._hide_offer()
        self._text_changed()

    def text(self) -> str:
        return self.line.text().strip()

    def clear(self) -> None:
        self.line.clear()
        self._show_text(False)
        self.line.setFocus()

    @property
    def is_shown(self) -> bool:
        """In clear, for everybody to read."""
        return self.line.echoMode() is QLineEdit.EchoMode.Normal

    def _press_show(self) -> None:
        """The button's words change; it is not checked beside that: "Hide, checked" would be twice no."""
        self._show_text(not self.is_shown)
        announce(self, _("It is shown now.") if self.is_shown else _("It is hidden again."))

    def _show_text(self, wanted: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if wanted else QLineEdit.EchoMode.Password)
        self.show_button.set_text(_("Hide") if wanted else _("Show"))

    def _text_changed(self) -> None:
        has_text = bool(self.line.text())
        with laid_out_once(self):
            self.show_button.setEnabled(has_text)
            self.clear_button.setEnabled(has_text)
            if not has_text:
                self._show_text(False)
            self._offer_to_clear()
        self.changed.emit()

    def _offer_to_clear(self) -> None:
        """However it was pasted (key, menu, button, middle click): text that long and equal came from there."""
        if len(self.text()) < _LONG or self._clipboard.text().strip() != self.text():
            return
        shape = shape_problem(clean(self.text()))
        if shape is None and self._is_for_token:
            self.offer_text.set_text(_("The token is still on the clipboard, where other programs can read it."))
        elif shape in _SECRETS or not self._is_for_token:
            self.offer_text.set_text(_("What you pasted is still on the clipboard, where other programs can read it."))
        else:
            self._hide_offer()  # a link or a sentence is nobody's secret
            return
        self.offer_button.show()

    def _clear_clipboard(self) -> None:
        self._clipboard.clear_if_holds(self.text(), self._say_cleared)

    def _say_cleared(self, worked: bool) -> None:
        if worked:
            self._hide_offer()
            gone = _("The clipboard does not hold the token any more.")
            self.offer_text.set_text(gone if self._is_for_token else _("The clipboard does not hold it any more."))
        else:
            self.offer_text.set_text(_("The clipboard could not be emptied. Copy something else instead."))
        announce(self, self.offer_text.text())

    def _hide_offer(self) -> None:
        self.offer_text.set_text("")
        self.offer_button.hide()
