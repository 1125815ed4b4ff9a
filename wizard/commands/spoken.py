"""What `--help` and wrong use say, in the person's language.

Texts are given to a command or an option marked, in English, and looked up when they are shown. What click itself says
is looked up by the same `_`: click offers nothing but the language of the environment, which need not be ours.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

from wizard.i18n.language import _, closest, mark, ngettext, use_for_letters
from wizard.words.starting import language_unknown

# click's own, as far as a command of this program can come to say them. A test compares them with the click in use.
CLICK_SAYS = (
    mark("Usage:"),
    mark("Options"),
    mark("Commands"),
    mark("default: {default}"),
    mark("required"),
    mark("Show this message and exit."),
    mark("Error: {message}"),
    mark("Error: invalid input"),
    mark("Try '{command} {option}' for help."),
    mark("Invalid value: {message}"),
    mark("Invalid value for {param_hint}: {message}"),
    mark("Missing command."),
    mark("Missing argument"),
    mark("Missing option"),
    mark("Missing parameter"),
    mark("No such option {name!r}."),
    mark("No such command {name!r}."),
    mark("Option {name!r} does not take a value."),
)
CLICK_COUNTS = (  # never called: they only mark what has two forms
    lambda count: ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", count),
    lambda count: ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", count),
    lambda count: ngettext(
        "Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", count
    ),
    lambda count: ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", count),
)

WRONG_USE = mark("wrong usage")
WRONG_USE_OR_FILE = mark("wrong usage, or a file that cannot be used")


def teach_click() -> None:
    """Let click speak as the program does. To be called once; the language may change afterwards."""
    for module in (core, decorators, exceptions, formatting, parser, termui, types):
        vars(module).update({name: ours for name, ours in (("_", _), ("ngettext", ngettext)) if name in vars(module)})


class Described(click.Command):
    """says: paragraphs, the first of which stands in the list of commands too. exits: what each exit code means. Both
    marked."""

    def __init__(self, *args: Any, says: Sequence[str] = (), exits: Mapping[int, str] | None = None, **more: Any):
        super().__init__(*args, **more)
        self.says, self.exits = tuple(says), dict(exits or {})

    def description(self) -> str:
        """Return the text of `--help` as click reads it: an empty line ends a paragraph, after \\b lines stay."""
        paragraphs = [_(paragraph) for paragraph in self.says]
        if self.exits:
            codes = [(code, _(meaning)) for code, meaning in self.exits.items()]
            paragraphs.append("\n".join(["\b", _("Exit codes:"), *(f"  {code}  {meaning}" for code, meaning in codes)]))
        return "\n\n".join(paragraphs)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = self.description()
        super().format_help_text(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        return _(self.says[0]) if self.says else ""  # whole: languages without spaces cannot be cut by click

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        if (option := super().get_help_option(ctx)) is not None:
            option.help = _("Show this message and exit.")  # click keeps it in the language of the first time
        return option


class Group(Described, click.Group):
    """The program itself."""


class Option(click.Option):
    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        spoken = copy.copy(self)
        spoken.help = _(self.help) if self.help else None
        return click.Option.get_help_record(spoken, ctx)


def option(*names: str, **more: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """As click.option; help is a marked text."""
    return click.option(*names, cls=Option, **more)


def letter_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """A text that is sent to somebody may be in another language than what stands around it."""
    return option(
        "--letter-language",
        metavar="CODE",
        default="",
        callback=_speak_letters,
        expose_value=False,
        help=mark("Language of the text to send to somebody, if not the one of the rest."),
    )(command)


def _speak_letters(ctx: click.Context, param: click.Parameter, value: str) -> None:
    if value and closest(value) is None:
        raise click.BadParameter(language_unknown(value), ctx, param)
    use_for_letters(value)


class Between(click.ParamType[float]):
    """A number from least to most. Says what is wrong in words, where click has names of its own for numbers."""

    name = "number"

    def __init__(self, least: float, most: float, kind: type[int] | type[float] = int) -> None:
        self.least, self.most, self.kind = least, most, kind

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        return f"{self.least}-{self.most}"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            number = self.kind(value)
        except (ValueError, OverflowError):
            number = None
        if number is None or not self.least <= number <= self.most:
            text = _("“{value}” is no number from {least} to {most}.")
            self.fail(text.format(value=value, least=self.least, most=self.most), param, ctx)
        return number
