"""What falls when an answer changes."""

from wizard.core.answers import Answers, with_changes
from wizard.core.facts import App

BOT, LIVE_CHAT, OTHER = App("3000000003"), App("4000000004"), App("5000000005")
DONE = Answers(
    page_id="1", bot=BOT, live_chat=LIVE_CHAT, roles_confirmed=frozenset({"done"}), saved_app_id=LIVE_CHAT.id
)


def test_settings_on_facebook_are_open_again_when_another_app_is_to_take_over() -> None:
    """They name the app that may take control."""
    changed = with_changes(DONE, live_chat=OTHER)
    assert changed.roles_confirmed == frozenset()
    assert changed.saved_app_id == ""


def test_settings_on_facebook_are_open_again_when_another_app_is_the_bot() -> None:
    assert with_changes(DONE, bot=OTHER).roles_confirmed == frozenset()


def test_an_answer_that_stays_the_same_lets_nothing_fall() -> None:
    assert with_changes(DONE, live_chat=LIVE_CHAT, bot=BOT) == DONE
