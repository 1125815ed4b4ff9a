"""The report for programs. `resources/report/check-report.schema.json` describes it; `earlier` reads it again."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from wizard.core.checked import CheckedPage
from wizard.core.diagnosis import PageOutcome
from wizard.core.facts import App
from wizard.core.who_answers import Share, who_answers
from wizard.i18n.language import current
from wizard.report.earlier import KIND, VERSION
from wizard.report.head import Counts, ReportHeader
from wizard.report.since import Comparison, EarlierPage
from wizard.report.times import for_programs
from wizard.report.view import ConversationView, PageView, VerdictRow, gone_pages, views
from wizard.words.who_answers import owner_name


def stream(pages: Iterable[CheckedPage], head: ReportHeader) -> Iterator[str]:
    """Yield the report, one Page on a line. What is known only at the end stands after the Pages."""
    comparison = Comparison(head.since) if head.since is not None else None
    counts = Counts()
    first = {
        "kind": KIND,
        "version": VERSION,
        "made_at": for_programs(head.made_at),
        "program": head.program,
        "language": current(),
        "includes_personal_data": head.include_personal_data,
        "compared_with": for_programs(head.since.made_at) if head.since is not None else None,
    }
    yield _text(first)[:-1] + ',"pages":['
    for page in views(pages, head.include_personal_data, comparison, head.made_at):
        counts.add(page)
        yield ("\n" if page.number == 1 else ",\n") + _text(_page(page, comparison is not None))
    is_complete = head.is_complete()
    last = {
        "gone": [_gone(page) for page in gone_pages(comparison, is_complete)] if comparison is not None else None,
        "counts": {
            "pages": counts.pages,
            "outcomes": {outcome.value: counts.outcomes[outcome] for outcome in PageOutcome},
            "with_warning": counts.warnings,
        },
        "is_complete": is_complete,
    }
    yield "\n]," + _text(last)[1:] + "\n"


def _page(page: PageView, is_compared: bool) -> dict[str, Any]:
    trouble, head, causes = page.not_checked, page.headline, page.diagnosis.causes
    return {
        "page": {"id": page.id, "name": page.name},
        "bot": _app(page.bot),
        "live_chat": _app(page.live_chat),
        "saved_app_id": page.saved_app_id or None,
        "source": page.source or None,
        "at": _moment(page.at),
        "outcome": head.outcome.value,
        "headline": head.line,
        "cause": causes[0].verdict.check if causes else None,
        "action": head.action,
        "who": head.who.value,
        "letter": page.letter or None,
        "proven_at": _moment(page.diagnosis.proven_at),
        "not_checked": msgspec.to_builtins(trouble) if trouble is not None else None,
        "verdicts": [_verdict(row, page.cause_of(row)) for row in page.rows],
        "who_answers": [_share(share, page) for share in who_answers(page.checked.facts)],
        "conversations": [_conversation(conversation) for conversation in page.conversations],
        "change": {"kind": page.change, "text": page.change_text, "gone": page.gone} if is_compared else None,
    }


def _verdict(row: VerdictRow, cause: str) -> dict[str, Any]:
    change = row.change
    return {
        "check": row.check,
        "state": row.state.value,
        "reason": row.reason,
        "title": row.title,
        "text": row.text,
        "action": row.action,
        "follows_from": cause or None,
        "at": _moment(row.at),
        "evidence": [{"call": seen.call, "answer": seen.answer, "at": _moment(seen.at)} for seen in row.evidence],
        "about": dict(row.about),
        "change": {"kind": change.direction, "before": change.before, "text": row.change_text} if change else None,
    }


def _share(share: Share, page: PageView) -> dict[str, Any]:
    return {
        "app_id": share.app_id or None,
        "control": share.control.value,
        "text": owner_name(share, page.checked),
        "count": share.count,
        "newest": _moment(share.newest),
        "oldest": _moment(share.oldest),
    }


def _conversation(conversation: ConversationView) -> dict[str, Any]:
    return {
        "person": conversation.person,
        "name": conversation.name or None,
        "control": conversation.control.value,
        "app": _app(conversation.app),
        "at": _moment(conversation.at),
        "until": _moment(conversation.until or 0.0),
    }


def _gone(page: EarlierPage) -> dict[str, str]:
    return {"id": page.id, "name": page.name}


def _app(app: App | None) -> dict[str, str] | None:
    return {"id": app.id, "name": app.name} if app is not None else None


def _moment(unix: float) -> str | None:
    return for_programs(unix) if unix else None


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
