"""What "Find it for me" says of who has control."""

from wizard.core.answers import Answers
from wizard.core.facts import App, Control, OwnerReading
from wizard.core.known_apps import is_meta_ai
from wizard.i18n.language import _
from wizard.ui.widgets.notice import Tone
from wizard.words import asking, errors

NoticeText = tuple[Tone, str, str, str, str]  # title, text, label of its button, details


def answer_once(answers: Answers) -> str:
    product = answers.live_chat_product
    if product is None or not product.name:
        return _("Now answer it once from your live chat.")
    return _("Now answer it once from {app}.").format(app=product.name)


def reading_said(reading: OwnerReading, answers: Answers) -> NoticeText | None:
    """None where it says nothing new."""
    wanted = answer_once(answers)
    if reading.control is Control.HIDDEN:
        return (
            Tone.INFO,
            _("Another app has control. Facebook names it only to the app that answers first."),
            _("Make your bot the default app now: then the wizard sees it by itself. Or type the App ID."),
            "",
            "",
        )
    if reading.control is Control.UNREADABLE and reading.failure is not None:
        said = errors.explain(reading.failure, reading.at)
        return Tone.WARNING, said.title, said.action, "", "\n".join(said.details)
    if reading.control is Control.APP and is_meta_ai(reading.app_id):
        return Tone.WARNING, _("Most likely Meta’s own AI assistant answers here."), wanted, "", ""
    if reading.control is Control.APP:
        return Tone.OK, _("Found your conversation. Another app has not answered yet."), wanted, "", ""
    return None


def nobody_took_it() -> NoticeText:
    return (
        Tone.WARNING,
        _("No other app took the conversation."),
        _("Answer it from your live chat, then try again. Or type the App ID."),
        _("Try again"),
        "",
    )


def has_control(app: App) -> NoticeText:
    title = _("{app} (App ID {id}) now has control.").format(app=asking.app_name(app), id=app.id)
    return Tone.INFO, title, _("Is this your live chat?"), "", ""
