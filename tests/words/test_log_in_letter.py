"""The letter to whoever set up the bot: both things they may send, and how, for this Page."""

from wizard.words.guides import PERMISSIONS
from wizard.words.log_in_letter import for_whoever_set_it_up


def test_it_asks_for_a_log_in_file_before_a_token_and_names_page_and_bot() -> None:
    body = for_whoever_set_it_up("Bäckerei", "Bready").body
    assert "Page: Bäckerei" in body
    assert "Bready" in body
    assert 0 < body.index(".handoverlogin") < body.index("access token")
    assert all(permission in body for permission in PERMISSIONS)


def test_the_way_to_a_token_ends_where_the_wizard_would_go_on() -> None:
    body = for_whoever_set_it_up().body
    assert "1. Log in with a Facebook account that manages your Page." in body
    assert "https://developers.facebook.com/tools/explorer/" in body
    assert "come back and paste" not in body
    assert "only I can read it" in body


def test_where_the_page_is_not_known_there_is_room_for_its_name() -> None:
    letter = for_whoever_set_it_up()
    assert "Page: (write its name here" in letter.body
    assert letter.subject
    assert "{" not in letter.subject + letter.body
