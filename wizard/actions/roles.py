"""Who answers first: what can be read of the settings on Facebook, and the one thing the wizard can set itself."""

from collections.abc import Collection

from wizard.actions.session import Session
from wizard.checks.app import NEEDED_FIELDS
from wizard.checks.case import CheckContext
from wizard.checks.run import verdict
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.cancel import CancelToken
from wizard.core.facts import TokenFacts
from wizard.core.roles import PageMode, page_mode
from wizard.core.verdict import State, Verdict

DONE = "done"  # in Answers.roles_confirmed: nothing of it is left to do
NEEDED = ("default_app", "take_control_bot", "social_route")
SOMETIMES = ("take_control_live_chat", "old_primary")  # what only some need
FIELDS = "fields"
_CHECKS = {
    "default_app": "routing.default_app",
    "take_control_bot": "routing.take_control",
    "social_route": "routing.answers_first",
    FIELDS: "app.fields",
}


def setting_verdict(case: CheckContext, setting_id: str) -> Verdict | None:
    """What could be seen of a setting; None where nothing can be, or nobody has looked yet."""
    if setting_id not in _CHECKS:
        return None
    found = verdict(case, _CHECKS[setting_id])
    return None if found.state in (State.UNKNOWN, State.NOT_CHECKED) else found


def fields_verdict(case: CheckContext) -> Verdict | None:
    """The bot's own webhook fields; None unless the token is the bot's: another's are not the bot's."""
    if case.answers.token_owner is not TokenOwner.BOT:
        return None
    found = verdict(case, _CHECKS[FIELDS])
    return None if found.state is State.NOT_CHECKED else found


def missing_fields(case: CheckContext) -> frozenset[str]:
    """What the bot must still subscribe to; empty where that cannot be read."""
    found = fields_verdict(case)
    if found is None or found.state is not State.PROBLEM:
        return frozenset()
    reading = case.facts.token.subscription if case.facts.token else None
    have = reading.value.fields if reading is not None and reading.value is not None else None
    return NEEDED_FIELDS - (have or frozenset())


def is_connected(case: CheckContext) -> bool:
    """Whether the app of the token was seen to be connected to the Page, with whatever fields."""
    reading = case.facts.token.subscription if case.facts.token else None
    return reading is not None and reading.value is not None


def has_old_receivers(case: CheckContext) -> bool:
    """Whether Facebook still lists receivers of the old kind."""
    receivers = case.facts.token.receivers if case.facts.token else None
    return receivers is not None and bool(receivers.value)


def is_routing(case: CheckContext) -> bool:
    """Whether the Page is known to have Conversation Routing: then it has no old Primary Receiver."""
    return page_mode(case.facts, case.role_evidence) is PageMode.ROUTING


def is_legacy(case: CheckContext) -> bool:
    return page_mode(case.facts, case.role_evidence) is PageMode.LEGACY


def tasks(case: CheckContext) -> tuple[str, ...]:
    """The settings that this Page needs, in the order to go through them."""
    return (*NEEDED, "old_primary") if has_old_receivers(case) else NEEDED


def is_said(answers: Answers, setting_id: str) -> bool:
    """Whether the person said that this setting is done."""
    return setting_id in answers.roles_confirmed or (DONE in answers.roles_confirmed and setting_id in NEEDED)


def open_tasks(case: CheckContext, mended: Collection[str] = ()) -> tuple[str, ...]:
    """What is left to do of `tasks`: what was neither seen nor said, and what was seen to be wrong whatever was said
    before. mended: said to be done since it was seen to be wrong."""
    return tuple(task for task in tasks(case) if task not in mended and not _is_settled(case, task))


def _is_settled(case: CheckContext, task: str) -> bool:
    found = setting_verdict(case, task)
    if found is not None and found.state in (State.OK, State.PROBLEM):
        return found.state is State.OK
    return is_said(case.answers, task)


def confirm_role(case: CheckContext, setting_id: str = "", mended: Collection[str] = ()) -> Answers:
    """The person says that this setting is done. The step is done with the last one. setting_id: "" where all that was
    left has been seen. mended: as `open_tasks`."""
    answers = case.answers
    said = answers.roles_confirmed | ({setting_id} if setting_id else frozenset())
    if not set(open_tasks(case, mended)) - {setting_id}:
        said |= {DONE}
    return with_changes(answers, roles_confirmed=said)


def confirm_roles(answers: Answers) -> Answers:
    """The person says that all of it is done."""
    return with_changes(answers, roles_confirmed=answers.roles_confirmed | {DONE, *NEEDED})


def read_token(session: Session, token_name: str, cancel: CancelToken) -> TokenFacts:
    """In a job: look again at what Facebook shows. Raises WizardError."""
    return session.graph_of(token_name, cancel).read_token()


def add_fields(session: Session, token_name: str, missing: frozenset[str], cancel: CancelToken) -> TokenFacts:
    """In a job: subscribe to what is missing, keep the rest, and look. Raises WizardError."""
    graph = session.graph_of(token_name, cancel)
    graph.add_fields(missing)
    return graph.read_token()
