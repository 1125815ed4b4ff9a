"""`handover-wizard check`: the truth about one set-up or several, read and never changed."""

import os
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from wizard.actions import export
from wizard.actions.browser_log_in import BrowserLogIn, CodeLogIn, not_given
from wizard.actions.check import check_facts, check_opened_page, judge_without_token, read_setup, saved_setups
from wizard.actions.page_access import (
    AccessRefused,
    NoAccess,
    PageAccess,
    has_remembered,
    pages_of,
)
from wizard.actions.pending_tests import has_open_test
from wizard.actions.session import Session
from wizard.actions.tokens import Credentials
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.checked import CheckedPage, CheckReport
from wizard.core.errors import WizardError
from wizard.core.exit_code import ExitCode
from wizard.core.facts import Page
from wizard.core.fetch import CONVERSATIONS
from wizard.core.outcome import exit_code_of_failure, exit_code_of_page, exit_code_of_pages
from wizard.core.ports import Choice, Person
from wizard.core.saved_file import SavedFileError, SavedFileProblem, plain_id
from wizard.core.token_shape import shape_problem
from wizard.core.version import __version__
from wizard.i18n.language import _
from wizard.report.since import EarlierReport
from wizard.terminal.check_options import CheckOptions, app_given, check_given
from wizard.terminal.check_text import changes, text
from wizard.terminal.ends import SetupEnds
from wizard.terminal.leftovers import show_open_tests
from wizard.terminal.log_in import token_source, with_apps_of
from wizard.terminal.person import NoAnswer
from wizard.terminal.printing import Printer
from wizard.words import log_in, saved_files


@dataclass(slots=True)
class CheckCommand:
    """One run. person: asked for a token, and for the Page where a token opens several. owner: in practice, the
    pretend owner, who also says which app is which. since: an earlier report to compare with."""

    session: Session
    options: CheckOptions
    person: Person
    printer: Printer
    owner: Person | None = None
    since: EarlierReport | None = None
    cancel: CancelToken = field(default_factory=CancelToken)
    files_failed: bool = False
    named: set[str] = field(default_factory=set)  # Pages of the saved set-ups that were given
    pages: list[CheckedPage] = field(default_factory=list)

    def run(self) -> ExitCode:
        """Raises NoAnswer where a token or a Page must be named and nobody is there, Cancelled."""
        try:
            code = self._run()
        except NoAnswer as error:
            raise NoAnswer(error.question, leaves_open=self._has_open_test()) from error
        return ExitCode.WRONG_APP_HAS_IT if self._has_open_test() else code

    def _run(self) -> ExitCode:
        try:
            check_given(self.options, self.printer)
            found = self._from_facts() if self.options.facts else self._from_facebook()
            self.pages.extend(found)
            self._save_facts()
            self._write_report()
        except SetupEnds as end:
            return end.code
        except AccessRefused as refused:
            self.printer.problem(*_refusal(refused.why))
            return ExitCode.PROBLEM
        except WizardError as error:
            self.printer.failure(error.failure)
            return exit_code_of_failure(error.failure) or ExitCode.PROBLEM
        except SavedFileError as error:
            self._file_failed(error)
            return ExitCode.WRONG_USE
        except OSError as error:
            self.printer.problem(
                _("A file could not be saved: {reason}").format(reason=error.strerror or ""),
                _("Check whether the disk is full, or the folder may not be written to."),
            )
            return ExitCode.WRONG_USE
        return self._code()

    # What there is to check

    def _from_facts(self) -> Iterator[CheckedPage]:
        """Facts of an earlier look, by today's rules: no token, no network."""
        for path in self.options.facts:
            try:
                yield replace(check_facts(path, self._with_options, self.session.clock.now()), source=path.name)
            except SavedFileError as error:
                self._file_failed(error)

    def _from_facebook(self) -> Iterator[CheckedPage]:
        show_open_tests(self.session, self.printer)
        set_ups = list(self._set_ups())
        self.named = {answers.page_id for _path, answers in set_ups}
        if self.options.files and not set_ups:
            return
        if self.options.token.none:
            for path, answers in set_ups:
                yield replace(judge_without_token(self.session, answers), source=path.name)
            return
        page_ids = self.named or ({self.options.page} - {""})
        if not self._is_remembered_wanted(page_ids):
            source = token_source(self.session, self.options.token, self.owner or self.person)
            self.options = with_apps_of(source, self.options)
            credentials = source.fetch()
            if isinstance(source, (BrowserLogIn, CodeLogIn)) and (
                missing := not_given(self.session, credentials, self.cancel)
            ):
                self.printer.warning(*log_in.lacks(missing))
            yield from self._with_token(credentials, set_ups)
            return
        for one in [[set_up] for set_up in set_ups] or [[]]:
            remembered = self.session.tokens.last_remembered(one[0][1].page_id if one else self.options.page)
            if remembered is not None:
                yield from self._with_token(remembered, one)
                continue
            self.printer.problem(
                _("No token is remembered on this computer for this Page."), _("Log in with the token once more.")
            )
            self.files_failed = True

    def _set_ups(self) -> Iterator[tuple[Path, Answers]]:
        for path in self.options.files:
            try:
                yield path, self._with_options(read_setup(path))
            except SavedFileError as error:
                self._file_failed(error)

    def _is_remembered_wanted(self, page_ids: Collection[str]) -> bool:
        """Whether the keyring is asked: said so, or nothing said and it holds the token of a Page that is wanted."""
        given = self.options.token
        if given.remembered or given.env or given.stdin:
            return given.remembered
        return has_remembered(self.session, page_ids)

    def _with_token(self, credentials: Credentials, set_ups: Sequence[tuple[Path, Answers]]) -> Iterator[CheckedPage]:
        odd = shape_problem(credentials.secret.reveal())
        if odd is not None:
            for path, answers in set_ups:
                yield replace(judge_without_token(self.session, answers, odd), source=path.name)
            if not set_ups:
                unknown = self._with_options(Answers(page_id=self.options.page))
                yield judge_without_token(self.session, unknown, odd)
            return
        opened: set[str] = set()
        wanted = [answers.page_id for _path, answers in set_ups]
        for page in pages_of(self.session, credentials, wanted, self.options.page, self._choose, self.cancel):
            opened.add(page.page_id)
            if not set_ups:
                yield self._check_page(page, self._known(page.page_id or self.options.page))
            for path, answers in set_ups:
                if page.page_id in ("", answers.page_id):  # a token that does not work is told for each set-up
                    yield replace(self._check_page(page, answers), source=path.name)
        for path, answers in set_ups:
            if not opened & {"", answers.page_id}:
                self._file_failed(SavedFileError(SavedFileProblem.OTHER_PAGE, path))

    def _check_page(self, page: PageAccess, answers: Answers) -> CheckedPage:
        options = self.options
        return check_opened_page(
            page, answers, options.look_at_conversations, self.cancel, options.conversations or CONVERSATIONS
        )

    def _choose(self, pages: Sequence[Page]) -> str:
        question = _("This token is a person’s. Which Page is it about?")
        asked = self.owner or self.person
        return asked.ask("page", question, [Choice(page.id, page.name) for page in pages])

    # What is known beforehand

    def _known(self, page_id: str) -> Answers:
        """The set-up that was saved for this Page, changed by the options."""
        return self._with_options(saved_setups(self.session).get(page_id, Answers(page_id=page_id)))

    def _with_options(self, answers: Answers) -> Answers:
        bot, live_chat = self.options.bot, self.options.live_chat
        if self.owner is not None and not self.options.files:
            bot = bot or (answers.bot.id if answers.bot else self.owner.ask("bot", _("Which app is your bot?")))
            live_chat = live_chat or (
                answers.live_chat.id if answers.live_chat else self.owner.ask("live_chat", _("Which app takes over?"))
            )
        return replace(answers, bot=app_given(answers.bot, bot), live_chat=app_given(answers.live_chat, live_chat))

    # What comes of it

    def _save_facts(self) -> None:
        wanted = self.options.save_facts
        if wanted is None:
            return
        stem, dot, ending = wanted.name.partition(".")
        times: Counter[str] = Counter()
        for page in self.pages:
            page_id = plain_id(page.answers.page_id)
            times[page_id] += 1
            number = f"-{times[page_id]}" if times[page_id] > 1 else ""  # of several set-ups of one Page
            name = wanted.name if len(self.pages) == 1 else f"{stem}-{page_id}{number}{dot}{ending}"
            export.save_page_facts(wanted.with_name(name), page, self.options.include_personal_data)

    def _write_report(self) -> None:
        if not self.pages:
            return
        report = CheckReport(tuple(self.pages), self.session.clock.now(), __version__)
        told = self._rendered(report)
        if self.options.output is None:
            _show(told)
            return
        export.write_report(self.options.output, told)
        self.printer.print(_("The report is in {path}.").format(path=self.options.output))

    def _rendered(self, report: CheckReport) -> str:
        if self.options.format == "text":
            compared = "\n".join(changes(report, self.since)) if self.since is not None else ""
            return text(report) + (f"\n{compared}\n" if compared else "")
        from wizard.report.render import render

        return render(report, self.options.format, self.options.include_personal_data, self.since)

    def _file_failed(self, error: SavedFileError) -> None:
        self.files_failed = True
        self.printer.problem(*saved_files.said(error))

    def _has_open_test(self) -> bool:
        """Of a Page that was named or found. Facts may be of another computer, and of a time before that test."""
        page_ids = {self.options.page, *self.named, *(page.answers.page_id for page in self.pages)}
        return not self.options.facts and has_open_test(self.session, page_ids - {""})

    def _code(self) -> ExitCode:
        code = exit_code_of_pages([exit_code_of_page(page) for page in self.pages], self._has_open_test())
        return code or (ExitCode.WRONG_USE if self.files_failed else ExitCode.NO_PROBLEM)


def _refusal(why: NoAccess) -> tuple[str, str]:
    return {
        NoAccess.OTHER_PAGE: (_("This token is for another Page."), _("Take the token of the Page you named.")),
        NoAccess.NOT_OPENED: (
            _("This token does not open the Page."),
            _("Log in again and tick the Page, with the right to answer messages."),
        ),
        NoAccess.NO_PAGE: log_in.no_page_ticked(),
    }[why]


def _show(told: str) -> None:
    """Write to standard output, exactly; who reads it may have gone."""
    try:
        sys.stdout.write(told)
        sys.stdout.flush()
    except BrokenPipeError:
        # Else Python complains once more when it flushes at the end.
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
