"""What pages may use, built in one place (`wizard.app`) and handed to each page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from wizard.core.ports import Clock
from wizard.core.world import World
from wizard.ui.clipboard import Copied
from wizard.ui.jobs import JobRunner


@dataclass(frozen=True, slots=True)
class Trouble:
    """A failure in words. title: what happened; action: what to do; details: lines to copy, no secret in them.

    link, link_text: an address that helps, "" for none."""

    title: str
    action: str = ""
    details: str = ""
    link: str = ""
    link_text: str = ""


class CopyPlace(Protocol):
    """The clipboard (wizard.ui.clipboard.Clipboard), or a stand-in in tests."""

    def copy(self, text: str, then: Callable[[Copied], None]) -> None: ...

    def text(self) -> str: ...

    def clear_if_holds(self, text: str, then: Callable[[bool], None]) -> None: ...


class Backend(Protocol):
    """What pages ask for beyond the window: the session with its token, the saved set-ups, the targets. The pages
    narrow it to what each needs; `wizard.app` hands in the object that does it."""

    @property
    def world(self) -> World: ...


@dataclass(frozen=True, slots=True)
class Services:
    """open_link: shows an address in the browser; False if none could be started. explain: turns what a job raised
    into words. backend: the program's side of the pages, see Backend."""

    runner: JobRunner
    open_link: Callable[[str], bool]
    clipboard: CopyPlace
    clock: Clock
    explain: Callable[[Exception], Trouble]
    backend: Backend
