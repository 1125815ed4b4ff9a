"""The list of the Check screen: the table, what finds a Page in it, and what it says while it is empty."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.actions.check_target import CheckStatus, CheckTarget, CheckTargets, TargetOrigin
from wizard.actions.compressed import StoredResult
from wizard.core.diagnosis import PageOutcome, is_dated_ahead
from wizard.core.verdict import State
from wizard.i18n.language import _, ngettext
from wizard.ui.metrics import em
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.check_rows import TableRow
from wizard.ui.widgets.check_table import CheckTable
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.search_line import SearchLine
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.tick import CheckBox
from wizard.words import verdicts
from wizard.words.headlines import outcome
from wizard.words.moments import ago, day

_MANY = 8  # lines; with more it is worth looking for one


class ResultsView(QWidget):
    """`chosen` when another cell is current, or what it tells has changed; `opened` when Enter is pressed on it.

    now: Unix seconds, for the ages of what was seen."""

    chosen = Signal()
    opened = Signal()

    def __init__(self, now: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = CheckTargets()
        self._now = now
        self.empty = Notice()
        self.empty.show_message(
            Tone.INFO,
            _("There is nothing to check yet."),
            _(
                "Set-ups that you finish with this wizard appear here. Open a file that somebody sent you, or drop it "
                "here. Or use a token."
            ),
        )
        self.search = SearchLine()
        self.search.setPlaceholderText(_("Find a Page: part of the name or of the ID"))
        self.search.setAccessibleName(_("Find a Page"))
        self.only_to_look_at = CheckBox(_("Show only Pages that somebody must look at"))
        self.table = CheckTable(verdicts.check_ids(), verdicts.title)
        self.table_button = Button(_("Show each check in a table"), "link")
        self.table_button.clicked.connect(self._show_table)
        self._is_table_wanted = False
        self.count = Text(role="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.5))
        for widget in (self.empty, self.search, self.only_to_look_at, self.table, self.count):
            column.addWidget(widget)
        column.addWidget(self.table_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.setFocusProxy(self.table)
        self.table.chosen.connect(lambda _key, _check: self.chosen.emit())
        self.table.opened.connect(lambda _key, _check: self.opened.emit())
        self.search.textChanged.connect(lambda _text: self._look_for())
        self.only_to_look_at.toggled.connect(lambda _on: self._look_for())

    # What it shows.

    @property
    def is_table(self) -> bool:
        """Of one Page alone, what is found is told below, line by line."""
        return len(self.desk) > 1 or (len(self.desk) == 1 and self._is_table_wanted)

    def _show_table(self) -> None:
        self._is_table_wanted = True
        self._filter()
        self.chosen.emit()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_all(self) -> None:
        """Say everything again: the ages grow."""
        now = self._now()
        self.table.show_rows(table_row(one, now) for one in self.desk)
        self._filter()
        self.chosen.emit()

    def put(self, subjects: Sequence[CheckTarget]) -> None:
        """Add subjects, or show them as they are now."""
        now = self._now()
        is_first = not len(self.desk)
        for one in subjects:
            self.desk.put(one)
        self.table.show_rows(table_row(one, now) for one in subjects)
        if is_first or len(self.desk) <= 2:
            self._filter()
        else:
            self._count()
        if self.table.choice()[0] in {one.key for one in subjects}:
            self.chosen.emit()

    def remove(self, key: str) -> None:
        self.desk.remove(key)
        self.table.remove_row(key)
        self._filter()
        self.chosen.emit()

    def _look_for(self) -> None:
        """The person narrows the list: what was chosen stays so if it is still there, else the first that is found."""
        self._filter()
        if not self.table.choice()[0] and self.table.shown:
            self.table.choose_first()
        self.chosen.emit()

    def _filter(self) -> None:
        many, has_any = len(self.desk) > _MANY, bool(len(self.desk))
        self.table.look_for(self.search.text() if many else "", many and self.only_to_look_at.isChecked())
        self.table.setVisible(self.is_table)
        self.table_button.setVisible(has_any and not self.is_table and any(one.result is not None for one in self.desk))
        self.empty.setVisible(not has_any)
        self._count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter while one looks for a Page goes to what was found, rather than pressing the window's main button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.focusWidget() is self.search:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def _count(self) -> None:
        shown, count = self.table.shown, len(self.desk)
        many = count > _MANY
        for part in (self.search, self.only_to_look_at):
            part.setVisible(many)
        some = ngettext("{shown} of {count} Page", "{shown} of {count} Pages", count).format(shown=shown, count=count)
        every = ngettext("{count} Page", "{count} Pages", count).format(count=count)
        self.count.set_text(("" if not many else every) if shown == count else some)

    # What is chosen.

    def choice(self) -> tuple[CheckTarget | None, str]:
        """The current subject and the check, None and "" where there is none."""
        key, check = self.table.choice()
        return self.desk.get(key), check

    def choose(self, subject: CheckTarget | None) -> None:
        """Make it the current one; a search that hides it ends."""
        if subject is None:
            self.table.choose_none()
            return
        if not self.table.is_shown(subject.key):
            self.search.clear()
            self.only_to_look_at.setChecked(False)
        self.table.choose(subject.key)


def table_row(subject: CheckTarget, now: float) -> TableRow:
    """now: Unix seconds, for the age of what was seen."""
    seen = subject.result
    needs_token = seen is None and subject.status is CheckStatus.NEEDS_TOKEN
    state = seen.found.state if seen is not None else State.NOT_CHECKED if needs_token else None
    return TableRow(
        subject.key,
        subject.name,
        _note(subject, now),
        _result(subject),
        None if subject.is_at_work else state,
        seen.states if seen is not None else (),
        subject.is_old(now) or subject.is_at_work,
        seen.headline(now).sentence if seen is not None else "",
    )


def result_of(seen: StoredResult) -> str:
    """The result in a few words: "2 problems"."""
    if seen.found.outcome is PageOutcome.NOT_FOUND_OUT:
        return _("Could not check")
    if seen.problems:
        return ngettext("{count} problem", "{count} problems", seen.problems).format(count=seen.problems)
    if seen.found.outcome is PageOutcome.NOT_PROVEN and seen.warnings:
        return ngettext("{count} to look at", "{count} to look at", seen.warnings).format(count=seen.warnings)
    return _("Not proven") if seen.found.outcome is PageOutcome.NOT_PROVEN else outcome(seen.found.outcome)


def _result(subject: CheckTarget) -> str:
    if subject.status is CheckStatus.RUNNING:
        return _("Checking…")
    if subject.status is CheckStatus.WAITING:
        return _("Waiting")
    if subject.result is not None:
        return result_of(subject.result)
    return _("Needs a token") if subject.status is CheckStatus.NEEDS_TOKEN else _("Not checked yet")


def _note(subject: CheckTarget, now: float) -> str:
    if subject.result is None:
        return _("Page ID {page_id}").format(page_id=subject.page_id) if subject.page_id else ""
    if is_dated_ahead(subject.result.seen_at, now):
        return _("Dated {day}: a clock was wrong").format(day=day(subject.result.at))
    seen = ago(now - subject.result.seen_at)
    if subject.origin is TargetOrigin.FACTS_FILE:
        return _("From a file, seen {ago}").format(ago=seen)
    return _("Seen {ago}").format(ago=seen)
