"""What was found about one Page, or about one check of it: the evidence, the next action, and what to do with it."""

from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.actions.check_target import CheckTarget, TargetOrigin
from wizard.actions.compressed import decompress
from wizard.core.diagnosis import is_dated_ahead
from wizard.core.verdict import Evidence, State
from wizard.i18n.language import _, ngettext
from wizard.report import phrases
from wizard.report.view import CauseView, PageView, VerdictRow, view
from wizard.ui.accessible import announce
from wizard.ui.metrics import em
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.check_cells import VERDICT_MARKS
from wizard.ui.widgets.checklist import CheckItem, Checklist
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.letter_language import LetterLanguage
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.wrapping_row import WrappingRow
from wizard.words import asking, errors, evidence, verdicts
from wizard.words.customer import nothing_to_send
from wizard.words.guides import way_lines
from wizard.words.headlines import step_for
from wizard.words.moments import ago, clock_time

_TONES = {
    State.OK: Tone.OK,
    State.WARNING: Tone.WARNING,
    State.PROBLEM: Tone.PROBLEM,
    State.UNKNOWN: Tone.NEUTRAL,
    State.NOT_CHECKED: Tone.WARNING,
}


class DetailsPanel(QWidget):
    """`again_wanted`, `copy_wanted`, `report_wanted`, `facts_wanted`, `removal_wanted` with the subject's key."""

    again_wanted = Signal(str)
    copy_wanted = Signal(str)
    report_wanted = Signal(str)
    facts_wanted = Signal(str)
    removal_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject: CheckTarget | None = None
        self._check = ""
        self._offers_check = True
        self._now = 0.0
        self.name = Text(role="product")
        self.about, self.age = Text(role="small"), Text(role="small")
        self.headline, self.answer = Notice(), Notice()
        self.look_at_title, self.look_at = Text(role="section"), Checklist()
        self.fine, self.open = Checklist(), Checklist()
        self.fine_fold, self.open_fold = Disclosure("", self.fine), Disclosure("", self.open)
        self.again_button, self.copy_button = Button(), Button()
        self.language = LetterLanguage(self)
        self.report_button, self.facts_button, self.remove_button = Button(), Button(), Button(kind="link")
        self.said = Text()
        self.said.hide()
        self.who_title, self.who = Text(role="section"), Text()
        row = WrappingRow()
        for button, wanted in (
            (self.again_button, self.again_wanted),
            (self.copy_button, self.copy_wanted),
            (self.report_button, self.report_wanted),
            (self.facts_button, self.facts_wanted),
            (self.remove_button, self.removal_wanted),
        ):
            button.clicked.connect(partial(self._want, wanted))
            row.addWidget(button)
            if button is self.copy_button:
                row.addWidget(self.language)
        about = QVBoxLayout()
        about.setSpacing(em(0.15))
        for label in (self.about, self.age):
            about.addWidget(label)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.9))
        for said in (self.name, self.headline, self.answer):
            self._column.addWidget(said)
        self._column.addLayout(about)
        self._column.addLayout(row)
        self._column.addWidget(self.said)
        for widget in (self.look_at_title, self.look_at, self.who_title, self.who, self.fine_fold, self.open_fold):
            self._column.addWidget(widget)
        self.name.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_subject(self, subject: CheckTarget | None, check: str, now: float, offers_check: bool = True) -> None:
        """check: the one to tell about, "" for all. now: Unix seconds, for ages. offers_check: with a button for it."""
        self._offers_check = offers_check
        if subject is None or self._subject is None or subject.key != self._subject.key:
            self.said.set_text("")
        self._subject, self._check, self._now = subject, check, now
        self._show_subject()

    def _show_subject(self) -> None:
        subject = self._subject
        self.setVisible(subject is not None)
        if subject is None:
            return
        # A file may come from a stranger: what its names hold is cleaned as in the letter and the reports.
        page = view(decompress(subject.result), self._now) if subject.result is not None else None
        self.name.setText(subject.name)
        self._say_about(subject, page)
        self._say_age(subject)
        self._say_buttons(subject)
        self._say_answer(page)
        causes, others = (page.causes, page.others) if page is not None else ((), ())
        self.look_at.show_items(tuple(_cause(cause, is_first=cause is causes[0]) for cause in causes))
        self.look_at_title.set_text(_("What was found") if causes else "")
        seen = page.who_answers if page is not None and not self._check else None
        self.who_title.set_text(seen.title if seen is not None else "")
        self.who.set_text("\n".join(seen.rows) if seen is not None else "")
        self._show(self.fine, [row for row in others if row.state is State.OK])
        self._show(self.open, [row for row in others if row.state in (State.UNKNOWN, State.NOT_CHECKED)])
        fine, left = len(self.fine.items()), len(self.open.items())
        self.fine_fold.set_title(ngettext("{count} check is fine", "{count} checks are fine", fine).format(count=fine))
        self.open_fold.set_title(
            ngettext("{count} check cannot tell, and why", "{count} checks cannot tell, and why", left).format(
                count=left
            )
        )
        self.fine_fold.setVisible(bool(fine))
        self.open_fold.setVisible(bool(left))

    def show_message(self, sentence: str) -> None:
        """Say below the buttons what became of the press."""
        self.said.set_text(sentence)
        announce(self.said, sentence)
        bring_into_view(self.said)

    def _want(self, signal: SignalInstance, _checked: bool = False) -> None:
        if self._subject is not None:
            signal.emit(self._subject.key)

    # The parts.

    def _say_about(self, subject: CheckTarget, page: PageView | None) -> None:
        bot, live_chat = (
            (page.bot, page.live_chat) if page is not None else (subject.answers.bot, subject.answers.live_chat)
        )
        parts = [_("Page ID {page_id}").format(page_id=subject.page_id)] if subject.page_id else []
        if bot is not None:
            parts.append(_("Answers first: {app}").format(app=asking.app_name(bot)))
        if live_chat is not None:
            parts.append(_("Takes over: {app}").format(app=asking.app_name(live_chat)))
        if page is not None and page.source:
            parts.append(page.source)
        self.about.set_text(" · ".join(parts))

    def _say_age(self, subject: CheckTarget) -> None:
        if subject.result is None:
            self.age.set_text("")
            return
        when, since = clock_time(subject.result.at), ago(self._now - subject.result.seen_at)
        if is_dated_ahead(subject.result.seen_at, self._now):
            since = _("that has not come yet: a clock was wrong")
        if subject.origin is TargetOrigin.FACTS_FILE:
            text = _("Seen {time} ({ago}) and saved in a file; judged again here by today’s rules, without a token.")
        elif subject.is_old(self._now):
            text = _("Seen {time} ({ago}). That is old: check again to see how it is now.")
        else:
            text = _("Seen {time} ({ago}).")
        self.age.set_text(text.format(time=when, ago=since))

    def _say_buttons(self, subject: CheckTarget) -> None:
        has_look = subject.result is not None
        can_ask = self._offers_check and subject.can_be_asked and not subject.needs_token and not subject.is_at_work
        self.again_button.set_text(
            (_("Check this Page again") if has_look else _("Check this Page")) if can_ask else ""
        )
        self.report_button.set_text(_("Save report…") if has_look else "")
        self.facts_button.set_text(_("Save facts…") if has_look and subject.can_be_asked else "")
        self.remove_button.set_text("" if subject.origin is TargetOrigin.SAVED else _("Take off the list"))

    def _say_answer(self, page: PageView | None) -> None:
        """The headline of the Page stands whatever check is chosen: a single one that is well says nothing of it."""
        self.copy_button.set_text(_("Copy this text") if page is not None and page.letter else "")
        self.language.show_where(page is not None and bool(page.letter))
        self.headline.setVisible(page is not None)
        chosen = page.row(self._check) if page is not None else None
        self.answer.setVisible(chosen is not None)
        if page is None:
            return
        told, failure = page.headline, page.checked.not_checked
        lines = [told.next_step, *way_lines(told.way), told.note, "" if page.letter else nothing_to_send()]
        details = "\n".join(errors.details(failure, page.at)) if failure is not None else ""
        text = "\n".join(line for line in lines if line)
        self.headline.show_message(_TONES[told.state], told.sentence, text, details=details)
        if chosen is not None:
            title = _("{check}: {state}").format(check=chosen.title, state=verdicts.state(chosen.state))
            text = "\n".join(part for part in (chosen.text, chosen.action) if part)
            tone = Tone.NEUTRAL if chosen.state is State.NOT_CHECKED else _TONES[chosen.state]
            self.answer.show_message(tone, title, text, details="\n".join(_line(seen) for seen in chosen.evidence))
            self.answer.disclosure.set_title(_("What Facebook answered"))

    def _show(self, place: Checklist, found: list[VerdictRow]) -> None:
        place.show_items(
            tuple(
                CheckItem(
                    row.check,
                    row.title,
                    " ".join(part for part in (row.text, row.action) if part),
                    VERDICT_MARKS[row.state],
                )
                for row in found
            )
        )


def _cause(cause: CauseView, is_first: bool) -> CheckItem:
    """What to do about the first stands in the headline."""
    row, told = cause.row, cause.advice
    follows = phrases.follows([one.title for one in cause.therefore])
    step = "" if is_first else step_for(told.who, told.action)
    return CheckItem(
        row.check, row.title, " ".join(part for part in (row.text, step, follows) if part), VERDICT_MARKS[row.state]
    )


def _line(seen: Evidence) -> str:
    line = _("{call}: {answer}").format(call=evidence.call(seen.call), answer=evidence.answer(seen.answer))
    return _("{line} ({time})").format(line=line, time=clock_time(seen.at)) if seen.at else line
