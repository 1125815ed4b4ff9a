"""Everything that can come of logging in with Facebook: the same rows for terminal and window."""

from dataclasses import dataclass, field
from typing import Any

from tests.simulator.world import PracticeWorld


@dataclass(frozen=True)
class Row:
    """world: how Facebook behaves; owner: what the person does; file: fields of the log-in file in place of the usual
    ones. fault: a call and what goes wrong with it. clock: seconds that Facebook's is ahead of ours. said: a sentence
    that must be printed. code: the exit code."""

    said: str
    code: int
    world: dict[str, Any] = field(default_factory=dict)
    owner: dict[str, Any] = field(default_factory=dict)
    file: dict[str, str] = field(default_factory=dict)
    with_code: bool = False
    fault: tuple[str, str] | None = None
    clock: float = 0.0


_NOTHING = "Nothing came back from Facebook’s log-in."
_CANCELLED = "The log-in was not finished"
ROWS = {
    "allowed": Row("Page: Lumen Coffee", 0),
    "no long life": Row("Page: Lumen Coffee", 0, world={"long_lived": False}),
    "business": Row("Page: Lumen Coffee", 0, world={"kind": "business"}, file={"config_id": "1204560938517742"}),
    "with a code": Row("Page: Lumen Coffee", 0, world={"interval": 1}, with_code=True),
    "business, cancelled": Row(
        _CANCELLED,
        1,
        world={"kind": "business"},
        owner={"logs_in": "cancels"},
        file={"config_id": "1204560938517742"},
    ),
    "answer in the query": Row("Page: Lumen Coffee", 0, world={"place": "query"}),
    "life not told": Row("Page: Lumen Coffee", 0, world={"long_lived": False, "tells_life": False}),
    "clock wrong by a day": Row("Page: Lumen Coffee", 0, world={"long_lived": False}, clock=86_400.0),
    "no network in the middle": Row("Facebook could not be reached.", 3, fault=("GET me/accounts", "reset")),
    "no network after the dialog": Row("Facebook could not be reached.", 3, fault=("*", "reset")),
    "answer to another port": Row(_NOTHING, 3, world={"state": "other_port"}),
    "code without permissions": Row(
        "pages_show_list, pages_manage_metadata, pages_messaging",
        1,
        world={"code_gives": "nothing", "interval": 1},
        with_code=True,
    ),
    "asked too fast": Row("Page: Lumen Coffee", 0, world={"early": 1, "interval": 1}, with_code=True),
    "one permission declined": Row(
        "These permissions were not given: pages_messaging.", 0, owner={"declines": ["pages_messaging"]}
    ),
    "cancelled": Row(_CANCELLED, 1, owner={"logs_in": "cancels"}),
    "code declined": Row(_CANCELLED, 1, world={"interval": 1}, owner={"logs_in": "cancels"}, with_code=True),
    "no Page ticked": Row("No Page came with the log-in", 1, owner={"ticks": False}),
    "another app’s token": Row("belongs to another app than the one that was asked for", 1, world={"app": "third"}),
    "wrong state": Row(_NOTHING, 3, world={"state": "changed"}),
    "closed": Row(_NOTHING, 3, owner={"logs_in": "waits"}),
    "app not live": Row(_NOTHING, 3, world={"trouble": "not_live"}),
    "address not listed": Row(_NOTHING, 3, file={"redirect_uri": "https://elsewhere.example/"}),
    "insecure address": Row(_NOTHING, 3, file={"redirect_uri": "http://localhost:{port}/"}),
    "configuration unknown": Row(_NOTHING, 3, file={"config_id": "98765"}),
    "two-factor required": Row(_NOTHING, 3, world={"trouble": "two_factor"}),
    "code expired": Row(
        _NOTHING, 3, world={"interval": 1, "code_lives": 1}, owner={"logs_in": "waits"}, with_code=True
    ),
}


def prepare(world: PracticeWorld, row: Row) -> None:
    """What goes wrong beside what people do."""
    if row.fault is not None:
        world.fault(*row.fault, times=None)
    if row.clock:
        world.clock(row.clock)


def changed_file(world: PracticeWorld, **changes: str) -> str:
    """The log-in file of the practice world with other fields; a configuration takes the place of permissions."""
    lines = [line for line in str(world.start["log_in"]).splitlines() if line.partition(" ")[0] not in changes]
    if "config_id" in changes:
        lines = [line for line in lines if not line.startswith("scopes")]
    return "\n".join([*lines, *(f'{name} = "{value}"' for name, value in changes.items())])
