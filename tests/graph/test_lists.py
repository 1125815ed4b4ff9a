"""Lists of Pages and of conversations come part by part, and end, whatever a server answers."""

import itertools
from collections.abc import Mapping
from contextlib import closing
from typing import Any

import pytest

from tests.graph.conftest import TOKEN, ClientFor, canned, kind_of
from tests.simulator.world import PracticeWorld
from wizard.core.cancel import CancelToken
from wizard.core.clock import SystemClock
from wizard.core.errors import ErrorKind
from wizard.core.secret import Secret
from wizard.graph.client import GraphClient
from wizard.graph.rate_limiter import RateLimiter


def test_all_pages_come_each_with_its_own_client(world: PracticeWorld, client_for: ClientFor) -> None:
    world.scenario("sixty-pages")
    found = list(client_for("user").pages())
    assert len(found) >= 60
    assert len({page.id for page, _ in found}) == len(found)
    assert all((graph is not None) == page.usable for page, graph in found)
    usable = next(graph for page, graph in found if graph is not None and page.id == world.page_id)
    facts = usable.read_token()
    assert facts.identity.value is not None
    assert facts.identity.value.id == world.page_id


def test_pages_are_turned_by_cursor_and_the_next_link_is_never_called() -> None:
    asked: list[str] = []

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        asked.append(parameters.get("after", ""))
        last = len(asked) == 3
        paging: dict[str, Any] = {"cursors": {"before": "b", "after": f"c{len(asked)}"}}
        if not last:
            paging["next"] = f"https://elsewhere.example/me/accounts?access_token={TOKEN}&after=evil"
        rows = [
            {"id": str(len(asked)), "access_token": "EAA" + "z" * 40},
            {"id": f"9{len(asked)}"},
            "odd",
            {"name": "no id"},
        ]
        return 200, {"data": rows, "paging": paging}

    with canned(answer) as (client, _):
        found = list(client.pages())
    assert asked == ["", "c1", "c2"]
    assert [(page.id, page.usable) for page, _ in found] == [
        ("1", True), ("91", False), ("2", True), ("92", False), ("3", True), ("93", False),
    ]  # fmt: skip


def test_a_list_that_turns_in_circles_ends() -> None:
    body = {"data": [{"id": "1"}], "paging": {"cursors": {"after": "same"}, "next": "https://x"}}
    with canned(lambda method, path, parameters: (200, body)) as (client, rude):
        assert len(list(client.pages())) == 1
        assert len(rude.requests) == 2


@pytest.mark.parametrize("rows", [[{"id": "1"}], []], ids=["the same Page again", "nothing"])
def test_a_list_of_pages_that_brings_nothing_new_ends_as_unreadable(rows: list[dict[str, str]]) -> None:
    parts = itertools.count()

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, object]:
        cursor = f"part{next(parts)}"
        return 200, {"data": rows, "paging": {"cursors": {"after": cursor}, "next": "https://x"}}

    with canned(answer) as (client, _):
        assert kind_of(lambda: list(client.pages())) is ErrorKind.UNREADABLE
    assert next(parts) < 50


def test_too_much_data_is_asked_for_in_smaller_parts() -> None:
    limits: list[int] = []

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        limits.append(int(parameters["limit"]))
        if limits[-1] > 10:
            return 400, {"error": {"code": 1, "message": "Please reduce the amount of data you're asking for"}}
        return 200, {"data": [{"id": "t_1", "updated_time": "2026-11-20T10:00:00+0000"}]}

    with canned(answer) as (client, _):
        assert [one.id for one in client.conversations(limit=40)] == ["t_1"]
    assert limits == [40, 20, 10]


def test_conversations_are_newest_first_and_not_older_than_asked(world: PracticeWorld, client_for: ClientFor) -> None:
    graph = client_for("page")
    found = graph.conversations()
    assert {world.tester, world.customer} <= {one.psid for one in found}
    assert [one.updated_at for one in found] == sorted((one.updated_at for one in found), reverse=True)
    assert graph.conversations(since=found[0].updated_at)[0].id == found[0].id
    assert all(one.updated_at >= found[0].updated_at for one in graph.conversations(since=found[0].updated_at))
    assert world.customer not in repr(found[0].person_name)


def test_older_conversations_are_left_out_even_if_facebook_passes_over_the_filter() -> None:
    rows = [{"id": f"t_{day}", "updated_time": f"2026-11-{day}T10:00:00+0000"} for day in (20, 21, 19)]
    with canned(lambda method, path, parameters: (200, {"data": rows})) as (client, _):
        assert [one.id for one in client.conversations(since=1795168800.0)] == ["t_21", "t_20"]


def test_a_version_without_is_owner_still_lists_conversations() -> None:
    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        if "is_owner" in parameters["fields"]:
            return 400, {"error": {"code": 100, "message": "(#100) Tried accessing nonexisting field (is_owner)"}}
        return 200, {"data": [{"id": "t_1", "updated_time": "2026-11-20T10:00:00+0000"}]}

    with canned(answer) as (client, _):
        (only,) = client.conversations()
    assert only.is_owner is None


@pytest.mark.parametrize("rows", [0, 1, 50], ids=["empty parts", "parts of one", "full parts"])
@pytest.mark.parametrize("what", ["conversations", "pages"])
def test_a_list_without_an_end_is_ended(what: str, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ever new cursors: a server that is broken, or wants to keep us busy."""
    monkeypatch.setattr("wizard.graph.client._MOST_PARTS", 30)
    row = {"id": "1", "access_token": "x", "updated_time": "odd"} if what == "pages" else {"no": "conversation"}

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        after = parameters.get("after", "0")
        return 200, {"data": [row] * rows, "paging": {"next": "x", "cursors": {"after": after + "1"}}}

    with canned(answer) as (client, rude):
        if what == "pages":
            assert kind_of(lambda: list(client.pages())) is ErrorKind.UNREADABLE
        else:
            assert kind_of(lambda: client.conversations(since=0.0)) is ErrorKind.UNREADABLE
        assert len(rude.requests) <= (30 if rows else 20)


def endless_pages(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
    """A Page that nobody has seen yet in each part."""
    after = parameters.get("after", "0")
    return 200, {"data": [{"id": after}], "paging": {"next": "x", "cursors": {"after": after + "1"}}}


@pytest.mark.parametrize(
    ("name", "what"),
    [("_LONGEST_CONVERSATIONS", "conversations"), ("_LONGEST_PAGES", "pages"), ("_LONGEST_ALL_PAGES", "all")],
)
def test_a_list_that_takes_too_long_is_ended(name: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"wizard.graph.client.{name}", 0.0)
    with canned(endless_pages) as (_, rude):
        pace = RateLimiter(SystemClock()) if what == "all" else None
        with closing(GraphClient(rude.address, Secret("x"), None, CancelToken(), SystemClock(), pace=pace)) as client:
            read = client.conversations if what == "conversations" else lambda: list(client.pages())
            assert kind_of(read) is ErrorKind.UNREADABLE
    assert len(rude.requests) == 1


def test_what_a_limit_holds_up_ends_no_list() -> None:
    class SlowClock(SystemClock):
        def monotonic(self) -> float:
            return next(hours) * 3600.0

    hours = itertools.count()
    rows = {"0": "1", "1": "2", "2": ""}

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        after = parameters.get("after", "0")
        paging = {"next": "x", "cursors": {"after": rows[after]}} if rows[after] else {}
        return 200, {"data": [{"id": after}], "paging": paging}

    with (
        canned(answer) as (_, rude),
        closing(GraphClient(rude.address, Secret("x"), None, CancelToken(), SlowClock())) as client,
    ):
        assert [page.id for page, _own in client.pages()] == ["0", "1", "2"]
