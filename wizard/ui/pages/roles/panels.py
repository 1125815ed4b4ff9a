"""Parts of the page "Who answers first": one setting with the way to it, and a message for somebody else."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.clipboard import Copied
from wizard.ui.copied_words import told
from wizard.ui.layout import Panel, column, row
from wizard.ui.metrics import em
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.roles.state import SettingState
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.checklist import CheckItem, CheckRow
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.steps_list import StepsList, path_steps
from wizard.ui.widgets.text import Text
from wizard.words.guides import Setting, SettingPath


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


class SettingRow(Panel):
    """A setting, what is known of it, a button that opens it on Facebook, and the numbered way.

    link_of: fills a link template; "" where this world has no such site."""

    open_wanted = Signal(str)  # the address
    path_changed = Signal()  # another way is shown: its link may differ
    paths_used_up = Signal()  # "I don't see this" after the last known way

    def __init__(self, setting_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting_id = setting_id
        self._setting: Setting | None = None
        self._at = 0
        self._link = ""
        self.line = CheckRow(CheckItem(setting_id, ""), parent=self)
        self.open_button = Button()
        self.open_button.clicked.connect(self._open)
        self.path = StepsList(parent=self)
        self.path.drawing_opened.connect(bring_into_view)
        self.source = Text(role="small")
        self.unseen_button = Button(kind="link")
        self.unseen_button.clicked.connect(self._show_next_path)
        way = Panel()
        inside = column(way, spacing=0.6)
        inside.addWidget(self.path)
        inside.addWidget(self.source)
        inside.addWidget(self.unseen_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.fold = Disclosure("", way, parent=self)
        self.fold.about_to_open.connect(self._fill)
        below = column(spacing=0.2)
        buttons = row()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.fold.button)  # beside the other, so that three settings fit on a screen
        buttons.addStretch(1)
        below.addLayout(buttons)
        below.addWidget(self.fold)
        parts = column(self, spacing=0.4)
        parts.addWidget(self.line)
        parts.addLayout(indented(below))

    def show_setting(self, setting: Setting, state: SettingState, link: str) -> None:
        """link: of the path that is shown (see `shown_path`), filled for this world."""
        if self._setting is not None and [path.generation for path in setting.paths] != [
            path.generation for path in self._setting.paths
        ]:
            self._at = 0
        self._setting, self._link = setting, link
        self.line.show_item(CheckItem(self.setting_id, setting.title, state.detail, state.mark))
        self.open_button.set_text(_("Open on Facebook") if link else "")
        self.open_button.setAccessibleName(_("Open on Facebook: {setting}").format(setting=setting.title))
        self.fold.set_title(_("Show the way"), _("Show the way: {setting}").format(setting=setting.title))
        self.unseen_button.set_text(_("I don’t see this"))
        self._show_path()

    @property
    def way(self) -> tuple[Setting | None, int]:
        """The setting, and which of its ways is shown: for a row made anew, before its setting is shown there."""
        return self._setting, self._at

    @way.setter
    def way(self, way: tuple[Setting | None, int]) -> None:
        self._setting, self._at = way

    def shown_path(self, setting: Setting) -> SettingPath:
        """The way on the screen; of a setting that is about to be shown, the one at the same place."""
        return setting.paths[min(self._at, len(setting.paths) - 1)]

    def _show_path(self) -> None:
        assert self._setting is not None
        path = self.shown_path(self._setting)
        if self.fold.is_open:
            self._fill()
        seen = _("{place}, as Facebook describes it ({date})") if path.documented else _("{place}, as seen on {date}")
        self.source.set_text(seen.format(place=path.title, date=path.as_of.isoformat()))

    def _fill(self) -> None:
        """The steps are made when somebody wants to see them: there are many, in five settings."""
        if self._setting is not None:
            path = self.shown_path(self._setting)
            self.path.show_steps(path_steps(path.steps, path.pictures))

    def _open(self) -> None:
        self.fold.open()
        self.open_wanted.emit(self._link)
        bring_into_view(self)

    def _show_next_path(self) -> None:
        assert self._setting is not None
        is_last = self._at + 1 >= len(self._setting.paths)
        self._at = 0 if is_last else self._at + 1
        self._show_path()
        self.path_changed.emit()
        if is_last:
            self.paths_used_up.emit()
        else:
            announce(self, self.source.text())


class CopyableMessage(Panel):
    """A text of several lines to copy and send."""

    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._copying = ""
        self.intro = Text()
        self.text = Text(selectable=True)
        self.copy_button = Button()
        self.copy_button.clicked.connect(self.copy)
        self.result = Text(role="muted")
        buttons = row()
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.result, 1)
        buttons.addStretch(0)
        inside = column(spacing=0.7)
        inside.addWidget(self.intro)
        inside.addLayout(buttons)
        inside.addWidget(self.text)
        self.setLayout(indented(inside))

    def show_message(self, intro: str, message: str) -> None:
        self.intro.set_text(intro)
        if message != self.text.text():
            self.result.set_text("")
        self.text.set_text(message)
        self.copy_button.set_text(_("Copy the message"))

    def copy(self) -> None:
        self._copying = self.text.text()
        self._clipboard.copy(self._copying, self._say_copied)

    def _say_copied(self, copied: Copied) -> None:
        if self._copying != self.text.text():  # another message is shown by now
            return
        no = _("The clipboard could not be used: mark the text below and copy it by hand.")
        self.result.set_text(told(copied, _("Copied"), no))
        announce(self, self.result.text(), urgent=copied is not Copied.YES)
