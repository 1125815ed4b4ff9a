"""Whose app the tokens of many Pages belong to: said once, and judged again with that. No call, no network."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from wizard.actions.check_target import CheckTarget
from wizard.actions.compressed import compress, decompress
from wizard.checks.page import reevaluate
from wizard.core.answers import Answers, TokenOwner
from wizard.core.cancel import CancelToken
from wizard.core.checked import SavedFacts
from wizard.core.facts import App


def open_question(targets: Iterable[CheckTarget], said: Iterable[str]) -> tuple[App, int] | None:
    """The app of most tokens of which nobody has said what it is, and of how many Pages; None where all is said. said:
    IDs of those that need no question."""
    known, apps, counts = set(said), dict[str, App](), Counter[str]()
    for one in targets:
        app = _unsaid(one)
        if app is not None and app.id not in known:
            apps.setdefault(app.id, app)
            counts[app.id] += 1
    if not counts:
        return None
    first, count = counts.most_common(1)[0]
    return apps[first], count


def waiting_for(targets: Iterable[CheckTarget], said: Mapping[str, TokenOwner]) -> list[CheckTarget]:
    """The targets that an answer is about, and that were not judged with it yet."""
    return [one for one in targets if (app := _unsaid(one)) is not None and app.id in said and not _holds(one, said)]


def judge_again(
    targets: Sequence[CheckTarget], said: Mapping[str, TokenOwner], now: float, cancel: CancelToken
) -> tuple[CheckTarget, ...]:
    """In a job: the targets with what was said of their apps, and judged with it. now: Unix seconds. Raises
    Cancelled."""
    judged = []
    for one in targets:
        cancel.raise_if_cancelled()
        app = _unsaid(one)
        if app is None or one.result is None:
            continue
        page, owner = decompress(one.result), said[app.id]
        kept = SavedFacts(_with(page.answers, app, owner), page.facts, page.at, not_checked=page.not_checked)
        checked = replace(reevaluate(kept, now), source=page.source)
        result = replace(compress(checked, now), ahead=one.result.ahead)
        judged.append(replace(one, answers=_with(one.answers, app, owner), result=result))
    return tuple(judged)


def _unsaid(target: CheckTarget) -> App | None:
    """The app of its token, where it could be the bot or the live chat for all that is known."""
    names = target.result.names if target.result is not None else Answers()
    return names.token_app if names.bot is None and names.live_chat is None else None


def _holds(target: CheckTarget, said: Mapping[str, TokenOwner]) -> bool:
    app = _unsaid(target)
    return app is not None and target.answers.token_owner is said.get(app.id)


def _with(answers: Answers, app: App, owner: TokenOwner) -> Answers:
    return replace(
        answers,
        token_owner=owner,
        bot=app if owner is TokenOwner.BOT else answers.bot,
        live_chat=app if owner is TokenOwner.LIVE_CHAT else answers.live_chat,
    )
