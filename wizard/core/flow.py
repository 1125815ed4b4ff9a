"""One route, from which Next, Back, the last page, progress and the sidebar are all read."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from wizard.core.answers import Answers


class StepId(StrEnum):
    WELCOME = "welcome"
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
    NO_PAGE = "no_page"
    TOKEN_OWNER_UNKNOWN = "token_owner_unknown"
    NO_BOT = "no_bot"
    NO_LIVE_CHAT = "no_live_chat"
    SAME_APP = "same_app"
    ROLES_OPEN = "roles_open"
    NO_TARGET = "no_target"
    NOT_SAVED = "not_saved"
    NOT_TESTED = "not_tested"


@dataclass(frozen=True, slots=True)
class Step:
    id: StepId
    is_needed: Callable[[Answers], bool] = lambda answers: True
    problems: Callable[[Answers], tuple[Problem, ...]] = lambda answers: ()


@dataclass(frozen=True, slots=True)
class Flow:
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
