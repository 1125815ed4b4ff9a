"""`handover-wizard check --all-pages`: every Page of a person's token, with results as they come."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from wizard.actions import export
from wizard.actions.account import AccountCheckOptions, AllPages, ResumeFile, checked_before, resume_file
from wizard.actions.check import saved_setups
from wizard.actions.log_in import open_token
from wizard.actions.session import Session
from wizard.actions.token_sources import TokenShapeError
from wizard.actions.tokens import Opened
from wizard.core.answers import Answers
from wizard.core.app_id import clean_app_id
from wizard.core.cancel import CancelToken
from wizard.core.checked import CheckedPage
from wizard.core.errors import WizardError
from wizard.core.exit_code import ExitCode
from wizard.core.facts import Page
from wizard.core.fetch import OF_EACH_OF_MANY
from wizard.core.outcome import exit_code_of_failure, exit_code_of_page, exit_code_of_pages
from wizard.core.ports import Person
from wizard.core.signals import handle_termination_signals
from wizard.core.version import __version__
from wizard.i18n.language import _, ngettext
from wizard.report.head import ReportHeader
from wizard.report.since import EarlierReport
from wizard.terminal import check_pages_text
from wizard.terminal.check_options import AllPagesOptions, CheckOptions, app_given, check_given
from wizard.terminal.ends import SetupEnds
from wizard.terminal.leftovers import show_open_tests
from wizard.terminal.log_in import token_source, with_apps_of
from wizard.terminal.printing import Printer
from wizard.words import fields
from wizard.words.moments import clock_time


@dataclass(slots=True)
class CheckPages:
    """One run. person: asked for the token; owner: in practice, the pretend owner, who also says which app is which."""

    session: Session
    options: CheckOptions
    many: AllPagesOptions
    person: Person
    printer: Printer
    owner: Person | None = None
    since: EarlierReport | None = None
    cancel: CancelToken = field(default_factory=CancelToken)
    _codes: set[ExitCode] = field(default_factory=set)
    _set_ups: dict[str, Answers] = field(default_factory=dict)
    _count: int = 0
    _earlier: int = 0
    _pages: set[str] = field(default_factory=set)  # by their IDs, as they come
    _has_begun: bool = False
    _is_complete: bool = False
    _signals: list[int] = field(default_factory=list)  # an event set by a handler could lock what it interrupted

    def run(self) -> ExitCode:
        """Raises NoAnswer where a token is needed and nobody is there."""
        code = self._run_to_its_end()
        return ExitCode.WRONG_APP_HAS_IT if self._has_open_test() else code

    def _has_open_test(self) -> bool:
        """Of one of these Pages; of any, where it was not seen which there are. Asked at the end: another window may
        have begun or ended a test meanwhile."""
        is_any = self._has_begun and not self._is_complete
        return any(is_any or entry.page_id in self._pages for entry in self.session.pending_tests())

    def _run_to_its_end(self) -> ExitCode:
        try:
            return self._run()
        except SetupEnds as end:
            return end.code
        except WizardError as error:
            self.printer.failure(error.failure)
            return exit_code_of_failure(error.failure) or ExitCode.PROBLEM
        except OSError as error:
            self.printer.problem(
                _("A file could not be saved: {reason}").format(reason=error.strerror or ""),
                _("Check whether the disk is full, or the folder may not be written to."),
            )
            return ExitCode.WRONG_USE

    def _run(self) -> ExitCode:
        check_given(self.options, self.printer)
        show_open_tests(self.session, self.printer)
        opened = self._open()
        self._has_begun = True
        self._set_ups = saved_setups(self.session)
        bot, live_chat = self._apps()
        kept = resume_file(self.session, opened, bot, live_chat, self.options.look_at_conversations)
        earlier = [seen.answers.page_id for seen in kept.pages()] if self.many.resume else []
        self._earlier = len(earlier)
        self._tell_beginning(kept)
        with kept:
            pages = AllPages(
                self.session,
                opened,
                lambda page: self._known(page, bot, live_chat),
                self.cancel,
                AccountCheckOptions(
                    self.many.jobs,
                    self.many.patience,
                    self.options.look_at_conversations,
                    self.options.conversations or OF_EACH_OF_MANY,
                ),
                earlier,
                lambda: bool(self._signals),
            )
            self._report(pages, self._all(kept, pages))
        self._is_complete = pages.is_complete
        if self._is_complete:
            kept.forget()
        else:
            self._tell_stopped(pages)
        stopped = [exit_code_of_failure(pages.stopped_by)] if pages.stopped_by is not None else []
        return exit_code_of_pages([*self._codes, *stopped], self._has_open_test(), self._is_complete)

    # Before it begins

    def _open(self) -> Opened:
        source = token_source(self.session, self.options.token, self.owner or self.person)
        self.options = with_apps_of(source, self.options)
        try:
            opened = open_token(self.session, source, self.cancel)
        except TokenShapeError as error:
            self.printer.problem(fields.token_problem_text(error.problem))
            raise SetupEnds(ExitCode.PROBLEM) from error
        if not opened.is_for_many_pages:
            if opened.facts.identity.failure is not None:
                raise WizardError(opened.facts.identity.failure)  # whose token it is was not told
            self.printer.problem(
                _("This token is for one Page only."),
                _("Leave out --all-pages, or take the token of a person or a system user."),
            )
            raise SetupEnds(ExitCode.WRONG_USE)
        return opened

    def _apps(self) -> tuple[str, str]:
        """App IDs of the bot and the live chat where they are the same for all Pages, else ""."""
        bot, live_chat = self.options.bot, self.options.live_chat
        if self.owner is not None:
            bot = bot or self.owner.ask("bot", _("Which app is your bot?"))
            live_chat = live_chat or self.owner.ask("live_chat", _("Which app takes over?"))
        return clean_app_id(bot), clean_app_id(live_chat)

    def _known(self, page: Page, bot: str, live_chat: str) -> Answers:
        """The set-up that was saved for the Page, changed by the options."""
        saved = self._set_ups.get(page.id, Answers(page_id=page.id))
        return replace(saved, bot=app_given(saved.bot, bot), live_chat=app_given(saved.live_chat, live_chat))

    def _tell_beginning(self, kept: ResumeFile) -> None:
        done = self._earlier
        if self.many.resume and not done:
            self.printer.print(_("No check with these options was stopped, so this one begins with the first Page."))
        elif done:
            text = ngettext(
                "{count} Page was checked before and is not checked again.",
                "{count} Pages were checked before and are not checked again.",
                done,
            )
            self.printer.print(text.format(count=done))
        else:
            kept.forget()

    # While it runs

    def _all(self, kept: ResumeFile, pages: AllPages) -> Iterator[CheckedPage]:
        """What an earlier run saw, by today's rules, then what this one sees."""
        for page in checked_before(kept, self._earlier):
            yield self._noted(page)
        for page in pages:
            if page.not_checked is None or not page.not_checked.is_transport_error:
                kept.add(page)  # the others may answer when the check goes on
            yield self._noted(page)

    def _noted(self, page: CheckedPage) -> CheckedPage:
        self._count += 1
        self._codes.add(exit_code_of_page(page))
        self._pages.add(page.answers.page_id)
        return page

    def _report(self, pages: AllPages, found: Iterator[CheckedPage]) -> None:
        head = ReportHeader(
            made_at=self.session.clock.now(),
            program=__version__,
            include_personal_data=self.options.include_personal_data,
            since=self.since,
            is_complete=lambda: pages.is_complete,
        )
        with ExitStack() as stack:
            stack.enter_context(self._stopping_kindly())
            show = stack.enter_context(self._shown(pages))
            write = self._writer(stack)
            for piece in self._stream(map(show, found), head):
                write(piece)
        if self.options.output is not None:
            self.printer.print(_("The report is in {path}.").format(path=self.options.output))

    def _stream(self, found: Iterator[CheckedPage], head: ReportHeader) -> Iterator[str]:
        if self.options.format == "text":
            return check_pages_text.stream(found, head)
        from wizard.report.render import render_stream

        return render_stream(found, self.options.format, head)

    def _writer(self, stack: ExitStack) -> Callable[[str], None]:
        if self.options.output is not None:
            return stack.enter_context(export.growing_report(self.options.output)).write

        def to_standard_output(piece: str) -> None:
            try:
                sys.stdout.write(piece)
                sys.stdout.flush()
            except BrokenPipeError:  # as with "| head": nobody listens any more
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                self.cancel.cancel()

        return to_standard_output

    @contextmanager
    def _shown(self, pages: AllPages) -> Iterator[Callable[[CheckedPage], CheckedPage]]:
        """A line that counts, where standard error is a terminal and the lines of the Pages are not on it."""
        console = Console(stderr=True)
        lines_are_there = self.options.format == "text" and self.options.output is None and sys.stdout.isatty()
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(
            *columns, console=console, transient=True, disable=lines_are_there or not console.is_terminal
        ) as bar:
            task = bar.add_task(_("Pages"), total=None)

            def show(page: CheckedPage) -> CheckedPage:
                held_up = pages.held_up
                waiting = ngettext("Pages ({count} waits for Facebook)", "Pages ({count} wait for Facebook)", held_up)
                text = waiting.format(count=held_up) if held_up else _("Pages")
                total = None if pages.total is None else self._earlier + pages.total
                bar.update(task, completed=self._count, description=text, total=total)
                return page

            yield show

    @contextmanager
    def _stopping_kindly(self) -> Iterator[None]:
        """The first Ctrl-C ends the run after what is done is written; the second one ends it at once."""

        def stop(number: int) -> None:
            self._signals.append(number)
            if len(self._signals) > 1:
                raise KeyboardInterrupt

        with handle_termination_signals(stop):
            yield

    # What comes of it

    def _tell_stopped(self, pages: AllPages) -> None:
        if pages.stopped_by is not None:
            self.printer.failure(pages.stopped_by)
            if pages.closed_for:
                when = clock_time(self.session.clock.now() + pages.closed_for)
                self.printer.print(_("Facebook lets calls through again at about {time}.").format(time=when))
        text = ngettext(
            "Stopped after {count} Page. Go on with the same command and --resume.",
            "Stopped after {count} Pages. Go on with the same command and --resume.",
            self._count,
        )
        self.printer.print(text.format(count=self._count))
