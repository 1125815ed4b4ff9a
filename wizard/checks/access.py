"""The Page and what the person behind the token may do on it."""

from wizard.checks.case import CheckContext
from wizard.checks.check import Finding, Needs, Reason, check, failed, failed_call, not_checked, without_reading
from wizard.core.diagnosis import Harm, Who
from wizard.core.errors import ErrorKind
from wizard.core.verdict import State, evidence_of
from wizard.i18n.language import _

# Tasks as me/accounts names them; PROFILE_PLUS: of Pages in the new experience (Meta, Page node, v26).
_MAY_SET_UP = frozenset({"MANAGE", "PROFILE_PLUS_MANAGE", "PROFILE_PLUS_FULL_CONTROL", "PROFILE_PLUS_FACEBOOK_ACCESS"})
_MAY_ANSWER = frozenset({"MESSAGING", "MODERATE", "PROFILE_PLUS_MESSAGING", "PROFILE_PLUS_MODERATE"})


@check(
    "page.task",
    lambda: _("Rights on the Page"),
    Needs.PAGE_TOKEN,
    lambda: {
        "full": Reason(_("The person behind the token may manage the Page.")),
        "answers_only": Reason(
            _("The person behind the token may answer messages, but not change the settings of the Page."),
            _("Let somebody with full access to the Page do the settings on Facebook."),
            headline=_("whoever made the token may answer messages, but not change the settings of the Page."),
            letter=_("Whoever made our access to {page} may answer messages there, but not change its settings."),
            ask=_("Let somebody with full access to {page} do the settings on Facebook."),
            harm=Harm.LATER,
            who=Who.OWNER,
        ),
        "too_little": Reason(
            _("The person behind the token may not answer messages of this Page."),
            _("Give the person behind the token full access to the Page, then make the token again."),
            headline=_("whoever made the token may not answer messages of the Page, so nothing works with it."),
            letter=_("Whoever connected {page} to {bot} may not answer messages of that Page, so {bot} cannot either."),
            ask=_(
                "Give that person full access to {page}, or let somebody who has it disconnect the Page in the "
                "settings of {bot} and connect it again."
            ),
            harm=Harm.NO_ANSWER,
            who=Who.OWNER,
        ),
        "lost": Reason(
            _("The person behind the token has no access to the Page any more."),
            _("Give this person access to the Page again, or take a token of somebody who has it."),
            headline=_("whoever made the token has no access to the Page any more, so nothing works with it."),
            letter=_(
                "Whoever connected {page} to {bot} has no access to that Page any more, so {bot} has none either."
            ),
            ask=_(
                "Give that person access to {page} again, or let somebody who has it disconnect the Page in the "
                "settings of {bot} and connect it again."
            ),
            harm=Harm.NO_ANSWER,
            who=Who.OWNER,
        ),
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
    lambda: _("Page visibility"),
    Needs.PAGE_TOKEN,
    lambda: {
        "published": Reason(_("The Page is published: everybody can see it.")),
        "unpublished": Reason(
            _("The Page is not published, so customers cannot write to it."),
            _("Publish the Page in its settings on Facebook."),
            headline=_("customers cannot write to the Page, because it is not published."),
            letter=_("Customers cannot write to {page}, because the Page is not published."),
            ask=_("Publish {page} in its settings on Facebook."),
            harm=Harm.NO_ANSWER,
            who=Who.OWNER,
        ),
        "not_told": Reason(_("Facebook does not tell whether the Page is published.")),
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
