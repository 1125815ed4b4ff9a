"""Paste an error text, a code, a log or a question: what it means, what to do, who can do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from wizard.core.explain.redact import redact
from wizard.core.secret import Secret
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.clipboard import Copied
from wizard.ui.copied_words import told
from wizard.ui.jobs import Job, JobRunner
from wizard.ui.metrics import em
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.wrapping_row import WrappingRow
from wizard.words.customer import for_customer
from wizard.words.explaining import Explained, explain_redacted, is_only_a_secret, where_seen, who_can

AT_ONCE = 20_000  # characters that are blanked without the window being seen to stop


class ErrorText(QPlainTextEdit):
    """Where an error is pasted. Tokens and IDs of people in it are blanked before they are even shown."""

    pasted = Signal(bool)  # whether all of it was a secret

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._job: Job[Any] | None = None

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not source.hasText():
            return
        text = source.text()
        self.forget_pasted()
        if len(text) <= AT_ONCE:
            self._insert((redact(text), is_only_a_secret(text)))
            return
        self._job = self._runner.start(lambda _job: (redact(text), False))  # no secret is so long
        self._job.on_success(self._blanked)

    def forget_pasted(self) -> None:
        """Leave out what was pasted and is not shown yet."""
        if self._job is not None:
            self._job.ignore()
            self._job = None

    def _blanked(self, result: tuple[str, bool]) -> None:
        self._job = None
        self._insert(result)

    def _insert(self, result: tuple[str, bool]) -> None:
        text, was_secret = result
        self.insertPlainText(text)
        self.pasted.emit(was_secret)


@dataclass(frozen=True, slots=True)
class _Answer:
    """asked: what stood in the box. blanked: the same without secrets."""

    asked: str
    blanked: str
    found: tuple[Explained, ...]


def _answer(asked: str) -> _Answer:
    blanked = redact(asked)
    return _Answer(asked, blanked, explain_redacted(blanked))


class ExplainedCard(Notice):
    """One trouble in words, with the page that helps and the text to send."""

    def __init__(self, explained: Explained, services: Services, link: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.explained = explained
        self._services, self._link = services, link
        self.copy_button = Button(_("Copy for the customer"))
        self.copied = Text(role="small")
        self.copy_button.clicked.connect(self._copy)
        self.action_chosen.connect(self._open_link)
        self._column.insertWidget(self._column.indexOf(self.disclosure), self.copy_button)
        self._column.insertWidget(self._column.indexOf(self.disclosure), self.copied)
        self._column.setAlignment(self.copy_button, Qt.AlignmentFlag.AlignLeading)
        self.copied.hide()
        self._show_explained(explained)

    def _show_explained(self, one: Explained) -> None:
        tone = Tone.WARNING if one.is_known and not one.is_reply else Tone.INFO
        says = _("Facebook says: {text}").format(text=one.facebook_says) if one.facebook_says else ""
        sign = _("This is it if you say yes here: {question}").format(question=one.sign) if one.sign else ""
        lines = (says, sign, one.action, who_can(one.who), where_seen(one))
        link = _("Open the page") if self._link else ""
        self.show_message(tone, one.title, "\n".join(line for line in lines if line), link, "\n".join(one.details))

    def _open_link(self) -> None:
        self._services.open_link(self._link)

    def _copy(self) -> None:
        text = for_customer((self.explained,), self._services.session.world)
        self._services.clipboard.copy(text, self._say_copied)

    def _say_copied(self, copied: Copied) -> None:
        yes, no = _("Copied. Paste it into your answer."), _("The clipboard could not be used. Try again.")
        self.copied.set_text(told(copied, yes, no))
        announce(self.copied, self.copied.text(), urgent=copied is not Copied.YES)


class ExplainBox(QWidget):
    """`explained` when the cards are there."""

    explained = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._job: Job[Any] | None = None
        self.label = QLabel(_("What does the error say?"))
        self.label.setProperty("role", "strong")
        self.label.setWordWrap(True)
        self.hint = Text(_("Tokens and people’s IDs in it are hidden at once. Nothing leaves this computer."), "small")
        self.text = ErrorText(services.runner)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.label.text())
        self.text.setAccessibleDescription(self.hint.text())
        self.text.setPlaceholderText(
            _("An error text, a code such as 10/2018300, a log, or what happens in your words")
        )
        self.text.pasted.connect(self._pasted)
        self.label.setBuddy(self.text)
        self.explain_button, self.clear_button = Button(_("Explain")), Button(_("Clear"), "link")
        self.explain_button.clicked.connect(self.explain)
        self.clear_button.clicked.connect(self.clear)
        self.text.textChanged.connect(self._changed)
        self.nothing = Notice()
        self.nothing.hide()
        self.cards: list[ExplainedCard] = []
        row = WrappingRow()
        row.addWidget(self.explain_button)
        row.addWidget(self.clear_button)
        self._results = QVBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.5))
        for widget in (self.label, self.text, self.hint):
            self._column.addWidget(widget)
        self._column.addLayout(row)
        self._column.addWidget(self.nothing)
        self._column.addLayout(self._results)
        self.setFocusProxy(self.text)
        self.text.setFixedHeight(em(7))
        self._changed()

    def draft(self) -> tuple[Secret, bool]:
        """The text, which may hold a token, and whether it was explained."""
        return Secret(self.text.toPlainText()), bool(self.cards)

    def restore_draft(self, text: Secret, was_explained: bool) -> None:
        self.text.setPlainText(text.reveal())
        if was_explained:
            self.explain()

    def explain(self) -> None:
        """Blank the text and look it up in a job: a log may have many lines."""
        text = self.text.toPlainText()
        if not text.strip():
            return
        self._forget_asked()
        self._job = self._services.runner.start(lambda _job: _answer(text))
        self._job.on_success(self._show)

    def clear(self) -> None:
        self._forget_asked()
        self.text.forget_pasted()
        self.text.clear()
        self.nothing.hide()
        self._show_cards(())
        self.text.setFocus()

    def _forget_asked(self) -> None:
        if self._job is not None:
            self._job.ignore()
            self._job = None

    def _show(self, answer: "_Answer") -> None:
        self._job = None
        found = answer.found
        if answer.blanked != answer.asked and self.text.toPlainText() == answer.asked:  # typed by hand
            self.text.setPlainText(answer.blanked)
        self._show_cards(found)
        self.nothing.hide()
        if found:
            announce(self, "; ".join(card.accessibleName() for card in self.cards))
            bring_into_view(self.cards[0])
        else:
            self._show_notice(
                _("Nothing in this text is known here."),
                _("Send it to whoever looks after the app, with the time, and what was done just before."),
            )
        self.explained.emit()

    def _show_cards(self, found: Sequence[Explained]) -> None:
        for card in self.cards:
            self._results.removeWidget(card)
            card.hide()
            card.deleteLater()
        world = self._services.session.world
        self.cards = [
            ExplainedCard(one, self._services, world.link(one.link_template) if one.link_template else "")
            for one in found
        ]
        for card in self.cards:
            self._results.addWidget(card)
            card.show()

    def _pasted(self, was_secret: bool) -> None:
        if was_secret:
            self._show_notice(
                _("That was a token, not an error, so it was hidden."),
                _("Paste the error text here. A token goes to “Use a token”."),
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
