"""One cell: a fault on one call of one run, and what came of it. A worker has a practice world and plays cell after
cell in it."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.faults.flows import FLOWS, PROGRAM, Flow, Seeds
from tests.faults.in_process import Run, run_here, run_read_by, run_started
from tests.faults.judge import After, Expected, faults_of
from tests.faults.kinds import REQUEST, Kind, all_kinds
from tests.faults.line import Line, line_kinds, line_to
from tests.faults.log_in import PersonWithBrowser, log_in_kinds
from tests.simulator.world import PracticeWorld, request, start_world

WHEN = ("once", "from then on")


@dataclass(frozen=True, slots=True)
class Call:
    """The n-th call of this name in a run, counted from 0."""

    name: str
    number: int
    in_batch: bool

    def __str__(self) -> str:
        return f"{self.name.strip() or 'POST'} {self.number + 1}"


@dataclass(frozen=True, slots=True)
class Cell:
    """once: the fault hits this call alone; else each such call from it on."""

    flow: str
    call: Call
    kind: str
    once: bool

    @classmethod
    def of(cls, name: str) -> "Cell":
        """The cell of this ID."""
        flow, call, rest = name.split(" | ", 2)
        kind, when = rest.rsplit(" | ", 1)
        called, number = call.rsplit(" ", 1)
        return cls(flow, Call(called, int(number) - 1, False), kind, when == WHEN[0])

    @property
    def id(self) -> str:
        return f"{self.flow} | {self.call} | {self.kind} | {WHEN[0 if self.once else 1]}"


@dataclass(frozen=True, slots=True)
class Played:
    """good: nothing is wrong. hit: whether the fault was met at all; a cell without is not counted as run."""

    wrong: tuple[str, ...] = ()
    hit: bool = True
    seconds: float = 0.0
    run: Run | None = field(default=None, repr=False, compare=False)
    owner: str | None = None

    @property
    def brief(self) -> "Played":
        return replace(self, run=None)


def _kinds() -> dict[str, Kind]:
    return all_kinds() | {kind.name: kind for kind in (*line_kinds(), *log_in_kinds())}


@dataclass(slots=True)
class Stage:
    """A practice world, the files that earlier runs left in it, and what runs without a fault come to."""

    world: PracticeWorld
    folder: Path
    line: Line
    flows: Mapping[str, Flow] = field(default_factory=lambda: {flow.name: flow for flow in FLOWS})
    kinds: Mapping[str, Kind] = field(default_factory=_kinds)
    seeds: Seeds = field(default_factory=Seeds)
    ended: dict[str, After] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    made: list[dict[str, Any]] = field(default_factory=list)
    number: int = 0

    def make_seeds(self) -> None:
        """The files of an open test, of a set-up and of an undo, written by the program itself."""
        home = self._new_home()
        flow = self.flows["recover"]
        world = self.world.scenario("take-refused-when-held")
        setup = self.flows["setup"]
        arguments = [one for one in setup.command(world, home) if one not in ("--owner", "simulated")]
        run = run_here(home, *arguments, "--test-conversation", world.tester, **setup.variables(world))
        journal = list((home / flow.journal).glob("*.json"))
        assert len(journal) == 1, run
        text = journal[0].read_text(encoding="utf-8")
        journal[0].unlink()
        http = self.flows["setup, settings API"]
        http.prepare(world)
        run = run_here(home, *http.command(world, home), **http.variables(world))
        (note,) = (home / "state" / PROGRAM / "undo").glob("*.json")
        (saved,) = (home / "config" / PROGRAM / "setups").glob("*.handover.json")
        self.seeds = Seeds(text, saved.read_text("utf-8"), note.read_text("utf-8"), note.name, world.app("third"))
        shutil.rmtree(home)

    def calls_of(self, flow: Flow) -> list[Call]:
        """The calls of a run without a fault; of each name so many as the flow wants."""
        played = self._played(flow, None)
        assert not played.wrong, (flow.name, played)
        if flow.is_life:
            return [Call(REQUEST, number, False) for number in range(min(self.line.made, flow.most))]
        counts: dict[str, int] = {}
        found = []
        for entry in self.made:
            number = counts.setdefault(entry["call"], 0)
            counts[entry["call"]] += 1
            if number < flow.most:
                found.append(Call(entry["call"], number, entry["batch"]))
        return found

    def play(self, cell: Cell) -> Played:
        flow = self.flows[cell.flow]
        if flow.name not in self.ended:
            self._played(flow, None)
        return self._played(flow, cell)

    def _played(self, flow: Flow, cell: Cell | None) -> Played:
        home = self._new_home()
        flow.prepare(self.world)
        flow.fill(home, self.seeds)
        before = self._after(flow, home)
        self.line.set()
        if cell is not None:
            self._put(cell)
        self.world.forget_requests()
        arguments, variables = flow.command(self.world, home), {**flow.variables(self.world), **self._way(flow, cell)}
        if flow.is_started:
            run = run_started(home, *arguments, **variables)
        else:
            person = PersonWithBrowser(self.world) if flow.is_watched else None
            run = run_read_by(person, home, *arguments, **variables)
        self.made = self.world.requests()
        hit = cell is None or not self._is_waiting(cell)
        self.world.forget_faults()
        after = self._after(flow, home)
        if cell is None:
            self.codes[flow.name], self.ended[flow.name] = run.code, after
        wrong = faults_of(run, after, self._expected(flow, before, cell))
        if self.line.leaked:
            wrong, self.line.leaked = [*wrong, "a request went to somebody who proved nothing"], False
        shutil.rmtree(home)
        return Played(tuple(wrong), hit, run.seconds, run, after.owner)

    def _put(self, cell: Cell) -> None:
        kind = self.kinds[cell.kind]
        if "line" in kind.fault:
            self.line.set(kind.fault["line"], cell.call.number, cell.once)
        if self.flows[cell.flow].is_life:
            return
        fault = self._filled(kind.fault)
        times = {"times": 1 if cell.once else None, "after": cell.call.number}
        body = {"call": cell.call.name.strip() or "POST", **fault, **times}
        reply = request("POST", f"{self.world.control_url}/faults", json_body=body)
        assert reply.status == 200, (cell, reply.text)

    def _filled(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {name: self._filled(one) for name, one in value.items()}
        if not isinstance(value, str):
            return value
        names = {"bot": "primary", "live_chat": "secondary", "third": "third"}
        for name, role in names.items():
            value = value.replace("{" + name + "}", self.world.app(role))
        return value.replace("{token}", self.world.token("page"))

    def _is_waiting(self, cell: Cell) -> bool:
        """Whether the call was never made: its fault waits still."""
        if self.flows[cell.flow].is_life:
            return "line" in self.kinds[cell.kind].fault and self.line.made <= cell.call.number
        made = sum(1 for entry in self.made if entry["call"].strip() == cell.call.name.strip())
        return made <= cell.call.number

    def _way(self, flow: Flow, cell: Cell | None) -> dict[str, str]:
        """Variables by which the program finds its way to Facebook, and whom it trusts."""
        if not flow.is_life:
            return {}
        proxy = self.line.address if cell is None else self.kinds[cell.kind].fault.get("proxy", self.line.address)
        return {"HTTPS_PROXY": proxy, "SSL_CERT_FILE": str(self.line.issuer), "NO_PROXY": ""}

    def _after(self, flow: Flow, home: Path) -> After:
        files = {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}
        entries = sum(1 for name in files if name.startswith(str(flow.journal)) and name.endswith(".json"))
        key = {"Authorization": f"Bearer {self.world.start['platform_api_key']}"}
        document = request("GET", f"{self.world.start['platform_api_url']}/settings", headers=key).json()
        return After(self.world.owner_of(), entries, files, json.dumps(document, sort_keys=True))

    def _secrets(self) -> tuple[str, ...]:
        """Whole tokens, but of an app's token, which begins with the App ID, the secret alone."""
        tokens = (str(token).rpartition("|")[2] for token in self.world.start["tokens"].values() if token)
        return (*tokens, str(self.world.start["platform_api_key"]))

    def _expected(self, flow: Flow, before: After, cell: Cell | None) -> Expected:
        ended = self.ended.get(flow.name)
        notes = {name: content for name, content in before.files.items() if name.endswith(".handover.json")}
        owners = {ended.owner} if flow.entry and ended else {before.owner, *({ended.owner} if ended else ())}
        if "thread_owner" in flow.scenario:  # whose owner is hidden is taken for good, and that was agreed to
            owners.add(self.world.app("primary"))
        return Expected(
            frozenset(owners),
            frozenset({before.document, *({ended.document} if ended else ())}),
            self._secrets(),
            notes,
            cell is not None and self.kinds[cell.kind].is_final and before.owner == self.world.app("primary"),
            cell is not None and self.kinds[cell.kind].is_of_the_way and self.codes.get(flow.name) == 0,
        )

    def _new_home(self) -> Path:
        self.number += 1
        home = self.folder / f"home{self.number}"
        home.mkdir()
        return home


def _memory() -> Path | None:
    """A folder that is no disk, where there is one: the program waits for the disk at each step of a test."""
    folder = Path("/dev/shm")
    return folder if folder.is_dir() else None


@contextmanager
def stage() -> Iterator[Stage]:
    """A stage with a world of its own, until the end of the block."""
    with (
        tempfile.TemporaryDirectory(dir=_memory()) as folder,
        tempfile.TemporaryDirectory() as certificates,
        start_world() as world,
        line_to(world.graph_url, Path(certificates)) as line,
    ):
        made = Stage(world, Path(folder), line)
        made.make_seeds()
        yield made
