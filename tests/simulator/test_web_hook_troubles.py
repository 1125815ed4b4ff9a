"""Web hooks that go wrong, on purpose or because of the bot: the world stays up and says what happened."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from tests.simulator.callbacks import VERIFY_TOKEN, BotCallback, bot_callback, connected
from tests.simulator.world import PracticeWorld, request

pytestmark = pytest.mark.slow  # waits for callbacks that never answer


@pytest.fixture
def bot(practice: PracticeWorld) -> Iterator[BotCallback]:
    with connected(practice, "primary", batch=1) as callback:
        yield callback


def outcomes(practice: PracticeWorld, outcome: str) -> list[dict[str, Any]]:
    return [attempt for attempt in practice.hooks_sent() if attempt["outcome"] == outcome]


def test_a_lost_web_hook_never_comes_and_the_next_one_does(practice: PracticeWorld, bot: BotCallback) -> None:
    practice.trouble("primary", "lost")
    practice.customer_writes("one")
    practice.customer_writes("two")
    bot.wait_for(1)
    assert practice.hooks_done()
    assert bot.texts == ["two"]
    assert [attempt["problem"] for attempt in outcomes(practice, "lost")] == ["lost on purpose"]


def test_a_web_hook_comes_twice(practice: PracticeWorld, bot: BotCallback) -> None:
    practice.trouble("primary", "twice")
    practice.customer_writes("one")
    practice.customer_writes("two")
    bot.wait_for(3)
    assert bot.texts == ["one", "one", "two"]


def test_a_wrong_signature_is_wrong_in_both_headers(practice: PracticeWorld, bot: BotCallback) -> None:
    practice.trouble("primary", "wrong_signature")
    practice.customer_writes("one")
    practice.customer_writes("two")
    bot.wait_for(2)
    assert [hook.is_signed for hook in bot.hooks] == [False, True]
    assert [hook.is_signed_old for hook in bot.hooks] == [False, True]


def test_a_late_web_hook_waits_for_the_clock_of_the_world(practice: PracticeWorld, bot: BotCallback) -> None:
    practice.trouble("primary", "late", seconds=3600)
    practice.customer_writes("late")
    practice.customer_writes("behind it", psid=practice.tester)
    practice.customer_writes("of somebody else", psid=practice.customer)
    bot.wait_for(1)
    assert bot.texts == ["of somebody else"]
    practice.clock(3601)
    bot.wait_for(3)
    assert bot.texts == ["of somebody else", "late", "behind it"]


def test_a_failed_web_hook_is_sent_again_with_growing_waits(practice: PracticeWorld, bot: BotCallback) -> None:
    bot.answer = lambda number: 500 if number < 4 else 200
    practice.customer_writes("please")
    practice.wait_until_sent("failed", 2)  # at once, and once more
    for tries, seconds in ((3, 3), (4, 16)):
        practice.clock(seconds)
        practice.wait_until_sent("failed", tries)
    practice.clock(61)
    assert practice.hooks_done()
    assert bot.texts == ["please"] * 5
    assert [attempt["status"] for attempt in outcomes(practice, "failed")] == [500] * 4
    assert len(outcomes(practice, "delivered")) == 1


def test_a_web_hook_is_given_up_after_a_day_and_a_half(practice: PracticeWorld, bot: BotCallback) -> None:
    bot.answer = lambda _number: 503
    practice.customer_writes("please")
    for tries in range(2, 11):
        practice.wait_until_sent("failed", tries)
        practice.clock(15 * 3600)
    assert practice.hooks_done()
    assert len(outcomes(practice, "given_up")) == 1
    bot.answer = lambda _number: 200
    practice.customer_writes("again")
    bot.wait_for(12)
    assert bot.texts[-1] == "again"


def test_what_a_bot_missed_while_it_was_down_comes_in_order(practice: PracticeWorld) -> None:
    with bot_callback() as bot:
        taken = bot.url
    practice.connect("primary", taken, VERIFY_TOKEN, verify="later")
    try:
        practice.customer_writes("one")
        practice.customer_writes("two")
        practice.wait_until_sent("failed")
        assert practice.callbacks()[practice.app("primary")]["reason"] == "nobody listens there"
        with bot_callback(port=int(taken.split(":")[2].split("/")[0])) as back:
            practice.customer_writes("three")
            back.wait_for(3)
            assert back.texts == ["one", "two", "three"]
    finally:
        practice.disconnect("primary")


def test_the_order_of_a_conversation_holds_whatever_fails(practice: PracticeWorld, bot: BotCallback) -> None:
    bot.answer = lambda number: 500 if number % 3 == 1 else 200
    for number in range(30):
        practice.customer_writes(str(number))
        practice.customer_writes(f"other {number}", psid=practice.customer)
    for _ in range(40):
        if practice.hooks_done(0.3):
            break
        practice.clock(10)
    received: dict[str, list[str]] = {}
    for _channel, item in bot.items:
        texts = received.setdefault(item["sender"]["id"], [])
        if item["message"]["text"] not in texts:
            texts.append(item["message"]["text"])
    assert received[practice.tester] == [str(number) for number in range(30)]
    assert received[practice.customer] == [f"other {number}" for number in range(30)]


def test_what_waits_comes_in_one_request_with_an_entry_each(practice: PracticeWorld) -> None:
    with connected(practice, "primary") as bot:
        came, gate = threading.Event(), threading.Event()

        def wait_at_first(number: int) -> int:
            if number == 0:
                came.set()
                gate.wait(4)
            return 200

        bot.answer = wait_at_first
        practice.customer_writes("one")
        assert came.wait(10)
        practice.customer_writes("two")
        practice.customer_writes("three")
        gate.set()
        bot.wait_for(3)
    assert [len(hook.body["entry"]) for hook in bot.hooks] == [1, 2]
    assert all(len(entry["messaging"]) == 1 for hook in bot.hooks for entry in hook.body["entry"])


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        ((301, {"Location": "http://127.0.0.1:9/"}), 301, "redirects"),
        ((404, {}), 404, "HTTP 404"),
        ((500, {}), 500, "HTTP 500"),
    ],
)
def test_a_callback_that_does_not_take_it_is_written_down(
    practice: PracticeWorld, bot: BotCallback, answer: Any, status: int, words: str
) -> None:
    bot.answer = lambda _number: answer
    practice.customer_writes("hello")
    attempt = practice.wait_until_sent("failed")
    assert (attempt["status"], words in attempt["problem"]) == (status, True)
    assert practice.world()["scenario"] == "happy-routing"


def test_a_callback_that_never_answers_holds_up_nobody(practice: PracticeWorld) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        practice.connect("primary", url, VERIFY_TOKEN, verify="later")
        try:
            practice.customer_writes("hello")
            assert practice.graph("GET", "me").status == 200
            attempt = practice.wait_until_sent("failed")
            assert attempt["problem"] == "no answer within 5 seconds"
        finally:
            practice.disconnect("primary")


def test_a_callback_that_answers_byte_by_byte_holds_up_nobody(practice: PracticeWorld) -> None:
    ended = threading.Event()

    def drip(listening: socket.socket) -> None:
        connection = listening.accept()[0]
        with connection, suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not ended.wait(0.2):
                connection.sendall(b"y")

    with socket.create_server(("127.0.0.1", 0)) as slow, bot_callback() as better:
        threading.Thread(target=drip, args=(slow,), daemon=True).start()
        practice.connect("primary", f"http://127.0.0.1:{slow.getsockname()[1]}/", VERIFY_TOKEN, verify="later")
        try:
            practice.customer_writes("hello")
            assert practice.wait_until_sent("failed")["problem"] == "no answer within 5 seconds"
            practice.connect("primary", better.url, VERIFY_TOKEN)
            practice.customer_writes("hello again")
            better.wait_for(1)
        finally:
            ended.set()
            practice.disconnect("primary")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://lumen.example/webhook", "--allow-host lumen.example"),
        ("http://169.254.169.254/latest", "is not this machine"),
        ("http://127.0.0.1.example/", "is not this machine"),
        ("http://user@127.0.0.1:5000/", "no user name"),
        ("http://127.0.0.1:99999/", "cannot be"),
        ("ftp://127.0.0.1/", "http:// or https://"),
        ("/webhook", "http:// or https://"),
        ("http://127.0.0.1:5000/web hook", "without spaces"),
        ("http://127.0.0.1:9/", "nobody listens there"),
    ],
)
def test_an_address_that_cannot_be_a_callback_is_refused(practice: PracticeWorld, url: str, words: str) -> None:
    reply = practice.try_connect("primary", url, VERIFY_TOKEN)
    assert reply.status == 400
    assert words in reply.json()["error"]
    assert practice.callbacks() == {}


def test_a_callback_must_give_the_challenge_back(practice: PracticeWorld) -> None:
    with bot_callback() as bot:
        assert "HTTP 403" in practice.try_connect("primary", bot.url, "another token").json()["error"]
        bot.challenge = lambda text: (200, f"<p>{text}</p>")
        assert "something else" in practice.try_connect("primary", bot.url, VERIFY_TOKEN).json()["error"]
        bot.challenge = lambda _text: (302, "")
        assert "redirects" in practice.try_connect("primary", bot.url, VERIFY_TOKEN).json()["error"]


def test_https_that_is_none_is_told(practice: PracticeWorld) -> None:
    with bot_callback() as bot:
        told = practice.try_connect("primary", bot.url.replace("http:", "https:"), VERIFY_TOKEN).json()["error"]
    assert "it does not speak https" in told


def test_two_apps_cannot_have_one_callback(practice: PracticeWorld, bot: BotCallback) -> None:
    reply = practice.try_connect("secondary", bot.url, VERIFY_TOKEN)
    assert reply.status == 400
    assert "Flow bot" in reply.json()["error"]
    assert "already" in reply.json()["error"]
    other_name = bot.url.replace("127.0.0.1", "localhost")
    assert "already" in practice.try_connect("secondary", other_name, VERIFY_TOKEN).json()["error"]
    assert "no app" in practice.try_connect("nobody", bot.url, VERIFY_TOKEN).json()["error"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("webhooks", b"{"),
        ("webhooks", b"[" * 5000),
        ("webhooks", b'{"app": "primary"}'),
        ("webhooks", b'{"app": "primary", "url": "http://127.0.0.1:1/", "batch": 0}'),
        ("webhooks/troubles", b'{"app": "primary", "kind": "eaten"}'),
        ("webhooks/troubles", b'{"app": "third", "kind": "lost"}'),
        ("customer", b"{}"),
        ("customer", b'{"text": ""}'),
        ("customer", b'{"attachment": {"type": "image", "url": "file:///etc/passwd"}}'),
        ("customer", b'{"psid": "12345", "text": "hi"}'),
        ("customer", b'{"psid": "../../etc", "text": "hi"}'),
        ("customer", b'{"press": "No such button"}'),
    ],
)
def test_a_mistake_told_to_the_control_address_is_named(practice: PracticeWorld, path: str, body: bytes) -> None:
    reply = request("POST", f"{practice.control_url}/{path}", body=body)
    assert reply.status == 400
    assert reply.json()["error"]


def test_a_change_of_scenario_keeps_the_callback_and_drops_what_waits(
    practice: PracticeWorld, bot: BotCallback
) -> None:
    bot.answer = lambda _number: 500
    practice.customer_writes("old")
    bot.wait_for(2)
    practice.scenario("happy-routing")
    bot.answer = lambda _number: 200
    practice.customer_writes("new")
    bot.wait_for(3)
    assert practice.hooks_done()
    assert bot.texts == ["old", "old", "new"]


def test_a_change_of_roles_is_told_on_a_legacy_page(running_practice: PracticeWorld) -> None:
    practice = running_practice.scenario("happy-legacy")
    with connected(practice, "third") as bot:
        form = [("primary_receiver", practice.app("third")), ("secondary_receiver", practice.app("secondary"))]
        request("POST", f"{practice.start['facebook_url']}/settings/receivers", form=form)
        ((channel, item),) = bot.wait_for(1)
    assert channel == "messaging"
    assert item["app_roles"] == {practice.app("third"): ["primary_receiver"]}
    assert "sender" not in item
