"""Who really answers: the conversations that were looked at, grouped by the app that has control of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from wizard.core.facts import Control, Facts, OwnerReading
from wizard.core.pending import CONTROL_LASTS


@dataclass(frozen=True, slots=True)
class Share:
    """Conversations with one owner. app_id: "" where no app was named: control says why. is_idle: nobody has them, as
    far as that can be known. newest, oldest: Unix seconds of the last change of the newest and of the oldest one."""

    control: Control
    app_id: str
    is_idle: bool
    count: int
    newest: float
    oldest: float


def who_answers(facts: Facts) -> tuple[Share, ...]:
    """The largest share first; of one size the one with the newest message. Empty where nobody looked."""
    listed = (facts.conversations.value if facts.conversations is not None else None) or ()
    changed = {one.psid: one.updated_at for one in listed if one.psid}
    # To the default app nothing is hidden, and only that app is shown the App ID of another one: nobody means nobody.
    own = facts.token.app.value if facts.token is not None and facts.token.app is not None else None
    shows_all = own is not None and any(one.app_id not in ("", own.id) for one in facts.owners)
    groups: dict[tuple[Control, str, bool], list[float]] = {}
    for reading in _newest(facts.owners):
        if reading.psid not in changed:
            continue
        at = changed[reading.psid]
        is_idle = reading.control is Control.NOTHING and (shows_all or reading.at - at >= CONTROL_LASTS)
        groups.setdefault((reading.control, reading.app_id, is_idle), []).append(at)
    shares = (Share(*owner, len(times), max(times), min(times)) for owner, times in groups.items())
    return tuple(sorted(shares, key=lambda share: (-share.count, -share.newest)))


def _newest(readings: Iterable[OwnerReading]) -> Iterable[OwnerReading]:
    """Of each conversation the last reading."""
    return {reading.psid: reading for reading in readings}.values()
