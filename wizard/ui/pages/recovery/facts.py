"""What is known of one open test: who has the conversation, for how long, and when somebody last wrote."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.core.facts import App, Control
from wizard.core.pending import OpenTest
from wizard.core.trial.restore_later import Answered
from wizard.i18n.language import _
from wizard.ui.metrics import em
from wizard.ui.pages.recovery.work import Looked
from wizard.ui.widgets.checklist import CheckItem, Checklist
from wizard.ui.widgets.diagram import Arrow, ArrowLook, HandoverDiagram, Party, Picture
from wizard.ui.widgets.marks import Mark
from wizard.words import asking
from wizard.words.moments import ago, clock_time, duration


class FactsPanel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.diagram, self.lines = HandoverDiagram(), Checklist(parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(1.3))
        column.addWidget(self.diagram)
        column.addWidget(self.lines)

    def show_test(self, entry: OpenTest, looked: Looked | None) -> None:
        """looked: None while nothing was read yet."""
        control = looked.found.owner.app_id if looked is not None else ""
        parties = (
            Party(entry.bot.id, asking.app_name(entry.bot), _("Answers first"), entry.bot.id),
            Party(entry.live_chat.id, asking.app_name(entry.live_chat), _("Takes over"), entry.live_chat.id),
        )
        back = Arrow(_("brought back next"), forward=False, look=ArrowLook.NEXT)
        self.diagram.show_picture(Picture(parties, (back,), control))
        began = CheckItem(
            "began",
            _("Test on {page}").format(page=page_of(entry)),
            _("Begun {time}").format(time=clock_time(entry.opened_at)),
            Mark.INFO,
        )
        self.lines.show_items((began,) if looked is None else (began, _owner(looked), _activity(looked)))


def page_of(entry: OpenTest) -> str:
    return entry.page_name or entry.page_id


def app_of(entry: OpenTest, app_id: str) -> App:
    return {entry.bot.id: entry.bot, entry.live_chat.id: entry.live_chat}.get(app_id, App(app_id))


def holder(looked: Looked) -> App:
    """Who has control; an app without ID where Facebook does not tell."""
    return app_of(looked.found.entry, looked.found.owner.app_id)


def _owner(looked: Looked) -> CheckItem:
    owner = looked.found.owner
    title = {
        Control.APP: _("{app} has the conversation").format(app=asking.app_name(holder(looked))),
        Control.HIDDEN: _("Another app has the conversation; Facebook does not show which"),
        Control.NOTHING: _("Nobody has the conversation, or Facebook does not show it"),
        Control.UNREADABLE: _("Facebook did not tell who has the conversation"),
    }[owner.control]
    ends = ""
    if owner.expires_at and owner.expires_at > looked.now:
        ends = _("Control ends by itself in {time}: {when}").format(
            time=duration(owner.expires_at - looked.now), when=clock_time(owner.expires_at)
        )
    return CheckItem("owner", title, ends, Mark.UNKNOWN if owner.control is Control.UNREADABLE else Mark.INFO)


def _activity(looked: Looked) -> CheckItem:
    found = looked.found
    if found.last_activity is None:
        return CheckItem("activity", _("Whether somebody answered could not be seen"), "", Mark.UNKNOWN)
    last = _("Last message: {time}").format(time=ago(looked.now - found.last_activity))
    if found.answered is Answered.UNKNOWN:
        return CheckItem("activity", _("Whether somebody answered could not be seen"), last, Mark.UNKNOWN)
    if found.answered is Answered.YES:
        return CheckItem("activity", _("Somebody answered after the test began"), last, Mark.WARNING)
    return CheckItem("activity", last, "", Mark.INFO)
