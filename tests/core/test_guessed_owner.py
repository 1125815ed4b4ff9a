"""What an app's name says about it: a guess, or nothing."""

import pytest

from wizard.core.answers import TokenOwner
from wizard.core.facts import App
from wizard.core.guessed_owner import guessed_owner


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("Flow bot", TokenOwner.BOT),
        ("LUMEN CHATBOT", TokenOwner.BOT),
        ("Chat-Bot of Lumen", TokenOwner.BOT),
        ("Support Desk", TokenOwner.LIVE_CHAT),
        ("Lumen live chat", TokenOwner.LIVE_CHAT),
        ("Acme Inbox", TokenOwner.LIVE_CHAT),
        ("Support Bot", None),
        ("Robot vacuums", None),
        ("Botanical garden", None),
        ("Desktop tools", None),
        ("Lumen Coffee", None),
        ("", None),
    ],
)
def test_a_name_is_a_guess_only_where_a_whole_word_of_it_says_one_thing(name: str, guess: TokenOwner | None) -> None:
    assert guessed_owner(App("1", name)) is guess


def test_nothing_is_guessed_where_the_app_is_not_known() -> None:
    assert guessed_owner(None) is None
