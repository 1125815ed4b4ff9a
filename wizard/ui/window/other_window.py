"""Above every page of a second window: another one keeps the answers, and the way there is what to press."""

from PySide6.QtWidgets import QWidget

from wizard.i18n.language import _
from wizard.ui.widgets.notice import Notice, Tone
from wizard.words import starting


class OtherWindow(Notice):
    """`action_chosen`: go there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.WARNING, *starting.open_elsewhere(), _("Go to the other window"), parent=parent)
        self.action_button.set_kind("primary")
