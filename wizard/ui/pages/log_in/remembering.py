"""Remembering the token in use on this computer, and forgetting it, behind the box that says so."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from wizard.actions.session import Opened, Session
from wizard.store.tokens import RememberedToken
from wizard.ui.pages.log_in import stored
from wizard.ui.pages.log_in.remember import RememberBox
from wizard.ui.pages.log_in.shared import quietly
from wizard.ui.services import Services
from wizard.vault import RememberResult


class Remembering(QObject):
    read_again = Signal(object)  # Stored
    failed = Signal(object)  # Exception
    not_forgotten = Signal()

    def __init__(self, services: Services, session: Session, box: RememberBox, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._session, self._box = services, session, box
        self._opened: Opened | None = None
        self._tokens: Sequence[RememberedToken] = ()
        self._is_stored = False  # the token in use, not an older one of the same name
        self._was_tried = False
        box.remember_wanted.connect(self._remember)
        box.forget_wanted.connect(self._forget_current)

    def read(self) -> None:
        """Read what is remembered, in the background."""
        quietly(self._services, stored.reading(self._session), self._read, self.failed.emit)

    def take(self, opened: Opened, is_remembered: bool) -> None:
        """A Page's token is in use: in memory now, so that every later step can use it; in the keyring only if the
        person ticks the box. is_remembered: it came from there."""
        self._opened, self._is_stored, self._was_tried = opened, is_remembered, False
        self._show()
        quietly(self._services, stored.keeping(self._session, opened, False), lambda _kept: None, self._not_kept)
        self._replace_older()

    def _replace_older(self) -> None:
        """Where an older token of the same Page and app is remembered, the new one takes its place: the person wanted
        that one remembered, and it may have ended."""
        if self._is_listed() and not self._is_stored and not self._was_tried:
            self._was_tried = True
            self._remember()

    def forget(self, name: str) -> None:
        """Forget it on this computer. The one in use stays in memory for this run."""
        opened = self._opened
        in_use = opened if opened is not None and self._session.name_of(opened) == name else None
        work = stored.forgetting(self._session, name, in_use)
        quietly(self._services, work, self._forgotten, self.failed.emit)

    def _forget_current(self) -> None:
        if self._opened is not None:
            self.forget(self._session.name_of(self._opened))

    def _forgotten(self, gone: object) -> None:
        if gone is not True:
            self.not_forgotten.emit()
        self.read()

    def _remember(self) -> None:
        if self._opened is not None:
            work = stored.keeping(self._session, self._opened, remember=True)
            quietly(self._services, work, self._replaced, self._not_kept)

    def _replaced(self, result: object) -> None:
        assert isinstance(result, RememberResult)
        if result is RememberResult.STORED:
            self._is_stored = True
            self._box.show_remembered(True)
            self.read()
        else:
            self._box.show_remembered(False, result)

    def _not_kept(self, error: object) -> None:
        self._box.show_remembered(False, RememberResult.FAILED)
        self.failed.emit(error)

    def _read(self, found: object) -> None:
        assert isinstance(found, stored.Stored)
        self._tokens = found.remembered
        self._box.show_where(found.where)
        if self._opened is not None:
            self._show()
            self._replace_older()
        self.read_again.emit(found)

    def _show(self) -> None:
        self._box.show_remembered(self._is_listed() and self._is_stored)

    def _is_listed(self) -> bool:
        opened = self._opened
        return opened is not None and any(token.name == self._session.name_of(opened) for token in self._tokens)
