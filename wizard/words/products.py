"""The questions for the bot and the live chat by name, and the answers that are no name."""

from collections.abc import Sequence

from wizard.core.products import KnownProduct
from wizard.i18n.language import _, ngettext
from wizard.i18n.texts import translate
from wizard.words.moments import of_date


def question(is_bot: bool) -> str:
    return _("Which bot do you use?") if is_bot else _("Which live chat do you use?")


def why(is_bot: bool) -> str:
    if is_bot:
        return _("Then you see the right settings. If yours is not here, say so at the end of the list.")
    return _("People take over from the bot there. If yours is not here, say so at the end of the list.")


def done_again(is_bot: bool, steps: Sequence[str]) -> str:
    """steps: by name, at least one."""
    chosen = _("You chose another bot.") if is_bot else _("You chose another live chat.")
    again = ngettext("Do this step again: {steps}.", "Do these steps again: {steps}.", len(steps))
    return f"{chosen} {again.format(steps=', '.join(steps))}"


def other_than_said(product: str, app: str) -> tuple[str, str]:
    """product: as the person named it; app: what is chosen now."""
    return (
        _("At “Your bot and chat” you said {product}, but this is {app}.").format(product=product, app=app),
        _("If your team really answers in {app}, go on. If not, choose another one here.").format(app=app),
    )


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
