"""What a person takes away from the Check screen: a text for the customer, a report, facts."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wizard.actions import export
from wizard.actions.check_target import CheckTarget
from wizard.actions.compressed import StoredResult, decompress
from wizard.core.saved_file import FACTS_ENDING
from wizard.i18n.language import _, speaking
from wizard.i18n.lists import listed
from wizard.report.render import FORMATS
from wizard.report.shown import shown
from wizard.ui import copied_words
from wizard.ui import open_files_dialog as dialogs
from wizard.ui.clipboard import Copied
from wizard.ui.jobs import JobContext
from wizard.ui.services import FailureText, Services
from wizard.words.customer import customer_text, nothing_to_send

# Saves in a thread, then calls back with "" or why the file could not be written, as `StepPage.run`.
Run = Callable[[Callable[[JobContext], str], Callable[[str], None], str], object]


class ExportMenu(QObject):
    """run: does work in a thread and says what came of it, as `StepPage.run`. `told` with a sentence, `troubled` with a
    Trouble."""

    told = Signal(str)
    troubled = Signal(object)

    def __init__(self, services: Services, run: Run, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._run, self._window = services, run, parent

    def copy(self, targets: Sequence[CheckTarget], code: str = "") -> None:
        """Put the text for the customer on the clipboard. code: of its language, "" for the window's."""
        looks = [one.result for one in targets if one.result is not None]
        if not looks:
            return
        now = self._services.clock.now()
        with speaking(code):
            letters = [letter for look in looks if (letter := customer_text(shown(decompress(look)), now))]
        if letters:
            named = listed(one.name for one in targets)
            self._services.clipboard.copy("\n\n".join(letters), lambda copied: self._say_copied(named, copied))
        else:
            self.told.emit(nothing_to_send())

    def _say_copied(self, named: str, copied: Copied) -> None:
        yes = _("Copied: {page}. Paste it into your answer to the customer.").format(page=named)
        no = _("The clipboard could not be used. Save the report as a file instead.")
        self.told.emit(copied_words.told(copied, yes, no))

    def save_report(self, targets: Sequence[CheckTarget], is_complete: bool) -> None:
        """Ask where, and write a report of the targets that were looked at."""
        results = [one.result for one in targets if one.result is not None]
        if not results:
            return
        kinds = {f"{form.title()} (*{form.ending})": form for form in FORMATS}
        first = FORMATS[0]
        name = export.suggested_name(targets[0].name if len(results) == 1 else "", first.ending)
        path, kind = dialogs.ask_where_to_save(self._window, _("Save report"), name, ";;".join(kinds))
        if path:
            destination, now = export.report_destination(path, kinds.get(kind, first)), self._services.clock.now()
            self._save(
                lambda job: export.save_report(destination, results, now, is_complete, job.cancel), destination.path
            )

    def save_facts(self, targets: Sequence[CheckTarget]) -> None:
        """Ask where, and write what was seen, without names of people; one file for each target."""
        kinds = _("Facts, without names of people (*{ending})").format(ending=FACTS_ENDING)
        for target in targets:
            if target.result is not None:
                name = export.suggested_name(target.name, FACTS_ENDING)
                path, _kind = dialogs.ask_where_to_save(self._window, _("Save facts"), name, kinds)
                if path:
                    self._save(partial(_save_facts, export.facts_path(path), target.result), export.facts_path(path))

    def _save(self, write: Callable[[JobContext], None], path: Path) -> None:
        def save(job: JobContext) -> str:
            try:
                write(job)
            except OSError as error:
                return error.strerror or type(error).__name__
            return ""

        self._run(save, lambda trouble: self._tell_saved(path, trouble), _("Saving"))

    def _tell_saved(self, path: Path, trouble: str) -> None:
        if trouble:
            title = _("“{file}” could not be written.").format(file=path)
            self.troubled.emit(FailureText(title, _("Choose another place."), trouble))
        else:
            self.told.emit(_("Saved as {file}.").format(file=path))


def _save_facts(path: Path, result: StoredResult, _job: JobContext) -> None:
    export.save_facts(path, result)
