"""Settings APIs as they are in life: nothing of anybody's is lost, and nothing is said that was not seen."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.targets.odd_server import OddApi, odd_api
from wizard.core.cancel import CancelToken
from wizard.core.target import SentUnconfirmed, TargetChoice, TargetError, TargetProblem
from wizard.core.world import World
from wizard.targets.choose import target_for
from wizard.targets.http_api import HttpTarget
from wizard.targets.http_shape import Api, Method
from wizard.targets.presets import load_presets
from wizard.words import targets as words

NEW = "538127490663815"
TEMPLATE = '{"app_id": "{app_id}"}'


def target(api: OddApi, method: str = "PUT", template: str = "", pointer: str = "/app_id") -> HttpTarget:
    return HttpTarget(Api(api.url, Method(method), pointer, template, private_ok=True), None, CancelToken())


def refused(action: Any, *arguments: Any) -> TargetError:
    with pytest.raises(TargetError) as raised:
        action(*arguments)
    assert words.said_of(raised.value).action
    return raised.value


@pytest.mark.parametrize("tag", ["", 'W/"1"', '"1"', '"\u00e4"', "1"])
def test_a_server_that_passes_over_tags_loses_nobodys_change(tag: str) -> None:
    with odd_api({"app_id": "1", "greeting": "old"}, tag=tag) as api:
        plan = target(api).plan(NEW)
        api.document["greeting"] = "by a colleague"
        assert refused(target(api).apply, plan).problem is TargetProblem.CHANGED_SINCE
        assert api.document == {"app_id": "1", "greeting": "by a colleague"}
        target(api).apply(target(api).plan(NEW))
        assert api.document == {"app_id": NEW, "greeting": "by a colleague"}


def test_a_weak_tag_is_not_sent_back_for_a_server_would_refuse_it_for_ever() -> None:
    with odd_api({"app_id": "1"}, tag='W/"1"', honours=True) as api:
        target(api).apply(target(api).plan(NEW))
        assert api.document == {"app_id": NEW}
        assert "if-match" not in api.headers[-1]
        assert api.headers[-1]["accept-encoding"] == "identity"


@pytest.mark.parametrize("old", [None, 12345, True, "text", 1.5])
@pytest.mark.parametrize(("method", "template"), [("PUT", ""), ("PATCH", ""), ("POST", TEMPLATE)])
@pytest.mark.parametrize("is_later", [False, True])
def test_undo_puts_back_what_stood_there_and_not_a_text_that_looks_like_it(
    old: object, method: str, template: str, is_later: bool
) -> None:
    with odd_api({"app_id": old}) as api:
        applied = target(api, method, template).apply(target(api, method, template).plan(NEW))
        target(api, method, template).undo(replace(applied, before=None) if is_later else applied)
        assert api.document == ({} if old is None and method == "PATCH" else {"app_id": old})


def test_a_lone_half_of_a_character_is_shown_written_over_and_put_back() -> None:
    with odd_api({"app_id": "\ud800"}) as api:
        plan = target(api).plan(NEW)
        assert '"\\ud800"' in plan.diff
        target(api).undo(target(api).apply(plan))
        assert api.document == {"app_id": "\ud800"}


def test_a_server_that_keeps_the_id_as_a_number_has_it() -> None:
    with odd_api({"app_id": 1}, coerces=True) as api:
        target(api).apply(target(api).plan(NEW))
        assert api.document == {"app_id": int(NEW)}
        assert target(api).read_back() == NEW
        assert target(api).plan(NEW).is_empty


@pytest.mark.parametrize("what", ["status", "value"])
def test_a_write_that_cannot_be_seen_is_not_said_to_have_failed(what: str) -> None:
    def after(api: OddApi) -> None:
        if what == "status":
            api.get_status = 503
        else:
            api.document = {"app_id": "2"}

    with odd_api({"app_id": "1"}, after_write=after) as api:
        error = refused(target(api).apply, target(api).plan(NEW))
        assert isinstance(error, SentUnconfirmed)
        assert "was sent to" in words.said_of(error).text


def test_a_write_whose_answer_tells_nothing_and_that_cannot_be_looked_up_is_unconfirmed() -> None:
    def after(api: OddApi) -> None:
        api.get_status = 404

    with odd_api({"app_id": "1"}, put_status=500, after_write=after) as api:
        assert isinstance(refused(target(api).apply, target(api).plan(NEW)), SentUnconfirmed)
        assert len(api.writes) == 1


def test_what_nobody_can_read_is_not_sent_twice_without_a_look() -> None:
    with odd_api({"app_id": "1"}, put_status=500) as api:
        blind = target(api, "POST", TEMPLATE, pointer="")
        error = refused(blind.apply, blind.plan(NEW))
        assert error.problem is TargetProblem.ANSWER_LOST_BLIND
        assert "before you send it again" in words.said_of(error).action
        assert len(api.writes) == 1


def test_undo_keeps_what_changed_between_our_write_and_our_look() -> None:
    def after(api: OddApi) -> None:
        api.document["greeting"] = "by a colleague"

    with odd_api({"app_id": "1", "greeting": "old"}, after_write=after) as api:
        applied = target(api).apply(target(api).plan(NEW))
        api.after_write = lambda api: None
        target(api).undo(applied)
        assert api.document == {"app_id": "1", "greeting": "by a colleague"}


def test_undo_sends_the_documents_present_number_and_not_the_old_one() -> None:
    def after(api: OddApi) -> None:
        api.document["version"] += 1

    with odd_api({"app_id": "1", "version": 7}, after_write=after) as api:
        target(api).undo(target(api).apply(target(api).plan(NEW)))
        assert json.loads(api.writes[-1]) == {"app_id": "1", "version": 8}


def test_undo_goes_nowhere_but_where_it_was_written() -> None:
    with odd_api({"app_id": "1"}) as api, odd_api({"app_id": NEW}) as other:
        applied = target(api).apply(target(api).plan(NEW))
        assert refused(target(other).undo, applied).problem is TargetProblem.CANNOT_UNDO
        assert other.writes == []


def test_a_document_that_is_too_big_is_refused_before_it_takes_minutes() -> None:
    with odd_api({"app_id": "1", "x": "y" * 1_100_000}) as api:
        assert refused(target(api).plan, NEW).problem is TargetProblem.TOO_BIG


@pytest.mark.parametrize("document", [{"app_id": "1", "x": float("nan")}, {"app_id": "1", "x": None}])
def test_json_that_only_some_readers_take_is_called_that(document: dict[str, object]) -> None:
    if document["x"] is None:
        deep: object = 1
        for _level in range(150):
            deep = [deep]
        document = {**document, "x": deep}
    with odd_api(document) as api:
        assert refused(target(api).plan, NEW).problem is TargetProblem.NOT_JSON


# Addresses


@pytest.mark.parametrize(
    "url",
    [
        "https://bot..example/x",
        "https://.example.com/",
        "https://*.example.com/",
        f"https://{'a' * 64}.example/",
        "https://a.b\u3002c/",
        "https://evil.invalid\\.graph.example/x",
        "http://127.0.0.1:1\\[::1]/settings",
        "https://bot.example:port/",
        "https://[::1/",
    ],
)
def test_an_address_that_readers_differ_about_is_refused_before_anything_is_sent(url: str) -> None:
    problem = refused(Api(url, pointer="/a").check).problem
    assert problem in (TargetProblem.BAD_ADDRESS, TargetProblem.INSECURE_ADDRESS)
    # And by the part that sends, whoever asks it to.
    error = refused(HttpTarget(Api(url, pointer="/a", private_ok=True), None, CancelToken()).plan, NEW)
    assert error.problem is TargetProblem.INSECURE_ADDRESS


def test_a_key_in_the_template_is_refused_for_a_template_is_shown_and_sent_to_support() -> None:
    for template in (
        '{"api_key": "sk-live", "app_id": "{app_id}"}',
        '{"a": [{"x": "EAAGabcdefghijkl"}], "b": "{app_id}"}',
    ):
        api = Api("https://bot.example/", Method.POST, template=template)
        assert refused(api.check).problem is TargetProblem.SECRET_IN_TEMPLATE


def test_a_method_of_a_newer_program_is_refused_and_no_crash(tmp_path: Path) -> None:
    choice = TargetChoice("http", key="/a", url="https://bot.example/", method="DELETE")
    error = refused(target_for, choice, load_presets(), World(), tmp_path)
    assert error.problem is TargetProblem.UNKNOWN_METHOD
