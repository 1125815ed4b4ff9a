"""What a person takes away from the Check screen: a text for the customer, a report, facts."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wizard.core.ports import Work
from wizard.i18n.language import _
from wizard.report.render import ENDINGS, Format
from wizard.report.shown import shown
from wizard.store.facts_file import ENDING as FACTS_ENDING
from wizard.ui import copied_words
from wizard.ui import open_files_dialog as dialogs
from wizard.ui.clipboard import Copied
from wizard.ui.pages.check import export as saving
from wizard.ui.pages.check.compressed import unpack
from wizard.ui.pages.check.subject import Subject
from wizard.ui.services import Services, Trouble
from wizard.words.customer import customer_text

Run = Callable[[Work, Callable[[object], None], str], object]


class TakingAway(QObject):
    """run: as `StepPage.run`. `told` with a sentence, `troubled` with a Trouble."""

    told = Signal(str)
    troubled = Signal(object)

    def __init__(self, services: Services, run: Run, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._run, self._window = services, run, parent

    def copy(self, subjects: Sequence[Subject]) -> None:
        """Put the text for the customer on the clipboard."""
        looks = [one.seen for one in subjects if one.seen is not None]
        if not looks:
            return
        text = "\n\n".join(customer_text(shown(unpack(look))) for look in looks)
        self._services.clipboard.copy(text, self._say_copied)

    def _say_copied(self, copied: Copied) -> None:
        yes = _("Copied. Paste it into your answer to the customer.")
        no = _("The clipboard could not be used. Save the report as a file instead.")
        self.told.emit(copied_words.told(copied, yes, no))

    def save_report(self, subjects: Sequence[Subject], is_complete: bool) -> None:
        """Ask where, and write a report of the subjects that were looked at."""
        looks = [one.seen for one in subjects if one.seen is not None]
        if not looks:
            return
        name = saving.suggested_name(subjects[0].name if len(looks) == 1 else "", ENDINGS[Format.HTML])
        path, kind = dialogs.ask_where_to_save(self._window, _("Save report"), name, saving.report_kinds())
        if path:
            place = saving.report_place(path, kind)
            work = saving.report_saving(place, looks, self._services.clock.now(), is_complete)
            self._save(work, place.path)

    def save_facts(self, subjects: Sequence[Subject]) -> None:
        """Ask where, and write what was seen, without names of people; one file for each subject."""
        for subject in subjects:
            if subject.seen is not None:
                name = saving.suggested_name(subject.name, FACTS_ENDING)
                path, _kind = dialogs.ask_where_to_save(self._window, _("Save facts"), name, saving.facts_kinds())
                if path:
                    place = saving.facts_place(path)
                    self._save(saving.facts_saving(place, subject.seen), place)

    def _save(self, work: Work, path: Path) -> None:
        self._run(work, lambda trouble: self._tell_saved(path, str(trouble)), _("Saving"))

    def _tell_saved(self, path: Path, trouble: str) -> None:
        if trouble:
            title = _("“{file}” could not be written.").format(file=path)
            self.troubled.emit(Trouble(title, _("Choose another place."), trouble))
        else:
            self.told.emit(_("Saved as {file}.").format(file=path))
