"""The Page and what the person behind the token may do on it."""

from wizard.checks.case import CheckContext
from wizard.checks.check import Finding, Needs, Reason, check, failed, failed_call, not_checked, without_reading
from wizard.core.errors import ErrorKind
from wizard.core.verdict import State, evidence_of
from wizard.i18n.language import _

# Tasks as me/accounts names them; PROFILE_PLUS: of Pages in the new experience (Meta, Page node, v26).
_MAY_SET_UP = frozenset({"MANAGE", "PROFILE_PLUS_MANAGE", "PROFILE_PLUS_FULL_CONTROL", "PROFILE_PLUS_FACEBOOK_ACCESS"})
_MAY_ANSWER = frozenset({"MESSAGING", "MODERATE", "PROFILE_PLUS_MESSAGING", "PROFILE_PLUS_MODERATE"})


@check(
    "page.task",
    lambda: _("The person may manage the Page"),
    Needs.PAGE_TOKEN,
    lambda: {
        "full": Reason(_("The person behind the token may manage the Page.")),
        "answers_only": Reason(
            _("The person behind the token may answer messages, but not change the settings of the Page."),
            _("Let somebody with full access to the Page do the settings on Facebook."),
        ),
        "too_little": Reason(
            _("The person behind the token may not answer messages of this Page."),
            _("Ask whoever owns the Page for full access, then make the token again."),
        ),
        "lost": ErrorKind.PAGE_ACCESS_LOST,
        "not_told": Reason(_("A Page token does not show what the person behind it may do on the Page.")),
    },
)
def task(context: CheckContext) -> Finding | None:
    """A Page token does not tell; a person's token does, where the Page was chosen with one."""
    tasks = context.facts.tasks
    if (lost := context.refused(ErrorKind.PAGE_ACCESS_LOST)) is not None:
        return failed_call(*lost, State.PROBLEM, "lost")
    if tasks is None:
        return None
    if tasks.value is None:
        return failed(tasks) if tasks.failure else not_checked("not_told")
    evidence = (evidence_of(tasks, ", ".join(sorted(tasks.value)) or "no task"),)
    if tasks.value & _MAY_SET_UP:
        return Finding(State.OK, "full", evidence)
    if tasks.value & _MAY_ANSWER:
        return Finding(State.WARNING, "answers_only", evidence)
    return Finding(State.PROBLEM, "too_little", evidence)


@check(
    "page.published",
    lambda: _("The Page is published"),
    Needs.PAGE_TOKEN,
    lambda: {
        "published": Reason(_("Everybody can see it.")),
        "unpublished": Reason(
            _("It is not published, so customers cannot write to it."),
            _("Publish the Page in its settings on Facebook."),
        ),
        "not_told": Reason(_("Facebook does not tell whether it is published.")),
    },
)
def published(context: CheckContext) -> Finding | None:
    token = context.facts.token
    if context.skip_reason or token is None or token.identity.value is None:
        return without_reading(context)
    is_published = token.identity.value.is_published
    at_call = evidence_of(token.identity, f"is_published {is_published}")
    if is_published is None and token.published is not None and token.published.failure is not None:
        return failed(token.published)
    if is_published is None:
        return Finding(State.UNKNOWN, "not_told")
    if is_published:
        return Finding(State.OK, "published", (at_call,))
    return Finding(State.PROBLEM, "unpublished", (at_call,))


CHECKS = (task, published)
