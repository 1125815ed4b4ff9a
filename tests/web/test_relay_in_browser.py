"""The page that sends on in a real browser: what arrives at the listener, and what of it the browser tells or keeps."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode

import pytest

from tests.report.browser import Reader, reader
from tests.simulator.world import PracticeWorld
from tests.waiting import wait_until
from wizard.core.cancel import CancelToken
from wizard.core.log_in import State
from wizard.web.listener import LogInListener

pytestmark = pytest.mark.slow
TOKEN = "EAAG" + "x9Zk" * 40


@pytest.fixture(scope="module")
def browser() -> Iterator[Reader]:
    with reader() as opened:
        yield opened


@dataclass
class Caught:
    """A program that waits at a port in the listener's place, and shows what a browser really sends."""

    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@pytest.fixture
def catcher() -> Iterator[tuple[Caught, int]]:
    caught = Caught()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            caught.paths.append(self.path)
            caught.headers.append({name.lower(): value for name, value in self.headers.items()})
            caught.bodies.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(200)
            self.send_header("Content-Length", "4")
            self.end_headers()
            self.wfile.write(b"done")

        def log_message(self, *_what: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield caught, server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("mark", ["#", "?"], ids=["fragment", "query"])
def test_the_token_goes_in_the_body_and_the_referrer_says_nothing(
    browser: Reader, world: PracticeWorld, catcher: tuple[Caught, int], mark: str
) -> None:
    caught, port = catcher
    state = State(port).text
    browser.open(f"{world.start['relay_url']}/{mark}{urlencode({'access_token': TOKEN, 'state': state})}")
    wait_until(lambda: browser.asks("document.body?.innerText") == "done", "the answer in the browser")
    (headers,), (body,) = caught.headers, caught.bodies
    assert caught.paths == ["/in"]
    assert parse_qs(parse_qs(body)["fragment" if mark == "#" else "query"][0])["access_token"] == [TOKEN]
    assert "referer" not in headers
    assert headers["origin"] == "null"
    assert TOKEN not in str(headers)
    assert not [each for each in browser.complaints() if "Security Policy" in each], "its own rules allow what it does"


def test_the_listener_takes_what_the_browser_hands_on_and_shows_that_it_is_done(
    browser: Reader, world: PracticeWorld
) -> None:
    with LogInListener(lambda is_done: "<p>done" if is_done else "<p>not ours") as listener:
        answer = urlencode({"access_token": TOKEN, "state": listener.state.text})
        browser.open(f"{world.start['relay_url']}/#{answer}")
        wait_until(lambda: browser.asks("document.body?.innerText") == "done", "the answer in the browser")
        assert listener.wait(CancelToken(), 5) == {"access_token": TOKEN}
        assert TOKEN not in str(browser.asks("location.href")) + str(browser.asks("document.documentElement.innerHTML"))
        assert browser.asks("document.referrer") == ""


@pytest.mark.parametrize("state", ["", "x", "x" * 43 + ".80", "x" * 43 + ".70000", "x" * 43 + ".8080/../evil"])
def test_what_is_no_state_of_ours_is_handed_to_nobody(browser: Reader, world: PracticeWorld, state: str) -> None:
    browser.open("about:blank")  # another fragment alone is no new page
    browser.open(f"{world.start['relay_url']}/#{urlencode({'access_token': TOKEN, 'state': state})}")
    assert "There is no log-in to hand on." in browser.asks("document.body.innerText")
    assert len(browser.requests()) == 1
