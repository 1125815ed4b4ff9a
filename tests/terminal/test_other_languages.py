"""The terminal in another language: what commands say of themselves, of wrong use, and of their work."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests import pseudo_languages
from tests.simulator.world import PracticeWorld
from wizard.cli import run_command_line
from wizard.commands import commands, spoken
from wizard.core import resource as resource_module
from wizard.i18n import language

_SPOKEN = re.compile(r"⟦[^⟦⟧]*(?:⟦[^⟦⟧]*⟧[^⟦⟧]*)*⟧")
_WORD = re.compile(r"[A-Za-z][a-z']+ [a-z]+ [a-z]+")  # three words in a row: what is no name and no value
# A command; where a preset is from, which is quoted as it is, up to the next row with its date.
_NO_SENTENCE = re.compile(r"handover-wizard [a-z-]+ [a-z-]+| · .*?(?=\S+ \d{4}-\d\d-\d\d |$)")


@pytest.fixture
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program speaks a language in which each translated sentence stands between brackets."""
    pseudo_languages.compile_into(tmp_path / "resources" / "locale")
    monkeypatch.setattr(resource_module, "_ROOTS", (tmp_path / "resources", *resource_module._ROOTS))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    monkeypatch.setenv("COLUMNS", "400")
    language.use(pseudo_languages.LONG)
    yield
    language.use(language.ENGLISH)


@pytest.fixture
def said(pseudo: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Said":
    return Said(monkeypatch, capsys)


class Said:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *arguments: str) -> tuple[int, str]:
        """Run a command. Returns its exit code, and what of its output is in no translation."""
        self._monkeypatch.setattr(sys, "argv", ["handover-wizard", *arguments])
        code = run_command_line()
        written = self._capsys.readouterr()
        text = " ".join(f"{written.out} {written.err}".split())
        assert "⟦" in text
        while _SPOKEN.search(text):
            text = _SPOKEN.sub("", text)
        return code, _NO_SENTENCE.sub("", text)


@pytest.mark.parametrize("name", ["", *sorted(commands.commands)])
def test_help_has_no_english_sentence(said: Said, name: str) -> None:
    code, left = said(*([name] if name else []), "--help")
    assert code == 0
    assert _WORD.findall(left) == []


@pytest.mark.parametrize("arguments", [
    ["chek"], ["zzz"], ["--nothing"], ["setup", "--wait"], ["setup", "--wait", "x"], ["setup", "--yes=1"],
    ["check", "--format", "pdf"], ["check", "--jobs", "900"], ["setup", "more"], ["setup", "more", "and more"],
    ["simulator", "--port", "x"], ["targets", "shwo"], ["targets", "show"], ["log-in", "import"],
    ["catalogues", "import"], ["check", "--facts", "a", "b"], ["check", "--resume"],
    ["setup", "--token-env", "NONE_SUCH"],
    ["setup", "--no-token", "--remembered"], ["setup", "--own-app", "1"], ["recover", "--no-token"],
    ["--practice", "x", "--practice-at", "http://127.0.0.1:1"], ["setup", "--page", "\u200b"],
    ["setup", "--owner", "simulated"], ["--language"],
], ids=" ".join)  # fmt: skip
def test_wrong_use_is_explained_without_an_english_sentence(said: Said, arguments: list[str]) -> None:
    code, left = said(*arguments)
    assert code == 2
    assert _WORD.findall(left) == []


@pytest.mark.parametrize("arguments", [
    ["targets", "list"], ["log-in", "list"], ["log-in", "ask"], ["catalogues", "list"], ["recover", "--list"],
    ["explain", "190"], ["explain", "nothing of the kind"], ["log-in", "import", "none"], ["targets", "undo"],
    ["catalogues", "show", "none"], ["catalogues", "remove", "none"], ["targets", "show", "none"],
    ["recover"], ["check", "none.handover.json"], ["check", "--facts", "none"],
], ids=" ".join)  # fmt: skip
def test_a_command_answers_without_an_english_sentence(said: Said, arguments: list[str]) -> None:
    _code, left = said(*arguments)
    assert _WORD.findall(left) == []


def test_a_check_and_a_set_up_speak_the_language(
    said: Said, world: PracticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGE_TOKEN", world.token())
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    given = ("--practice-at", world.control_url, "--token-env", "PAGE_TOKEN", *apps)
    _code, left = said("check", *given)
    assert _WORD.findall(left) == []
    _code, left = said("setup", *given, "--confirm-roles", "--confirm-saved")
    assert _WORD.findall(left) == []


@pytest.mark.parametrize("arguments", [["log-in", "ask"], ["explain", "190"]], ids=" ".join)
def test_a_letter_has_a_language_of_its_own(
    pseudo: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    language.use(language.ENGLISH)
    monkeypatch.setattr(sys, "argv", ["handover-wizard", *arguments, "--letter-language", pseudo_languages.LONG])
    run_command_line()
    said = capsys.readouterr().out
    assert said.count("⟦") > 3
    if arguments[0] == "explain":
        assert "To send to the customer" in said
    monkeypatch.setattr(sys, "argv", ["handover-wizard", *arguments, "--letter-language", "tlh"])
    assert run_command_line() == 2
    assert "“tlh”" in capsys.readouterr().err


def test_the_sentences_of_click_are_those_of_the_click_in_use() -> None:
    from babel.messages.extract import extract_from_dir

    folder = Path(click.__file__).parent
    keywords = {"_": None, "ngettext": (1, 2)}
    method = [("**.py", "python")]
    theirs = {found[2] for found in extract_from_dir(folder, method_map=method, keywords=keywords)}
    assert set(spoken.CLICK_SAYS) <= theirs


def test_a_language_that_there_is_not_is_said(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from tests.terminal.program import Program

    ended = Program(tmp_path).run("--language", "tlh", "about")
    assert ended.code == 0
    assert "“tlh”" in ended.complained
