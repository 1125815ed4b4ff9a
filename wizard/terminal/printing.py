"""What the terminal shows. Sentences go to standard output, or to standard error where a program reads the answer."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from wizard.core.errors import Failure
from wizard.core.output import note_lost
from wizard.core.redact import printable, visible
from wizard.core.trial_result import ItemState
from wizard.core.verdict import State, Verdict
from wizard.words import errors, verdicts
from wizard.words.trial import ChecklistLine

_MARKS = {
    ItemState.RUNNING: "[blue]●[/]",
    ItemState.DONE: "[green]✓[/]",
    ItemState.SAID: "[dim]•[/]",
    ItemState.WARNING: "[yellow]![/]",
    ItemState.PROBLEM: "[red]✗[/]",
    ItemState.UNKNOWN: "[dim]?[/]",
}
_STATES = {
    State.OK: "[green]✓[/]",
    State.WARNING: "[yellow]![/]",
    State.PROBLEM: "[red]✗[/]",
    State.UNKNOWN: "[dim]?[/]",
    State.NOT_CHECKED: "[dim]-[/]",
}
_INDENT = 2


class _PatientConsole(Console):
    """Goes on without a listener: a conversation under test must still be brought back."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        # Else Python complains once more when it flushes at the end.
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), self.file.fileno())


class Printer:
    """as_json: only one JSON object goes to standard output, at the end. trouble: the last problem that was said.

    What looks like a token is blanked, but not in addresses; and what comes from elsewhere, such as the name of a Page,
    can neither move the cursor nor turn the line around. On a terminal long lines break between words and keep their
    indent; in a pipe or a file each sentence is one line.
    """

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self.trouble = ""
        self._console = _PatientConsole(stderr=as_json, highlight=False)

    def heading(self, text: str) -> None:
        self._print(f"\n[bold]{_marked(text)}[/]")

    def print(self, text: str, indent: int = 0) -> None:
        for line in text.split("\n"):
            self._print(_marked(line), indent)

    def link(self, address: str, indent: int = _INDENT) -> None:
        """An address or a number to copy: never broken."""
        self._print(escape(visible(address)), indent, is_whole=True)

    def item(self, state: ItemState, line: ChecklistLine) -> None:
        detail = f"  [dim]{_marked(line.detail)}[/]" if line.detail else ""
        self._print(f"{_MARKS[state]} {_marked(line.title)}{detail}", _INDENT)

    def failure(self, failure: Failure) -> None:
        """What happened, what to do, and the details that somebody else may need."""
        explained = errors.explain(failure)
        self.problem(explained.title, explained.action)
        details = " · ".join(explained.details)
        self._print(f"[dim]{_marked(details)}[/]")

    def problem(self, title: str, action: str = "") -> None:
        self.trouble = printable(title)
        self._print(f"[red]✗[/] [bold]{_marked(title)}[/]")
        if action:
            self.print(action, _INDENT)

    def warning(self, title: str, action: str = "") -> None:
        """Something beside what this run is about."""
        self._print(f"{_MARKS[ItemState.WARNING]} [bold]{_marked(title)}[/]")
        if action:
            self.print(action, _INDENT)

    def verdicts(self, found: Sequence[Verdict]) -> None:
        """One line for each that is well; else a block: what was checked, its state, what was found, what to do."""
        for verdict in found:
            said = verdicts.said(verdict)
            if verdict.state is State.OK and not said.action:
                self._print(f"{_STATES[verdict.state]} {_marked(said.title)}  [dim]{_marked(said.text)}[/]")
                continue
            state = _marked(verdicts.state(verdict.state))
            self._print(f"{_STATES[verdict.state]} {_marked(said.title)}  [dim]({state})[/]")
            self.print(said.text, _INDENT)
            if said.action:
                self._print(f"[bold]→ {_marked(said.action)}[/]", _INDENT)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Columns; the first one takes what the others leave."""
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", expand=False)
        for number, heading in enumerate(headings):
            table.add_column(_marked(heading), no_wrap=bool(number), justify="right" if number == 1 else "left")
        for row in rows:
            table.add_row(*(_marked(cell) for cell in row))
        self._show(table)

    @contextmanager
    def working(self, text: str) -> Iterator[Callable[[float], None]]:
        """A sign of life while something takes long, where somebody looks. Gives a function that takes how much is
        done, 0 to 1."""
        console = Console(stderr=True)
        if not console.is_terminal:
            yield lambda _share: None
            return
        shown = _marked(text)
        with console.status(shown) as status:
            yield lambda share: status.update(f"{shown} {share:.0%}" if share else shown)

    def result(self, data: Mapping[str, Any]) -> None:
        if self.as_json:
            is_whole = (sys.stdout.encoding or "").lower() in ("utf-8", "utf8")  # else names would be lost
            try:
                print(_as_escapes(json.dumps(data, ensure_ascii=not is_whole, indent=2)), file=sys.stdout)
            except OSError as error:  # the exit code tells what became of the conversation all the same
                note_lost(sys.stdout, error)

    def _print(self, markup: str, indent: int = 0, is_whole: bool = False) -> None:
        if is_whole or not self._console.is_terminal:
            self._show(Text.from_markup(" " * indent + markup), soft_wrap=True)
        else:
            text = Text.from_markup(markup)
            self._show(Padding(text, (0, 0, 0, indent), expand=False) if indent else text)

    def _show(self, content: Text | Padding | Table, soft_wrap: bool = False) -> None:
        try:
            self._console.print(content, soft_wrap=soft_wrap)
        except OSError as error:  # the terminal was closed, or its disk is full
            note_lost(self._console.file, error)
            self._console.quiet = True


def _marked(text: str) -> str:
    """The text for Rich, without tokens, commands to the terminal, and marks of Rich's own."""
    return escape(printable(text))


def _as_escapes(encoded: str) -> str:
    """JSON without characters that a terminal takes for commands: all of them stand inside texts."""
    return "".join(one if one.isprintable() or one == "\n" else json.dumps(one)[1:-1] for one in encoded)
