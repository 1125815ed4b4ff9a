"""One Page from its Graph to its verdicts: what the terminal, the Check screen and many Pages all call."""

from collections.abc import Mapping
from dataclasses import replace

from wizard.checks.case import CheckContext
from wizard.checks.run import verdicts
from wizard.core.answers import Answers, TokenOwner
from wizard.core.cancel import CancelToken
from wizard.core.checked import CheckedPage, SavedFacts
from wizard.core.facts import App, Facts, Reading, TokenFacts, TokenKind, TokenLife
from wizard.core.fetch import CONVERSATIONS, fetch_facts
from wizard.core.ports import GraphApi
from wizard.core.token_life import of_log_in


def check_page(
    graph: GraphApi,
    answers: Answers,
    cancel: CancelToken,
    look_at_conversations: bool,
    *,
    token: TokenFacts | None = None,
    tasks: Reading[frozenset[str]] | None = None,
    named: Mapping[str, Reading[str]] | None = None,
    conversations: int = CONVERSATIONS,
    life: Reading[TokenLife] | None = None,
) -> CheckedPage:
    """Look at a Page and judge it; nothing is changed. Raises Cancelled only: trouble is in what comes back.

    answers: what is known of the set-up, also nothing. token: what the token told, where it was read with this very
    graph already. tasks: as me/accounts told them. look_at_conversations: only with consent, and at most so many
    conversations. named: apps by their ID whose names were looked up a moment ago, for another Page, and need no call.
    life: of the token, where a log-in told it.
    """
    app_ids = [app.id for app in (answers.live_chat, answers.bot) if app is not None]
    known = {app_id: named[app_id] for app_id in app_ids if app_id in named} if named else {}
    unknown = [each for each in app_ids if each not in known]
    facts = fetch_facts(graph, cancel, look_at_conversations, unknown, token, conversations)
    facts = replace(
        facts,
        token=of_log_in(facts.token, life) if facts.token is not None else None,
        tasks=tasks,
        app_names=(*facts.app_names, *((app_id, name.value or "") for app_id, name in known.items())),
        named_at=facts.named_at or min((name.at for name in known.values()), default=0.0),
    )
    return evaluate(answers, facts, graph.time)


def evaluate(answers: Answers, facts: Facts, at: float, now: float | None = None) -> CheckedPage:
    """The verdicts of today's rules on facts of any time. at: Unix seconds of the facts; now: of the judgement, where
    that is not the same moment."""
    known = completed(answers, facts)
    context = CheckContext(known, facts, is_of_earlier=True, now=at if now is None else now)
    stopped = facts.token.identity.failure if facts.token else None
    return CheckedPage(known, at, facts, verdicts(context), stopped)


def reevaluate(kept: SavedFacts, now: float = 0.0) -> CheckedPage:
    """What was seen, by today's rules. now: Unix seconds, by which tests age; 0.0: as when it was seen."""
    page = evaluate(kept.answers, kept.facts, kept.at, max(now, kept.at))
    return replace(page, not_checked=page.not_checked or kept.not_checked)


def completed(answers: Answers, facts: Facts) -> Answers:
    """The set-up with what the facts add: the Page, the token's app, whose it is, and names of the apps."""
    token = facts.token
    whom = token.identity.value if token else None
    identity = whom if whom is not None and whom.kind is TokenKind.PAGE else None  # a person's ID is not the Page's
    app = token.app.value if token and token.app else None
    bot, live_chat = (_named(one, app, facts) for one in (answers.bot, answers.live_chat))
    return replace(
        answers,
        page_id=answers.page_id or (identity.id if identity else ""),
        page_name=(identity.name if identity else "") or answers.page_name,
        token_app=app or answers.token_app,
        token_owner=_infer_owner(app, bot, live_chat) or answers.token_owner,
        bot=bot,
        live_chat=live_chat,
    )


def _named(app: App | None, token_app: App | None, facts: Facts) -> App | None:
    if app is None:
        return None
    own = token_app.name if token_app is not None and token_app.id == app.id else ""
    return replace(app, name=own or dict(facts.app_names).get(app.id) or app.name)


def _infer_owner(app: App | None, bot: App | None, live_chat: App | None) -> TokenOwner | None:
    """None where it cannot be told, because not both apps are known."""
    if app is None:
        return None
    if bot is not None and app.id == bot.id:
        return TokenOwner.BOT
    if live_chat is not None and app.id == live_chat.id:
        return TokenOwner.LIVE_CHAT
    return TokenOwner.NEITHER if bot is not None and live_chat is not None else None
