"""`handover-wizard check`: the truth about one set-up or several, read and never changed."""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from wizard.actions.account import unusable
from wizard.actions.session import Session
from wizard.checks.page import check_page, judged
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.checked import CheckedPage, CheckReport
from wizard.core.exit_code import ExitCode
from wizard.core.facts import Facts
from wizard.core.ports import Person
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.core.token_shape import shape_problem
from wizard.core.version import __version__
from wizard.i18n.language import _
from wizard.report.since import EarlierReport
from wizard.store.atomic import write_output
from wizard.store.facts_file import judged_again, load_facts, save_facts
from wizard.store.setups import answers_of, load_setup
from wizard.terminal.check_code import code_of_page
from wizard.terminal.check_doors import Door, Doors, Key
from wizard.terminal.check_given import app_given, check_given
from wizard.terminal.check_options import CheckOptions
from wizard.terminal.check_since import changes
from wizard.terminal.check_text import text
from wizard.terminal.ends import SetupEnds
from wizard.terminal.leftovers import tell_of_open_tests
from wizard.terminal.printing import Printer
from wizard.terminal.setup import token_given
from wizard.words import saved_files


@dataclass(slots=True)
class Check:
    """One run. person: asked for a token, and for the Page where a token opens several. owner: in practice, the
    pretend owner, who also says which app is which. since: an earlier report to compare with."""

    session: Session
    options: CheckOptions
    person: Person
    printer: Printer
    owner: Person | None = None
    since: EarlierReport | None = None
    cancel: CancelToken = field(default_factory=CancelToken)
    doors: Doors = field(init=False)
    files_failed: bool = False
    pages: list[CheckedPage] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.doors = Doors(self.session, self.options, self.owner or self.person, self.printer, self.cancel)

    def run(self) -> ExitCode:
        """Raises NoAnswer where a token or a Page must be named and nobody is there, Cancelled."""
        try:
            check_given(self.options, self.printer)
            found = self._from_facts() if self.options.facts else self._from_facebook()
            self.pages.extend(found)
            self._save_facts()
            self._tell()
        except SetupEnds as end:
            return end.code
        except SavedFileError as error:
            self._file_failed(error)
            return ExitCode.WRONG_USE
        except OSError as error:
            self.printer.problem(
                _("A file could not be saved: {reason}").format(reason=error.strerror or ""),
                _("Look whether the disk is full, or the folder may not be written to."),
            )
            return ExitCode.WRONG_USE
        return self._code()

    # What there is to check

    def _from_facts(self) -> Iterator[CheckedPage]:
        """Facts of an earlier look, by today's rules: no token, no network."""
        for path in self.options.facts:
            try:
                saved = load_facts(path)
            except SavedFileError as error:
                self._file_failed(error)
                continue
            yield judged_again(replace(saved, answers=self._with_options(saved.answers)))

    def _from_facebook(self) -> Iterator[CheckedPage]:
        tell_of_open_tests(self.session, self.printer)
        set_ups = list(self._set_ups())
        if self.options.files and not set_ups:
            return
        if self.options.token.none:
            yield from (judged(answers, Facts(), self.session.clock.now()) for _path, answers in set_ups)
            return
        page_ids = {answers.page_id for _path, answers in set_ups} or ({self.options.page} - {""})
        if not self.doors.is_remembered(page_ids):
            token = token_given(self.session, self.options.token, self.owner or self.person)
            yield from self._with_key(Key(token, self.doors.given_proof()), set_ups)
            return
        for one in [[set_up] for set_up in set_ups] or [[]]:
            key = self.doors.remembered(one[0][1].page_id if one else self.options.page)
            if key is not None:
                yield from self._with_key(key, one)
                continue
            self.printer.problem(
                _("No token is remembered on this computer for this Page."), _("Log in with the token once more.")
            )
            self.files_failed = True

    def _set_ups(self) -> Iterator[tuple[Path, Answers]]:
        for path in self.options.files:
            try:
                yield path, self._with_options(answers_of(load_setup(path)))
            except SavedFileError as error:
                self._file_failed(error)

    def _with_key(self, key: Key, set_ups: Sequence[tuple[Path, Answers]]) -> Iterator[CheckedPage]:
        odd = shape_problem(key.secret.reveal())
        if odd is not None:
            now = self.session.clock.now()
            for answers in [one for _path, one in set_ups] or [self._with_options(Answers(page_id=self.options.page))]:
                yield judged(answers, Facts(token_shape=odd), now)
            return
        opened: set[str] = set()
        for door in self.doors.of(key, [answers.page_id for _path, answers in set_ups]):
            opened.add(door.page_id)
            if not set_ups:
                yield self._look(door, self._known(door.page_id or self.options.page))
            for _path, answers in set_ups:
                if door.page_id in ("", answers.page_id):  # a token that does not work is told for each set-up
                    yield self._look(door, answers)
        for path, answers in set_ups:
            if not opened & {"", answers.page_id}:
                self._file_failed(SavedFileError(SavedFileProblem.OTHER_PAGE, path))

    def _look(self, door: Door, answers: Answers) -> CheckedPage:
        if door.graph is None:
            return unusable(replace(answers, page_name=door.page_name or answers.page_name), door.tasks, door.listed_at)
        return check_page(
            door.graph, answers, self.cancel, self.options.look_at_conversations, token=door.token, tasks=door.tasks
        )

    # What is known beforehand

    def _known(self, page_id: str) -> Answers:
        """The set-up that was saved for this Page, changed by the options."""
        saved = (setup for _path, setup in self.session.setups.list().setups if setup.page_id == page_id)
        setup = next(saved, None)
        return self._with_options(answers_of(setup) if setup is not None else Answers(page_id=page_id))

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
            page_id = page.answers.page_id
            times[page_id] += 1
            number = f"-{times[page_id]}" if times[page_id] > 1 else ""  # of several set-ups of one Page
            name = wanted.name if len(self.pages) == 1 else f"{stem}-{page_id}{number}{dot}{ending}"
            save_facts(wanted.with_name(name), page, self.options.include_personal_data)

    def _tell(self) -> None:
        if not self.pages:
            return
        report = CheckReport(tuple(self.pages), self.session.clock.now(), __version__)
        told = self._rendered(report)
        if self.options.output is None:
            _show(told)
            return
        write_output(self.options.output, told.encode())
        self.printer.say(_("The report is in {path}.").format(path=self.options.output))

    def _rendered(self, report: CheckReport) -> str:
        if self.options.format == "text":
            compared = "\n".join(changes(report, self.since)) if self.since is not None else ""
            return text(report) + (f"\n{compared}\n" if compared else "")
        from wizard.report.render import render

        return render(report, self.options.format, self.options.include_personal_data, self.since)

    def _file_failed(self, error: SavedFileError) -> None:
        self.files_failed = True
        self.printer.problem(*saved_files.said(error))

    def _code(self) -> ExitCode:
        open_pages = {entry.page_id for entry in self.session.open_tests()} if not self.options.facts else set()
        if any(page.answers.page_id in open_pages for page in self.pages):
            return ExitCode.WRONG_APP_HAS_IT
        codes = {code_of_page(page) for page in self.pages}
        order = (ExitCode.PROBLEM, ExitCode.NOT_FOUND_OUT)
        worst = next((code for code in order if code in codes), ExitCode.NO_PROBLEM)
        return worst or (ExitCode.WRONG_USE if self.files_failed else ExitCode.NO_PROBLEM)


def _show(told: str) -> None:
    """Write to standard output, exactly; who reads it may have gone."""
    try:
        sys.stdout.write(told)
        sys.stdout.flush()
    except BrokenPipeError:
        # Else Python complains once more when it flushes at the end.
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
