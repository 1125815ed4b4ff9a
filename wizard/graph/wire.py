"""Calls with one token: how it travels, which reads are repeated, what every reply tells beside its body.

The token goes in the Authorization header; in a batch it goes in the form body, as documented. Never in an address.
"""

import functools
import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from urllib.parse import urlencode

from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.facts import Usage
from wizard.core.graph_versions import is_version
from wizard.core.ports import Clock
from wizard.core.secret import Secret
from wizard.graph.classify import Again, Refusal
from wizard.graph.headers import ServerTime, highest, usage
from wizard.graph.rate_limiter import TokenLimiter
from wizard.graph.replies import Node, Success, batch_item, decode, read_as
from wizard.store.log import log_failure
from wizard.web.patience import PATIENT, Patience, may_pass, repeated
from wizard.web.session import HttpReply, HttpSession

T = TypeVar("T")
_SHORTEST_QUOTED = 16  # characters; what is shorter is no token, and could be a part of anything
_REPLIES_KEPT = 32  # more than one batch holds


class Refused(WizardError):
    """A WizardError that also tells whether the same read may be sent again."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.failure)
        self.again = refusal.again


@dataclass(frozen=True, slots=True)
class Operation:
    """One read in a batch. path: without version, as "me"; call: its name. name: by which a later operation's path may
    refer to the answer, as "{result=NAME:$.data.*.id}"; "" without. is_bonus: nothing is amiss where it is refused."""

    path: str
    call: str
    query: Mapping[str, str]
    name: str = ""
    is_bonus: bool = False


@dataclass(slots=True)
class ToldLimit:
    """How long Facebook asked this token to wait. until: of the steady clock; told: the refusal that said so."""

    clock: Clock
    until: float = 0.0
    told: Failure | None = None

    def note(self, failure: Failure) -> None:
        if failure.kind is ErrorKind.THROTTLED and failure.wait:
            self.until, self.told = self.clock.monotonic() + failure.wait, failure

    def raise_if_reached(self, call: str) -> None:
        left = self.until - self.clock.monotonic()
        if self.told is not None and left > 0:
            raise WizardError(replace(self.told, call=call, wait=left))


class Wire:
    """One token on one session. What replies tell beside their bodies is kept: usage, version, time.

    A time to wait that Facebook tells is kept to: until it is over every call fails as the one that was refused, and
    nothing is sent. own_id: whom the token speaks for, "" until it is known."""

    def __init__(
        self,
        graph: str,
        version: str,
        token: Secret,
        proof: Secret | None,
        cancel: CancelToken,
        session: HttpSession,
        times: ServerTime,
        limit: ToldLimit,
        most_patient: Patience = PATIENT,
        lane: TokenLimiter | None = None,
        own_id: str = "",
    ) -> None:
        self._base = f"{graph.rstrip('/')}/{version}"
        self._token, self._proof, self._cancel = token, proof, cancel
        self._session, self._times, self._most_patient, self._lane = session, times, most_patient, lane
        self._usage_told: deque[Mapping[str, str]] = deque(maxlen=_REPLIES_KEPT)
        self._limit = limit
        self.own_id = own_id
        self.api_version = ""

    @property
    def usage(self) -> Usage:
        """The highest of what the newest replies told of our own limits."""
        return functools.reduce(highest, (usage(headers, self.own_id) for headers in self._usage_told), Usage())

    def read(self, path: str, query: Mapping[str, str], call: str, patience: Patience = PATIENT) -> Any:
        """Return the body of a GET, as JSON values. Repeats where that may help; raises WizardError or Cancelled."""

        def attempt(seconds: float) -> Any:
            reply = self._session.send(
                "GET",
                f"{self._base}/{path}",
                call=call,
                headers=self._authorization(),
                query={**query, **self._proof_parameter()},
                read_limit=seconds,
            )
            return self._body(reply, call)

        self._wait_turn(call)
        with _logged():
            return self._repeated(attempt, patience)

    def write(self, path: str, form: Mapping[str, str], call: str) -> Any:
        """Return the body of a POST, sent once. An answer that cannot be read leaves open whether it happened: kind
        ANSWER_LOST."""
        self._wait_turn(call)
        with _logged():
            return self._sent_once(path, form, call)

    def _sent_once(self, path: str, form: Mapping[str, str], call: str) -> Any:
        reply = self._session.send(
            "POST",
            f"{self._base}/{path}",
            call=call,
            headers=self._authorization(),
            form={**form, **({"appsecret_proof": self._proof} if self._proof else {})},
        )
        self._listen(reply.headers)
        answer = self._decoded(reply, call)
        if isinstance(answer, Success):
            return answer.body
        failure = answer.failure
        is_facebooks_word = bool(failure.message) or failure.code is not None or failure.kind is ErrorKind.NOT_DONE
        if not is_facebooks_word and failure.kind is not ErrorKind.THROTTLED:
            failure = Failure(ErrorKind.ANSWER_LOST, call, http_status=reply.status)
        raise WizardError(failure)

    def batch(self, operations: Sequence[Operation]) -> list[Success | Refusal]:
        """Return the answers of reads sent together, in their order. Raises WizardError if the whole was refused."""
        call = "POST batch"
        parameters = self._proof_parameter()
        batch = [
            {
                "method": "GET",
                "relative_url": f"{one.path}?{urlencode({**one.query, **parameters})}".rstrip("?"),
                # What another operation refers to would else be left out of the answer.
                **({"name": one.name, "omit_response_on_success": False} if one.name else {}),
            }
            for one in operations
        ]
        form: dict[str, str | Secret] = {"access_token": self._token, "batch": json.dumps(batch)}
        if self._proof:
            form["appsecret_proof"] = self._proof

        def attempt(seconds: float) -> list[Any]:
            reply = self._session.send(
                "POST", f"{self._base}/", call=call, form=form, changes=False, read_limit=seconds
            )
            body = self._body(reply, call)
            if not isinstance(body, list):
                raise WizardError(Failure(ErrorKind.UNREADABLE, call, http_status=reply.status))
            return body

        self._wait_turn(call)
        with _logged():
            items = self._repeated(attempt, PATIENT)
        answers = []
        for number, one in enumerate(operations):
            item = items[number] if number < len(items) else None
            answer, headers = batch_item(item, one.call, self._secrets(), self.own_id)
            self._listen(headers)
            if isinstance(answer, Refusal):
                self._limit.note(answer.failure)
                if not one.is_bonus:
                    log_failure(answer.failure)
            elif one.path == "me" and not self.own_id:
                node = read_as(Node, answer.body)
                self.own_id = str(node.id) if node else ""
            answers.append(answer)
        return answers

    def pause(self, seconds: float) -> None:
        """Wait, or raise Cancelled as soon as the person stops the work."""
        self._cancel.wait(seconds)

    def _body(self, reply: HttpReply, call: str) -> Any:
        self._listen(reply.headers)
        answer = self._decoded(reply, call)
        if isinstance(answer, Refusal):
            raise Refused(answer)
        return answer.body

    def _decoded(self, reply: HttpReply, call: str) -> Success | Refusal:
        answer = decode(self._unquoted(reply.body), reply.status, reply.headers, call, self._secrets(), self.own_id)
        if isinstance(answer, Refusal):
            self._limit.note(answer.failure)
        return answer

    def _wait_turn(self, call: str) -> None:
        self._limit.raise_if_reached(call)
        if self._lane is not None:
            self._lane.wait_turn(call, self._cancel)

    def _listen(self, headers: Mapping[str, str]) -> None:
        if self._lane is not None:
            self._lane.update(headers)
        self._times.update(headers)
        self._usage_told.append(headers)
        told = headers.get("facebook-api-version", "")
        self.api_version = told if is_version(told) else self.api_version  # it is shown, and a header may hold anything

    def _authorization(self) -> dict[str, str | Secret]:
        return {"Authorization": Secret(f"Bearer {self._token.reveal()}")}

    def _secrets(self) -> tuple[str, ...]:
        """What Facebook must not quote to us: a token need not look like one."""
        return tuple(secret.reveal() for secret in (self._token, self._proof) if secret)

    def _unquoted(self, body: bytes) -> bytes:
        """What Facebook answered, without our own token: quoted as a name, it would be shown and saved as one."""
        for secret in self._secrets():
            if len(secret) >= _SHORTEST_QUOTED:
                for form in {secret, json.dumps(secret)[1:-1], secret.replace("/", "\\/")}:
                    body = body.replace(form.encode("utf-8", "replace"), b"(hidden)")
        return body

    def _proof_parameter(self) -> dict[str, str]:
        # A proof is worth nothing without its token; a read has no other place for it (Graph API, secure requests).
        return {"appsecret_proof": self._proof.reveal()} if self._proof else {}

    def _repeated(self, attempt: Callable[[float], T], patience: Patience) -> T:
        """Call attempt with the seconds left until it works, must not be repeated, or patience ends."""
        patience = min(patience, self._most_patient, key=lambda one: one.seconds)
        return repeated(attempt, patience, self._cancel, _may_pass)


@contextmanager
def _logged() -> Iterator[None]:
    """What is raised, once no try is left."""
    try:
        yield
    except WizardError as error:
        log_failure(error.failure)
        raise


def _may_pass(error: BaseException) -> bool:
    return error.again is Again.SOON if isinstance(error, Refused) else may_pass(error)
