"""A server on this machine that behaves as badly as it is told: raw bytes, so that nothing corrects them."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

Behaviour = Callable[[socket.socket, "Rude"], None]


@dataclass
class Rude:
    """requests: what came in, raw; ending: set when the test is over, so that no behaviour outlives it."""

    address: str = ""
    requests: list[bytes] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)


@contextmanager
def rude_server(behaviour: Behaviour, certificate: tuple[Path, Path] | None = None) -> Iterator[Rude]:
    """Serve each connection by reading a request and then doing what behaviour does with the socket.

    certificate: key and certificate to speak TLS with, None for plain HTTP."""
    listener = socket.create_server(("127.0.0.1", 0))
    rude = Rude(f"http{'s' if certificate else ''}://127.0.0.1:{listener.getsockname()[1]}")
    context = _tls(certificate)
    threads: list[threading.Thread] = []

    def serve(bare: socket.socket) -> None:
        with bare:
            try:
                connection = context.wrap_socket(bare, server_side=True) if context else bare
                while request := _request(connection):
                    rude.requests.append(request)
                    behaviour(connection, rude)
            except OSError:
                return  # the client went away, which is what many of these tests are about
            connection.close()

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=serve, args=(connection,))
            threads.append(thread)
            thread.start()

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield rude
    finally:
        rude.ending.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join(5)
        for thread in threads:
            thread.join(5)


def reply(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def answering(body: bytes, status: str = "200 OK", *headers: str) -> Behaviour:
    return lambda connection, rude: connection.sendall(reply(body, status, *headers))


def dripping(start: bytes, drop: bytes, seconds: float = 0.1) -> Behaviour:
    """Send start, then drop after drop until the client leaves or the test ends."""

    def drip(connection: socket.socket, rude: Rude) -> None:
        connection.sendall(start)
        while not rude.ending.wait(seconds):
            connection.sendall(drop)

    return drip


def silent(connection: socket.socket, rude: Rude) -> None:
    rude.ending.wait(30)


def resetting(connection: socket.socket, rude: Rude) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    connection.close()


def _tls(certificate: tuple[Path, Path] | None) -> ssl.SSLContext | None:
    if certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate[1], certificate[0])
    return context


def _request(connection: socket.socket) -> bytes:
    """Return the head and body of the next request, b"" when the client is done."""
    head = b""
    while b"\r\n\r\n" not in head:
        part = connection.recv(65536)
        if not part:
            return b""
        head += part
    head, _, body = head.partition(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
