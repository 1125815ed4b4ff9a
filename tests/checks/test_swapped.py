"""Bot and live chat given the wrong way round: asked, where names or Facebook's answers let one doubt it."""

from dataclasses import replace

import pytest

from tests.checks.cases import ANSWERS, BOT, FACTS, LIVE_CHAT, owner
from wizard.checks.case import CheckContext
from wizard.checks.run import verdict
from wizard.core.facts import App, Control, OwnerReading
from wizard.core.verdict import State, Verdict


def found(bot: App, live_chat: App, *, token_app: App | None = None, owners: tuple[OwnerReading, ...] = ()) -> Verdict:
    answers = replace(ANSWERS, bot=bot, live_chat=live_chat, token_app=token_app or ANSWERS.token_app)
    return verdict(CheckContext(answers, replace(FACTS, owners=owners)), "roles.distinct")


@pytest.mark.parametrize(
    ("bot", "live_chat", "reason"),
    [
        ("Support Desk", "Flow bot", "swapped_by_name"),
        ("Zendesk", "Lumen Chatbot", "swapped_by_name"),
        ("Flow bot", "Support Desk", "distinct"),
        ("Flow bot", "Order Robot", "distinct"),
        ("Lumen", "Bready", "distinct"),
        ("Lumen", "Support bot desk", "distinct"),
    ],
)
def test_names_that_say_the_opposite_are_asked_about(bot: str, live_chat: str, reason: str) -> None:
    one = found(App("914602738451920", bot), App("538127490663810", live_chat))
    assert one.reason == reason
    assert one.state is (State.OK if reason == "distinct" else State.WARNING)


def test_a_live_chat_that_facebook_treats_as_the_default_app_is_asked_about() -> None:
    seen = (owner(Control.APP, BOT.id),)
    assert found(BOT, LIVE_CHAT, token_app=LIVE_CHAT, owners=seen).reason == "swapped_by_role"
    assert found(BOT, LIVE_CHAT, token_app=BOT, owners=seen).reason == "distinct"
    own = (owner(Control.APP, LIVE_CHAT.id),)
    assert found(BOT, LIVE_CHAT, token_app=LIVE_CHAT, owners=own).reason == "distinct"
