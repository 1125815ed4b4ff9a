"""Step 5: the App ID is saved in the bot, by the person on its platform or by the wizard in a file."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.core.answers import Answers, SavedHow, with_changes
from wizard.core.flow import StepId
from wizard.core.target import TargetError, TargetProblem
from wizard.ui.metrics import em
from wizard.ui.pages.base import StepPage
from wizard.ui.pages.session_at_hand import session_of
from wizard.ui.pages.target_work import Planned, Written, keep_setup, plan_of, undo, write
from wizard.ui.services import Services, Trouble
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.copy_row import CopyRow
from wizard.ui.widgets.diff_view import DiffView, lines_of
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.steps_list import PathStep, StepsList
from wizard.ui.widgets.text import Text
from wizard.words import steps
from wizard.words.asking import app_name
from wizard.words.language import _


class BotSettingsPage(StepPage):
    step = StepId.BOT_SETTINGS

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = session_of(services)
        self._planned: Planned | None = None
        self._written: Written | None = None
        self._was_undone = False
        self._is_kept = True  # whether the set-up could be saved on this computer
        self._then: Callable[[], None] | None = None
        # By hand.
        self.id_row = CopyRow(services.clipboard)
        self.id_row.copy_button.set_kind("")
        self.open_button = Button()
        self.open_button.clicked.connect(self._open_platform)
        self.path = StepsList()
        self.by_hand = QWidget()
        column = QVBoxLayout(self.by_hand)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(1.1))
        column.addWidget(self.id_row)
        column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.path)
        # By the wizard.
        self.outcome = Notice()
        self.outcome.action_chosen.connect(self._undo)
        self.diff = DiffView()
        self.promise = Text(role="muted")
        self.code_row = CopyRow(services.clipboard)
        self.code_row.copy_button.set_kind("")
        for widget in (self.by_hand, self.outcome, self.diff, self.promise, self.code_row):
            widget.hide()
            self.body.addWidget(widget)

    # What it says.

    def title(self) -> str:
        return steps.title(self.step)

    def sentence(self) -> str:
        return steps.sentence(self.step)

    def primary_text(self) -> str:
        planned = self._planned
        if planned is None:
            return _("Try again") if self._trouble is not None else ""
        if planned.plan.is_guided:
            return _("I have saved it") if self._is_kept else _("Next")
        return _("Next") if self._is_in_file() else _("Write it")

    def retranslate(self) -> None:
        super().retranslate()
        self._show()

    # What it shows.

    def enter(self, answers: Answers) -> None:
        if self._planned is not None and (
            self._planned.choice != answers.target
            or answers.live_chat is None
            or self._planned.plan.app_id != answers.live_chat.id
        ):
            self._written = None  # Undo belongs to the file and the ID it was done with
        self._planned, self._was_undone, self._is_kept = None, False, True
        super().enter(answers)
        self._plan()

    def _plan(self, then: Callable[[], None] | None = None) -> None:
        """Look at the place afresh. then: called when what was found is shown, or could not be."""
        target, live_chat = self.answers.target, self.answers.live_chat
        if target is None or live_chat is None:
            return
        session, app_id, self._then = self._session, live_chat.id, then
        self.run(lambda _token, _report: plan_of(session, target, app_id), self._take_plan, _("Looking at your bot"))

    def _take_plan(self, planned: object) -> None:
        assert isinstance(planned, Planned)
        self._planned = planned
        self._show()
        if planned.is_there:
            self._offer_saved(planned.plan.app_id, SavedHow.READ_BACK)
        elif not planned.plan.is_guided and self.answers.saved_how is SavedHow.READ_BACK:
            self.offer(with_changes(self.answers, saved_app_id="", saved_how=None))  # it is there no more
        self._finish_planning()

    def _finish_planning(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    def _is_in_file(self) -> bool:
        return self._planned is not None and (self._planned.is_there or self._is_written())

    def _is_written(self) -> bool:
        return self._written is not None and self._written.planned is self._planned

    def _show(self) -> None:
        planned = self._planned
        self.by_hand.setVisible(planned is not None and planned.plan.is_guided)
        self.diff.setVisible(planned is not None and not planned.plan.is_guided and bool(planned.plan.diff))
        self.outcome.setVisible(False)
        self.promise.setVisible(False)
        self.code_row.setVisible(planned is not None and bool(planned.plan.code))
        if planned is not None and planned.plan.code:
            self.code_row.show_value(_("For whoever writes your bot: this line uses the App ID"), planned.plan.code)
        if planned is not None and planned.plan.is_guided:
            self._show_path(planned)
        elif planned is not None:
            self._show_file(planned)
        self.footer_changed.emit()

    def _show_path(self, planned: Planned) -> None:
        live_chat = self.answers.live_chat
        label = _("App ID of {app}, who takes over").format(app=app_name(live_chat)) if live_chat else _("App ID")
        if planned.plan.paste_into:
            label = _("{what}, for the field “{field}”").format(what=label, field=planned.plan.paste_into)
        self.id_row.show_value(label, planned.plan.app_id)
        self.open_button.say(_("Copy it and open your bot’s settings") if planned.plan.link else "")
        self.path.show_steps(tuple(PathStep(step) for step in planned.plan.steps))

    def _show_file(self, planned: Planned) -> None:
        plan, file = planned.plan, str(planned.plan.file or "")
        self.diff.show_change(file, lines_of(plan.diff))
        if not self._is_in_file():
            self.promise.say(_("Nothing is written yet. All other lines stay as they are, and you can undo it."))
        may_undo = self._written is not None and self._written.applied.can_undo
        action = _("Undo") if may_undo else ""
        if self._is_written():
            self._say(Tone.OK, _("Written and read back."), _("The App ID stands in {file}.").format(file=file), action)
        elif planned.is_there:
            self._say(
                Tone.OK,
                _("The file holds this App ID already."),
                _("There is nothing to write: {file}").format(file=file),
                action,
            )
        elif self._was_undone:
            self._say(Tone.INFO, _("Undone."), _("The file is what it was before."))
        elif plan.creates:
            self._say(Tone.INFO, _("This file does not exist yet."), _("The wizard makes it, with this one value."))
        elif plan.adds_key:
            key = plan.changes[0].key
            self._say(
                Tone.INFO,
                _("{key} is not in this file yet.").format(key=key),
                _("The wizard adds it. If your bot uses another name, go back and correct it."),
            )

    def _say(self, tone: Tone, title: str, text: str, action: str = "") -> None:
        self.outcome.show_message(tone, title, text, action)
        self.outcome.show()

    # What it does.

    def primary(self) -> None:
        planned = self._planned
        if planned is None:
            self._plan()
        elif planned.plan.is_guided:
            self._confirm(planned.plan.app_id)
        elif self._is_in_file():
            self.step_done.emit()
        else:
            session = self._session
            self.run(lambda _token, _report: write(session, planned), self._take_written, _("Writing"), stoppable=False)

    def _confirm(self, app_id: str) -> None:
        if not self._is_kept:
            self.step_done.emit()
            return
        self._offer_saved(app_id, SavedHow.CONFIRMED)
        session, answers = self._session, self.answers
        self.run(lambda _token, _report: keep_setup(session, answers), self._go_on, _("Saving"))

    def _go_on(self, is_kept: object) -> None:
        self._note_kept(is_kept)
        if self._is_kept:
            self.step_done.emit()

    def _note_kept(self, is_kept: object) -> None:
        self._is_kept = bool(is_kept)
        if not self._is_kept:
            self.show_trouble(
                Trouble(
                    _("The set-up could not be noted on this computer."),
                    _("The App ID is saved all the same, and you can go on. Only a later check must ask for it again."),
                )
            )
        self.footer_changed.emit()

    def _take_written(self, written: object) -> None:
        assert isinstance(written, Written)
        self._written, self._was_undone = written, False
        self._offer_saved(written.applied.app_id, SavedHow.READ_BACK)
        self._show()
        self.outcome.announce()
        session, answers = self._session, self.answers
        self.run(lambda _token, _report: keep_setup(session, answers), self._note_kept, _("Saving"))

    def _offer_saved(self, app_id: str, how: SavedHow) -> None:
        self.offer(with_changes(self.answers, saved_app_id=app_id, saved_how=how))

    def _undo(self) -> None:
        written, session = self._written, self._session
        if written is not None:
            self.run(lambda _token, _report: undo(session, written), self._take_undone, _("Undoing"), stoppable=False)

    def _take_undone(self, planned: object) -> None:
        self._written, self._was_undone = None, True
        self.offer(with_changes(self.answers, saved_app_id="", saved_how=None))
        self._take_plan(planned)
        self.outcome.announce()

    def _open_platform(self) -> None:
        self.id_row.copy()
        if self._planned is not None and not self.services.open_link(self._planned.plan.link):
            self.show_trouble(
                Trouble(_("No browser could be started."), _("Open your bot’s settings in your browser yourself."))
            )

    def failed(self, error: Exception) -> None:
        trouble = self.services.explain(error)
        if isinstance(error, TargetError) and error.problem is TargetProblem.CHANGED_SINCE and self._planned:
            # Show the change against what stands there now, with the reason above it.
            self._written = None
            self._planned = None
            self._plan(then=lambda: self.show_trouble(trouble))
            return
        self.show_trouble(trouble)
        self.footer_changed.emit()
        self._finish_planning()
