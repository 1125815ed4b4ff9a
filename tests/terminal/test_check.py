"""`check` by the real program: where set-ups and tokens come from, what becomes of bad files, and its codes."""

import json
from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.checking import OTHER_PAGE, check, set_up, states, write
from tests.terminal.program import Program

NO_ROLE_PAGE = "118400051170609"  # "Lumen Coffee 07", where the person may not do enough


def test_whose_app_it_is_can_be_said_by_an_option_that_is_named(program: Program, world: PracticeWorld) -> None:
    bot = world.app("primary")
    assert f"Say it with --bot {bot} or --live-chat {bot}." in check(program, world).said
    assert "Say it with" not in check(program, world, "--bot", bot).said


# Set-ups


def test_a_saved_set_up_is_checked_with_its_apps_and_its_app_id(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    ended = check(program, world, write(tmp_path / "a.handover.json", set_up(world)), "--format", "json")
    assert ended.code == 0
    found = states(ended)
    assert (found["token.owner"], found["target.saved"], found["roles.distinct"]) == ("ok", "unknown", "ok")


def test_what_the_test_of_a_set_up_proved_stands_in_a_check_and_in_its_facts(
    program: Program, hurried: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    where = ("--practice-at", world.control_url)
    assert hurried.run("setup", *where, "--owner", "simulated", "--consent", "--yes").code == 0
    facts = str(tmp_path / "a.facts.json")
    checked = program.run("check", *where, "--look-at-conversations", "--format", "json", "--save-facts", facts)
    judged = program.run("check", "--facts", facts, "--format", "json")
    proved = ["routing.default_app", "routing.take_control", "routing.answers_first", "target.saved"]
    proved += ["handover.facebook_allows", "handover.bot_does"]
    for found in (states(checked), states(judged)):
        assert [found[check] for check in proved] == ["ok"] * len(proved)
    assert "Proved by a test on " in program.run("check", "--facts", facts).said
    assert world.tester not in (tmp_path / "a.facts.json").read_text("utf-8")


def test_a_wrong_app_id_in_a_set_up_is_a_problem(program: Program, world: PracticeWorld, tmp_path: Path) -> None:
    wrong = write(tmp_path / "a.handover.json", set_up(world, app_id=world.app("third")))
    ended = check(program, world, wrong)
    assert ended.code == 1
    assert "which is not the live chat’s" in ended.said
    assert "Save the App ID of the live chat in the bot." in ended.said


def test_without_a_file_the_set_up_saved_for_the_page_is_checked(program: Program, world: PracticeWorld) -> None:
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    where = ("--practice-at", world.control_url, "--token-env", "PAGE_TOKEN", *apps)
    program.run("setup", *where, "--confirm-roles", "--confirm-saved", PAGE_TOKEN=world.token())
    ended = check(program, world, "--format", "json")
    assert states(ended)["target.saved"] == "unknown", "confirmed by the person only"


def test_options_change_what_the_set_up_says(program: Program, world: PracticeWorld, tmp_path: Path) -> None:
    file = write(tmp_path / "a.handover.json", set_up(world))
    ended = check(program, world, file, "--live-chat", world.app("primary"), "--format", "json")
    assert states(ended)["roles.distinct"] == "problem"


def test_a_set_up_can_be_looked_at_without_a_token(program: Program, world: PracticeWorld, tmp_path: Path) -> None:
    file = write(tmp_path / "a.handover.json", set_up(world))
    world.forget_requests()
    where = ("--practice-at", world.control_url)
    ended = program.run("check", *where, "--no-token", file, "--format", "json")
    assert ended.code == 3, "nothing was found out"
    assert states(ended)["token.valid"] == "not_checked"
    assert world.requests() == []


def test_a_users_token_opens_every_page_that_a_set_up_names(
    program: Program, world_process: PracticeWorld, tmp_path: Path
) -> None:
    world = world_process.scenario("sixty-pages")
    first = write(tmp_path / "a.handover.json", set_up(world))
    second = write(tmp_path / "b.handover.json", set_up(world, page_id=OTHER_PAGE))
    foreign = write(tmp_path / "c.handover.json", set_up(world, page_id="100000000000001"))
    ended = check(program, world, first, second, foreign, "--format", "json", token="user")
    pages = json.loads(ended.said)["pages"]
    assert {page["page"]["id"] for page in pages} == {world.page_id, OTHER_PAGE}
    assert "c.handover.json" in ended.complained
    assert {"page.task": "ok"}.items() <= states(ended).items()


def test_a_page_that_is_listed_without_access_gets_the_reason_by_name_and_by_set_up(
    program: Program, world_process: PracticeWorld, tmp_path: Path
) -> None:
    world = world_process.scenario("sixty-pages")
    file = write(tmp_path / "a.handover.json", set_up(world, page_id=NO_ROLE_PAGE))
    for more in (("--page", NO_ROLE_PAGE), (file,)):
        ended = check(program, world, *more, "--format", "json", token="user")
        (page,) = json.loads(ended.said)["pages"]
        assert ended.code != 0
        assert page["page"] == {"id": NO_ROLE_PAGE, "name": "Lumen Coffee 07"}
        assert page["not_checked"]["kind"] == "page_access_lost"
        assert "another Page" not in ended.complained


def test_a_users_token_of_several_pages_needs_the_page_named(program: Program, world_process: PracticeWorld) -> None:
    ended = check(program, world_process.scenario("sixty-pages"), token="user")
    assert ended.code == 2
    assert "--page" in ended.complained


@pytest.mark.keyring
def test_a_remembered_token_is_used_without_an_option(program: Program, world: PracticeWorld, tmp_path: Path) -> None:
    file = write(tmp_path / "a.handover.json", set_up(world))
    other = write(tmp_path / "b.handover.json", set_up(world, page_id=OTHER_PAGE))
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    where = ("--practice-at", world.control_url)
    program.run(
        *("setup", *where, "--token-env", "PAGE_TOKEN", "--remember", *apps, "--confirm-roles", "--confirm-saved"),
        PAGE_TOKEN=world.token(),
    )
    ended = program.run("check", *where, file, other, "--format", "json")
    assert ended.code == 2, "no token is remembered for the other Page"
    assert "No token is remembered" in ended.complained
    assert states(ended)["token.valid"] == "ok"
    assert program.run("check", *where, "--remembered").code == 0


# Bad input


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"version": 1, "content": {"page_id": "1', "stops in the middle"),
        (b"Dear support, it does not work", "was not saved by this program"),
        (b'{"version": 9, "content": {}}', "newer version"),
        (b'{"version": 1, "content": {"page_id": 7}}', "$.content.page_id"),
        (b'{"version": 1, "kind": "handover-facts", "content": {}}', "for something else"),
    ],
    ids=["truncated", "no JSON", "future", "wrong value", "facts"],
)
def test_a_bad_file_is_named_with_its_mistake_and_the_others_are_checked(
    program: Program, world: PracticeWorld, tmp_path: Path, content: bytes, words: str
) -> None:
    bad = tmp_path / "bad.handover.json"
    bad.write_bytes(content)
    good = write(tmp_path / "good.handover.json", set_up(world))
    ended = check(program, world, str(bad), good, "--format", "json")
    assert ended.code == 2
    assert "bad.handover.json" in ended.complained
    assert words in ended.complained
    assert len(json.loads(ended.said)["pages"]) == 1


def test_a_file_of_fifty_megabytes_is_refused_with_the_limit(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    with (tmp_path / "huge.handover.json").open("wb") as file:
        file.truncate(50_000_000)
    ended = check(program, world, str(tmp_path / "huge.handover.json"))
    assert ended.code == 2
    assert "larger than 5 MB" in ended.complained
    assert ended.said == ""


def test_a_set_up_of_another_page_than_the_tokens_says_so(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    ended = check(program, world, write(tmp_path / "a.handover.json", set_up(world, page_id=OTHER_PAGE)))
    assert ended.code == 2
    assert "a.handover.json” is about another Page than the token." in ended.complained


def test_a_token_that_does_not_work_is_told_for_each_set_up(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    files = [
        write(tmp_path / f"{name}.handover.json", set_up(world, page_id=page))
        for name, page in (("a", world.page_id), ("b", OTHER_PAGE))
    ]
    ended = check(program, world, *files, token="expired")
    assert ended.code == 1
    assert ended.said.count("The access token has expired.") >= 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--bot", "flow bot"), "digits only"),
        (("-o", "/nowhere/at/all/report.html"), "There is no folder"),
        (("--page", "1"), "another Page"),
        (("--no-token",), "only once"),
    ],
)
def test_a_wrong_option_is_said_in_a_sentence(
    program: Program, world: PracticeWorld, given: tuple[str, ...], words: str
) -> None:
    ended = check(program, world, *given)
    assert ended.code in (1, 2)
    assert words in ended.complained
    assert ended.said == ""


def test_the_name_of_a_file_stands_where_its_facts_do(program: Program, world: PracticeWorld, tmp_path: Path) -> None:
    """To whoever answers customers it is the ticket."""
    facts = tmp_path / "ticket-4821.facts.json"
    check(program, world, "--save-facts", str(facts))
    told = program.run("check", "--facts", str(facts))
    assert "(ticket-4821.facts.json)" in told.said
    [page] = json.loads(program.run("check", "--facts", str(facts), "--format", "json").said)["pages"]
    assert page["source"] == "ticket-4821.facts.json"


@pytest.mark.parametrize("token", ["", "EAABxyz"])
def test_a_token_of_ours_that_is_none_makes_no_letter(program: Program, world: PracticeWorld, token: str) -> None:
    where = ("--practice-at", world.control_url, "--token-stdin")
    ended = program.run("check", *where, typed=f"{token}\n")
    assert ended.code == 1
    assert "This is on our side: nothing to send." in ended.said
    assert "We checked" not in ended.said


# Codes


def test_the_codes_are_in_the_help(program: Program) -> None:
    said = program.run("check", "--help").said
    for line in (
        "0  no problem",
        "1  a problem",
        "2  wrong usage",
        "3  we could not find out",
        "4  a test of this Page",
    ):
        assert line in said


def test_an_open_test_of_this_page_wins_over_all(
    program: Program, hurried: Program, world_process: PracticeWorld
) -> None:
    world = world_process.scenario("take-refused-when-held")
    at = ("--practice-at", world.control_url, "--owner", "simulated", "--wait", "4")
    assert hurried.run("setup", *at, "--consent", "--yes").code == 4
    facts = program.home / "page.facts.json"
    ended = check(program, world, "--save-facts", str(facts))
    assert ended.code == 4
    assert "handover-wizard recover" in ended.complained
    of_a_file = program.run("check", "--facts", str(facts))  # it may be of another computer, and of an earlier time
    assert of_a_file.code in (0, 1)
    assert "handover-wizard recover" not in of_a_file.complained


def test_a_practice_of_its_own_needs_no_option_at_all(program: Program) -> None:
    ended = program.run("check", "--practice", "social-route-elsewhere", "--look-at-conversations")
    assert ended.code == 1
    assert "Order Robot had control of a conversation" in ended.said
    assert "To send to the customer" in ended.said


# Who really answers


def shares(said: str) -> list[str]:
    """The lines below the heading, without ages."""
    _before, heading, after = said.partition("Who has control of the")
    lines = after.partition("\n\n")[0].splitlines()[1:] if heading else []
    return [line.partition(" (last")[0].strip() for line in lines]


def test_the_newest_conversations_are_grouped_by_who_has_them(program: Program, world: PracticeWorld) -> None:
    world.scenario("meta-ai-half")
    seen = shares(check(program, world, "--look-at-conversations").said)
    assert seen == ["10  Flow bot", "9  most likely Meta’s AI assistant (Meta Business Agent)", "1  nobody"]
    texts = [call for call in world.calls() if "messages" in call]
    assert texts == [], "no text is read"


def test_as_many_conversations_are_looked_at_as_was_said_and_none_unasked(
    program: Program, world: PracticeWorld
) -> None:
    world.scenario("meta-ai-half")
    seen = shares(check(program, world, "--conversations", "12").said)
    assert sum(int(line.split()[0]) for line in seen) == 12
    assert shares(check(program, world).said) == []
