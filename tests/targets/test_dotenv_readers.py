"""`.env` as its other readers have it: the package `dotenv` of Node, and `docker --env-file`."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.targets.properties import APP_IDS, NEWLINES, examples
from wizard.targets.dotenv import Dotenv
from wizard.targets.splice import splice

KEY = "LIVE_CHAT_APP_ID"
PACKAGE = "dotenv@17.4.2"
FETCHED = (
    Path(__file__).parents[2] / "build" / "node"
)  # the project's folder for what is built; `make clean` empties it

NAMES = st.from_regex(r"[A-Z][A-Z0-9_]{0,6}", fullmatch=True).map(lambda name: f"O_{name}")
VALUES = st.text(st.sampled_from("abc019_-./:@ äß€"), max_size=12).map(str.strip)

NODE = """
const dotenv = require(process.argv[1]);
const lines = require("readline").createInterface({ input: process.stdin });
lines.on("line", (line) => process.stdout.write(JSON.stringify(dotenv.parse(JSON.parse(line))) + "\\n"));
"""


@pytest.fixture(scope="module")
def node_dotenv() -> Iterator[Callable[[str], dict[str, str]]]:
    """What Node's `dotenv` reads in a text. Fetched once; skipped where there is no Node or no registry."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("Node and npm are not on this machine")
    package = FETCHED / PACKAGE.replace("@", "-") / "node_modules" / "dotenv"
    if not package.exists():
        fetched = subprocess.run(
            [npm, "install", "--prefix", package.parents[1], "--ignore-scripts", "--no-audit", "--no-fund", PACKAGE],
            capture_output=True,
            text=True,
            timeout=90,
        )
        if fetched.returncode:
            pytest.skip(f"npm cannot fetch {PACKAGE} here: {fetched.stderr[-200:]}")
    with subprocess.Popen(
        [node, "-e", NODE, str(package)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdin
        assert running.stdout
        stdin, stdout = running.stdin, running.stdout

        def ask(text: str) -> dict[str, str]:
            stdin.write(json.dumps(text) + "\n")
            stdin.flush()
            answer: dict[str, str] = json.loads(stdout.readline())
            return answer

        yield ask
        stdin.close()
        running.wait(timeout=10)


def docker_env_file(text: str) -> dict[str, str]:
    """Read as `docker run --env-file` does: a line is NAME=VALUE, the value is all behind the first "=", quotes and
    all; empty lines and those that begin with # are left out; white space in a name is a mistake.

    Source: https://docs.docker.com/reference/cli/docker/container/run/#env, read 2026-11-22."""
    values = {}
    for line in text.removeprefix("\ufeff").splitlines():
        stripped = line.lstrip()
        if not stripped or stripped.startswith("#"):
            continue
        name, equal, value = stripped.partition("=")
        if not name or any(letter.isspace() for letter in name):
            raise ValueError(line)
        if equal:  # a name alone is taken from the surroundings
            values[name] = value
    return values


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """Lines that all readers understand alike."""
    others = draw(st.lists(NAMES, unique=True, max_size=4))
    return [
        draw(st.sampled_from([f"{name}={draw(VALUES)}", "", "# note", f"# {KEY}=1", f"{name}="])) for name in others
    ]


@examples(200)
@given(before=lines(), after=lines(), old=APP_IDS | st.just(""), new=APP_IDS, newline=NEWLINES, is_there=st.booleans())
def test_docker_reads_the_app_id_and_all_else_as_before(
    before: list[str], after: list[str], old: str, new: str, newline: str, is_there: bool
) -> None:
    text = newline.join([*before, *([f"{KEY}={old}"] if is_there else []), *after, ""])
    spliced, _place = splice(text, KEY, new, Dotenv())
    assert docker_env_file(spliced) == {**docker_env_file(text), KEY: new}


@examples(200)
@given(
    before=lines(),
    after=lines(),
    old=APP_IDS,
    new=APP_IDS,
    newline=NEWLINES,
    form=st.sampled_from(["{0}={1}", "export {0}={1}", "{0} = {1}", "{0}='{1}' # x", '{0}="{1}"', "{0}={1} # x", ""]),
)
def test_nodes_dotenv_reads_the_app_id_and_all_else_as_before(
    node_dotenv: Callable[[str], dict[str, str]],
    before: list[str],
    after: list[str],
    old: str,
    new: str,
    newline: str,
    form: str,
) -> None:
    text = newline.join([*before, *([form.format(KEY, old)] if form else []), *after, ""])
    spliced, _place = splice(text, KEY, new, Dotenv())
    assert node_dotenv(spliced) == {**node_dotenv(text), KEY: new}
