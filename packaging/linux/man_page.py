"""The manual page, written from the commands themselves: what `--help` says is what it says, in each language.

man_page.py VERSION YYYY-MM-DD [LANG]        prints it
"""

import sys
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from wizard.commands import commands as program  # with every command: importing the package adds them
from wizard.commands.spoken import Described
from wizard.i18n import language
from wizard.i18n.language import _, mark, pgettext

_NAME = "handover-wizard"
_FILES = (
    (
        "~/.config/handover-wizard",
        mark("Answers of the last time, saved set-ups (setups/*.handover.json), own presets."),
    ),
    (
        "~/.local/state/handover-wizard",
        mark("Tests that are still open, copies of files before they were changed, and the log, which holds no token."),
    ),
)


def man_page(version: str, date: str, code: str = language.ENGLISH) -> str:
    """Return the page in roff. date: YYYY-MM-DD. code: a language that there is a translation into."""
    before = language.current()
    language.use(code)
    try:
        return _page(version, date)
    finally:
        language.use(before)


def _page(version: str, date: str) -> str:
    group = program
    purpose = _("connect a chatbot and a live chat on one Facebook Page")
    option = pgettext("manual page", "OPTION")
    asked, file = pgettext("manual page", "COMMAND"), pgettext("manual page", "FILE")
    kind = pgettext("manual page", "User commands")
    lines = [
        f'.TH HANDOVER\\-WIZARD 1 "{date}" "{_NAME} {_text(version)}" "{_text(kind)}"',
        _heading(pgettext("manual page", "NAME")),
        f"handover\\-wizard \\- {_text(purpose)}",
        _heading(pgettext("manual page", "SYNOPSIS")),
        *(".B handover\\-wizard", f"[\\fI{option}\\fR]... [\\fI{file}\\fR]..."),
        ".br",
        *(".B handover\\-wizard", f"\\fI{asked}\\fR [\\fI{option}\\fR]..."),
        _heading(pgettext("manual page", "DESCRIPTION")),
        *_paragraphs(group.description()),
        _heading(pgettext("manual page", "OPTIONS")),
        *_options(group),
        _heading(pgettext("manual page", "COMMANDS")),
    ]
    for name in sorted(group.commands):
        command = group.commands[name]
        assert isinstance(command, Described)
        arguments = [each.make_metavar(click.Context(command)) for each in command.params if _is_argument(each)]
        lines += [f".SS {_text(' '.join([name, *arguments]))}", *_paragraphs(command.description()), *_options(command)]
    lines.append(_heading(pgettext("manual page", "FILES")))
    for place, what in _FILES:
        lines += [".TP", f".I {_text(place)}", _text(_(what))]
    return "\n".join(lines) + "\n"


def _is_argument(parameter: click.Parameter) -> bool:
    return isinstance(parameter, click.Argument)


def _options(command: click.Command) -> list[str]:
    lines: list[str] = []
    context = click.Context(command, info_name=command.name)
    for parameter in command.get_params(context):
        if (record := parameter.get_help_record(context)) is not None and not _is_argument(parameter):
            how, what = record
            lines += [".TP", f".B {_text(how)}", _text(" ".join(what.split()) or _("See above."))]
    return lines


def _paragraphs(text: str) -> list[str]:
    """As click reads a docstring: an empty line ends a paragraph, and after \\b the lines stay as they are."""
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        kept = "\b" in paragraph
        rows = [_text(row.rstrip() if kept else row.strip()) for row in paragraph.replace("\b", "").splitlines()]
        rows = [row for row in rows if row.strip()]
        lines += [".PP", *([".nf", *rows, ".fi"] if kept else rows)]
    return lines


def _heading(text: str) -> str:
    return f".SH {_text(text)}"


def _text(text: str) -> str:
    """Escape what roff would take for its own; a hyphen is one that can be copied."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        raise SystemExit(__doc__)
    print(man_page(*sys.argv[1:]), end="")
