"""What is known of one open test: who has the conversation, for how long, and when somebody last wrote."""

from PySide6.QtWidgets import QWidget

from wizard.actions.restore import SituationRead
from wizard.core.facts import Control
from wizard.core.pending import PendingTest
from wizard.core.trial.restore_later import Answered
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.pages.handover_test.panels import Agreement
from wizard.ui.widgets.checklist import CheckItem, Checklist
from wizard.ui.widgets.diagram import HandoverDiagram
from wizard.ui.widgets.diagram_data import Arrow, ArrowLook, DiagramData, Party
from wizard.ui.widgets.marks import Mark
from wizard.words import asking, trial
from wizard.words.moments import ago, clock_time, duration


class SituationPanel(Panel):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.diagram, self.lines = HandoverDiagram(), Checklist(parent=self)
        body = column(self, spacing=1.3)
        body.addWidget(self.diagram)
        body.addWidget(self.lines)

    def show_test(self, entry: PendingTest, read: SituationRead | None) -> None:
        """read: None while nothing was read yet."""
        parties = (
            Party(entry.bot.id, asking.app_name(entry.bot), _("Answers first"), entry.bot.id),
            Party(entry.live_chat.id, asking.app_name(entry.live_chat), _("Takes over"), entry.live_chat.id),
        )
        back = Arrow(_("will be brought back"), forward=False, look=ArrowLook.NEXT)
        self.diagram.show_picture(DiagramData(parties, (back,), read.owner.id if read is not None else ""))
        began = CheckItem(
            "began",
            _("Test on {page}").format(page=entry.page_label),
            _("Started {time}").format(time=clock_time(entry.opened_at)),
            Mark.INFO,
        )
        self.lines.show_items((began,) if read is None else (began, _owner(read), _activity(read)))

    def sentence(self) -> str:
        """Who has the conversation, and whether somebody answered."""
        return ". ".join(item.title for item in self.lines.items()[1:])


class TakingAgreement(Agreement):
    """Shown where bringing back takes the conversation from somebody who may be answering."""

    def show_for(self, read: SituationRead | None) -> None:
        self.setVisible(read is not None and read.takes_from_somebody)
        if read is not None:
            said = (
                _("{app} has control, and somebody answered there. Bringing it back takes it from them.")
                if read.situation.answered is Answered.YES
                else _("{app} has control, and somebody may have answered there. Bringing it back takes it from them.")
            )
            self.set_text(said.format(app=asking.app_name(read.owner)))

    def allows(self, read: SituationRead | None) -> bool:
        return read is None or not read.takes_from_somebody or self.is_set


def _owner(read: SituationRead) -> CheckItem:
    owner = read.situation.owner
    ends = ""
    if owner.expires_at and owner.expires_at > read.read_at:
        ends = _("Control ends by itself in {time}: {when}").format(
            time=duration(owner.expires_at - read.read_at), when=clock_time(owner.expires_at)
        )
    mark = Mark.UNKNOWN if owner.control is Control.UNREADABLE else Mark.INFO
    return CheckItem("owner", trial.who_has_it(owner.control, read.owner), ends, mark)


def _activity(read: SituationRead) -> CheckItem:
    now = read.situation
    if now.last_activity is None:
        return CheckItem("activity", _("Whether somebody answered could not be seen"), "", Mark.UNKNOWN)
    last = _("Last message: {time}").format(time=ago(read.read_at - now.last_activity))
    if now.answered is Answered.UNKNOWN:
        return CheckItem("activity", _("Whether somebody answered could not be seen"), last, Mark.UNKNOWN)
    if now.answered is Answered.YES:
        return CheckItem("activity", _("Somebody answered after the test began"), last, Mark.WARNING)
    return CheckItem("activity", last, "", Mark.INFO)
