"""`check` by the real program in a practice world, with a token or with set-ups."""

import json
from pathlib import Path
from typing import Any

from tests.simulator.world import PracticeWorld
from tests.terminal.program import Ended, Program

OTHER_PAGE = "118400007310087"


def set_up(world: PracticeWorld, **changes: Any) -> dict[str, Any]:
    content = {
        "page_id": world.page_id,
        "page_name": "Lumen Coffee",
        "bot": {"id": world.app("primary")},
        "live_chat": {"id": world.app("secondary")},
        "saved_at": 1_790_000_000.0,
        "app_id": world.app("secondary"),
        "saved_how": "confirmed",
        **changes,
    }
    return {"version": 1, "kind": "handover-setup", "content": content}


def write(path: Path, content: dict[str, Any]) -> str:
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def check(program: Program, world: PracticeWorld, *more: str, token: str = "page") -> Ended:
    where = ("--practice-at", world.control_url, "--token-env", "PAGE_TOKEN")
    return program.run("check", *where, *more, PAGE_TOKEN=world.token(token))


def states(ended: Ended, at: int = 0) -> dict[str, str]:
    page = json.loads(ended.said)["pages"][at]
    return {verdict["check"]: verdict["state"] for verdict in page["verdicts"]}
