"""Sessions on a practice world, and answers that are as far as a test wants."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

from tests.simulator.world import PracticeWorld
from tests.ui.harness import STARTED, MachineClock
from wizard.actions.practice import join_practice
from wizard.actions.session import Session
from wizard.core.answers import Answers, SavedHow, TokenOwner, with_changes
from wizard.core.cancel import CancelToken
from wizard.core.facts import App
from wizard.core.secret import Secret
from wizard.core.target import TargetChoice
from wizard.store.places import Places


def new_session(world: PracticeWorld, has_log_in: bool = False) -> Session:
    """A session with folders and a vault of its own. has_log_in: with the log-in file of the practice world."""
    name = f"handover-test-{uuid.uuid4().hex}"
    here = join_practice(world.control_url).world
    return Session(here if has_log_in else here._replace(log_in=""), Places(name), MachineClock())


def session_in(world: PracticeWorld, scenario: str) -> Session:
    world.scenario(scenario)
    return new_session(world)


def session_in_life(world: PracticeWorld) -> Session:
    """A session on the practice world that takes it for the real Facebook: no practice label, no simulated owner."""
    session = new_session(world)
    session.world = session.world._replace(control="", label="")
    return session


def logged_in(session: Session, world: PracticeWorld, owner: TokenOwner = TokenOwner.BOT) -> Answers:
    """Paste the token of the bot (or of the live chat), say whose it is, choose both apps; before any setting."""
    name = "page" if owner is TokenOwner.BOT else "secondary_page"
    opened = session.open_token(Secret(world.token(name)), None, CancelToken())
    session.tokens.keep(opened, remember=False)
    answers = with_changes(session.accept(opened, STARTED), token_owner=owner)
    return with_changes(answers, bot=app_of(world, "primary"), live_chat=app_of(world, "secondary"))


def ready(session: Session, world: PracticeWorld, owner: TokenOwner = TokenOwner.BOT) -> Answers:
    """Every step before the test is done, with the right App ID saved in the bot."""
    return saved(logged_in(session, world, owner))


def saved(answers: Answers) -> Answers:
    """The settings on Facebook are done, and the live chat's App ID is in the bot."""
    live_chat = answers.live_chat
    assert live_chat is not None
    answers = with_changes(answers, roles_confirmed=frozenset({"done"}), target=TargetChoice("flow-ai"))
    answers = with_changes(answers, saved_app_id=live_chat.id)
    return with_changes(answers, saved_how=SavedHow.CONFIRMED)


def without_token(world: PracticeWorld) -> Answers:
    page = world.start["page"]
    return replace(
        STARTED,
        page_id=page["id"],
        page_name=page["name"],
        token_owner=TokenOwner.NONE,
        bot=app_of(world, "primary"),
        live_chat=app_of(world, "secondary"),
    )


def app_of(world: PracticeWorld, role: str) -> App:
    told: Mapping[str, str] = world.start["apps"][role]
    return App(str(told["id"]), told["name"])
