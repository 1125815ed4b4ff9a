"""Worlds of one's own: a seed file, the same IDs each time, another time, plain addresses; and mistakes in them."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.world import ROOT, PracticeWorld, request, start_world

pytestmark = pytest.mark.slow  # starts many practice worlds

SHOP = """
base = "all-set"

[page]
default_app = "secondary"

[threads.customer]
messages = [{ from = "customer", text = "Is the red one back?", minutes_ago = 3 }]

[[fault]]
call = "GET me/conversations"
error = "messenger_limit"
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    file = tmp_path / "shop.toml"
    file.write_text(SHOP, encoding="utf-8")
    return file


def refused(*options: str) -> str:
    """What a world that cannot start says; it must be one sentence, and the exit code that of wrong use."""
    done = subprocess.run(
        [sys.executable, "-m", "wizard.simulator", *options],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_seed_file_says_how_the_world_starts(shop: Path) -> None:
    with start_world(options=("--seed", str(shop))) as world:
        assert world.world()["scenario"] == "shop"
        assert world.world()["page"]["default_app"] == world.app("secondary")
        assert [each["text"] for each in world.thread(world.customer)["messages"]] == ["Is the red one back?"]
        assert world.graph("GET", "me/conversations").error == (80006, None)
        assert world.graph("GET", "me/conversations").status == 200
        world.scenario("happy-routing")
        world.scenario("shop")
        assert world.graph("GET", "me/conversations").error == (80006, None)


def test_the_base_of_a_seed_file_may_be_a_scenario(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('base = "no-default-app"\n[platform]\nsecondary_receiver = "1"\n', encoding="utf-8")
    with start_world(options=("--seed", str(file))) as world:
        assert world.world()["page"]["mode"] == "zero"
        assert world.world()["platform"]["secondary_receiver"] == "1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[page]\ndefault_ap = 'primary'", "page.default_ap"),
        ("[page]\ndefault_app = 'nobody'", "page.default_app"),
        ("[page\n", "line 1"),
        ("base = 'nothing'", "base: unknown 'nothing'; known are: all-set, nothing-told, ai-holds, "),
        ("a = " + "[" * 5_000, "too many brackets"),
        ("base = 3", "base: unknown 3"),
        ("[[fault]]\ncall = 'GET me'\nerror = 'no_such'", "fault[0]: error: 'no_such' is none of unknown, "),
        ("[[fault]]\ncall = 'GET me'\nerror = 'token_expired'\ncode = 1", "fault[0]: code: the error"),
        ("[token.nobody]", "token: Invalid enum value 'nobody'"),
        ("[graph]\nnewest_version = 'new'", "graph.newest_version"),
        ("[connected]\nprimary = ['no_such']", "connected.primary: 'no_such' is no field"),
        ("threads = 1", "threads: Expected `object`"),
        ("other = 1", "other"),
    ],
)
def test_a_mistake_in_a_seed_file_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(text, encoding="utf-8")
    complaint = refused("--seed", str(file))
    assert str(file) in complaint
    assert said in complaint


def test_a_seed_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "none.toml") in refused("--seed", str(tmp_path / "none.toml"))
    (tmp_path / "odd.toml").write_bytes(b"title = '\xff'")
    assert "odd.toml" in refused("--seed", str(tmp_path / "odd.toml"))
    assert str(tmp_path) in refused("--seed", str(tmp_path))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--clock", "yesterday"), "2026-11-29T09:00:00Z"),
        (("--clock", "0001-01-01"), "the years 2000 to 9999"),
        (("--clock", "1999-12-31T23:59:59Z"), "the years 2000 to 9999"),
        (("--port", "65536"), "from 0 to 65535"),
        (("--port", "no"), "from 0 to 65535"),
        (("--id-seed", "x"), "--id-seed"),
        (("--listen", "203.0.113.9"), "cannot start"),
        (("--seed", "a.toml", "--scenario", "new-page"), "not allowed with"),
        (("--webhook", "primary"), "APP=URL"),
        (("--webhook", "nobody=http://127.0.0.1:1/"), "no app 'nobody'"),
        (("--webhook", "primary=http://bot.test/"), "--allow-host bot.test"),
        (("--webhook", "primary=http://127.0.0.1:1/", "--webhook", "third=http://127.0.0.1:1/"), "has the callback"),
    ],
)
def test_an_option_that_cannot_be_meant_is_told(options: tuple[str, ...], said: str) -> None:
    assert said in refused(*options)


def test_a_port_that_is_taken_is_told_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        said = refused("--port", str(other.getsockname()[1]))
    assert "is taken by another program; choose another one" in said
    assert "Errno" not in said


def seen(world: PracticeWorld) -> list[Any]:
    """What a program can keep of a world, apart from its port and the time."""
    start = json.loads(json.dumps(world.start).replace(world.graph_url.split("/")[2], "HOST"))
    sent = world.graph(
        "POST", "me/messages", recipient={"id": world.customer}, message={"text": "Hello"}, messaging_type="RESPONSE"
    )
    trace = world.graph("GET", "1234567890").json()
    return [start, sent.json(), trace, world.graph("GET", "me/conversations").json()["data"][0]["id"]]


def test_the_same_number_gives_the_same_world_each_time() -> None:
    worlds = []
    for number in ("7", "7", "8"):
        with start_world(options=("--id-seed", number)) as world:
            worlds.append(seen(world))
            world.scenario("happy-routing")
            worlds.append(seen(world))
    first, again, second, third, other, _ = worlds
    assert first == again == second == third
    assert first[0]["tokens"]["page"] != other[0]["tokens"]["page"]
    assert first[1]["message_id"] != other[1]["message_id"]


def test_the_world_begins_at_the_time_it_is_given_and_its_clock_goes_on() -> None:
    with start_world(options=("--clock", "2030-02-03T04:05:06Z")) as world:
        reply = world.graph("GET", "me")
        assert reply.headers["date"].startswith("Sun, 03 Feb 2030 04:0")
        world.clock(86_400)
        assert world.graph("GET", "me").headers["date"].startswith("Mon, 04 Feb 2030 04:0")
        world.scenario("happy-routing")
        assert world.graph("GET", "me").headers["date"].startswith("Sun, 03 Feb 2030 04:0")


def test_plain_addresses_and_other_names_are_only_for_who_asks_for_them() -> None:
    with start_world(options=("--plain-addresses", "--allow-host", "shop.test")) as world:
        assert world.graph_url == world.control_url.replace("/control", "/graph")
        assert world.control_url.count("/") == 3
        for host, status in (("shop.test:8765", 200), ("shop.test", 200), ("evil.test", 403), ("shop.test.evil", 403)):
            reply = request("GET", f"{world.control_url}/world", headers={"Host": host})
            assert reply.status == status, host
        told = request("GET", f"{world.control_url}/world", headers={"Host": "evil.test"}).text
        assert f"This world is called {world.graph_url.split('/')[2]}" in told


def test_callbacks_of_the_command_are_kept_over_a_change_of_scenario() -> None:
    options = ("--webhook", "primary=http://127.0.0.1:9/a", "--webhook", "secondary=http://bot.test/", "--allow-host")
    with start_world(options=(*options, "bot.test")) as world:
        world.scenario("new-page")
        callbacks = request("GET", f"{world.control_url}/webhooks").json()["callbacks"]
        assert {app: each["url"] for app, each in callbacks.items()} == {
            world.app("primary"): "http://127.0.0.1:9/a",
            world.app("secondary"): "http://bot.test/",
        }


def test_a_page_of_the_internet_controls_no_world_with_plain_addresses() -> None:
    with start_world(options=("--plain-addresses",)) as world:
        own = world.control_url.removesuffix("/control")
        for origin, status in ((None, 200), (own, 200), ("https://evil.test", 403), ("null", 403), (f"{own}0", 403)):
            headers = {"Content-Type": "text/plain"} | ({} if origin is None else {"Origin": origin})
            reply = request("POST", f"{world.control_url}/reset", body=b"{}", headers=headers)
            assert reply.status == status, origin


def test_what_is_played_can_be_printed() -> None:
    def printed(option: str) -> str:
        command = [sys.executable, "-m", "wizard.simulator", option]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=30).stdout

    assert "| `POST /{page-id}/pass_thread_control` | played |" in printed("--calls")
    assert "/{id}/pass_thread_control" in json.loads(printed("--openapi"))["paths"]
