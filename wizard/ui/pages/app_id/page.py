"""App ID: the App ID of the one that takes over, checked, and the place where the bot keeps it."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wizard.actions.products import suggested_place
from wizard.actions.save_app_id import (
    forget_key,
    keep_key,
    offered_presets,
    plan_app_id,
)
from wizard.actions.tokens import RememberResult
from wizard.core.answers import Answers, with_changes
from wizard.core.flow import StepId
from wizard.core.target import TargetChoice, TargetError
from wizard.i18n.language import _
from wizard.targets.presets import Preset, Presets
from wizard.ui.jobs import Job, JobContext
from wizard.ui.pages.app_id.api_form import ApiPart
from wizard.ui.pages.app_id.file_form import FilePart
from wizard.ui.pages.app_id.number import NumberCheck
from wizard.ui.pages.app_id.panels import (
    NOT_ABOUT_THE_FIELDS,
    BigCopyRow,
    FurtherPlaces,
    PlaceCards,
)
from wizard.ui.pages.base import Draft, StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.services import FailureText, Services
from wizard.ui.widgets.button import Button
from wizard.words import targets
from wizard.words.asking import app_name

Part = TypeVar("Part", FilePart, ApiPart)


class AppIdPage(StepPage):
    step = StepId.APP_ID

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = services.session
        self._presets = Presets({})
        self._is_right = False  # the number
        self._is_filled = False  # with the places of the answers, too
        self._draft: Draft | None = None  # until the places are known that it is about
        self._chosen: tuple[TargetChoice, ...] = ()  # of a bot with several places, those before the one being chosen
        self.id_row = BigCopyRow(services.clipboard, parent=self)
        self.number = NumberCheck(parent=self)
        self.number.again_wanted.connect(lambda: self.step_wanted.emit(StepId.APPS))
        self.places = PlaceCards(parent=self)
        self.places.chosen.connect(self._take_place)
        self.further = FurtherPlaces(parent=self)
        self.further.removed.connect(self._remove_further)
        self._parts: list[FilePart | ApiPart] = []  # those that were needed so far
        self.another_button = Button(_("My bot keeps it in another place too"), "link")
        self.another_button.clicked.connect(self._add_another)
        for widget in (self.id_row, self.number, self.further, self.places):
            self.body.addWidget(widget)
        self.body.addWidget(self.another_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._show_fields()

    @cached_property
    def file_part(self) -> FilePart:
        return self._added(FilePart(parent=self.places))

    @cached_property
    def api_part(self) -> ApiPart:
        part = self._added(ApiPart(self.services.clipboard, parent=self.places))
        part.forget_wanted.connect(self._forget_key)
        return part

    def _added(self, part: Part) -> Part:
        part.hide()
        self._parts.append(part)
        return part

    # What it says.

    def primary_text(self) -> str:
        return _("Next")

    # What it shows.

    def prepare(self, answers: Answers) -> Iterator[None]:
        """There are many cards to make."""
        if not self._presets.by_name:
            self._read_presets().on_success(self._prepare_cards)
        yield

    def enter(self, answers: Answers) -> None:
        super().enter(answers)
        self._look_for_presets()  # somebody may have imported one

    def draft(self) -> Draft:
        made = tuple(type(part) for part in self._parts)
        return self._draft or super().draft()._replace(work=(self._is_filled, self._chosen, made))

    def restore_draft(self, draft: Draft) -> None:
        self._is_filled, self._chosen, made = draft.work
        for kind in made:  # what was typed there stays, shown or not
            (self.file_part if kind is FilePart else self.api_part).hide()
        self._draft = draft

    def _prepare_cards(self, presets: Presets) -> None:
        if not self._presets.by_name:  # else the page has been entered meanwhile
            self._presets = presets
            self._show_cards()

    def _look_for_presets(self) -> None:
        job = self._read_presets()
        job.on_success(self._take_presets)
        job.on_failure(self.show_error)

    def _read_presets(self) -> Job[Presets]:
        session = self._session
        return self.services.runner.start(lambda _job: offered_presets(session))

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        self._show_id()

    def _show_id(self) -> None:
        live_chat = self.answers.live_chat
        label = _("App ID of {app}, who takes over").format(app=app_name(live_chat)) if live_chat else ""
        self.id_row.show_value(label, live_chat.id if live_chat else "")
        self._is_right = self.number.show_for(self._session, self.answers)
        self._show_ready()

    def _show_ready(self) -> None:
        is_chosen = bool(self.places.choice())
        self.another_button.setVisible(is_chosen)
        self.primary_ready.emit(self._is_filled and self._is_right and (is_chosen or bool(self._chosen)))

    def _take_presets(self, presets: Presets) -> None:
        self._presets = presets
        if presets.problems:
            problem = presets.problems[0]
            self.show_trouble(
                lambda: FailureText(
                    _("A preset of yours cannot be used: {file}").format(file=problem.file),
                    _("{place}. Correct it, or go on without it.").format(place=problem.place),
                )
            )
        targets = self.answers.targets if not self._is_filled else ()
        chosen = targets[-1].preset if targets else self.places.choice() or suggested_place(self.answers)
        self._is_filled = True
        self._chosen = targets[:-1] or self._chosen
        self._show_cards()
        self._choose(chosen if chosen in presets.by_name else "")
        if targets:
            self._show_choice(targets[-1])
        self._show_fields()
        if self._draft is not None:
            super().restore_draft(self._draft)
            self._draft = None
            if any(isinstance(part, ApiPart) for part in self._parts):
                self.api_part.trust.setVisible(self.api_part.trust.isChecked())
        self._show_id()

    def _choose(self, name: str) -> None:
        self.places.blockSignals(True)  # nobody chose just now, so nothing scrolls
        self.places.choose(name)
        self.places.blockSignals(False)

    def _show_choice(self, choice: TargetChoice) -> None:
        part = self._part()
        if part is not None:
            part.show_choice(choice)

    def _show_cards(self) -> None:
        self.places.show_places(self._presets)
        self.further.show_places([self._name_of(choice) for choice in self._chosen])

    def _name_of(self, choice: TargetChoice) -> str:
        preset = self._presets.by_name.get(choice.preset)
        title = preset.title if preset is not None else choice.preset
        place = choice.path or choice.url
        return _("{title}: {place}").format(title=title, place=place) if place else title

    def _take_place(self, _key: str) -> None:
        self._show_fields()
        self._show_ready()
        part = self._part()
        if part is not None:
            bring_into_view(part)

    def _show_fields(self) -> None:
        preset, shown = self._preset(), self._part()
        for part in self._parts:
            if part is not shown:
                part.hide()
        if preset is not None and shown is not None:
            shown.show_for(preset)
            self.places.show_below(preset.name, shown)
            shown.show()  # with all it says: each sentence more would lay out the page once more

    def _part(self) -> FilePart | ApiPart | None:
        """The fields that the chosen place needs, None for one that is pasted by hand."""
        preset = self._preset()
        if preset is None or preset.is_guided:
            return None
        return self.api_part if preset.is_http else self.file_part

    def _preset(self) -> Preset | None:
        return self._presets.by_name.get(self.places.choice())

    # What it does.

    def primary(self) -> None:
        preset = self._preset()
        if self.answers.live_chat is None:
            return
        if preset is None:
            self._go_on_with(self._chosen)
        elif preset.is_guided:
            self._go_on(TargetChoice(preset.name))
        else:
            self._check_target(preset, self._go_on)

    def _check_target(self, preset: Preset, then: Callable[[TargetChoice], None]) -> None:
        """Check whether the App ID can go there; nothing is written."""
        part, live_chat = self._part(), self.answers.live_chat
        if part is None or live_chat is None:
            return
        part.clear_problems()
        choice, session, app_id = part.choice(preset), self._session, live_chat.id
        key = self.api_part.key() if preset.is_http else None
        remember = preset.is_http and self.api_part.remember.isChecked()

        def plan(job: JobContext) -> RememberResult | None:
            kept = keep_key(session, choice, key, remember) if key is not None else None
            plan_app_id(session, (choice,), app_id, job.cancel)
            return kept

        def go_on(kept: RememberResult | None) -> None:
            if kept is None or self.api_part.is_kept_as_wished(kept):
                then(choice)

        self.run(plan, go_on, _("Looking at the file") if choice.path else _("Looking at your bot"))

    def _forget_key(self) -> None:
        preset, session = self._preset(), self._session
        if preset is not None:
            choice = self.api_part.choice(preset)
            self.run(lambda _job: forget_key(session, choice), self.api_part.show_forgotten, _("Forgetting the key"))

    def _add_another(self) -> None:
        """Keep the place that is chosen now, and choose one more."""
        preset = self._preset()
        if preset is None:
            return
        if preset.is_guided:
            self._keep_and_choose(TargetChoice(preset.name))
        else:
            self._check_target(preset, self._keep_and_choose)

    def _keep_and_choose(self, choice: TargetChoice) -> None:
        if choice not in self._chosen:
            self._chosen = (*self._chosen, choice)
        for part in self._parts:
            part.empty()
        self._choose("")  # which one is next only the person knows
        self._show_cards()
        self._show_fields()
        bring_into_view(self.further)

    def _remove_further(self, number: int) -> None:
        self._chosen = tuple(one for at, one in enumerate(self._chosen) if at != number)
        self._show_cards()
        self._show_ready()

    def _go_on(self, choice: TargetChoice) -> None:
        self._go_on_with((*(one for one in self._chosen if one != choice), choice))

    def _go_on_with(self, places: Sequence[TargetChoice]) -> None:
        if not places:
            return
        first, *more = places
        self.finish(with_changes(self.answers, target=first, more_targets=tuple(more)))

    def failed(self, error: Exception) -> None:
        part = self._part()
        field = None
        if isinstance(error, TargetError) and part is not None and error.problem not in NOT_ABOUT_THE_FIELDS:
            field = part.field_for(error)
        if field is None or not isinstance(error, TargetError):
            super().failed(error)
            return
        field.show_problem(partial(_problem_text, error))
        (field.input.focusProxy() or field.input).setFocus()
        bring_into_view(field)


def _problem_text(error: TargetError) -> str:
    said = targets.said_of(error)
    return " ".join(text for text in (said.text, said.action) if text)
