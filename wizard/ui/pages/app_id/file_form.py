"""The fields for a settings file: its path, and the key in it where the preset names none."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from wizard.core.target import TargetChoice, TargetError, TargetProblem
from wizard.i18n.language import _
from wizard.targets.presets import Preset, PresetKind
from wizard.ui import file_dialogs
from wizard.ui.layout import Panel, column, row
from wizard.ui.metrics import em
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.caret import begin_where_reading_does
from wizard.ui.widgets.field import Field

# Troubles that are about the key, not about the file.
_ABOUT_THE_KEY = frozenset(
    {
        TargetProblem.NO_KEY,
        TargetProblem.BAD_KEY,
        TargetProblem.BAD_KEY_PATH,
        TargetProblem.NO_SECTION,
        TargetProblem.DUPLICATE_KEY,
        TargetProblem.MULTI_LINE,
        TargetProblem.NOT_UNDERSTOOD,
        TargetProblem.NOT_A_GROUP,
        TargetProblem.NOT_A_VALUE,
        TargetProblem.SHARED_VALUE,
        TargetProblem.MERGED_VALUE,
        TargetProblem.TAGGED_VALUE,
        TargetProblem.COMMENT_BEHIND,
        TargetProblem.NAME_VALUE_LIST,
        TargetProblem.WRITE_IT_SO,
        TargetProblem.LOOKS_SECRET,
        TargetProblem.FILLED_IN,
        TargetProblem.OTHER_ID,
        TargetProblem.MORE_THAN_ID,
    }
)


class FileInput(Panel):
    """A path to type or to choose with the system's dialog."""

    browse_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        begin_where_reading_does(self.line)
        self.browse_button = Button(_("Browse…"))
        self.browse_button.clicked.connect(self.browse_chosen)
        parts = row(self, spacing=0.6)
        parts.addWidget(self.line, 1)
        parts.addWidget(self.browse_button)
        self.setFocusProxy(self.line)

    def minimumSizeHint(self) -> QSize:
        return QSize(em(14), super().minimumSizeHint().height())


class FilePart(Panel):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.input = FileInput(parent=self)
        self.input.browse_chosen.connect(self._browse)
        self.path_field = Field(
            _("Settings file of your bot"),
            _("A name that begins with a dot may be hidden in the dialog: you can type the path here."),
            self.input,
            self,
        )
        self.key_field = Field(parent=self)
        parts = column(self, spacing=0.9)
        for field in (self.path_field, self.key_field):
            field.line.textEdited.connect(lambda _text, field=field: field.clear_problem())
            parts.addWidget(field)

    def show_for(self, preset: Preset) -> None:
        self.key_field.setVisible(not preset.key)
        hint = _("The name at which your bot looks for the App ID: ask whoever wrote the bot.")
        if preset.kind is not PresetKind.DOTENV:
            hint = _("Names from the outside in, with dots: facebook.live_chat_app_id. Ask whoever wrote the bot.")
        self.key_field.set_label(_("Key in this file"), hint)
        self.clear_problems()

    def show_choice(self, choice: TargetChoice) -> None:
        self.path_field.set_text(choice.path)
        self.key_field.set_text(choice.key)

    def choice(self, preset: Preset) -> TargetChoice:
        key = "" if preset.key else self.key_field.text().strip()
        return TargetChoice(preset.name, self.path_field.text().strip(), key)

    def empty(self) -> None:
        self.show_choice(TargetChoice(""))

    def clear_problems(self) -> None:
        self.path_field.clear_problem()
        self.key_field.clear_problem()

    def field_for(self, error: TargetError) -> Field:
        """The field beside which this trouble is said."""
        is_about_key = error.problem in _ABOUT_THE_KEY and not self.key_field.isHidden()
        return self.key_field if is_about_key else self.path_field

    def _browse(self) -> None:
        title = _("Settings file of your bot")
        if path := file_dialogs.ask_for_file(self, title, self.path_field.text()):
            self.path_field.set_text(path)
            self.path_field.clear_problem()
