""" "I have my own Meta app": its App ID is enough to log in with Facebook."""

from functools import partial

from PySide6.QtWidgets import QWidget

from wizard.actions.own_app import NoAppId, log_in_file
from wizard.core.log_in import LogInFile
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.pages.log_in.get_token import GetOneGuide
from wizard.ui.services import Services
from wizard.ui.widgets.field import Field
from wizard.words import guides
from wizard.words.fields import app_id_problem_text


class OwnAppWay(Panel):
    """The App ID, and the way to it."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = Field(_("App ID of your Meta app"), parent=self)
        self.field.line.textChanged.connect(self.field.clear_problem)
        self.guide = GetOneGuide(services, self, guides.OWN_APP, has_choice=True)
        parts = column(self, spacing=1)
        parts.addWidget(self.field)
        parts.addWidget(self.guide)

    def file(self) -> LogInFile | None:
        """What a vendor's log-in file would say of the app, None where that is no App ID: it is said at the field."""
        try:
            return log_in_file(self.field.text())
        except NoAppId as error:
            self.field.show_problem(partial(app_id_problem_text, error.problem))
            self.field.line.setFocus()
        return None
