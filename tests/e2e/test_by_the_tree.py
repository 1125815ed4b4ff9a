"""The installed program used by somebody who sees only the accessibility tree: by keys alone, and by the tree's own
actions alone. Names are looked up in the catalogue of the language on the screen; what is done on other sites, the
practice world's owner does."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.e2e.hands import Hands, KeyHands, TreeHands
from tests.e2e.screen import copy, open_window
from tests.simulator.world import PracticeWorld
from wizard.core.facts import App, Control
from wizard.core.flow import StepId, StepState
from wizard.i18n import language
from wizard.i18n.language import _
from wizard.words import asking, finished, products, steps, trial

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(420)]


_LANGUAGES = ("en", "de", "ar") if os.environ.get("WIZARD_ALL_LANGUAGES") else ("en",)  # all: make soak


@pytest.fixture(params=_LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    code = str(request.param)
    if language.use(code) != code:
        pytest.skip(f"{code} is not compiled")
    yield code
    language.use("en")


@pytest.fixture(params=[KeyHands, TreeHands])
def kind_of_hands(request: pytest.FixtureRequest) -> type[Hands]:
    kind: type[Hands] = request.param
    return kind


OpenHands = Callable[[], AbstractContextManager[Hands]]


@pytest.fixture
def open_hands(
    kind_of_hands: type[Hands],
    spoken: str,
    new_page: PracticeWorld,
    environment: dict[str, str],
    tmp_path: Path,
    program_path: Path,
) -> OpenHands:
    """A function that opens the program, until the end of a `with` block. Links open in a browser that shows nothing:
    what one does there, the practice world's owner does."""
    applications = Path(environment["XDG_DATA_HOME"]) / "applications"
    applications.mkdir(parents=True)
    (applications / "nothing.desktop").write_text(
        "[Desktop Entry]\nType=Application\nName=Nothing\nExec=true %u\nMimeType=x-scheme-handler/http;\n"
    )
    config = Path(environment["XDG_CONFIG_HOME"])
    config.mkdir(parents=True)
    (config / "mimeapps.list").write_text("[Default Applications]\nx-scheme-handler/http=nothing.desktop\n")

    @contextmanager
    def opened() -> Iterator[Hands]:
        command = [str(program_path), "--practice-at", new_page.control_url]
        with open_window(command, {**environment, "LANGUAGE": spoken}, tmp_path / "log") as screen:
            yield kind_of_hands(screen)

    return opened


@dataclass
class Owner:
    """A shop owner, who goes by the titles of the pages. What happens on other sites, she does there."""

    hands: Hands
    world: PracticeWorld

    def set_up(self, last: str) -> None:
        """From Welcome to the page with this title, by whatever pages there are between."""
        pages = {
            steps.title(StepId.WELCOME): lambda: self.hands.press(_("Start")),
            products.question(is_bot=True): lambda: self.choose_product("Flow.ai"),
            products.question(is_bot=False): lambda: self.choose_product(products.unknown()[0]),
            steps.title(StepId.LOG_IN): self.log_in,
            steps.title(StepId.APPS): self.choose_apps,
            steps.title(StepId.ROLES): self.do_settings,
            steps.title(StepId.APP_ID): lambda: self.hands.press(_("Next")),
            steps.title(StepId.BOT_SETTINGS): self.save_in_bot,
        }
        while (title := self.hands.see_page(*pages, last)) != last:
            pages.pop(title)()

    def choose_product(self, name: str) -> None:
        self.hands.choose(name)
        self.hands.press(_("Next"))

    def log_in(self) -> None:
        self.hands.choose(_("I have a token"))
        self.paste_token(self.world.token("page"))
        self.hands.press(_("Next"))

    def paste_token(self, token: str) -> None:
        copy(token)
        self.hands.press(_("Paste"))

    def choose_apps(self) -> None:
        field = _("App ID of your live chat")
        if not self.hands.sees_field(field):
            self.hands.choose(_("Type its App ID"))
        self.hands.write(field, self.world.app("secondary"))
        self.hands.press(_("Next"))

    def do_settings(self) -> None:
        """One task after the other, until all are done."""
        self.world.instruct("default_app")
        self.world.instruct("take_control_bot")
        title, *after = (steps.title(step) for step in (StepId.ROLES, StepId.APP_ID, StepId.BOT_SETTINGS))
        while self.hands.see_page(title, *after) == title:
            self.hands.press(_("I looked: it is done"), _("Done, next"), _("Next"))
            self.hands.wait_until_at_rest()

    def save_in_bot(self) -> None:
        self.world.instruct("paste_app_id", copied=self.world.app("secondary"))
        self.hands.press(_("I have saved it"))

    def start_test(self) -> None:
        code = re.search(r"Handover test \d+", self.hands.see_words("Handover test "))
        assert code is not None
        link = f"{self.world.start['messenger_url']}/{self.world.page_id}?{urlencode({'text': code.group()})}"
        self.world.instruct("send_code", link=link)
        self.hands.press(_("I have sent it"))
        self.hands.press(_("Start the test"))
        if self.write("say_hello", "ask_for_human") == "say_hello":  # not asked where the bot has just been seen
            self.write("ask_for_human")

    def end_test(self) -> None:
        self.write("write_once_more")
        self.hands.press(_("Next"))

    def write(self, *steps_of_test: str) -> str:
        """Do what the page asks for, one of these; return it."""
        asked = {asking.sentence_for(step, App("")): step for step in steps_of_test}
        step = asked[self.hands.see_one_of(*asked)]
        self.world.instruct(step)
        return step


def test_the_whole_route(open_hands: OpenHands, new_page: PracticeWorld) -> None:
    with open_hands() as hands:
        owner = Owner(hands, new_page)
        owner.set_up(steps.title(StepId.TEST))
        owner.start_test()
        owner.end_test()
        hands.see_page(finished.title(StepState.SEEN))
    assert new_page.owner_of() == new_page.app("primary")


def test_a_page_out_of_sixty_is_picked(open_hands: OpenHands, new_page: PracticeWorld) -> None:
    new_page.scenario("sixty-pages")
    with open_hands() as hands:
        owner = Owner(hands, new_page)
        owner.set_up(steps.title(StepId.LOG_IN))
        hands.choose(_("I have a token"))
        owner.paste_token(new_page.token("user"))
        hands.pick_row("Lumen Coffee")
        hands.press(_("Use this Page"))
        hands.see_words("Lumen Coffee")
        hands.press(_("Next"))
        hands.see_page(steps.title(StepId.APPS))


def test_a_page_is_checked_and_an_error_looked_up_in_help(open_hands: OpenHands, new_page: PracticeWorld) -> None:
    with open_hands() as hands:
        owner = Owner(hands, new_page)
        hands.see_page(steps.title(StepId.WELCOME))
        hands.choose(_("Find out what is wrong"))
        hands.press(_("Open the check"))
        hands.see_page(_("Find out what is wrong"))
        hands.press(_("Use a token…"))
        owner.paste_token(new_page.token("page"))
        hands.see_page("Lumen Coffee")
        hands.press(_("Help"))
        hands.write(_("Paste an error, or say what is wrong"), "(#10) Error 10/2018300")
        hands.press(_("Explain"))
        hands.see_button(_("Copy this text"))
        hands.press(_("Close help"))
        hands.see_page("Lumen Coffee")


def test_a_conversation_that_was_left_is_brought_back(open_hands: OpenHands, new_page: PracticeWorld) -> None:
    with open_hands() as hands:
        owner = Owner(hands, new_page)
        owner.set_up(steps.title(StepId.TEST))
        owner.start_test()
        hands.see_words(asking.sentence_for("write_once_more", App("")))
        hands.screen.kill()
    assert new_page.owner_of() == new_page.app("secondary")
    with open_hands() as hands:
        owner = Owner(hands, new_page)
        hands.see_page(steps.title(StepId.WELCOME))
        hands.press(_("Bring it back"))
        hands.see_page(_("Bring a conversation back"))
        owner.paste_token(new_page.token("page"))
        hands.see_words(trial.who_has_it(Control.APP, App(new_page.app("secondary"), "Support Desk")))
        if (tick := hands.tick()) is not None:  # the bot's last words may be of the very second of the handover
            hands.choose(tick)
        hands.press(_("Bring it back"))
        hands.see_words(_("{app} has the conversation again.").format(app="Flow bot"))
    assert new_page.owner_of() == new_page.app("primary")
