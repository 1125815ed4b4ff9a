"""The test in words: the lines of the checklist, what each part showed, and where the conversation is now."""

from dataclasses import dataclass, replace

from wizard.core.facts import App, Control
from wizard.core.known_apps import page_inbox
from wizard.core.pending import AlreadyInTest, Part
from wizard.core.trial.find_conversation import Search
from wizard.core.trial_result import Back, Ended, Event, Found, Item, ItemState, Seen, TrialResult
from wizard.i18n.language import _
from wizard.words import errors
from wizard.words.asking import app_name
from wizard.words.moments import duration


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """The two apps of the test, and others whose names are known, for the sentences."""

    bot: App
    live_chat: App
    others: tuple[App, ...] = ()

    def name_of(self, app_id: str) -> str:
        """The name to show for an App ID."""
        known = (self.bot, self.live_chat, *self.others)
        return app_name(next((app for app in known if app.id == app_id), App(app_id)))


def items(part: Part, has_bot_token: bool, by_eye: bool = False) -> tuple[Item, ...]:
    """The lines of one part's checklist in order."""
    if part is Part.FACEBOOK_ALLOWS:
        return (Item.OWNER, Item.PROBE, Item.PASSED, Item.ARRIVED, Item.BACK)
    if by_eye:
        return (Item.HELLO, Item.HUMAN, Item.ARRIVED, Item.BACK)
    if not has_bot_token:
        return (Item.OWNER, Item.HUMAN, Item.ARRIVED, Item.BACK)
    return (Item.OWNER, Item.HELLO, Item.HUMAN, Item.ARRIVED, Item.BACK)


def waiting(item: Item, cast: Cast) -> Line:
    """The line before its turn."""
    bot, live_chat = app_name(cast.bot), app_name(cast.live_chat)
    return {
        Item.OWNER: Line(_("See who has the conversation")),
        Item.PROBE: Line(_("Try whether {bot} may take control").format(bot=bot)),
        Item.PASSED: Line(_("Pass it to {app}").format(app=live_chat)),
        Item.HELLO: Line(_("You write “Hello”"), _("The app that gets it answers first")),
        Item.HUMAN: Line(_("You ask for a person"), _("Write what makes your bot hand over")),
        Item.ARRIVED: Line(_("{app} has the conversation").format(app=live_chat)),
        Item.BACK: Line(_("Bring it back to {bot}").format(bot=bot), _("Done even if you close this window")),
    }[item]


def line(event: Event, cast: Cast, now: float) -> Line:
    """The line for what just happened. now: Unix seconds by Facebook's clock, for remaining times."""
    if event.failure is not None and event.state in (ItemState.PROBLEM, ItemState.UNKNOWN):
        title = waiting(event.item, cast).title
        return Line(title, errors.explain(event.failure).title)
    if event.item is Item.OWNER and event.state is ItemState.DONE:
        return Line(_holder(event, cast), _remaining(event, now))
    if event.state is ItemState.RUNNING:
        return _running(event, cast)
    if event.state is ItemState.DONE:
        return _done(event, cast)
    return Line(waiting(event.item, cast).title, _holder(event, cast))


def _running(event: Event, cast: Cast) -> Line:
    title = waiting(event.item, cast).title
    if event.item is Item.ARRIVED and event.looks:
        return Line(
            _("Waiting until Facebook shows the new owner"),
            _("Check {look} of at most {looks}").format(look=event.look, looks=event.looks),
        )
    if event.item in (Item.HELLO, Item.HUMAN):
        return Line(title, _("Waiting for your message"))
    return Line(title, "")


def _done(event: Event, cast: Cast) -> Line:
    bot, live_chat = app_name(cast.bot), app_name(cast.live_chat)
    if event.item is Item.PROBE:
        return Line(_("{bot} may take control").format(bot=bot), _("Facebook accepted it"))
    if event.item is Item.PASSED:
        return Line(_("Passed to {app}").format(app=live_chat), _("Facebook accepted it"))
    if event.item is Item.HELLO:
        return Line(_("{bot} got your message").format(bot=bot), _("It answers first"))
    if event.item is Item.HUMAN:
        return Line(_("Your bot reacted"))
    if event.item is Item.ARRIVED:
        if event.seen is Seen.HIDDEN:
            return Line(_("The conversation left {bot}").format(bot=bot), _("Facebook does not show who has it"))
        return Line(_("{app} has the conversation").format(app=live_chat))
    return Line(_("Brought back"), _holder(event, cast))


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
    Seen.BOT: Control.APP,
    Seen.LIVE_CHAT: Control.APP,
    Seen.OTHER: Control.APP,
    Seen.HIDDEN: Control.HIDDEN,
    Seen.IDLE: Control.NOTHING,
    Seen.NOTHING: Control.NOTHING,
    Seen.UNREADABLE: Control.UNREADABLE,
}


def _holder(event: Event, cast: Cast) -> str:
    control = _CONTROL[event.seen] if event.seen is not None else Control.UNREADABLE
    app = {Seen.BOT: cast.bot, Seen.LIVE_CHAT: cast.live_chat}.get(event.seen or Seen.OTHER, event.app) or App("")
    return who_has_it(control, app, is_idle=event.seen is Seen.IDLE)


def _remaining(event: Event, now: float) -> str:
    expires = event.owner.expires_at if event.owner else None
    if not expires or expires <= now:
        return ""
    return _("Control lasts another {time}").format(time=duration(expires - now))


def result(found: TrialResult, cast: Cast) -> Line:
    """What one part showed, and what to do next."""
    bot, live_chat = app_name(cast.bot), app_name(cast.live_chat)
    other = app_name(found.app) if found.app else _("another app")
    first = app_name(found.first_app) if found.first_app else _("another app")
    if found.failure is not None:
        explained = errors.explain(found.failure)
        return Line(explained.title, explained.action)
    if found.by_eye and found.found is Found.BOT_HANDED_OVER:
        return Line(
            _("You saw the bot hand over to {app}.").format(app=live_chat), _("The wizard could not see it itself.")
        )
    if found.is_seen_by_live_chat and (line := _seen_by_live_chat(found, cast)) is not None:
        return line
    lines = {
        Found.WORKS: Line(_("Facebook is ready; your bot was not tried."), _("Now let your bot hand over by itself.")),
        Found.NOT_OFFERED: Line(
            _("This part was not run: who has this conversation is not shown, so it could not be given back."),
            _("Test it by eye: write to your Page and look who answers.")
            if _is_unreadable(found)
            else _("Make {bot} the app that answers first, then test again.").format(bot=bot),
        ),
        Found.DECLINED: Line(_("Nothing was changed."), _("You can test at any time.")),
        Found.PROBE_REFUSED: Line(_("Facebook does not let {bot} take control.").format(bot=bot)),
        Found.PASS_REFUSED: Line(_("Facebook did not pass the conversation to {app}.").format(app=live_chat)),
        Found.NEVER_LEFT: Line(
            _("The conversation returned to {bot} at once, or never left it.").format(bot=bot),
            _("See whether {app} is connected to this Page and switched on.").format(app=live_chat),
        ),
        Found.BOT_HANDED_OVER: Line(
            _("Your bot handed over to {app} by itself.").format(app=live_chat), _("The handover works.")
        ),
        Found.OTHER_ANSWERS_FIRST: Line(
            _("{app} got the first message, not {bot}.").format(app=first, bot=bot),
            _("In the Page's settings, let the default app and the Social and Link routes point to {bot}.").format(
                bot=bot
            ),
        ),
        Found.LIVE_CHAT_AT_ONCE: Line(
            _("{app} had the conversation at once. It got the message first, or {bot} handed over at once.").format(
                app=first, bot=bot
            ),
            _("Test again: write only “Hello”, and wait for the next request."),
        ),
        Found.NO_HELLO: Line(
            _("Your message was not seen in time."),
            _("Write from your own Messenger, not as the Page, then test again."),
        ),
        Found.NOTHING_HAPPENED: Line(
            _("{bot} kept the conversation, or got it back at once: no handover was seen.").format(bot=bot),
            _("Look in your bot: is the App ID saved, and is there a step that hands over on this word?"),
        ),
        Found.WENT_ELSEWHERE: Line(
            _("The conversation went to {other}, not to {app}.").format(other=other, app=live_chat),
            _wrong_app_advice(found, cast),
        ),
        Found.CANNOT_TELL: Line(
            _("It cannot be told who got the conversation."),
            _("Look in {app} whether it is there.").format(app=live_chat),
        ),
        Found.TROUBLE: Line(_("The test was interrupted."), _("Try again in a moment.")),
    }
    return lines[found.found]


def _seen_by_live_chat(found: TrialResult, cast: Cast) -> Line | None:
    """What only the live chat's own token sees otherwise: whoever else has the conversation is hidden from it."""
    bot, live_chat = app_name(cast.bot), app_name(cast.live_chat)
    if found.found is Found.NOTHING_HAPPENED:
        return Line(
            _("{app} did not get the conversation.").format(app=live_chat),
            _("Look in your bot: is the App ID {id} saved, and is there a step that hands over on this word?").format(
                id=cast.live_chat.id
            ),
        )
    if found.found is Found.CANNOT_TELL and found.app == cast.live_chat:
        return Line(
            _("{app} has the conversation, but {bot} was not seen to have it before.").format(app=live_chat, bot=bot),
            _("See which app answers first on your Page: {bot} should. Then test again.").format(bot=bot),
        )
    return None


def _is_unreadable(found: TrialResult) -> bool:
    return found.ended.left is not None and found.ended.left.control is Control.UNREADABLE


def _wrong_app_advice(found: TrialResult, cast: Cast) -> str:
    if found.app is not None and found.app.id == page_inbox().id:
        return _(
            "The Page Inbox takes control when staff reply there, or when Meta's own AI answers. Ask your team, switch "
            "the AI off in Meta Business Suite, then test again."
        )
    return _("Compare the App ID saved in your bot with the App ID of {app}: {id}.").format(
        app=app_name(cast.live_chat), id=cast.live_chat.id
    )


def back(found: TrialResult, cast: Cast) -> Line:
    """Where the conversation is after this part."""
    return where(found.ended, replace(cast, others=tuple(app for app in (found.app, found.first_app) if app)))


def where(ended: Ended, cast: Cast) -> Line:
    """Where the conversation is now."""
    holder = ended.left.app_id if ended.left else ""
    is_hidden = ended.left is not None and ended.left.control is Control.HIDDEN
    if ended.back is Back.NOT_BACK and is_hidden and not ended.is_certain:
        return Line(
            _("It is not known whether the conversation is back."),
            _("Write to your Page and see whether {bot} answers.").format(bot=app_name(cast.bot)),
        )
    if ended.back is Back.NOT_BACK and not holder and not is_hidden:
        return Line(
            _("It is not known whether the conversation is back."),
            _("Look in {app} whether it is there.").format(app=app_name(cast.live_chat)),
        )
    if ended.back is Back.NOT_BACK:
        app = cast.name_of(holder) if holder else _("another app")
        return Line(
            _("The conversation is not back: {app} has it.").format(app=app),
            _("The wizard offers to bring it back again."),
        )
    if ended.back is Back.IDLE:
        return Line(_("Nobody has the conversation. The next message goes to the app that answers first."))
    if ended.back is Back.BY_ITSELF:
        return Line(_("The conversation came back by itself."))
    if ended.back is Back.UNTOUCHED:
        return Line(_("The conversation was not touched."))
    if holder:
        return Line(_("{app} has the conversation again.").format(app=cast.name_of(holder)))
    return Line(_("The conversation is as it was before the test."))


def no_single_match(search: Search) -> str:
    """Why the tester has to choose their conversation from a list."""
    if len(search.matches) > 1:
        return _("Two people sent this text. Which one is you?")
    if search.refused is not None:
        return _("This token may not read messages, so the wizard cannot find yours. Which conversation is your own?")
    return _("Your message was not seen. Are you still acting as the Page? Use your own account, or choose below.")


def already_in_test(error: AlreadyInTest) -> Line:
    """Why no test begins."""
    if error.is_running:
        return Line(
            _("This conversation is being tested in another window or terminal."), _("Wait until that test has ended.")
        )
    return Line(
        _("An earlier test of this conversation is still open."), _("Bring the conversation back first, then test it.")
    )


def ways_out(cast: Cast, until: str) -> tuple[str, ...]:
    """The three ways out where taking back is refused. until: the time control ends by itself, "" where unknown."""
    last = (
        _("Wait until {time}: then control ends by itself.").format(time=until)
        if until
        else _("Wait: 24 hours after the last message of the customer, control ends by itself.")
    )
    return (
        _("On Facebook, switch “take control” on for {bot}, then try again.").format(bot=app_name(cast.bot)),
        _("Close the conversation in {app}, or let it give it back.").format(app=app_name(cast.live_chat)),
        last,
    )
