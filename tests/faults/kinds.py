"""The kinds of fault, as the practice world plays them."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wizard.core.errors import ErrorKind, Failure
from wizard.core.resource import resource

REQUEST = "REQUEST"  # stands for any call of a run over TLS: nobody between sees which it is
ON_THE_LINE = f"^{REQUEST}$"
DIGITS = "9" * 400
HTML = "<!DOCTYPE html><html><head><title>Hotel Wi-Fi</title></head><body><h1>Please log in</h1></body></html>"
_HTML = "text/html; charset=utf-8"
_CONTROL = "^POST me/.*_thread_control$"
_OWNER = "^GET me/thread_owner$"
_LIST = "^GET me/(conversations|accounts)$|^GET {conversation}/messages$"
_NOT_OF_PLATFORM = "^(?!.* platform/)"
_PLATFORM = " platform/"


@dataclass(frozen=True, slots=True)
class Kind:
    """fault: what `POST faults` of the practice world takes, without the call. calls: a pattern of the calls that it
    can hit. on_the_wire: it means nothing inside a batch. is_final: a refusal that will be the same tomorrow.
    is_of_the_way: it tells nothing of the set-up. {bot}, {live_chat}, {third}, {token} stand for their values.
    """

    name: str
    fault: Mapping[str, Any]
    calls: str = ""
    on_the_wire: bool = False
    is_final: bool = False
    is_of_the_way: bool = False

    def fits(self, call: str, in_batch: bool) -> bool:
        if call == REQUEST and self.calls != ON_THE_LINE:
            return False
        return re.search(self.calls, call) is not None and not (in_batch and self.on_the_wire)


def all_kinds() -> dict[str, Kind]:
    found = [
        *_on_the_way(),
        *_statuses(),
        *_bodies(),
        *_members(),
        *_headers(),
        *_done(),
        *_lies(),
        *_platform(),
        *_codes(),
    ]
    return {kind.name: kind for kind in found}


def _answer(**given: Any) -> dict[str, Any]:
    return {"kind": "answer", "answer": given}


def _on_the_way() -> Iterator[Kind]:
    yield from (replace(kind, is_of_the_way=True) for kind in _way())


def _way() -> Iterator[Kind]:
    """What the way does to a call."""
    for name in ("reset", "timeout", "drip", "answer_lost"):
        yield Kind(name, {"kind": name}, on_the_wire=name == "drip")
    yield Kind("truncated", {"kind": "truncated"})
    yield Kind("500 html", {"kind": "http_500"})
    yield Kind("500 done", {"kind": "http_500", "done": True})
    yield Kind("200 html", {"kind": "html"})
    yield Kind("cut", _answer(body='{"id":"1","data":[]}', cut=7), on_the_wire=True)
    for status in (407, 429, 502, 503, 511):
        yield Kind(f"{status} html", _answer(status=status, body=HTML, content_type=_HTML))
    for status in (429, 500, 503):
        yield Kind(f"{status} empty", _answer(status=status, body=""))
        yield Kind(f"{status} {{}}", _answer(status=status, body="{}"))
    yield Kind("429 in an hour", _answer(status=429, body="{}", headers={"Retry-After": "3600"}))
    yield Kind("throttled", {"kind": "throttled"}, _NOT_OF_PLATFORM)
    yield Kind("throttled app", {"kind": "throttled", "code": 4}, _NOT_OF_PLATFORM)
    yield Kind("throttled no time", {"kind": "error", "code": 613}, _NOT_OF_PLATFORM)
    yield Kind("throttled 1e308", {"kind": "throttled", "minutes": 1e308}, _NOT_OF_PLATFORM)
    yield Kind("batch null", {"kind": "batch_null"}, _NOT_OF_PLATFORM)


def _statuses() -> Iterator[Kind]:
    """Statuses that say something, or nothing that anybody knows."""
    for status in (401, 403, 404):
        yield Kind(f"{status} html", _answer(status=status, body=HTML, content_type=_HTML))
    yield Kind("401 empty", _answer(status=401, body=""))
    yield Kind("401 {}", _answer(status=401, body="{}"))
    for status in (302, 308):
        where = {"Location": "https://elsewhere.example/"}
        yield Kind(f"{status} elsewhere", _answer(status=status, body="", headers=where))
    for status in (204, 304):
        yield Kind(f"{status} empty", _answer(status=status, body=""), on_the_wire=True)


def _bodies() -> Iterator[Kind]:
    for body in ("", "null", "true", "false", "7", '"text"', "[]", "{}", '{"data":[]}', '{"data":null}', '{"data":{}}'):
        yield Kind(f"body {body or 'empty'}", _answer(body=body))
    for body in ("[null]", '{"data":[null,7,"x",[],{}]}', '{"id":null}', '{"id":"1","data":[{"id":{}}]}', "NaN"):
        yield Kind(f"body {body}", _answer(body=body))
    for body in (
        '{"success":false}',
        '{"success":"false"}',
        '{"error":null}',
        '{"error":[]}',
        '{"error":"no"}',
        '{"error":{}}',
        '{"error":{"code":"x","message":7,"error_subcode":[]}}',
        '{"error":{"code":' + DIGITS[:30] + ',"message":null,"fbtrace_id":7}}',
        '{"error_code":190,"error_msg":"flat"}',
        '{"error":{"message":"(#10) only in words"}}',
    ):
        yield Kind(f"body {body[:60]}", _answer(body=body), is_final="(#10)" in body)
    yield Kind("deep", _answer(body="[", repeat=100_000))
    yield Kind("deep objects", _answer(body='{"data":', repeat=50_000))
    yield Kind("huge", _answer(body=" ", repeat=9_000_000), on_the_wire=True)
    yield Kind("gzip bomb", _answer(body=" ", repeat=80_000_000, gzip=True), on_the_wire=True)
    no_gzip = _answer(headers={"Content-Encoding": "gzip"})
    yield Kind("no gzip", no_gzip, on_the_wire=True)
    for encoding in ("utf-16", "utf-7", "cp037"):
        yield Kind(f"in {encoding}", _answer(encoding=encoding), on_the_wire=True)
    yield Kind("bytes", _answer(body="\x80\xff\x00{", encoding="latin-1"), on_the_wire=True)
    yield Kind("wrong charset", _answer(content_type="application/json; charset=klingon"), on_the_wire=True)


ODD: Mapping[str, Any] = {
    "null": None,
    "list": [],
    "object": {},
    "text": "x",
    "empty": "",
    "true": True,
    "number": 7,
    "float": 7.5,
    "minus": -1,
    "1e308": 1e308,
    "digits": DIGITS,
}
_MEMBERS = {
    "data": "",
    "id": "",
    "name": "",
    "thread_owner": _OWNER,
    "app_id": _OWNER,
    "expiration": _OWNER,
    "updated_time": "^GET me/conversations$",
    "participants": "^GET me/conversations$",
    "is_owner": "^GET me/conversations$",
    "created_time": "/messages$",
    "message": "/messages$",
    "from": "/messages$",
    "paging": _LIST,
    "access_token": "^GET me/accounts$",
    "tasks": "^GET me/accounts$",
    "subscribed_fields": "subscribed_apps$",
    "body": "^POST $",
    "code": "^POST $",
    "headers": "^POST $",
    "success": "^POST me/",
}
_FEW = ("null", "list", "text", "digits")


def _members() -> Iterator[Kind]:
    """Members of a true answer that are missing, of another type, or there twice."""
    for member, calls in {"*": "", **_MEMBERS}.items():
        calls = calls or _NOT_OF_PLATFORM
        yield from member_kinds(member, calls, tuple(ODD) if member in ("*", "id", "app_id", "expiration") else _FEW)
    for name, text in {"escape": "\x1b[2J\x9b\u202e", "markup": "[bold]<img src=x>[/]", "token": "{token}"}.items():
        change = {"member": "name", "value": text}
        yield Kind(f"name {name}", {"kind": "changed", "change": change}, _NOT_OF_PLATFORM)
    yield Kind("endless", {"kind": "endless", "change": {"member": "-"}}, _LIST)
    yield Kind("endless empty", {"kind": "endless", "change": {"member": "data", "value": []}}, _LIST)


def member_kinds(member: str, calls: str, odd: Sequence[str], where: str = "") -> Iterator[Kind]:
    """A member that is missing, there twice, or one of these odd values. where: added to the names of the kinds."""
    changes: dict[str, dict[str, Any]] = {f"{member} {name}": {"value": ODD[name]} for name in odd}
    if member != "*":
        changes = {f"no {member}": {}, f"two {member}": {"value": "1", "twice": True}, **changes}
    for name, change in changes.items():
        fault = {"kind": "changed", "change": {"member": member, **change}}
        yield Kind(f"{name} {where}".rstrip(), fault, calls)


def _headers() -> Iterator[Kind]:
    odd = {
        "Date": ("yesterday", "Fri, 31 Dec 9999 23:59:59 GMT", DIGITS, "Thu, 01 Jan 0000 00:00:00 GMT"),
        "Retry-After": (DIGITS, "-5", "1e308", "\xb2"),
        "X-App-Usage": ("[" * 8000, '{"call_count":' + DIGITS + "}", '{"call_count":"x"}', "null", "[]"),
        "X-Business-Use-Case-Usage": (
            '{"1":' * 4000,
            '{"1":[{"call_count":100,"estimated_time_to_regain_access":1e308}]}',
            '{"1":{"call_count":null}}',
        ),
        "facebook-api-version": ("v" + DIGITS, "\x85", "{token}"),
        "Content-Length": ("x",),
        "Content-Type": ("\xe9",),
    }
    for header, values in odd.items():
        for value in values:
            fault = _answer(headers={header: value})
            yield Kind(f"{header}: {value[:44]!r}", fault, _NOT_OF_PLATFORM, on_the_wire=header.startswith("Content"))
    for percent, minutes in ((100, 0), (100, 1e308), (int(DIGITS), 5)):
        fault = {"kind": "usage", "percent": percent, "minutes": minutes}
        yield Kind(f"usage {str(percent)[:4]} {minutes}", fault, _NOT_OF_PLATFORM)


def _done() -> Iterator[Kind]:
    """Carried out, and answered with something else."""
    for code, subcode in (
        (1, None),
        (2, None),
        (4, None),
        (10, None),
        (27, None),
        (100, None),
        (190, 460),
        (200, None),
    ):
        yield Kind(f"done, {code}", {"kind": "error", "code": code, "subcode": subcode, "done": True}, _CONTROL)
    for code, subcode in ((10, 2018300), (100, 2018164), (551, 1545041), (9999, None), (-1, None)):
        fault = {"kind": "error", "code": code, "subcode": subcode, "done": True}
        yield Kind(f"done, {code}/{subcode}", fault, _CONTROL)
    answers: dict[str, dict[str, Any]] = {
        "success:false": _answer(body='{"success":false}'),
        "empty": _answer(body=""),
        "null": _answer(body="null"),
        "true": _answer(body="true"),
        "[]": _answer(body="[]"),
        "{}": _answer(body="{}"),
        "data []": _answer(body='{"data":[]}'),
        "redirect": _answer(status=302, body="", headers={"Location": "https://elsewhere.example/"}),
        "204": _answer(status=204, body=""),
        "401": _answer(status=401, body=""),
        "429": _answer(status=429, body=""),
        "503": _answer(status=503, body=""),
        "deep": _answer(body="[", repeat=100_000),
        "huge": _answer(body=" ", repeat=9_000_000),
        "bomb": _answer(body=" ", repeat=80_000_000, gzip=True),
        "cut": _answer(body='{"success":true}', cut=5),
        "throttled": {"kind": "throttled"},
        "html": {"kind": "html"},
    }
    for name, given in answers.items():
        yield Kind(f"done, {name}", {**given, "done": True}, _CONTROL)


def _lies() -> Iterator[Kind]:
    """Readings of the owner that are not true."""
    yield Kind("owner lie nobody", _answer(body='{"data":[]}'), _OWNER)
    for role in ("bot", "live_chat", "third"):
        owner = '{"thread_owner":{"app_id":"' + "{" + role + "}" + '","expiration":9999999999}}'
        yield Kind(f"owner lie {role}", _answer(body=f'{{"data":[{owner}]}}'), _OWNER)
    hidden = '{"data":[{"thread_owner":{"expiration":9999999999}}]}'
    yield Kind("owner lie hidden", _answer(body=hidden), _OWNER)


def _platform() -> Iterator[Kind]:
    for status in (400, 405, 409, 412, 413, 415, 418, 422, 501):
        yield Kind(f"platform {status}", {"kind": "error", "code": status}, _PLATFORM)
        yield Kind(f"platform {status} done", {"kind": "error", "code": status, "done": True}, "(PUT|PATCH|POST) platf")
    for name in ("refuse", "throttled"):
        yield Kind(f"platform {name}", {"kind": name}, _PLATFORM)
    for name in ("null", "number", "list", "object", "text", "digits"):
        change = {"member": "secondary_receiver", "value": ODD[name]}
        yield Kind(f"platform value {name}", {"kind": "changed", "change": change}, _PLATFORM)
    for member in ("secondary_receiver", "messenger", "integrations"):
        yield Kind(f"platform no {member}", {"kind": "changed", "change": {"member": member}}, _PLATFORM)
    twice = {"member": "secondary_receiver", "value": "1", "twice": True}
    yield Kind("platform two secondary_receiver", {"kind": "changed", "change": twice}, _PLATFORM)
    for tag in ('W/"x"', "", "\xe9", "x" * 5000):
        yield Kind(f"platform ETag {tag[:8]!r}", _answer(headers={"ETag": tag}), _PLATFORM)


def _codes() -> Iterator[Kind]:
    """Every entry of the catalogue of errors that an answer can be recognised by, once."""
    for entry in tomllib.loads(resource("errors.toml").read_text(encoding="utf-8"))["error"]:
        rules = entry.get("match", ())
        rule = next((one for one in rules if set(one) & {"codes", "subcodes", "between", "words"}), None)
        if rule is None:
            continue
        (first, _last) = rule.get("between", (None, None))
        code = rule.get("codes", [first or (100 if "subcodes" in rule or "words" in rule else 1)])[0]
        words = rule.get("words", [""])[0].replace("…", " any ")
        fault = {"kind": "error", "code": code, "subcode": next(iter(rule.get("subcodes", ())), None)}
        message = f"(#{code}) It is so: {words} EAA{'z9' * 60}" if words else ""
        failure = Failure(ErrorKind(entry["kind"]))
        yield Kind(
            f"code {entry['id']}",
            fault | ({"message": message} if message else {}),
            _NOT_OF_PLATFORM,
            is_final=not (failure.is_transport_error or failure.is_token_error),
        )
