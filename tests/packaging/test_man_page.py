"""The manual page cannot drift from the program: it is written from the commands, and says what `--help` says."""

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from linux.man_page import man_page

from tests import pseudo_languages
from tests.terminal.program import Program
from wizard.commands import check, setup, system
from wizard.commands.frame import commands
from wizard.core import resource as resource_module
from wizard.i18n import language

__all__ = ["check", "setup", "system"]  # importing them adds their commands
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
PAGE = man_page("1.2.3", "2026-01-31").replace("\\-", "-")


@pytest.mark.parametrize("name", ["", *sorted(commands.commands)])
def test_every_option_of_help_is_in_the_page(tmp_path: Path, name: str) -> None:
    told = Program(tmp_path).run(*([name] if name else []), "--help").said
    options = set(_OPTION.findall(told.partition("Options:")[2].partition("Commands:")[0]))
    assert "--help" in options
    section = PAGE.partition(f".SS {name}")[2].partition(".SS ")[0] if name else PAGE.partition(".SH COMMANDS")[0]
    assert options - {"--help"} <= set(_OPTION.findall(section))


def test_the_page_has_no_option_that_the_program_has_not() -> None:
    heads = re.findall(r"^\.TP\n\.B (.*)$", PAGE, re.MULTILINE)
    known = {option for command in (commands, *commands.commands.values()) for option in _options_of(command)}
    assert {option for head in heads for option in _OPTION.findall(head)} == known


def test_version_date_and_exit_codes_are_there() -> None:
    assert '.TH HANDOVER-WIZARD 1 "2026-01-31" "handover-wizard 1.2.3"' in PAGE
    exits = PAGE.partition(".SS check")[2].partition("Exit codes:")[2].partition(".fi")[0].strip().splitlines()
    assert [line.split()[0] for line in exits] == ["0", "1", "2", "3", "4"], "a line each, as --help shows them"


@pytest.mark.skipif(shutil.which("man") is None, reason="no man here")
def test_man_shows_it_without_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "handover-wizard.1"
    path.write_text(man_page("1.2.3", "2026-01-31"), encoding="utf-8")
    done = subprocess.run(["man", "--warnings", "-l", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "--practice-at CONTROL_URL" in done.stdout


def _options_of(command: click.Command) -> set[str]:
    parameters = command.get_params(click.Context(command))
    return {name for each in parameters if isinstance(each, click.Option) and not each.hidden for name in each.opts}


def test_the_page_of_another_language_has_no_english_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pseudo_languages.compile_into(tmp_path / "locale")
    monkeypatch.setattr(resource_module, "_ROOTS", (tmp_path, *resource_module._ROOTS))
    page = man_page("1.2.3", "2026-01-31", pseudo_languages.LONG).replace("\n", " ")
    while (left := re.sub(r"⟦[^⟦⟧]*⟧", "", page)) != page:
        page = left
    assert re.findall(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}", page) == []
    assert language.current() == "en"
