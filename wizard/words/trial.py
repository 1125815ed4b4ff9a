"""The test in words: the lines of the checklist, what each part showed, and where the conversation is now."""

from dataclasses import dataclass, replace

from wizard.checks.owners import switch_meta_ai_off
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Control
from wizard.core.known_apps import is_meta_ai, page_inbox
from wizard.core.pending import AlreadyInTest, TrialPart
from wizard.core.trial.find_conversation import SearchResult
from wizard.core.trial_result import (
    Event,
    Item,
    ItemState,
    OwnerRelation,
    RestoreEnd,
    RestoreResult,
    Silence,
    TrialOutcome,
    TrialResult,
)
from wizard.i18n.language import _
from wizard.words import errors
from wizard.words.asking import app_name
from wizard.words.moments import clock_time, duration


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TrialApps:
    """The two apps of the test, and others whose names are known, for the sentences."""

    bot: App
    live_chat: App
    others: tuple[App, ...] = ()

    def name_of(self, app_id: str) -> str:
        """The name to show for an App ID."""
        known = (self.bot, self.live_chat, *self.others)
        return app_name(next((app for app in known if app.id == app_id), App(app_id)))


def items(part: TrialPart, has_bot_token: bool, by_eye: bool = False) -> tuple[Item, ...]:
    """The lines of one part's checklist in order."""
    if part is TrialPart.FACEBOOK_ALLOWS:
        return (Item.OWNER, Item.PROBE, Item.PASSED, Item.ARRIVED, Item.BACK)
    end = (Item.HUMAN, Item.ARRIVED, Item.SILENCE, Item.BACK)
    if by_eye:
        return (Item.HELLO, *end)
    return (Item.OWNER, Item.HELLO, *end) if has_bot_token else (Item.OWNER, *end)


def heading(part: TrialPart, has_bot_token: bool, by_eye: bool = False) -> str:
    """Which part runs, "" where there is only one."""
    if by_eye or not has_bot_token:
        return ""
    if part is TrialPart.FACEBOOK_ALLOWS:
        return _("Part 1 of 2: the wizard moves the conversation")
    return _("Part 2 of 2: your bot moves the conversation")


def waiting(item: Item, cast: TrialApps, by_eye: bool = False) -> ChecklistLine:
    """The line before its turn."""
    bot, live_chat = app_name(cast.bot), app_name(cast.live_chat)
    return {
        Item.OWNER: ChecklistLine(_("See who has the conversation")),
        Item.PROBE: ChecklistLine(_("Try whether {bot} may take control").format(bot=bot)),
        Item.PASSED: ChecklistLine(_("Pass it to {app}").format(app=live_chat)),
        Item.HELLO: ChecklistLine(_("You write “Hello”"), _("The app that gets it answers first")),
        Item.HUMAN: ChecklistLine(_("You ask for a person"), _("Write what makes your bot hand over")),
        Item.ARRIVED: ChecklistLine(_("{app} has the conversation").format(app=live_chat)),
        Item.SILENCE: ChecklistLine(
            _("{bot} stays silent").format(bot=bot), _("It must not answer while a person has control")
        ),
        Item.BACK: ChecklistLine(
            _("Bring it back to {bot}").format(bot=bot),
            _("You do this in {app}").format(app=live_chat) if by_eye else _("Done even if you close this window"),
        ),
    }[item]


def line(event: Event, cast: TrialApps, now: float) -> ChecklistLine:
    """The line for what just happened. now: Unix seconds by Facebook's clock, for remaining times."""
    if event.failure is not None and event.state in (ItemState.PROBLEM, ItemState.UNKNOWN):
        title = waiting(event.item, cast).title
        return ChecklistLine(title, errors.explain(event.failure).title)
    if event.state is ItemState.SAID:
        return ChecklistLine(_done(event, cast).title, _("You said so"))
    if (
        event.relation is None
        and event.state in (ItemState.PROBLEM, ItemState.UNKNOWN)
        and event.item is not Item.HUMAN
    ):
        return _not_seen_by_eye(event, cast)
    if event.item is Item.SILENCE and event.state not in (ItemState.RUNNING, ItemState.DONE):
        return _silence(event, cast)
    if event.item is Item.OWNER and event.state is ItemState.DONE:
        return ChecklistLine(_holder(event, cast), _remaining(event, now))
    if event.state is ItemState.RUNNING:
        return _running(event, cast)
    if event.state is ItemState.DONE:
        return _done(event, cast)
    if event.item is Item.HUMAN:
        return ChecklistLine(waiting(event.item, cast).title, _("Nothing was seen to follow"))
    if event.item is Item.ARRIVED and event.relation is OwnerRelation.BOT:
        return ChecklistLine(_("{bot} did not hand over").format(bot=app_name(cast.bot)), _holder(event, cast))
    return ChecklistLine(waiting(event.item, cast).title, _holder(event, cast))


def _running(event: Event, cast: TrialApps) -> ChecklistLine:
    title = waiting(event.item, cast).title
    if event.item is Item.ARRIVED and event.looks:
        return ChecklistLine(
            _("Waiting until Facebook shows the new owner"),
            _("Check {look} of at most {looks}").format(look=event.look, looks=event.looks),
        )
    if event.item in (Item.HELLO, Item.HUMAN):
        return ChecklistLine(title, _("Waiting for your message"))
    if event.item is Item.SILENCE:
        return ChecklistLine(title, _("Write once more. Then it is watched for some seconds"))
    return ChecklistLine(title, "")


def _done(event: Event, cast: TrialApps) -> ChecklistLine:
    bot, live_chat = app_name(cast.bot), app_name(cast.live_chat)
    if event.item is Item.PROBE:
        return ChecklistLine(_("{bot} may take control").format(bot=bot), _("Facebook accepted it"))
    if event.item is Item.PASSED:
        return ChecklistLine(_("Passed to {app}").format(app=live_chat), _("Facebook accepted it"))
    if event.item is Item.HELLO and event.state is ItemState.SAID:
        return ChecklistLine(_("{bot} answered").format(bot=bot))
    if event.item is Item.HELLO:
        return ChecklistLine(_("{bot} got your message").format(bot=bot), _("It answers first"))
    if event.item is Item.HUMAN and event.state is ItemState.SAID:
        return ChecklistLine(_("You asked for a person"))
    if event.item is Item.HUMAN:
        return ChecklistLine(_("Your bot reacted"))
    if event.item is Item.SILENCE:
        return ChecklistLine(_("{bot} stayed silent").format(bot=bot), _("No answer was seen"))
    if event.item is Item.BACK and event.state is ItemState.SAID:
        return ChecklistLine(_("{bot} answers again").format(bot=bot))
    if event.item is Item.ARRIVED:
        if event.relation is OwnerRelation.HIDDEN:
            return ChecklistLine(
                _("The conversation left {bot}").format(bot=bot), _("Facebook does not show who has it")
            )
        return ChecklistLine(_("{app} has the conversation").format(app=live_chat))
    return ChecklistLine(_("Brought back"), _holder(event, cast))


def _not_seen_by_eye(event: Event, cast: TrialApps) -> ChecklistLine:
    """What the tester said that is not as it should be, or could not see."""
    bot, live_chat = app_name(cast.bot), app_name(cast.live_chat)
    if event.state is ItemState.UNKNOWN:
        return ChecklistLine(waiting(event.item, cast).title, _("You could not see it"))
    title = {
        Item.HELLO: _("{bot} did not answer").format(bot=bot),
        Item.ARRIVED: _("{app} did not get the conversation").format(app=live_chat),
        Item.SILENCE: _("{bot} did not stay silent").format(bot=bot),
    }.get(event.item, _("{bot} does not answer again").format(bot=bot))
    return ChecklistLine(title, _("You said so"))


def _silence(event: Event, cast: TrialApps) -> ChecklistLine:
    bot = app_name(cast.bot)
    if event.state is not ItemState.PROBLEM:
        return ChecklistLine(_("{bot} stays silent").format(bot=bot), _("This was not seen"))
    if event.relation is OwnerRelation.BOT:
        return ChecklistLine(_("{bot} has the conversation again").format(bot=bot), _("A person should still have it"))
    return ChecklistLine(_("{bot} did not stay silent").format(bot=bot), _("You said so"))


def who_has_it(control: Control, app: App, is_idle: bool = False) -> str:
    """The one sentence for who has control of a conversation. app: who it is, where control is APP. is_idle: with an
    empty answer, that it is known to mean nobody."""
    if control is Control.APP:
        return _("{app} has the conversation").format(app=app_name(app))
    if control is Control.HIDDEN:
        return _("Another app has the conversation; Facebook does not show which")
    if control is Control.UNREADABLE:
        return _("Facebook did not tell who has the conversation")
    if is_idle:
        return _("Nobody has the conversation")
    return _("Nobody has the conversation, or Facebook does not show it")


_CONTROL = {
    OwnerRelation.BOT: Control.APP,
    OwnerRelation.LIVE_CHAT: Control.APP,
    OwnerRelation.OTHER: Control.APP,
    OwnerRelation.HIDDEN: Control.HIDDEN,
    OwnerRelation.IDLE: Control.NOTHING,
    OwnerRelation.NOTHING: Control.NOTHING,
    OwnerRelation.UNREADABLE: Control.UNREADABLE,
}


def _holder(event: Event, cast: TrialApps) -> str:
    control = _CONTROL[event.relation] if event.relation is not None else Control.UNREADABLE
    app = {OwnerRelation.BOT: cast.bot, OwnerRelation.LIVE_CHAT: cast.live_chat}.get(
        event.relation or OwnerRelation.OTHER, event.app
    ) or App("")
    return who_has_it(control, app, is_idle=event.relation is OwnerRelation.IDLE)


def _remaining(event: Event, now: float) -> str:
    expires = event.owner.expires_at if event.owner else None
    if not expires or expires <= now:
        return ""
    return _("Control lasts another {time}").format(time=duration(expires - now))


def _answers_first(app: App | None, bot: str) -> str:
    """What to do about another app that got the fresh message."""
    if app is not None and is_meta_ai(app.id):
        return _("Most likely that is Meta’s own AI assistant. {action}").format(action=switch_meta_ai_off())
    return _("In the Page’s settings, let the default app and the Social and Link routes point to {bot}.").format(
        bot=bot
    )


def result(found: TrialResult, cast: TrialApps) -> ChecklistLine:
    """What one part showed, and what to do next."""
    bot, live_chat = app_name(cast.bot), app_name(cast.live_chat)
    other = app_name(found.app) if found.app else _("another app")
    first = app_name(found.first_app) if found.first_app else _("another app")
    if found.failure is not None:
        explained = errors.explain(found.failure)
        return ChecklistLine(explained.title, explained.action)
    if found.by_eye and (line := _seen_by_eye(found, cast)) is not None:
        return line
    if found.is_seen_by_live_chat and (line := _seen_by_live_chat(found, cast)) is not None:
        return line
    lines = {
        TrialOutcome.WORKS: ChecklistLine(
            _("Facebook is ready; your bot was not tried."), _("Now let your bot hand over by itself.")
        ),
        TrialOutcome.NOT_OFFERED: ChecklistLine(
            _("This part was not run: who has this conversation is not shown, so it could not be given back."),
            _("Test it by eye: write to your Page and look who answers.")
            if _is_unreadable(found)
            else _("Make {bot} the app that answers first, then test again.").format(bot=bot),
        ),
        TrialOutcome.DECLINED: ChecklistLine(_("Nothing was changed."), _("You can test at any time.")),
        TrialOutcome.PROBE_REFUSED: ChecklistLine(_("Facebook does not let {bot} take control.").format(bot=bot)),
        TrialOutcome.PASS_REFUSED: ChecklistLine(
            _("Facebook did not pass the conversation to {app}.").format(app=live_chat)
        ),
        TrialOutcome.NEVER_LEFT: ChecklistLine(
            _("The conversation returned to {bot} at once, or never left it.").format(bot=bot),
            _("See whether {app} is connected to this Page and switched on.").format(app=live_chat),
        ),
        TrialOutcome.BOT_HANDED_OVER: _handed_over(found, live_chat),
        TrialOutcome.OTHER_ANSWERS_FIRST: ChecklistLine(
            _("{app} got the first message, not {bot}.").format(app=first, bot=bot),
            _answers_first(found.first_app, bot),
        ),
        TrialOutcome.LIVE_CHAT_AT_ONCE: ChecklistLine(
            _("{app} had the conversation at once. It got the message first, or {bot} handed over at once.").format(
                app=first, bot=bot
            ),
            _("Test again: write only “Hello”, and wait for the next request."),
        ),
        TrialOutcome.NO_HELLO: ChecklistLine(
            _("Your message was not seen in time."),
            _("Write from your own Messenger, not as the Page, then test again."),
        ),
        TrialOutcome.NOTHING_HAPPENED: ChecklistLine(
            _("{bot} kept the conversation, or got it back at once: no handover was seen.").format(bot=bot),
            _("Look in your bot: is the App ID saved, and is there a step that hands over on this word?"),
        ),
        TrialOutcome.TALKS_ON: _talks_on(found, cast),
        TrialOutcome.WENT_ELSEWHERE: ChecklistLine(
            _("The conversation went to {other}, not to {app}.").format(other=other, app=live_chat),
            _wrong_app_advice(found, cast),
        ),
        TrialOutcome.CANNOT_TELL: ChecklistLine(
            _("It cannot be told who got the conversation."),
            _("Look in {app} whether it is there.").format(app=live_chat),
        ),
        TrialOutcome.MOVED: ChecklistLine(
            _("Something else moved the conversation during the test, so the test was ended."),
            _("Perhaps it is tested on another computer, too. Wait until that has ended, then test again."),
        ),
        TrialOutcome.TROUBLE: ChecklistLine(_("The test was interrupted."), _("Try again in a moment.")),
    }
    return lines[found.outcome]


def _handed_over(found: TrialResult, live_chat: str) -> ChecklistLine:
    title = _("Your bot handed over to {app} by itself.").format(app=live_chat)
    works = _("The handover works.")
    if found.silence in (None, Silence.SEEN):
        return ChecklistLine(title, works)
    if found.silence is Silence.SAID:
        return ChecklistLine(title, works + " " + _("You said that the bot stayed silent then."))
    return ChecklistLine(title, works + " " + _("Whether the bot stays silent then was not seen."))


def _talks_on(found: TrialResult, cast: TrialApps) -> ChecklistLine:
    bot, live_chat = app_name(cast.bot), app_name(cast.live_chat)
    if found.silence is Silence.BOT_HAS_IT:
        return ChecklistLine(
            _("{bot} handed over to {app}, but had the conversation back at once.").format(bot=bot, app=live_chat),
            _("See in {bot} whether it takes conversations back, and in {app} whether it gives them back.").format(
                bot=bot, app=live_chat
            ),
        )
    return ChecklistLine(
        _("{bot} handed over to {app}, and went on answering.").format(bot=bot, app=live_chat),
        _("In {bot}, switch off what answers while a person has the conversation.").format(bot=bot),
    )


def _seen_by_eye(found: TrialResult, cast: TrialApps) -> ChecklistLine | None:
    """What the tester said, where a program would say something else."""
    bot, live_chat = app_name(cast.bot), app_name(cast.live_chat)
    if found.outcome is TrialOutcome.BOT_HANDED_OVER:
        return ChecklistLine(
            _("You saw the bot hand over to {app}.").format(app=live_chat), _("The wizard could not see it itself.")
        )
    if found.outcome is TrialOutcome.OTHER_ANSWERS_FIRST:
        return ChecklistLine(
            _("You saw that {bot} did not answer.").format(bot=bot),
            _("In the Page’s settings, let the default app and the Social and Link routes point to {bot}.").format(
                bot=bot
            ),
        )
    if found.outcome is TrialOutcome.NOTHING_HAPPENED:
        return ChecklistLine(
            _("You saw that the conversation did not appear in {app}.").format(app=live_chat),
            _("Look in your bot: is the App ID saved, and is there a step that hands over on this word?"),
        )
    if found.outcome is TrialOutcome.DECLINED:
        return ChecklistLine(_("The test was not done."), _("You can test at any time."))
    return None


def _seen_by_live_chat(found: TrialResult, cast: TrialApps) -> ChecklistLine | None:
    """What only the live chat's own token sees otherwise: whoever else has the conversation is hidden from it."""
    bot, live_chat = app_name(cast.bot), app_name(cast.live_chat)
    if found.outcome is TrialOutcome.NOTHING_HAPPENED:
        return ChecklistLine(
            _("{app} did not get the conversation.").format(app=live_chat),
            _("Look in your bot: is the App ID {id} saved, and is there a step that hands over on this word?").format(
                id=cast.live_chat.id
            ),
        )
    if found.outcome is TrialOutcome.CANNOT_TELL and found.app == cast.live_chat:
        return ChecklistLine(
            _("{app} has the conversation, but {bot} was not seen to have it before.").format(app=live_chat, bot=bot),
            _("See which app answers first on your Page: {bot} should. Then test again.").format(bot=bot),
        )
    return None


def _is_unreadable(found: TrialResult) -> bool:
    return found.ended.left is not None and found.ended.left.control is Control.UNREADABLE


def _wrong_app_advice(found: TrialResult, cast: TrialApps) -> str:
    if found.app is not None and found.app.id == page_inbox().id:
        return _(
            "The Page Inbox takes control when staff reply there, or when Meta’s own AI answers. Ask your team, switch "
            "the AI off in Meta Business Suite, then test again."
        )
    return _("Compare the App ID saved in your bot with the App ID of {app}: {id}.").format(
        app=app_name(cast.live_chat), id=cast.live_chat.id
    )


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
        return ChecklistLine(
            _("The conversation is not back: {app} has it.").format(app=app),
            _("The wizard offers to bring it back again."),
        )
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


def no_single_match(search: SearchResult) -> str:
    """Why the tester has to choose their conversation from a list."""
    if len(search.matches) > 1:
        return _("Two people sent this text. Which one is you?")
    if search.refused is not None:
        return _("This token may not read messages, so the wizard cannot find yours. Which conversation is your own?")
    return _("Your message was not seen. Are you still acting as the Page? Use your own account, or choose below.")


def already_in_test(error: AlreadyInTest) -> ChecklistLine:
    """Why no test begins."""
    if error.is_running:
        return ChecklistLine(
            _("This conversation is being tested in another window or terminal."), _("Wait until that test has ended.")
        )
    return ChecklistLine(
        _("An earlier test of this conversation is still open."), _("Bring the conversation back first, then test it.")
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
    if because is not None and because.is_transport_error:
        again = _("Wait a little, or as long as Facebook asks, then try again.")
    elif because is not None and because.is_token_error:
        again = _("Get a new token of {bot}, then try again.").format(bot=bot)
    elif because is not None and because.kind is ErrorKind.NO_DEFAULT_APP:
        again = _("On Facebook, choose {bot} as the default app, then try again.").format(bot=bot)
    else:
        again = _("On Facebook, switch “take control” on for {bot}, then try again.").format(bot=bot)
    if is_idle and because is not None and because.kind is ErrorKind.NO_DEFAULT_APP:
        return (again,)
    if is_idle:
        return again, _("Write “Hello” to your Page: the app that answers first then has the conversation.")
    return (
        again,
        _("Close the conversation in {app}, or let it give it back.").format(app=app_name(cast.live_chat)),
        last,
    )
