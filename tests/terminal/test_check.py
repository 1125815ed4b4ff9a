"""`check` by the real program: where set-ups and tokens come from, what becomes of bad files, where reports go."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.pipes import named_pipe
from tests.simulator.world import PracticeWorld
from tests.terminal.program import Ended, Program

OTHER_PAGE = "118400007310087"
NO_ROLE_PAGE = "118400051170609"  # "Lumen Coffee 07", where the person may not do enough


def set_up(world: PracticeWorld, **changes: Any) -> dict[str, Any]:
    content = {
        "page_id": world.page_id,
        "page_name": "Lumen Coffee",
        "bot": {"id": world.app("primary")},
        "live_chat": {"id": world.app("secondary")},
        "saved_at": 1_790_000_000.0,
        "app_id": world.app("secondary"),
        "saved_how": "confirmed",
        **changes,
    }
    return {"version": 1, "kind": "handover-setup", "content": content}


def write(path: Path, content: dict[str, Any]) -> str:
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def check(program: Program, world: PracticeWorld, *more: str, token: str = "page") -> Ended:
    where = ("--practice-at", world.control_url, "--token-env", "PAGE_TOKEN")
    return program.run("check", *where, *more, PAGE_TOKEN=world.token(token))


def states(ended: Ended, at: int = 0) -> dict[str, str]:
    page = json.loads(ended.said)["pages"][at]
    return {verdict["check"]: verdict["state"] for verdict in page["verdicts"]}


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


def test_facts_need_no_token(program: Program, world: PracticeWorld, tmp_path: Path) -> None:
    ended = check(program, world, "--facts", str(tmp_path / "a.facts.json"))
    assert ended.code == 2
    assert "leave those out" in ended.complained


# Facts


def test_facts_are_judged_without_the_network(program: Program, world: PracticeWorld, tmp_path: Path) -> None:
    facts = str(tmp_path / "a.facts.json")
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    seen = check(program, world, *apps, "--look-at-conversations", "--save-facts", facts, "--format", "json")
    # Whatever opens a socket in this process fails: the module that is loaded first forbids it.
    (tmp_path / "sitecustomize.py").write_text(
        "import socket\n\ndef refuse(*_given, **_named):\n    raise SystemExit('a socket was opened')\n\n"
        "socket.socket = refuse\nsocket.getaddrinfo = refuse\n",
        encoding="utf-8",
    )
    again = program.run("check", "--facts", facts, "--format", "json", PYTHONPATH=str(tmp_path))
    assert again.code == seen.code == 0, again.complained
    assert states(again) == states(seen)


def test_facts_of_several_pages_get_a_file_each(program: Program, world_process: PracticeWorld, tmp_path: Path) -> None:
    world = world_process.scenario("sixty-pages")
    files = [
        write(tmp_path / f"{page}.handover.json", set_up(world, page_id=page)) for page in (world.page_id, OTHER_PAGE)
    ]
    check(program, world, *files, "--save-facts", str(tmp_path / "seen.facts.json"), token="user")
    saved = sorted(path.name for path in tmp_path.glob("seen*"))
    assert saved == [f"seen-{world.page_id}.facts.json", f"seen-{OTHER_PAGE}.facts.json"]


def test_facts_of_two_set_ups_of_one_page_get_a_file_each(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    files = [
        write(tmp_path / "a.handover.json", set_up(world)),
        write(tmp_path / "b.handover.json", set_up(world, app_id=world.app("third"))),
        write(tmp_path / "c.handover.json", set_up(world)),
    ]
    check(program, world, *files, "--save-facts", str(tmp_path / "seen.facts.json"))
    saved = {path.name: json.loads(path.read_text("utf-8")) for path in tmp_path.glob("seen*")}
    own = world.page_id
    assert set(saved) == {f"seen-{own}.facts.json", f"seen-{own}-2.facts.json", f"seen-{own}-3.facts.json"}
    assert saved[f"seen-{own}-2.facts.json"]["content"]["answers"]["saved_app_id"] == world.app("third")


def test_a_bad_facts_file_is_named_and_the_others_are_judged(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    good, bad = str(tmp_path / "a.facts.json"), tmp_path / "b.facts.json"
    check(program, world, "--save-facts", good)
    bad.write_bytes(Path(good).read_bytes()[:-200])
    ended = program.run("check", "--facts", good, "--facts", str(bad), "--format", "json")
    assert ended.code == 2
    assert "b.facts.json” stops in the middle" in ended.complained
    assert len(json.loads(ended.said)["pages"]) == 1


# Reports


@pytest.mark.parametrize(
    ("form", "start"),
    [("text", "! Lumen Coffee"), ("json", "{"), ("markdown", "#"), ("html", "<!"), ("junit", "<?xml")],
)
def test_a_report_comes_in_each_form_and_whole(
    program: Program, world: PracticeWorld, tmp_path: Path, form: str, start: str
) -> None:
    shown = check(program, world, "--format", form)
    assert shown.said.lstrip().startswith(start)
    file = tmp_path / "report"
    told = check(program, world, "--format", form, "-o", str(file))
    assert told.said == ""
    assert file.read_text("utf-8").lstrip().startswith(start)
    assert str(file) in told.complained


def test_a_report_replaces_an_older_one_and_keeps_its_rights_and_its_link(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old")
    real.chmod(0o644)
    link.symlink_to(real)
    check(program, world, "--format", "json", "-o", str(link))
    assert link.is_symlink()
    assert json.loads(real.read_text("utf-8"))["pages"]
    assert stat.S_IMODE(real.stat().st_mode) == 0o644


@pytest.mark.skipif(os.name != "posix", reason="pipes of Unix")
def test_a_report_goes_through_a_pipe_and_facts_never_take_its_place(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    with named_pipe(tmp_path / "pipe") as content:
        assert check(program, world, "-o", str(tmp_path / "pipe")).code == 0
        assert "Lumen Coffee" in content().decode()
        ended = check(program, world, "--save-facts", str(tmp_path / "pipe"))
        assert ended.code == 2
        assert "There is a device or a pipe of this name." in ended.complained


@pytest.mark.skipif(os.name != "posix", reason="a pipe of a shell")
def test_a_reader_that_leaves_ends_nothing_badly(program: Program, world: PracticeWorld) -> None:
    arguments = ("check", "--practice-at", world.control_url, "--token-env", "PAGE_TOKEN", "--format", "json")
    with program.started(*arguments, PAGE_TOKEN=world.token()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.wait(30) == 0
        assert "Traceback" not in process.stderr.read()


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
