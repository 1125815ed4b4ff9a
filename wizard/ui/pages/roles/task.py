"""One setting on Facebook as a task: folded to a line, or open with the button, the numbered way and its pictures."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from wizard.core.flow import StepState
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.layout import Panel, column, row
from wizard.ui.metrics import em
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.roles.state import SettingState
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.checklist import CheckItem, CheckRow
from wizard.ui.widgets.open_place import OpenPlace
from wizard.ui.widgets.steps_list import StepsList, path_steps
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.wrapping_row import WrappingRow
from wizard.words import guides
from wizard.words.guides import Setting, SettingPath

_LINE_EM = 15  # what a folded task needs beside its button


class Indent(Panel):
    """Room as wide as the sign of a line; unlike a margin it changes sides for right-to-left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fit()

    def fit(self) -> None:
        super().fit()
        self.setFixedSize(em(2.35), 1)


def indented(inside: QVBoxLayout) -> QHBoxLayout:
    """Return a row that holds the column below the text of a line rather than below its sign."""
    parts = row(spacing=0)
    parts.addWidget(Indent(), 0, Qt.AlignmentFlag.AlignTop)
    parts.addLayout(inside, 1)
    return parts


class _FoldedTask(Panel):
    """The line of a task, and beside it the button that shows it; below it where the line would be squeezed."""

    def __init__(self, line: CheckRow, show_button: Button, parent: QWidget) -> None:
        super().__init__(parent)
        self.line, self.show_button = line, show_button
        self._parts = row(self, 0.8)
        self._parts.addWidget(line, 1, Qt.AlignmentFlag.AlignVCenter)  # one line is lower than the button
        self._parts.addWidget(show_button, 0, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_tight = self.width() - self.show_button.sizeHint().width() < em(_LINE_EM)
        self._parts.setDirection(QBoxLayout.Direction.TopToBottom if is_tight else QBoxLayout.Direction.LeftToRight)
        beside = Qt.AlignmentFlag.AlignLeading if is_tight else Qt.AlignmentFlag.AlignVCenter
        self._parts.setAlignment(self.show_button, beside)


class TaskPanel(Panel):
    """What to do, why, a button that opens it on Facebook, and the way there; done or not yet begun: one line."""

    open_wanted = Signal()  # a folded one is to be shown
    place_opened = Signal()  # the place was opened in the browser, or its address copied
    path_changed = Signal()  # another way is shown: its link may differ
    paths_used_up = Signal()  # "I don't see this" after the last known way

    def __init__(self, setting_id: str, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting_id, self._services = setting_id, services
        self._setting: Setting | None = None
        self._at = 0
        self._is_open = self._is_made = False
        self.place = ""  # "1 of 3", "" where it is not one of several
        self.folded = _FoldedTask(CheckRow(CheckItem(setting_id, "")), Button(kind="link"), self)
        self.line, self.show_button = self.folded.line, self.folded.show_button
        self.show_button.clicked.connect(self.open_wanted)
        self.whole = Panel(self)
        self.whole.hide()
        both = column(self)
        both.addWidget(self.folded)
        both.addWidget(self.whole)

    def _make_whole(self) -> None:
        """When somebody wants to see it: there are many parts, in five settings."""
        if self._is_made:
            return
        self._is_made = True
        whole = self.whole
        self._place = Text(role="small", parent=whole)
        self.heading = Text(role="product", parent=whole)
        self.why = Text(parent=whole)
        self.opener = OpenPlace(self._services, "primary", whole)
        self.opener.opened.connect(self.place_opened)
        self.way_line = Text(role="small", parent=whole)
        self.path = StepsList(parent=whole)
        self.path.drawing_opened.connect(bring_into_view)
        self.unseen_button = Button(kind="link", parent=whole)
        self.unseen_button.clicked.connect(self._show_next_path)
        self.back_button = Button(kind="link", parent=whole)
        self.back_button.clicked.connect(self._show_path_before)
        parts = column(whole, 0.7)
        for widget in (self._place, self.heading, self.why, self.opener, self.path, self.way_line):
            parts.addWidget(widget)
        ways = WrappingRow()
        ways.addWidget(self.unseen_button)
        ways.addWidget(self.back_button)
        parts.addLayout(ways)

    def prepare(self, setting: Setting) -> None:
        """It will open soon, probably with this setting: make what takes long."""
        if not self._is_open:
            self._make_whole()
            self._show_steps(self.shown_path(setting))
            self.whole.ensurePolished()

    @property
    def open_button(self) -> Button:
        return self.opener.button

    @property
    def is_open(self) -> bool:
        return self._is_open

    def show_setting(self, setting: Setting, state: SettingState, link: str, is_open: bool, place: str) -> None:
        """link: of the way that is shown (see `shown_path`), filled for this world. place: "1 of 3", "" where it is not
        one of several."""
        if self._setting is not None and [path.generation for path in setting.paths] != [
            path.generation for path in self._setting.paths
        ]:
            self._at = 0
        self._setting, self._is_open, self.place = setting, is_open, place
        if is_open:
            self._make_whole()
            self._show_whole(setting, state, link)
        self.whole.setVisible(is_open)
        self.folded.setVisible(not is_open)
        detail = state.detail if state.state is not StepState.NOT_DONE else ""
        self.line.show_item(CheckItem(self.setting_id, setting.title, detail, state.mark))
        is_new = state.state is StepState.NOT_DONE
        self.show_button.set_text(_("Show") if is_new else _("Show again"))
        self.show_button.setAccessibleName(
            (_("Show: {setting}") if is_new else _("Show again: {setting}")).format(setting=setting.title)
        )

    def _show_whole(self, setting: Setting, state: SettingState, link: str) -> None:
        self._place.set_text(self.place)
        self.heading.set_text(setting.title)
        self.why.set_text(state.detail if state.is_wrong else setting.why)
        self.opener.show_place(
            _("Open on Facebook"), link, _("Open on Facebook: {setting}").format(setting=setting.title)
        )
        self._show_path()

    def title(self) -> str:
        return self.line.item.title

    def show_short(self, is_short: bool) -> None:
        """is_short: without what stands above the page already."""
        if self._is_made:
            self._place.setVisible(not is_short and bool(self._place.text()))

    @property
    def address(self) -> str:
        """Of the place on Facebook; "" where there is none, or nobody has looked at this task yet."""
        return self.opener.address if self._is_made else ""

    def first_part(self) -> QWidget:
        """What gets the keyboard, once it was open."""
        return self.open_button if self.address else self.unseen_button

    @property
    def way(self) -> tuple[Setting | None, int]:
        """The setting, and which of its ways is shown: for a panel made anew, before its setting is shown there."""
        return self._setting, self._at

    @way.setter
    def way(self, way: tuple[Setting | None, int]) -> None:
        self._setting, self._at = way

    def shown_path(self, setting: Setting) -> SettingPath:
        """The way on the screen; of a setting that is about to be shown, the one at the same place."""
        return setting.paths[min(self._at, len(setting.paths) - 1)]

    def _show_path(self) -> None:
        assert self._setting is not None
        paths, path = self._setting.paths, self.shown_path(self._setting)
        self._show_steps(path)
        seen = guides.seen_when(path, date.fromtimestamp(self._services.clock.now()))
        if len(paths) > 1:
            seen = _("Way {number} of {count}: {place}").format(number=self._at + 1, count=len(paths), place=seen)
        self.way_line.set_text(seen)
        self.unseen_button.set_text(_("I don’t see this"))
        self.back_button.set_text(_("Back to way {number}").format(number=self._at) if self._at else "")

    def _show_steps(self, path: SettingPath) -> None:
        self.path.show_steps(path_steps(path.steps, path.pictures))

    def _show_next_path(self) -> None:
        assert self._setting is not None
        if self._at + 1 >= len(self._setting.paths):
            self.paths_used_up.emit()
        else:
            self._show_other_path(self._at + 1)

    def _show_path_before(self) -> None:
        self._show_other_path(self._at - 1)
        if self.back_button.isHidden():
            self.unseen_button.setFocus()

    def _show_other_path(self, at: int) -> None:
        self._at = at
        self._show_path()
        self.path_changed.emit()
        announce(self, self.way_line.text())
        bring_into_view(self.heading)
