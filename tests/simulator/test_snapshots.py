"""A world can be kept as a document and be the same again, here and in another process."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.test_own_worlds import refused
from tests.simulator.world import HttpReply, PracticeWorld, request, start_world
from wizard.simulator.control import world_object
from wizard.simulator.graph import graph
from wizard.simulator.graph.call import Call
from wizard.simulator.world import customer, ids, snapshot
from wizard.simulator.world.addresses import new_addresses, start_object
from wizard.simulator.world.cast import APP_IDS, TESTER
from wizard.simulator.world.world import SimulatedWorld

pytestmark = pytest.mark.slow  # starts many practice worlds


@pytest.fixture
def by_chance_again() -> Iterator[None]:
    yield
    ids.use_seed(None)


@pytest.fixture
def kept() -> Iterator[PracticeWorld]:
    """A world in which something happened, and that has its own tokens from then on."""
    with start_world() as world:
        world.control_of("pass", target_app_id=world.app("secondary"))
        world.fault("GET me/conversations", {"code": 613}, times=2)
        request(
            "POST", f"{world.control_url}/customer", json_body={"psid": world.customer, "text": "A ❤ human, please"}
        )
        world.graph("GET", "me/accounts", "user")
        world.clock(3_600)
        yield world


def take(world: PracticeWorld) -> Any:
    return request("GET", f"{world.control_url}/snapshot").json()


def load(world: PracticeWorld, kept: Any) -> HttpReply:
    return request("POST", f"{world.control_url}/snapshot", json_body=kept)


def without_time(kept: Any) -> Any:
    """What a world keeps, apart from its clock and from the order of what has none."""
    return {name: _ordered(value) for name, value in kept.items() if name != "time"}


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: sorted(inner) if name == "take_allowed" else _ordered(inner) for name, inner in value.items()}
    return [_ordered(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def test_a_snapshot_brings_back_what_was_changed_since(kept: PracticeWorld) -> None:
    document = take(kept)
    before = kept.world()
    kept.scenario("new-page")
    kept.write("Is nobody here?")
    reply = load(kept, document)
    assert reply.status == 200
    after = kept.world()
    assert abs(after.pop("time") - before.pop("time")) < 5
    assert after == before
    assert without_time(take(kept)) == without_time(document)
    assert kept.graph("GET", "me/conversations").error == (613, None)


def test_another_process_goes_on_with_it_with_the_same_tokens(kept: PracticeWorld, tmp_path: Path) -> None:
    document = take(kept)
    file = tmp_path / "world.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    with start_world(options=("--snapshot", str(file))) as other:
        assert other.start["tokens"] == kept.start["tokens"]
        assert other.start["apps"] == kept.start["apps"]
        assert other.graph_url != kept.graph_url
        assert other.owner_of() == kept.owner_of()
        assert abs(other.world()["time"] - kept.world()["time"]) < 30
        assert without_time(take(other)) == without_time(document)
        other.scenario("happy-routing")
        assert other.graph("GET", "me").status == 200


def test_a_running_world_takes_over_the_tokens_and_tells_them(kept: PracticeWorld) -> None:
    with start_world() as other:
        assert load(other, take(kept)).status == 200
        told = request("GET", f"{other.control_url}/start").json()
        assert told["tokens"] == kept.start["tokens"]
        assert told["graph_url"] == other.graph_url
        assert other.graph("GET", "me", kept.token()).status == 200
        assert other.graph("GET", "me", other.token()).error == (190, None)


def test_ids_go_on_where_the_snapshot_left_them(tmp_path: Path) -> None:
    def said(world: PracticeWorld) -> Any:
        return world.graph("POST", "me/messages", recipient={"id": world.customer}, message={"text": "Hi"}).json()

    file = tmp_path / "world.json"
    with start_world(options=("--id-seed", "3")) as world:
        said(world)
        file.write_text(json.dumps(take(world)), encoding="utf-8")
        second = said(world)
    with start_world(options=("--snapshot", str(file))) as world:
        assert said(world) == second


def changed(path: str, value: Any) -> Callable[[Any], Any]:
    """Return a function that puts a value at a place of a document, "a.b"."""

    def change(document: Any) -> Any:
        *way, last = path.split(".")
        inner = document
        for name in way:
            inner = inner[name]
        inner[last] = value
        return document

    return change


def with_fault(**members: Any) -> Callable[[Any], Any]:
    fault = {"call": "GET me", "kinds": ["reset"], **members}
    return changed("faults", {"waiting": [fault]})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (changed("format", snapshot.FORMAT + 1), "newer simulator"),
        (changed("format", "1"), "format"),
        (lambda document: [], "Expected `object`"),
        (lambda document: {}, "missing required field `format`"),
        (changed("other", 1), "unknown field `other`"),
        (changed("pages", {}), "pages: "),
        (changed("tokens", []), "named_tokens: "),
        (changed("named_tokens", {}), "named_tokens: "),
        (changed("apps", {}), "tokens: one is of an app"),
        (changed(f"apps.{APP_IDS['primary']}.id", "12345"), "apps: one has two IDs"),
        (with_fault(kinds=[]), "faults: "),
        (with_fault(kinds=["eaten"]), "faults: "),
        (with_fault(every=0), "faults: "),
        (changed("scenario.page.default_app", "nobody"), "$.scenario.page.default_app"),
        (changed("time", "soon"), "$.time"),
        (changed("time", 1e300), "time: "),
        (changed("time", -62_135_596_800), "time: "),
    ],
)
def test_what_is_no_world_is_refused_with_its_place_and_the_world_stays(
    practice: PracticeWorld, tmp_path: Path, change: Callable[[Any], Any], said: str
) -> None:
    before = without_time(practice.world())
    document = change(take(practice))
    reply = load(practice, document)
    assert reply.status == 400
    assert said in reply.json()["error"]
    assert without_time(practice.world()) == before
    assert practice.graph("GET", "me").status == 200
    file = tmp_path / "world.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert said in refused("--snapshot", str(file))


def test_a_snapshot_brings_no_callback_elsewhere(practice: PracticeWorld, tmp_path: Path) -> None:
    before = without_time(practice.world())
    document = take(practice)
    document["scenario"]["app"] = {"primary": {"webhook": {"url": "http://bot.test/", "verify_token": "x"}}}
    assert "--allow-host bot.test" in load(practice, document).json()["error"]
    assert without_time(practice.world()) == before
    assert request("GET", f"{practice.control_url}/webhooks").json()["callbacks"] == {}
    file = tmp_path / "world.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert "--allow-host bot.test" in refused("--snapshot", str(file))


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000, b'{"format": 1e999}', b"null"])
def test_bytes_that_are_no_snapshot_are_refused(practice: PracticeWorld, body: bytes) -> None:
    reply = request("POST", f"{practice.control_url}/snapshot", body=body)
    assert reply.status == 400
    assert reply.json()["error"].startswith("this is no snapshot of a world: ")
    assert practice.graph("GET", "me").status == 200


# What a world has beside what a snapshot keeps; the reason stands in the module.
NOT_KEPT = {"lock", "stopping", "clock", "generation", "listener", "own", "outbox", "record", "call_names", "platform"}


def test_nothing_of_a_world_is_forgotten(by_chance_again: None) -> None:
    """Whoever gives the world a new part decides here whether it is kept."""
    kept = set(snapshot.Snapshot.__struct_fields__)
    assert set(vars(SimulatedWorld("happy-routing"))) - NOT_KEPT <= kept


def test_every_scenario_can_be_kept_and_is_the_same_afterwards() -> None:
    world = SimulatedWorld("happy-routing")
    for name in ("happy-legacy", "sixty-pages", "flaky", "bot-takes-back", "meta-ai-first", "new-page"):
        world.load(name)
        document = snapshot.taken(world)
        other = SimulatedWorld("happy-routing")
        snapshot.be(other, snapshot.read(json.dumps(document).encode()))
        assert without_time(snapshot.taken(other)) == without_time(document), name


DAMAGES: tuple[Any, ...] = (None, "x", {}, -1)  # None: what stood there is gone


def places(value: Any, depth: int) -> Iterator[tuple[str | int, ...]]:
    """Every place of a document down to a depth, of lists the first."""
    inner = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    for key, each in inner:
        yield (key,)
        if depth > 1:
            yield from ((key, *rest) for rest in places(each, depth - 1))


def test_a_damaged_snapshot_is_refused_or_is_a_world_that_works() -> None:
    whole = json.dumps(snapshot.taken(SimulatedWorld("happy-routing")))
    world = SimulatedWorld("happy-routing")
    refused = 0
    for place in places(json.loads(whole), 3):
        for damage in DAMAGES:
            document = inner = json.loads(whole)
            for key in place[:-1]:
                inner = inner[key]
            if damage is None:
                del inner[place[-1]]
            else:
                inner[place[-1]] = damage
            try:
                read = snapshot.read(json.dumps(document).encode())
            except snapshot.SnapshotRefused:
                refused += 1
                continue
            snapshot.be(world, read)
            for token in world.cast.texts.values():
                for path in ("me", "app", "me/conversations", "me/accounts"):
                    graph.answer(world, Call("GET", tuple(path.split("/")), None, {}, token))
            json.dumps([world_object(world), start_object(world, new_addresses(1))])
            customer.writes(world, world.page, world.page.threads[TESTER], "A human, please", None)
            json.dumps(snapshot.taken(world))
    assert refused > 500
