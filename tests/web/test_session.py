"""One HTTP session against servers that misbehave: every call ends, says the right kind, and leaks nothing."""

import gzip
import socket
import ssl
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import truststore

from tests.web.server import Behaviour, Rude, answering, dripping, reply, resetting, rude_server, silent
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.errors import ErrorKind, WizardError
from wizard.core.secret import Secret
from wizard.web.session import HttpReply, HttpSession, Limits

TOKEN = "EAATOKENx1y2z3" + "q" * 60
SHORT = Limits(connect=1.0, read=0.6, size=64 * 1024)
OK = b'{"id":"1"}'


def send(address: str, method: str = "GET", limits: Limits = SHORT, cancel: CancelToken | None = None) -> HttpReply:
    headers = {"Authorization": Secret(f"Bearer {TOKEN}")}
    form = {"access_token": Secret(TOKEN)} if method == "POST" else None
    with HttpSession(cancel or CancelToken(), limits) as session:
        return session.send(method, address, call=f"{method} me", headers=headers, form=form)


def kind_of(call: Callable[[], object]) -> ErrorKind:
    """Return the kind of trouble, after looking that nothing of the token is in what was raised."""
    with pytest.raises(WizardError) as raised:
        call()
    shown = "".join(traceback.format_exception(raised.value))
    assert TOKEN not in shown + repr(raised.value) + str(raised.value) + repr(raised.value.failure)
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None
    return raised.value.kind


def test_a_reply_comes_whole_with_lower_case_headers() -> None:
    with rude_server(answering(OK, "200 OK", "Date: Sun, 22 Nov 2026 10:00:00 GMT")) as rude:
        answer = send(rude.address + "/v26.0/me")
        assert (answer.status, answer.body) == (200, OK)
        assert answer.headers["date"] == "Sun, 22 Nov 2026 10:00:00 GMT"
        assert f"Authorization: Bearer {TOKEN}".encode() in rude.requests[0]
        assert TOKEN.encode() not in rude.requests[0].split(b"\r\n")[0]


def test_an_error_status_is_a_reply_and_no_exception() -> None:
    with rude_server(answering(b"x", "500 Oops")) as rude:
        assert send(rude.address).status == 500


def test_connections_are_kept_for_the_next_call() -> None:
    opened: set[int] = set()

    def remember(connection: socket.socket, rude: Rude) -> None:
        opened.add(connection.getpeername()[1])
        connection.sendall(reply(OK))

    with rude_server(remember) as rude, HttpSession(CancelToken(), SHORT) as session:
        for _ in range(3):
            session.send("GET", rude.address, call="GET me")
        assert len(rude.requests) == 3
        assert len(opened) == 1


@pytest.mark.parametrize(
    "behaviour",
    [
        dripping(b"", b"H"),
        dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: 1\r\n"),
        dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", b"x"),
        dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        dripping(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", b"x"),
        silent,
    ],
    ids=["status line", "headers", "body", "chunks", "until closed", "silence"],
)
def test_a_reply_that_takes_longer_than_the_limit_as_a_whole_is_no_answer(
    behaviour: Callable[[socket.socket, Rude], None],
) -> None:
    with rude_server(behaviour) as rude:
        began = time.monotonic()
        assert kind_of(lambda: send(rude.address)) is ErrorKind.NO_ANSWER
        assert time.monotonic() - began < 3.0
        assert kind_of(lambda: send(rude.address, "POST")) is ErrorKind.ANSWER_LOST


def test_a_slow_reply_within_the_limit_is_read_to_its_end() -> None:
    def slowly(connection: socket.socket, rude: Rude) -> None:
        for byte in reply(OK, "200 OK", "Connection: close"):
            connection.sendall(bytes([byte]))
            rude.ending.wait(0.002)
        connection.shutdown(socket.SHUT_WR)

    with rude_server(slowly) as rude:
        assert send(rude.address, limits=Limits(1.0, 8.0)).body == OK


def test_a_reset_before_the_answer_loses_a_write_and_only_fails_a_read() -> None:
    with rude_server(resetting) as rude:
        assert kind_of(lambda: send(rude.address)) is ErrorKind.NO_CONNECTION
        assert kind_of(lambda: send(rude.address, "POST")) is ErrorKind.ANSWER_LOST


def test_a_post_that_changes_nothing_is_a_read() -> None:
    with rude_server(resetting) as rude, HttpSession(CancelToken(), SHORT) as session:
        assert kind_of(lambda: session.send("POST", rude.address, call="POST batch", changes=False)) is (
            ErrorKind.NO_CONNECTION
        )


def test_a_write_that_never_left_this_machine_is_not_lost() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert kind_of(lambda: send(f"http://127.0.0.1:{port}", "POST")) is ErrorKind.NO_CONNECTION


def test_a_cut_body_is_unreadable() -> None:
    def cut(connection: socket.socket, rude: Rude) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
        connection.shutdown(socket.SHUT_RDWR)

    with rude_server(cut) as rude:
        assert kind_of(lambda: send(rude.address)) is ErrorKind.UNREADABLE
        assert kind_of(lambda: send(rude.address, "POST")) is ErrorKind.ANSWER_LOST


@pytest.mark.parametrize("packed", [False, True])
def test_a_reply_past_the_size_limit_is_not_read_to_its_end(packed: bool) -> None:
    body = b"x" * (4 * 1024 * 1024)
    behaviour = answering(gzip.compress(body), "200 OK", "Content-Encoding: gzip") if packed else answering(body)
    with rude_server(behaviour) as rude:
        assert kind_of(lambda: send(rude.address, limits=Limits(1.0, 8.0, 64 * 1024))) is ErrorKind.UNREADABLE


def test_a_redirect_is_never_followed() -> None:
    with rude_server(answering(OK)) as elsewhere:
        there = f"Location: {elsewhere.address}/stolen"
        with rude_server(answering(b"", "302 Found", there)) as rude:
            assert send(rude.address).status == 302
        assert elsewhere.requests == []


def test_only_safe_addresses_are_called() -> None:
    assert kind_of(lambda: send("http://graph.facebook.com/me")) is ErrorKind.INSECURE_ADDRESS


@pytest.mark.parametrize("odd", ["EAA\nX-Evil: 1", "EAA\u017c\u00f3\u0142w", "EAA ", ""])
def test_a_token_that_no_header_can_carry_is_malformed_and_stays_hidden(odd: str) -> None:
    with rude_server(answering(OK)) as rude, HttpSession(CancelToken(), SHORT) as session:
        headers = {"Authorization": Secret(f"Bearer {TOKEN}{odd}" if odd else "Bearer ")}
        assert kind_of(lambda: session.send("GET", rude.address, call="GET me", headers=headers)) is (
            ErrorKind.TOKEN_MALFORMED
        )
        assert rude.requests == []


def test_a_netrc_file_never_replaces_our_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with rude_server(answering(OK)) as rude:
        send(rude.address)
        assert f"Authorization: Bearer {TOKEN}".encode() in rude.requests[0]


def test_cookies_are_not_kept() -> None:
    with rude_server(answering(OK, "200 OK", "Set-Cookie: a=b")) as rude, HttpSession(CancelToken(), SHORT) as session:
        session.send("GET", rude.address, call="GET me")
        session.send("GET", rude.address, call="GET me")
        assert b"cookie" not in rude.requests[1].lower()


def test_a_proxy_is_never_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with rude_server(answering(b"from the proxy")) as proxy, rude_server(answering(OK)) as rude:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.address)
        assert send(rude.address).body == OK
        assert proxy.requests == []


@pytest.mark.parametrize("scheme", ["http", "HTTP", "Http"])
def test_an_office_proxy_is_asked_for_a_tunnel_and_sees_no_token(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with rude_server(answering(b"", "403 Forbidden")) as proxy:
        monkeypatch.setenv("https_proxy", proxy.address.replace("http", scheme, 1))
        assert kind_of(lambda: send("https://graph.facebook.com/v26.0/me", "POST")) is ErrorKind.NO_CONNECTION
        assert proxy.requests[0].startswith(b"CONNECT graph.facebook.com:443")
        assert TOKEN.encode() not in b"".join(proxy.requests)


def test_a_proxy_in_the_office_is_no_address_inside_the_office(monkeypatch: pytest.MonkeyPatch) -> None:
    with rude_server(answering(b"", "403 Forbidden")) as proxy, HttpSession(CancelToken(), SHORT, True) as outside_only:
        monkeypatch.setenv("https_proxy", proxy.address)
        kind = kind_of(lambda: outside_only.send("GET", "https://settings.example.com/bot", call="GET settings"))
        assert kind is ErrorKind.NO_CONNECTION
        assert proxy.requests[0].startswith(b"CONNECT settings.example.com:443")
        assert kind_of(lambda: outside_only.send("GET", "https://[64:ff9b::a00:1]/", call="GET settings")) is (
            ErrorKind.PRIVATE_ADDRESS
        )
        assert len(proxy.requests) == 1


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks4", "SOCKS4a", "ftp", "quic"])
@pytest.mark.parametrize("variable", ["https_proxy", "HTTPS_PROXY", "all_proxy"])
def test_a_proxy_that_cannot_be_spoken_with_is_named(
    scheme: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with rude_server(answering(OK)) as proxy:
        monkeypatch.setenv(variable, proxy.address.replace("http", scheme))
        assert kind_of(lambda: send("https://graph.facebook.com/v26.0/me", "POST")) is ErrorKind.PROXY_KIND
        assert proxy.requests == []
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert send(proxy.address).body == OK


def make_certificate(folder: Path, names: str = "subjectAltName=IP:127.0.0.1") -> tuple[Path, Path]:
    """Return a key and a self-signed certificate for 127.0.0.1. names: "" for none but the common name, localhost."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost"
    more = [*(["-addext", names] if names else []), "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *more], check=True, capture_output=True)
    return key, certificate


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    return make_certificate(tmp_path)


def test_a_certificate_that_proves_nothing_stops_the_call_before_the_token_leaves(
    certificate: tuple[Path, Path],
) -> None:
    with rude_server(answering(OK), certificate) as rude:
        assert kind_of(lambda: send(rude.address, "POST")) is ErrorKind.CERTIFICATE
        assert rude.requests == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own store decides")
def test_certificates_of_the_system_are_trusted_and_deadlines_hold_over_tls(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[1]))
    with rude_server(answering(OK), certificate) as rude, HttpSession(CancelToken(), SHORT) as session:
        assert [session.send("GET", rude.address, call="GET me").body for _ in range(2)] == [OK, OK]
    with rude_server(dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: 1\r\n"), certificate) as rude:
        assert kind_of(lambda: send(rude.address)) is ErrorKind.NO_ANSWER


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own store decides")
@pytest.mark.parametrize(
    ("names", "kind"), [("", ErrorKind.CERTIFICATE), ("subjectAltName=DNS:localhost", None)], ids=["common", "proven"]
)
def test_only_names_that_an_issuer_has_to_prove_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: str, kind: ErrorKind | None
) -> None:
    certificate = make_certificate(tmp_path, names)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[1]))
    with rude_server(answering(OK), certificate) as rude:
        address = rude.address.replace("127.0.0.1", "localhost")
        if kind is None:
            assert send(address).body == OK
        else:
            assert kind_of(lambda: send(address)) is kind
            assert rude.requests == []


def granting(certificate: tuple[Path, Path]) -> Behaviour:
    """A proxy that grants the tunnel, and whoever is at its end."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate[1], certificate[0])

    def grant(connection: socket.socket, rude: Rude) -> None:
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with context.wrap_socket(connection, server_side=True) as secured:
            rude.requests.append(secured.recv(65536))
            secured.sendall(reply(OK, "200 OK", "Connection: close"))

    return grant


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own store decides")
@pytest.mark.parametrize("is_trusted", [True, False])
def test_certificates_at_the_end_of_a_tunnel_are_judged_by_the_systems_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_trusted: bool
) -> None:
    certificate = make_certificate(tmp_path, "subjectAltName=DNS:graph.facebook.com")
    judged: list[str] = []
    wrap = truststore.SSLContext.wrap_socket

    def noted(self: truststore.SSLContext, sock: socket.socket, **given: Any) -> ssl.SSLSocket:
        judged.append(given["server_hostname"])
        return wrap(self, sock, **given)

    monkeypatch.setattr(truststore.SSLContext, "wrap_socket", noted)
    with rude_server(granting(certificate)) as proxy:
        monkeypatch.setenv("https_proxy", proxy.address)
        if is_trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate[1]))
            assert send("https://graph.facebook.com/v26.0/me").body == OK
        else:
            assert kind_of(lambda: send("https://graph.facebook.com/v26.0/me", "POST")) is ErrorKind.CERTIFICATE
            assert TOKEN.encode() not in b"".join(proxy.requests)
    assert judged == ["graph.facebook.com"]


def test_a_stopped_job_sends_nothing_more() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with rude_server(answering(OK)) as rude:
        with pytest.raises(Cancelled):
            send(rude.address, cancel=cancel)
        assert rude.requests == []


@pytest.mark.parametrize(
    "behaviour",
    [silent, dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", b"x", 0.02)],
    ids=["silence", "body"],
)
def test_a_call_in_flight_is_abandoned_when_the_job_is_stopped(
    behaviour: Callable[[socket.socket, Rude], None],
) -> None:
    cancel = CancelToken()

    def stop_then_behave(connection: socket.socket, rude: Rude) -> None:
        cancel.cancel()
        behaviour(connection, rude)

    with rude_server(stop_then_behave) as rude:
        began = time.monotonic()
        with pytest.raises(Cancelled):
            send(rude.address, "POST", Limits(3.0, 30.0), cancel)
        assert time.monotonic() - began < 3.0
        assert len(rude.requests) == 1


def test_importing_the_package_loads_nothing_slow() -> None:
    code = "import sys, wizard.web.address, wizard.graph.client; print('requests' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert shown.stdout.strip() == "False"
