"""Other processes that work on an open test, or test a conversation, at the same time."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RUNS = """
import sys
from dataclasses import replace
from pathlib import Path
from tests.store.examples import ENTRY
from wizard.store.journal import FileJournal
journal = FileJournal(Path(sys.argv[1]))
if sys.argv[2] == "write":
    journal.write(ENTRY)
else:
    working = journal.running(ENTRY.id)
    working.__enter__()
print("holds", flush=True)
for line in sys.stdin:
    journal.close(ENTRY.id)
    print("closed", flush=True)
"""


@contextmanager
def another_process(folder: Path, how: str = "write") -> "Iterator[subprocess.Popen[str]]":
    """A process that works on ENTRY, and closes it as soon as it reads a line."""
    command = [sys.executable, "-c", RUNS, str(folder), how]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holds\n"
        try:
            yield process
        finally:
            process.kill()


TESTS = """
import sys
from pathlib import Path
from wizard.core.pending import AlreadyInTest
from wizard.store.journal import FileJournal
for line in sys.stdin:
    try:
        with FileJournal(Path(sys.argv[1])).testing(*sys.argv[2:]):
            print("tests", flush=True)
            sys.stdin.readline()
    except AlreadyInTest as error:
        print(error, flush=True)
"""


@contextmanager
def other_tester(folder: Path, *conversation: str) -> "Iterator[subprocess.Popen[str]]":
    """A process that tests a conversation at one line, and ends its test at the next."""
    command = [sys.executable, "-c", TESTS, str(folder), *conversation]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def tell(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("go on\n")
    process.stdin.flush()


def answer(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()
