import string
from datetime import date

import pytest

from wizard.core.facts import App, Page
from wizard.core.resource import load_toml
from wizard.core.world import World
from wizard.words.guides import (
    BUSINESS_SUITE,
    GET_TOKEN,
    LEGACY,
    LOG_IN,
    META_AI,
    OLDEST,
    OWN_APP,
    ROUTING,
    Names,
    message_for_someone_else,
    names_of,
    paths,
    setting,
    setting_ids,
)

NAMES = Names("Bäckerei", "Bready", "Help Desk")
PAGE = Page("1000000001", "Bäckerei")
BOT = App("3000000003", "Bready {beta}")
LIVE_CHAT = App("263902037430900", "Page Inbox")
ALL = (*setting_ids(), GET_TOKEN, LOG_IN, OWN_APP, META_AI)
PRACTICE = World(
    facebook="http://127.0.0.1:1/f",
    business="http://127.0.0.1:1/b",
    developers="http://127.0.0.1:1/d",
    label="Practice",
)


def test_the_settings_of_who_answers_first_come_in_order() -> None:
    assert setting_ids() == (
        "default_app",
        "take_control_bot",
        "take_control_live_chat",
        "social_route",
        "old_primary",
    )


@pytest.mark.parametrize("setting_id", ALL)
def test_every_setting_is_said_whole_and_each_path_has_date_source_and_mark(setting_id: str) -> None:
    found = setting(setting_id, NAMES)
    assert found.paths
    generations = [path.generation for path in found.paths]
    assert len(set(generations)) == len(generations)
    sentences = [found.title, found.why]
    for path in found.paths:
        assert date(2015, 1, 1) < path.as_of <= load_toml("ui_paths.toml")["date"]
        assert path.source
        assert path.steps
        sentences += [path.title, *path.steps]
        assert len(path.pictures) == len(path.steps)
        assert any(path.pictures)
    for sentence in sentences:
        assert sentence
        assert not {"{", "}"} & set(sentence)


def test_sentences_hold_no_placeholder_that_is_not_filled() -> None:
    known = {"page", "bot", "live_chat", "permissions"}
    for data in load_toml("ui_paths.toml")["setting"]:
        sentences = [data["title"], data["text"], *(step for path in data["path"] for step in path["steps"])]
        for sentence in sentences:
            assert {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name} <= known


def test_marks_are_documented_or_reported() -> None:
    marks = {path["mark"] for data in load_toml("ui_paths.toml")["setting"] for path in data["path"]}
    assert marks == {"documented", "reported"}


@pytest.mark.parametrize("setting_id", ALL)
def test_links_open_in_life_and_in_practice(setting_id: str) -> None:
    for path in paths(setting_id, NAMES):
        if path.link:
            assert World().link(path.link).startswith("https://")
            assert PRACTICE.link(path.link).startswith("http://127.0.0.1:1/")


def test_the_documented_tabs_are_the_first_to_open() -> None:
    expected = {
        "default_app": "https://www.facebook.com/settings?tab=msgr_conversation_routing",
        "take_control_bot": "https://www.facebook.com/settings?tab=advanced_messaging",
        "take_control_live_chat": "https://www.facebook.com/settings?tab=advanced_messaging",
        "social_route": "https://www.facebook.com/settings?tab=msgr_conversation_routing",
        "old_primary": "https://www.facebook.com/settings?tab=advanced_messaging",
        META_AI: "https://business.facebook.com/latest/business_ai/instructions",
        LOG_IN: "",  # the wizard opens it with an address of its own
        OWN_APP: "https://developers.facebook.com/apps/",
        GET_TOKEN: "https://developers.facebook.com/tools/explorer/",
    }
    assert {each: World().link(paths(each, NAMES)[0].link) for each in ALL} == expected


def test_steps_name_the_app_that_is_meant() -> None:
    assert any("Bready" in step for step in paths("default_app", NAMES)[0].steps)
    assert any("Help Desk" in step for step in paths("take_control_live_chat", NAMES)[0].steps)
    assert not any("Help Desk" in step for step in paths("take_control_bot", NAMES)[0].steps)


def test_all_known_paths_are_told_the_newest_first() -> None:
    assert [path.generation for path in paths("default_app", NAMES)] == [ROUTING, BUSINESS_SUITE, LEGACY, OLDEST]


def test_a_legacy_page_is_led_by_its_own_path_first() -> None:
    assert [path.generation for path in paths("default_app", NAMES, first=LEGACY)] == [
        LEGACY,
        ROUTING,
        BUSINESS_SUITE,
        OLDEST,
    ]
    assert paths("social_route", NAMES, first=LEGACY)[0].generation == ROUTING, "there is no legacy form of it"


def test_what_programs_cannot_read_is_marked() -> None:
    hidden = {each for each in setting_ids() if setting(each, NAMES).cannot_be_read}
    assert hidden == {"take_control_bot", "take_control_live_chat", "social_route"}


def test_an_unknown_setting_is_an_error() -> None:
    with pytest.raises(KeyError):
        setting("colour", NAMES)


def test_what_has_no_name_is_called_by_its_id_or_by_what_it_does() -> None:
    assert names_of(Page("1"), App("3000000003"), None) == Names("your Page", "App 3000000003", "your live chat")


def test_the_message_for_someone_else_has_page_apps_ids_settings_and_links_of_life() -> None:
    message = message_for_someone_else(PAGE, BOT, LIVE_CHAT, ["default_app", "social_route"])
    for wanted in (
        "Bäckerei (ID 1000000001)",
        "Bready {beta} (App ID 3000000003)",
        "Page Inbox (App ID 263902037430900)",
    ):
        assert wanted in message
    assert "1. Let Bready {beta} answer first" in message
    assert "2. Check that no other app answers instead" in message
    assert message.count("https://www.facebook.com/settings?tab=msgr_conversation_routing") == 2
    assert "take control" not in message
