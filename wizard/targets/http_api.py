"""A settings API: one value in the JSON that a server keeps for the bot."""

import hashlib
import json
from typing import Any, NoReturn

from wizard.core.cancel import CancelToken
from wizard.core.secret import Secret
from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.targets.base import Applied, Change, Plan, checked_app_id
from wizard.targets.http_shape import PLACE, Api
from wizard.targets.http_wire import Document, HttpWire
from wizard.targets.json_file import Json
from wizard.targets.pointer import as_path, names_of
from wizard.targets.splice import Place, splice

# After these nobody knows whether the write happened.
_OPEN = frozenset({TargetProblem.ANSWER_LOST, TargetProblem.SERVER_TROUBLE, TargetProblem.NOT_JSON})
_READ_BACK_WAITS = (0.0, 0.5, 1.5)  # seconds; some servers show a change only after a while


class HttpTarget:
    """api: where and how, checked by `choose`. secret: its key, None without one. code: as of every target."""

    def __init__(self, api: Api, secret: Secret | None, cancel: CancelToken, code: str = "") -> None:
        self._api, self._cancel, self._code = api, cancel, code
        self._wire = HttpWire(api, secret, cancel)
        self._names = names_of(api.pointer) if api.pointer else ()
        self._path = as_path(self._names)
        self._json = Json()

    def plan(self, app_id: str) -> Plan:
        checked_app_id(app_id)
        if self._is_blind:
            return self._plan(app_id, None, self._filled(app_id))
        now = self._wire.read()
        new, place = self._spliced(now.text, app_id)
        if new == now.text:
            return Plan(app_id, where=self._api.where, before=now.body, code=self._code)
        return self._plan(app_id, place.value, self._body(new, now, app_id), now)

    def _plan(self, app_id: str, old: str | None, body: bytes, now: Document | None = None) -> Plan:
        change = Change(self._api.pointer, old, app_id, self._api.where)
        return Plan(
            app_id,
            changes=(change,),
            where=self._api.where,
            diff=self._diff(change, body),
            sends=f"{self._api.method} {self._api.where}",
            is_blind=now is None,
            before=now.body if now else None,
            after=body,
            tag=now.tag if now else "",
            code=self._code,
        )

    def apply(self, plan: Plan) -> Applied:
        if plan.is_empty:
            return Applied(plan.app_id)
        if plan.is_blind:
            self._wire.write(plan.after, "")
            return Applied(plan.app_id, where=plan.where)
        if not plan.tag and not self._is_as_planned(plan, self._wire.read()):
            self._refuse(TargetProblem.CHANGED_SINCE)
        self._write(plan)
        now = self._read_until(plan.app_id)
        old = plan.changes[0].old
        return Applied(
            plan.app_id,
            where=plan.where,
            digest=_digest(now.body),
            old=old,
            before=plan.before,
            can_undo=old is not None or not self._api.template,
        )

    def _write(self, plan: Plan) -> None:
        """Send it; where the answer is lost, look, and send it once more if nothing has happened."""
        try:
            self._wire.write(plan.after, plan.tag)
            return
        except TargetError as error:
            if error.problem not in _OPEN:
                raise
            now = self._wire.read()
            if self._value(now) == plan.app_id:
                return
            if not self._is_as_planned(plan, now):
                self._refuse(TargetProblem.CHANGED_SINCE)
        self._wire.write(plan.after, plan.tag)

    def read_back(self) -> str | None:
        return None if self._is_blind else self._value(self._wire.read()) or None

    def undo(self, applied: Applied) -> None:
        if not applied.where:
            return
        if not applied.can_undo:
            self._refuse(TargetProblem.CANNOT_UNDO)
        now = self._wire.read()
        if self._value(now) != applied.app_id:
            self._refuse(TargetProblem.CHANGED_SINCE)
        self._wire.write(self._old_body(applied, now), now.tag)
        self._read_until(applied.old)

    @property
    def _is_blind(self) -> bool:
        return not self._names

    # What is sent.

    def _body(self, new: str, now: Document, app_id: str) -> bytes:
        if self._api.template:
            return self._filled(app_id)
        return new.encode() if self._api.sends_all else self._patch(now, app_id)

    def _filled(self, value: str) -> bytes:
        return self._api.template.replace(PLACE, json.dumps(value)[1:-1]).encode()

    def _patch(self, now: Document, value: Any) -> bytes:
        """A merge patch (RFC 7396): it cannot reach into lists."""
        at = json.loads(now.text)
        for name in self._names[:-1]:
            at = at.get(name) if isinstance(at, dict) else at
            if isinstance(at, list):
                self._refuse(TargetProblem.PATCH_IN_LIST)
        for name in reversed(self._names):
            value = {name: value}
        return json.dumps(value, ensure_ascii=False).encode()

    def _old_body(self, applied: Applied, now: Document) -> bytes:
        """What is sent to put back what was there. After a restart only the value itself is known."""
        is_untouched = applied.before is not None and _digest(now.body) == applied.digest
        if self._api.template:
            return self._filled(applied.old or "")
        if not self._api.sends_all:
            old = _at(json.loads(applied.before), self._names) if applied.before is not None else applied.old
            return self._patch(now, old)
        if is_untouched and applied.before is not None:
            return applied.before
        if applied.old is None:
            self._refuse(TargetProblem.CANNOT_UNDO)
        place = self._find(now.text)
        old = json.dumps(applied.old, ensure_ascii=False)[1:-1]
        return (now.text[: place.start] + place.before + old + place.after + now.text[place.end :]).encode()

    # What stands there.

    def _is_as_planned(self, plan: Plan, now: Document) -> bool:
        """What would be lost by the write: all of the document, or the one value."""
        if self._api.sends_all:
            return now.body == plan.before
        return self._value(now) == plan.changes[0].old

    def _read_until(self, value: str | None) -> Document:
        for wait in _READ_BACK_WAITS:
            self._cancel.wait(wait)
            now = self._wire.read()
            if self._value(now) == value:
                break
        else:
            self._refuse(TargetProblem.NOT_READ_BACK)
        return now

    def _value(self, document: Document) -> str | None:
        return self._find(document.text).value

    def _find(self, text: str) -> Place:
        try:
            return self._json.find(text, self._path)
        except TargetError:
            self._refuse(TargetProblem.NOT_AT_POINTER)

    def _spliced(self, text: str, app_id: str) -> tuple[str, Place]:
        try:
            return splice(text, self._path, app_id, self._json)
        except TargetError as error:
            looks_secret = error.problem is TargetProblem.LOOKS_SECRET
            self._refuse(TargetProblem.LOOKS_SECRET if looks_secret else TargetProblem.NOT_AT_POINTER)

    def _diff(self, change: Change, body: bytes) -> str:
        head = [f"--- {change.where}", f"+++ {change.where}", "@@ -0,0 +0,0 @@"]
        if not self._names:
            return "\n".join([*head, *(f"+{line}" for line in body.decode().splitlines())])
        old = [] if change.old is None else [f"-{change.key}: {json.dumps(change.old, ensure_ascii=False)}"]
        return "\n".join([*head, *old, f"+{change.key}: {json.dumps(change.new)}"])

    def _refuse(self, problem: TargetProblem) -> NoReturn:
        raise TargetError(TargetTrouble(problem, self._api.where, self._api.pointer))


def _at(value: Any, names: tuple[str, ...]) -> Any:
    for name in names:
        if isinstance(value, list):
            value = value[int(name)] if name.isdecimal() and int(name) < len(value) else None
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
