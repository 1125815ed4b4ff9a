"""The fields for the settings API of a bot: what its preset leaves open, and its key."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.save_app_id import METHODS, PLACE
from wizard.actions.tokens import RememberResult
from wizard.core.secret import Secret
from wizard.core.target import TargetChoice, TargetError, TargetProblem
from wizard.i18n.language import _
from wizard.targets.presets import Preset
from wizard.ui.accessible import announce
from wizard.ui.layout import Panel, column
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.chooser import ComboBox
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.secret_field import SecretField
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.tick import CheckBox

_ABOUT_THE_KEY = frozenset({TargetProblem.NO_SECRET, TargetProblem.LOGIN_REFUSED, TargetProblem.BAD_SECRET})
_ABOUT_THE_WAY = frozenset(
    {
        TargetProblem.NO_KEY,
        TargetProblem.BAD_POINTER,
        TargetProblem.NOT_AT_POINTER,
        TargetProblem.LOOKS_SECRET,
    }
)
_ABOUT_SENDING = frozenset(
    {
        TargetProblem.BAD_TEMPLATE,
        TargetProblem.BAD_HEADER,
        TargetProblem.METHOD_REFUSED,
        TargetProblem.PATCH_IN_LIST,
    }
)


class ApiPart(Panel):
    forget_wanted = Signal()

    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""  # the name of the preset
        self.url_field = Field(
            _("Address of your bot’s settings"), _("It begins with https://. Ask whoever runs the bot."), parent=self
        )
        self.trust = CheckBox(_("I know this address: it is my bot’s, in my own network."), parent=self)
        self.pointer_field = Field(
            _("Way to the value"), _("Names from the outside in, each after a slash: /handover/app_id"), parent=self
        )
        self.secret = SecretField(clipboard, parent=self, is_for_token=False)
        self.secret_field = Field(
            _("Key of the API"),
            _("Leave it empty if it is remembered on this computer, or if the API asks for none."),
            self.secret,
            self,
        )
        self.remember = CheckBox(_("Remember the key in this computer’s password store"), parent=self)
        self.forget_button = Button(_("Forget a remembered key"), "link")
        self.forget_button.clicked.connect(self.forget_wanted)
        self.said = Text(role="small")
        self.method = ComboBox()
        self.method.addItems([str(method) for method in METHODS])
        self.method_field = Field(_("Method"), input_widget=self.method, parent=self)
        self.header_field = Field(_("Header of the key"), _("Leave it empty for Authorization."), parent=self)
        self.template_field = Field(
            _("What is sent"),
            _('JSON such as {{"app_id": "{mark}"}}. Leave it empty to send the settings with the new value.').format(
                mark=PLACE
            ),
            parent=self,
        )
        inside = Panel()
        rarely = column(inside, spacing=0.9)
        for field in (self.method_field, self.header_field, self.template_field):
            rarely.addWidget(field)
        self.more = Disclosure(_("How it is sent"), inside, parent=self)
        parts = column(self, spacing=0.9)
        for widget in (self.url_field, self.trust, self.pointer_field, self.secret_field, self.remember):
            parts.addWidget(widget)
        parts.addWidget(self.said)
        parts.addWidget(self.forget_button, 0, Qt.AlignmentFlag.AlignLeading)
        parts.addWidget(self.more)
        for field in (self.url_field, self.pointer_field, self.header_field, self.template_field):
            field.line.textEdited.connect(lambda _text, field=field: field.clear_problem())
        self.url_field.line.textEdited.connect(self._distrust)
        self.secret.changed.connect(self.secret_field.clear_problem)
        self.method.activated.connect(lambda _at: self.method_field.clear_problem())
        self._distrust()

    def show_for(self, preset: Preset) -> None:
        """Ask only for what the preset does not say. A key and trust belong to the place they were given for."""
        if preset.name != self._shown:
            self._shown = preset.name
            self.empty()
        is_open = not preset.url
        self.url_field.setVisible(is_open)
        self.pointer_field.setVisible(not preset.key)
        has_key = preset.header != ""
        self.secret_field.setVisible(has_key)
        self.remember.setVisible(has_key)
        self.forget_button.setVisible(has_key)
        self.said.set_text("")
        self.more.setVisible(is_open)
        self.clear_problems()

    def show_choice(self, choice: TargetChoice) -> None:
        self.url_field.set_text(choice.url)
        self.pointer_field.set_text(choice.key)
        self.method.setCurrentIndex(METHODS.index(choice.method) if choice.method in METHODS else 0)
        self.header_field.set_text(choice.header)
        self.template_field.set_text(choice.template)
        self.trust.setVisible(choice.private_ok)
        self.trust.setChecked(choice.private_ok)

    def choice(self, preset: Preset) -> TargetChoice:
        is_open = not preset.url
        method = self.method.currentText()
        return TargetChoice(
            preset.name,
            key="" if preset.key else self.pointer_field.text().strip(),
            url=self.url_field.text().strip() if is_open else "",
            method=method if is_open and method != METHODS[0] else "",
            template=self.template_field.text().strip() if is_open else "",
            header=self.header_field.text().strip() if is_open else "",
            private_ok=self.trust.isChecked(),
        )

    def empty(self) -> None:
        self.show_choice(TargetChoice(""))
        self.secret.line.clear()
        self.remember.setChecked(False)

    def key(self) -> Secret | None:
        """The key that was pasted, None where the field is empty."""
        return Secret(self.secret.text()) if self.secret.text() else None

    def is_kept_as_wished(self, result: RememberResult) -> bool:
        """result: what became of the wish to remember the key. Where the system did not take it, say so once."""
        sentences = {
            RememberResult.NO_KEYRING: _("This computer has no password store."),
            RememberResult.LOCKED: _("The password store of this computer is locked."),
            RememberResult.NO_ANSWER: _("The password store of this computer does not answer."),
            RememberResult.TOO_LONG: _("The key is too long for the password store of this computer."),
            RememberResult.FAILED: _("The password store of this computer did not take the key."),
        }
        if result in sentences:
            self.remember.setChecked(False)
            in_memory = _("The key is kept in memory only, until you close the wizard.")
            self.show_said(f"{sentences[result]} {in_memory}")
        return result not in sentences

    def show_forgotten(self, is_gone: bool) -> None:
        if is_gone:
            self.show_said(_("No key is remembered for this address any more."))
        else:
            self.show_said(_("The password store of this computer could not be asked. The key may still be there."))

    def show_said(self, sentence: str) -> None:
        self.said.set_text(sentence)
        announce(self, sentence)

    def clear_problems(self) -> None:
        for field in (
            self.url_field,
            self.pointer_field,
            self.secret_field,
            self.method_field,
            self.header_field,
            self.template_field,
        ):
            field.clear_problem()

    def field_for(self, error: TargetError) -> Field | None:
        """The field beside which this trouble is said, None where no field of these would help."""
        problem = error.problem
        if problem is TargetProblem.PRIVATE_ADDRESS:
            self.trust.show()
        if problem in _ABOUT_SENDING and not self.more.isHidden():
            self.more.open()
        field = self.url_field
        if problem in _ABOUT_THE_KEY:
            field = self.secret_field
        elif problem in _ABOUT_THE_WAY:
            field = self.pointer_field
        elif problem is TargetProblem.BAD_HEADER:
            field = self.header_field
        elif problem is TargetProblem.BAD_TEMPLATE:
            field = self.template_field
        elif problem in _ABOUT_SENDING:
            field = self.method_field
        return None if field.isHidden() or (self.more.isHidden() and field in self._rare()) else field

    def _rare(self) -> tuple[Field, ...]:
        return self.method_field, self.header_field, self.template_field

    def _distrust(self) -> None:
        """Trust goes to one address: another one is asked about again."""
        self.trust.setChecked(False)
        self.trust.hide()
