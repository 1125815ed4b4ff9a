"""A whole world as one document, to be the same world again later, here or in another process.

Not in it: who listens to its web hooks and what is on the way to them, reactions that wait for their moment, the record
of calls, and the addresses of this process.
"""

from typing import Any

import msgspec

from wizard.simulator.world import ids
from wizard.simulator.world.cast import APP_IDS, PAGE_ID, PEOPLE, Cast
from wizard.simulator.world.clock import FIRST, LAST
from wizard.simulator.world.faults import KINDS, Faults
from wizard.simulator.world.log_ins import LogIns
from wizard.simulator.world.platform import Platform, WrongDocument
from wizard.simulator.world.scenario import Scenario
from wizard.simulator.world.state import SimulatedApp, SimulatedPage, Token
from wizard.simulator.world.world import SimulatedWorld, Waiting

FORMAT = 1  # one more with each change that an older program would read wrongly


class SnapshotRefused(ValueError):
    """This is no world that can be; the text says why."""


class _Format(msgspec.Struct):
    format: int


class Snapshot(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """time: Unix seconds in the world. tokens: those of the cast are named. other_tokens: app or token, Page, text."""

    format: int
    time: float
    scenario: Scenario
    drawn: ids.Drawn
    cast: Cast
    platform_key: str
    platform_document: str
    platform_hands_over: bool
    apps: dict[str, SimulatedApp]
    pages: dict[str, SimulatedPage]
    tokens: list[Token]
    named_tokens: dict[str, str]
    other_tokens: list[tuple[str, str, str]]
    log_ins: LogIns
    faults: Faults
    platform_faults: Faults
    waiting: list[Waiting]


def taken(world: SimulatedWorld) -> Any:
    """Return the world as JSON values. Sets stand there in any order."""
    with world.lock:
        snapshot = Snapshot(
            format=FORMAT,
            time=world.now(),
            scenario=world.scenario,
            drawn=ids.drawn(),
            cast=world.cast,
            platform_key=world.platform_key,
            platform_document=world.platform.document.decode(),
            platform_hands_over=world.platform.hands_over,
            apps=world.apps,
            pages=world.pages,
            tokens=list(world.tokens.values()),
            named_tokens={name: token.text for name, token in world.named_tokens.items()},
            other_tokens=[(*key, text) for key, text in world.other_tokens.items()],
            log_ins=world.log_ins,
            faults=world.faults,
            platform_faults=world.platform_faults,
            waiting=world.waiting,
        )
        return msgspec.to_builtins(snapshot)


def read(text: bytes) -> Snapshot:
    """Raises SnapshotRefused: no snapshot, one of a newer program, or a mistake with its place."""
    try:
        written = msgspec.json.decode(text, type=_Format).format
        if written > FORMAT:
            raise SnapshotRefused(
                f"this snapshot was taken by a newer simulator (its format is {written}, and this one reads up to "
                f"{FORMAT}); update messenger-handover-simulator"
            )
        snapshot = msgspec.json.decode(text, type=Snapshot)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise SnapshotRefused(f"this is no snapshot of a world: {error}") from error
    _check(snapshot)
    return snapshot


def be(world: SimulatedWorld, snapshot: Snapshot) -> None:
    """Make the world that of the snapshot, at the moment when it was taken."""
    tokens = {token.text: token for token in snapshot.tokens}
    with world.lock:
        world.cast = snapshot.cast
        world.own = snapshot.scenario
        world.load(snapshot.scenario)
        ids.go_on(snapshot.drawn)
        world.clock.advance(snapshot.time - world.now())
        world.platform_key = snapshot.platform_key
        world.platform.document = snapshot.platform_document.encode()
        world.platform.hands_over = snapshot.platform_hands_over
        world.apps, world.pages = snapshot.apps, snapshot.pages
        world.tokens = tokens
        world.named_tokens = {name: tokens[text] for name, text in snapshot.named_tokens.items()}
        world.other_tokens = {(whose, page): text for whose, page, text in snapshot.other_tokens}
        world.log_ins = snapshot.log_ins
        for code in world.log_ins.codes.values():
            code.token = tokens.get(code.token.text, code.token) if code.token else None
        world.faults, world.platform_faults = snapshot.faults, snapshot.platform_faults
        world.waiting = snapshot.waiting


def _check(snapshot: Snapshot) -> None:
    """What belongs together is there: the world would fail later, far from the cause."""
    texts = {token.text for token in snapshot.tokens}
    page = snapshot.pages.get(PAGE_ID)
    try:
        Platform().put(snapshot.platform_document.encode())
    except (WrongDocument, RecursionError, UnicodeEncodeError) as error:
        raise SnapshotRefused(f"this is no snapshot of a world: platform_document: {error}") from error
    for is_so, what in (
        (
            page is not None and page.threads.keys() >= {psid for psid, _ in PEOPLE.values()},
            "pages: the world's own Page with its people is missing",
        ),
        (FIRST <= snapshot.time <= LAST, "time: the years 2000 to 9999 are there"),
        (texts.issuperset(snapshot.named_tokens.values()), "named_tokens: a token is missing in tokens"),
        (snapshot.cast.secrets_of_apps.keys() == APP_IDS.keys(), "cast.secrets_of_apps: others than the world's apps"),
        (
            snapshot.cast.client_tokens.keys() == set(APP_IDS.values()),
            "cast.client_tokens: others than the world's apps",
        ),
        (snapshot.named_tokens.keys() == snapshot.cast.texts.keys(), "named_tokens: others than in the cast"),
        (all(key == app.id for key, app in snapshot.apps.items()), "apps: one has two IDs"),
        (
            all(
                fault.every > 0 and fault.kinds and set(fault.kinds).issubset(KINDS)
                for fault in (*snapshot.faults.waiting, *snapshot.platform_faults.waiting)
            ),
            "faults: one has no kind that there is, or no every",
        ),
        (all(token.app_id in snapshot.apps for token in snapshot.tokens), "tokens: one is of an app that is missing"),
        (
            all(token.page_id in snapshot.pages for token in snapshot.tokens if token.kind == "PAGE"),
            "tokens: one is of a Page that is missing",
        ),
    ):
        if not is_so:
            raise SnapshotRefused(f"this is no snapshot of a world: {what}")
