"""What a person is asked to do or to decide while a test runs: the same words in window, terminal and practice."""

from wizard.core.facts import App
from wizard.core.known_apps import page_inbox
from wizard.core.ports import Choice
from wizard.core.trial_result import ConsentRequest, ConsentTo
from wizard.i18n.language import _
from wizard.words.moments import clock_time


def sentence_for(what: str, app: App) -> str:
    """The sentence for a step, question or choice of the person protocol. app: the one it is about.

    Raises KeyError for an id that has no sentence."""
    name = app_name(app)
    sentences = {
        "say_hello": _("Write “Hello” to your Page, in your own Messenger. Then come back here."),
        "ask_for_human": _("Now write what makes your bot hand over, for example “human”."),
        "write_once_more": _("Write once more, for example “Are you there?”. Your bot must stay silent now."),
        "write_and_look": _("Write once more, for example “Are you there?”, and see whether your bot answers."),
        "close_in_live_chat": _("In {app}, close this conversation or give it back to the bot.").format(app=name),
        "answer_from_live_chat": _("Answer this conversation once from your live chat."),
        "bring_back_anyway": _(
            "{app} has control now. Somebody may be answering there. Bring the conversation back anyway?"
        ).format(app=name),
        "bring_back": _("Bring it back"),
        "leave": _("Leave it there"),
        "way_out": _("Facebook does not let the bot take the conversation back from {app}. What now?").format(app=name),
        "retry": _("I have switched “take control” on for the bot. Try again"),
        "other_side": _("I close it in the live chat"),
        "wait": _("Leave it: control ends by itself"),
        "bot_answered": _("Did {app} answer your “Hello”?").format(app=name),
        "bot_answered_now": _("Did {app} answer just now? It must be quiet while a person has control.").format(
            app=name
        ),
        "cannot_see": _("I cannot see it"),
        "live_chat_got_it": _("Did the conversation appear in {app}?").format(app=name),
        "bot_answers_again": _("Write “Hello” again. Does {app} answer?").format(app=name),
        "yes": _("Yes"),
        "no": _("No"),
    }
    return sentences[what]


def choice(what: str) -> Choice:
    """A choice that is about no app in particular."""
    return Choice(what, sentence_for(what, App("")))


def app_name(app: App) -> str:
    """The name to show, the App ID where there is none."""
    if app.name:
        from wizard.core.redact import visible  # the first page does without

        return visible(app.name)
    if app.id == page_inbox().id:
        return page_inbox().name
    return _("App {id}").format(id=app.id) if app.id else _("the other app")


def metadata() -> str:
    """What travels with each change of control, for staff who see it in their own tools."""
    return _("Test by the Page owner; will be taken back in seconds.")


def consent(request: ConsentRequest) -> str:
    """What the person agrees to, naming the effect."""
    app = app_name(request.app) if request.app else _("another app")
    if request.to is ConsentTo.READ_MESSAGES:
        return _(
            "To find your message, the wizard reads the newest messages of conversations that changed since this code "
            "was shown. Nothing is kept."
        )
    if request.to is ConsentTo.READ_OWNERS:
        return _("The wizard reads IDs, times and who has control of your newest conversations, no text.")
    if request.to is ConsentTo.TAKE_FROM and request.app is None:
        return _(
            "Facebook does not show who has this conversation. It may belong to another app: the test takes it from "
            "there, and cannot give it back."
        )
    if request.to is ConsentTo.TAKE_FROM:
        return _("{app} has control of this conversation now. The test takes it from there, and gives it back.").format(
            app=app
        )
    if request.to is ConsentTo.TEST_CUSTOMER:
        if not request.person_name:
            return _("The test uses the conversation with this person. They may notice that answers come late.")
        return _("The test uses the conversation with {person}. They may notice that answers come late.").format(
            person=request.person_name
        )
    if request.until:
        return _(
            "If Facebook does not let the bot take it back, the conversation stays with {app} until it is closed "
            "there, or until {time}."
        ).format(app=app, time=clock_time(request.until))
    return _(
        "If Facebook does not let the bot take it back, the conversation stays with {app} until it is closed "
        "there, 24 hours at most."
    ).format(app=app)
