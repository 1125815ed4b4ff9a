"""What pages may use, built in one place (`wizard.ui.window.program`) and handed to each page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from wizard.actions.session import Session
from wizard.ui.beside import Beside
from wizard.ui.clipboard import Copied
from wizard.ui.jobs import JobRunner

if TYPE_CHECKING:
    from wizard.core.ports import Clock


class FailureText(NamedTuple):
    """A failure in words. title: what happened; action: what to do; details: lines to copy, no secret in them.

    link, link_text: an address that helps, "" for none."""

    title: str
    action: str = ""
    details: str = ""
    link: str = ""
    link_text: str = ""


Trouble = FailureText | Callable[[], FailureText]  # what makes it speaks another language too


class ExplainFailure(Protocol):
    """Turn what a job raised into words. at: when that was, Unix seconds, None for now."""

    def __call__(self, error: Exception, at: float | None = None) -> FailureText: ...


class CopyPlace(Protocol):
    """The clipboard (wizard.ui.clipboard.Clipboard), or a stand-in in tests."""

    def copy(self, text: str, then: Callable[[Copied], None]) -> None: ...

    def text(self) -> str: ...

    def clear_if_holds(self, text: str, then: Callable[[bool], None]) -> None: ...


@dataclass(slots=True, eq=False, repr=False)
class Services:
    """open_link: shows an address in the browser; False if none could be started. session: the run of the wizard behind
    the window. start_practice_window: opens another window of this program in practice mode; False if it could not
    start. beside: whether the window stands beside the browser."""

    runner: JobRunner
    open_link: Callable[[str], bool]
    clipboard: CopyPlace
    clock: "Clock"
    explain: ExplainFailure
    session: Session
    start_practice_window: Callable[[], bool]
    beside: Beside = field(default_factory=Beside)

    def show_in_browser(self, address: str) -> bool:
        """Show an address; the window goes beside the browser where the person likes that. False: none could be
        started."""
        self.beside.browser_opens()
        return self.open_link(address)
