"""Window and terminal show the same test: the same lines in the same order, the same end, the same sentence of who has
control, and the same open tests are theirs to restore."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.faces.faces import JOURNAL, Case, at_the_terminal, give_second, in_the_window
from tests.simulator.world import PracticeWorld
from tests.terminal.program import Program
from tests.ui.handover_stage import window_at_test
from tests.ui.harness import WAIT
from tests.ui.set_up import new_session, ready
from tests.waiting import wait_until
from wizard.actions.session import Session
from wizard.core.answers import Answers, TokenOwner
from wizard.core.facts import Control
from wizard.core.pending import PendingTest, TrialPart
from wizard.store.entry_lock import let_go
from wizard.store.journal import FileJournal
from wizard.ui.pages.handover_test.stage import Stage

# The platform without a screen warns about what it cannot do; nothing is wrong with the program.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TAKE = "POST me/take_thread_control"

CASES = {
    "all is well": Case("happy-routing"),
    "another app got it": Case("wrong-id-saved", saves="third"),
    "the bot may not take": Case("take-refused"),
    "the bot may not take it back": Case("take-refused-when-held"),
    "the live chat gives it back": Case("take-refused-when-held", has_second=True),
    "with the live chat's token": Case("token-of-live-chat", owner=TokenOwner.LIVE_CHAT),
    "with the live chat's token and the bot's": Case("happy-routing", owner=TokenOwner.LIVE_CHAT, has_second=True),
    "who has it is hidden": Case("happy-routing", thread_owner="hidden"),
    # Left out: what differs before the test already.
    **{
        name: Case(name)
        for name in (
            *("happy-legacy", "no-default-app", "social-route-elsewhere", "other-app-answers", "inbox-takes-over"),
            *("ai-holds", "owner-hidden", "request-lies", "passes-back-at-once", "bot-takes-back", "staff-replies"),
            *("answer-lost", "app-not-subscribed", "bot-never-hands-over", "code-buried", "fields-missing"),
            *("bot-talks-beside", "bot-talks-over", "meta-ai-first", "meta-ai-first-newer", "meta-ai-half"),
        )
    },
}


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """With the short waits of the window beside it: what is shown is compared, not when."""
    return Program(tmp_path / "home", is_hurried=True)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_test_is_shown_in_one_order_and_ends_alike(
    case: Case, program: Program, world: PracticeWorld, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = at_the_terminal(program, world, case)
    window = in_the_window(qtbot, monkeypatch, world, case)
    assert terminal.parts
    assert terminal.lines == window.lines
    assert terminal == window


def test_a_second_token_gives_back_what_the_bot_may_not_take(program: Program, world: PracticeWorld) -> None:
    without = at_the_terminal(program, world, CASES["the bot may not take it back"])
    assert without.parts[-1][2] == "not_back"
    assert without.owner == world.app("secondary")
    again = Program(program.home / "again", is_hurried=True)
    with_second = at_the_terminal(again, world, CASES["the live chat gives it back"])
    assert with_second.owner == world.app("primary")
    assert with_second.entries == 0


# What an earlier run left.


def left_open(world: PracticeWorld, session: Session, answers: Answers) -> PendingTest:
    """The entry of a test that died after its pass."""
    bot, live_chat = answers.pair
    now = float(world.world()["time"])
    return PendingTest(
        id="left",
        graph=session.world.graph,
        page_id=world.page_id,
        page_name=world.start["page"]["name"],
        psid=world.tester,
        token_app_id=bot.id,
        bot=bot,
        live_chat=live_chat,
        part=TrialPart.FACEBOOK_ALLOWS,
        start=Control.APP,
        start_app_id=bot.id,
        opened_at=now - 2,
        passed_at=now,
        shows_others=True,
        token_name=answers.token_name,
    )


def write_for(program: Program, entry: PendingTest) -> Path:
    """As a program that has died leaves it: nobody holds it."""
    folder = program.home.joinpath(*JOURNAL)
    FileJournal(folder).write(entry)
    let_go(folder / f"{entry.id}.lock")
    return folder / f"{entry.id}.json"


HOLDERS: dict[str, tuple[Case, Callable[[PracticeWorld], object], str]] = {
    "the live chat": (
        Case("happy-routing"),
        lambda world: world.control_of("pass", target_app_id=world.app("secondary")),
        "Support Desk has the conversation",
    ),
    "a third app": (
        Case("happy-routing"),
        lambda world: world.control_of("pass", target_app_id=world.app("third")),
        "Order Robot has the conversation",
    ),
    "nobody": (
        Case("happy-routing"),
        lambda world: world.control_of("release"),
        "Nobody has the conversation, or Facebook does not show it",
    ),
    "hidden": (
        Case("happy-routing", thread_owner="hidden"),
        lambda world: world.control_of("pass", target_app_id=world.app("secondary")),
        "Another app has the conversation; Facebook does not show which",
    ),
    "unreadable": (
        Case("happy-routing", thread_owner="refused"),
        lambda world: None,
        "Facebook did not tell who has the conversation",
    ),
}


@pytest.mark.parametrize(("case", "moves", "sentence"), HOLDERS.values(), ids=HOLDERS)
def test_who_has_control_is_one_sentence(
    case: Case,
    moves: Callable[[PracticeWorld], object],
    sentence: str,
    program: Program,
    world: PracticeWorld,
    qtbot: QtBot,
) -> None:
    case.prepare(world)
    session = new_session(world)
    answers = ready(session, world)
    entry = left_open(world, session, answers)
    moves(world)
    write_for(program, entry)
    listed = program.run("recover", "--practice-at", world.control_url, "--token-env", "T", "--list", T=world.token())
    assert sentence in listed.said.splitlines()
    session.journal.write(entry)
    window = window_at_test(qtbot, session, world, answers)
    window.open_recovery()
    lines = {item.id: item.title for item in window.recovery.facts.lines.items()}
    assert lines["owner"] == sentence


def test_a_second_token_helps_a_recovery(program: Program, world: PracticeWorld, qtbot: QtBot) -> None:
    case = CASES["the live chat gives it back"]
    recover = ("recover", "--practice-at", world.control_url, "--token-env", "T", "--yes")

    def leave() -> tuple[Session, Answers, PendingTest]:
        case.prepare(world)
        session = new_session(world)
        answers = ready(session, world)
        entry = left_open(world, session, answers)
        assert world.control_of("take").status == 200
        assert world.control_of("pass", target_app_id=world.app("secondary")).status == 200
        return session, answers, entry

    _session, _answers, entry = leave()
    path = write_for(program, entry)
    assert program.run(*recover, T=world.token()).code == 4
    wrong = program.run(*recover, "--other-token-env", "O", T=world.token(), O=world.token("third_app_page"))
    assert (wrong.code, path.exists()) == (4, True)
    assert "The second token is for another Page or another app." in wrong.said
    ended = program.run(*recover, "--other-token-env", "O", T=world.token(), O=world.token("secondary_page"))
    assert (ended.code, world.owner_of(), path.exists()) == (0, world.app("primary"), False)

    session, answers, entry = leave()
    give_second(session, world, case)
    session.journal.write(entry)
    window = window_at_test(qtbot, session, world, answers)
    window.open_recovery()
    window.begin()
    window.qtbot.waitUntil(lambda: not session.pending_tests(), timeout=WAIT)
    assert not window.recovery.question.isVisible()
    assert world.owner_of() == world.app("primary")


def test_after_an_interruption_only_the_test_of_this_page_app_and_person_is_restored(
    program: Program, world: PracticeWorld, qtbot: QtBot
) -> None:
    """Another app's test of the same person stays: it needs that app's token."""
    case = Case("happy-routing")

    def hangs_after_the_pass() -> None:
        case.prepare(world)
        world.fault(TAKE, "timeout", every=2)  # the taking back hangs, the probe's take did not

    def waits() -> None:
        wait_until(lambda: world.calls().count(TAKE) == 2, "the taking back hangs")

    session = new_session(world)
    case.prepare(world)
    answers = ready(session, world)
    strangers = replace(
        left_open(world, session, answers), id="strangers", token_app_id=world.app("third"), token_name="nobody's"
    )

    hangs_after_the_pass()
    given = ("--token-env", "T", "--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    confirmed = ("--confirm-roles", "--confirm-saved", "--consent", "--test-conversation", world.tester)
    with program.started("setup", "--practice-at", world.control_url, *given, *confirmed, T=world.token()) as process:
        waits()
        path = write_for(program, strangers)
        process.terminate()
        said, _complained = process.communicate(timeout=30)
    assert said.count("Bringing the conversation back") == 1
    assert "The conversation is back." in said
    assert list(path.parent.glob("*.json")) == [path]

    hangs_after_the_pass()
    window = window_at_test(qtbot, session, world, answers)
    window.find()
    window.begin()
    window.qtbot.waitUntil(lambda: world.calls().count(TAKE) == 2, timeout=WAIT)
    session.journal.write(strangers)
    window.press_second()
    window.until_stage(Stage.READY)
    assert "not back" not in window.page.over.notice.title()
    assert world.owner_of() == world.app("primary")
    assert list(session.pending_tests()) == [strangers]
