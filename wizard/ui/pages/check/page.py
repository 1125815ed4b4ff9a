"""Check set-ups: saved ones, files that somebody sent, and all Pages of an account; and errors, explained."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from wizard.actions import check
from wizard.actions.check_account import check_account
from wizard.actions.check_target import CheckStatus, CheckTarget
from wizard.actions.explain import part_logs
from wizard.actions.tokens import Opened
from wizard.actions.whose_app import judge_again, waiting_for
from wizard.core.answers import Answers, TokenOwner
from wizard.core.errors import WizardError
from wizard.core.facts import App, TokenKind
from wizard.core.flow import StepId
from wizard.core.secret import Secret
from wizard.i18n.language import _
from wizard.ui.clipboard import local_files
from wizard.ui.jobs import JobContext
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.check.files import ask_for_saved
from wizard.ui.pages.check.said import checking, found_and_left, of_another_page
from wizard.ui.pages.check.view import CheckView
from wizard.ui.services import Services


class CheckPage(CheckView):
    """Beside the route. Read-only: nothing here changes anything on Facebook."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._connect()

    def _connect(self) -> None:
        self.open_button.clicked.connect(lambda: self.open_files(ask_for_saved(self)))
        self.token_button.clicked.connect(lambda: self._ask_for_token(None))
        self.explain_button.clicked.connect(self._open_explain)
        self.board.chosen.connect(self._show_choice)
        self.board.opened.connect(self._read_details)
        self.whose.said.connect(self._take_owner)
        self.token.given.connect(self._try_token)
        self.token.left.connect(self._show_choice)
        self.details.again_wanted.connect(lambda key: self._check(self._subjects(key)))
        self.details.copy_wanted.connect(lambda key: self.taking.copy(self._subjects(key), self.details.language.code))
        self.details.report_wanted.connect(lambda key: self.taking.save_report(self._subjects(key), True))
        self.details.facts_wanted.connect(lambda key: self.taking.save_facts(self._subjects(key)))
        self.details.removal_wanted.connect(self.board.remove)
        self.taking.told.connect(self.details.show_message)
        self.taking.troubled.connect(self.show_trouble)
        self.busy_changed.connect(lambda _busy: self._allow())

    # What it shows.

    def enter(self, answers: Answers) -> None:
        super().enter(answers)
        self.board.show_all()
        self._show_notice("")
        job = self.services.runner.start(lambda _job: check.list_saved(self._session))
        job.on_success(self._take_listed).on_failure(self.failed)

    def _take_listed(self, listed: check.ListedTargets) -> None:
        desk = self.board.desk
        if not self.is_busy:
            for key in desk.take_listed(listed.targets):
                self.board.remove(key)
        self.files.show_errors(listed.unreadable)
        self.board.show_all()
        if len(desk):
            mine = (one for one in desk if one.page_id and one.page_id == self.answers.page_id)
            if self.board.choice()[0] is None:
                self.board.choose(next(mine, next(iter(desk))))
            if not self.isAncestorOf(self.window().focusWidget()) or self.title_label.hasFocus():
                self._focus_on_found()

    def _focus_on_found(self) -> None:
        """The table, or what is told of the one Page there is."""
        found = self.board.table if self.board.is_table else self.details.name
        found.setFocus(Qt.FocusReason.OtherFocusReason)

    # Checking.

    def primary(self) -> None:
        if self._is_resumable and self._account is not None:
            self._check_account(self._account, [one.page_id for one in self.board.desk if one.via_account])
        elif self._is_test_next:
            self.step_wanted.emit(StepId.TEST)
        elif askable := self._askable():
            self._check(askable)
        elif not self.token.isHidden():
            self.token.give()
        else:
            self._ask_for_token(None)

    def secondary(self) -> None:
        self.taking.save_report(list(self.board.desk), self._is_complete)

    def _check(self, subjects: Sequence[CheckTarget]) -> None:
        own = [one for one in subjects if one.token_names]
        of_account = [one.page_id for one in subjects if not one.token_names]
        self.board.put([replace(one, status=CheckStatus.WAITING) for one in subjects])
        self._show_notice("")
        look = self.look_at_conversations.isChecked()
        opened, known = self._account, self._by_page()
        done = [one.page_id for one in self.board.desk if one.page_id not in of_account]

        def each(job: JobContext) -> None:
            started, checked = job.to(self._take_started), job.to(self._take_one)
            check.check_targets(self._session, own, look, job.cancel, started, checked)
            if of_account and opened is not None:
                self._check_pages(job, opened, known, look, done)

        self.run(each, self._checked, checking(subjects), self._stopped)

    def _take_started(self, target: CheckTarget) -> None:
        self.board.put([replace(one, status=CheckStatus.RUNNING) for one in self._subjects(target.key)])

    def _take_one(self, target: CheckTarget) -> None:
        self._take_checked((target,))

    def _take_checked(self, targets: Sequence[CheckTarget]) -> None:
        self.run_progress.add(len(targets))
        self.board.put(targets)
        if targets and self.board.choice()[0] is None:
            self.board.choose(targets[0])

    def _checked_account(self, _nothing: None) -> None:
        self._is_complete = True
        self._checked(None)

    def _checked(self, _nothing: None) -> None:
        self._settle()
        if waiting := waiting_for(self.board.desk, self._said_of_apps):
            self._judge_again(waiting)
            return
        if len(self.board.desk) == 1:
            self._show_headline()
        self._show_notice(found_and_left(self.board.desk))

    def _stopped(self) -> None:
        self._is_trying_token = False
        self._settle()
        self._show_notice(_("Stopped. What was checked before stays."))

    def _why_not(self, error: WizardError) -> str:
        trouble = self.services.explain(error)
        return " ".join(part for part in (trouble.title, trouble.action) if part)

    def failed(self, error: Exception) -> None:
        self._settle()
        if self._is_trying_token and isinstance(error, WizardError):
            self.token.refuse(partial(self._why_not, error))
        else:
            super().failed(error)
        self._is_trying_token = False

    def _settle(self) -> None:
        self.run_progress.end()
        self.board.desk.settle()
        self.board.show_all()

    def _by_page(self) -> dict[str, CheckTarget]:
        return {one.page_id: one for one in self.board.desk if one.page_id and one.can_be_asked}

    # Whose app it is.

    def _take_owner(self, app: App, owner: TokenOwner) -> None:
        self._said_of_apps[app.id] = owner
        self._judge_again(waiting_for(self.board.desk, self._said_of_apps))

    def _judge_again(self, targets: Sequence[CheckTarget]) -> None:
        said, now = dict(self._said_of_apps), self.services.clock.now()
        self.run(
            lambda job: judge_again(targets, said, now, job.cancel),
            self._take_judged,
            _("Judging again"),
            self._stopped,
        )

    def _take_judged(self, targets: Sequence[CheckTarget]) -> None:
        self.board.put(targets)
        self._checked(None)

    # With a token.

    def _ask_for_token(self, wanted: CheckTarget | None) -> None:
        self.token.ask(wanted)
        self.token.entry.secret.line.setFocus()
        self._allow()
        bring_into_view(self.token)

    def _try_token(self, secret: Secret, proof: Secret | None) -> None:
        known = [one for one in self.board.desk if one.can_be_asked]
        look = self.look_at_conversations.isChecked()
        self._is_trying_token = True
        self._show_notice("")
        wanted = self.token.wanted
        self.run(
            lambda job: check.check_with_token(self._session, secret, proof, wanted, known, look, job.cancel),
            self._take_token,
            _("Asking Facebook about the token"),
            on_cancel=self._stopped,
        )

    def _take_token(self, read: check.TokenRead) -> None:
        self._is_trying_token = False
        identity = read.opened.facts.identity.value
        name = identity.name or identity.id if identity is not None else ""
        if read.opened.is_for_many_pages:
            self._account = read.opened
            self.token.empty()
            self.board.choose(None)
            self._check_account(read.opened)
        elif read.is_other_page:
            self.token.refuse(partial(of_another_page, name))
        elif read.opened.kind is TokenKind.APP:
            self.token.refuse(lambda: _("This is an app’s own token. Paste the token of a Page."))
        else:
            self.token.empty()
            self.board.put(read.targets)
            self.board.choose(read.targets[0])
            self._show_choice()
            self._focus_on_found()
            if not self.details.headline.isHidden():
                self._show_headline()

    def _show_headline(self) -> None:
        self.details.headline.announce()
        bring_into_view(self.details.headline)

    def _check_account(self, opened: Opened, done: Sequence[str] = ()) -> None:
        """done: Pages that were checked before the person stopped."""
        self._is_complete = False
        look = self.look_at_conversations.isChecked()
        known = self._by_page()
        self.run(
            lambda job: self._check_pages(job, opened, known, look, done),
            self._checked_account,
            _("Checking all your Pages"),
            self._stopped,
        )

    def _check_pages(
        self, job: JobContext, opened: Opened, known: Mapping[str, CheckTarget], look: bool, done: Sequence[str]
    ) -> None:
        """In a thread."""
        begun, checked = job.to(self.run_progress.begin), job.to(self._take_checked)
        check_account(self._session, opened, known, look, job.cancel, begun, checked, done)

    # Files.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()) and not self.is_busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.open_files(local_files(event.mimeData()))

    def open_files(self, paths: Sequence[Path]) -> None:
        """Put set-ups and facts on the list and explain logs; what cannot be read is said."""

        def read(_job: JobContext) -> tuple[check.ListedTargets, list[Path]]:
            saved, logs = part_logs(paths)
            return check.open_files(self._session, saved), logs

        if paths:
            self.services.runner.start(read).on_success(self._take_read).on_failure(self.failed)

    def _take_read(self, read: tuple[check.ListedTargets, list[Path]]) -> None:
        listed, logs = read
        self._take_opened(listed)
        if logs:
            self._open_explain()
            self.explain.explain_files(logs)

    def _take_opened(self, listed: check.ListedTargets) -> None:
        self.files.show_errors(listed.unreadable)
        if listed.targets:
            self.board.put(listed.targets)
            self.board.choose(listed.targets[0])
            self._show_choice()
            self._focus_on_found()

    def _open_explain(self) -> None:
        self.explain_fold.open()
        self.explain.text.setFocus()
        bring_into_view(self.explain)
