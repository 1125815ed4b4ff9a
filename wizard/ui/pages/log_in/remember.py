"""Remembering the token in use on this computer, and forgetting it: the tick box, and what it does."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.session import Session
from wizard.actions.tokens import Opened, RememberedToken, RememberResult, StoredTokens
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.layout import Panel, column
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.tick import CheckBox


class RememberBox(Panel):
    """ "Remember on this computer": says where the token goes before it goes there, and can forget it.

    where: name of the system's store, None where there is none, "" while it is not known yet."""

    remember_wanted = Signal()
    forget_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._where: str | None = ""
        self._is_remembered = False
        self._result: RememberResult | None = None
        self.tick = CheckBox(_("Remember on this computer"), parent=self)
        self.tick.clicked.connect(self._clicked)
        self.said = Text(role="small")
        self.forget_button = Button(kind="link")
        self.forget_button.clicked.connect(self._forget)
        parts = column(self, spacing=0.3)
        parts.addWidget(self.tick)
        parts.addWidget(self.said)
        parts.addWidget(self.forget_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._show()

    @property
    def is_remembered(self) -> bool:
        return self._is_remembered

    def show_where(self, where: str | None) -> None:
        self._where = where
        self._show()

    def show_remembered(self, remembered: bool, result: RememberResult | None = None) -> None:
        """result: what became of the last attempt, where it was not stored."""
        self._is_remembered, self._result = remembered, result
        self._show()
        if result is not None:
            announce(self, self.said.text())

    def _show(self) -> None:
        self.tick.setVisible(not self._is_remembered and self._where is not None)
        self.tick.setChecked(False)
        self.tick.setEnabled(bool(self._where))
        self.forget_button.set_text(_("Forget this token") if self._is_remembered else "")
        self.forget_button.setEnabled(True)
        self.said.set_text(self._sentence())
        self.tick.setAccessibleDescription(self.said.text())

    def _sentence(self) -> str:
        if self._is_remembered:
            return _("Remembered in the password store of this computer.")
        refused = {
            RememberResult.NO_KEYRING: _("This computer has no password store."),
            RememberResult.LOCKED: _("The password store of this computer is locked."),
            RememberResult.NO_ANSWER: _("The password store of this computer does not answer."),
            RememberResult.TOO_LONG: _("The token is too long for the password store of this computer."),
            RememberResult.FAILED: _("The password store of this computer did not take the token."),
        }
        in_memory = _("The token is kept in memory only, until you close the wizard.")
        if self._result in refused:
            return f"{refused[self._result]} {in_memory}"
        if self._where is None:
            return f"{refused[RememberResult.NO_KEYRING]} {in_memory}"
        if not self._where:
            return ""
        return _("It goes into the password store of this computer, never into a file.")

    def _clicked(self) -> None:
        if self.tick.isChecked():
            self.tick.setEnabled(False)
            self.remember_wanted.emit()

    def _forget(self) -> None:
        self.forget_button.setEnabled(False)
        self.forget_wanted.emit()


class Remembering(QObject):
    """Keeps the token in use, beside the page's own work, and lets the box say what became of it.

    `read_again` with StoredTokens, `failed` with an Exception."""

    read_again = Signal(object)
    failed = Signal(object)
    not_forgotten = Signal()

    def __init__(self, services: Services, box: RememberBox, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._box = services.runner, box
        self._session: Session = services.session
        self._opened: Opened | None = None
        self._tokens: Sequence[RememberedToken] = ()
        self._is_stored = False  # the token in use, not an older one of the same name
        self._was_tried = False
        box.remember_wanted.connect(self._remember)
        box.forget_wanted.connect(self._forget_current)

    def draft(self) -> tuple[Opened | None, bool, bool]:
        return self._opened, self._is_stored, self._was_tried

    def restore_draft(self, opened: Opened | None, is_stored: bool, was_tried: bool) -> None:
        """What is remembered is read afterwards."""
        self._opened, self._is_stored, self._was_tried = opened, is_stored, was_tried

    def read(self) -> None:
        """Read what is remembered, in the background."""
        session = self._session
        self._runner.start(lambda _job: session.tokens.stored()).on_success(self._read).on_failure(self.failed.emit)

    def take(self, opened: Opened, is_remembered: bool) -> None:
        """A Page's token is in use: in memory now, so that every later step can use it; in the keyring only if the
        person ticks the box. is_remembered: it came from there."""
        self._opened, self._is_stored, self._was_tried = opened, is_remembered, False
        self._show()
        session = self._session
        self._runner.start(lambda _job: session.tokens.keep(opened, remember=False)).on_failure(self._not_kept)
        self._replace_older()

    def forget(self, name: str) -> None:
        """Forget it on this computer. The one in use stays in memory for this run."""
        session, opened = self._session, self._opened
        in_use = opened if opened is not None and session.tokens.name_of(opened) == name else None
        job = self._runner.start(lambda _job: session.tokens.forget(name, in_use))
        job.on_success(self._forgotten).on_failure(self.failed.emit)

    def _replace_older(self) -> None:
        """Where an older token of the same Page and app is remembered, the new one takes its place: the person wanted
        that one remembered, and it may have ended."""
        if self._is_listed() and not self._is_stored and not self._was_tried:
            self._was_tried = True
            self._remember()

    def _forget_current(self) -> None:
        if self._opened is not None:
            self.forget(self._session.tokens.name_of(self._opened))

    def _forgotten(self, is_gone: bool) -> None:
        if not is_gone:
            self.not_forgotten.emit()
        self.read()

    def _remember(self) -> None:
        session, opened = self._session, self._opened
        if opened is not None:
            job = self._runner.start(lambda _job: session.tokens.keep(opened, remember=True))
            job.on_success(self._show_result).on_failure(self._not_kept)

    def _show_result(self, result: RememberResult) -> None:
        if result is RememberResult.STORED:
            self._is_stored = True
            self._box.show_remembered(True)
            self.read()
        else:
            self._box.show_remembered(False, result)

    def _not_kept(self, error: Exception) -> None:
        self._box.show_remembered(False, RememberResult.FAILED)
        self.failed.emit(error)

    def _read(self, stored: StoredTokens) -> None:
        self._tokens = stored.remembered
        self._box.show_where(stored.where)
        if self._opened is not None:
            self._show()
            self._replace_older()
        self.read_again.emit(stored)

    def _show(self) -> None:
        self._box.show_remembered(self._is_listed() and self._is_stored)

    def _is_listed(self) -> bool:
        opened = self._opened
        return opened is not None and any(token.name == self._session.tokens.name_of(opened) for token in self._tokens)
