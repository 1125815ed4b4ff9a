"""The same Page, checked by the window's action and by the terminal's command: the same verdicts and exit code."""

import json

import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.program import Program
from wizard.actions.check import check_with_token
from wizard.actions.check_target import CheckTarget, Origin
from wizard.actions.compressed import decompress
from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.facts import App
from wizard.core.outcome import exit_code_of_page
from wizard.core.secret import Secret


@pytest.mark.parametrize(
    "scenario",
    [
        "happy-routing",
        "new-page",
        "happy-legacy",
        "no-default-app",
        "other-app-answers",
        "fields-missing",
        "token-of-live-chat",
        "token-of-third-app",
        "development-mode",
        "missing-permission",
    ],
)
def test_both_faces_judge_a_page_alike(
    own_session: Session, program: Program, world: PracticeWorld, cancel: CancelToken, scenario: str
) -> None:
    world.scenario(scenario)
    bot, live_chat = world.app("primary"), world.app("secondary")
    target = CheckTarget("one", Origin.TOKEN, Answers(page_id=world.page_id, bot=App(bot), live_chat=App(live_chat)))
    token = world.token("paste")
    (checked,) = check_with_token(own_session, Secret(token), None, target, (), False, cancel).targets
    assert checked.seen is not None
    page = decompress(checked.seen)

    ended = program.run(
        *("check", "--practice-at", world.control_url, "--token-env", "T", "--bot", bot, "--live-chat", live_chat),
        *("--format", "json"),
        T=token,
    )
    (told,) = json.loads(ended.said)["pages"]
    in_window = {verdict.check: (verdict.state.value, verdict.reason) for verdict in page.verdicts}
    in_terminal = {row["check"]: (row["state"], row["reason"]) for row in told["verdicts"]}
    assert in_terminal == in_window
    assert ended.code == exit_code_of_page(page)
