"""Step 7: what works, what nobody looked at, what to keep an eye on; and the same to copy, save or send."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wizard.actions.saved_setup import note_setup, save_summary
from wizard.actions.step_states import step_states
from wizard.core.answers import Answers
from wizard.core.flow import StepId
from wizard.core.step_state import StepState
from wizard.core.verdict import State
from wizard.i18n.language import _, ngettext
from wizard.ui import file_dialogs
from wizard.ui.accessible import announce
from wizard.ui.clipboard import Copied
from wizard.ui.copied_words import told
from wizard.ui.jobs import JobContext
from wizard.ui.layout import Panel, column, row
from wizard.ui.pages.base import StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.services import FailureText, Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.checklist import CheckItem, Checklist
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.marks import VERDICT_MARKS, Mark
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.text import Text
from wizard.words import summary
from wizard.words.steps import finished_title
from wizard.words.summary import SummaryRow

_TONES = {
    State.OK: Tone.OK,
    State.WARNING: Tone.WARNING,
    State.PROBLEM: Tone.PROBLEM,
    State.UNKNOWN: Tone.NEUTRAL,
    State.NOT_CHECKED: Tone.NEUTRAL,
}


class FinishedPage(StepPage):
    step = StepId.FINISHED

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = services.session
        self._said_copied = False
        self._not_checked: tuple[SummaryRow, ...] = ()
        self.result = Notice(parent=self)
        self.result.action_chosen.connect(lambda: self.aside_wanted.emit("recovery"))
        self.works_title, self.works = Text(role="strong"), Checklist()
        self.look_at_title, self.look_at = Text(_("Look at this"), "strong"), Checklist()
        self.watch_title, self.watch = Text(_("Keep an eye on"), "strong"), Checklist()
        self.open_rows, self.word_rows = Checklist(), Checklist()
        self.open_fold = Disclosure("", self.open_rows, parent=self)
        self.open_fold.about_to_open.connect(self._show_open)
        self.words_fold = Disclosure(_("What the words mean"), self.word_rows, parent=self)
        self.words_fold.about_to_open.connect(self._show_words)
        self.save_button, self.again_button = Button(_("Save as a file…")), Button(_("Check again"), "link")
        self.save_button.clicked.connect(self._save)
        self.again_button.clicked.connect(lambda: self.aside_wanted.emit("check"))
        self.said = Text()
        self.body.addWidget(self.result)
        for title, rows in (
            (self.look_at_title, self.look_at),
            (self.works_title, self.works),
            (self.watch_title, self.watch),
        ):
            self.body.addWidget(_section(title, rows))
        self.body.addWidget(self.open_fold)
        self.body.addWidget(self.words_fold)
        buttons = row()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.again_button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.body.addWidget(self.said)
        self.said.hide()

    # What it says.

    def title(self) -> str:
        return finished_title(self._test_state())

    def sentence(self) -> str:
        if self._test_state() is StepState.FAILED:
            return _("This is what was seen, and what to do about it.")
        return super().sentence()

    def secondary_text(self) -> str:
        return _("Copied") if self._said_copied else _("Copy as text")

    # What it shows.

    def prepare(self, answers: Answers) -> None:
        """There are many rows to make; most of them stay as they are."""
        self.answers = answers
        self._show()
        self._show_open()
        self._show_words()

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        self._show()

    def enter(self, answers: Answers) -> None:
        self._said_copied = False
        self.said.set_text("")
        super().enter(answers)
        session = self._session
        # Now that the test is known, the noted set-up can tell its outcome. Nobody waits for this.
        self.services.runner.start(lambda _job: note_setup(session, answers)).on_success(self._note_kept)

    def _show(self) -> None:
        told, now = summary.summary(self._session.check_context(self.answers)), self.services.clock.now()
        head = told.headline
        text = "\n".join(part for part in (told.handover, head.next_step) if part)
        is_elsewhere = any(test.is_left_elsewhere for test in self._session.tests)
        action = _("Bring it back") if is_elsewhere else ""
        self.result.show_message(_TONES[head.state], head.sentence, text, action)
        self._show_rows(self.look_at, told.look_at, now)
        seen = summary.seen_together(told.works, now)
        self.works_title.setText(_("What works ({when})").format(when=seen) if seen else _("What works"))
        self._show_rows(self.works, told.works, now, is_dated=not seen)
        self.watch.show_items(tuple(CheckItem(row.title, row.title, row.text, Mark.INFO) for row in told.watch))
        count = len(told.open)
        self.open_fold.set_title(
            ngettext("{count} point is not checked", "{count} points are not checked", count).format(count=count)
        )
        self.open_fold.setVisible(bool(told.open))
        self._not_checked = told.open
        if self.open_fold.is_open:
            self._show_open()
        _show_section(self.works_title, bool(told.works))
        _show_section(self.look_at_title, bool(told.look_at))

    def _show_open(self) -> None:
        self._show_rows(self.open_rows, self._not_checked, self.services.clock.now())

    def _show_words(self) -> None:
        words = summary.glossary()
        self.word_rows.show_items(tuple(CheckItem(row.title, row.title, row.text, Mark.INFO) for row in words))

    def _show_rows(self, place: Checklist, rows: tuple[SummaryRow, ...], now: float, is_dated: bool = True) -> None:
        place.show_items(
            tuple(
                CheckItem(
                    row.title,
                    row.title,
                    " ".join(part for part in (row.text, summary.seen_when(row, now) if is_dated else "") if part),
                    _mark(row, now),
                )
                for row in rows
            )
        )

    def _test_state(self) -> StepState:
        return step_states(self._session, self.answers)[StepId.TEST]

    def _note_kept(self, is_kept: bool) -> None:
        if not is_kept:
            self.show_trouble(
                FailureText(
                    _("The set-up could not be noted on this computer."),
                    _("Everything still works. Copy or save this summary, so that you have it for a later check."),
                )
            )

    # What it does.

    def _text(self) -> str:
        return summary.text(self._session.check_context(self.answers), self.services.clock.now())

    def secondary(self) -> None:
        self.services.clipboard.copy(self._text(), self._say_copied)

    def _say_copied(self, copied: Copied) -> None:
        self._said_copied = copied is Copied.YES
        yes = _("The summary is on the clipboard. Paste it into a message.")
        no = _("The clipboard could not be used. Save the summary as a file instead.")
        self._show_notice(told(copied, yes, no))
        self.footer_changed.emit()

    def _save(self) -> None:
        kinds = _("Text files (*.txt)")
        path = file_dialogs.ask_where_to_save(self, _("Save as a file"), "messenger-handover.txt", kinds)
        if not path:
            return
        text = self._text()

        def save(_job: JobContext) -> str:
            try:
                save_summary(Path(path), text)
            except OSError as error:
                return error.strerror or type(error).__name__
            return ""

        self.run(save, lambda trouble: self._take_saved(path, trouble), _("Saving"), stoppable=False)

    def _take_saved(self, path: str, trouble: str) -> None:
        if trouble:
            self.show_trouble(
                FailureText(_("“{file}” could not be written.").format(file=path), _("Choose another place."), trouble)
            )
        else:
            self._show_notice(_("Saved as {file}.").format(file=path))

    def _show_notice(self, sentence: str) -> None:
        self.said.set_text(sentence)
        announce(self.said, sentence)
        bring_into_view(self.said)


def _mark(row: SummaryRow, now: float) -> Mark:
    is_unknown = row.state is State.NOT_CHECKED or (row.state is State.OK and summary.is_old(row, now))
    return Mark.UNKNOWN if is_unknown else VERDICT_MARKS[row.state]


def _section(title: Text, rows: Checklist) -> QWidget:
    box = Panel()
    parts = column(box, spacing=0.6)
    parts.addWidget(title)
    parts.addWidget(rows, 0, Qt.AlignmentFlag.AlignTop)
    return box


def _show_section(title: Text, wanted: bool) -> None:
    box = title.parentWidget()
    if box is not None:
        box.setVisible(wanted)
