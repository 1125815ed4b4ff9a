"""What the terminal shows. Sentences go to standard output, or to standard error where a program reads the answer."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from wizard.core.errors import Failure
from wizard.core.trial.result import ItemState
from wizard.core.verdict import State, Verdict
from wizard.words import errors, verdicts
from wizard.words.trial import Line

_MARKS = {
    ItemState.RUNNING: "[blue]●[/]",
    ItemState.DONE: "[green]✓[/]",
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


class Printer:
    """as_json: only one JSON object goes to standard output, at the end."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self._console = Console(stderr=as_json, highlight=False, soft_wrap=True)

    def heading(self, text: str) -> None:
        self._console.print(f"\n[bold]{escape(text)}[/]")

    def say(self, text: str) -> None:
        self._console.print(escape(text))

    def item(self, state: ItemState, line: Line) -> None:
        detail = f"  [dim]{escape(line.detail)}[/]" if line.detail else ""
        self._console.print(f"  {_MARKS[state]} {escape(line.title)}{detail}")

    def failure(self, failure: Failure) -> None:
        """What happened, what to do, and the details that somebody else may need."""
        explained = errors.explain(failure)
        self._console.print(f"[red]✗[/] [bold]{escape(explained.title)}[/]")
        if explained.action:
            self.say(explained.action)
        details = " · ".join(explained.details)
        self._console.print(f"[dim]{escape(details)}[/]")

    def problem(self, title: str, action: str = "") -> None:
        self._console.print(f"[red]✗[/] [bold]{escape(title)}[/]")
        if action:
            self.say(action)

    def verdicts(self, found: Sequence[Verdict]) -> None:
        table = Table.grid(padding=(0, 1))
        for verdict in found:
            said = verdicts.said(verdict)
            what = escape(said.text) + (f" [bold]{escape(said.action)}[/]" if said.action else "")
            table.add_row(_STATES[verdict.state], escape(said.title), f"[dim]{verdicts.state(verdict.state)}[/]", what)
        self._console.print(table)

    def result(self, data: Mapping[str, Any]) -> None:
        if self.as_json:
            print(json.dumps(data, ensure_ascii=False, indent=2))
