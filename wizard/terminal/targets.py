"""`targets`: the places where bots want the App ID, as the presets have them."""

from wizard.core.outcome import ExitCode
from wizard.core.world import World
from wizard.targets.presets import Preset, PresetKind, Presets
from wizard.terminal.printing import Printer
from wizard.words.language import _


def list_targets(presets: Presets, printer: Printer) -> ExitCode:
    """One line for each: the name to give to --target, and what it is."""
    width = max((len(name) for name in presets.by_name), default=0)
    for name, preset in presets.by_name.items():
        printer.say(f"{name:<{width}}  {preset.title} ({_kind(preset)})")
    _show_problems(presets, printer)
    return ExitCode.NO_PROBLEM


def show_target(presets: Presets, name: str, printer: Printer) -> ExitCode:
    preset = presets.by_name.get(name)
    if preset is None:
        printer.problem(
            _("There is no target “{name}”.").format(name=name),
            _("Known are: {names}").format(names=", ".join(presets.by_name)),
        )
        _show_problems(presets, printer)
        return ExitCode.WRONG_USE
    printer.heading(preset.title)
    if preset.text:
        printer.say(preset.text)
    for number, step in enumerate(preset.steps, start=1):
        printer.say(f"{number}. {step}", 2)
    facts = (
        (_("How: {value}"), _kind(preset)),
        (_("Product: {value}"), preset.product),
        (_("Field: {value}"), preset.paste_into),
        (_("File: {value}"), preset.file),
        (_("Key: {value}"), preset.key),
        (_("Page: {value}"), World().link(preset.link)),
        (_("Checked: {value}"), preset.checked.isoformat()),
        (_("Source: {value}"), preset.source),
    )
    for line, value in facts:
        if value:
            printer.link(line.format(value=value), 0)
    return ExitCode.NO_PROBLEM


def _kind(preset: Preset) -> str:
    return (
        _("you paste it on a web page") if preset.kind is PresetKind.GUIDED else _("the wizard writes it into a file")
    )


def _show_problems(presets: Presets, printer: Printer) -> None:
    for problem in presets.problems:
        printer.problem(
            _("The file {file} cannot be used: {place}").format(file=problem.file, place=problem.place),
            _("Correct it or take it away."),
        )
