"""A settings API: one value in the JSON that a server keeps for the bot."""

import hashlib
import json
from typing import Any, NoReturn

from wizard.core import limits
from wizard.core.cancel import CancelToken
from wizard.core.secret import Secret
from wizard.core.target import SentUnconfirmed, TargetError, TargetProblem, TargetTrouble
from wizard.targets.base import Applied, Change, Plan, checked_app_id
from wizard.targets.http_shape import PLACE, Api
from wizard.targets.http_wire import Document, HttpWire
from wizard.targets.json_file import Json
from wizard.targets.old_value import is_text
from wizard.targets.path import as_path
from wizard.targets.pointer import names_of
from wizard.targets.splice import Place, splice

# After these nobody knows whether the write happened.
_OPEN = frozenset({TargetProblem.ANSWER_LOST, TargetProblem.SERVER_TROUBLE, TargetProblem.NOT_JSON})
_NULL = "null"
_ABOUT_THE_VALUE = frozenset(
    {
        TargetProblem.LOOKS_SECRET,
        TargetProblem.FILLED_IN,
        TargetProblem.OTHER_ID,
        TargetProblem.MORE_THAN_ID,
        TargetProblem.OTHERS_CHANGE,
    }
)


class HttpTarget:
    """api: where and how, checked by `choose`. secret: its key, None without one. code: as of every target.

    The App ID is there if its digits are: a server may keep what it is sent as a number. In `Applied.old` stands the
    old value as JSON, for null and numbers are no texts."""

    def __init__(self, api: Api, secret: Secret | None, cancel: CancelToken, code: str = "") -> None:
        self._api, self._cancel, self._code = api, cancel, code
        self._json = Json()
        self._wire = HttpWire(api, secret, cancel, self._json.limit)
        self._names = names_of(api.pointer) if api.pointer else ()
        self._path = as_path(self._names)

    def plan(self, app_id: str) -> Plan:
        checked_app_id(app_id)
        if self._is_blind:
            return self._plan(app_id, None, self._filled(json.dumps(app_id)))
        now = self._wire.read()
        if self._value(now) == app_id:
            return Plan(app_id, where=self._api.where, before=now.body, code=self._code)
        new, place = self._spliced(now.text, app_id)
        old = None if place.value is None else _raw(now.text, place)
        return self._plan(app_id, old, self._body(new, now, app_id), now)

    def _plan(self, app_id: str, old: str | None, body: bytes, now: Document | None = None) -> Plan:
        change = Change(self._api.pointer, None if old is None else _shown(old), app_id, self._api.where)
        return Plan(
            app_id,
            changes=(change,),
            where=self._api.where,
            diff=self._diff(old, app_id, body),
            sends=f"{self._api.method} {self._api.where}",
            is_blind=now is None,
            can_undo=now is not None and (old is not None or not self._api.template),
            is_other_text=old is not None and is_text(_shown(old)),
            before=now.body if now else None,
            after=body,
            tag=now.tag if now else "",
            old=old,
            code=self._code,
        )

    def intended(self, plan: Plan) -> Applied | None:
        if plan.is_empty or plan.is_blind:
            return None
        can_undo = plan.can_undo and (plan.old is not None or not self._api.sends_all)  # by a run that knows no more
        return Applied(plan.app_id, where=plan.where, old=plan.old, can_undo=can_undo)

    def apply(self, plan: Plan) -> Applied:
        if plan.is_empty:
            return Applied(plan.app_id)
        if plan.is_blind:
            self._send_blindly(plan)
            return Applied(plan.app_id, where=plan.where)
        if not self._is_as_planned(plan, self._wire.read()):  # a tag alone proves nothing: many servers pass it over
            self._refuse(TargetProblem.CHANGED_SINCE)
        self._write(plan)
        self._confirm(plan.app_id)
        return Applied(
            plan.app_id,
            where=plan.where,
            digest=_digest(plan.after),
            old=plan.old,
            before=plan.before,
            can_undo=plan.can_undo,
        )

    def _send_blindly(self, plan: Plan) -> None:
        try:
            self._wire.write(plan.after, "")
        except TargetError as error:
            if error.problem in _OPEN:
                raise SentUnconfirmed(self._trouble(TargetProblem.ANSWER_LOST_BLIND)) from error
            raise

    def _write(self, plan: Plan) -> None:
        """Send it; where the answer is lost, look, and send it once more if nothing has happened."""
        try:
            self._wire.write(plan.after, plan.tag)
            return
        except TargetError as error:
            if error.problem not in _OPEN:
                raise
            now = self._read_after(error)
            if self._value(now) == plan.app_id:
                return
            if not self._is_as_planned(plan, now):
                self._refuse(TargetProblem.CHANGED_SINCE)
        try:
            self._wire.write(plan.after, plan.tag)
        except TargetError as error:
            if error.problem in _OPEN and self._value(self._read_after(error)) != plan.app_id:
                raise
            if error.problem not in _OPEN:
                raise

    def _read_after(self, error: TargetError) -> Document:
        """Look what became of a write whose answer told nothing. Where that cannot be seen either, say so."""
        try:
            return self._wire.read()
        except TargetError as trouble:
            raise SentUnconfirmed(error.trouble) from trouble

    def _confirm(self, value: str | None) -> None:
        """Raises SentUnconfirmed: the write was taken, and what stands there now cannot be seen or is another thing."""
        try:
            for wait in limits.READ_BACK_PAUSES:
                self._cancel.wait(wait)
                if self._value(self._wire.read()) == value:
                    return
        except TargetError as error:
            raise SentUnconfirmed(error.trouble) from error
        raise SentUnconfirmed(self._trouble(TargetProblem.NOT_READ_BACK))

    def read_back(self) -> str | None:
        return None if self._is_blind else self._value(self._wire.read()) or None

    def undo(self, applied: Applied) -> None:
        if not applied.where:
            return
        if not applied.can_undo or applied.where != self._api.where:
            self._refuse(TargetProblem.CANNOT_UNDO)
        now = self._wire.read()
        if self._value(now) != applied.app_id:
            self._refuse(TargetProblem.CHANGED_SINCE)
        self._wire.write(self._old_body(applied, now), now.tag)
        is_gone = applied.old is None or (applied.old == _NULL and self._is_patch)  # a merge patch removes what is null
        self._confirm(None if is_gone else _shown(applied.old or ""))

    def forget(self, applied: Applied) -> None:
        """Nothing is kept but the note."""

    @property
    def _is_blind(self) -> bool:
        return not self._names

    @property
    def _is_patch(self) -> bool:
        return not (self._api.template or self._api.sends_all)

    # What is sent.

    def _body(self, new: str, now: Document, app_id: str) -> bytes:
        if self._api.template:
            return self._filled(json.dumps(app_id))
        return new.encode() if self._api.sends_all else self._patch(now, app_id)

    def _filled(self, value: str) -> bytes:
        """The template with a value, which is JSON. Where the ID is part of a text, only a text can take its place."""
        quoted = f'"{PLACE}"'
        if quoted in self._api.template:
            return self._api.template.replace(quoted, value).encode()
        if not value.startswith('"'):
            self._refuse(TargetProblem.CANNOT_UNDO)
        return self._api.template.replace(PLACE, value[1:-1]).encode()

    def _patch(self, now: Document, value: Any) -> bytes:
        """A merge patch (RFC 7396): it cannot reach into lists."""
        at = json.loads(now.text)
        for name in self._names[:-1]:
            at = at.get(name) if isinstance(at, dict) else at
            if isinstance(at, list):
                self._refuse(TargetProblem.PATCH_IN_LIST)
        for name in reversed(self._names):
            value = {name: value}
        return json.dumps(value).encode()

    def _old_body(self, applied: Applied, now: Document) -> bytes:
        """What is sent to put back the old value, and nothing else: what others changed since stays."""
        old = applied.old
        if self._api.template:
            return self._filled(old or "")
        if self._is_patch:
            return self._patch(now, None if old is None else json.loads(old))
        if old is None:
            # The whole of what stood there, if nobody has changed anything since.
            if applied.before is None or _digest(now.body) != applied.digest:
                self._refuse(TargetProblem.CANNOT_UNDO)
            return applied.before
        start, end = _ends(self._find(now.text))
        return (now.text[:start] + old + now.text[end:]).encode()

    # What stands there.

    def _is_as_planned(self, plan: Plan, now: Document) -> bool:
        """What would be lost by the write: all of the document, or the one value."""
        if self._api.sends_all:
            return now.body == plan.before
        place = self._find(now.text)
        return (None if place.value is None else _raw(now.text, place)) == plan.old

    def _value(self, document: Document) -> str | None:
        return self._find(document.text).value

    def _find(self, text: str) -> Place:
        try:
            return self._json.find(text, self._path)
        except TargetError as error:
            self._refuse(_of_reader(error.problem))

    def _spliced(self, text: str, app_id: str) -> tuple[str, Place]:
        try:
            return splice(text, self._path, app_id, self._json)
        except TargetError as error:
            self._refuse(_of_reader(error.problem))

    def _diff(self, old: str | None, app_id: str, body: bytes) -> str:
        head = [f"--- {self._api.where}", f"+++ {self._api.where}", "@@ -0,0 +0,0 @@"]
        if not self._names:
            return "\n".join([*head, *(f"+{line}" for line in body.decode().splitlines())])
        before = [] if old is None else [f"-{self._api.pointer}: {old}"]
        return "\n".join([*head, *before, f"+{self._api.pointer}: {json.dumps(app_id)}"])

    def _trouble(self, problem: TargetProblem) -> TargetTrouble:
        return TargetTrouble(problem, self._api.where, self._api.pointer)

    def _refuse(self, problem: TargetProblem) -> NoReturn:
        raise TargetError(self._trouble(problem))


def _of_reader(problem: TargetProblem) -> TargetProblem:
    if problem is TargetProblem.BROKEN_FILE:  # JSON that is none to us: NaN, or deeper than anybody writes
        return TargetProblem.NOT_JSON
    return problem if problem in _ABOUT_THE_VALUE else TargetProblem.NOT_AT_POINTER


def _ends(place: Place) -> tuple[int, int]:
    """Where the whole value stands, the quotes of a text with it."""
    return (place.start - 1, place.end + 1) if place.is_text else (place.start, place.end)


def _raw(text: str, place: Place) -> str:
    start, end = _ends(place)
    return text[start:end]


def _shown(value: str) -> str:
    """A value as the reader has it: a text without its quotes and escapes, anything else as it stands."""
    return str(json.loads(value)) if value.startswith('"') else value


def _digest(content: bytes) -> str:
    """The same for the same settings, however a server lays them out."""
    plain = json.dumps(json.loads(content), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
