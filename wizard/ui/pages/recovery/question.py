"""What is asked while a conversation is brought back, and where it is done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.trial import link_for
from wizard.core.pending import PendingTest
from wizard.ui.layout import Panel, column
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.handover_test.panels import QuestionPanel, label_of_link, ways_by_choice
from wizard.ui.person import Question
from wizard.ui.services import Services
from wizard.ui.widgets.open_place import OpenPlace
from wizard.words import trial


class RecoveryQuestion(Panel):
    """Hidden while nothing is asked."""

    link_wanted = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._world = services.session.world
        self.question, self.elsewhere = QuestionPanel(), OpenPlace(services, parent=self)
        self.question.link_wanted.connect(self.link_wanted)
        self.question.closed.connect(self._rest)
        parts = column(self, spacing=1.1)
        parts.addWidget(self.question)
        parts.addWidget(self.elsewhere)
        self.hide()

    def ask(self, asked: Question, entry: PendingTest, until: str) -> None:
        """until: as `ways_by_choice`."""
        link = link_for(asked.question, self._world, entry.page_id, entry.live_chat)
        cast = trial.TrialApps(entry.bot, entry.live_chat)
        notes = ways_by_choice(cast, until) if asked.question == "way_out" else None
        self.show()
        self.question.ask(asked, notes, link, label_of_link(asked.question, bool(self._world.control)))
        self.elsewhere.show_place("", link)
        bring_into_view(self.question)

    def dismiss(self) -> None:
        """The work does not wait any more."""
        self.question.dismiss()
        self._rest()

    def _rest(self) -> None:
        self.elsewhere.show_place("", "")
        self.hide()
