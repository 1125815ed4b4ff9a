"""What `setup --json` answers: one object, whatever the end."""

from typing import Any

from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.exit_code import ExitCode
from wizard.core.facts import App
from wizard.words import summary


def result_data(session: Session, answers: Answers, code: ExitCode, trouble: str) -> dict[str, Any]:
    """trouble: the last problem that was said, "" for none. No token, nothing of customers."""
    return {
        "exit_code": int(code),
        "page": {"id": answers.page_id, "name": answers.page_name},
        "bot": _app(answers.bot),
        "live_chat": _app(answers.live_chat),
        "saved_app_id": answers.saved_app_id,
        "saved": answers.saved_how.value if answers.saved_how else None,
        "test": answers.test.value if answers.test else None,
        "parts": [
            {
                "part": test.part.value,
                "found": test.outcome.value,
                "back": test.ended.result.value,
                "app": _app(test.app),
                "answered_first": _app(test.first_app),
                "silence": test.silence.value if test.silence else None,
            }
            for test in session.tests
        ],
        "verdicts": [
            {"check": verdict.check, "state": verdict.state.value, "reason": verdict.reason}
            for verdict in session.verdicts(answers)
        ],
        "trouble": trouble or None,
        "summary": summary.handover_line(session.tests, answers),
    }


def _app(app: App | None) -> dict[str, str] | None:
    return {"id": app.id, "name": app.name} if app is not None else None
