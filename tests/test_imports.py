"""What importing costs and does: slow libraries wait, and no sentence is looked up before a language is chosen."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def modules(under: str) -> list[str]:
    """Return the dotted names of all modules of a package, found as files so that none has to be imported here."""
    return sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / under).rglob("*.py")
    )


def run(program: str, *arguments: str) -> str:
    """Run a program in a fresh interpreter and return what it prints; its errors fail the test."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


IMPORT_AND_LIST = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


@pytest.mark.parametrize("part", ["core", "cli"])
def test_core_and_terminal_start_without_the_slow_libraries(part: str) -> None:
    names = modules("wizard/core") if part == "core" else ["wizard.cli"]
    loaded = set(run(IMPORT_AND_LIST, *names).split())
    assert "wizard" in loaded
    assert loaded.isdisjoint({"PySide6", "shiboken6", "requests", "urllib3", "keyring", "flask"})


OF_A_FILE = """
import sys
from pathlib import Path
from wizard.core.answers import Answers
from wizard.store.answers import AnswersFile

file = AnswersFile(Path(sys.argv[1]))
if sys.argv[2] == "save":
    from wizard.core.facts import App

    file.save(Answers(bot=App("1", "Flow")))
print(file.load().answers.bot.name)
"""
OF_PRACTICE = """
from wizard.actions.window_requests import with_products
from wizard.core.answers import Answers

print(with_products(Answers(), {"bot_product": {"id": "flow", "name": "Flow"}}).bot_product.name)
"""
OF_A_PAGE = """
import msgspec
from wizard.core.checked import CheckedPage

kept = b'{"answers": {"bot": {"id": "1", "name": "Flow"}}, "at": 1}'
print(msgspec.json.decode(kept, type=CheckedPage).answers.bot.name)
"""


def test_answers_are_read_where_nothing_else_was_loaded_before(tmp_path: Path) -> None:
    """Answers only name some of their types: the first page does without them."""
    file = str(tmp_path / "answers.json")
    assert [run(OF_A_FILE, file, step).strip() for step in ("save", "load")] == ["Flow", "Flow"]
    assert run(OF_PRACTICE).strip() == "Flow"
    assert run(OF_A_PAGE).strip() == "Flow"


FIRST_PAGE = """
import sys
from PySide6.QtCore import QTimer
from wizard import starting
from wizard.ui.window.first_window import FirstWindow

hold = FirstWindow.set_content

def said(self, shell):
    hold(self, shell)
    print(*sorted(sys.modules))
    QTimer.singleShot(0, self.window.close)

FirstWindow.set_content = said
sys.exit(starting.open_window(None, None))
"""


def test_the_first_page_waits_for_next_to_nothing_that_it_does_not_show(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path))
    loaded = set(run(FIRST_PAGE).split())
    assert "wizard.ui.pages.welcome.page" in loaded
    assert not {name for name in loaded if name.startswith("wizard.ui.pages.log_in")}
    for part in ("commands", "graph", "report", "simulator", "targets", "terminal", "web"):
        assert f"wizard.{part}" not in loaded
    assert loaded.isdisjoint(
        {"wizard.actions.tokens", "wizard.checks.case", "wizard.core.facts", "wizard.core.redact", "wizard.vault"}
    )
    assert loaded.isdisjoint(
        {"requests", "keyring", "msgspec", "socket", "logging.handlers", "subprocess", "ssl", "urllib.request"}
    )


def test_core_needs_the_standard_library_only() -> None:
    loaded = set(run(IMPORT_AND_LIST, *modules("wizard/core")).split()) - set(run(IMPORT_AND_LIST).split())
    assert {name for name in loaded if name not in sys.stdlib_module_names} == {"wizard"}


IMPORT_WITHOUT_WORDS = """
import importlib, sys
from wizard.i18n import language

def refuse(*sentence):
    raise AssertionError(f"looked up at import: {sentence}")

language._ = language.ngettext = language.pgettext = refuse
for name in sys.argv[1:]:
    importlib.import_module(name)
    print(name)
"""


def test_no_module_looks_a_sentence_up_when_it_is_imported() -> None:
    names = modules("wizard")
    assert run(IMPORT_WITHOUT_WORDS, *names).split() == names
