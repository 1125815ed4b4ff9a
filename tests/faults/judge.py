"""What makes a cell good: see `faults_of`."""

import ast
import functools
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.faults.in_process import Run
from tests.simulator.world import ROOT
from wizard.core.exit_code import ExitCode

LONGEST = 20.0  # seconds of a run, with the short limits, on a machine that does nothing else
_PIECE = 12  # characters of a token that nothing may show
_TOKEN = re.compile(rb"EAA[0-9A-Za-z]{%d}" % (_PIECE - 3))  # any, as one that came of a log-in
_TRACE = re.compile(rb"\bA[0-9A-Za-z]{16}\b")  # of Facebook's errors: random, so that one in thousands holds "EAA"
_DOCUMENTED = {code.value for code in ExitCode} - {ExitCode.WRONG_USE.value}
_PROBLEM = re.compile(r"^\s*[✗!] +(.*)$", re.MULTILINE)
# What only a mistake of ours prints: a value of Python, an unfilled place, the name of a class.
_RAW = re.compile(
    r"<wizard|Traceback|\bNone\b|ErrorKind\.|Failure\(|WizardError|Error\(|object at 0x"
    r"|\{(?!app\}|conversation\}|psid\})[a-z_]+\}"
)
# Where the bot let go and may not take back for good, and it is the default app: that is said, and nothing is open.
_LET_GO = "The next message goes to the app that answers first."
_MARKUP = re.compile(r"\\?\[/?(?:bold|dim|red|green)\]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class After:
    """What is there when the run has ended. owner: who has the conversation; entries: open tests; files: what was
    written, by name; document: what the bot's settings API keeps."""

    owner: str | None
    entries: int
    files: Mapping[str, bytes]
    document: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What may be there then. owners: who may have the conversation without an entry; documents: likewise; tokens:
    secrets; notes: files that lay there before and must still be there. may_let_go: the bot had it and was refused for
    good, so nobody may have it where that is said. learns_nothing: neither the fault nor the set-up is a problem."""

    owners: frozenset[str | None]
    documents: frozenset[str]
    tokens: tuple[str, ...]
    notes: Mapping[str, bytes]
    may_let_go: bool = False
    learns_nothing: bool = False


def faults_of(run: Run, after: After, expected: Expected) -> list[str]:
    """Return what is wrong with a cell, nothing where it is good: no crash, in time, a documented exit code, 4 exactly
    where a test is left open, sentences of ours, no piece of a token, nobody else has the conversation, what was typed
    and saved is kept."""
    said = f"{run.said}\n{run.complained}"
    wrong = []
    if run.crash:
        wrong.append(f"crash: {run.crash.strip().splitlines()[-1][:160]}")
    if any(b'"crash"' in content for name, content in after.files.items() if name.endswith(".log")):
        wrong.append("a crash in the log")
    if run.seconds > LONGEST * _busy():
        wrong.append(f"took {run.seconds:.0f} s")
    if run.code not in _DOCUMENTED and not run.crash:
        wrong.append(f"exit {run.code}")
    if (run.code == ExitCode.WRONG_APP_HAS_IT) is not bool(after.entries):
        wrong.append(f"exit {run.code} with {after.entries} open")
    if run.code == ExitCode.PROBLEM and expected.learns_nothing:
        wrong.append("exit 1, though nothing was learned of the set-up")
    if not after.entries and after.owner not in expected.owners and not (expected.may_let_go and _LET_GO in said):
        wrong.append(f"{after.owner or 'nobody'} has it, and nothing is open")
    wrong += _of_words(run.code, said)
    if after.document not in expected.documents:
        wrong.append("the bot's settings hold something else")
    for name, content in {**after.files, "output": said.encode()}.items():
        if _TOKEN.search(_TRACE.sub(b"", content)) or any(
            piece in content for token in expected.tokens for piece in pieces(token)
        ):
            wrong.append(f"a token in {Path(name).name}")
    for name, content in expected.notes.items():
        if after.files.get(name) != content:
            wrong.append(f"{Path(name).name} is not what it was")
    return wrong


def _busy() -> float:
    """How many times longer a run takes on this machine now, beside all that others do on it."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return max(1.0, load / (os.cpu_count() or 1))


def _of_words(code: int, said: str) -> Iterator[str]:
    if (found := _RAW.search(said)) is not None:
        yield f"raw words: {found[0]!r}"
    if _CONTROLS.search(said) is not None:
        yield "commands to the terminal"
    lines = [line.strip(" \t→?•-✗!✓") for line in said.splitlines()]
    if code and not any(_is_ours(line) for line in lines if line):
        yield "no sentence"
    for line in _PROBLEM.findall(said):
        if not _is_ours(line):
            yield f"not a sentence of ours: {line[:80]!r}"


@functools.lru_cache(maxsize=64)
def pieces(token: str) -> frozenset[bytes]:
    """Every part of a secret that is long enough to tell something."""
    return frozenset(token[at : at + _PIECE].encode() for at in range(len(token) - _PIECE + 1))


@functools.lru_cache(maxsize=10_000)
def _is_ours(line: str) -> bool:
    return _sentences().match(_MARKUP.sub("", line).strip()) is not None


@functools.cache
def _sentences() -> re.Pattern[str]:
    """Every sentence of the program and of its catalogues, with gaps where values stand."""
    patterns = sorted({_pattern(text) for text in (*_marked(), *_catalogued()) if len(text) > 1}, key=len, reverse=True)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _pattern(text: str) -> str:
    return ".+?".join(re.escape(part) for part in re.split(r"\{[a-z_]+\}", text.split("\n")[0]))


def _marked() -> Iterator[str]:
    for path in (ROOT / "wizard").rglob("*.py"):
        if "simulator" in path.parts or "ui" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                yield from (str(given.value) for given in node.args if isinstance(given, ast.Constant))


def _catalogued() -> Iterable[str]:
    texts = re.compile(r'^(?:title|text|action) = "(.*)"$', re.MULTILINE)
    for path in (ROOT / "resources").glob("*.toml"):
        yield from texts.findall(path.read_text(encoding="utf-8"))
