"""`targets`: the places where bots want the App ID, as the presets have them."""

from pathlib import Path

from wizard.core.answers import TargetChoice
from wizard.core.outcome import ExitCode
from wizard.core.target import TargetError, TargetProblem
from wizard.core.world import World
from wizard.targets.choose import target_for
from wizard.targets.presets import Preset, Presets
from wizard.terminal.printing import Printer
from wizard.words import targets
from wizard.words.language import _

_WRONG_USE = frozenset(
    {
        TargetProblem.UNKNOWN_PRESET,
        TargetProblem.NO_FILE_CHOSEN,
        TargetProblem.NO_KEY,
        TargetProblem.BAD_KEY,
        TargetProblem.BAD_KEY_PATH,
        TargetProblem.NO_SECTION,
        TargetProblem.BAD_APP_ID,
    }
)


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
        (_("Line for your developer: {value}"), preset.code),
        (_("Page: {value}"), World().link(preset.link)),
        (_("Checked: {value}"), preset.checked.isoformat()),
        (_("Source: {value}"), preset.source),
    )
    for line, value in facts:
        if value:
            printer.link(line.format(value=value), 0)
    return ExitCode.NO_PROBLEM


def try_target(presets: Presets, choice: TargetChoice, app_id: str, state: Path, printer: Printer) -> ExitCode:
    """Plan without writing, and show what would change. state: as `target_for` takes it.

    Exit codes: 0 planned, 1 it cannot be done as it stands, 2 no such target or no usable key, file or App ID."""
    _show_problems(presets, printer)
    try:
        plan = target_for(choice, presets, World(), state).plan(app_id)
    except TargetError as error:
        said = targets.said(error.trouble)
        printer.problem(said.text, " ".join(part for part in (said.action, said.details) if part))
        return ExitCode.WRONG_USE if error.problem in _WRONG_USE else ExitCode.PROBLEM
    for number, step in enumerate(plan.steps, start=1):
        printer.say(f"{number}. {step}", 2)
    if plan.is_empty:
        printer.say(_("The App ID is there already."))
    elif plan.creates:
        printer.say(_("The file does not exist yet. It would be made:"))
    elif plan.adds_key:
        printer.say(_("The key is not in the file yet. It would be added:"))
    elif not plan.is_guided:
        printer.say(_("This would change:"))
    if plan.diff:
        printer.say(plan.diff)
    if plan.code:
        printer.say(_("Line for your developer: {value}").format(value=plan.code))
    printer.say(_("Nothing was written."))
    return ExitCode.NO_PROBLEM


def _kind(preset: Preset) -> str:
    return _("you paste it on a web page") if preset.is_guided else _("the wizard writes it into a file")


def _show_problems(presets: Presets, printer: Printer) -> None:
    for problem in presets.problems:
        printer.problem(
            _("The file {file} cannot be used: {place}").format(file=problem.file, place=problem.place),
            _("Correct it or take it away."),
        )
