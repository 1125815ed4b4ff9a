"""Where the conversation is after a test, in words, and what to do where it is not back."""

from dataclasses import replace

from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import Control
from wizard.core.trial_result import RestoreEnd, RestoreResult, TrialResult
from wizard.i18n.language import _
from wizard.words import errors
from wizard.words.asking import app_name
from wizard.words.moments import clock_time
from wizard.words.trial import ChecklistLine, TrialApps


def back(found: TrialResult, cast: TrialApps) -> ChecklistLine:
    """Where the conversation is after this part."""
    return where(found.ended, replace(cast, others=tuple(app for app in (found.app, found.first_app) if app)))


def where(ended: RestoreEnd, cast: TrialApps) -> ChecklistLine:
    """Where the conversation is now."""
    holder = ended.left.app_id if ended.left else ""
    is_hidden = ended.left is not None and ended.left.control is Control.HIDDEN
    if ended.result is RestoreResult.NOT_BACK and is_hidden and not ended.is_certain:
        return ChecklistLine(
            _("It is not known whether the conversation is back."),
            _("Write to your Page and see whether {bot} answers.").format(bot=app_name(cast.bot)),
        )
    if ended.is_idle:
        return ChecklistLine(_("Nobody has the conversation now."), _why_idle(ended.failure))
    if ended.result is RestoreResult.NOT_BACK and not holder and not is_hidden:
        return ChecklistLine(
            _("It is not known whether the conversation is back."),
            _("Look in {app} whether it is there.").format(app=app_name(cast.live_chat)),
        )
    if ended.result is RestoreResult.NOT_BACK:
        app = cast.name_of(holder) if holder else _("another app")
        return ChecklistLine(_("The conversation is not back: {app} has it.").format(app=app))
    if ended.result is RestoreResult.IDLE:
        return ChecklistLine(_("Nobody has the conversation. The next message goes to the app that answers first."))
    if ended.result is RestoreResult.LET_GO:
        return ChecklistLine(
            _("The wizard has let the conversation go again. Who had it before was not shown."),
            _("Write to your Page and see who answers."),
        )
    if ended.result is RestoreResult.BY_ITSELF:
        return ChecklistLine(_("The conversation came back by itself."))
    if ended.result is RestoreResult.UNTOUCHED:
        return ChecklistLine(_("The conversation was not touched."))
    if holder:
        return ChecklistLine(_("{app} has the conversation again.").format(app=cast.name_of(holder)))
    return ChecklistLine(_("The conversation is as it was before the test."))


def came_back(found: TrialResult, cast: TrialApps) -> str:
    """Where the conversation was after a part, while another runs: somebody else may have it by now."""
    left = found.ended.left
    if found.ended.result is RestoreResult.BACK and left is not None and left.app_id:
        return _("Then {app} got it back.").format(app=cast.name_of(left.app_id))
    return back(found, cast).title


def _why_idle(failure: Failure | None) -> str:
    """Why the bot does not have what nobody has, and what that means for whoever writes next."""
    if failure is not None and failure.kind is ErrorKind.NO_DEFAULT_APP:
        return _("No default app is chosen for this Page, so no app will answer.")
    why = errors.explain(failure).title if failure is not None else ""
    return f"{why} {_('Whether an app answers the next message is not known.')}".strip()


def left_there(ended: RestoreEnd, cast: TrialApps) -> ChecklistLine:
    """The person chose to leave it where it is."""
    left = ended.left
    app = cast.name_of(left.app_id) if left is not None and left.app_id else app_name(cast.live_chat)
    if left is not None and left.expires_at:
        return ChecklistLine(
            _("All right: {app} keeps the conversation. There is nothing to do until {time}.").format(
                app=app, time=clock_time(left.expires_at)
            ),
            _("Then control ends by itself."),
        )
    return ChecklistLine(
        _("All right: {app} keeps the conversation. There is nothing to do.").format(app=app),
        _("24 hours after the last message of the customer, control ends by itself."),
    )


def is_switch(because: Failure | None) -> bool:
    """Whether the first of `ways_out` is the switch on Facebook."""
    return because is None or not (
        because.is_transport_error or because.is_token_error or because.kind is ErrorKind.NO_DEFAULT_APP
    )


def ways_out(cast: TrialApps, until: str, because: Failure | None = None, is_idle: bool = False) -> tuple[str, ...]:
    """The three ways out where taking back is refused. until: the time control ends by itself, "" where unknown.
    because: why it is not back; where only the way to Facebook was in trouble, no switch is to blame. is_idle: nobody
    has it; then there are two, without a default app one."""
    last = (
        _("Wait until {time}: then control ends by itself.").format(time=until)
        if until
        else _("Wait: 24 hours after the last message of the customer, control ends by itself.")
    )
    bot = app_name(cast.bot)
    if because is None or is_switch(because):
        again = _("On Facebook, switch “take control” on for {bot}, then try again.").format(bot=bot)
    elif because.is_transport_error:
        again = _("Wait a little, or as long as Facebook asks, then try again.")
    elif because.is_token_error:
        again = _("Get a new token of {bot}, then try again.").format(bot=bot)
    else:
        again = _("On Facebook, choose {bot} as the default app, then try again.").format(bot=bot)
    if is_idle and because is not None and because.kind is ErrorKind.NO_DEFAULT_APP:
        return (again,)
    if is_idle:
        return again, _("Write “Hello” to your Page: the app that answers first then has the conversation.")
    return (
        again,
        _("Close the conversation in {app}, or let it give it back.").format(app=app_name(cast.live_chat)),
        last,
    )
