"""One place of the App ID on the Bot settings page: the path to follow by hand, or the change and what became of it."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.i18n.language import _
from wizard.targets.base import Applied
from wizard.targets.bot_settings import Planned
from wizard.ui.layout import Panel, column
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.services import Services
from wizard.ui.widgets.copy_row import CopyRow
from wizard.ui.widgets.diff_view import DiffView, lines_of
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.open_place import OpenPlace
from wizard.ui.widgets.steps_list import StepsList, path_steps
from wizard.ui.widgets.text import Text
from wizard.words import targets


@dataclass(frozen=True, slots=True)
class PlaceState:
    """planned: what would be done, or is there already. applied: what the wizard wrote, now or in an earlier run, and
    can undo; None without. is_written: just now. was_undone: just now."""

    planned: Planned
    applied: Applied | None = None
    is_written: bool = False
    was_undone: bool = False

    @property
    def is_in_place(self) -> bool:
        return self.planned.is_there or self.is_written

    @property
    def needs_writing(self) -> bool:
        return not (self.planned.plan.is_guided or self.is_in_place)

    @property
    def can_undo(self) -> bool:
        return self.applied is not None and self.applied.can_undo

    @property
    def needs_confirming(self) -> bool:
        """Only the person can tell."""
        return self.planned.plan.is_guided or self.planned.plan.is_blind


class PlacePanel(Panel):
    opened = Signal()  # the person was where the App ID is pasted
    undo_chosen = Signal()
    again_chosen = Signal()  # send it again, where nobody can see whether it is there

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        clipboard = services.clipboard
        self._is_blind = False
        self.heading = Text(role="section")
        # By hand.
        self.id_row = CopyRow(clipboard, parent=self)
        self.id_row.copy_button.set_kind("")
        self.opener = OpenPlace(services, parent=self)
        self.opener.about_to_open.connect(self.id_row.copy)
        self.opener.opened.connect(self.opened)
        self.path = StepsList(parent=self)
        self.path.drawing_opened.connect(bring_into_view)
        self.by_hand = Panel()
        inside = column(self.by_hand, spacing=1.1)
        inside.addWidget(self.id_row)
        inside.addWidget(self.opener)
        inside.addWidget(self.path)
        # By the wizard.
        self.outcome = Notice(parent=self)
        self.outcome.action_chosen.connect(self._act)
        self.diff = DiffView()
        self.promise = Text(role="muted")
        self.code_row = CopyRow(clipboard, parent=self)
        self.code_row.copy_button.set_kind("")
        parts = column(self, spacing=1.1)
        for widget in (self.heading, self.by_hand, self.outcome, self.diff, self.promise, self.code_row):
            parts.addWidget(widget)

    def show_place(self, state: PlaceState, heading: str, id_label: str, may_undo: bool, is_next: bool = False) -> None:
        """heading: the name of the place, "" where it is the only one. id_label: whose App ID it is. may_undo: nothing
        was written into the same file after it. is_next: it is to be opened now."""
        plan = state.planned.plan
        self._is_blind = plan.is_blind
        self.heading.set_text(heading)
        self.by_hand.setVisible(plan.is_guided)
        self.diff.setVisible(not plan.is_guided and bool(plan.diff))
        self.outcome.setVisible(False)
        self.promise.setVisible(False)
        self.code_row.setVisible(bool(plan.code))
        if plan.code:
            self.code_row.show_value(_("For whoever writes your bot: this line uses the App ID"), plan.code)
        if plan.is_guided:
            self._show_path(state, id_label)
            self.opener.button.set_kind("primary" if is_next else "")
        else:
            self._show_change(state, _("Undo") if state.can_undo and may_undo else "")

    def _show_path(self, state: PlaceState, id_label: str) -> None:
        plan = state.planned.plan
        label = id_label
        if plan.paste_into:
            label = _("{what}, for the field “{field}”").format(what=label, field=plan.paste_into)
        self.id_row.show_value(label, plan.app_id)
        self.opener.show_place(_("Copy it and open your bot’s settings"), plan.link)
        self.path.show_steps(path_steps(plan.steps, plan.pictures))

    def _act(self) -> None:
        (self.again_chosen if self._is_blind else self.undo_chosen).emit()

    def _show_change(self, state: PlaceState, action: str) -> None:
        plan = state.planned.plan
        doubts = targets.doubts(plan.key, plan.is_other_text, plan.beside)
        self.diff.show_change(plan.sends or plan.where, lines_of(plan.diff))
        if state.needs_writing:
            self.promise.set_text(self._promise(state))
        if state.is_written and plan.is_blind:
            text = _("Nobody can read it back. Check in your bot that it is there.")
            self._show_notice(Tone.INFO, _("Sent; the server took it."), text, _("Send it again"))
        elif state.is_written:
            stands = _("The App ID is in {where}.").format(where=plan.where)
            self._show_notice(Tone.OK, _("Written and read back."), _and_then(state, stands), action)
        elif state.planned.is_there:
            self._show_notice(
                Tone.OK,
                _("This App ID is there already."),
                _("There is nothing to write: {where}").format(where=plan.where),
                action,
            )
        elif state.was_undone:
            self._show_notice(Tone.INFO, _("Undone."), _and_then(state, _("What was there before is back.")))
        elif plan.creates:
            self._show_notice(
                Tone.INFO, _("This file does not exist yet."), _("The wizard makes it, with this one value.")
            )
        elif plan.adds_key:
            self._show_notice(
                Tone.INFO,
                _("{key} is not there yet.").format(key=plan.key),
                " ".join((_("The wizard adds it. If your bot uses another name, go back and correct it."), *doubts)),
            )
        elif doubts:
            self._show_notice(Tone.WARNING, _("Look before you write."), " ".join(doubts))

    def _promise(self, state: PlaceState) -> str:
        if state.planned.plan.is_blind:
            return _("Nothing is sent yet. What is there now cannot be read, so it cannot be undone.")
        if not state.planned.plan.can_undo:
            return _("Nothing is sent yet. All other settings stay as they are. It cannot be undone by the wizard.")
        if state.planned.plan.sends:
            return _("Nothing is sent yet. All other settings stay as they are, and you can undo it.")
        return _("Nothing is written yet. All other lines stay as they are, and you can undo it.")

    def _show_notice(self, tone: Tone, title: str, text: str, action: str = "") -> None:
        self.outcome.show_message(tone, title, text, action)
        self.outcome.show()


def _and_then(state: PlaceState, done: str) -> str:
    """What was done, and what is left to do where a file was changed."""
    return done if state.planned.plan.sends else f"{done} {targets.start_again()}"
