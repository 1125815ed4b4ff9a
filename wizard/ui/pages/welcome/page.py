"""Welcome: is it for you, what you need, and the choice to begin, to go on, to check, or to practise."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from wizard.actions.pending_tests import PendingTests, list_pending
from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.flow import SETUP, StepId, open_step
from wizard.i18n.language import _, ngettext
from wizard.ui.pages.base import Draft, StepPage
from wizard.ui.pages.recovery.pending_notice import notice_for
from wizard.ui.scroll_area import area_around
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import Card, CardGroup, CardOption
from wizard.ui.widgets.diagram import HandoverDiagram
from wizard.ui.widgets.diagram_data import Arrow, DiagramData, Party
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.text import Text
from wizard.words import steps

SET_UP, GO_ON, ANEW, CHECK, PRACTISE = "set_up", "go_on", "anew", "check", "practise"


class WelcomePage(StepPage):
    step = StepId.WELCOME

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._pending = PendingTests()
        self.left_open = Notice(Tone.WARNING, parent=self)
        self.said = Notice(Tone.INFO, parent=self)
        self.diagram = HandoverDiagram(
            DiagramData(
                (
                    Party("bot", _("Your bot"), _("Answers first")),
                    Party("live_chat", _("Your live chat"), _("Takes over")),
                ),
                (Arrow(_("hands over")), Arrow(_("gives back"), forward=False)),
            )
        )
        self.promise = Text(
            _(
                "About fifteen minutes. Nothing is changed before you say yes, and what you set on Facebook you can "
                "set back. You can stop at any time: we keep your place."
            )
        )
        self.sure = Notice(Tone.WARNING, parent=self)
        self.cards = CardGroup(_("What do you want to do?"), parent=self)
        self.cards.chosen.connect(self._chosen)
        for_whom = _(
            "Yes, if a bot and people both answer in the Messenger of one Facebook Page. It is for Messenger only: "
            "not for Instagram, WhatsApp or a chat on your website. If only a bot or only people answer, you do "
            "not need it."
        )
        you_need = _("You need a Page that you manage, with your bot and your live chat connected to it.")
        self.for_whom = Disclosure(_("Is it for me, and what do I need?"), Text(f"{for_whom} {you_need}", "muted"))
        for widget in (self.left_open, self.said, self.promise, self.diagram, self.sure, self.cards, self.for_whom):
            self.body.addWidget(widget)
        for notice in (self.left_open, self.said, self.sure):
            notice.hide()
        self.earlier_button = Button(_("Earlier set-ups"), "link")
        self.earlier_button.clicked.connect(lambda: self.aside_wanted.emit("setups"))
        self.body.addWidget(self.earlier_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.earlier_button.hide()

    def primary_text(self) -> str:
        return _("Bring it back") if self._pending.tests else self._choice_text()

    def secondary_text(self) -> str:
        return self._choice_text() if self._pending.tests else ""

    def _choice_text(self) -> str:
        return {
            GO_ON: _("Go on"),
            ANEW: _("Yes, start over") if self.is_asking else _("Start over"),
            CHECK: _("Open the check"),
            PRACTISE: _("Open practice"),
        }.get(self.cards.choice(), _("Start"))

    def first_field(self) -> QWidget | None:
        chosen = self.cards.choice()
        return self.cards.card(chosen) if chosen else None

    @property
    def is_asking(self) -> bool:
        """Whether to forget the answers: that cannot be undone."""
        return not self.sure.isHidden()

    def enter(self, answers: Answers) -> None:
        super().enter(answers)
        self.said.hide()
        self.sure.hide()
        session = self.services.session
        if session.has_journal():  # else nothing was left open, and the first page does not wait for what reads it
            job = self.services.runner.start(lambda job: list_pending(session, job.cancel))
            job.on_success(self._show_pending).on_failure(self.failed)
        if session.has_setups():
            earlier = self.services.runner.start(lambda _job: _has_earlier(session))
            earlier.on_success(self.earlier_button.setVisible)

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        self._offer_choices()

    def draft(self) -> Draft:
        return super().draft()._replace(work=self._pending)

    def take_over(self, work: PendingTests) -> None:
        self._pending = work
        self._say_left_open()

    def primary(self) -> None:
        """A customer may be waiting where a test was left open: that comes before what is chosen."""
        if self._pending.tests:
            self.aside_wanted.emit("recovery")
        else:
            self._take_choice()

    def secondary(self) -> None:
        self._take_choice()

    def _take_choice(self) -> None:
        choice = self.cards.choice()
        if choice == CHECK:
            self.aside_wanted.emit("check")
            return
        if choice == PRACTISE:
            start = self.services.start_practice_window
            self.run(lambda _job: start(), self._practice_opened, _("Opening practice"), stoppable=False)
            return
        if choice == ANEW and not self.is_asking:
            self._ask_whether_sure()
            return
        if choice == ANEW:
            from wizard.actions.earlier_setups import keep  # only where there is something to keep

            session, answers = self.services.session, self.answers
            self.run(lambda _job: keep(session, answers), lambda _kept: self._start_over(), _("Starting over"))
        elif choice == GO_ON and not SETUP.problems(StepId.PRODUCTS, self.answers):
            needs_log_in = self.answers.token_owner is None
            self.offer(replace(self.answers, started=True))
            self.step_wanted.emit(StepId.LOG_IN if needs_log_in else open_step(self.answers))
        else:
            self.finish(replace(self.answers, started=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a choice takes it: the first press starts."""
        card = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(card, Card) and not self.is_busy:
            self.cards.choose(card.key)
            self._take_choice()
            return
        super().keyPressEvent(event)

    # The picture: only where the choices are seen below it.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if (area := area_around(self)) is not None:
            area.viewport().installEventFilter(self)
        self._fit_picture()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit_picture()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit_picture()
        return super().eventFilter(watched, event)

    def _fit_picture(self) -> None:
        area, layout = area_around(self), self.layout()
        if area is None or layout is None:
            return
        head = (self.title_label, self.sentence_label, self.left_open, self.said, self.promise)
        parts = [part for part in (*head, self.sure, self.cards) if not part.isHidden()]
        heights = [_height(part, self.width()) + layout.spacing() for part in (*parts, self.diagram)]
        self.diagram.setVisible(self.y() + sum(heights) - layout.spacing() <= area.seen_height())

    # The choices.

    def _offer_choices(self) -> None:
        cards = []
        if _is_begun(self.answers):
            cards.append(CardOption(GO_ON, _("Go on where you stopped"), _where_stopped(self.answers)))
            cards.append(CardOption(ANEW, _("Start over"), _what_is_lost(self.answers)))
        else:
            cards.append(CardOption(SET_UP, _("Set up"), _("Connect a bot and a live chat on your own Page.")))
        cards.append(
            CardOption(
                CHECK,
                _("Find out what is wrong"),
                _("Check a Page, or many: what is right, what is not. Or have an error explained."),
            )
        )
        if not self.services.session.world.control:
            cards.append(
                CardOption(PRACTISE, _("Practise"), _("Try every step on a pretend Page. Nothing reaches Facebook."))
            )
        kept = self.cards.choice()
        self.cards.show_cards(cards)
        self.cards.choose(kept if kept in {card.key for card in cards} else cards[0].key)
        self.footer_changed.emit()

    def _start_over(self) -> None:
        self.sure.hide()
        self.services.session.start_over()
        self.finish(Answers(started=True))

    def _chosen(self, _key: str) -> None:
        self.sure.hide()
        self.footer_changed.emit()

    def _ask_whether_sure(self) -> None:
        page = self.answers.page_name
        if self.answers.can_be_kept:
            title = _("A new set-up begins. This one is kept under “Earlier set-ups”.")
            text = _("Facebook and your bot stay as they are.")
        else:
            title = _("Your answers about {page} will be deleted.").format(page=page) if page else ""
            title = title or _("Your previous answers will be deleted.")
            text = _("This cannot be undone. Facebook and your bot stay as they are.")
        self.sure.show_message(Tone.WARNING, title, text)
        self.sure.show()
        self.sure.announce()
        self.footer_changed.emit()

    def _practice_opened(self, worked: bool) -> None:
        if worked:
            said = (Tone.INFO, _("Practice opens in a window of its own."), _("This window stays as it is."))
        else:
            said = (Tone.PROBLEM, _("Practice could not be opened."), _("Close other programs and try again."))
        self.said.show_message(*said)
        self.said.show()
        self.said.announce()

    # What a crash left open.

    def _show_pending(self, pending: PendingTests) -> None:
        # What was closed is said as long as this page lives, though it is found only once.
        self._pending = pending._replace(closed=pending.closed or self._pending.closed)
        self._say_left_open()
        if self.left_open.isVisible():
            self.left_open.announce()

    def _say_left_open(self) -> None:
        tests, other = self._pending.tests, notice_for(self._pending)
        if tests:
            from wizard.words import asking
            from wizard.words.moments import clock_time

            first = tests[0]
            title = ngettext(
                "A test conversation was left open.", "{count} test conversations were left open.", len(tests)
            ).format(count=len(tests))
            text = _("{page}, {time}: it may still be with {app} instead of {bot}.").format(
                page=first.page_label,
                time=clock_time(first.opened_at),
                app=asking.app_name(first.live_chat),
                bot=asking.app_name(first.bot),
            )
            self.left_open.show_message(Tone.WARNING, title, text)
        elif other is not None:
            self.left_open.show_message(*other)
        self.left_open.setVisible(bool(tests) or other is not None)
        self.footer_changed.emit()


def _has_earlier(session: Session) -> bool:
    """In a job. Raises OSError."""
    from wizard.actions.earlier_setups import earlier_setups

    return bool(earlier_setups(session))


def _height(part: QWidget, width: int) -> int:
    return part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()


def _what_is_lost(answers: Answers) -> str:
    if answers.can_be_kept:
        return _("Another Page, or from the beginning. This set-up is kept here, and nothing changes on Facebook.")
    return _("Your previous answers are deleted. Nothing changes on Facebook.")


def _where_stopped(answers: Answers) -> str:
    """Which Page it was, and where one goes on, after logging in where that is needed."""
    step, page = steps.name(open_step(answers)), answers.page_name
    if not page:
        return _("Go on at: {step}").format(step=step)
    if answers.token_owner is not None or answers.token_app is None:
        return _("Your Page: {page}. You go on at: {step}").format(page=page, step=step)
    return _("Your Page: {page}. After logging in you go on at: {step}").format(page=page, step=step)


def _is_begun(answers: Answers) -> bool:
    return answers not in (Answers(), Answers(started=True))
