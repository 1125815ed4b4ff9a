"""The one place that speaks HTTP. One `HttpSession` per job; its connections are kept for the next call.

No redirects (a token must not follow one), no cookies, no `.netrc` (it would replace our Authorization header), https
with the certificates of the system, or this machine.
"""

import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import requests
import truststore
from requests.adapters import HTTPAdapter
from urllib3.exceptions import IncompleteRead, LocationValueError, ReadTimeoutError

from wizard.core import limits
from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.secret import Secret
from wizard.core.version import __version__
from wizard.web.address import is_loopback, is_private, is_safe
from wizard.web.watched import PrivateAddress, Watch, pool_classes

_CHUNK = 64 * 1024
_SCHEME = re.compile(r"\w+://")
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Limits:
    """connect, read: seconds; read is for the whole reply, from the last byte sent. size: bytes of a body, unpacked."""

    connect: float = field(default_factory=lambda: limits.CONNECT)
    read: float = field(default_factory=lambda: limits.READ)
    size: int = 8 * 1024 * 1024


def hurried() -> Limits:
    return Limits(limits.CONNECT_HURRIED, limits.READ_HURRIED)


@dataclass(frozen=True, slots=True)
class HttpReply:
    """What came back, whatever its status. headers: names in lower case. Hidden in repr: a body may hold tokens."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class HttpSession:
    """HTTP for one job; may be shared by threads. Every trouble on the way is a WizardError without a cause, for the
    causes of requests hold the whole request, the token included."""

    def __init__(self, cancel: CancelToken, limits: Limits | None = None, public_only: bool = False) -> None:
        """public_only: refuse addresses inside somebody's network, and names that lead there."""
        self._cancel, self._limits, self._watch, self._public_only = cancel, limits or Limits(), Watch(), public_only
        self._adapter = _Adapter(self._watch)

    def send(
        self,
        method: str,
        address: str,
        *,
        call: str,
        headers: Mapping[str, str | Secret] | None = None,
        query: Mapping[str, str] | None = None,
        form: Mapping[str, str | Secret] | None = None,
        body: bytes | None = None,
        changes: bool | None = None,
        read_limit: float | None = None,
    ) -> HttpReply:
        """Send one request and return its reply, of any status. Never repeats and never follows a redirect.

        call: its name for people, without ids. form: sent url-encoded; body: sent as it is (name its type in headers).
        changes: whether the call may change something over there; None: what the method says. read_limit: seconds,
        where less than usual is left. Raises Cancelled, and WizardError of the kinds INSECURE_ADDRESS,
        PRIVATE_ADDRESS, TOKEN_MALFORMED (a secret that no header can carry), NO_CONNECTION, NO_ANSWER, CERTIFICATE,
        PROXY_KIND, UNREADABLE (cut or too large), and ANSWER_LOST in place of all of these once a request that changes
        something may have arrived.
        """
        changes = method.upper() not in _READS if changes is None else changes
        self._cancel.raise_if_cancelled()
        if not is_safe(address):
            raise WizardError(Failure(ErrorKind.INSECURE_ADDRESS, call))
        if self._public_only and is_private(address):
            raise WizardError(Failure(ErrorKind.PRIVATE_ADDRESS, call))
        try:
            request = self._request(method, address, call, headers or {}, query, form, body)
        except (requests.RequestException, LocationValueError, UnicodeError):  # an address that only looks like one
            raise WizardError(Failure(ErrorKind.INSECURE_ADDRESS, call)) from None
        limit = self._limits.read if read_limit is None else min(self._limits.read, read_limit)
        self._watch.start(self._cancel, limit, self._public_only)
        outcome = self._exchange(request)
        if isinstance(outcome, HttpReply):
            return outcome
        if changes and self._watch.sent:
            outcome = ErrorKind.ANSWER_LOST
        raise WizardError(Failure(outcome, call))  # here, not in an `except`: it would carry the cause

    def close(self) -> None:
        self._adapter.close()

    def __enter__(self) -> "HttpSession":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _request(
        self,
        method: str,
        address: str,
        call: str,
        headers: Mapping[str, str | Secret],
        query: Mapping[str, str] | None,
        form: Mapping[str, str | Secret] | None,
        body: bytes | None,
    ) -> requests.PreparedRequest:
        sent = {
            "User-Agent": f"messenger-handover-wizard/{__version__}",
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
        }
        for name, value in headers.items():
            text = _shown(value)
            if not (text.isascii() and text.isprintable() and text == text.strip()):
                secret = isinstance(value, Secret)
                raise WizardError(Failure(ErrorKind.TOKEN_MALFORMED if secret else ErrorKind.BAD_REQUEST, call))
            sent[name] = text
        if form is not None:
            body = urlencode({name: _shown(value) for name, value in form.items()}).encode("ascii")
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        return requests.Request(method.upper(), address, headers=sent, params=dict(query or {}), data=body).prepare()

    def _exchange(self, request: requests.PreparedRequest) -> HttpReply | ErrorKind:
        address = request.url or ""
        proxies = {} if is_loopback(address) else requests.utils.get_environ_proxies(address)
        proxy = requests.utils.select_proxy(address, proxies) or ""
        if _SCHEME.match(proxy) and not proxy.lower().startswith(("http://", "https://")):
            return ErrorKind.PROXY_KIND  # urllib3's classes for SOCKS have no deadline for the whole of a reply
        response = None
        try:
            response = self._adapter.send(
                request, stream=True, timeout=(self._limits.connect, self._watch.read_limit), proxies=proxies
            )
            body = self._body(response)
        except (requests.RequestException, LocationValueError, UnicodeError, OSError) as error:
            return _kind(error)
        finally:
            if response is not None:
                response.close()
        if body is None:
            return ErrorKind.UNREADABLE
        return HttpReply(response.status_code, {name.lower(): value for name, value in response.headers.items()}, body)

    def _body(self, response: requests.Response) -> bytes | None:
        """Return the unpacked body, or None if it grows past the limit."""
        body = bytearray()
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if len(body) > self._limits.size:
                return None
            self._cancel.raise_if_cancelled()
        return bytes(body)


class _Adapter(HTTPAdapter):
    """System certificates, watched connections, no repeats."""

    def __init__(self, watch: Watch) -> None:
        self._classes = pool_classes(watch)
        self._certificates = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._certificates.hostname_checks_common_name = False  # only the names that issuers have to prove
        super().__init__(pool_maxsize=64)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._certificates, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._classes

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, ssl_context=self._certificates, **kwargs)
        manager.pool_classes_by_scheme = self._classes
        return manager

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Leave the certificates to the system: requests would add the list it ships."""
        conn.cert_reqs = "CERT_REQUIRED"


def _shown(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value


def _kind(error: BaseException) -> ErrorKind:
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return ErrorKind.CERTIFICATE
    if any(isinstance(cause, PrivateAddress) for cause in causes):
        return ErrorKind.PRIVATE_ADDRESS
    if any(isinstance(cause, requests.ConnectTimeout) for cause in causes):
        return ErrorKind.NO_CONNECTION
    if any(isinstance(cause, (requests.ReadTimeout, ReadTimeoutError)) for cause in causes):
        return ErrorKind.NO_ANSWER
    cut = (requests.exceptions.ContentDecodingError, IncompleteRead, requests.exceptions.ChunkedEncodingError)
    if any(isinstance(cause, cut) for cause in causes):
        return ErrorKind.UNREADABLE
    return ErrorKind.NO_CONNECTION


def _causes(error: object, depth: int = 0) -> Iterator[BaseException]:
    """Yield the error and all it wraps: requests and urllib3 keep causes in args and in `reason` as well."""
    if not isinstance(error, BaseException) or depth > 6:
        return
    yield error
    for inner in (*error.args, getattr(error, "reason", None), error.__cause__):
        yield from _causes(inner, depth + 1)
