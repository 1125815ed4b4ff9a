"""What helps whoever pastes the App ID by hand: what else the field may be called, who else can do it, a last look."""

from PySide6.QtWidgets import QWidget

from wizard.core.answers import Answers
from wizard.core.products import OTHER, UNKNOWN
from wizard.i18n.language import _
from wizard.targets.bot_settings import Planned
from wizard.ui.layout import Panel, column
from wizard.ui.services import Services
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.send_message import SendMessage
from wizard.ui.widgets.text import Text
from wizard.words import bot_letter


class ByHandHelp(Panel):
    """is_offered: the message to somebody else stands open. letter_fold: that message, which stands in the page by
    itself: above all else where nothing but it can be begun with."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_offered = False
        self.last_look = Text(role="strong")
        self.elsewhere = Text(role="muted")
        self.unseen_fold = Disclosure(_("I don’t see this"), self.elsewhere, parent=self)
        self.letter = SendMessage(services, parent)
        self.letter_fold = Disclosure(_("Someone else must do this"), self.letter, parent=parent)
        parts = column(self, spacing=0.5)
        for widget in (self.last_look, self.unseen_fold):
            parts.addWidget(widget)

    def show_for(self, answers: Answers, planned: Planned) -> None:
        plan = planned.plan
        has_field, app_id = bool(plan.paste_into), plan.app_id
        self.last_look.set_text(
            _("Before you go on, look again: does the field “{field}” show {number} now?").format(
                field=plan.paste_into, number=f"{app_id[:4]}…{app_id[-4:]}"
            )
            if has_field
            else ""
        )
        self.unseen_fold.setVisible(has_field)
        self.elsewhere.set_text(
            _(
                "Menus change. Search the bot’s settings for “Messenger”, then for a field that names another app: "
                "Secondary receiver, Live chat app, Target app. If there is none, send the message on this page "
                "to the support of your bot."
            )
        )
        intro = _("Send this to whoever made your bot, or to its support. When it is saved, press “I have saved it”.")

        def write() -> tuple[str, str]:
            return bot_letter.subject(), bot_letter.message(answers, app_id, plan.paste_into, plan.code)

        self.letter.show_message(intro, write)
        product = answers.bot_product
        if not has_field or (product is not None and product.id in (OTHER, UNKNOWN)):
            self._offer_letter()

    def _offer_letter(self) -> None:
        """Once: whoever folds it away has read it."""
        if not self.is_offered:
            self.is_offered = True
            self.letter_fold.open()
