"""Each practice scenario through the whole terminal route: the exit code, and the sentence a person can act on."""

import tomllib
from typing import Any

import pytest

from tests.simulator.world import ROOT, PracticeWorld
from tests.terminal.program import Ended, Program

TESTED = "Handover tested: Flow bot had control, Support Desk got it through the bot, Flow bot has it now."
NO_DEFAULT = "No default app is chosen for this Page, so nobody can take control back."
NOT_SHOWN = "who has this conversation is not shown, so it could not be given back"

# What must stand in the output.
SENTENCES: dict[str, tuple[str, ...]] = {
    "ai-holds": ("Another app has the conversation; Facebook does not show which", NOT_SHOWN),
    "answer-lost": (TESTED,),
    "app-not-subscribed": ("The app of this token is not connected to the Page, so it receives no messages.",),
    "app-token": ("This is an app token with the app's secret in it. Paste a Page token",),
    "batch-refused": (TESTED,),
    "bot-never-hands-over": (
        "Not passed: Flow bot kept the conversation, or got it back at once: no handover was seen. "
        "Flow bot has the conversation again.",
        "Look in your bot: is the App ID saved",
    ),
    "bot-takes-back": ("The conversation returned to Flow bot at once, or never left it.", "Not passed:"),
    "code-buried": ("Your message was not seen. Are you still acting as the Page?", "The test uses the conversation"),
    "development-mode": (TESTED,),
    "fields-missing": ("Your bot does not receive: ", TESTED),
    "flaky": (TESTED,),
    "garbage": ("What came back was not an answer of Facebook.", "If you use a public Wi-Fi"),
    "happy-legacy": (TESTED,),
    "happy-routing": (TESTED,),
    "inbox-takes-over": ("The conversation went to Page Inbox, not to Support Desk.",),
    "missing-permission": ("The token lacks a permission that this step needs.", "pages_messaging"),
    "new-page": (TESTED,),
    "no-conversations": (TESTED,),
    "no-default-app": (f"Not passed: {NO_DEFAULT}", "choose your bot as the default app and save"),
    "no-message-access": ("The test uses the conversation with Robin Tester.", TESTED),
    "other-app-answers": ("Flow bot is not the default app: another app is, or none.", NOT_SHOWN),
    "owner-call-100": ("who has this conversation is not shown", NOT_SHOWN),
    "owner-hidden": ("Another app has the conversation; Facebook does not show which", NOT_SHOWN),
    "passes-back-at-once": ("The conversation returned to Flow bot at once, or never left it.",),
    "proof-required": ("This app accepts calls only with a proof (appsecret_proof).",),
    "request-lies": (f"Not passed: {NO_DEFAULT}",),
    "same-code-twice": ("Which of these conversations is your own? Robin Tester", TESTED),
    "sixty-pages": (TESTED,),
    "slow": (TESTED,),
    "social-route-elsewhere": (
        "Not passed: Order Robot got the first message, not Flow bot.",
        "let the default app and the Social and Link routes point to Flow bot",
    ),
    "staff-replies": (TESTED,),
    "take-refused": (
        "Not passed: Facebook did not let the bot take the conversation.",
        "Switch “Allow this app to take control of conversations” on for Flow bot.",
    ),
    "take-refused-when-held": (
        "The conversation is not back: Support Desk has it.",
        "1. On Facebook, switch “take control” on for Flow bot, then try again.",
        "2. Close the conversation in Support Desk, or let it give it back.",
        "3. Wait until ",
        "Then run “handover-wizard recover”",
    ),
    "throttled": ("There were too many calls in a short time", "Facebook asks to wait 12 minutes."),
    "token-expired": ("The access token has expired.", "Get a new token."),
    "token-of-live-chat": (
        "The token belongs to Support Desk.",
        "Handover tested: Support Desk got the conversation when a person was asked for.",
    ),
    "token-of-third-app": (
        "It belongs to Order Robot, which is neither your bot nor your live chat.",
        "Not proved: You saw the bot hand over to Support Desk.",
    ),
    "token-revoked": ("The access token stopped working because the Facebook password was changed",),
    "user-token": (TESTED,),
    "wrong-id-saved": (
        "Facebook lets the conversation go to Support Desk. Now it is the turn of your bot.",
        "Not passed: The conversation went to Order Robot, not to Support Desk. Flow bot has the conversation again.",
        "Compare the App ID saved in your bot with the App ID of Support Desk: 538127490663815.",
    ),
}


def scenarios() -> dict[str, Any]:
    """Every scenario's data by its name."""
    return {
        path.stem: tomllib.loads(path.read_text("utf-8")) for path in (ROOT / "resources" / "scenarios").glob("*.toml")
    }


def set_up(program: Program, world: PracticeWorld, scenario: str, *more: str, timeout: float = 100) -> Ended:
    world.scenario(scenario)
    at = ("--practice-at", world.control_url, "--owner", "simulated", "--wait", "4")
    return program.run("setup", *at, "--consent", "--yes", *more, timeout=timeout)


def test_every_scenario_has_its_sentence() -> None:
    assert set(SENTENCES) == set(scenarios())


@pytest.mark.parametrize("scenario", sorted(SENTENCES))
def test_a_set_up_says_what_is_wrong_and_ends_with_its_code(
    scenario: str, program: Program, world_process: PracticeWorld
) -> None:
    ended = set_up(program, world_process, scenario)
    for sentence in SENTENCES[scenario]:
        assert sentence in ended.said
    assert ended.code == scenarios()[scenario]["exit_code"], ended.said
    assert {call["token_in"] for call in world_process.requests()} <= {"header", "body"}
    if ended.code != 4:
        assert not list((program.home / "state").rglob("open-tests/*")), "a test was left open"


@pytest.mark.parametrize("scenario", ["no-default-app", "take-refused"])
def test_a_refused_probe_stops_before_any_pass(scenario: str, program: Program, world_process: PracticeWorld) -> None:
    ended = set_up(program, world_process, scenario)
    assert ended.code == 1
    calls = world_process.calls()
    assert "POST me/take_thread_control" in calls
    assert "POST me/pass_thread_control" not in calls
    assert "Your bot was not tried: this comes first." in ended.said


def test_a_wrong_app_id_passes_part_a_and_fails_part_b_naming_the_app(
    program: Program, world_process: PracticeWorld
) -> None:
    ended = set_up(program, world_process, "wrong-id-saved")
    facebook_allows, bot_does = ended.said.split("Now it is the turn of your bot.")
    assert "✓ Support Desk has the conversation" in facebook_allows
    assert "✓ Brought back" in facebook_allows
    assert "went to Order Robot" in bot_does
    assert ended.last_line.startswith("Not passed:")


def test_a_refused_take_back_leaves_the_test_open_and_says_the_ways_out_once(
    program: Program, world_process: PracticeWorld
) -> None:
    ended = set_up(program, world_process, "take-refused-when-held")
    assert ended.code == 4
    assert ended.said.count("There are three ways out:") == 1
    assert world_process.owner_of() == world_process.app("secondary")
    assert len(list((program.home / "state").rglob("open-tests/*.json"))) == 1


def test_part_a_costs_eight_calls_at_most(program: Program, world_process: PracticeWorld) -> None:
    assert set_up(program, world_process, "happy-routing").code == 0
    requests = [call for call in world_process.requests() if "thread" in call["call"]]
    changes = [at for at, call in enumerate(requests) if "pass_thread_control" in call["call"]]
    assert len(changes) == 1, "only part A passes by itself"
    # From the first reading to the reading after the take: all that part A needs.
    take_back = next(at for at, call in enumerate(requests) if at > changes[0] and "take_thread" in call["call"])
    part_a = requests[: take_back + 2]
    assert [call["method"] for call in part_a] == ["GET", "POST", "POST", "POST", "GET", "POST", "GET"]
    assert len(part_a) <= 8


def test_the_practice_without_a_display_ends_with_who_had_and_has_control(program: Program) -> None:
    ended = program.run("setup", "--practice", "new-page", "--owner", "simulated", "--consent")
    assert ended.code == 0
    assert ended.last_line == TESTED


def test_in_a_pipe_every_sentence_is_one_line(program: Program, world_process: PracticeWorld) -> None:
    ended = set_up(program, world_process, "take-refused")
    lines = [line.strip() for line in ended.said.splitlines()]
    assert "✗ The bot may take control  (Problem)" in lines
    assert "Facebook refused when Flow bot tried to take control." in lines
    assert "→ Switch “Allow this app to take control of conversations” on for Flow bot." in lines
