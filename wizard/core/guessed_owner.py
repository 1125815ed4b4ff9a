"""Whether an app is the bot or the live chat, guessed from its name: for a person to confirm, never for a check."""

import re

from wizard.core.answers import TokenOwner
from wizard.core.facts import App

_BOT = re.compile(r"\b(?:chat|flow|my|our)?-?bots?\b", re.IGNORECASE)
_LIVE_CHAT = re.compile(r"\b(?:live\W?chat|inbox|help\W?desk|desk|support|agents?)\b", re.IGNORECASE)


def guessed_owner(app: App | None) -> TokenOwner | None:
    """None where the name says nothing, or both."""
    name = app.name if app is not None else ""
    is_bot, is_live_chat = bool(_BOT.search(name)), bool(_LIVE_CHAT.search(name))
    if is_bot == is_live_chat:
        return None
    return TokenOwner.BOT if is_bot else TokenOwner.LIVE_CHAT
