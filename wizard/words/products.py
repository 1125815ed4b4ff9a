"""The questions for the bot and the live chat by name, and the answers that are no name."""

from wizard.core.products import KnownProduct
from wizard.i18n.language import _
from wizard.i18n.texts import translate
from wizard.words.moments import of_date


def question(is_bot: bool) -> str:
    return _("Which bot do you use?") if is_bot else _("Which live chat do you use?")


def why(is_bot: bool) -> str:
    if is_bot:
        return _("Then the wizard can show you the right settings.")
    return _("It takes over when the bot cannot help. People answer there.")


def about(known: KnownProduct) -> str:
    """What a card says below the name, "" for most."""
    return translate(known.text) if known.text else ""


def where(known: KnownProduct) -> str:
    """Where its App ID stands, "" for most."""
    return translate(known.where) if known.where else ""


def origin(known: KnownProduct) -> str:
    """Where its App ID is known from."""
    return _("App ID {id}, from: {source} ({date}). Check it.").format(
        id=known.app_id, source=known.source, date=of_date(known.seen)
    )


def another(typed: str = "") -> tuple[str, str]:
    """Title and text of the answer for a product that is not in the list. typed: its name, "" where none was."""
    title = _("Another one: {name}").format(name=typed) if typed else _("Another one")
    return title, _("It is not in this list.")


def own_bot() -> tuple[str, str]:
    return _("Our own bot"), _("A developer made it for us.")


def unknown() -> tuple[str, str]:
    return _("I do not know"), _("You can ask whoever set it up.")
