"""Parts of the page "Who answers first": the picture, the bot's own webhook fields, and a message for somebody else."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wizard.actions.roles import FIELDS
from wizard.core.facts import App, Page
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.layout import Panel, column
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.roles.state import SettingState
from wizard.ui.pages.roles.task import indented
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.checklist import CheckItem, CheckRow
from wizard.ui.widgets.diagram import HandoverDiagram
from wizard.ui.widgets.diagram_data import Arrow, ArrowLook, DiagramData, Party
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.send_message import SendMessage
from wizard.ui.widgets.text import Text
from wizard.words import guides, verdicts
from wizard.words.asking import app_name


def show_who_answers(diagram: HandoverDiagram, bot: App, live_chat: App) -> None:
    parties = (
        Party("bot", app_name(bot), _("Answers first"), bot.id),
        Party("live_chat", app_name(live_chat), _("Takes over"), live_chat.id),
    )
    there = Arrow(_("hands over"), look=ArrowLook.NEXT)
    back = Arrow(_("gives back"), forward=False, look=ArrowLook.NEXT)
    diagram.show_picture(DiagramData(parties, (there, back)))


class FieldsBox(Panel):
    """What the bot receives, and a button that adds what is missing: the one thing the wizard can set itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = CheckRow(CheckItem(FIELDS, ""))
        self.button = Button(_("Add the missing ones"))
        parts = column(self, spacing=0.4)
        parts.addWidget(self.line)
        below = column()
        below.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        parts.addLayout(indented(below))

    @property
    def title(self) -> str:
        return self.line.item.title

    def show_state(self, state: SettingState | None, is_missing: bool) -> None:
        """state: None where it is not known, and nothing is shown."""
        self.setVisible(state is not None)
        if state is not None:
            self.line.show_item(CheckItem(FIELDS, verdicts.title("app.fields"), state.detail, state.mark))
        self.button.setVisible(is_missing)


class SomeoneElse(Disclosure):
    """The message for whoever manages the Page. It is unfolded by the second button of the page, which is always in
    sight."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        self.message = SendMessage(services)
        inside = Panel()
        super().__init__(self.words(), inside, parent)
        self.button.hide()
        parts = column(inside, 0.7)
        parts.addWidget(Text(self.words(), "section"))
        parts.addWidget(self.message)
        self._fill: Callable[[], None] = lambda: None
        self.about_to_open.connect(lambda: self._fill())

    @staticmethod
    def words() -> str:
        return _("Someone else must do this")

    def offer(self) -> None:
        self.open()
        announce(self.message, self.message.intro.text())
        self.message.copy_button.setFocus()
        bring_into_view(self)

    def show_message(
        self, page: Page, apps: tuple[App, App], settings: Sequence[str], first: str, saw_all: bool
    ) -> None:
        """apps: bot and live chat. first: as `guides.setting`. saw_all: every known place was looked at in vain."""
        intro = _("Send this to whoever manages the Page. The wizard keeps your place: come back when it is done.")
        if saw_all:
            intro = _(
                "These were all places we know. Someone who manages the Page may find it: send them this message. Or "
                "ask support for newer instructions; Help takes them in."
            )

        def make() -> tuple[str, str]:
            subject = _("Settings of our Facebook Page: {name}").format(name=page.name or page.id)
            return subject, guides.message_for_someone_else(page, *apps, settings, first)

        self._fill = lambda: self.message.show_message(intro, make)
        if self.is_open:
            self._fill()
