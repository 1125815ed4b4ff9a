"""The same Page, checked by the window's action and by the terminal's command: the same verdicts and exit code."""

import json

import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.program import Program
from wizard.actions.check import check_targets
from wizard.actions.check_target import CheckTarget, TargetOrigin
from wizard.actions.compressed import decompress
from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.facts import App
from wizard.core.outcome import exit_code_of_page
from wizard.core.secret import Secret
from wizard.simulator.world.scenario_file import scenario_names
from wizard.vault import token_name

# There the token is a person's: the terminal chooses a Page, the window checks all of them.
FOR_MANY_PAGES = ("sixty-pages", "user-token")


@pytest.mark.parametrize("scenario", [name for name in scenario_names() if name not in FOR_MANY_PAGES])
def test_both_faces_judge_a_page_alike(
    own_session: Session, program: Program, world: PracticeWorld, cancel: CancelToken, scenario: str
) -> None:
    world.scenario(scenario)
    bot, live_chat, token = world.app("primary"), world.app("secondary"), world.token("paste")
    name = token_name(own_session.world.graph, world.page_id, bot)
    own_session.vault.put(name, Secret(token), remember=False)
    answers = Answers(page_id=world.page_id, bot=App(bot), live_chat=App(live_chat))
    checked: list[CheckTarget] = []
    target = CheckTarget("one", TargetOrigin.TOKEN, answers, token_names=(name,))
    check_targets(own_session, [target], False, cancel, lambda one: None, checked.append)
    seen = checked[0].result
    assert seen is not None
    page = decompress(seen)

    world.scenario(scenario)  # as it was: some faults are for the first call only
    ended = program.run(
        *("check", "--practice-at", world.control_url, "--token-env", "T", "--page", world.page_id),
        *("--bot", bot, "--live-chat", live_chat, "--format", "json"),
        T=world.token("paste"),
    )
    (told,) = json.loads(ended.said)["pages"]
    in_window = {verdict.check: (verdict.state.value, verdict.reason) for verdict in page.verdicts}
    in_terminal = {row["check"]: (row["state"], row["reason"]) for row in told["verdicts"]}
    assert in_terminal == in_window
    assert ended.code == exit_code_of_page(page)
