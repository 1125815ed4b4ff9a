"""The Page and what the person behind the token may do on it."""

from wizard.checks.case import Case, failed, not_checked, silenced, without_reading
from wizard.core.errors import ErrorKind
from wizard.core.verdict import State, Verdict, evidence_of

# Tasks as me/accounts names them; PROFILE_PLUS: of Pages in the new experience (Meta, Page node, v26).
_MAY_SET_UP = frozenset({"MANAGE", "PROFILE_PLUS_MANAGE", "PROFILE_PLUS_FULL_CONTROL", "PROFILE_PLUS_FACEBOOK_ACCESS"})
_MAY_ANSWER = frozenset({"MESSAGING", "MODERATE", "PROFILE_PLUS_MESSAGING", "PROFILE_PLUS_MODERATE"})


def task(case: Case) -> Verdict:
    """A Page token does not tell; a person's token does, where the Page was chosen with one."""
    tasks = case.facts.tasks
    if (lost := case.refused(ErrorKind.PAGE_ACCESS_LOST)) is not None:
        return Verdict("page.task", State.PROBLEM, "lost", lost[1:])
    if tasks is None:
        return silenced(case, "page.task") or not_checked("page.task", "not_told")
    if tasks.value is None:
        return failed("page.task", tasks) if tasks.failure else not_checked("page.task", "not_told")
    evidence = (evidence_of(tasks, ", ".join(sorted(tasks.value)) or "no task"),)
    if tasks.value & _MAY_SET_UP:
        return Verdict("page.task", State.OK, "full", evidence)
    if tasks.value & _MAY_ANSWER:
        return Verdict("page.task", State.WARNING, "answers_only", evidence)
    return Verdict("page.task", State.PROBLEM, "too_little", evidence)


def published(case: Case) -> Verdict:
    token = case.facts.token
    if case.silence or token is None or token.identity.value is None:
        return without_reading(case, "page.published")
    identity = token.identity.value
    at_call = evidence_of(token.identity, f"is_published {identity.is_published}")
    if identity.is_published is None:
        return Verdict("page.published", State.UNKNOWN, "not_told")
    if identity.is_published:
        return Verdict("page.published", State.OK, "published", (at_call,))
    return Verdict("page.published", State.PROBLEM, "unpublished", (at_call,))
