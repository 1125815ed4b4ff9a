"""A settings API that cannot be reached, answers nonsense or loses answers: what stands there then is known."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.targets.http_bot import NEW, OLD, HttpBot, refusal
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.target import TargetError, TargetProblem
from wizard.targets.http_api import HttpTarget
from wizard.targets.http_shape import Api
from wizard.words import targets as words


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
