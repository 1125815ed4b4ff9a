"""Files that were dropped on the window, or that the program was opened with: each kind goes to its place."""

from collections.abc import Sequence
from pathlib import Path

from wizard.actions.session import Session
from wizard.core.answers import with_changes
from wizard.core.flow import StepId
from wizard.core.log_in import ENDING
from wizard.ui.jobs import JobRunner
from wizard.ui.services import FailureText
from wizard.ui.window.shell import Shell

_INSTRUCTIONS = ".toml"  # newer instructions, error texts, presets


def open_files(shell: Shell, session: Session, runner: JobRunner, paths: Sequence[Path]) -> None:
    """Import log-in files and newer instructions; look at set-ups, facts and logs on the Check screen, which says of
    any other file what it is."""
    log_ins = [path for path in paths if path.name.lower().endswith(ENDING)]
    newer = [path for path in paths if path.name.lower().endswith(_INSTRUCTIONS)]
    others = [path for path in paths if path not in (*log_ins, *newer)]
    if log_ins:
        _import_log_ins(shell, session, runner, log_ins)
    if newer:
        shell.show_help()
        drawer = shell.help_panel
        if drawer is not None and drawer.newer is not None:
            drawer.newer.take(newer[0])
    if others:
        from wizard.ui.pages.check.page import CheckPage

        shell.open_aside("check")
        page = shell.page
        if isinstance(page, CheckPage):
            page.open_files(others)


def _import_log_ins(shell: Shell, session: Session, runner: JobRunner, paths: Sequence[Path]) -> None:
    """With a vendor's file one can log in at once, so the person is taken there."""
    from wizard.actions.log_in_files import ImportedLogIns, import_log_ins
    from wizard.ui.pages.log_in.page import LogInPage

    def done(found: ImportedLogIns) -> None:
        if found.problems:
            from wizard.words import log_in

            shell.page.show_trouble(lambda: FailureText(*log_in.said(found.problems[0])))
        elif isinstance(shell.page, LogInPage):
            shell.page.known.read_log_ins(is_new=True)
        else:
            shell.take_answers(with_changes(shell.answers, started=True))
            shell.go_to(StepId.PRODUCTS)  # where it is not answered yet, one logs in after that
            shell.go_to(StepId.LOG_IN)

    job = runner.start(lambda _job: import_log_ins(session, paths))
    job.on_success(done)
    job.on_failure(lambda error: shell.page.failed(error))
