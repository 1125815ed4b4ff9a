"""The app that the token speaks for: whether the Page is connected to it, and what it receives."""

from wizard.checks.case import About, CheckContext
from wizard.checks.check import (
    Finding,
    Needs,
    Reason,
    check,
    failed,
    failed_call,
    not_checked,
    refusal,
    without_reading,
)
from wizard.core.answers import TokenOwner
from wizard.core.diagnosis import Harm, Who
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Reading
from wizard.core.verdict import Evidence, State, evidence_of
from wizard.i18n.language import _

NEEDED_FIELDS = frozenset({"messages", "messaging_postbacks", "messaging_referrals", "messaging_handovers", "standby"})
"""Every app that takes part must receive these. Source: Meta, Conversation Routing, 2025-09-24."""


def _of_another_app() -> Reason:
    return Reason(
        _("The token is of another app, so nothing about your bot or live chat can be read with it."),
        _("Check again with the bot’s token."),
    )


@check(
    "app.subscribed",
    lambda: _("Connection to the Page"),
    Needs.PAGE_TOKEN,
    lambda: {
        "subscribed": Reason(_("The app of this token is connected to the Page.")),
        "not_subscribed": Reason(
            _("The app of this token is not connected to the Page, so it receives no messages."),
            _("Connect the Page again in that app’s own settings."),
            headline=_("{app} receives no messages, because the app is not connected to the Page."),
            letter=_(
                "No message that customers write to {page} reaches {app}, because the app is not connected to it."
            ),
            ask=_("In the settings of {app}, disconnect {page} and connect it again."),
            harm=Harm.NO_ANSWER,
            who=Who.OWNER,
        ),
        "of_another_app": _of_another_app(),
    },
)
def subscribed(context: CheckContext) -> Finding | None:
    reading = _subscription(context)
    if not isinstance(reading, Reading):
        return reading
    if reading.value is None:
        return Finding(State.PROBLEM, "not_subscribed", (evidence_of(reading, "an empty list"),), _app(context))
    return Finding(State.OK, "subscribed", (evidence_of(reading, f"app {reading.value.id}"),))


@check(
    "app.fields",
    lambda: _("What the Page tells the app"),
    Needs.PAGE_TOKEN,
    lambda: {
        "complete": Reason(_("The Page tells the app about messages and handovers.")),
        "missing": Reason(
            _("These are missing: {fields}. The Page does not tell the app about them."),
            _("Add these webhook fields for the Page. The set-up of this program does it with one click."),
            headline=_("{app} misses news of {page} that a handover needs: {fields}."),
            letter=_("{app} is connected to {page}, but misses news that a handover needs: {fields}."),
            ask=_("Please ask the developer of {app} to add these webhook fields for {page}: {fields}."),
            harm=Harm.NO_PERSON,
            who=Who.DEVELOPER,
        ),
        "not_subscribed": Reason(
            _("The Page sends the app nothing, because it is not connected."),
            _("Connect the Page again in that app’s own settings."),
            follows_from=("app.subscribed",),
        ),
        "of_another_app": _of_another_app(),
    },
)
def fields(context: CheckContext) -> Finding | None:
    """What the Page sends to the app. What the app asks Facebook for is another list: `own_fields`."""
    reading = _subscription(context)
    if not isinstance(reading, Reading):
        return reading
    if reading.value is None:
        return Finding(State.PROBLEM, "not_subscribed", (evidence_of(reading, "an empty list"),), _app(context))
    missing = ", ".join(sorted(NEEDED_FIELDS - (reading.value.fields or frozenset())))
    if not missing:
        return Finding(State.OK, "complete", (evidence_of(reading, "all five fields"),))
    about = (*_app(context), ("fields", missing))
    return Finding(State.PROBLEM, "missing", (evidence_of(reading, f"without {missing}"),), about)


@check(
    "app.own_fields",
    lambda: _("What the app itself asks for"),
    Needs.PAGE_TOKEN,
    lambda: {
        "not_told": Reason(
            _(
                "Besides the Page, the app itself must ask Facebook for the same webhook fields. Only the app’s "
                "developers can see that list."
            )
        ),
    },
)
def own_fields(context: CheckContext) -> None:
    """Only fields that the app itself asks for, too, are delivered; its list opens to its developers alone."""


@check(
    "app.live",
    lambda: _("Live or development mode"),
    Needs.PAGE_TOKEN,
    lambda: {
        "development_mode": Reason(
            _("The app is in development mode: it serves only people who have a role on it."),
            _("Switch the app to live mode on developers.facebook.com."),
            headline=_("{app} answers nobody but its own developers, because the app is in development mode."),
            letter=_("At {page}, {app} answers nobody but its own developers, because the app is in development mode."),
            ask=_("Please ask the developer of {app} to switch the app to live mode on developers.facebook.com."),
            harm=Harm.NO_ANSWER,
            who=Who.DEVELOPER,
        ),
        "not_told": Reason(_("A Page token does not show whether the app is live or still in development mode.")),
    },
)
def live(context: CheckContext) -> Finding | None:
    """Whether the app is live, or in development mode, where it serves nobody but people with a role on it. No call of
    a Page token tells; a refused call may."""
    if (refused := context.refused(ErrorKind.DEVELOPMENT_MODE)) is not None:
        return _in_development(context, *refused)
    for test in reversed(context.tests):
        if test.failure is not None and test.failure.kind is ErrorKind.DEVELOPMENT_MODE:
            return _in_development(context, test.failure, refusal(test.failure))
    return None


def _in_development(context: CheckContext, failure: Failure, seen: Evidence) -> Finding:
    found = failed_call(failure, seen, State.PROBLEM)
    return found._replace(about=(*_app(context), *found.about))


def _app(context: CheckContext) -> About:
    """The app of the token, "" where even that is not known: then the sentences call it the bot."""
    return (("app", context.name_of(context.token_app_id)),) if context.token_app_id else ()


def _subscription(context: CheckContext) -> Reading[App] | Finding | None:
    """The reading that shows the subscription of an app that matters, or what is said without one."""
    token = context.facts.token
    if context.skip_reason or token is None or token.subscription is None:
        return without_reading(context)
    if context.answers.token_owner is TokenOwner.NEITHER:
        return not_checked("of_another_app")
    return failed(token.subscription) if token.subscription.failure else token.subscription


CHECKS = (subscribed, fields, own_fields, live)
