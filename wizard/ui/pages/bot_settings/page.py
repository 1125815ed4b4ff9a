"""Bot settings: the App ID is saved in the bot, by the person on its platform or by the wizard where it may write."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from wizard.actions.save_app_id import plan_app_id, undo_and_plan, write_app_id
from wizard.actions.saved_setup import note_setup
from wizard.core.answers import Answers, SavedHow, with_changes, with_saved
from wizard.core.flow import StepId
from wizard.core.target import NotAllWritten, SentUnconfirmed, TargetError, TargetProblem
from wizard.i18n.language import _
from wizard.targets.bot_settings import Planned, Written
from wizard.ui.jobs import Job, StopReason, StopState
from wizard.ui.layout import laid_out_once
from wizard.ui.pages.app_id.number import NumberCheck
from wizard.ui.pages.base import Draft, StepPage
from wizard.ui.pages.bot_settings import places
from wizard.ui.pages.bot_settings.by_hand import ByHandHelp
from wizard.ui.pages.bot_settings.panels import PlacePanels
from wizard.ui.pages.bot_settings.said import not_noted, with_way_back
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.services import FailureText, Services
from wizard.ui.widgets.text import Text
from wizard.words.asking import app_name

_PLANNING_MS = 10  # nearly everybody has one place: its panel is made while the bot's settings are read
# What stands there now is another thing than was shown: it is shown anew, with the reason above it.
_SHOW_ANEW = frozenset({TargetProblem.CHANGED_SINCE, TargetProblem.CONFLICT, TargetProblem.ANSWER_LOST})


class BotSettingsPage(StepPage):
    step = StepId.BOT_SETTINGS
    works_elsewhere = True

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = services.session
        self._places: places.Places = ()
        self._is_kept = True  # whether the set-up could be saved on this computer
        self._was_there = False  # where the App ID is pasted by hand, or it was asked of somebody else
        self._then: Callable[[], None] | None = None
        self._writing: StopState | None = None  # until it is over the page is not left
        self._shown = PlacePanels(services, self)
        self._shown.opened.connect(self._note_there)
        self._shown.undo_chosen.connect(self._undo)
        self._shown.again_chosen.connect(self._send_again)
        self.panels = self._shown.panels
        self.number = NumberCheck(parent=self)
        self.number.again_wanted.connect(lambda: self.step_wanted.emit(StepId.APPS))
        self.about = Text(role="muted")
        self.by_hand = ByHandHelp(services, parent=self)
        self.by_hand.letter.taken.connect(self._note_there)
        self.body.addWidget(self.about)
        self.body.addLayout(self._shown.column)
        for part in (self.number, self.by_hand, self.by_hand.letter_fold):
            self.body.addWidget(part)

    # What it says.

    def sentence(self) -> str:
        product = self.answers.bot_product
        if product is None or not product.name:
            return super().sentence()
        return _("Save the App ID in {bot}, so that it knows where to hand over.").format(bot=product.name)

    def primary_text(self) -> str:
        if not self._places:
            return _("Try again") if self.notice.said is not None else ""
        if any(place.needs_writing for place in self._places):
            is_api = all(place.planned.plan.sends for place in self._places if place.needs_writing)
            return _("Send it") if is_api else _("Write it")
        if any(place.needs_confirming for place in self._places):
            return _("I have saved it") if self._is_kept else _("Next")
        return _("Next")

    def is_primary_next(self) -> bool:
        """Who was not there, or wrote to nobody, has saved nothing."""
        return self._by_hand_first() is None

    def _by_hand_first(self) -> int | None:
        """The number of the place where the person must do something before anything is saved, None for none."""
        if self._was_there or self.answers.saved_how is not None:
            return None
        return places.by_hand_first(self._places, self.by_hand.is_offered)

    # What it shows.

    def prepare(self, answers: Answers) -> Iterator[None]:
        """Nearly everybody has one place."""
        self._shown.make(1)
        yield

    def enter(self, answers: Answers) -> None:
        if not places.are_of(self._places, answers):
            self._places = ()  # Undo belongs to the place and the ID it was done with
            self._was_there = False
        self._is_kept = True
        super().enter(answers)
        self._plan()
        QTimer.singleShot(_PLANNING_MS, self, lambda: self._shown.make(1))

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        self._show()

    def draft(self) -> Draft:
        return super().draft()._replace(work=(self._places, self._is_kept, self._was_there))

    def take_over(self, work: tuple[places.Places, bool, bool]) -> None:
        self._places, self._is_kept, self._was_there = work

    def _plan(self, then: Callable[[], None] | None = None) -> None:
        """Look at the places afresh. then: called when what was found is shown, or could not be."""
        choices, live_chat = self.answers.targets, self.answers.live_chat
        if not choices or live_chat is None:
            return
        session, app_id, self._then = self._session, live_chat.id, then
        self.run(
            lambda job: plan_app_id(session, choices, app_id, job.cancel), self._take_plan, _("Looking at your bot")
        )

    def _take_plan(self, planned: Sequence[Planned]) -> None:
        is_confirmed = self.answers.saved_how is SavedHow.CONFIRMED
        self._places = places.planned(planned, self._places, is_confirmed)
        self._show()
        if all(place.planned.is_there for place in self._places):
            self._offer_saved(SavedHow.READ_BACK)
        elif self.answers.saved_how is SavedHow.READ_BACK and any(place.needs_writing for place in self._places):
            self.offer(with_changes(self.answers, saved_app_id="", saved_how=None))  # it is there no more
        self._finish_planning()

    def _finish_planning(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    def _show(self) -> None:
        with laid_out_once(self):
            self._show_places()
        self.footer_changed.emit()

    def _show_places(self) -> None:
        live_chat = self.answers.live_chat
        label = _("App ID of {app}, who takes over").format(app=app_name(live_chat)) if live_chat else _("App ID")
        self._shown.show_places(self._places, label, self._by_hand_first())
        self._show_by_hand()

    def _show_by_hand(self) -> None:
        """What goes with the first place that is changed by hand; the number was checked before, where places were
        chosen."""
        planned = next((place.planned for place in self._places if place.planned.plan.is_guided), None)
        self.about.set_text(planned.plan.about if planned is not None else "")
        self.by_hand.setVisible(planned is not None)
        self.by_hand.letter_fold.setVisible(planned is not None)
        if planned is not None:
            self.by_hand.show_for(self.answers, planned)
            at = self._by_hand_first()
            is_next = at is not None and not self._places[at].planned.plan.link
            self.by_hand.letter.copy_button.set_kind("primary" if is_next else "")
            self._put_letter(self.by_hand.is_offered and not planned.plan.link)
        is_right = self.number.show_for(self._session, self.answers)
        self.number.setVisible(planned is not None or not is_right)
        self.primary_ready.emit(is_right)

    def _put_letter(self, is_above: bool) -> None:
        """What is to be pressed first must not have to be looked for below the path."""
        letter = self.by_hand.letter_fold
        wanted = self.body.indexOf(self.about) + 1 if is_above else self.body.count() - 1
        if self.body.indexOf(letter) != wanted:
            self.body.removeWidget(letter)
            self.body.insertWidget(wanted, letter)

    def show_place(self, setting: str) -> None:
        """The number did not work: what stands in the field is looked at once more."""
        bring_into_view(self.by_hand.last_look)

    # What it does.

    def primary(self) -> None:
        if not self._places:
            self._plan()
        elif any(place.needs_writing for place in self._places):
            self._write()
        elif any(place.needs_confirming for place in self._places):
            self._confirm()
        else:
            self.step_done.emit()

    def _note_there(self) -> None:
        self._was_there = True
        self._show()

    def _write(self) -> None:
        session, planned = self._session, [place.planned for place in self._places if place.needs_writing]
        self._finish_writing(
            self.run(lambda _job: write_app_id(session, planned), self._take_written, _("Writing"), stoppable=False)
        )

    def _finish_writing(self, job: Job[Any]) -> None:
        """What was begun goes to its end, also while the page is left or the window closed."""
        state = StopState(_("Finishing what was started"), self)
        self._writing = state
        job.finished.connect(state.finish)

    def stop(self, reason: StopReason) -> StopState | None:
        if self._writing is not None and not self._writing.is_finished:
            return self._writing
        return super().stop(reason)

    def _send_again(self, number: int) -> None:
        self._places = places.unsent(self._places, number)
        self._write()

    def _take_written(self, written: Sequence[Written]) -> None:
        self._places = places.written(self._places, written)
        is_all = not any(place.needs_confirming for place in self._places)
        if is_all:
            self._offer_saved(SavedHow.READ_BACK)
        self._show()
        outcomes = [panel.outcome for panel, place in zip(self.panels, self._places, strict=False) if place.is_written]
        for outcome in outcomes:
            outcome.announce()
        if outcomes:
            bring_into_view(outcomes[0])
        if is_all:
            self._keep(self._note_kept)

    def _confirm(self) -> None:
        if not self._is_kept:
            self.step_done.emit()
            return
        self._offer_saved(SavedHow.CONFIRMED)
        self._keep(self._go_on)

    def _keep(self, then: Callable[[bool], None]) -> None:
        session, answers = self._session, self.answers
        self.run(lambda _job: note_setup(session, answers), then, _("Saving"))

    def _go_on(self, is_kept: bool) -> None:
        self._note_kept(is_kept)
        if self._is_kept:
            self.step_done.emit()

    def _note_kept(self, is_kept: bool) -> None:
        self._is_kept = is_kept
        if not self._is_kept:
            self.show_trouble(not_noted)
        self.footer_changed.emit()

    def _offer_saved(self, how: SavedHow) -> None:
        app_id = self._places[0].planned.plan.app_id
        self.offer(with_saved(self.answers, app_id, how, self._session.clock.now()))

    def _undo(self, number: int) -> None:
        place, session, choices = self._places[number], self._session, self.answers.targets
        applied = place.applied
        if applied is not None:
            self._finish_writing(
                self.run(
                    lambda _job: undo_and_plan(session, place.planned.choice, applied, choices),
                    lambda planned: self._take_undone(planned, number),
                    _("Undoing"),
                    stoppable=False,
                )
            )

    def _take_undone(self, planned: Sequence[Planned], number: int) -> None:
        self.offer(with_changes(self.answers, saved_app_id="", saved_how=None))
        self._take_plan(planned)
        self._places = places.undone(self._places, number)
        self._show()
        self.panels[number].outcome.announce()
        bring_into_view(self.panels[number].outcome)

    def failed(self, error: Exception) -> None:
        at = self.services.clock.now()

        def trouble() -> FailureText:
            return with_way_back(self.services.explain(error, at), error)

        is_sent = isinstance(error, (NotAllWritten, SentUnconfirmed))
        is_anew = is_sent or (isinstance(error, TargetError) and error.problem in _SHOW_ANEW)
        if is_anew and self._places:
            self._places = ()
            self._plan(then=lambda: self.show_trouble(trouble))
            return
        self.show_trouble(trouble)
        self.footer_changed.emit()
        self._finish_planning()
