"""Set-ups and facts in files: which ones to open, and which of them cannot be read."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from wizard.core.saved_file import FACTS_ENDING, SETUP_ENDING, SavedFileError
from wizard.i18n.language import _
from wizard.ui import open_files_dialog as dialogs
from wizard.ui.widgets.notice import Notice, Tone
from wizard.words import saved_files


def ask_for_saved(parent: QWidget) -> list[Path]:
    kinds = _("Set-ups and facts (*{setup} *{facts})").format(setup=SETUP_ENDING, facts=FACTS_ENDING)
    found = dialogs.ask_for_files(parent, _("Open set-ups or facts"), f"{kinds};;{_('All files (*)')}")
    return [Path(path) for path in found]


class UnreadableFiles(Notice):
    """Hidden while all can be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.WARNING, parent=parent)
        self.hide()

    def show_errors(self, errors: Sequence[SavedFileError]) -> None:
        told = [saved_files.said(error) for error in errors]
        self.setVisible(bool(told))
        if told:
            more = [" ".join(each) for each in told[1:]]
            self.show_message(Tone.WARNING, told[0][0], "\n".join((told[0][1], *more)))
            self.announce()
