"""Keys, addresses and places of a settings API: what cannot be meant is refused before anything is sent."""

import json
import socket
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from tests.targets.http_bot import NEW, TEMPLATE, HttpBot, refusal
from wizard.core.cancel import CancelToken
from wizard.core.secret import Secret
from wizard.core.target import TargetProblem
from wizard.targets.http_api import HttpTarget
from wizard.targets.http_shape import Api, Method

KEY = "sk_live_9aF3kQ7mZ2xV8bN4"
KEYS_IN_SMALL_LETTERS = (  # known by their beginnings alone
    *("pk_live_abcdefghijkl", "rk_test_abcdefghijkl", "sk_live_abcdefghijkl", "ghp_abcdefghijklmnopqrst"),
    *("xoxb-abcdefghijklm", "glpat-abcdefghijklm", "AKIAABCDEFGHIJKL", "AIzaabcdefghijklmnopqrst", "eyJhbgcioijiuzi"),
)


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
