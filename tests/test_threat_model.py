"""The threat model promises nothing that no test would see broken."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SECURITY = (ROOT / ".github" / "SECURITY.md").read_text(encoding="utf-8")
LINES = re.findall(r"^\| (?!against|---)(.+?) \| (.+?) \| (.+?) \|$", SECURITY, re.MULTILINE)


def test_the_model_fits_on_a_page() -> None:
    assert len(LINES) > 12
    assert len(SECURITY.splitlines()) < 80


@pytest.mark.parametrize(("against", "held", "tests"), LINES, ids=[line[0][:40] for line in LINES])
def test_each_line_names_tests_that_are_there(against: str, held: str, tests: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", tests)
    assert named
    assert re.sub(r"`[^`]+`|, ", "", tests) == "", "nothing but names"
    for name in named:
        assert re.search(r"^(?:    )?def test_", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE), name
