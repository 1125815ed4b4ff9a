"""One trouble in words, with the page that helps and the text to send."""

from PySide6.QtWidgets import QWidget

from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.clipboard import Copied
from wizard.ui.copied_words import told
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.letter_language import LetterLanguage
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.wrapping_row import WrappingRow
from wizard.words.customer import for_customer
from wizard.words.explained_log import LogRow, seen
from wizard.words.explaining import Explained, where_seen, who_can


class ExplainedCard(Notice):
    """row: where it comes from a log."""

    def __init__(
        self, explained: Explained, services: Services, row: LogRow | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self.explained = explained
        self._services = services
        world = services.session.world
        self._link = world.link(explained.link_template) if explained.link_template else ""
        self.copy_button = Button(_("Copy this text"))
        self.copied = Text(role="small", selectable=True)
        self.copy_button.clicked.connect(self._copy)
        self.action_chosen.connect(self._open_link)
        self.language = LetterLanguage(self)
        buttons = WrappingRow()
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.language)
        self.lines.insertLayout(self.lines.indexOf(self.disclosure), buttons)
        self.lines.insertWidget(self.lines.indexOf(self.disclosure), self.copied)
        self.copied.hide()
        self._show_explained(explained, row)

    def _show_explained(self, one: Explained, row: LogRow | None) -> None:
        tone = Tone.WARNING if one.is_known and not one.is_reply else Tone.INFO
        says = _("Facebook says: {text}").format(text=one.facebook_says) if one.facebook_says else ""
        sign = _("This is the cause if the answer is yes: {question}").format(question=one.sign) if one.sign else ""
        lines = (says, sign, one.action, who_can(one.who), seen(row) if row is not None else where_seen(one))
        details = [*one.details, *([_("Example: {text}").format(text=row.example)] if row is not None else [])]
        link = _("Open the page") if self._link else ""
        self.show_message(tone, one.title, "\n".join(line for line in lines if line), link, "\n".join(details))

    def _open_link(self) -> None:
        if not self._services.open_link(self._link):
            no_browser = _("No browser could be started. Open this address in your browser: {link}")
            self._say(no_browser.format(link=self._link))

    def _copy(self) -> None:
        text = self.language.speaking(lambda: for_customer((self.explained,), self._services.session.world))
        self._services.clipboard.copy(text, self._say_copied)

    def _say_copied(self, copied: Copied) -> None:
        yes, no = _("Copied. Paste it into your answer."), _("The clipboard could not be used. Try again.")
        self._say(told(copied, yes, no), urgent=copied is not Copied.YES)

    def _say(self, sentence: str, urgent: bool = True) -> None:
        self.copied.set_text(sentence)
        announce(self.copied, sentence, urgent)
