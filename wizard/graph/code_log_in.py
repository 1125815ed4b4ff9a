"""Log-in with a code that the person types on another page: Facebook Login for Devices. Its calls and numbers stand in
`resources/log_in.toml`; names and errors are not those of RFC 8628."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import msgspec

from wizard.core import limits
from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.log_in import LogInFile
from wizard.core.resource import load_toml
from wizard.core.secret import Secret
from wizard.core.token_life import Lifetime, lifetime
from wizard.core.token_shape import shape_problem
from wizard.graph.replies import Success, decode, read_as
from wizard.web.session import HttpSession

_LEAST, _MOST = 1.0, 3_600.0  # seconds that a code counts
_USER_CODE = 40  # characters at most: a person types it


class CodeAnswer(StrEnum):
    """What Facebook says while the person has not confirmed the code."""

    WAITING = "waiting"
    TOO_FAST = "too_fast"
    DECLINED = "declined"
    EXPIRED = "expired"


class _Started(msgspec.Struct):
    code: str
    user_code: str
    expires_in: int | float = 420
    interval: int | float = 5


class _Confirmed(msgspec.Struct):
    access_token: str
    expires_in: int | float | None = None


@dataclass(frozen=True, slots=True)
class ShownCode:
    """text: what the person types at `address`. expires_in, interval: seconds. code: our half, never shown."""

    text: str
    address: str
    expires_in: float
    interval: float
    code: Secret = field(repr=False)

    @property
    def direct_address(self) -> str:
        """The same page with the code filled in, as a link or a QR code."""
        return f"{self.address}?user_code={self.text}&qr=1"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a person gave."""

    secret: Secret
    lifetime: Lifetime


class CodeLogInCalls:
    """Asks as the app of a log-in file that has a client token. graph, facebook: as of `World`. version: as "v27.0"."""

    def __init__(self, graph: str, facebook: str, version: str, file: LogInFile, cancel: CancelToken) -> None:
        if file.client_token is None:
            raise ValueError("this log-in file has no client token")
        self._base, self._facebook, self._file = f"{graph.rstrip('/')}/{version}", facebook, file
        self._as_app = Secret(f"{file.app_id}|{file.client_token.reveal()}")
        self._session = HttpSession(cancel)
        self._known: dict[str, Any] = load_toml("log_in.toml")["code"]
        self._means = {each["subcode"]: CodeAnswer(each["means"]) for each in self._known["answer"]}

    @property
    def slower(self) -> float:
        """Seconds more to wait after "asked too fast"."""
        return float(self._known["slower"])

    def start(self) -> ShownCode:
        """Raises WizardError, Cancelled."""
        call = f"POST {self._known['start']}"
        answer = self._post(self._known["start"], {"scope": ",".join(self._file.scopes)})
        if isinstance(answer, Failure):
            raise WizardError(answer)
        started = read_as(_Started, answer.body)
        if started is None or not started.code or not _is_typed(started.user_code):
            raise WizardError(Failure(ErrorKind.UNREADABLE, call))
        return ShownCode(
            started.user_code,
            f"{self._facebook}/{self._known['page']}",
            _within(started.expires_in, _LEAST, _MOST),
            _within(started.interval, *limits.CODE_LOOKS),
            Secret(started.code),
        )

    def ask(self, shown: ShownCode) -> Confirmed | CodeAnswer:
        """Raises WizardError for every other answer, and Cancelled."""
        answer = self._post(self._known["status"], {"code": shown.code})
        if isinstance(answer, Failure):
            means = self._means.get(answer.subcode or 0)
            if means is None:
                raise WizardError(answer)
            return means
        confirmed = read_as(_Confirmed, answer.body)
        if confirmed is None or shape_problem(confirmed.access_token) is not None:
            raise WizardError(Failure(ErrorKind.UNREADABLE, f"POST {self._known['status']}"))
        lives = confirmed.expires_in
        return Confirmed(Secret(confirmed.access_token), lifetime(int(lives) if lives and 0 < lives < 10**9 else None))

    def close(self) -> None:
        self._session.close()

    def _post(self, path: str, form: dict[str, str | Secret]) -> Success | Failure:
        call = f"POST {path}"
        whole = {"access_token": self._as_app, **{name: value for name, value in form.items() if value}}
        reply = self._session.send("POST", f"{self._base}/{path}", call=call, form=whole, changes=False)
        own = self._as_app.reveal()
        hidden = [own, own.partition("|")[2], *(value.reveal() for value in form.values() if isinstance(value, Secret))]
        answer = decode(reply.body, reply.status, reply.headers, call, hidden)
        if isinstance(answer, Success):
            return answer
        failure = answer.failure  # what Facebook refuses is the client token in the file: no person has a token yet
        is_refused = failure.is_token_error or failure.kind is ErrorKind.PERMISSION_MISSING
        return replace(failure, kind=ErrorKind.LOG_IN_WITHOUT_CODE) if is_refused else failure


def _is_typed(code: str) -> bool:
    return 0 < len(code) <= _USER_CODE and code.isascii() and all(one.isalnum() or one == "-" for one in code)


def _within(seconds: float, least: float, most: float) -> float:
    return float(min(max(seconds, least), most))  # in this order: a number of 400 digits is no float
