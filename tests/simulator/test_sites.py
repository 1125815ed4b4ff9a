"""The pretend sites through their HTML forms, as a browser sends them."""

from urllib.parse import quote

import pytest

from tests.simulator.world import PracticeWorld, request
from wizard.simulator.browser import Browser, LinkRefused, Sight


@pytest.fixture
def browser(practice: PracticeWorld) -> Browser:
    return Browser(practice.start["control_url"])


def routing(practice: PracticeWorld) -> str:
    return f"{practice.start['facebook_url']}/settings?tab=msgr_conversation_routing"


def advanced(practice: PracticeWorld) -> str:
    return f"{practice.start['facebook_url']}/settings?tab=advanced_messaging"


def notice(sight: Sight) -> str:
    return sight.texts.get("notice", "").strip()


@pytest.mark.parametrize("site", ["facebook", "business"])
def test_routing_is_chosen_and_saved(practice: PracticeWorld, browser: Browser, site: str) -> None:
    practice.scenario("new-page")
    business = f"{practice.start['business_url']}/latest/settings/conversation_routing"
    form = browser.open(routing(practice) if site == "facebook" else business).forms["routing_form"]
    assert form.options["default_app"][practice.app("primary")] == f"Flow bot (App ID {practice.app('primary')})"
    form.set("default_app", practice.app("primary"))
    form.set("social_route", practice.app("third"))
    form.set("link_ref", "summer")
    form.set("link_app", practice.app("secondary"))
    assert notice(browser.send(form)) == "Saved."
    page = practice.world()["page"]
    assert (page["mode"], page["default_app"], page["social_route"]) == (
        "routing",
        practice.app("primary"),
        practice.app("third"),
    )
    assert page["link_routes"] == {"summer": practice.app("secondary")}
    assert browser.open(routing(practice)).forms["routing_form"].values["link_ref"] == ["summer"]


def test_routes_need_a_default_app(practice: PracticeWorld, browser: Browser) -> None:
    practice.scenario("new-page")
    form = browser.open(routing(practice)).forms["routing_form"]
    form.set("social_route", practice.app("third"))
    assert notice(browser.send(form)).startswith("Not saved.")
    assert practice.world()["page"]["social_route"] is None


def test_connected_apps_are_listed_with_ids_and_switches(practice: PracticeWorld, browser: Browser) -> None:
    sight = browser.open(advanced(practice))
    for role in ("primary", "secondary", "page_inbox", "third"):
        app = practice.app(role)
        assert sight.texts[f"name_{app}"] == practice.start["apps"][role]["name"]
        assert sight.texts[f"app_id_{app}"] == app
    form = sight.forms["apps_form"]
    assert set(form.values["take_control"]) == {practice.app("primary"), practice.app("secondary")}
    form.tick("take_control", practice.app("primary"), False)
    form.tick("take_control", practice.app("third"), True)
    assert notice(browser.send(form)) == "Saved."
    assert set(practice.world()["page"]["take_allowed"]) == {practice.app("secondary"), practice.app("third")}
    assert "receivers_form" not in sight.forms


def test_a_legacy_page_has_receivers_in_place_of_routing(practice: PracticeWorld, browser: Browser) -> None:
    practice.scenario("happy-legacy")
    hint = browser.open(routing(practice))
    assert "routing_form" not in hint.forms
    sight = browser.open(hint.links["to_receivers"])
    assert "take_control" not in sight.forms["apps_form"].values
    form = sight.forms["receivers_form"]
    assert form.values["primary_receiver"] == [practice.app("primary")]
    form.set("primary_receiver", practice.app("third"))
    form.tick("secondary_receiver", practice.app("primary"), True)
    assert notice(browser.send(form)) == "Saved."
    page = practice.world()["page"]
    assert (page["mode"], page["primary"]) == ("legacy", practice.app("third"))
    assert practice.app("primary") in page["secondaries"]


@pytest.mark.parametrize(("role", "token"), [("primary", "page"), ("secondary", "secondary_page")])
def test_the_token_page_shows_a_token_and_keeps_it_out_of_its_address(
    practice: PracticeWorld, browser: Browser, role: str, token: str
) -> None:
    form = browser.open(f"{practice.start['developers_url']}/tools/explorer").forms["token_form"]
    form.set("app", practice.app(role))
    sight = browser.send(form)
    assert sight.texts["token"].strip() == practice.token(token)
    assert "EAA" not in sight.url
    assert {"token", "copy", "get_token", "app", "kind", "page"} <= set(sight.texts)


def test_the_token_page_gives_user_tokens_and_refuses_nonsense(practice: PracticeWorld, browser: Browser) -> None:
    form = browser.open(f"{practice.start['developers_url']}/tools/explorer").forms["token_form"]
    form.set("kind", "user")
    assert browser.send(form).texts["token"].strip() == practice.token("user")
    form.set("app", practice.app("page_inbox"))
    sight = browser.send(form)
    assert "token" not in sight.texts
    assert notice(sight).startswith("No token")


def test_the_bot_hands_over_to_the_app_id_saved_in_its_settings(practice: PracticeWorld, browser: Browser) -> None:
    form = browser.open(f"{practice.start['platform_url']}/").forms["settings_form"]
    assert form.values["secondary_receiver"] == [""]
    form.set("secondary_receiver", f"  {practice.app('secondary')} ")
    assert notice(browser.send(form)) == "Your settings were saved."
    assert practice.world()["platform"] == {"secondary_receiver": practice.app("secondary")}
    practice.write("humane answers, please")
    assert practice.owner_of() == practice.app("primary")
    practice.write("A HUMAN, please!")
    assert practice.owner_of() == practice.app("secondary")


@pytest.mark.parametrize("text", ["«persona»", "ein Mensch, bitte", "nhân viên", "担当者", "موظف"])
def test_the_bot_hands_over_in_the_languages_of_the_wizard(
    practice: PracticeWorld, browser: Browser, text: str
) -> None:
    form = browser.open(f"{practice.start['platform_url']}/").forms["settings_form"]
    form.set("secondary_receiver", practice.app("secondary"))
    browser.send(form)
    practice.write(text)
    assert practice.owner_of() == practice.app("secondary")


@pytest.mark.parametrize(("saved", "said"), [("", "no Secondary receiver is saved"), ("123456789012345", "2018164")])
def test_the_bot_keeps_the_conversation_and_says_why_when_it_cannot_hand_over(
    practice: PracticeWorld, browser: Browser, saved: str, said: str
) -> None:
    form = browser.open(f"{practice.start['platform_url']}/").forms["settings_form"]
    form.set("secondary_receiver", saved)
    browser.send(form)
    practice.write("human")
    thread = practice.thread()
    assert thread["owner"] == practice.app("primary")
    assert said in thread["messages"][-1]["text"]


def test_messenger_shows_who_answers_and_fills_in_the_text_of_the_link(
    practice: PracticeWorld, browser: Browser
) -> None:
    address = f"{practice.start['messenger_url']}/{practice.page_id}"
    sight = browser.open(f"{address}?text={quote('Handover test 4821')}")
    form = sight.forms["message_form"]
    assert form.values["text"] == ["Handover test 4821"]
    after = browser.send(form)
    assert after.texts["owner"].strip() == "Flow bot has control."
    assert "Handover test 4821" in after.texts["thread"]
    assert after.texts["thread"].rstrip().endswith("Write “human” to talk to a person.")
    assert "text=" not in after.url
    last, answer = practice.thread()["messages"][-2:]
    assert (last["from"], answer["from"]) == ("customer", practice.app("primary"))


def test_messenger_knows_no_other_page(practice: PracticeWorld) -> None:
    assert request("GET", f"{practice.start['messenger_url']}/123").status == 404


def test_what_a_person_writes_is_shown_as_text_not_as_html(practice: PracticeWorld) -> None:
    practice.write("<script>alert(1)</script>")
    for address in (f"{practice.start['messenger_url']}/{practice.page_id}", f"{practice.start['livechat_url']}/"):
        assert "<script>alert" not in request("GET", address).text


def test_the_live_chat_answers_closes_and_passes_back(practice: PracticeWorld, browser: Browser) -> None:
    address, person = f"{practice.start['livechat_url']}/", practice.tester
    sight = browser.open(address)
    assert sight.texts[f"state_{person}"].startswith("Flow bot has control")
    form = sight.forms[f"reply_form_{person}"]
    form.set("text", "Hello, this is Sam.")
    sight = browser.send(form)
    assert practice.owner_of() == practice.app("secondary")
    assert sight.texts[f"state_{person}"].startswith("Yours")
    assert practice.thread()["messages"][-1]["text"] == "Hello, this is Sam."
    browser.send(sight.forms[f"pass_back_form_{person}"])
    assert practice.owner_of() == practice.app("primary")
    sight = browser.send(sight.forms[f"close_form_{person}"])
    assert notice(sight).startswith("Facebook refused")
    browser.send(form)
    browser.send(sight.forms[f"close_form_{person}"])
    assert practice.owner_of() is None


def test_the_live_chat_is_refused_where_it_may_not_take_control(practice: PracticeWorld, browser: Browser) -> None:
    settings = browser.open(advanced(practice)).forms["apps_form"]
    settings.tick("take_control", practice.app("secondary"), False)
    browser.send(settings)
    form = browser.open(f"{practice.start['livechat_url']}/").forms[f"reply_form_{practice.tester}"]
    assert notice(browser.send(form)).startswith("Facebook refused")
    assert practice.owner_of() == practice.app("primary")


def test_metas_ai_is_switched_off_in_business_suite(practice: PracticeWorld, browser: Browser) -> None:
    practice.scenario("meta-ai-first")
    practice.write("Hello")
    assert practice.owner_of() == practice.app("meta_ai")
    form = browser.open(f"{practice.start['business_url']}/latest/business_ai/instructions").forms["agent_form"]
    after = browser.send(form)
    assert after.texts["state"].strip() == "It is off."
    practice.clock(25 * 3600)
    practice.write("Hello again")
    assert practice.owner_of() == practice.app("primary")


def test_the_page_inbox_takes_control_by_itself(practice: PracticeWorld, browser: Browser) -> None:
    form = browser.open(f"{practice.start['business_url']}/latest/inbox").forms[f"reply_form_{practice.tester}"]
    form.set("text", "Hello from the shop")
    browser.send(form)
    assert practice.owner_of() == practice.app("page_inbox")


@pytest.mark.parametrize("site", ["facebook", "platform", "livechat", "messenger", "control", "graph", "developers"])
def test_every_site_has_its_own_secret_and_refuses_another_host(practice: PracticeWorld, site: str) -> None:
    address = str(practice.start[f"{site}_url"])
    paths = {
        "facebook": "/settings",
        "control": "/world",
        "graph": "/me",
        "developers": "/tools/explorer",
        "messenger": f"/{practice.page_id}",
    }
    url = address + paths.get(site, "/")
    assert request("GET", url).status in (200, 400)
    assert request("GET", url, headers={"Host": "evil.example"}).status == 403
    root, _, secret = address.rpartition("/")
    assert len(secret.removesuffix(f"-{site}")) >= 24
    assert request("GET", url.replace(secret, f"{'0' * 24}-{site}")).status == 404
    assert request("GET", root + "/").status == 404
    assert "access-control-allow-origin" not in request("GET", url).headers


def test_secrets_differ_from_site_to_site(practice: PracticeWorld) -> None:
    sites = [value for key, value in practice.start.items() if key.endswith("_url")]
    assert len({site.rpartition("/")[2].partition("-")[0] for site in sites}) == len(sites) == 10


def test_the_small_browser_stays_in_the_practice_world(browser: Browser) -> None:
    with pytest.raises(LinkRefused):
        browser.open("https://www.facebook.com/settings")


def test_every_field_of_a_site_has_a_label(practice: PracticeWorld) -> None:
    addresses = (
        routing(practice),
        advanced(practice),
        f"{practice.start['platform_url']}/",
        f"{practice.start['livechat_url']}/",
        f"{practice.start['developers_url']}/tools/explorer",
        f"{practice.start['messenger_url']}/{practice.page_id}",
    )
    for address in addresses:
        html = request("GET", address).text
        labelled = {part.partition('"')[0] for part in html.split('<label for="')[1:]}
        labelled |= {part.partition('"')[0] for part in html.split('<label class="inline" for="')[1:]}
        for tag in ("<input type=", "<select ", "<textarea "):
            for part in html.split(tag)[1:]:
                field = part.partition(">")[0]
                if "hidden" not in field:
                    assert field.partition('id="')[2].partition('"')[0] in labelled, (address, field)
