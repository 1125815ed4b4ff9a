"""A checked Page, made small: thousands of them are at hand while only one is read."""

import functools
import zlib
from dataclasses import dataclass, field

import msgspec

from wizard.core.checked import CheckedPage
from wizard.core.errors import Failure
from wizard.core.verdict import State
from wizard.report.overall import Overall, overall


@dataclass(frozen=True, slots=True)
class StoredResult:
    """What the table shows of a checked Page; the rest is packed. at: Unix seconds. states: in the order of the list of
    checks, empty where nothing could be asked about the Page: failure says why."""

    at: float
    page_id: str
    page_name: str
    states: tuple[State, ...]
    worst: State
    packed: bytes = field(repr=False)
    failure: Failure | None = None
    is_partly_read: bool = False

    @property
    def overall(self) -> Overall:
        return overall(self.worst, bool(self.count(State.OK)), self.is_reached, self.is_partly_read)

    @property
    def is_reached(self) -> bool:
        return bool(self.states)

    def count(self, state: State) -> int:
        return self.states.count(state)


def compress(checked: CheckedPage) -> StoredResult:
    """In a job: packing thousands takes a while."""
    reached = checked.not_checked is None
    return StoredResult(
        checked.at,
        checked.answers.page_id,
        checked.answers.page_name,
        _same(tuple(verdict.state for verdict in checked.verdicts)) if reached else (),
        checked.worst if reached else State.NOT_CHECKED,
        zlib.compress(msgspec.json.encode(checked), level=3),
        checked.not_checked,
        checked.is_partly_read,
    )


def decompress(seen: StoredResult) -> CheckedPage:
    return msgspec.json.decode(zlib.decompress(seen.packed), type=CheckedPage)


@functools.lru_cache(maxsize=1024)
def _same(states: tuple[State, ...]) -> tuple[State, ...]:
    """Pages of one account are much alike: equal tuples are kept once."""
    return states
