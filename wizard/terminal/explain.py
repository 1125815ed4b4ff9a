"""`explain`: what an error text, a code, a log or a question means, without a token and without the network."""

import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from wizard.actions.explain import LONGEST_TEXT, explain_file, explain_input, explain_pasted, explain_stream
from wizard.core.cancel import CancelToken
from wizard.core.exit_code import ExitCode
from wizard.core.explain.log_file import LogFile, LogProblem, NotALog
from wizard.core.world import World
from wizard.i18n.language import _
from wizard.terminal.printing import Printer
from wizard.words import explained_log as told
from wizard.words.customer import for_customer
from wizard.words.explained_log import ExplainedLog, ExplainedText, ExplainNote
from wizard.words.explaining import Explained, where_seen, who_can

_LIKE_A_FILE = re.compile(r"\S+\.(?:log|txt|out|err|jsonl?|csv|gz|zip|bz2|xz|html?)(?:\.\d+)?", re.IGNORECASE)


class NothingToExplain(Exception):
    """Neither an argument nor standard input holds a text."""


def explain(arguments: tuple[str, ...], as_json: bool) -> ExitCode:
    """Explain files, what is piped in, or the words of the command line. Raises NothingToExplain."""
    printer = Printer(as_json)
    if files := _files(arguments):
        return _explain_logs([_read(path, printer) for path in files], printer)
    if arguments not in ((), ("-",)):
        words = " ".join(arguments)
        if not words.strip():
            raise NothingToExplain
        return _answer_text(explain_input(words), printer)
    if sys.stdin.isatty():
        if not arguments:
            raise NothingToExplain
        print(_("Paste the text, then press Ctrl-D (on Windows Ctrl-Z and Enter)."), file=sys.stderr)
    try:
        piped = LogFile.of_input(sys.stdin.buffer)
    except NotALog as error:
        if error.problem is LogProblem.EMPTY:
            raise NothingToExplain from error
        return _explain_logs([ExplainedLog(_("standard input"), problem=error.problem)], printer)
    if (text := piped.whole(LONGEST_TEXT)) is not None:
        if not text.strip():
            raise NothingToExplain
        log = explain_pasted(text)
        return _answer_text(log.text, printer) if log.text is not None else _explain_logs([log], printer)
    with _reading("", printer) as (cancel, progress):
        return _explain_logs([explain_stream(piped, cancel, progress)], printer)


def _files(arguments: Sequence[str]) -> list[Path]:
    """Return the files that are named, none where the arguments are words."""
    paths = [Path(argument) for argument in arguments if argument.strip()]
    try:
        are_files = len(paths) == len(arguments) and all(
            path.exists() or _LIKE_A_FILE.fullmatch(str(path)) for path in paths
        )
    except OSError:  # too long for a name
        return []
    return paths if are_files else []


def _read(path: Path, printer: Printer) -> ExplainedLog:
    with _reading(path.name, printer) as (cancel, progress):
        return explain_file(path, cancel, progress)


@contextmanager
def _reading(name: str, printer: Printer) -> Iterator[tuple[CancelToken, Callable[[float], None]]]:
    """Show how far it is. Ctrl-C stops the reading, and what was found is shown; once more ends the program."""
    cancel = CancelToken()

    def stop(_number: int, _frame: object) -> None:
        if cancel.is_cancelled:
            raise KeyboardInterrupt
        cancel.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        with printer.working(told.reading(name)) as progress:
            yield cancel, progress
    finally:
        signal.signal(signal.SIGINT, before)


def _answer_text(explained: ExplainedText, printer: Printer) -> ExitCode:
    code = ExitCode.NO_PROBLEM if any(one.is_known for one in explained.found) else ExitCode.NOT_FOUND_OUT
    if printer.as_json:
        found = [_found(one) for one in explained.found] or _not_understood(explained)
        printer.result(_result(code, found, explained.found, _notes(explained)))
    else:
        _show_text(explained, printer)
    return code


def _explain_logs(logs: Sequence[ExplainedLog], printer: Printer) -> ExitCode:
    if any(log.is_known for log in logs):
        code = ExitCode.NO_PROBLEM
    else:
        code = ExitCode.WRONG_USE if all(log.problem for log in logs) else ExitCode.NOT_FOUND_OUT
    if printer.as_json:
        _result_of_logs(code, logs, printer)
        return code
    for log in logs:
        _show_log(log, printer)
    if len(logs) == 1 and logs[0].text is None:
        _show_letter(logs[0].found, printer)
    return code


def _show_log(log: ExplainedLog, printer: Printer) -> None:
    if log.text is not None:
        _show_text(log.text, printer)
        return
    if log.rows:
        printer.heading(told.caption([log]))
        rows = [(row.explained.title, str(row.explained.times), row.first, row.last) for row in log.rows]
        printer.table(told.table_headings(), rows)
    for row in log.rows:
        _show_one(row.explained, printer)
        printer.print(told.seen(row), 2)
        printer.print(_("Example: {text}").format(text=row.example), 2)
    if log.problem is not None or not log.rows:
        printer.problem(*told.problem_said(log))
    if text := told.extent(log):
        printer.warning(text)


def _show_text(explained: ExplainedText, printer: Printer) -> None:
    found = explained.found
    if found and found[0].is_likely_only:
        printer.print(_("There is no error in this text. This fits its words:"))
    for one in found:
        _show_one(one, printer)
        if seen := where_seen(one):
            printer.print(seen, 2)
    if explained.note is not None:
        title, action = told.note_said(explained.note)
        if found:
            printer.warning(title, action)
        else:
            printer.problem(title, action)
    elif not found:
        printer.problem(
            _("Nothing was found in this text that the wizard knows."),
            _("Send the whole error text with its code, the name of the call and the time. Leave out any token."),
        )
    _show_letter(found, printer)


def _show_one(one: Explained, printer: Printer) -> None:
    printer.heading(one.title)
    if one.facebook_says:
        printer.print(_("Facebook says: {text}").format(text=one.facebook_says), 2)
    if one.sign:
        printer.print(_("This is the cause if the answer is yes: {question}").format(question=one.sign), 2)
    printer.print(f"→ {one.action}", 2)
    if who := who_can(one.who):
        printer.print(who, 2)
    if link := World().link(one.link_template):
        printer.link(link)
    if one.instagram:
        printer.print(_("This is about Instagram only, not about Messenger."), 2)
    if details := " · ".join(one.details):
        printer.print(details, 2)


def _show_letter(found: Sequence[Explained], printer: Printer) -> None:
    if letter := for_customer(found):
        printer.heading(_("To send to the customer"))
        printer.print(letter)


def _result_of_logs(code: ExitCode, logs: Sequence[ExplainedLog], printer: Printer) -> None:
    found = []
    for log in logs:
        if log.text is not None:
            found += [{**_found(one), "file": log.name or None} for one in log.text.found]
        for row in log.rows:
            times = {"first_time": row.first or None, "last_time": row.last or None, "example": row.example}
            found.append({**_found(row.explained), **times, "file": log.name or None})
    notes = [note for log in logs if log.text is not None for note in _notes(log.text)]
    files = [_file(log) for log in logs]
    every = tuple(one for log in logs for one in log.found)
    printer.result({**_result(code, found, every if len(logs) == 1 else (), notes), "files": files})


def _result(
    code: ExitCode, found: list[dict[str, Any]], explained: Sequence[Explained], notes: list[dict[str, Any]]
) -> dict[str, Any]:
    customer = for_customer(explained) or None
    return {"exit_code": int(code), "found": found, "notes": notes, "customer": customer}


def _notes(explained: ExplainedText) -> list[dict[str, Any]]:
    if explained.note is None:
        return []
    title, action = told.note_said(explained.note)
    return [{"id": explained.note.value, "title": title, "action": action}]


def _not_understood(explained: ExplainedText) -> list[dict[str, Any]]:
    """A question in another language stands as a trouble that is not known, so that a program that asked sees why."""
    if explained.note is not ExplainNote.ENGLISH_ONLY:
        return []
    title, action = told.note_said(explained.note)
    unknown = Explained(explained.note.value, title, action, "owner", "", date.today(), "")
    return [{**_found(unknown), "known": False}]


def _file(log: ExplainedLog) -> dict[str, Any]:
    title, action = told.problem_said(log) if log.problem is not None else (None, None)
    return {
        "name": log.name or None,
        "bytes": log.size or None,
        "bytes_read": log.read,
        "is_all_read": log.problem is None and not (log.is_stopped or log.is_cut),
        "is_stopped": log.is_stopped,
        "troubles_left_out": log.more_rows,
        "problem": log.problem,
        "title": title,
        "action": action,
    }


def _found(one: Explained) -> dict[str, Any]:
    return {
        "id": one.id,
        "known": one.is_known,
        "likely_only": one.is_likely_only,
        "is_error": not one.is_reply and not one.is_likely_only,
        "title": one.title,
        "action": one.action,
        "who": one.who,
        "link": World().link(one.link_template) or None,
        "instagram_only": one.instagram,
        "number": one.number or None,
        "times": one.times,
        "first_line": one.line or None,
        "facebook_says": one.facebook_says or None,
        "question": one.sign or None,
        "details": list(one.details),
        "checked": one.checked.isoformat(),
        "source": one.source,
    }
