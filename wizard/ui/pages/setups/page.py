"""Earlier set-ups: which Page, from when, and how far. One is gone on with, or checked."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from wizard.actions.earlier_setups import EarlierSetup, earlier_setups, keep
from wizard.core.answers import Answers
from wizard.core.flow import SETUP, StepId
from wizard.i18n.language import _
from wizard.ui.pages.base import StepPage
from wizard.ui.services import Services
from wizard.ui.widgets.cards import CardGroup, CardOption
from wizard.ui.widgets.text import Text
from wizard.words import steps
from wizard.words.moments import day


class SetupsPage(StepPage):
    """Beside the route. The main button goes on with the chosen one; the second checks what is kept."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._setups: Sequence[EarlierSetup] = ()
        self.nothing = Text(_("There is no earlier set-up on this computer."))
        self.nothing.hide()
        self.cards = CardGroup(_("Which one?"), parent=self)
        self.cards.chosen.connect(lambda _key: self.footer_changed.emit())
        for widget in (self.nothing, self.cards):
            self.body.addWidget(widget)

    def title(self) -> str:
        return _("Earlier set-ups")

    def sentence(self) -> str:
        return _("Go on with one, or see whether it still works.")

    def help_topic(self) -> str:
        return "check"

    def primary_text(self) -> str:
        return _("Go on with it") if self._chosen() is not None else _("Back to the start")

    def secondary_text(self) -> str:
        return _("Check it") if self._chosen() is not None else ""

    def enter(self, answers: Answers) -> None:
        super().enter(answers)
        session = self.services.session
        self.services.runner.start(lambda _job: earlier_setups(session)).on_success(self._show).on_failure(self.failed)

    def primary(self) -> None:
        chosen, session, present = self._chosen(), self.services.session, self.answers
        if chosen is None:
            self.aside_wanted.emit("")
            return
        self.run(
            lambda _job: present.page_id == chosen.answers.page_id or keep(session, present),
            lambda _kept: self._go_on(chosen.answers),
            _("Opening the set-up"),
        )

    def secondary(self) -> None:
        self.aside_wanted.emit("check")

    def _chosen(self) -> EarlierSetup | None:
        key = self.cards.choice()
        return next((one for one in self._setups if one.answers.page_id == key), None)

    def _show(self, setups: Sequence[EarlierSetup]) -> None:
        self._setups = setups
        self.nothing.setVisible(not setups)
        self.cards.setVisible(bool(setups))
        kept = self.cards.choice()
        self.cards.show_cards([_card(one) for one in setups])
        keys = [one.answers.page_id for one in setups]
        if keys:
            self.cards.choose(kept if kept in keys else keys[0])
        self.footer_changed.emit()

    def _go_on(self, answers: Answers) -> None:
        """What was seen of another Page says nothing of this one; one logs in again."""
        self.services.session.start_over()
        self.aside_wanted.emit("")
        self.offer(answers)
        self.step_wanted.emit(SETUP.reachable(answers)[-1].id)


def _card(one: EarlierSetup) -> CardOption:
    name = one.answers.page_name or _("Page ID {page_id}").format(page_id=one.answers.page_id)
    if one.step is StepId.FINISHED:
        how_far = _("Set up and tested")
    else:
        how_far = _("Goes on at: {step}").format(step=steps.name(one.step))
    return CardOption(one.answers.page_id, name, how_far, _("Saved on {day}").format(day=day(one.saved_at)))
