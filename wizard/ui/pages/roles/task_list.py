"""All settings as tasks: those that this Page needs, and those that are needed only in some cases."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.actions import roles
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.pages.roles.state import SettingState
from wizard.ui.pages.roles.task import TaskPanel
from wizard.ui.services import Services
from wizard.words import guides
from wizard.words.guides import Setting


class TaskList(QObject):
    """The page puts `needed` and `rarely_needed` where they belong. A task goes by the id of its setting in `guides`.

    rows: a panel for each; which of both groups it stands in depends on the Page."""

    open_wanted = Signal(str)  # a folded one is to be shown
    place_opened = Signal(str)  # see `TaskPanel`, as all that follows
    path_changed = Signal()
    paths_used_up = Signal()

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self.needed, self._needed_rows = _group(parent)
        self.rarely_needed, self._other_rows = _group(parent)
        self.rows = {name: TaskPanel(name, services, self.needed) for name in roles.NEEDED}
        self.rows.update({name: TaskPanel(name, services, self.rarely_needed) for name in roles.SOMETIMES})
        for name, row in self.rows.items():
            (self._needed_rows if name in roles.NEEDED else self._other_rows).addWidget(row)
            row.open_wanted.connect(lambda name=name: self.open_wanted.emit(name))
            row.place_opened.connect(lambda name=name: self.place_opened.emit(name))
            row.path_changed.connect(self.path_changed)
            row.paths_used_up.connect(self.paths_used_up)

    def show_tasks(
        self, names: guides.Names, first: str, wanted: Sequence[str], states: Mapping[str, SettingState], task: str
    ) -> None:
        """first: as `guides.setting`. wanted: those that this Page needs, in their order. task: the one that is open,
        "" for none."""
        for name, row in self.rows.items():
            setting = guides.setting(name, names, first)
            link = self._services.session.world.link(row.shown_path(setting).link)
            at = wanted.index(name) + 1 if name in wanted else 0
            place = _("{number} of {count}").format(number=at, count=len(wanted)) if at else ""
            self._group(row, bool(at))
            row.show_setting(setting, states[name], link, name == task, place)

    def _group(self, row: TaskPanel, is_needed: bool) -> None:
        rows, others = self._needed_rows, self._other_rows
        rows, others = (rows, others) if is_needed else (others, rows)
        if rows.indexOf(row) < 0:
            others.removeWidget(row)
            rows.addWidget(row)

    def show_short(self, is_short: bool) -> None:
        """is_short: only the task that is open."""
        for row in self.rows.values():
            row.setVisible(row.is_open or not is_short)
            row.show_short(is_short)

    def is_rarely_needed(self, row: TaskPanel) -> bool:
        return self._other_rows.indexOf(row) >= 0

    def fill(self, is_wanted: bool, opened: Collection[str]) -> None:
        """is_wanted: the place of the open task is what to press now, unless it was opened before."""
        for name, row in self.rows.items():
            if row.is_open:
                row.open_button.set_kind("primary" if is_wanted and name not in opened else "")

    def ways(self) -> tuple[tuple[str, tuple[Setting | None, int]], ...]:
        """Which way each shows."""
        return tuple((name, row.way) for name, row in self.rows.items())

    def restore_ways(self, ways: Sequence[tuple[str, tuple[Setting | None, int]]]) -> None:
        for name, way in ways:
            self.rows[name].way = way


def _group(parent: QWidget) -> tuple[Panel, QVBoxLayout]:
    panel = Panel(parent)
    return panel, column(panel, 1.1)
