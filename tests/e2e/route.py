"""What a shop owner does at each step, in the wizard and in the browser. Each function begins and ends on a page."""

from tests.e2e.browser import Browser
from tests.e2e.screen import Screen, copied
from tests.simulator.world import PracticeWorld


def begin(screen: Screen) -> None:
    screen.wait_for_title("Connect your bot and your live chat", 30)
    screen.click("push button", "Start")
    for question, name in (("Which bot", "Flow.ai"), ("Which live chat", "Support Desk")):
        screen.wait_for_title(question)
        screen.click("radio button", name)
    screen.wait_for_title("Log in")


def log_in(screen: Screen, browser: Browser, world: PracticeWorld) -> None:
    """Get a token on the page that the wizard opens, and paste it."""
    screen.click("radio button", "I have a token")
    screen.click("push button", "Get a token on Facebook")
    browser.see(world.start["developers_url"], "get_token")
    browser.choose("app", world.app("primary"))
    browser.choose("kind", "page")
    browser.choose("page", world.page_id)
    browser.press("get_token")
    token = browser.text_of("token")
    assert token == world.token("page")
    screen.paste_into("password text", "Page access token", token)
    screen.wait_for_words("Guessed from its name.")
    screen.click("push button", "Next")


def log_in_with_facebook(screen: Screen, browser: Browser, world: PracticeWorld) -> None:
    """One button, and one in the browser. The vendor's file says which app is the bot and which the live chat."""
    screen.click("push button", "Log in with Facebook (Flow bot)")
    browser.see(world.start["facebook_url"], "dialog_form")
    browser.press("allow")
    screen.wait_for_words("Logged in to ")
    browser.wait_for_words("Facebook’s answer has arrived")
    screen.click("push button", "Next")
    screen.wait_for_title("Which app")
    screen.click("push button", "Next")


def choose_apps(screen: Screen, browser: Browser, world: PracticeWorld) -> None:
    """The bot is known by its token; the live chat's App ID comes from Facebook's list of connected apps."""
    screen.wait_for_title("Which app")
    screen.click("radio button", "Type its App ID")
    screen.paste_into("text", "App ID of Support Desk", world.app("secondary"))  # it is checked at once
    screen.wait_for("radio button", "Support Desk")
    screen.click("push button", "Next")


def let_bot_answer_first(browser: Browser, world: PracticeWorld) -> None:
    """On Facebook, whose settings the wizard has just opened."""
    browser.see(world.start["facebook_url"], "routing_form")
    browser.choose("default_app", world.app("primary"))
    browser.press("save")


def find_live_chat(screen: Screen, browser: Browser, world: PracticeWorld) -> None:
    """Without any number: the tester writes, somebody answers from the live chat, and the wizard names it."""
    screen.wait_for_title("Which app")
    screen.click("push button", "Open the practice Messenger on this computer")
    browser.see(world.start["messenger_url"], "send")
    browser.press("send")
    screen.click("push button", "Look for my message")
    screen.click("push button", "Open the live chat")
    browser.see(world.start["livechat_url"], f"reply_{world.tester}")
    browser.write(f"reply_{world.tester}", "Hello, this is Sam.")
    browser.press(f"send_{world.tester}")
    screen.click("push button", "Open this setting on Facebook")  # Facebook names it only to the default app
    let_bot_answer_first(browser, world)
    screen.click("push button", "Yes, this is my live chat")
    screen.click("push button", "Next")


def choose_who_answers_first(screen: Screen, browser: Browser, world: PracticeWorld) -> None:
    screen.wait_for_title("Let ")
    screen.click("push button", "Open on Facebook")
    let_bot_answer_first(browser, world)
    browser.wait_for_text("notice", "Saved")
    browser.press("tab_advanced")
    browser.tick(f"take_control_{world.app('primary')}")
    browser.press("save")
    browser.wait_for_text("notice", "Saved")
    page = world.world()["page"]
    assert page["default_app"] == world.app("primary")
    assert page["take_allowed"] == [world.app("primary")]
    screen.click("push button", "Done, next")
    for _more in ("take the chat back", "no other app"):  # both were done while the browser was there
        screen.click("push button", "I looked: it is done")


def save_in_bot(screen: Screen, browser: Browser, world: PracticeWorld) -> None:
    screen.wait_for_title("Tell your bot who takes over")
    screen.click("push button", "Copy it and open your bot")
    browser.see(world.start["platform_url"], "secondary_receiver")
    browser.write("secondary_receiver", copied())
    browser.press("save")
    browser.wait_for_text("notice", "saved")
    assert world.world()["platform"]["secondary_receiver"] == world.app("secondary")
    screen.click("push button", "I have saved it")


def set_up(screen: Screen, browser: Browser, world: PracticeWorld) -> None:
    """Steps 0 to 5."""
    begin(screen)
    log_in(screen, browser, world)
    choose_apps(screen, browser, world)
    choose_who_answers_first(screen, browser, world)
    save_in_bot(screen, browser, world)


def send_code_by_phone(screen: Screen, browser: Browser, world: PracticeWorld) -> None:
    """As most people do it: the phone opens the conversation, and sends the text that the wizard shows."""
    code = screen.wait_for_words("Handover test ")
    browser.visit(f"{world.start['messenger_url']}/{world.page_id}")
    browser.see(world.start["messenger_url"], "send")
    browser.write("text", code)
    browser.press("send")
    screen.click("push button", "I have sent it")
    screen.wait_for_words("Found your conversation")


def send_code_by_link(screen: Screen, browser: Browser, world: PracticeWorld) -> None:
    """The wizard opens Messenger on this computer with the text in it."""
    screen.click("push button", "Open the practice Messenger on this computer")
    browser.see(world.start["messenger_url"], "send")
    assert browser.text_of("text").startswith("Handover test ")
    browser.press("send")
    screen.wait_for_words("Found your conversation")


def run_test_until_the_bot_is_asked(screen: Screen, browser: Browser) -> None:
    """Part A goes by itself; the message with the code showed already that the bot answers first."""
    screen.click("push button", "Start the test")
    screen.wait_for_words("Now write what makes your bot hand over", 40)


def ask_for_human(browser: Browser) -> None:
    browser.write("text", "human")
    browser.press("send")


def write_once_more(screen: Screen, browser: Browser) -> None:
    """While a person has control the bot must stay silent, which is watched for some seconds."""
    screen.wait_for_words("Your bot must stay silent now", 40)
    browser.write("text", "Are you there?")
    browser.press("send")


def run_test(screen: Screen, browser: Browser) -> None:
    run_test_until_the_bot_is_asked(screen, browser)
    ask_for_human(browser)
    write_once_more(screen, browser)
    screen.wait_for("push button", "Next", seconds=60)


def finish(screen: Screen) -> str:
    """Return the sentence that says what was proved."""
    screen.click("push button", "Next")
    screen.wait_for_title("Your bot hands over to your live chat")
    return screen.wait_for_words("Proved on ")


def bring_back_what_was_left(screen: Screen, world: PracticeWorld) -> None:
    """After a crash: from the offer on Welcome to the sentence that it is back. The token was not remembered."""
    screen.wait_for_words("A test conversation was left open", 30)
    screen.click("push button", "Bring it back")
    screen.click("password text", "Page access token")
    screen.paste_into("password text", "Page access token", world.token("page"))
    screen.wait_for_words("Support Desk has the conversation")
    screen.wait_for_words("Last message")
    if screen.find("check box", "I agree"):  # the bot's last words may be of the very second of the handover
        screen.click("check box", "I agree")
    screen.click("push button", "Bring it back")
    screen.wait_for_words("Flow bot has the conversation again")
