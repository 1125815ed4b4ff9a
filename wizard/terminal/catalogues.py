"""`catalogues`: newer instructions, error texts and presets, and what every other command does with them."""

import sys
from pathlib import Path

from wizard.actions import catalogues as actions
from wizard.actions.catalogues import CatalogueFolder
from wizard.core.catalogues import CatalogueError, CatalogueKind, shipped_on
from wizard.core.exit_code import ExitCode
from wizard.core.saved_file import SavedFileError
from wizard.i18n.language import _
from wizard.targets.presets import Preset
from wizard.terminal.ends import file_trouble
from wizard.terminal.printing import Printer
from wizard.words import catalogues as words


def go_by_imported(folder: CatalogueFolder, printer: Printer) -> None:
    """Use what was imported. What is wrong with it is said beside what this run is about, and ours serves."""
    for problem in actions.use_imported(folder):
        printer.warning(words.said_of_broken(problem), _how_to_remove(problem.path))


def list_catalogues(folder: CatalogueFolder, printer: Printer) -> ExitCode:
    """One line for each, and what is wrong with those that cannot be used: then the answer is PROBLEM."""
    found = actions.list_catalogues(folder)
    presets = found.presets
    imported = {catalogue.kind: catalogue for catalogue in found.in_use}
    rows = []
    for kind in CatalogueKind:
        now = imported.get(kind)
        source = now.source if now else words.title(kind)
        rows.append((kind.value, now.date if now else shipped_on(kind), _origin(now is not None), source))
    for name, preset in presets.by_name.items():
        rows.append((name, preset.checked, _origin(name in presets.own), f"{preset.title} · {preset.source}"))
    wide = [max(len(str(row[at])) for row in rows) for at in range(3)]
    for row in rows:
        first = "  ".join(f"{value!s:<{width}}" for value, width in zip(row, wide, strict=False))
        printer.link(f"{first}  {row[3]}", 0)
    for old in found.outdated:
        printer.warning(
            _("What was imported as {name} is of {day}. The built-in one is newer, and is used.").format(
                name=old.kind.value, day=old.date.isoformat()
            )
        )
    problems = [(words.said_of_broken(problem), _how_to_remove(problem.path)) for problem in found.problems]
    problems += [words.said(problem) for problem in found.unused]
    problems += [
        (
            _("The file {file} cannot be used: {place}").format(file=problem.file, place=problem.place),
            _("Correct it or take it away."),
        )
        for problem in presets.problems
    ]
    for problem in problems:
        printer.problem(*problem)
    return ExitCode.PROBLEM if problems else ExitCode.NO_PROBLEM


def import_catalogue(folder: CatalogueFolder, file: Path, now: float, printer: Printer) -> ExitCode:
    """now: Unix seconds. A file that cannot be used is wrong usage; a folder that cannot be written to a problem."""
    try:
        taken = folder.take(file, now)
    except (CatalogueError, SavedFileError) as error:
        printer.problem(*words.said(error))
        return ExitCode.WRONG_USE
    except OSError as error:
        printer.problem(*file_trouble(error))
        return ExitCode.PROBLEM
    if isinstance(taken.what, Preset):
        said = words.preset_imported(taken.what.title, taken.what.host, taken.what.is_http)
    else:
        said = words.imported(taken.what)
    printer.print(said[0])
    if said[1]:
        printer.print(said[1], 2)
    if taken.before is not None:
        printer.print(_("The file of this name that was there before is kept:"))
        printer.link(str(taken.before))
    return ExitCode.NO_PROBLEM


def remove_catalogue(folder: CatalogueFolder, name: str, printer: Printer) -> ExitCode:
    try:
        path = folder.remove(name)
    except OSError as error:
        printer.problem(
            _("“{name}” could not be removed: {reason}").format(name=name, reason=error.strerror or ""),
            _("Check whether you may change the folder it is in."),
        )
        return ExitCode.PROBLEM
    if path is None:
        printer.problem(
            _("Nothing called “{name}” was imported.").format(name=name),
            _("“handover-wizard catalogues list” shows what was. The built-in ones stay."),
        )
        return ExitCode.WRONG_USE
    printer.print(_("Removed: {path}").format(path=path))
    return ExitCode.NO_PROBLEM


def show_catalogue(folder: CatalogueFolder, name: str, output: Path | None, printer: Printer) -> ExitCode:
    """Write the file to start from, always in UTF-8."""
    try:
        text = folder.text(name)
        if text is not None and output is not None:
            actions.save_text(output, text)
        elif text is not None:
            sys.stdout.buffer.write(text.encode())
            sys.stdout.buffer.flush()
    except (OSError, SavedFileError) as error:
        printer.problem(*file_trouble(error))
        return ExitCode.PROBLEM
    except UnicodeDecodeError:
        printer.problem(_("The imported file is not a text file in UTF-8."), _("Remove it, or import another."))
        return ExitCode.PROBLEM
    if text is None:
        printer.problem(
            _("There is nothing called “{name}”.").format(name=name), _("“handover-wizard catalogues list” shows all.")
        )
        return ExitCode.WRONG_USE
    return ExitCode.NO_PROBLEM


def _how_to_remove(path: Path) -> str:
    return _("Import a newer file, or remove this one: {command}").format(
        command=f"handover-wizard catalogues remove {path.stem}"
    )


def _origin(is_imported: bool) -> str:
    return _("imported") if is_imported else _("built in")
