"""The simulated owner: acts through the sites, leaves out what the scenario says, and answers what it is asked."""

import pytest

from tests.simulator.world import PracticeWorld, request

SET_UP = ("default_app", "take_control_bot", "take_control_live_chat", "social_route", "old_primary")


def test_the_owner_sets_up_a_new_page_step_by_step(practice: PracticeWorld) -> None:
    practice.scenario("new-page")
    for step in SET_UP:
        assert practice.instruct(step) == {"done": True}, step
    assert practice.instruct("paste_app_id", copied=practice.app("secondary")) == {"done": True}
    world = practice.world()
    assert world["page"]["default_app"] == practice.app("primary")
    assert set(world["page"]["take_allowed"]) == {practice.app("primary"), practice.app("secondary")}
    assert world["platform"]["secondary_receiver"] == practice.app("secondary")


@pytest.mark.parametrize(
    ("scenario", "left"),
    [
        ("no-default-app", lambda page, app: page["default_app"] is None),
        ("other-app-answers", lambda page, app: page["default_app"] == app("third")),
        ("social-route-elsewhere", lambda page, app: page["social_route"] == app("third")),
        ("take-refused", lambda page, app: app("primary") not in page["take_allowed"]),
        ("take-refused-when-held", lambda page, app: app("primary") not in page["take_allowed"]),
    ],
)
def test_the_owner_leaves_out_the_one_thing_its_scenario_names(
    practice: PracticeWorld, scenario: str, left: object
) -> None:
    practice.scenario(scenario)
    for step in SET_UP:
        assert practice.instruct(step) == {"done": True}, step
    page = practice.world()["page"]
    assert callable(left)
    assert left(page, practice.app)
    assert practice.app("secondary") in page["take_allowed"]


def test_the_owner_follows_the_link_it_is_given(practice: PracticeWorld) -> None:
    practice.scenario("new-page")
    business = f"{practice.start['business_url']}/latest/settings/conversation_routing"
    assert practice.instruct("default_app", link=business) == {"done": True}
    wrong_tab = f"{practice.start['facebook_url']}/settings?tab=advanced_messaging"
    assert practice.instruct("default_app", link=wrong_tab)["done"] is False
    outside = practice.instruct("default_app", link="https://www.facebook.com/settings")
    assert outside == {"done": False, "reason": "The link leads out of the practice world."}


def test_the_owner_pastes_the_wrong_id_where_the_scenario_says_so(practice: PracticeWorld) -> None:
    practice.scenario("wrong-id-saved").instruct("paste_app_id", copied=practice.app("secondary"))
    assert practice.world()["platform"]["secondary_receiver"] == practice.app("third")
    practice.write("human")
    assert practice.owner_of() == practice.app("third")


def test_the_owner_writes_as_the_tester(practice: PracticeWorld) -> None:
    link = f"{practice.start['messenger_url']}/{practice.page_id}?text=Handover+test+4821"
    assert practice.instruct("send_code", link=link) == {"done": True}
    assert "Handover test 4821" in [message["text"] for message in practice.thread()["messages"]]
    no_text = practice.instruct("send_code", link=link.partition("?")[0])
    assert no_text["done"] is False
    assert practice.instruct("say_hello") == {"done": True}
    practice.instruct("paste_app_id", copied=practice.app("secondary"))
    assert practice.instruct("ask_for_human") == {"done": True}
    assert practice.owner_of() == practice.app("secondary")
    assert practice.ask("live_chat_got_it", "yes", "no") == "yes"
    assert len(practice.thread(practice.customer)["messages"]) == 2


def test_the_owner_answers_and_closes_in_the_live_chat(practice: PracticeWorld) -> None:
    assert practice.instruct("close_in_live_chat")["done"] is False
    assert practice.instruct("answer_from_live_chat") == {"done": True}
    assert practice.owner_of() == practice.app("secondary")
    assert practice.instruct("close_in_live_chat") == {"done": True}
    assert practice.owner_of() is None
    assert practice.ask("bot_answers_again", "yes", "no") == "yes"


def test_the_owner_sees_that_the_bot_does_not_answer_again(practice: PracticeWorld) -> None:
    practice.instruct("answer_from_live_chat")
    assert practice.ask("bot_answers_again", "yes", "no") == "no"


def test_the_owner_of_a_legacy_page_chooses_the_primary_receiver(practice: PracticeWorld) -> None:
    practice.scenario("happy-legacy")
    for step in SET_UP:
        assert practice.instruct(step) == {"done": True}, step
    page = practice.world()["page"]
    assert (page["mode"], page["primary"]) == ("legacy", practice.app("primary"))
    assert practice.app("secondary") in page["secondaries"]


@pytest.mark.parametrize(
    ("scenario", "pasted", "token_owner"),
    [
        ("happy-routing", "page", "bot"),
        ("token-expired", "expired", "bot"),
        ("user-token", "user", "bot"),
        ("token-of-live-chat", "secondary_page", "live_chat"),
        ("token-of-third-app", "third_app_page", "neither"),
        ("app-token", "app", "bot"),
    ],
)
def test_the_owner_pastes_the_token_of_its_scenario(
    practice: PracticeWorld, scenario: str, pasted: str, token_owner: str
) -> None:
    practice.scenario(scenario)
    assert practice.instruct("get_token") == {"done": True}
    assert practice.ask("token") == practice.token(pasted)
    assert practice.ask("token_owner", "bot", "live_chat", "neither") == token_owner


def test_the_owner_answers_every_question(practice: PracticeWorld) -> None:
    answers = {
        "page": practice.page_id,
        "bot": practice.app("primary"),
        "live_chat": practice.app("secondary"),
        "app_id": practice.app("secondary"),
        "roles_done": "done",
        "saved": "yes",
        "which_conversation": practice.tester,
        "way_out": "wait",
        "bring_back_anyway": "bring_back",
        "live_chat_got_it": "no",
    }
    assert {question: practice.ask(question) for question in answers} == answers
    assert practice.ask("target", "guided_paste", "env_file") == "guided_paste"


@pytest.mark.parametrize(
    "said",
    [
        {"instruct": {"step": "dance"}},
        {"ask": {"question": "meaning_of_life", "choices": []}},
        {"ask": {"question": "target", "choices": []}},
        {"tell": {}},
        {},
    ],
)
def test_what_the_owner_does_not_know_is_refused_with_a_sentence(
    practice: PracticeWorld, said: dict[str, object]
) -> None:
    reply = request("POST", f"{practice.control_url}/owner", json_body=said)
    assert reply.status == 400
    assert reply.json()["error"].startswith("The ")


def test_the_owner_says_so_when_the_bot_is_not_connected(practice: PracticeWorld) -> None:
    answer = practice.scenario("app-not-subscribed").instruct("default_app")
    assert answer == {"done": False, "reason": "The bot is not in the list of apps."}


@pytest.mark.parametrize("tab", ["advanced_messaging", "msgr_conversation_routing"])
def test_the_owner_empties_an_old_primary_receiver(practice: PracticeWorld, tab: str) -> None:
    settings = f"{practice.start['facebook_url']}/settings"
    request("POST", f"{settings}/receivers", form={"primary_receiver": practice.app("third")})
    assert practice.world()["page"]["primary"] == practice.app("third")
    assert practice.instruct("old_primary", link=f"{settings}?tab={tab}") == {"done": True}
    page = practice.world()["page"]
    assert (page["primary"], page["default_app"]) == (None, practice.app("primary"))
