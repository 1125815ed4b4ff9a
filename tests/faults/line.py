"""The way to Facebook as life has it: a proxy on this machine, TLS behind it, and the practice world at its end. The
program speaks with https://graph.facebook.com and knows nothing of it; certificates are made at run time."""

import datetime
import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.faults.kinds import HTML, ON_THE_LINE, Kind

HOST = "graph.facebook.com"
_DAY = datetime.timedelta(days=1)
_REFUSALS = {
    "407": f"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: {len(HTML)}\r\n\r\n{HTML}",
    "403": f"HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: {len(HTML)}\r\n\r\n{HTML}",
    "502": "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
    "garbage": "\x16\x03\x01 this is no proxy\r\n\r\n",
    "nothing": "",
}
_CERTIFICATES = ("self-signed", "unknown issuer", "wrong host", "expired", "not yet valid", "common name only")
_OLD = {"TLS 1.0": ssl.TLSVersion.TLSv1, "TLS 1.1": ssl.TLSVersion.TLSv1_1}
_BROKEN = ("no TLS", "reset in TLS", "silent in TLS")
_NO_PROXY = {"proxy unreachable": "http://127.0.0.1:1", "name unknown": "http://proxy.invalid:8080"}
_SOCKS = {"SOCKS": "socks5://127.0.0.1:1"}


def line_kinds() -> Iterator[Kind]:
    """Each is a `fault` of a line. What is wrong with the proxy itself holds from the first request on."""
    for name in (*_CERTIFICATES, *_OLD, *_BROKEN, *(f"proxy answers {one}" for one in _REFUSALS)):
        yield Kind(f"line: {name}", {"line": name}, ON_THE_LINE, is_of_the_way=True)
    for name, address in {**_NO_PROXY, **_SOCKS}.items():
        yield Kind(f"line: {name}", {"proxy": address}, ON_THE_LINE, is_of_the_way=True)


@dataclass
class Line:
    """good: certificates are so from the start. made: requests that came through. fault: what is done to the
    connections from the request `after` on, to one of them alone where it is `once`."""

    world: str
    folder: Path
    address: str = ""
    fault: str = ""
    after: int = 0
    once: bool = False
    made: int = 0
    leaked: bool = False
    contexts: dict[str, ssl.SSLContext] = field(default_factory=dict)

    @property
    def issuer(self) -> Path:
        """What the program is told to trust."""
        return self.folder / "issuer.pem"

    def set(self, fault: str = "", after: int = 0, once: bool = False) -> None:
        self.fault, self.after, self.once, self.made = fault, after, once, 0

    def serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(5)
            if not _head(connection).startswith(b"CONNECT "):
                return
            number, self.made = self.made, self.made + 1
            hit = self.fault and (number == self.after if self.once else number >= self.after)
            fault = self.fault if hit else ""
            refusal = _REFUSALS.get(fault.removeprefix("proxy answers "))
            if refusal is not None:
                connection.sendall(refusal.encode("latin-1"))
                return
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            if fault == "no TLS":
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            elif fault == "reset in TLS":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            elif fault == "silent in TLS":
                connection.recv(1)
                threading.Event().wait(2)
            else:
                self._speak(connection, fault)

    def _speak(self, connection: socket.socket, fault: str) -> None:
        with self.contexts[fault].wrap_socket(connection, server_side=True) as secured:
            request = _request(secured)
            if fault:
                self.leaked = self.leaked or bool(request)  # somebody who proved nothing was told something
                return
            secured.sendall(_forwarded(self.world, request))


@contextmanager
def line_to(world: str, folder: Path) -> Iterator[Line]:
    """world: address of the practice world's Graph. folder: for certificates."""
    line = Line(world, folder)
    _make_certificates(line)
    listener = socket.create_server(("127.0.0.1", 0))
    line.address = f"http://127.0.0.1:{listener.getsockname()[1]}"

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=line.serve, args=(listener.accept()[0],), daemon=True).start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield line
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join(5)


def _head(connection: socket.socket) -> bytes:
    read = b""
    while b"\r\n\r\n" not in read:
        part = connection.recv(65536)
        if not part:
            break
        read += part
    return read


def _request(connection: socket.socket) -> bytes:
    read = _head(connection)
    head, _, body = read.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    while lengths and len(body) < int(lengths[0]):
        part = connection.recv(65536)
        if not part:
            break
        body, read = body + part, read + part
    return read


def _forwarded(world: str, request: bytes) -> bytes:
    """What the practice world answers to it. Its answers end with their connection."""
    to = urlsplit(world)
    head, _, body = request.partition(b"\r\n\r\n")
    first, *headers = head.split(b"\r\n")
    method, path, version = first.split(b" ")
    kept = [one for one in headers if one.split(b":")[0].lower() not in (b"host", b"connection")]
    lines = [
        b" ".join([method, to.path.encode() + path, version]),
        b"Host: " + to.netloc.encode(),
        b"Connection: close",
        *kept,
    ]
    with socket.create_connection((str(to.hostname), int(to.port or 80)), timeout=10) as there:
        there.sendall(b"\r\n".join(lines) + b"\r\n\r\n" + body)
        answer = b""
        while part := there.recv(65536):
            answer += part
    return answer


def _make_certificates(line: Line) -> None:
    now = datetime.datetime.now(datetime.UTC)
    issuer, stranger = _Issuer("Practice issuer", now), _Issuer("Nobody knows", now)
    line.issuer.write_bytes(issuer.certificate.public_bytes(serialization.Encoding.PEM))
    made = {
        "": issuer.signs(HOST, now - _DAY, now + _DAY),
        "self-signed": _Issuer(HOST, now).own(HOST),
        "unknown issuer": stranger.signs(HOST, now - _DAY, now + _DAY),
        "wrong host": issuer.signs("elsewhere.example", now - _DAY, now + _DAY),
        "expired": issuer.signs(HOST, now - 9 * _DAY, now - _DAY),
        "not yet valid": issuer.signs(HOST, now + _DAY, now + 9 * _DAY),
        "common name only": issuer.signs(HOST, now - _DAY, now + _DAY, names=False),
    }
    for name, pem in made.items():
        file = line.folder / f"{name or 'good'}.pem"
        file.write_bytes(pem)
        line.contexts[name] = _context(file)
    for name, newest in _OLD.items():
        line.contexts[name] = _context(line.folder / "good.pem", newest)


def _context(file: Path, newest: ssl.TLSVersion | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if newest is not None:
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # old is what is wanted here
            context.minimum_version = context.maximum_version = newest
    context.load_cert_chain(file)
    return context


class _Issuer:
    def __init__(self, name: str, now: datetime.datetime) -> None:
        self._key, self._name, self._now = ec.generate_private_key(ec.SECP256R1()), _name_of(name), now
        plain = self._builder(self._name, self._key.public_key(), now - _DAY, now + 30 * _DAY)
        self.certificate = plain.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(
            self._key, hashes.SHA256()
        )

    def signs(self, host: str, start: datetime.datetime, end: datetime.datetime, names: bool = True) -> bytes:
        """Key and certificate of a host, as PEM."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = self._builder(_name_of(host), key.public_key(), start, end)
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        return _pem(key, builder.sign(self._key, hashes.SHA256()))

    def own(self, host: str) -> bytes:
        """The same, signed by itself."""
        builder = self._builder(_name_of(host), self._key.public_key(), self._now - _DAY, self._now + _DAY)
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        return _pem(self._key, builder.sign(self._key, hashes.SHA256()))

    def _builder(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, start: datetime.datetime, end: datetime.datetime
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(end)
        )


def _name_of(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> bytes:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)
