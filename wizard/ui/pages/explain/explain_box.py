"""Paste an error text, a code or a question, or give a log: what it means, what to do, who can do it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.actions.explain import explain_file, explain_pasted
from wizard.core.explain.redact import redact
from wizard.core.secret import Secret
from wizard.i18n.language import _
from wizard.ui import open_files_dialog as dialogs
from wizard.ui.accessible import announce
from wizard.ui.garbage import delete_later
from wizard.ui.jobs import Job, JobContext
from wizard.ui.layout import Panel, column
from wizard.ui.metrics import em
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.explain.error_text import AT_ONCE, ErrorText
from wizard.ui.pages.explain.explained_card import ExplainedCard
from wizard.ui.pages.explain.log_table import LogTable
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.caret import begin_where_reading_does
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.progress_line import ProgressLine
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.wrapping_row import WrappingRow
from wizard.words.explained_log import ExplainedLog, ExplainedText, caption, extent, note_said, problem_said, reading

ExplainDraft = tuple[Secret, bool, tuple[Path, ...]]


class ExplainBox(Panel):
    """`explained` when what was found is shown. lines_em: the height of the field."""

    explained = Signal()

    def __init__(self, services: Services, lines_em: float = 7, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._job: Job[Any] | None = None
        self._files: tuple[Path, ...] = ()  # of which the cards tell
        self.label = Text(_("Paste an error, or say what is wrong"), "strong")
        self.hint = Text(_("Tokens and people’s IDs in it are hidden at once. Nothing leaves this computer."), "small")
        self.text = ErrorText(services.runner)
        begin_where_reading_does(self.text)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.label.text())
        self.text.setAccessibleDescription(self.hint.text())
        self.text.setPlaceholderText(
            _("The error text or its number, or what happens in your own words. Drop a log file here.")
        )
        self.text.pasted.connect(self._pasted)
        self.text.entered.connect(self.explain)
        self.text.files_given.connect(self.explain_files)
        self.label.setBuddy(self.text)
        self.explain_button, self.clear_button = Button(_("Explain")), Button(_("Clear"), "link")
        self.log_button = Button(_("Choose a log file…"))
        self.explain_button.clicked.connect(self.explain)
        self.clear_button.clicked.connect(self.clear)
        self.log_button.clicked.connect(self._ask_for_logs)
        self.text.textChanged.connect(self._changed)
        self.progress = ProgressLine()
        self.progress.stop_chosen.connect(self._stop)
        self.nothing = Notice()
        self.nothing.hide()
        self.caption = Text(role="section")
        self.caption.hide()
        self.table = LogTable()
        self.table.chosen.connect(self._show_card)
        self.table.hide()
        self.cards: list[ExplainedCard] = []
        row = WrappingRow()
        for button in (self.explain_button, self.log_button, self.clear_button):
            row.addWidget(button)
        self._results = QVBoxLayout()
        self._column = column(self, 0.5)
        above: tuple[QWidget, ...] = (self.label, self.text, self.hint)
        below: tuple[QWidget, ...] = (self.progress, self.nothing, self.caption, self.table)
        for widget in above:
            self._column.addWidget(widget)
        self._column.addLayout(row)
        for widget in below:
            self._column.addWidget(widget)
        self._column.addLayout(self._results)
        self.setFocusProxy(self.text)
        self._lines_em = lines_em
        self.fit()
        self._changed()

    def fit(self) -> None:
        super().fit()
        self.text.setFixedHeight(em(self._lines_em))

    def draft(self) -> ExplainDraft:
        """The text, which may hold a token, whether it was explained, and the files that were."""
        return Secret(self.text.toPlainText()), bool(self.cards), self._files

    def restore_draft(self, text: Secret, was_explained: bool, files: tuple[Path, ...]) -> None:
        self.text.setPlainText(text.reveal())
        if files:
            self.explain_files(files)
        elif was_explained:
            self.explain()

    def explain(self) -> None:
        """Blank the text and look it up in a job: it may have many lines."""
        text = self.text.toPlainText()
        if not text.strip():
            return
        if len(text) > AT_ONCE:
            self.progress.begin(reading(""), stoppable=False)
        work = self._start(lambda _job: (explain_pasted(text), redact(text)))
        work.on_success(lambda answer: self._show_pasted(answer[0], answer[1], text))

    def explain_files(self, paths: Sequence[Path]) -> None:
        """Read logs, with how far it is. What was found stays when it is stopped."""
        self.progress.begin(reading(paths[0].name))
        bring_into_view(self.progress)

        def read(job: JobContext) -> list[ExplainedLog]:
            logs = []
            for path in paths:
                told = job.to(partial(self._say_read, path.name))
                logs.append(explain_file(path, job.cancel, told))
            return logs

        self._start(read).on_success(lambda logs: self._show_logs(logs, tuple(paths)))

    def clear(self) -> None:
        self._forget_asked()
        self.text.forget_pasted()
        self.text.clear()
        self._show_cards([])
        self._changed()
        self.text.setFocus()

    def _ask_for_logs(self) -> None:
        kinds = f"{_('Logs')} (*.log *.txt *.out *.err *.json *.jsonl);;{_('All files (*)')}"
        if found := dialogs.ask_for_files(self, _("Choose a log file"), kinds):
            self.explain_files([Path(path) for path in found])

    def _start(self, work: Any) -> Job[Any]:
        self._forget_asked()
        self._job = self._services.runner.start(work)
        self.destroyed.connect(self._job.ignore)  # what it would be told to is gone
        return self._job

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _forget_asked(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job.ignore()
            self._job = None

    def _say_read(self, name: str, share: float) -> None:
        self.progress.show_progress(reading(name), round(100 * share), 100)

    def _show_pasted(self, log: ExplainedLog, blanked: str, asked: str) -> None:
        if blanked != asked and self.text.toPlainText() == asked:  # typed by hand
            self.text.setPlainText(blanked)
        self._show_logs([log], ())

    def _show_logs(self, logs: Sequence[ExplainedLog], paths: tuple[Path, ...]) -> None:
        self._job = None
        rows = [row for log in logs for row in log.rows]
        texts = [log.text for log in logs if log.text is not None]
        cards = [ExplainedCard(row.explained, self._services, row) for row in rows]
        self._show_cards([*cards, *(ExplainedCard(one, self._services) for text in texts for one in text.found)])
        self._files = paths
        self.caption.set_text(caption(logs) if rows else "")
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        told = [problem_said(log) for log in logs if log.problem is not None or not (log.found or log.text)]
        told += [(text, "") for log in logs if (text := extent(log))]
        if told:
            title, action = told[0]
            more = [" ".join(part for part in each if part) for each in told[1:]]
            self._show_notice(title, "\n".join(part for part in (action, *more) if part))
        for answer in texts:
            self._show_note(answer)
        self._end()

    def _show_note(self, answer: ExplainedText) -> None:
        if answer.note is not None:
            self._show_notice(*note_said(answer.note))
        elif not answer.found:
            self._show_notice(
                _("Nothing in this text is known here."),
                _("Send it to the makers of your bot, with the time, and what you did just before."),
            )

    def _end(self) -> None:
        self.progress.end()
        self._changed()
        if self.cards:
            announce(self, "; ".join(card.accessibleName() for card in self.cards[:3]))
            bring_into_view(self.table if self.table.isVisible() else self.cards[0])
        self.explained.emit()

    def _show_cards(self, cards: list[ExplainedCard]) -> None:
        """Replace everything that was found before."""
        self._files = ()
        self.progress.end()
        self.nothing.hide()
        self.caption.set_text("")
        self.table.hide()
        for card in self.cards:
            self._results.removeWidget(card)
            card.hide()
            delete_later(card)
        self.cards = cards
        for card in self.cards:
            self._results.addWidget(card)
            card.show()

    def _show_card(self, row: int) -> None:
        if 0 <= row < len(self.cards):
            bring_into_view(self.cards[row])

    def _pasted(self, was_secret: bool) -> None:
        if was_secret:
            self._show_notice(
                _("That was a token, not an error, so it was hidden."),
                _("Paste the error text here. A token belongs only into the field for it."),
            )
        else:
            self.nothing.hide()

    def _show_notice(self, title: str, text: str) -> None:
        self.nothing.show_message(Tone.INFO, title, text)
        self.nothing.show()
        self.nothing.announce()
        bring_into_view(self.nothing)

    def _changed(self) -> None:
        has_text = bool(self.text.toPlainText().strip())
        self.explain_button.setEnabled(has_text)
        self.clear_button.setEnabled(has_text or bool(self.cards))
