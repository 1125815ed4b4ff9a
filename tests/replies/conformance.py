"""How faithful the practice world is: each recorded body is asked of it, and compared field by field.

`python -m tests.replies.conformance` prints the score, with what is not produced and why. A body counts as produced
when each of its fields is there with a value of the same type, and of an error with the same number, type and words.
Times, IDs, names and traces are those of somebody else. The HTTP status counts where the line was recorded; in fixtures
it is their author's choice, as is the "(#n)" in front of the words.
"""

import base64
import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.replies.asked import ASKED, REASONS, Asked
from tests.replies.corpus import Line, lines
from tests.simulator.world import HttpReply, PracticeWorld, request, start_world
from wizard.simulator.graph.played import table

_TIME = re.compile(r"\w+, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d [A-Z]{3}")
_ID = re.compile(r"\d{5,}|\{[\w-]+\}")
_MAPS = ("connections",)  # members whose names are data
_SAME = ("code", "error_subcode", "subcode", "type", "is_transient")  # of an error


def bodies() -> list[Line]:
    return [line for line in lines() if line.has_body]


def judge(world: PracticeWorld) -> dict[str, str]:
    """Return what is missing in the world's answer for each body that it is asked for, "" where nothing is."""
    return {line.id: _missing(world, line, ASKED[line.id]) for line in bodies() if line.id in ASKED}


def report(judged: dict[str, str]) -> str:
    """Return the score in words, with all that is not produced, by its reason."""
    everything = bodies()
    asked_by_name = sum(bool(ASKED[name].error) for name in judged)
    missed = {name: what for name, what in judged.items() if what}
    produced = len(judged) - len(missed)
    recorded = [line.id for line in everything if line.is_recorded]
    told = [
        f"Conformance: {produced} of {len(everything)} kept bodies are produced field by field "
        f"({asked_by_name} of them where the error is asked for by its name); "
        f"of the {len(recorded)} that were recorded live, {sum(judged.get(name) == '' for name in recorded)}.",
        *(f"  MISSED {name}: {what}" for name, what in missed.items()),
    ]
    by_reason: dict[str, list[str]] = defaultdict(list)
    for name, reason in REASONS.items():
        by_reason[reason].append(name)
    told += [f"  not produced, {reason}: {', '.join(names)}" for reason, names in by_reason.items()]
    return "\n".join(told)


def _missing(world: PracticeWorld, line: Line, wanted: Asked) -> str:
    reply = _answer(world, wanted)
    if line.is_recorded and line.told_status not in (None, reply.status):
        return f"the status is {reply.status}, not {line.told_status}"
    try:
        produced = json.loads(reply.text)
        for step in wanted.inner:
            produced = produced[step]
    except (ValueError, LookupError, TypeError):
        return f"no such body in {reply.text[:200]}"
    recorded = line.body if line.body is not None else _parsed(line.text)
    if recorded is not None:
        return difference(recorded, produced, exact=line.is_recorded)
    said = (
        produced["error"]["message"] if isinstance(produced, dict) and "error" in produced else ""
    )  # only words were kept
    return "" if _words(line.text, exact=False) in _words(said, exact=False) else f"{line.text!r} is not in {said!r}"


def _answer(world: PracticeWorld, wanted: Asked) -> HttpReply:
    """Ask for a body in a world of its own."""
    world.scenario_of(wanted.scenario, **wanted.tables)
    if wanted.callback:
        world.connect("primary", "http://127.0.0.1:9/", "", verify="later")
    for first in wanted.before:
        assert _call(world, first).status == 200
    world.clock(3_600 * wanted.hours)
    if wanted.error:
        fault = {"call": wanted.call, "error": wanted.error}
        assert request("POST", f"{world.control_url}/faults", json_body=fault).status == 200
    reply = _call(world, wanted)
    world.disconnect("primary")
    return reply


def _call(world: PracticeWorld, wanted: Asked) -> HttpReply:
    names = {
        "psid": world.tester,
        "page": world.page_id,
        "primary": world.app("primary"),
        "secondary": world.app("secondary"),
        "igsid": (world.start["instagram"] or {}).get("tester", ""),
        "conversation": f"t_{world.tester[-15:]}",
        "client_token": f"{world.app('primary')}|" + re.findall(r'client_token = "(\w+)"', world.start["log_in"])[0],
        "last_page": base64.urlsafe_b64encode(world.page_id.encode()).decode(),
        **{f"{name}_token": text for name, text in world.start["tokens"].items()},
    }

    def filled(value: Any) -> Any:
        return json.loads(re.sub(r"\{(\w+)\}", lambda found: names.get(found[1], found[0]), json.dumps(value)))

    method, _, path = filled(wanted.call).partition(" ")
    return world.graph(method, path, filled(wanted.token), **filled(wanted.params))


def _parsed(text: str) -> Any:
    """A body that was kept as text, with 1 for each name that stands for a number; None where it is no JSON."""
    try:
        return json.loads(re.sub(r":\s*[A-Z][A-Z-]+", ": 1", text))
    except ValueError:
        return None


def difference(recorded: Any, produced: Any, *, exact: bool) -> str:
    """Return the first place where something is missing or different, "" for none. exact: the number in front of the
    words counts, too."""
    return _compared(recorded, produced, "", exact=exact)


def _compared(recorded: Any, produced: Any, place: str, *, exact: bool) -> str:
    if isinstance(recorded, dict) and isinstance(produced, dict):
        for name, value in recorded.items():
            if name not in produced:
                return f"{place}.{name} is missing"
            if found := _compared_member(name, value, produced[name], f"{place}.{name}", exact=exact):
                return found
        return ""
    if isinstance(recorded, list) and isinstance(produced, list):
        if place == "":  # a batch: one by one
            if len(recorded) != len(produced):
                return f"{len(produced)} answers, not {len(recorded)}"
            each = (
                _compared(*pair, f"[{at}]", exact=exact) for at, pair in enumerate(zip(recorded, produced, strict=True))
            )
            return next(filter(None, each), "")
        for at, item in enumerate(recorded):
            tried = [_compared(item, other, f"{place}[{at}]", exact=exact) for other in produced]
            if "" not in tried:
                return tried[0] if tried else f"{place} is empty"
        return ""
    same = type(recorded) is type(produced)
    return "" if same else f"{place} is {type(produced).__name__}, not {type(recorded).__name__}"


def _compared_member(name: str, recorded: Any, produced: Any, place: str, *, exact: bool) -> str:
    if place.startswith((".error.", ".data.error.")) or "]body.error." in place.replace(".body", "]body"):
        if name in _SAME:
            return "" if recorded == produced else f"{place} is {produced!r}, not {recorded!r}"
        if name == "message":
            is_alike = _alike(_words(recorded, exact=exact), _words(produced, exact=exact))
            return "" if is_alike else f"{place} is {produced!r}, not {recorded!r}"
    if name == "body" and isinstance(recorded, str):
        return _compared(json.loads(recorded), json.loads(produced), f"{place}", exact=exact)
    if name in _MAPS:
        return "" if isinstance(produced, dict) and produced else f"{place} is empty"
    return _compared(recorded, produced, place, exact=exact)


def _words(text: str, *, exact: bool) -> str:
    """A message without times and IDs; with exact also without its number."""
    text = _ID.sub("ID", _TIME.sub("TIME", text))
    return text if exact else re.sub(r"^\(#\d+\) ", "", text)


def _alike(recorded: str, produced: str) -> bool:
    """Whether they are the same; "..." in what was recorded stands for anything."""
    return re.fullmatch(".*".join(map(re.escape, recorded.split("..."))), produced, re.DOTALL) is not None


@contextmanager
def conformance_world() -> Iterator[PracticeWorld]:
    """A world with one more scenario than others, in which two tokens lack something."""
    with tempfile.TemporaryDirectory() as folder:
        seed = Path(folder) / "conformance.toml"
        seed.write_text(
            'base = "happy-routing"\n[token.third_app_page]\nscopes = []\n[token.system_user]\nrefused_with = 458\n',
            encoding="utf-8",
        )
        with start_world(options=("--seed", str(seed))) as world:
            yield world


def main() -> int:
    """Print what is played, and how faithfully. Return 1 where a body is not produced that should be."""
    with conformance_world() as world:
        judged = judge(world)
    print(table(), report(judged), sep="\n\n")
    return int(any(judged.values()))


if __name__ == "__main__":
    sys.exit(main())
