"""Under Help: Facebook looks different from what the wizard says. A file with newer instructions comes in here."""

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.session import Session
from wizard.core import catalogues
from wizard.core.catalogues import CatalogueError, CatalogueKind
from wizard.core.saved_file import SavedFileError
from wizard.i18n.language import _
from wizard.ui import file_dialogs
from wizard.ui.jobs import Job, JobContext
from wizard.ui.layout import Panel, column
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.text import Text
from wizard.words import catalogues as words

if TYPE_CHECKING:  # their reader is slow to import
    from wizard.catalogues.imported import ImportedCatalogues, Taken

T = TypeVar("T")


class NewerInstructions(Panel):
    """changed: the wizard goes by other instructions now, so the pages are to be made anew."""

    changed = Signal()

    def __init__(self, session: Session, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._services = session, services
        self._has_imported = False
        self.intro = Text(
            _(
                "Facebook moves its settings often. If support or the makers of your bot sent you a file with newer "
                "instructions, import it here."
            )
        )
        self.in_use = Text(role="small", selectable=True)
        self.import_button, self.back_button = Button(_("Import newer instructions…")), Button(kind="link")
        self.import_button.clicked.connect(self.ask_for_file)
        self.back_button.clicked.connect(self.go_back)
        self.result = Notice()
        self.result.hide()
        inside = Panel()
        parts = column(inside, 0.6)
        parts.addWidget(self.intro)
        parts.addWidget(self.result)
        for button in (self.import_button, self.back_button):
            parts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        parts.addWidget(self.in_use)
        self.fold = Disclosure(_("Facebook looks different?"), inside)
        column(self).addWidget(self.fold)
        self._show_in_use()

    def _show_in_use(self) -> None:
        self.back_button.set_text(_("Use the built-in ones") if self._has_imported else "")
        self.in_use.set_text("\n".join(words.in_use(catalogues.imported(kind), kind) for kind in CatalogueKind))

    def reload(self) -> None:
        """Read again what was imported: the terminal, or another window, may have done so."""
        self.result.hide()
        session = self._session
        job = self._services.runner.start(lambda _job: session.catalogues.find())
        job.on_success(self._take_found)

    def ask_for_file(self) -> None:
        if path := file_dialogs.ask_for_file(self, _("Newer instructions"), ""):
            self.take(Path(path))

    def take(self, path: Path) -> None:
        """Import a file, and say what came of it."""
        session = self._session

        def work(_job: JobContext) -> "tuple[Taken, ImportedCatalogues]":
            taken = session.catalogues.take(path, session.clock.now())
            return taken, session.catalogues.find()

        self._begin(self._services.runner.start(work)).on_success(self._take_imported)

    def go_back(self) -> None:
        session = self._session

        def work(_job: JobContext) -> "ImportedCatalogues":
            for kind in CatalogueKind:
                session.catalogues.remove(kind.value)
            return session.catalogues.find()

        self._begin(self._services.runner.start(work)).on_success(self._take_removed)

    def _begin(self, job: Job[T]) -> Job[T]:
        self.import_button.setEnabled(False)
        self.back_button.setEnabled(False)
        job.on_failure(self._show_failure)
        job.finished.connect(self._end)
        return job

    def _end(self) -> None:
        self.import_button.setEnabled(True)
        self.back_button.setEnabled(True)

    def _take_found(self, found: "ImportedCatalogues") -> None:
        self._has_imported = not found.is_empty
        if catalogues.use(found.in_use):
            self.changed.emit()
        self._show_in_use()
        if found.problems:  # said when the program started: here it stands for whoever looks
            self.result.show_message(Tone.WARNING, "\n".join(map(words.said_of_broken, found.problems)))
            self.result.show()

    def _take_imported(self, result: "tuple[Taken, ImportedCatalogues]") -> None:
        from wizard.targets.presets import Preset

        taken, found = result
        self._take_found(found)
        if isinstance(taken.what, Preset):
            self.changed.emit()
            said = words.preset_imported(taken.what.title, taken.what.host, taken.what.is_http)
        else:
            said = words.imported(taken.what)
        self._show(Tone.OK, said)

    def _take_removed(self, found: "ImportedCatalogues") -> None:
        self._take_found(found)
        self._show(Tone.OK, (_("The built-in ones are in use again."), ""))

    def _show_failure(self, error: Exception) -> None:
        if isinstance(error, (CatalogueError, SavedFileError)):
            said = words.said(error)
        elif isinstance(error, OSError):
            title = _("The folder of imported files cannot be changed: {reason}").format(reason=error.strerror or "")
            said = title, _("Check whether the disk is full, or the folder may not be written to.")
        else:
            trouble = self._services.explain(error)
            said = trouble.title, trouble.action
        self._show(Tone.PROBLEM, said)

    def _show(self, tone: Tone, said: tuple[str, str]) -> None:
        """said: what happened and what to do."""
        self.fold.open()
        self.result.show_message(tone, *said)
        self.result.show()
        self.result.announce()
        bring_into_view(self.result)
