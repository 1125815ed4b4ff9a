"""What one part of the test showed, in words, and what to do next."""

from wizard.checks.owners import switch_meta_ai_off
from wizard.core.facts import App, Control
from wizard.core.known_apps import is_meta_ai, page_inbox
from wizard.core.trial_result import Silence, TrialOutcome, TrialResult
from wizard.i18n.language import _
from wizard.words import errors
from wizard.words.asking import app_name
from wizard.words.trial import ChecklistLine, TrialApps


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
            _("Test it by eye: write to your Page and see who answers.")
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
            _("Look in your bot: is the App ID saved, and is there a step that hands over on this word?")
            + _since_then(cast),
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
            _("In the Page’s settings, choose {bot} as the default app, and for Social and Link routing.").format(
                bot=bot
            ),
        )
    if found.outcome is TrialOutcome.NOTHING_HAPPENED:
        return ChecklistLine(
            _("You saw that the conversation did not appear in {app}.").format(app=live_chat),
            _("Look in your bot: is the App ID saved, and is there a step that hands over on this word?")
            + _since_then(cast),
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
            )
            + _since_then(cast),
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
    compare = _("Compare the App ID saved in your bot with the App ID of {app}: {id}.").format(
        app=app_name(cast.live_chat), id=cast.live_chat.id
    )
    return compare + _since_then(cast)


def _since_then(cast: TrialApps) -> str:
    """A further sentence, "" where no file was written: a bot that runs on has the App ID of before."""
    if not cast.reads_file:
        return ""
    return " " + _("Was your bot started again since the App ID was written? Many bots read it only when they start.")


def _answers_first(app: App | None, bot: str) -> str:
    """What to do about another app that got the fresh message."""
    if app is not None and is_meta_ai(app.id):
        return _("Most likely that is Meta’s own AI assistant. {action}").format(action=switch_meta_ai_off())
    return _("In the Page’s settings, choose {bot} as the default app, and for Social and Link routing.").format(
        bot=bot
    )
