"""What the check screen shows, and what its buttons say. What happens then is in `page`."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from wizard.actions.check_target import CheckTarget, CheckTargets, is_test_next
from wizard.actions.tokens import Opened
from wizard.actions.whose_app import open_question
from wizard.core.answers import TokenOwner
from wizard.core.trial_result import ConsentRequest, ConsentTo
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.layout import Panel, laid_out_once
from wizard.ui.pages.base import Draft, StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.check.details import DetailsPanel
from wizard.ui.pages.check.export_menu import ExportMenu
from wizard.ui.pages.check.files import UnreadableFiles
from wizard.ui.pages.check.results import ResultsView
from wizard.ui.pages.check.run_progress import RunProgress
from wizard.ui.pages.check.token_panel import TokenPanel, use_words
from wizard.ui.pages.check.whose_app import WhoseApp
from wizard.ui.pages.explain.explain_box import ExplainBox, ExplainDraft
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.tick import CheckBox
from wizard.ui.widgets.wrapping_row import WrappingRow
from wizard.words import asking


@dataclass(frozen=True, slots=True)
class CheckWork:
    """What was found so far. account: the token of a person or system user. choice: key and check of the current cell.
    said: whose the
    apps of tokens are, by their ID. explain: see `ExplainBox.draft`."""

    desk: CheckTargets
    account: Opened | None
    is_complete: bool
    choice: tuple[str, str]
    said: dict[str, TokenOwner]
    explain: ExplainDraft


class CheckView(StepPage):
    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = services.session
        self._account: Opened | None = None  # the token of a person or system user, for this window's life
        self._is_complete = True
        self._is_trying_token = False
        self.run_progress = RunProgress(self.progress, self)
        self.open_button, self.token_button = Button(_("Open files…")), Button(_("Use a token…"))
        self.explain_button = Button(_("Explain an error…"))
        buttons = WrappingRow()
        for button in (self.open_button, self.token_button, self.explain_button):
            buttons.addWidget(button)
        self._tools = Panel()
        self._tools.setLayout(buttons)
        self.files = UnreadableFiles(self)
        self.board = ResultsView(services.clock.now)
        consent = asking.consent(ConsentRequest(ConsentTo.READ_OWNERS))
        self.look_at_conversations = CheckBox(_("Look at conversations too. {consent}").format(consent=consent), self)
        self.token = TokenPanel(services.clipboard)
        self.whose = WhoseApp()
        self._said_of_apps: dict[str, TokenOwner] = {}
        self.details = DetailsPanel()
        self.said = Text()
        self.explain = ExplainBox(services)
        self.explain_fold = Disclosure(_("Explain an error"), self.explain, parent=self)
        self.explain_fold.button.hide()  # the button above opens it
        self.taking = ExportMenu(services, self.run, self)
        self._order: tuple[QWidget, ...] = ()
        self._arrange()
        self.said.hide()
        self.setAcceptDrops(True)

    # What it says.

    def title(self) -> str:
        return _("Find out what is wrong")

    def sentence(self) -> str:
        return _("See what is right, what is wrong and what to do. Nothing is changed.")

    def help_topic(self) -> str:
        return "check"

    def primary_text(self) -> str:
        if self._is_resumable:
            return _("Go on with the rest")
        if self._is_test_next:
            return _("Run the test")
        if askable := self._askable():
            return _("Check") if len(askable) == 1 else _("Check all")
        return _("Use a token…") if self.token.isHidden() else use_words()

    def secondary_text(self) -> str:
        return _("Save report of all…") if sum(one.result is not None for one in self.board.desk) > 1 else ""

    def first_field(self) -> QWidget | None:
        return self.board.table if self.board.is_table else None

    # What it shows.

    def _arrange(self) -> None:
        """Of one Page what was found comes first, of several the list to choose from."""
        found, choice = (self.token, self.details), (self.board, self.look_at_conversations)
        is_one = len(self.board.desk) == 1 and not self.board.is_table
        parts = (*found, *choice, self._tools) if is_one else (*choice, *found)
        said = (self.files, self.said, self.whose)
        order = (*said, *parts, self.explain_fold) if is_one else (self._tools, *said, *parts, self.explain_fold)
        if order == self._order:
            return
        self._order = order
        with laid_out_once(self):
            for widget in order:
                self.body.removeWidget(widget)
                self.body.addWidget(widget)

    def _show_choice(self) -> None:
        self._arrange()
        subject, check = self.board.choice()
        is_only = len(self._askable()) == 1 and not (self._is_resumable or self._is_test_next)
        self.details.show_subject(subject, check, self.services.clock.now(), offers_check=not is_only)
        self.look_at_conversations.setVisible(any(one.can_be_asked for one in self.board.desk))
        self.token.check_button.setVisible(bool(self._askable()) or self._is_resumable)  # else the main button does it
        self._allow()
        if self._is_trying_token:
            return
        if subject is not None and subject.needs_token:
            self.token.ask(subject)
        else:
            self.token.hide()
            self.token.empty()

    def _read_details(self) -> None:
        """Enter on a cell: what it says is read out and scrolled to."""
        announce(self.details, f"{self.details.answer.title()} {self.details.answer.text()}")
        bring_into_view(self.details.answer if self.details.answer.isVisible() else self.token)

    def _allow(self) -> None:
        details = self.details
        for button in (self.open_button, self.token_button, details.again_button, details.remove_button):
            button.setEnabled(not self.is_busy)
        for part in (self.look_at_conversations, self.token, details.report_button, details.facts_button):
            part.setEnabled(not self.is_busy)
        self.whose.ask(None if self.is_busy else open_question(self.board.desk, self._said_of_apps))
        main = self.primary_text()  # each button stands on the screen once
        for button in (self.open_button, self.token_button):
            button.setVisible(button.text() != main)
        self.footer_changed.emit()

    def _show_notice(self, sentence: str) -> None:
        self.said.set_text(sentence)
        if sentence:
            announce(self.said, sentence)
            bring_into_view(self.said)

    # What there is to check.

    @property
    def _is_resumable(self) -> bool:
        return self._account is not None and not self._is_complete

    @property
    def _is_test_next(self) -> bool:
        desk, now = self.board.desk, self.services.clock.now()
        return len(desk) == 1 and all(is_test_next(one, self.answers, now) for one in desk)

    def _askable(self) -> list[CheckTarget]:
        return [one for one in self.board.desk if one.can_be_asked and not one.needs_token]

    def _subjects(self, key: str) -> list[CheckTarget]:
        found = self.board.desk.get(key)
        return [found] if found is not None else []

    # Made anew.

    def draft(self) -> Draft:
        work = CheckWork(
            self.board.desk,
            self._account,
            self._is_complete,
            self.board.table.choice(),
            self._said_of_apps,
            self.explain.draft(),
        )
        return super().draft()._replace(work=work)

    def take_over(self, work: CheckWork) -> None:
        self.board.desk, self._account, self._is_complete = work.desk, work.account, work.is_complete
        self._said_of_apps = work.said
        self.board.show_all()
        if work.choice[0]:
            self.board.table.choose(*work.choice)
        self.explain.restore_draft(*work.explain)

    def restore_draft(self, draft: Draft) -> None:
        self.token.entry.blockSignals(True)  # nobody pasted just now, so nothing is asked of Facebook
        super().restore_draft(draft)
        self.token.entry.blockSignals(False)
