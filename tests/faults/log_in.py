"""Logging in with Facebook: whoever does in a browser what the program says, and what may go wrong with it besides."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from tests.faults.kinds import DIGITS, ODD, Kind, member_kinds
from tests.simulator.world import PracticeWorld
from wizard.core.resource import resource

_CODES = "^POST device/"
_START, _STATUS, _GIVEN = "^POST device/login$", "^POST device/login_status$", "^GET me/permissions$"
_LINK, _CODE = re.compile(r"^ *(http://\S+)$", re.MULTILINE), re.compile(r"enter the code (\S+):")


@dataclass(slots=True)
class PersonWithBrowser:
    """Reads what the program says, and goes to the address or enters the code that stands there."""

    world: PracticeWorld
    said: str = ""

    def __call__(self, text: str) -> None:
        self.said += text
        if not self.said.rstrip().endswith("Waiting …"):
            return
        links, code, self.said = _LINK.findall(self.said), _CODE.search(self.said), ""
        if links and code:
            self.world.instruct("enter_code", links[-1], code[1])
        elif links:
            self.world.instruct("log_in", links[-1])


def log_in_kinds() -> Iterator[Kind]:
    for answer in tomllib.loads(resource("log_in.toml").read_text(encoding="utf-8"))["code"]["answer"]:
        fault = {"kind": "error", "code": 31, "subcode": answer["subcode"]}
        yield Kind(f"code is {answer['means']}", fault, _CODES)
    for name, calls in {"user_code": _START, "interval": _START, "expires_in": _CODES, "status": _GIVEN}.items():
        yield from member_kinds(name, calls, ("null", "list", "text", "minus", "1e308", "digits"))
    for name, calls in {"code": _START, "access_token": _STATUS, "permission": _GIVEN}.items():
        yield from member_kinds(name, calls, ("null", "list", "text", "digits"), "of a log-in")
    odd = {"escape": "\x1b[2J\x9b", "markup": "[bold]x[/]", "address": "http://elsewhere.example/", "token": "{token}"}
    for name, text in {**odd, "empty": "", "long": "A" * 5000}.items():
        change = {"member": "user_code", "value": text}
        yield Kind(f"user_code {name}", {"kind": "changed", "change": change}, _START)
    for name, value in {"spaces": "EAA x y", "short": "EAA", "long": "EAA" + "x" * 9000, "other": ODD["true"]}.items():
        change = {"member": "access_token", "value": value}
        yield Kind(f"access_token {name} of a log-in", {"kind": "changed", "change": change}, _STATUS)
    body = '{"code":"' + "ab" * 24 + '","user_code":"ABCDEF","expires_in":' + DIGITS + ',"interval":0}'
    yield Kind("a code that nobody gave", {"kind": "answer", "answer": {"body": body}}, _START)
