"""What the tester does for "Find it for me", in three numbered steps, the code to send beside them."""

from PySide6.QtWidgets import QWidget

from wizard.actions.find_conversation import TesterCode
from wizard.i18n.language import _
from wizard.ui.pages.handover_test.tester_code import CodeRow
from wizard.ui.services import Services
from wizard.ui.widgets.steps_list import PathStep, StepsList


class FindCode(CodeRow):
    """code: None before it is shown. is_opened: Messenger was opened from here."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self.code: TesterCode | None = None
        self.is_opened = False
        self.steps, self.later_steps = StepsList(parent=self), StepsList(parent=self)
        self.beside.addWidget(self.steps)
        self.below_link.addWidget(self.later_steps)

    @property
    def is_ready(self) -> bool:
        """Whether the code can be sent: a phone needs no press here for that."""
        return self.is_opened or self.code is None or self.code.is_for_phones

    def show_code(self, code: TesterCode, page_name: str = "") -> None:
        super().show_code(code, page_name)
        self.code = code
        how = (
            _("Scan the code with your phone and send the text “{text}” to your Page. Use your own Messenger.")
            if code.is_for_phones
            else _("Open the practice Messenger, and send the text “{text}” that is already there.")
        )
        self.steps.show_steps((PathStep(how.format(text=code.text)),), total=3)
        self.later_steps.show_steps(
            (
                PathStep(_("Press “Look for my message”.")),
                PathStep(_("Then answer this conversation once from your live chat.")),
            ),
            first=2,
            total=3,
        )

    def fill(self, is_first: bool) -> None:
        """is_first: the message is what is to be sent now."""
        kind = "primary" if is_first and not self.is_opened else ""
        self.opener.button.set_kind("link" if self.code is None or self.code.is_for_phones else kind)
