"""The steps of the set-up, and the one route that Next, Back, the last page, progress and the sidebar are read from."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from wizard.core.answers import Answers, TestOutcome, TokenOwner


class StepId(StrEnum):
    WELCOME = "welcome"
    PRODUCTS = "products"
    LOG_IN = "log_in"
    APPS = "apps"
    ROLES = "roles"
    APP_ID = "app_id"
    BOT_SETTINGS = "bot_settings"
    TEST = "test"
    FINISHED = "finished"


class Problem(StrEnum):
    """What keeps the person from going on; words has a sentence for each."""

    NO_CHOICE = "no_choice"
    NO_BOT_PRODUCT = "no_bot_product"
    NO_LIVE_CHAT_PRODUCT = "no_live_chat_product"
    NO_PAGE = "no_page"
    TOKEN_OWNER_UNKNOWN = "token_owner_unknown"
    NO_BOT = "no_bot"
    NO_LIVE_CHAT = "no_live_chat"
    SAME_APP = "same_app"
    ROLES_OPEN = "roles_open"
    NO_TARGET = "no_target"
    NOT_SAVED = "not_saved"
    NOT_TESTED = "not_tested"


class StepState(StrEnum):
    """SEEN: by the program itself, and not long ago. SAID: only the person says so. RUNNING: nothing is judged yet."""

    SEEN = "seen"
    SAID = "said"
    NOT_PROVEN = "not_proven"
    SKIPPED = "skipped"
    STOPPED = "stopped"
    RUNNING = "running"
    FAILED = "failed"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Step:
    """is_needed: whether it is on the route. problems: what keeps the person from going on."""

    id: StepId
    is_needed: Callable[[Answers], bool] = lambda answers: True
    problems: Callable[[Answers], tuple[Problem, ...]] = lambda answers: ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Flow:
    """steps: all there are, in their order."""

    steps: tuple[Step, ...]

    def route(self, answers: Answers) -> list[Step]:
        return [step for step in self.steps if step.is_needed(answers)]

    def reachable(self, answers: Answers) -> list[Step]:
        """Steps the person may open: all up to the first that still has a problem, that one included."""
        route = self.route(answers)
        blocked = (at for at, step in enumerate(route, start=1) if step.problems(answers))
        return route[: next(blocked, len(route))]

    def after(self, step_id: StepId, answers: Answers) -> StepId | None:
        """The step that Next opens, None where it is not reachable or there is none."""
        ids = [step.id for step in self.reachable(answers)]
        at = ids.index(step_id) + 1 if step_id in ids else len(ids)
        return ids[at] if at < len(ids) else None

    def first(self, answers: Answers) -> StepId:
        """Raises LookupError where no step is needed."""
        return self.route(answers)[0].id

    def following(self, step_id: StepId, answers: Answers) -> StepId | None:
        """The step behind this one, reachable or not; None behind the last. step_id: on the route or not any more."""
        order = [step.id for step in self.steps]
        behind = order[order.index(step_id) + 1 :]
        return next((step.id for step in self.route(answers) if step.id in behind), None)

    def problems(self, step_id: StepId, answers: Answers) -> tuple[Problem, ...]:
        """What keeps the person on this step."""
        return next(step for step in self.steps if step.id is step_id).problems(answers)

    def before(self, step_id: StepId, answers: Answers) -> StepId | None:
        ids = [step.id for step in self.route(answers)]
        at = ids.index(step_id)
        return ids[at - 1] if at else None


# What each step must have before the next opens.


def _welcome(answers: Answers) -> tuple[Problem, ...]:
    return () if answers.started else (Problem.NO_CHOICE,)


def _products(answers: Answers) -> tuple[Problem, ...]:
    if answers.page_id:  # answered by an earlier version, which did not ask, or known from elsewhere
        return ()
    open_questions = []
    if answers.bot_product is None:
        open_questions.append(Problem.NO_BOT_PRODUCT)
    if answers.live_chat_product is None:
        open_questions.append(Problem.NO_LIVE_CHAT_PRODUCT)
    return tuple(open_questions)


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


def _has_places(answers: Answers) -> bool:
    """Whether there is a choice where the App ID goes: the settings of a product are one place."""
    if answers.bot_product is None:
        return bool(answers.page_id)  # of an earlier version; else, as most have no choice, a step comes and none goes
    from wizard.core.products import OWN  # the first page does without

    return answers.bot_product.id == OWN


def _app_id(answers: Answers) -> tuple[Problem, ...]:
    return () if answers.target is not None else (Problem.NO_TARGET,)


def _bot_settings(answers: Answers) -> tuple[Problem, ...]:
    return () if answers.saved_how is not None else (Problem.NOT_SAVED,)


def _test(answers: Answers) -> tuple[Problem, ...]:
    if answers.test in (None, TestOutcome.STOPPED):
        return (Problem.NOT_TESTED,)
    if answers.test is TestOutcome.SKIPPED and not answers.test_skipped_because:
        return (Problem.NOT_TESTED,)
    return ()


SETUP = Flow(
    (
        Step(StepId.WELCOME, problems=_welcome),
        Step(StepId.PRODUCTS, problems=_products),
        Step(StepId.LOG_IN, problems=_log_in),
        Step(StepId.APPS, problems=_apps),
        Step(StepId.ROLES, problems=_roles),
        Step(StepId.APP_ID, is_needed=_has_places, problems=_app_id),
        Step(StepId.BOT_SETTINGS, problems=_bot_settings),
        Step(StepId.TEST, problems=_test),
        Step(StepId.FINISHED),
    )
)


def open_step(answers: Answers) -> StepId:
    """The step at which whoever comes back goes on once the token is there again: the first that is not done."""
    owner = answers.token_owner or TokenOwner.NEITHER
    return SETUP.reachable(replace(answers, started=True, token_owner=owner))[-1].id
