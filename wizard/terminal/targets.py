"""`targets`: the places where bots want the App ID, as the presets have them."""

from pathlib import Path

from wizard.actions.save_app_id import plan_app_id, undo_app_id, undoable
from wizard.actions.session import Session
from wizard.core.exit_code import ExitCode
from wizard.core.ports import Choice, Person
from wizard.core.target import TargetError, TargetProblem
from wizard.core.world import World
from wizard.i18n.language import _
from wizard.i18n.lists import listed
from wizard.store.undo_notes import UndoNote
from wizard.targets.presets import Preset, Presets
from wizard.terminal.printing import Printer
from wizard.terminal.saving import show_plan, show_refusal, take_key
from wizard.terminal.target_options import OptionsDoNotFit, TargetOptions, choices_of
from wizard.words import targets
from wizard.words.moments import clock_time

_WRONG_USE = frozenset(
    {
        TargetProblem.UNKNOWN_PRESET,
        TargetProblem.NO_FILE_CHOSEN,
        TargetProblem.NO_KEY,
        TargetProblem.BAD_KEY,
        TargetProblem.BAD_KEY_PATH,
        TargetProblem.NO_SECTION,
        TargetProblem.BAD_APP_ID,
        TargetProblem.NO_ADDRESS,
        TargetProblem.BAD_ADDRESS,
        TargetProblem.INSECURE_ADDRESS,
        TargetProblem.SECRET_IN_ADDRESS,
        TargetProblem.BAD_POINTER,
        TargetProblem.BAD_TEMPLATE,
        TargetProblem.BAD_HEADER,
    }
)


def list_targets(presets: Presets, printer: Printer) -> ExitCode:
    """One line for each: the name to give to --target, and what it is."""
    width = max((len(name) for name in presets.by_name), default=0)
    for name, preset in presets.by_name.items():
        printer.print(f"{name:<{width}}  {preset.title} ({_kind(preset)})")
    _show_problems(presets, printer)
    return ExitCode.NO_PROBLEM


def show_target(presets: Presets, name: str, world: World, printer: Printer) -> ExitCode:
    preset = presets.by_name.get(name)
    if preset is None:
        printer.problem(
            _("There is no target “{name}”.").format(name=name),
            _("Known are: {names}").format(names=listed(presets.by_name)),
        )
        _show_problems(presets, printer)
        return ExitCode.WRONG_USE
    printer.heading(preset.title)
    if preset.text:
        printer.print(preset.text)
    for number, step in enumerate(preset.steps, start=1):
        printer.print(f"{number}. {step}", 2)
    facts = (
        (_("How: {value}"), _kind(preset)),
        (_("Product: {value}"), preset.product),
        (_("Field: {value}"), preset.paste_into),
        (_("File: {value}"), preset.file),
        (_("Key: {value}"), preset.key),
        (_("Line for your developer: {value}"), preset.code),
        (_("Address: {value}"), world.link(preset.url)),
        (_("Page: {value}"), world.link(preset.link)),
        (_("Checked: {value}"), preset.checked.isoformat()),
        (_("Source: {value}"), preset.source),
    )
    for line, value in facts:
        if value:
            printer.link(line.format(value=value), 0)
    return ExitCode.NO_PROBLEM


def try_target(session: Session, presets: Presets, options: TargetOptions, app_id: str, printer: Printer) -> ExitCode:
    """Plan without writing, and show what would change.

    Exit codes: 0 planned, 1 it cannot be done as it stands, 2 no such target or no usable key, file or App ID, 3 it
    could not be found out."""
    _show_problems(presets, printer)
    try:
        (choice,) = choices_of(options, presets)
        take_key(session, choice, options)
        (planned,) = plan_app_id(session, [choice], app_id)
    except OptionsDoNotFit as error:
        printer.problem(str(error))
        return ExitCode.WRONG_USE
    except TargetError as error:
        return _refused(error, printer)
    for number, step in enumerate(planned.plan.steps, start=1):
        printer.print(f"{number}. {step}", 2)
    show_plan(planned, printer)
    printer.print(_("Nothing was written."))
    return ExitCode.NO_PROBLEM


def undo_target(session: Session, name: str, options: TargetOptions, person: Person, printer: Printer) -> ExitCode:
    """Undo the newest write, name: of this target. Exit codes: 0 undone, 1 it cannot be undone, 2 there is none,
    3 it could not be found out."""
    found = [(note, applied) for note, applied in undoable(session) if _is_meant(note, name, options)]
    if not found:
        printer.problem(_("There is nothing to undo."))
        return ExitCode.WRONG_USE
    (note, applied), *others = found
    printer.print(
        _("On {time} the App ID {id} was written: {where}").format(
            time=clock_time(note.at), id=note.app_id, where=note.where
        )
    )
    choices = (Choice("yes", _("Yes")), Choice("no", _("No")))
    if person.ask("undo", _("Put back what was there before?"), choices) != "yes":
        printer.print(_("Nothing was changed."))
        return ExitCode.NO_PROBLEM
    try:
        take_key(session, note.choice, options)
        undo_app_id(session, note.choice, applied)
    except TargetError as error:
        code = _refused(error, printer)
        for other, _applied in others:
            printer.print(_("Written before that: {where} (name it with --file or --url)").format(where=other.where))
        return code
    printer.print(_("Undone: {where} holds what it held before.").format(where=note.where))
    if applied.file is not None:
        printer.print(targets.start_again())
    return ExitCode.NO_PROBLEM


def _is_meant(note: UndoNote, name: str, options: TargetOptions) -> bool:
    """Whether a write is the one that the person names, by target, file or address; all are, where nothing is named."""
    files = [str(Path(file).expanduser().absolute().resolve()) for file in options.files]
    is_place = note.where in (*files, options.url) if files or options.url else True
    return is_place and name in ("", note.choice.preset)


def _refused(error: TargetError, printer: Printer) -> ExitCode:
    code = show_refusal(error, printer)
    return ExitCode.WRONG_USE if error.problem in _WRONG_USE else code


def _kind(preset: Preset) -> str:
    if preset.is_guided:
        return _("you paste it on a web page")
    return _("the wizard sends it to an API") if preset.is_http else _("the wizard writes it into a file")


def _show_problems(presets: Presets, printer: Printer) -> None:
    for problem in presets.problems:
        printer.problem(
            _("The file {file} cannot be used: {place}").format(file=problem.file, place=problem.place),
            _("Correct it or take it away."),
        )
