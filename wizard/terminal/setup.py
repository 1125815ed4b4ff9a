"""`handover-wizard setup`: the one route of `core.steps`, walked without a window."""

from collections.abc import Callable

from wizard.actions.pending_tests import has_open_test
from wizard.actions.reminder import reminder_file
from wizard.actions.saved_setup import save_file
from wizard.actions.step_states import step_states
from wizard.core.answers import TestOutcome, with_changes
from wizard.core.errors import WizardError
from wizard.core.exit_code import ExitCode
from wizard.core.flow import SETUP, Problem, StepId, StepState
from wizard.core.kept_tests import kept
from wizard.core.outcome import exit_code, outcome
from wizard.core.saved_file import SavedFileError
from wizard.core.target import TargetError
from wizard.core.verdict import State
from wizard.i18n.language import _
from wizard.terminal.apps import choose_apps
from wizard.terminal.ends import SetupEnds, file_trouble
from wizard.terminal.leftovers import show_open_tests, still_open
from wizard.terminal.log_in import log_in
from wizard.terminal.person import NoAnswer
from wizard.terminal.products import choose_products
from wizard.terminal.result_data import result_data
from wizard.terminal.roles import assign_roles
from wizard.terminal.saving import choose_places, save_app_id, show_refusal
from wizard.terminal.setup_run import SetupRun
from wizard.terminal.trials import run_tests
from wizard.words import daily, steps, summary

# What a window waits for, and a run without one may leave open: the end says so.
_MAY_STAY_OPEN = frozenset(
    {Problem.NO_BOT_PRODUCT, Problem.NO_LIVE_CHAT_PRODUCT, Problem.ROLES_OPEN, Problem.NOT_TESTED}
)


def run_setup(run: SetupRun) -> ExitCode:
    """Walk the steps in order. Raises NoAnswer where a question needs a person and nobody is there."""
    show_open_tests(run.session, run.printer)
    run.session.tidy_up()
    try:
        code = _walk(run)
    except NoAnswer as error:
        raise NoAnswer(error.question, leaves_open=_has_open_test(run)) from error
    if code is not ExitCode.WRONG_APP_HAS_IT and _has_open_test(run):
        run.printer.problem(still_open())
        code = ExitCode.WRONG_APP_HAS_IT
    run.printer.result(result_data(run.session, run.answers, code, run.printer.trouble))
    return code


def _has_open_test(run: SetupRun) -> bool:
    """Of the Page of this run: of the one that was named, where its token tells nothing."""
    return has_open_test(run.session, {run.answers.page_id or run.options.page} - {""})


def _walk(run: SetupRun) -> ExitCode:
    try:
        step: StepId | None = SETUP.first(run.answers)
        while step is not None:
            if (ask := _ASK.get(step)) is not None:
                run.printer.heading(steps.title(step))
                ask(run)
                _refuse_open(run, step)
            step = SETUP.following(step, run.answers)
        return exit_code(run.session.tests, run.session.verdicts(run.answers))
    except WizardError as error:
        run.printer.failure(error.failure)
        return ExitCode.NOT_FOUND_OUT if error.failure.is_transport_error else ExitCode.PROBLEM
    except TargetError as error:
        return show_refusal(error, run.printer)
    except (OSError, SavedFileError) as error:
        run.printer.problem(*file_trouble(error))
        return ExitCode.PROBLEM
    except SetupEnds as end:
        return end.code


def _refuse_open(run: SetupRun, step: StepId) -> None:
    """End where the step still lacks what the next one needs. Raises SetupEnds."""
    for problem in SETUP.problems(step, run.answers):
        if problem not in _MAY_STAY_OPEN:
            run.refuse(steps.problem(problem))


def _test(run: SetupRun) -> None:
    skipped = run_tests(run.session, run.answers, run.options, run.person, run.consent, run.printer, run.cancel)
    found, kept_tests = outcome(run.session.tests), kept(run.session.tests) or run.answers.tests
    if skipped:
        found = TestOutcome.SKIPPED
        run.printer.print(skipped)
    run.answers = with_changes(run.answers, test=found, test_skipped_because=skipped, tests=kept_tests)
    run.session.save_setup(run.answers)


def _finish(run: SetupRun) -> None:
    found = run.session.verdicts(run.answers)
    run.printer.verdicts([one for one in found if one.state is not State.NOT_CHECKED and summary.is_noteworthy(one)])
    if step_states(run.session, run.answers)[StepId.TEST] is not StepState.FAILED:
        _show_rules(run)
    run.printer.print("")
    run.printer.print(summary.handover_line(run.session.tests, run.answers))
    if run.options.reminder is not None:
        save_file(run.options.reminder, reminder_file(run.session, run.answers))
        saved = _("Saved as {file}. Open it: your calendar takes it in.")
        run.printer.print(saved.format(file=run.options.reminder))


def _show_rules(run: SetupRun) -> None:
    run.printer.heading(daily.heading())
    for number, rule in enumerate(daily.rules(run.answers), start=1):
        run.printer.print(f"{number}. {rule.title}")
        run.printer.print(rule.text, indent=3)


# What each step asks or does here. A step that is not in the table asks nothing.
_ASK: dict[StepId, Callable[[SetupRun], None]] = {
    StepId.PRODUCTS: choose_products,
    StepId.LOG_IN: log_in,
    StepId.APPS: choose_apps,
    StepId.ROLES: assign_roles,
    StepId.APP_ID: choose_places,
    StepId.BOT_SETTINGS: save_app_id,
    StepId.TEST: _test,
    StepId.FINISHED: _finish,
}
