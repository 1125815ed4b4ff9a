"""The commands that the documents name are there, and each says in `make help` what it does."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
RULES = {name for line in re.findall(r"^([a-z][\w -]*):(?!=)", MAKEFILE, re.MULTILINE) for name in line.split()}
HELPED = set(re.findall(r"^## make ([\w-]+) ", MAKEFILE, re.MULTILINE))
needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")


def commands(*arguments: str) -> str:
    """What make would run, without running it."""
    done = subprocess.run(["make", "-n", *arguments], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


def test_what_is_declared_to_be_no_file_is_made_by_a_rule() -> None:
    declared = {
        name
        for line in re.findall(r"^\.PHONY:(.*)$", MAKEFILE.replace("\\\n", " "), re.MULTILINE)
        for name in line.split()
    }
    assert "test" in declared
    assert declared - RULES == set()


def test_every_command_of_the_documents_is_there_and_has_its_line_of_help() -> None:
    patterns = ("*.md", ".github/*.md", "wizard/*.md", "packaging/*.md", "resources/**/*.md")
    texts = [path.read_text(encoding="utf-8") for pattern in patterns for path in ROOT.glob(pattern)]
    named = {name for text in texts for name in re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)}
    assert {"test", "quick", "coverage", "words"} <= named
    assert named - HELPED == set()
    assert HELPED & RULES == HELPED


@needs_make
def test_the_quick_tests_need_no_session_of_their_own() -> None:
    said = commands("quick")
    assert "pytest" in said
    assert "session.sh" not in said
    for name in re.findall(r"tests/[\w./]+", said):
        assert (ROOT / name).exists(), name


@needs_make
def test_a_language_is_begun_by_its_name() -> None:
    assert "packaging/words.py add de\n" in commands("words", "ADD=de")
    assert "packaging/words.py add" not in commands("words")
