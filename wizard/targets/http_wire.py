"""Requests to the settings API of a bot: reads that are repeated, writes that are not, and refusals as troubles."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.secret import Secret
from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.targets.http_shape import Api
from wizard.web.patience import PASSING, PATIENT, repeated
from wizard.web.session import HttpReply, HttpSession

_BY_KIND = {
    ErrorKind.INSECURE_ADDRESS: TargetProblem.INSECURE_ADDRESS,
    ErrorKind.PRIVATE_ADDRESS: TargetProblem.PRIVATE_ADDRESS,
    ErrorKind.TOKEN_MALFORMED: TargetProblem.BAD_SECRET,
    ErrorKind.BAD_REQUEST: TargetProblem.BAD_HEADER,
    ErrorKind.NO_CONNECTION: TargetProblem.NO_CONNECTION,
    ErrorKind.NO_ANSWER: TargetProblem.NO_ANSWER,
    ErrorKind.CERTIFICATE: TargetProblem.CERTIFICATE,
    ErrorKind.PROXY_KIND: TargetProblem.PROXY_KIND,
    ErrorKind.UNREADABLE: TargetProblem.NOT_JSON,
    ErrorKind.ANSWER_LOST: TargetProblem.ANSWER_LOST,
    ErrorKind.SERVER_TROUBLE: TargetProblem.SERVER_TROUBLE,
}
_BY_STATUS = {
    401: TargetProblem.LOGIN_REFUSED,
    403: TargetProblem.LOGIN_REFUSED,
    404: TargetProblem.NOT_THERE,
    405: TargetProblem.METHOD_REFUSED,
    407: TargetProblem.NO_CONNECTION,  # said by a proxy on the way, never by the server
    409: TargetProblem.CONFLICT,
    410: TargetProblem.NOT_THERE,
    412: TargetProblem.CHANGED_SINCE,
    429: TargetProblem.SERVER_BUSY,
    501: TargetProblem.METHOD_REFUSED,
    503: TargetProblem.SERVER_BUSY,
}
_STRONG = re.compile(r'"[\x21\x23-\x7e]*"')
_LONGEST_WAIT = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Document:
    """What GET answered. tag: its ETag, "" without one."""

    body: bytes
    text: str
    tag: str


class HttpWire:
    """secret: the key of the API, None where there is none. limit: bytes of a document. Each request has a connection
    of its own, so that nothing is left open."""

    def __init__(self, api: Api, secret: Secret | None, cancel: CancelToken, limit: int) -> None:
        self._api, self._secret, self._cancel, self._limit = api, secret, cancel, limit

    def read(self) -> Document:
        """Raises TargetError, Cancelled."""
        call = "GET settings"

        def attempt(seconds: float) -> HttpReply:
            reply = self._send("GET", call=call, headers=self._headers(), read_limit=seconds)
            if reply.status >= 500 and reply.status not in _BY_STATUS:
                raise WizardError(Failure(ErrorKind.SERVER_TROUBLE, call, http_status=reply.status))
            if reply.status < 300 and not _is_json(reply.body):
                raise WizardError(Failure(ErrorKind.UNREADABLE, call, http_status=reply.status))
            return reply

        try:
            reply = repeated(attempt, PATIENT, self._cancel, _may_pass)
        except WizardError as error:
            self._refuse(_BY_KIND.get(error.kind, TargetProblem.NO_CONNECTION), error.failure.http_status)
        self._check(reply)
        if len(reply.body) > self._limit:
            raise TargetError(TargetTrouble(TargetProblem.TOO_BIG, self._api.where, limit=self._limit))
        return Document(reply.body, reply.body.decode(), _strong(reply.headers.get("etag", "")))

    def write(self, body: bytes, tag: str) -> None:
        """Send once. tag: the server refuses if it is not the present one. Raises TargetError, Cancelled: ANSWER_LOST,
        SERVER_TROUBLE and NOT_JSON leave open whether it happened."""
        headers = {**self._headers(), "Content-Type": self._api.content_type, **({"If-Match": tag} if tag else {})}
        try:
            reply = self._send(self._api.method, call=f"{self._api.method} settings", headers=headers, body=body)
        except WizardError as error:
            self._refuse(_BY_KIND.get(error.kind, TargetProblem.NO_CONNECTION))
        self._check(reply)

    def _send(
        self,
        method: str,
        call: str,
        headers: Mapping[str, str | Secret],
        body: bytes | None = None,
        read_limit: float | None = None,
    ) -> HttpReply:
        with HttpSession(self._cancel, public_only=not self._api.private_ok) as session:
            return session.send(method, self._api.url, call=call, headers=headers, body=body, read_limit=read_limit)

    def _headers(self) -> dict[str, str | Secret]:
        plain: dict[str, str | Secret] = {
            "Accept-Encoding": "identity"
        }  # what is packed has another tag, or a weak one
        if not (self._secret and self._api.header):
            return plain
        return {**plain, self._api.header: Secret(self._api.prefix + self._secret.reveal())}

    def _check(self, reply: HttpReply) -> None:
        status = reply.status
        if 200 <= status < 300:
            return
        if 300 <= status < 400:
            self._refuse(TargetProblem.REDIRECTED, status)
        problem = _BY_STATUS.get(status)
        if problem is None:
            problem = TargetProblem.SERVER_TROUBLE if status >= 500 else TargetProblem.SERVER_REFUSED
        elif status in (401, 403) and not self._secret and self._api.header:
            problem = TargetProblem.NO_SECRET
        self._refuse(problem, status, _wait(reply.headers.get("retry-after", "")))

    def _refuse(self, problem: TargetProblem, status: int = 0, wait: float = 0.0) -> NoReturn:
        trouble = TargetTrouble(problem, self._api.where, self._api.pointer, status=status, wait=wait)
        raise TargetError(trouble) from None  # causes of the web part carry nothing, and nothing is lost with them


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body.decode())
    except (ValueError, RecursionError):
        return False
    return True


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, WizardError) and error.kind in (*PASSING, ErrorKind.SERVER_TROUBLE)


def _strong(tag: str) -> str:
    """A tag by which a server may refuse a write, "" for others: by a weak one it refuses each (RFC 9110, 13.1.1)."""
    return tag if _STRONG.fullmatch(tag) else ""


def _wait(retry_after: str) -> float:
    """Seconds, 0.0 where the header is missing or a date."""
    return min(float(retry_after), _LONGEST_WAIT) if retry_after.isascii() and retry_after.isdecimal() else 0.0
