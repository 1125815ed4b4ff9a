"""The steps of the set-up, in order, and what each must have before the next opens."""

from wizard.core.answers import Answers, TestOutcome
from wizard.core.flow import Flow, Problem, Step, StepId


def _welcome(answers: Answers) -> tuple[Problem, ...]:
    return () if answers.started else (Problem.NO_CHOICE,)


def _log_in(answers: Answers) -> tuple[Problem, ...]:
    if not answers.page_id:
        return (Problem.NO_PAGE,)
    return () if answers.token_owner is not None else (Problem.TOKEN_OWNER_UNKNOWN,)


def _apps(answers: Answers) -> tuple[Problem, ...]:
    open_questions = []
    if answers.bot is None:
        open_questions.append(Problem.NO_BOT)
    if answers.live_chat is None:
        open_questions.append(Problem.NO_LIVE_CHAT)
    if answers.bot is not None and answers.live_chat is not None and answers.bot.id == answers.live_chat.id:
        open_questions.append(Problem.SAME_APP)
    return tuple(open_questions)


def _roles(answers: Answers) -> tuple[Problem, ...]:
    return () if "done" in answers.roles_confirmed else (Problem.ROLES_OPEN,)


def _app_id(answers: Answers) -> tuple[Problem, ...]:
    return () if answers.target is not None else (Problem.NO_TARGET,)


def _bot_settings(answers: Answers) -> tuple[Problem, ...]:
    return () if answers.saved_how is not None else (Problem.NOT_SAVED,)


def _test(answers: Answers) -> tuple[Problem, ...]:
    if answers.test is None or (answers.test is TestOutcome.SKIPPED and not answers.test_skipped_because):
        return (Problem.NOT_TESTED,)
    return ()


SETUP = Flow(
    (
        Step(StepId.WELCOME, problems=_welcome),
        Step(StepId.LOG_IN, problems=_log_in),
        Step(StepId.APPS, problems=_apps),
        Step(StepId.ROLES, problems=_roles),
        Step(StepId.APP_ID, problems=_app_id),
        Step(StepId.BOT_SETTINGS, problems=_bot_settings),
        Step(StepId.TEST, problems=_test),
        Step(StepId.FINISHED),
    )
)
