"""What the first step shows, one thing at a time, and what its buttons say. What happens then is in `page`."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.tokens import Opened, PageWithToken, RememberedToken
from wizard.core.flow import StepId
from wizard.i18n.language import _
from wizard.ui.garbage import delete_later
from wizard.ui.layout import laid_out_once
from wizard.ui.pages.base import Draft, StepPage
from wizard.ui.pages.log_in.account import AccountPanel
from wizard.ui.pages.log_in.choose_page import PersonPages
from wizard.ui.pages.log_in.get_token import get_token_text
from wizard.ui.pages.log_in.opening import Opening, OpeningDraft
from wizard.ui.pages.log_in.remember import Remembering
from wizard.ui.pages.log_in.remembered import RememberedList
from wizard.ui.pages.log_in.ways import Way, Ways
from wizard.ui.services import Services
from wizard.ui.widgets.text import Text
from wizard.words import steps

if TYPE_CHECKING:  # only where one logs in with Facebook
    from wizard.actions.browser_log_in import LoggedIn
    from wizard.ui.pages.log_in.waiting import Waiting

Part = TypeVar("Part", bound=QWidget)


class Shown(StrEnum):
    """What the page shows: one thing at a time."""

    WAYS = "ways"
    WAITING = "waiting"
    PAGES = "pages"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class LogInWork:
    """What the page keeps beside its inputs. ways: those that were unfolded. goes_on: the answers are of an earlier
    run, so that the step after this one is the first that is not done."""

    shown: Shown
    opening: OpeningDraft
    tried_remembered: bool
    pages: tuple[str, Sequence[PageWithToken], str] | None
    remembering: tuple[Opened | None, bool, bool]
    ways: Sequence[Way]
    is_guided: bool
    goes_on: bool


class LogInView(StepPage):
    """lacking: a log-in without all permissions, until it is said how to go on; remembered: what this computer has,
    and whether the one of last time was tried; goes_on: as in `LogInWork`, None before the page is entered.

    `code_wanted`, `token_wanted`: another way is chosen while a log-in is waited for; `page_wanted`: the marked one."""

    step = StepId.LOG_IN
    works_elsewhere = True

    code_wanted = Signal()
    token_wanted = Signal()
    page_wanted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self.shown = Shown.WAYS
        self.lacking: LoggedIn | None = None
        self.remembered: Sequence[RememberedToken] = ()
        self.last_time = Text(role="muted")
        self.remembered_list = RememberedList(parent=self)
        self.ways = Ways(services, parent=self)
        self.entry, self.get_token = self.ways.token.entry, self.ways.token.get_token
        self.account = AccountPanel(services.clipboard, parent=self)
        self.opening = Opening(self)
        self.remembering = Remembering(services, self.account.remember, self)
        self.tried_remembered = False
        self.goes_on: bool | None = None
        self.can_repeat = False  # what failed last may go well with the same token
        self.is_dead = False  # Facebook takes the token in the field no more
        self.later_parts: dict[Shown, QWidget] = {}  # those that are made so far
        for widget in (self.remembered_list, self.last_time, self.ways, self.account):
            self.body.addWidget(widget)

    @cached_property
    def waiting(self) -> "Waiting":
        from wizard.ui.pages.log_in.waiting import Waiting

        part = Waiting(self.services, parent=self)
        part.code_button.clicked.connect(self.code_wanted)
        part.token_button.clicked.connect(self.token_wanted)
        return self._added(Shown.WAITING, part)

    @cached_property
    def pages(self) -> PersonPages:
        part = PersonPages(self.services.clipboard, parent=self)
        part.chosen_changed.connect(self.show_ready)
        part.chosen_for_good.connect(self.page_wanted)
        return self._added(Shown.PAGES, part)

    def _added(self, shown: Shown, part: Part) -> Part:
        part.hide()
        self.body.addWidget(part)
        self.later_parts[shown] = part
        return part

    def show_beside(self, is_on: bool) -> None:
        super().show_beside(is_on)
        self.ways.show_beside(is_on)

    # What the page says.

    def sentence(self) -> str:
        if self.shown is Shown.WAITING:
            return _("Facebook asks you in your browser. This window notices when you are done.")
        if self.shown is Shown.PAGES:
            return _("Choose the Page to set up.")
        if self.shown is Shown.ACCOUNT and self.opening.is_named_by_vendor():
            return _("The wizard can see your Page now.")
        if self.shown is Shown.ACCOUNT:
            return _("A token speaks for one app. Whose it is decides what the wizard can see.")
        return steps.sentence(StepId.LOG_IN)

    def primary_text(self) -> str:
        if self.shown is Shown.PAGES:
            return _("Use this Page")
        if self.shown is Shown.WAYS:
            return self._way_text()
        return _("Next") if self.shown is Shown.ACCOUNT else ""

    def _way_text(self) -> str:
        way = self.ways.way()
        return {
            Way.FACEBOOK: _("Ask again") if self.opening.again else self.ways.facebook_text(),
            Way.TOKEN: self._token_text(),
            Way.ASK: _("Copy the message"),
            Way.OWN_APP: _("Log in with Facebook"),
            Way.WITHOUT: _("Go on without a token"),
        }[way]

    def _token_text(self) -> str:
        if self.is_dead:
            return _("Get a new token")
        if self.can_repeat and self.notice.said is not None:
            return _("Try again")
        return get_token_text() if self.gets_token else _("Check the token")

    @property
    def gets_token(self) -> bool:
        """Whether a token is what comes next: there is none, or no living one."""
        return self.is_dead or not (self.entry.secret.text() or self.get_token.is_unfolded)

    def _has_token_step(self) -> bool:
        """Whether the main button can do something: what is known to be wrong is wrong the second time, too."""
        return self.gets_token or bool(self.entry.secret.text() and not self.entry.field.problem())

    def is_primary_next(self) -> bool:
        """Without a token that could be checked, Facebook is opened for one first."""
        return self.shown is not Shown.WAYS or self.ways.way() is not Way.TOKEN or self._has_token_step()

    def secondary_text(self) -> str:
        if self.shown is Shown.WAYS:
            if self.is_lacking:
                return _("Go on without them")
            return _("Write an e-mail") if self.ways.way() is Way.ASK else ""
        if self.shown is Shown.WAITING:
            return ""
        if self.has_more_pages:
            return _("Another Page")
        return _("Log in again") if self.opening.apps is not None else _("Another token")

    @property
    def is_lacking(self) -> bool:
        return self.lacking is not None and self.ways.way() in (Way.FACEBOOK, Way.OWN_APP)

    @property
    def has_more_pages(self) -> bool:
        return self.shown is Shown.ACCOUNT and self.opening.is_of_person and self.pages.count > 1

    def first_field(self) -> QWidget | None:
        if self.shown is Shown.WAYS:
            return self.remembered_list.use_buttons[0] if self.remembered else self.ways.first_field()
        if self.shown is Shown.PAGES:
            return self.pages.picker.search_line
        if self.shown is Shown.WAITING or self.opening.is_named_by_vendor():
            return None
        group = self.account.question
        return group.card(group.choice()) if group.choice() else None  # the keyboard’s frame would look like a choice

    def focus(self) -> None:
        """The keyboard was in what is hidden now."""
        if self.isVisible():
            (self.first_field() or self.title_label).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_part(self, shown: Shown) -> None:
        self.shown = shown
        with laid_out_once(self):
            self.sentence_label.set_text(self.sentence())
            self.ways.setVisible(shown is Shown.WAYS)
            self.remembered_list.setVisible(shown is Shown.WAYS and bool(self.remembered))
            self.last_time.setVisible(shown is Shown.WAYS and bool(self.last_time.text()))
            self.account.setVisible(shown is Shown.ACCOUNT)
            for kind, part in self.later_parts.items():
                part.setVisible(kind is shown)
            self.fill_room(shown is Shown.PAGES)
        self.show_ready()
        self.footer_changed.emit()

    def show_ready(self) -> None:
        if self.shown is Shown.PAGES:
            ready = self.pages.chosen() is not None
        elif self.shown is Shown.ACCOUNT:
            ready = self.answers.token_owner is not None or self.account.owner() is not None
        else:
            ready = self.shown is Shown.WAYS and (self.ways.way() is not Way.TOKEN or self._has_token_step())
        self.get_token.show_link(not self.gets_token)  # else the main button does it
        self.get_token.fill(not self.is_primary_next())
        self.primary_ready.emit(ready)

    # Made anew.

    def speak_anew(self) -> None:
        super().speak_anew()
        if self.shown is Shown.WAITING:
            before = self.waiting
            before.setParent(None)
            del self.waiting
            self.waiting.go_on_from(before)
            delete_later(before)
            self.show_part(self.shown)

    def draft(self) -> Draft:
        work = LogInWork(
            self.shown,
            self.opening.draft(),
            self.tried_remembered,
            self.pages.draft() if Shown.PAGES in self.later_parts else None,
            self.remembering.draft(),
            self.ways.draft(),
            self.get_token.is_unfolded,
            bool(self.goes_on),
        )
        return super().draft()._replace(work=work)

    def take_over(self, work: LogInWork) -> None:
        self.shown = work.shown if work.shown is not Shown.WAITING else Shown.WAYS
        self.opening.restore_draft(work.opening)
        self.tried_remembered = work.tried_remembered
        if work.pages is not None:
            self.pages.restore_draft(*work.pages)
        self.remembering.restore_draft(*work.remembering)
        self.ways.restore_draft(work.ways)
        if work.is_guided:
            self.get_token.unfold()
        self.goes_on = work.goes_on

    def restore_draft(self, draft: Draft) -> None:
        self.entry.blockSignals(True)  # nobody pasted just now, so nothing is asked of Facebook
        super().restore_draft(draft)
        self.entry.blockSignals(False)
