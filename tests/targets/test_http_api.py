"""The settings API of a bot, written over real HTTP on the practice world's bot platform."""

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.simulator.world import PracticeWorld
from tests.targets.http_bot import NEW, OLD, POINTER, TEMPLATE, HttpBot, http_bot
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.secret import Secret
from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.targets.http_api import HttpTarget
from wizard.targets.http_shape import Api, Method
from wizard.targets.http_wire import HttpWire
from wizard.words import targets as words


@pytest.fixture(params=[(Method.PUT, ""), (Method.PATCH, ""), (Method.POST, TEMPLATE)], ids=lambda one: str(one[0]))
def bot(request: pytest.FixtureRequest, world: PracticeWorld) -> HttpBot:
    return http_bot(world, *request.param)


@pytest.fixture
def put_bot(world: PracticeWorld) -> HttpBot:
    return http_bot(world)


KEY = "sk_live_9aF3kQ7mZ2xV8bN4"
KEYS_IN_SMALL_LETTERS = (  # known by their beginnings alone
    *("pk_live_abcdefghijkl", "rk_test_abcdefghijkl", "sk_live_abcdefghijkl", "ghp_abcdefghijklmnopqrst"),
    *("xoxb-abcdefghijklm", "glpat-abcdefghijklm", "AKIAABCDEFGHIJKL", "AIzaabcdefghijklmnopqrst", "eyJhbgcioijiuzi"),
)


def refusal(action: Any, *arguments: Any) -> TargetTrouble:
    with pytest.raises(TargetError) as raised:
        action(*arguments)
    said = words.said_of(raised.value)
    assert said.text
    assert said.action
    return raised.value.trouble


def test_the_plan_shows_old_and_new_and_sends_nothing(bot: HttpBot) -> None:
    before = bot.document()
    plan = bot.target().plan(NEW)
    (change,) = plan.changes
    assert (change.key, change.old, change.new) == (POINTER, OLD, NEW)
    assert plan.diff.splitlines()[-2:] == [f'-{POINTER}: "{OLD}"', f'+{POINTER}: "{NEW}"']
    assert plan.sends == f"{bot.api.method} {bot.api.url}"
    assert not plan.is_guided
    assert (bot.document(), bot.writes()) == (before, [])


def test_applied_it_is_what_the_bot_reads_and_the_next_plan_is_empty(bot: HttpBot) -> None:
    target = bot.target()
    target.apply(target.plan(NEW))
    assert bot.saved() == NEW
    assert target.read_back() == NEW
    assert target.plan(NEW).is_empty
    assert len(bot.writes()) == 1


def test_undo_restores_byte_for_byte(bot: HttpBot) -> None:
    before = bot.document()
    target = bot.target()
    target.undo(target.apply(target.plan(NEW)))
    assert bot.document() == before


def test_only_the_value_changes_in_a_document_of_any_look(put_bot: HttpBot) -> None:
    odd = b'{"bot":"Flow bot",  "price": 1e5, "big": 12345678901234567890123,\r\n\t"integrations": {"messenger":'
    odd += '{"ä": "\\u00e4", "secondary_receiver" : "1000000000001"}}, "ids": [1, 2.50]}\n'.encode()
    put_bot.put(odd)
    target = put_bot.target()
    applied = target.apply(target.plan(NEW))
    assert put_bot.document() == odd.replace(OLD.encode(), NEW.encode())
    target.undo(applied)
    assert put_bot.document() == odd


def test_a_missing_value_is_said_to_be_added_then_added_then_taken_out_again(world: PracticeWorld) -> None:
    for method in (Method.PUT, Method.PATCH):
        bot = http_bot(world, method)
        before = bot.document()
        target = bot.target(pointer="/integrations/handover/app_id")
        plan = target.plan(NEW)
        assert plan.adds_key
        applied = target.apply(plan)
        assert bot.settings()["integrations"]["handover"] == {"app_id": NEW}
        target.undo(applied)
        assert bot.settings() == json.loads(before) | (
            {} if method is Method.PUT else {"integrations": bot.settings()["integrations"]}
        )
        assert "app_id" not in bot.settings()["integrations"].get("handover", {})


def test_a_number_becomes_a_text_and_comes_back_as_a_number(put_bot: HttpBot) -> None:
    put_bot.put(put_bot.document().replace(b'"answer_delay_seconds": 0.5', b'"answer_delay_seconds": 12345678'))
    before = put_bot.document()
    for method in (Method.PUT, Method.PATCH):
        target = put_bot.target(method=method, pointer="/integrations/messenger/answer_delay_seconds")
        applied = target.apply(target.plan(NEW))
        assert put_bot.settings()["integrations"]["messenger"]["answer_delay_seconds"] == NEW
        target.undo(applied)
        assert put_bot.document() == before


def test_a_change_made_meanwhile_is_a_conflict_that_is_shown_and_resolved_by_a_new_plan(put_bot: HttpBot) -> None:
    target = put_bot.target()
    plan = target.plan(NEW)
    put_bot.put(put_bot.document().replace(b"Hello, I am", b"Welcome, I am"))
    assert refusal(target.apply, plan).problem is TargetProblem.CHANGED_SINCE
    assert put_bot.saved() == OLD
    target.apply(target.plan(NEW))
    assert put_bot.saved() == NEW
    assert "Welcome" in put_bot.settings()["integrations"]["messenger"]["welcome_text"]


def test_a_change_made_in_the_last_moment_is_refused_by_the_server(
    put_bot: HttpBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = put_bot.target()
    plan = target.plan(NEW)
    write = HttpWire.write

    def write_late(self: HttpWire, body: bytes, tag: str) -> None:
        put_bot.put(put_bot.document().replace(b"Hello, I am", b"Welcome, I am"))
        write(self, body, tag)

    monkeypatch.setattr(HttpWire, "write", write_late)
    assert refusal(target.apply, plan).problem is TargetProblem.CHANGED_SINCE
    assert put_bot.writes()[-1]["status"] == 412
    assert put_bot.saved() == OLD
    assert b"Welcome, I am" in put_bot.document()


def test_without_a_tag_the_document_is_compared_before_it_is_replaced(put_bot: HttpBot) -> None:
    target = put_bot.target()
    plan = replace(target.plan(NEW), tag="")
    changed = put_bot.document().replace(b"Hello, I am", b"Welcome, I am")
    put_bot.put(changed)
    put_bot.world.forget_requests()
    assert refusal(target.apply, plan).problem is TargetProblem.CHANGED_SINCE
    assert (put_bot.document(), put_bot.writes()) == (changed, [])


def test_undo_leaves_alone_what_somebody_else_has_chosen_since(bot: HttpBot) -> None:
    target = bot.target()
    applied = target.apply(target.plan(NEW))
    bot.put(bot.document().replace(NEW.encode(), b"222222222222"))
    assert refusal(target.undo, applied).problem is TargetProblem.CHANGED_SINCE
    assert bot.saved() == "222222222222"


def test_undo_keeps_what_somebody_else_changed_beside_it(bot: HttpBot) -> None:
    target = bot.target()
    applied = target.apply(target.plan(NEW))
    bot.put(bot.document().replace(b"Hello, I am", b"Welcome, I am"))
    target.undo(applied)
    assert bot.saved() == OLD
    assert b"Welcome, I am" in bot.document()


def test_a_later_run_undoes_with_the_old_value_alone(bot: HttpBot) -> None:
    before = bot.document()
    applied = bot.target().apply(bot.target().plan(NEW))
    bot.target().undo(replace(applied, before=None))
    assert bot.document() == before


def test_a_later_run_does_not_guess_what_a_missing_value_was(put_bot: HttpBot) -> None:
    target = put_bot.target(pointer="/integrations/app_id")
    applied = replace(target.apply(target.plan(NEW)), before=None)
    assert refusal(target.undo, applied).problem is TargetProblem.CANNOT_UNDO


# What goes wrong on the way


@pytest.mark.parametrize("kind", ["answer_lost", "http_500", "reset", "truncated"])
def test_after_any_trouble_with_the_write_the_value_is_there_once_it_is_said_to_be(bot: HttpBot, kind: str) -> None:
    target = bot.target()
    plan = target.plan(NEW)
    bot.world.fault(f"{bot.api.method} platform/settings", kind)
    target.apply(plan)
    assert bot.saved() == NEW
    assert len(bot.writes()) <= 2


def test_a_write_is_sent_twice_at_most_and_what_stands_there_is_known(bot: HttpBot) -> None:
    target = bot.target()
    plan = target.plan(NEW)
    bot.world.fault(f"{bot.api.method} platform/settings", "http_500", times=None)
    assert refusal(target.apply, plan).problem is TargetProblem.SERVER_TROUBLE
    assert len(bot.writes()) == 2
    assert bot.saved() == OLD


@pytest.mark.parametrize("call", ["GET", "PUT"])
@pytest.mark.parametrize("kind", ["reset", "answer_lost", "http_500", "html", "truncated"])
def test_a_trouble_at_any_request_leaves_old_or_new_and_never_a_mixture(put_bot: HttpBot, call: str, kind: str) -> None:
    old, allowed = put_bot.document(), {OLD, NEW}
    for every in (1, 2, 3):
        target = put_bot.target()
        put_bot.world.fault(f"{call} platform/settings", kind, times=None, every=every)
        with contextlib.suppress(TargetError):
            target.apply(target.plan(NEW))
        put_bot.world.forget_faults()
        assert put_bot.document().replace(NEW.encode(), OLD.encode()) == old
        assert put_bot.saved() in allowed
        put_bot.put(old)


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ({"code": 401}, TargetProblem.LOGIN_REFUSED),
        ("refuse", TargetProblem.LOGIN_REFUSED),
        ({"code": 404}, TargetProblem.NOT_THERE),
        ({"code": 405}, TargetProblem.METHOD_REFUSED),
        ({"code": 407}, TargetProblem.NO_CONNECTION),
        ({"code": 409}, TargetProblem.CONFLICT),
        ({"code": 412}, TargetProblem.CHANGED_SINCE),
        ({"code": 422}, TargetProblem.SERVER_REFUSED),
        ({"code": 302}, TargetProblem.REDIRECTED),
        ({"code": 307}, TargetProblem.REDIRECTED),
        ("throttled", TargetProblem.SERVER_BUSY),
    ],
)
def test_a_refused_write_is_said_sent_once_and_changes_nothing(
    put_bot: HttpBot, kind: Any, problem: TargetProblem
) -> None:
    target = put_bot.target()
    plan, before = target.plan(NEW), put_bot.document()
    put_bot.world.fault("PUT platform/settings", kind)
    assert refusal(target.apply, plan).problem is problem
    assert (put_bot.document(), len(put_bot.writes())) == (before, 1)


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ({"code": 401}, TargetProblem.LOGIN_REFUSED),
        ({"code": 404}, TargetProblem.NOT_THERE),
        ({"code": 301}, TargetProblem.REDIRECTED),
        ("http_500", TargetProblem.SERVER_TROUBLE),
        ("html", TargetProblem.NOT_JSON),
        ("truncated", TargetProblem.NOT_JSON),
        ("reset", TargetProblem.NO_CONNECTION),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_sent(put_bot: HttpBot, kind: Any, problem: TargetProblem) -> None:
    put_bot.world.fault("GET platform/settings", kind, times=None)
    trouble = refusal(put_bot.target().plan, NEW)
    assert trouble.problem is problem
    assert trouble.path == put_bot.api.where
    assert put_bot.writes() == []


def test_a_read_is_repeated_where_that_may_help(put_bot: HttpBot) -> None:
    put_bot.world.fault("GET platform/settings", ["reset", "http_500"], times=2)
    assert put_bot.target().plan(NEW).changes
    assert len(put_bot.world.requests()) == 3


def test_a_server_that_asks_to_wait_is_quoted(put_bot: HttpBot) -> None:
    put_bot.world.fault("GET platform/settings", "throttled", minutes=7)
    with pytest.raises(TargetError) as raised:
        put_bot.target().plan(NEW)
    assert words.said_of(raised.value).action == "Wait 7 minutes, then try again."


def test_a_server_that_says_nothing_is_not_waited_for_for_ever() -> None:
    with silent_server() as url:
        cancel = CancelToken()
        target = HttpTarget(Api(url, pointer="/a", private_ok=True), None, cancel)
        timer = threading.Timer(0.5, cancel.cancel)
        timer.start()
        with pytest.raises(Cancelled):
            target.plan(NEW)
        timer.join()


def test_a_server_that_is_not_there_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/settings"
        target = HttpTarget(Api(url, pointer="/a", private_ok=True), None, CancelToken())
        assert refusal(target.plan, NEW).problem is TargetProblem.NO_CONNECTION


@contextmanager
def silent_server() -> Iterator[str]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/settings"


# Keys and addresses


def test_the_key_travels_in_its_header_and_nowhere_else(put_bot: HttpBot) -> None:
    put_bot.target().plan(NEW)
    (call,) = put_bot.world.requests()
    assert call["token_in"] == "header"
    assert put_bot.key not in json.dumps(put_bot.world.requests())
    assert put_bot.key not in repr(put_bot.target().plan(NEW))


def test_a_missing_and_a_wrong_key_are_told_apart(put_bot: HttpBot) -> None:
    def trouble(key: Secret | None) -> TargetProblem:
        return refusal(HttpTarget(put_bot.api, key, CancelToken()).plan, NEW).problem

    assert trouble(None) is TargetProblem.NO_SECRET
    assert trouble(Secret("wrong")) is TargetProblem.LOGIN_REFUSED
    assert trouble(Secret("two\nlines")) is TargetProblem.BAD_SECRET


def test_an_address_on_a_private_network_is_not_called_before_the_person_agreed(put_bot: HttpBot) -> None:
    assert refusal(put_bot.target(private_ok=False).plan, NEW).problem is TargetProblem.PRIVATE_ADDRESS
    assert put_bot.world.requests() == []


def test_a_name_that_leads_into_a_private_network_is_seen_before_anything_is_sent(
    put_bot: HttpBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = urlsplit(put_bot.api.url).port
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *arguments, **options: here)  # there is no name service here
    target = put_bot.target(private_ok=False, url=f"https://bot.example:{port}/settings")
    assert refusal(target.plan, NEW).problem is TargetProblem.PRIVATE_ADDRESS
    assert put_bot.world.requests() == []


# What cannot be meant


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ('{"bot": "Flow bot", "a": {"b": {}}}', "/a/b"),
        ('{"bot": "Flow bot", "a": ["x"]}', "/a/7"),
        ('{"bot": "Flow bot", "a": ["x"]}', "/a"),
        ('{"bot": "Flow bot", "a": "x"}', "/a/b"),
        ('{"bot": "Flow bot", "a": "1", "a": "2"}', "/a"),
    ],
)
def test_where_no_value_can_stand_nothing_is_sent(put_bot: HttpBot, document: str, pointer: str) -> None:
    put_bot.put(document.encode())
    put_bot.world.forget_requests()
    assert refusal(put_bot.target(pointer=pointer).plan, NEW).problem is TargetProblem.NOT_AT_POINTER
    assert put_bot.writes() == []


def test_a_value_in_a_list_is_written_by_put_and_refused_for_patch(put_bot: HttpBot) -> None:
    put_bot.put(b'{"bot": "Flow bot", "apps": [{"id": "1000000000001"}]}')
    trouble = refusal(put_bot.target(method=Method.PATCH, pointer="/apps/0/id").plan, NEW)
    assert trouble.problem is TargetProblem.PATCH_IN_LIST
    target = put_bot.target(pointer="/apps/0/id")
    target.apply(target.plan(NEW))
    assert put_bot.settings()["apps"] == [{"id": NEW}]


def test_a_key_or_a_token_is_never_replaced(put_bot: HttpBot) -> None:
    put_bot.put(b'{"bot": "Flow bot", "api_key": "1000000000001", "x": "EAAGabcdefghijkl"}')
    for pointer in ("/api_key", "/x"):
        assert refusal(put_bot.target(pointer=pointer).plan, NEW).problem is TargetProblem.LOOKS_SECRET


def test_without_a_way_to_the_value_it_is_sent_and_said_that_nobody_can_see_it(put_bot: HttpBot) -> None:
    target = put_bot.target(method=Method.POST, pointer="", template=TEMPLATE)
    plan = target.plan(NEW)
    assert plan.is_blind
    assert put_bot.world.requests() == []
    applied = target.apply(plan)
    assert put_bot.saved() == NEW
    assert target.read_back() is None
    assert not applied.can_undo
    assert refusal(target.undo, applied).problem is TargetProblem.CANNOT_UNDO


@pytest.mark.parametrize(
    ("api", "problem"),
    [
        (Api(""), TargetProblem.NO_ADDRESS),
        (Api("bot.example/settings"), TargetProblem.BAD_ADDRESS),
        (Api("ftp://bot.example/settings"), TargetProblem.BAD_ADDRESS),
        (Api("https://bot.example/a b"), TargetProblem.BAD_ADDRESS),
        (Api("https://bot.example:99999/"), TargetProblem.BAD_ADDRESS),
        (Api("http://bot.example/settings"), TargetProblem.INSECURE_ADDRESS),
        (Api("https://kim:geheim@bot.example/settings"), TargetProblem.INSECURE_ADDRESS),
        (Api("https://bot.example/settings?access_token=abc"), TargetProblem.SECRET_IN_ADDRESS),
        (Api("https://bot.example/settings?x=EAAGabcdefghijkl"), TargetProblem.SECRET_IN_ADDRESS),
        *(
            (Api(f"https://bot.example/{place}"), TargetProblem.SECRET_IN_ADDRESS)
            for place in (
                *(
                    f"settings?{name}={KEY}"
                    for name in ("key", "k", "sig", "auth", "pwd", "code", "apiKey", "x", "q[a]")
                ),
                *(f"settings?{name}=hunter2" for name in ("key", "k", "sig", "auth", "pwd", "code", "password")),
                *(f"{place}{key}" for place in ("bots/", "settings?x=") for key in KEYS_IN_SMALL_LETTERS),
                *(f"{KEY}/settings", f"settings?{KEY}", f"EAAG{'x1' * 40}/settings", f"bots/my_EAAG{'x1' * 40}"),
                *(f"914602738451926%7C{'a1' * 12}/x", f"{'0f9e8d7c' * 8}/settings", f"settings?x=%45AAG{'x1' * 40}"),
            )
        ),
        (Api(f"https://bot.example/settings#{KEY}"), TargetProblem.BAD_ADDRESS),
        (Api("https://bot.example/settings#hunter2"), TargetProblem.BAD_ADDRESS),
        (Api("https://bot.example/settings"), TargetProblem.NO_KEY),
        (Api("https://bot.example/settings", pointer="a/b"), TargetProblem.BAD_POINTER),
        (Api("https://bot.example/settings", pointer="/a~2"), TargetProblem.BAD_POINTER),
        (Api("https://bot.example/settings", template='{"a": {app_id}}'), TargetProblem.BAD_TEMPLATE),
        (Api("https://bot.example/settings", template='{"a": "1"}'), TargetProblem.BAD_TEMPLATE),
        (Api("https://bot.example/settings", pointer="/a", header="X Key"), TargetProblem.BAD_HEADER),
        (Api("https://bot.example/settings", pointer="/a", header="Host"), TargetProblem.BAD_HEADER),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_sent(api: Api, problem: TargetProblem) -> None:
    trouble = refusal(api.check)
    assert trouble.problem is problem
    assert "geheim" not in repr(trouble)
    assert KEY not in repr(trouble)
    assert "x1x1" not in repr(trouble)


@pytest.mark.parametrize(
    "place",
    [
        "bots/3fa85f64-5717-4562-b3fc-2c963f66afa6/settings",
        "bots/3fa85f6457174562b3fc2c963f66afa6/settings",
        "bots/914602738451926/handover",
        "v2/Workspaces/Lumen-Coffee-2026/settings",
        "settings?key=secondary_receiver&code=nl&lang=de",
        "settings?bot=12&monkey=grey&q=handover%20settings",
    ],
)
def test_an_address_that_names_a_bot_or_a_setting_is_none_with_a_key(place: str) -> None:
    Api(f"https://bot.example/{place}", pointer="/a").check()


def test_an_address_keeps_its_query_and_shows_none(put_bot: HttpBot) -> None:
    api = replace(put_bot.api, url=put_bot.api.url + "?bot=12")
    api.check()
    assert api.where == put_bot.api.url
    assert HttpTarget(api, Secret(put_bot.key), CancelToken()).plan(NEW).where == put_bot.api.url
