"""Whether the number of the one that takes over can be right, said before it goes anywhere."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.save_app_id import app_id_problem
from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.app_id import AppIdTrouble
from wizard.core.facts import Origin
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.widgets.checklist import CheckItem, Checklist
from wizard.ui.widgets.marks import Mark
from wizard.ui.widgets.notice import Notice, Tone
from wizard.words import fields
from wizard.words.asking import app_name


class NumberCheck(Panel):
    again_wanted = Signal()  # choose the app once more

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check = Checklist(parent=self)
        self.trouble = Notice(parent=self)
        self.trouble.action_chosen.connect(self.again_wanted)
        parts = column(self)
        parts.addWidget(self.check)
        parts.addWidget(self.trouble)
        self.trouble.hide()

    def show_for(self, session: Session, answers: Answers) -> bool:
        """Say what is known of it; return whether one may go on with it."""
        live_chat, problem = answers.live_chat, app_id_problem(session, answers)
        is_only_odd = problem is not None and problem.trouble is AppIdTrouble.NEAR_MISS
        self.trouble.setVisible(problem is not None)
        self.check.setVisible(problem is None)
        if problem is not None:
            self.trouble.show_message(
                Tone.WARNING if is_only_odd else Tone.PROBLEM,
                fields.app_id_problem_text(problem),
                action=_("Choose again in “Your apps”"),
            )
        elif live_chat is not None:
            compare = _("Compare this number digit by digit.")
            if not (answers.has_token or live_chat.origin is Origin.BUILT_IN):
                item = CheckItem("id", compare, _("It was not checked, because there is no token."), Mark.WARNING)
            elif not live_chat.name or live_chat.is_name_said:
                item = CheckItem("id", compare, _("Facebook shows no name for it."), Mark.WARNING)
            elif live_chat.origin is Origin.BUILT_IN:
                belongs = _("This is the number of {app}.").format(app=app_name(live_chat))
                item = CheckItem("id", belongs, "", Mark.DONE)
            else:
                called = _("Facebook calls the app of this number “{app}”.").format(app=app_name(live_chat))
                item = CheckItem("id", called, _("That it takes over on your Page, only the test shows."), Mark.DONE)
            self.check.show_items((item,))
        return problem is None or is_only_odd
