"""The message to whoever can put the App ID into the bot: its maker, its developer, the support of its platform."""

from wizard.core.answers import Answers
from wizard.i18n.language import _
from wizard.words.asking import app_name


def subject() -> str:
    return _("Our bot on Facebook Messenger: please put a number into it")


def message(answers: Answers, app_id: str, field: str, code: str) -> str:
    """app_id: of the one that takes over. field: where it goes, as printed there, "" where none is known. code: a line
    for a developer, "" for none."""
    bot = answers.bot_product.name if answers.bot_product is not None else ""
    about = [_("Page: {name}").format(name=answers.page_name)] if answers.page_name else []
    if bot or answers.bot is not None:
        about.append(_("Bot: {name}").format(name=bot or (app_name(answers.bot) if answers.bot else "")))
    if answers.live_chat is not None:
        takes_over = _("Takes over: {name} (App ID {id})")
        about.append(takes_over.format(name=app_name(answers.live_chat), id=app_id))
    parts = [
        _("Hello,"),
        _(
            "please put the App ID of our live chat into our bot. Then the bot can hand a conversation over to the "
            "people who answer."
        ),
        "\n".join(about),
    ]
    if field:
        parts.append(_("The field is called “{field}”, or something like it.").format(field=field))
    parts.append(
        _("For developers: where the bot calls pass_thread_control, the number is its {name}.").format(
            name="target_app_id"
        )
        + (f"\n{code}" if code else "")
    )
    parts.append(_("Please write back as soon as it is saved. The number is not secret. Thank you!"))
    return "\n\n".join(parts)
