"""The test in words: the lines of the checklist, what each part showed, and where the conversation is now."""

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.core.answers import Answers
from wizard.core.facts import App, Control
from wizard.core.pending import AlreadyInTest, TrialPart
from wizard.core.trial.find_conversation import NearMiss, SearchResult
from wizard.core.trial_result import (
    Event,
    Item,
    ItemState,
    OwnerRelation,
)
from wizard.i18n.language import _
from wizard.words import errors
from wizard.words.asking import app_name
from wizard.words.moments import duration


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TrialApps:
    """The two apps of the test, and others whose names are known, for the sentences. reads_file: the wizard wrote the
    App ID into a file for the bot."""

    bot: App
    live_chat: App
    others: tuple[App, ...] = ()
    reads_file: bool = False

    @classmethod
    def of(cls, answers: Answers) -> "TrialApps":
        """Those of a set-up."""
        reads_file = any(target.path for target in answers.targets)
        return cls(answers.bot or App(""), answers.live_chat or App(""), reads_file=reads_file)

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


def announced(part: TrialPart, cast: TrialApps) -> ChecklistLine:
    """What a part of two will do, before it begins."""
    bot, live_chat = app_name(cast.bot), app_name(cast.live_chat)
    if part is TrialPart.FACEBOOK_ALLOWS:
        return ChecklistLine(
            heading(part, has_bot_token=True), _("To {app} and back. You do nothing.").format(app=live_chat)
        )
    return ChecklistLine(
        heading(part, has_bot_token=True),
        _(
            "You write to your Page, and {bot} hands over to {app}. You need the words that make it do so: whoever "
            "made your bot knows them."
        ).format(bot=bot, app=live_chat),
    )


def waiting(item: Item, cast: TrialApps, by_eye: bool = False) -> ChecklistLine:
    """The line before its turn."""
    bot, live_chat = app_name(cast.bot), app_name(cast.live_chat)
    return {
        Item.OWNER: ChecklistLine(_("See who has the conversation")),
        Item.PROBE: ChecklistLine(_("Try whether {bot} may take control").format(bot=bot)),
        Item.PASSED: ChecklistLine(_("Pass it to {app}").format(app=live_chat)),
        Item.HELLO: ChecklistLine(_("You write “Hello”"), _("The app that gets it answers first")),
        Item.HUMAN: ChecklistLine(_("You ask for a person"), _("Whoever made your bot knows the words")),
        Item.ARRIVED: ChecklistLine(_("{app} gets the conversation").format(app=live_chat)),
        Item.SILENCE: ChecklistLine(
            _("{bot} stays silent").format(bot=bot), _("It must not answer while a person has control")
        ),
        Item.BACK: ChecklistLine(
            _("Bring it back to {bot}").format(bot=bot),
            _("You do this in {app}").format(app=live_chat) if by_eye else _("Done even if you close this window"),
        ),
    }[item]


def line(event: Event, cast: TrialApps, now: float, by_eye: bool = False) -> ChecklistLine:
    """The line for what just happened. now: Unix seconds by Facebook's clock, for remaining times. by_eye: nothing is
    read, so nothing is waited for."""
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
        return ChecklistLine(_had_it(*_read(event, cast)), _remaining(event, now))
    if event.state is ItemState.RUNNING:
        return waiting(event.item, cast, by_eye) if by_eye else _running(event, cast)
    if event.state is ItemState.DONE:
        return _done(event, cast)
    if event.item is Item.HUMAN:
        return ChecklistLine(waiting(event.item, cast).title, _("Nothing was seen to follow"))
    if event.item is Item.HELLO and event.state is ItemState.PROBLEM:
        return ChecklistLine(_("{bot} did not get your message").format(bot=app_name(cast.bot)), _holder(event, cast))
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
    if event.item is Item.HUMAN and event.is_written:
        return ChecklistLine(title, _("Your message has arrived. Waiting for your bot"))
    if event.item in (Item.HELLO, Item.HUMAN):
        return ChecklistLine(title, _("Waiting for your message"))
    if event.item is Item.SILENCE:
        return ChecklistLine(title, _("Write once more. Then it is watched for some seconds"))
    return ChecklistLine(title, "")


def _done(event: Event, cast: TrialApps) -> ChecklistLine:
    bot, live_chat = app_name(cast.bot), app_name(cast.live_chat)
    if event.item is Item.PROBE:
        return ChecklistLine(_("{bot} asked for control").format(bot=bot), _("Facebook accepted it"))
    if event.item is Item.PASSED:
        return ChecklistLine(_("Passed to {app}").format(app=live_chat), _("Facebook accepted it"))
    if event.item is Item.HELLO and event.state is ItemState.SAID:
        return ChecklistLine(_("{bot} answered").format(bot=bot))
    if event.item is Item.HELLO:
        return ChecklistLine(_("{bot} got your message").format(bot=bot), _("It answers first"))
    if event.item is Item.HUMAN and event.state is ItemState.SAID:
        return ChecklistLine(_("You asked for a person"))
    if event.item is Item.HUMAN and event.relation in _NOT_HANDED_OVER:
        return ChecklistLine(_("You asked for a person"), _("Your message has arrived"))
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
        return ChecklistLine(_("{app} got the conversation").format(app=live_chat))
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


def _had_it(control: Control, app: App, is_idle: bool) -> str:
    """As `who_has_it`, of the beginning of a test: others may have it by now."""
    if control is Control.APP:
        return _("At first {app} had the conversation").format(app=app_name(app))
    if control is Control.HIDDEN:
        return _("At first another app had the conversation; Facebook does not show which")
    if control is Control.UNREADABLE:
        return _("Facebook did not tell who had the conversation at first")
    if is_idle:
        return _("At first nobody had the conversation")
    return _("At first nobody had the conversation, or Facebook does not show it")


_CONTROL = {
    OwnerRelation.BOT: Control.APP,
    OwnerRelation.LIVE_CHAT: Control.APP,
    OwnerRelation.OTHER: Control.APP,
    OwnerRelation.HIDDEN: Control.HIDDEN,
    OwnerRelation.IDLE: Control.NOTHING,
    OwnerRelation.NOTHING: Control.NOTHING,
    OwnerRelation.UNREADABLE: Control.UNREADABLE,
}


# Nobody has the conversation whom the bot could have given it to.
_NOT_HANDED_OVER = (OwnerRelation.BOT, OwnerRelation.IDLE, OwnerRelation.NOTHING, OwnerRelation.UNREADABLE)


def _holder(event: Event, cast: TrialApps) -> str:
    return who_has_it(*_read(event, cast))


def _read(event: Event, cast: TrialApps) -> tuple[Control, App, bool]:
    """What the reading behind an event said: control, the app, and whether nobody is known to have it."""
    control = _CONTROL[event.relation] if event.relation is not None else Control.UNREADABLE
    app = {OwnerRelation.BOT: cast.bot, OwnerRelation.LIVE_CHAT: cast.live_chat}.get(
        event.relation or OwnerRelation.OTHER, event.app
    ) or App("")
    return control, app, event.relation is OwnerRelation.IDLE


def _remaining(event: Event, now: float) -> str:
    """For how long an app may keep the conversation that should not; of the bot nobody asks."""
    expires = event.owner.expires_at if event.owner else None
    if not expires or expires <= now or event.relation is OwnerRelation.BOT:
        return ""
    return _("Control lasts another {time}").format(time=duration(expires - now))


def no_single_match(search: SearchResult) -> str:
    """Why the tester has to choose their conversation from a list."""
    if len(search.matches) > 1:
        return _("Two people sent this text. Which one is you?")
    if search.near and search.refused is None:
        return _nearly(search.near)
    if search.refused is not None:
        return _("This token may not read messages, so the wizard cannot find yours. Which conversation is your own?")
    return _("Your message was not seen. Are you still acting as the Page? Use your own account, or choose below.")


def may_be_hidden(search: SearchResult) -> str:
    """Why a message that was sent may not be there, "" where it is, or where messages cannot be read at all."""
    if search.matches or search.near or search.refused is not None:
        return ""
    return _("While a bot is still being built, Facebook shows it only what its makers write: ask one of them.")


def watched_for(step: str) -> str:
    """What is waited for while the tester does a step, with room for the time that is left."""
    # Translators: a countdown in minutes and seconds, such as "1:07 left".
    if step == "ask_for_human":
        return _(
            "Waiting for your message, and for your bot to hand over: {minutes}:{seconds} left. After that you can "
            "try again."
        )
    return _("Waiting for your message: {minutes}:{seconds} left. After that you can try again.")


def _nearly(near: Sequence[NearMiss]) -> str:
    if len(near) > 1:
        return _("The code was not seen, but messages much like it. Which conversation is your own?")
    if near[0].digits:
        return _("We see a message “…{digits}”. Is it yours?").format(digits=near[0].digits)
    return _("We see a message much like it. Is it yours?")


def already_in_test(error: AlreadyInTest) -> ChecklistLine:
    """Why no test begins."""
    if error.is_running:
        return ChecklistLine(
            _("This conversation is being tested in another window or terminal."), _("Wait until that test has ended.")
        )
    return ChecklistLine(
        _("An earlier test of this conversation is still open."), _("Bring the conversation back first, then test it.")
    )
