"""The setting on Facebook with which the wizard sees by itself which app is the live chat: the bot as default app."""

from PySide6.QtWidgets import QWidget

from wizard.core.answers import Answers
from wizard.core.facts import Page
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.services import Services
from wizard.ui.widgets.open_place import OpenPlace
from wizard.ui.widgets.steps_list import StepsList, path_steps
from wizard.words import guides


class DefaultAppWay(Panel):
    """The setting is one of the next step, too: whoever makes it here need not make it there."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.place, self.path = OpenPlace(services, parent=self), StepsList(parent=self)
        parts = column(self, spacing=0.8)
        parts.addWidget(self.place)
        parts.addWidget(self.path)

    def show_for(self, answers: Answers) -> None:
        names = guides.names_of(Page(answers.page_id, answers.page_name), answers.bot, answers.live_chat)
        path = guides.paths("default_app", names)[0]
        self.place.show_place(_("Open this setting on Facebook"), self._services.session.world.link(path.link))
        self.path.show_steps(path_steps(path.steps, path.pictures))
        self.show()
