"""The other Pages of an owner who has many: most are set up like ours, some are not, so that a list shows something.

By their number: every 7th cannot be used (the owner's role is too small), the 4th, 14th, 24th ... lack the bot, the
6th, 16th, 26th ... lack a webhook field, and the token of the 5th, 18th, 31st ... is refused (password changed).
"""

from collections.abc import Iterator

from wizard.simulator.world.cast import APP_IDS, extra_page
from wizard.simulator.world.state import SimulatedPage

_NO_ROLE_EVERY, _NO_BOT, _NO_FIELD = 7, 4, 6
_BROKEN_TOKEN_EVERY, _BROKEN_TOKEN = 13, 5
_PASSWORD_CHANGED = 460


def other_pages(count: int, ours: SimulatedPage) -> Iterator[SimulatedPage]:
    """Yield that many Pages without conversations. ours: the Page they are alike."""
    bot = APP_IDS["primary"]
    for number in range(1, count + 1):
        page_id, name = extra_page(number)
        connected = dict(ours.connected)
        if number % 10 == _NO_BOT:
            connected.pop(bot, None)
        elif number % 10 == _NO_FIELD and bot in connected:
            connected[bot] = connected[bot][:-1]
        is_broken = number % _BROKEN_TOKEN_EVERY == _BROKEN_TOKEN
        yield SimulatedPage(
            page_id,
            name,
            tasks=("ANALYZE",) if number % _NO_ROLE_EVERY == 0 else ours.tasks,
            legacy=ours.legacy,
            primary=ours.primary,
            default_app=ours.default_app,
            take_allowed=set(ours.take_allowed),
            connected=connected,
            token_refused_with=_PASSWORD_CHANGED if is_broken else None,
        )
