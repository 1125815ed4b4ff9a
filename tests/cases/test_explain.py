"""What people paste is explained rightly: the texts of explain.jsonl and more.jsonl, as the command answers them.

README.md tells what the fields mean and when a case is right.
"""

import functools
import json
import re
import sys
from collections.abc import Callable, Mapping
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.cli import run_command_line
from wizard.i18n import language
from wizard.words.explaining import explain_text

_FOLDER = Path(__file__).parent
FILES = ("explain", "more")
AT_LEAST = 0.97
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})  # noqa: RUF001 - as the sentences have them


@functools.cache
def cases(name: str) -> tuple[dict[str, Any], ...]:
    lines = (_FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def answer(text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What `handover-wizard explain --json -` says about a text on its standard input."""
    typed = TextIOWrapper(BytesIO(text.encode()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", typed)
    monkeypatch.setattr(sys, "argv", ["handover-wizard", "explain", "--json", "-"])
    run_command_line()
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def wrong_in(case: Mapping[str, Any], told: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with an answer, by the rule of the README; empty where it is right."""
    found = told["found"]
    letter = str(told["customer"] or "").translate(_QUOTES)
    everything = "\n".join([*map(_said, found), letter])
    wrong = []
    if not _is_right(case, found, _first(told, letter)):
        wrong.append(f"first is {found[0]['id'] if found else 'nothing'}")
    wrong += [f"not said: {pattern}" for pattern in case.get("also", ()) if not _matches(pattern, everything)]
    wrong += [f"said: {hit[0]!r}" for pattern in case["must_not"] if (hit := _matches(pattern, everything))]
    return wrong


def _is_right(case: Mapping[str, Any], found: list[dict[str, Any]], first: str) -> bool:
    if not case["accept"] and not case["must"]:
        return not any(one["known"] for one in found)
    ids = {found[0]["id"], *(() if found[0]["known"] else ("unknown",))} if found else {"nothing"}
    if ids & set(case["accept"]):
        return True
    return bool(case["must"]) and all(_matches(pattern, first) for pattern in case["must"])


def _first(told: Mapping[str, Any], letter: str) -> str:
    """What is said of the first trouble; where there is none, what the answer says instead."""
    if not told["found"]:
        return json.dumps(dict(told), ensure_ascii=False).translate(_QUOTES)
    said = _said(told["found"][0])
    return said if len(told["found"]) > 1 else f"{said}\n{letter}"


def _said(one: Mapping[str, Any]) -> str:
    parts = (one["title"], one["action"], one["who"], one["facebook_says"] or "")
    return "\n".join(parts).translate(_QUOTES)


def _matches(pattern: str, text: str) -> re.Match[str] | None:
    return re.search(pattern, text, re.IGNORECASE | re.MULTILINE)


@pytest.mark.parametrize("name", FILES)
def test_what_people_paste_is_explained_rightly(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    language.use("en")
    wrong = {
        case["id"]: reasons
        for case in cases(name)
        if (reasons := wrong_in(case, answer(case["text"], monkeypatch, capsys)))
    }
    right = len(cases(name)) - len(wrong)
    with capsys.disabled():
        print(f"\n{name}: {right} of {len(cases(name))} right")
    assert right >= AT_LEAST * len(cases(name)), wrong


def test_every_case_says_what_is_right_and_has_a_name_of_its_own() -> None:
    everything = [case for name in FILES for case in cases(name)]
    assert len({case["id"] for case in everything}) == len(everything)
    assert len(everything) >= 200
    assert all(case["right"] for case in everything)


# The same error in any dress: what is found first stays the same.

ERRORS = [
    ("(#10) Message failed to send because another app is controlling this thread now.", 10, 2018300),
    ("(#10) This message is sent outside of allowed window.", 10, 2018278),
    ("(#100) No matching user found", 100, 2018001),
    ("(#551) This person isn't available right now.", 551, 1545041),
    ("Error validating access token: Session has expired on Monday, 07-Sep-26 06:00:00 PDT.", 190, 463),
    ("Any of the pages_messaging permission(s) must be granted before impersonating a user's page.", 190, None),
    ("(#100) The action is invalid since the calling app is not the thread owner.", 100, None),
    ("(#27) Take thread control is not supported when Conversation Routing is not enabled", 27, None),
    ("(#200) Cannot message users who are not admins, developers or testers of the app", 200, 2018028),
    ("Calls to this api have exceeded the rate limit.", 613, None),
    ("Invalid OAuth access token - Cannot parse access token", 190, None),
    ("(#100) Failed to fetch the file from the url", 100, 2018008),
]
PREFIXES = [
    "",
    "ERROR ",
    "[meta] send failed: ",
    "2026-09-14 08:21:07,113 ERROR app.meta request failed status=400 body=",
    "rails_1     | E, [2022-11-20T06:43:01.500000 #1] ERROR -- : ",
    "\tat Client.send(Client.java:190)\nCaused by: ",
    "messenger-send: HTTP 400 ",
]


def _ruby(body: Any) -> str:
    return json.dumps(body).replace('": ', '"=>')


def _yaml(body: Any) -> str:
    return "\n".join(f"{name}: {value}" for name, value in body["error"].items())


def _flat(body: Any) -> str:
    error = body["error"]
    numbers = f"code {error['code']}" + (f", subcode {error['error_subcode']}" if "error_subcode" in error else "")
    return f"{error['message']} ({numbers}, type OAuthException)"


BODIES: list[Callable[[Any], str]] = [
    json.dumps,
    lambda body: json.dumps(body, indent=2),
    lambda body: json.dumps({"error": dict(reversed(body["error"].items()))}),
    lambda body: json.dumps({"error": {**body["error"], "error_data": {"blame": [[]], "expires_at": 0}}}, indent=4),
    repr,
    _ruby,
    _yaml,
    _flat,
]
AROUND: list[Callable[[str], str]] = [
    str,
    json.dumps,
    lambda text: json.dumps({"level": "error", "body": text}),
    lambda text: f"({text})",
]


@st.composite
def dressed(draw: st.DrawFn) -> tuple[str, str]:
    """An error as it is, and the same one as something showed it."""
    message, code, subcode = draw(st.sampled_from(ERRORS))
    error: dict[str, Any] = {"message": message, "type": "OAuthException", "code": code}
    if subcode and draw(st.booleans()):
        error["error_subcode"] = subcode
    body = {"error": error}
    text = draw(st.sampled_from(BODIES))(body)
    for around in draw(st.lists(st.sampled_from(AROUND), max_size=2)):
        text = around(text)
    text = draw(st.sampled_from(PREFIXES)) + text
    return json.dumps(body), _cut(text, draw(st.sampled_from([0, 0, 72, 100])))


def _cut(text: str, width: int) -> str:
    """Break lines at blanks, as a mail does it; 0 leaves them whole."""
    if not width:
        return text
    lines, line = [], ""
    for word in re.split(r"(?<= )", text):
        if line and len(line) + len(word) > width and "\n" not in word:
            lines.append(line.rstrip(" "))
            line = "  "
        line += word
    return "\n".join([*lines, line])


@given(dressed())
def test_an_error_is_the_same_in_any_dress(pair: tuple[str, str]) -> None:
    plain, text = pair
    assert [one.id for one in explain_text(text)] == [one.id for one in explain_text(plain)], text


@given(st.sampled_from(ERRORS), st.integers(20, 60))
def test_a_terminal_may_cut_the_words_of_an_error_anywhere(error: tuple[str, int, int | None], width: int) -> None:
    message = error[0]
    cut = "\n".join(message[at : at + width] for at in range(0, len(message), width))
    assert [one.id for one in explain_text(cut)] == [one.id for one in explain_text(message)]
