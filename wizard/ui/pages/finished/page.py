"""Step 7: what it comes to in one sentence and one picture, the rules for every day, and the rest folded away."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wizard.actions.reminder import reminder_file
from wizard.actions.saved_setup import note_setup, save_file, save_summary
from wizard.actions.step_states import step_states
from wizard.core.answers import Answers
from wizard.core.flow import StepId, StepState
from wizard.core.mend import Mend, Place, Way
from wizard.core.verdict import State
from wizard.i18n.language import _
from wizard.ui import file_dialogs
from wizard.ui.accessible import announce
from wizard.ui.clipboard import Copied
from wizard.ui.copied_words import told
from wizard.ui.jobs import JobContext
from wizard.ui.mail import mail_link
from wizard.ui.pages.base import StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.finished.card import RulesPanel, as_pdf, print_card
from wizard.ui.pages.finished.details import DetailsPanel, WatchedRows
from wizard.ui.services import FailureText, Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.checklist import CheckItem, Checklist
from wizard.ui.widgets.diagram import HandoverDiagram
from wizard.ui.widgets.diagram_data import Arrow, ArrowLook, DiagramData, Party
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.marks import Mark
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.text import Text
from wizard.words import daily, finished, mending, summary

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
        self.mend = Mend(Way.GO_ON)
        self._card = daily.card(self.answers)
        self.result = Notice(parent=self)
        self.picture, self.untested = HandoverDiagram(), Text()
        self.rules = RulesPanel(parent=self)
        self.look_at = WatchedRows(_("Look at this"), parent=self)
        self.details = DetailsPanel(parent=self)
        self.details_fold = Disclosure("", self.details, parent=self)
        self.word_rows = Checklist()
        self.words_fold = Disclosure(_("What the words mean"), self.word_rows, parent=self)
        self.again_button = Button(kind="link")
        self.said = Text()
        for widget in (
            self.result,
            self.picture,
            self.untested,
            self.rules,
            self.look_at,
            self.details_fold,
            self.words_fold,
        ):
            self.body.addWidget(widget)
        self.body.addWidget(self.again_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.said)
        self.said.hide()
        self.rules.print_wanted.connect(self._print)
        self.rules.pdf_wanted.connect(self._save_pdf)
        self.rules.send_wanted.connect(self._send)
        self.details_fold.about_to_open.connect(self._show_details)
        self.details.copy_wanted.connect(self._copy)
        self.details.save_wanted.connect(self._save)
        self.words_fold.about_to_open.connect(self._show_words)
        self.again_button.clicked.connect(self._check_again)

    # What it says.

    def title(self) -> str:
        return finished.title(self._test_state())

    def sentence(self) -> str:
        if self._test_state() is StepState.SEEN:
            return self._card.proof
        return finished.sentence(self._test_state(), self.answers.has_token)

    def primary_text(self) -> str:
        if self.mend.way is Way.AGAIN:
            return _("Test again") if self._session.tests else _("Test it")
        return mending.label(self.mend.way)

    def secondary_text(self) -> str:
        return _("Remind me to check in a month") if self.mend.way is Way.GO_ON else _("Close")

    # What it shows.

    def prepare(self, answers: Answers) -> Iterator[None]:
        """There are many rows to make, some at a time; most of them stay as they are."""
        self.answers = answers
        self._show()
        yield
        self._show_details()
        yield
        self._show_words()

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        self._show()

    def enter(self, answers: Answers) -> None:
        self.said.set_text("")
        super().enter(answers)
        session = self._session
        # Now that the test is known, the noted set-up can tell its outcome. Nobody waits for this.
        self.services.runner.start(lambda _job: note_setup(session, answers)).on_success(self._note_kept)

    def _show(self) -> None:
        context, now = self._session.check_context(self.answers), self._session.facebooks_time()
        told = summary.summary(context)
        self._told = told
        is_proven = self._test_state() is StepState.SEEN
        proven_at = told.proven_at if is_proven else 0.0
        is_practice = bool(self._session.world.control)
        self._card = daily.card(self.answers, context.all_tests, proven_at, is_practice)
        self.mend = summary.mend(context)
        said, next_step = finished.result(told.headline, self._test_state(), self.answers.has_token)
        text = "\n".join(part for part in (told.handover, next_step) if part)
        self.result.show_message(_TONES[told.headline.state], said, text)
        self.result.setVisible(not is_proven)
        self._show_picture(proven_at)
        self.untested.set_text(self._card.untested)
        self.again_button.set_text(_("Check again") if self.answers.has_token else _("Log in and check"))
        self.rules.show_card(self._card)
        self.rules.setVisible(self._test_state() is not StepState.FAILED)
        is_said_above = len(told.look_at) == 1 and not is_proven
        self.look_at.show_rows(() if is_said_above else told.look_at, now)
        self.details_fold.set_title(summary.for_developer(told))
        if self.details_fold.is_open:
            self._show_details()

    def _show_picture(self, proven_at: float) -> None:
        """Only of what was proven: a picture says more than a sentence can take back."""
        parties = (
            Party("bot", self._card.bot, _("Answers first")),
            Party("live_chat", self._card.live_chat, _("Takes over")),
        )
        look = ArrowLook.DONE if self._card.has_come_back else ArrowLook.NEXT
        arrows = Arrow(_("hands over")), Arrow(self._card.back, forward=False, look=look)
        self.picture.show_picture(DiagramData(parties, arrows, proven=daily.proved_when(proven_at)))
        self.picture.setVisible(bool(proven_at))

    def _show_details(self) -> None:
        self.details.show_summary(self._told, self._session.facebooks_time())

    def _show_words(self) -> None:
        words = summary.glossary()
        self.word_rows.show_items(tuple(CheckItem(row.title, row.title, row.text, Mark.INFO) for row in words))

    def _test_state(self) -> StepState:
        return step_states(self._session, self.answers)[StepId.TEST]

    def _note_kept(self, is_kept: bool) -> None:
        if not is_kept:
            self.show_trouble(
                lambda: FailureText(
                    _("The set-up could not be noted on this computer."),
                    _("Everything still works. Copy or save this summary, so that you have it for a later check."),
                )
            )

    # What it does.

    def primary(self) -> None:
        if self.mend.way is Way.BRING_BACK:
            self.aside_wanted.emit("recovery")
        elif self.mend.place is not None:
            self.place_wanted.emit(self.mend.place)
        elif link := mending.link_template(self.mend, self.answers):
            self.open_in_browser(self._session.world.link(link))
        else:
            self.place_wanted.emit(Place(StepId.TEST))

    def secondary(self) -> None:
        if self.mend.way is Way.GO_ON:
            self._remind()
        else:
            self.window().close()

    def _check_again(self) -> None:
        """Without a token nothing can be checked."""
        if self.answers.has_token:
            self.aside_wanted.emit("check")
        else:
            self.step_wanted.emit(StepId.LOG_IN)

    def _print(self) -> None:
        printer = file_dialogs.ask_for_printer(self, self._card.title)
        if printer is not None:
            print_card(self._card, printer)
            self._say(_("Sent to the printer."))

    def _save_pdf(self) -> None:
        self._save_as(_("PDF files (*.pdf)"), "messenger-rules.pdf", lambda: as_pdf(self._card))

    def _remind(self) -> None:
        file = reminder_file(self._session, self.answers)
        self._save_as(
            _("Calendar files (*.ics)"),
            "check-messenger-handover.ics",
            lambda: file,
            _("Saved as {file}. Open it: your calendar takes it in."),
        )

    def _send(self) -> None:
        link, is_whole = mail_link(self._card.title, self._card.text)
        if not self.services.open_link(link) or not is_whole:
            self.services.clipboard.copy(self._card.text, self._say_copied)
        else:
            self._say(_("Your e-mail program opens with the message. Add who it is for, and send it."))

    def _copy(self) -> None:
        self.services.clipboard.copy(self._text(), self._say_copied)

    def _say_copied(self, copied: Copied) -> None:
        yes = _("It is on the clipboard. Paste it into a message.")
        no = _("The clipboard could not be used. Save it as a file instead.")
        self._say(told(copied, yes, no))

    def _text(self) -> str:
        text = summary.text(self._session.check_context(self.answers), self._session.facebooks_time())
        return f"{self._card.practice}\n\n{text}".lstrip()

    def _save(self) -> None:
        kinds, text = _("Text files (*.txt)"), self._text()
        path = file_dialogs.ask_where_to_save(self, _("Save as a file"), "messenger-handover.txt", kinds)
        if path:
            self._write(path, lambda: save_summary(Path(path), text))

    def _save_as(self, kinds: str, name: str, content: Callable[[], bytes], said: str = "") -> None:
        """said: the sentence afterwards, with {file}; "" for the usual one."""
        path = file_dialogs.ask_where_to_save(self, _("Save as a file"), name, kinds)
        if path:
            made = content()
            self._write(path, lambda: save_file(Path(path), made), said)

    def _write(self, path: str, write: Callable[[], None], said: str = "") -> None:
        def save(_job: JobContext) -> str:
            try:
                write()
            except OSError as error:
                return error.strerror or type(error).__name__
            return ""

        self.run(save, lambda trouble: self._take_saved(path, trouble, said), _("Saving"), stoppable=False)

    def _take_saved(self, path: str, trouble: str, said: str) -> None:
        if trouble:
            self.show_trouble(
                lambda: FailureText(
                    _("“{file}” could not be written.").format(file=path), _("Choose another place."), trouble
                )
            )
        else:
            self._say((said or _("Saved as {file}.")).format(file=path))

    def _say(self, sentence: str) -> None:
        self.said.set_text(sentence)
        announce(self.said, sentence)
        bring_into_view(self.said)
