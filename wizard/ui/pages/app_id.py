"""Step 4: the App ID of the one that takes over, checked, and the place where the bot keeps it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.core.answers import Answers, TargetChoice, with_changes
from wizard.core.app_id import AppIdTrouble
from wizard.core.cancel import CancelToken
from wizard.core.flow import StepId
from wizard.core.ports import Report
from wizard.core.target import TargetError
from wizard.targets.guided import GuidedTarget
from wizard.targets.presets import Preset, PresetKind, Presets, load_presets
from wizard.ui.metrics import em
from wizard.ui.pages import file_dialogs
from wizard.ui.pages.app_id_parts import (
    ABOUT_THE_KEY,
    NOT_ABOUT_THE_FIELDS,
    BigCopyRow,
    FileInput,
    PlaceCards,
    first_place,
    id_problem,
)
from wizard.ui.pages.base import StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.session_at_hand import session_of
from wizard.ui.pages.target_work import plan_of
from wizard.ui.services import Services, Trouble
from wizard.ui.widgets.checklist import CheckItem, Checklist
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.marks import Mark
from wizard.ui.widgets.notice import Notice, Tone
from wizard.words import fields, steps, targets
from wizard.words.asking import app_name
from wizard.words.language import _, ngettext


class AppIdPage(StepPage):
    step = StepId.APP_ID

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = session_of(services)
        self._presets = Presets({})
        self._has_no_browser = False
        self.id_row = BigCopyRow(services.clipboard)
        self.id_check = Checklist()
        self.id_notice = Notice()
        self.id_notice.hide()
        self.id_notice.action_chosen.connect(lambda: self.step_wanted.emit(StepId.APPS))
        self.places = PlaceCards()
        self.places.chosen.connect(self._take_place)
        self.file_input = FileInput()
        self.file_input.browse_chosen.connect(self._browse)
        self.path_field = Field(input_widget=self.file_input)
        self.path_field.line.textEdited.connect(lambda _text: self.path_field.clear_problem())
        self.key_field = Field()
        self.key_field.line.textEdited.connect(lambda _text: self.key_field.clear_problem())
        self.file_box = QWidget()
        column = QVBoxLayout(self.file_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.9))
        column.addWidget(self.path_field)
        column.addWidget(self.key_field)
        self.file_box.hide()
        for widget in (self.id_row, self.id_check, self.id_notice, self.places, self.file_box):
            self.body.addWidget(widget)

    # What it says.

    def title(self) -> str:
        return steps.title(self.step)

    def sentence(self) -> str:
        return steps.sentence(self.step)

    def primary_text(self) -> str:
        # The next page says what to do there; one press brings the number and the place together.
        return _("Copy it and open your bot’s settings") if self._link() and not self._has_no_browser else _("Next")

    def retranslate(self) -> None:
        super().retranslate()
        self.places.set_question(_("Where does your bot keep it?"))
        self.file_input.browse_button.say(_("Browse…"))
        self.path_field.say(
            _("Settings file of your bot"),
            _("A name that begins with a dot may be hidden in the dialog: you can type the path here."),
        )
        self._say_key()
        self._show_id()
        self._show_cards()

    # What it shows.

    def enter(self, answers: Answers) -> None:
        super().enter(answers)
        folder = self._session.places.presets
        job = self.services.runner.start(lambda _token, _report: load_presets([folder]))
        job.succeeded.connect(self._take_presets)
        job.failed.connect(lambda error: self.show_trouble(self.services.explain(error)))

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        self._show_id()

    def _show_id(self) -> None:
        live_chat = self.answers.live_chat
        label = _("App ID of {app}, who takes over").format(app=app_name(live_chat)) if live_chat else ""
        self.id_row.show_value(label, live_chat.id if live_chat else "")
        problem = id_problem(self.answers, self._session.apps(self.answers))
        is_only_odd = problem is not None and problem.trouble is AppIdTrouble.NEAR_MISS
        self.id_notice.setVisible(problem is not None)
        self.id_check.setVisible(problem is None)
        if problem is not None:
            self.id_notice.show_message(
                Tone.WARNING if is_only_odd else Tone.PROBLEM,
                fields.app_id_problem_text(problem),
                action=_("Choose again in “Your apps”"),
            )
        elif live_chat is not None:
            digits = len(live_chat.id)
            title = ngettext("{count} digit", "{count} digits", digits).format(count=digits)
            if live_chat.name:
                item = CheckItem("id", title, _("Neither your Page’s ID nor your bot’s."), Mark.DONE)
            else:
                item = CheckItem(
                    "id", title, _("Facebook shows no name for it: compare it digit by digit."), Mark.WARNING
                )
            self.id_check.show_items((item,))
        self.primary_ready.emit(bool(self._presets.by_name) and (problem is None or is_only_odd))

    def _take_presets(self, presets: object) -> None:
        assert isinstance(presets, Presets)
        self._presets = presets
        if presets.problems:
            problem = presets.problems[0]
            self.show_trouble(
                Trouble(
                    _("A preset of yours cannot be used: {file}").format(file=problem.file),
                    _("{place}. Correct it, or go on without it.").format(place=problem.place),
                )
            )
        target = self.answers.target
        chosen = self.places.choice() or (target.preset if target else "")
        self._show_cards()
        if chosen not in presets.by_name:
            chosen = first_place(presets)
        self.places.blockSignals(True)  # nobody chose just now, so nothing scrolls
        self.places.choose(chosen)
        self.places.blockSignals(False)
        if target is not None and not self.path_field.text():
            self.path_field.set_text(target.path)
            self.key_field.set_text(target.key)
        self._show_fields()
        self._show_id()
        self.footer_changed.emit()

    def _show_cards(self) -> None:
        self.places.show_places(self._presets)

    def _take_place(self, _key: str) -> None:
        self._show_fields()
        self.footer_changed.emit()
        if not self.file_box.isHidden():
            bring_into_view(self.file_box)

    def _show_fields(self) -> None:
        preset = self._preset()
        self.file_box.setVisible(preset is not None and preset.kind is not PresetKind.GUIDED)
        self.key_field.setVisible(preset is not None and not preset.key)
        self._say_key()
        self.path_field.clear_problem()
        self.key_field.clear_problem()

    def _say_key(self) -> None:
        preset = self._preset()
        hint = _("The name at which your bot looks for the App ID: ask whoever wrote the bot.")
        if preset is not None and preset.kind not in (PresetKind.GUIDED, PresetKind.DOTENV):
            hint = _("Names from the outside in, with dots: facebook.live_chat_app_id. Ask whoever wrote the bot.")
        self.key_field.say(_("Key in this file"), hint)

    def _preset(self) -> Preset | None:
        return self._presets.by_name.get(self.places.choice())

    def _link(self) -> str:
        """Where the App ID is pasted, "" for a file or where this world has no such site."""
        preset, live_chat = self._preset(), self.answers.live_chat
        if preset is None or live_chat is None or preset.kind is not PresetKind.GUIDED:
            return ""
        return GuidedTarget(preset, self._session.world).link

    def _browse(self) -> None:
        title = _("Settings file of your bot")
        if path := file_dialogs.ask_for_file(self, title, self.path_field.text()):
            self.path_field.set_text(path)
            self.path_field.clear_problem()

    # What it does.

    def primary(self) -> None:
        preset = self._preset()
        if preset is None or self.answers.live_chat is None:
            return
        if preset.kind is PresetKind.GUIDED:
            if self._copy_and_open():
                self._go_on(TargetChoice(preset.name))
            return
        key = "" if preset.key else self.key_field.text().strip()
        choice = TargetChoice(preset.name, self.path_field.text().strip(), key)
        session, app_id = self._session, self.answers.live_chat.id
        self.path_field.clear_problem()
        self.key_field.clear_problem()

        def look(_token: CancelToken, _report: Report) -> object:
            return plan_of(session, choice, app_id)

        self.run(look, lambda _plan: self._go_on(choice), _("Looking at the file"))

    def _copy_and_open(self) -> bool:
        """Return False, once, where there is no browser: then the person reads why before going on."""
        link = self._link()
        if not link or self._has_no_browser:
            return True
        self.id_row.copy()
        if self.services.open_link(link):
            return True
        self._has_no_browser = True
        self.show_trouble(
            Trouble(_("No browser could be started."), _("Open your bot’s settings in your browser yourself."))
        )
        self.footer_changed.emit()
        return False

    def _go_on(self, choice: TargetChoice) -> None:
        self.offer(with_changes(self.answers, target=choice))
        self.step_done.emit()

    def failed(self, error: Exception) -> None:
        if not isinstance(error, TargetError) or error.problem in NOT_ABOUT_THE_FIELDS:
            super().failed(error)
            return
        said = targets.said(error.trouble)
        is_about_key = error.problem in ABOUT_THE_KEY and self.key_field.isVisibleTo(self)
        field = self.key_field if is_about_key else self.path_field
        field.show_problem(" ".join(part for part in (said.text, said.action) if part))
        field.line.setFocus()
        bring_into_view(field)
