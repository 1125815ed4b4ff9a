"""`check --all-pages` by the real program: reports as they grow, stopping, going on, wrong use."""

import json
import signal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from tests.many.conftest import BROKEN, NO_BOT, NO_FIELD, NO_ROLE
from tests.simulator.world import ROOT, PracticeWorld
from tests.terminal.program import Ended, Program
from tests.waiting import wait_until
from wizard.store.places import PRACTICE, Places


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


@pytest.fixture
def sixty(world_process: PracticeWorld) -> PracticeWorld:
    return world_process.scenario("sixty-pages")


def arguments(world: PracticeWorld, *more: str) -> tuple[str, ...]:
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    return ("check", "--all-pages", "--practice-at", world.control_url, "--token-env", "TOKEN", *apps, *more)


def check(program: Program, world: PracticeWorld, *more: str, token: str = "user") -> Ended:
    return program.run(*arguments(world, *more), TOKEN=world.token(token))


def report(path: Path) -> Any:
    found = json.loads(path.read_text(encoding="utf-8"))
    schema = json.loads((ROOT / "resources/report/check-report.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, schema)
    return found


def ids(found: Any) -> list[str]:
    return [page["page"]["id"] for page in found["pages"]]


def kept(program: Program) -> list[Path]:
    return list((program.home / "state").rglob("*.jsonl"))


def test_every_page_has_a_line_and_what_is_wrong_is_told_once_for_all(program: Program, sixty: PracticeWorld) -> None:
    ended = check(program, sixty)
    lines = ended.said.splitlines()
    assert ended.code == 1
    marks = {line[2:].partition(" (")[0]: line[0] for line in lines[:60]}
    assert len(marks) == 60
    assert {name for name, mark in marks.items() if mark == "✗"} == NO_BOT | NO_FIELD | NO_ROLE | BROKEN
    assert set(marks.values()) == {"✗", "?"}
    assert all("may not answer messages" in line for line in lines[:60] if line[2:].partition(" (")[0] in NO_ROLE)
    assert all("does not work any more" in line for line in lines[:60] if line[2:].partition(" (")[0] in BROKEN)
    summary = "\n".join(lines[60:])
    assert "Connection to the Page: 4 Pages" in summary
    assert "and 1 more" in summary
    assert ended.last_line == (
        "60 Pages. 22 have a problem. On 38 nothing wrong was seen, but the handover is not proven."
    )
    assert kept(program) == []
    assert "EAA" not in ended.said + ended.complained


def test_the_list_of_findings_does_not_grow_with_the_pages(program: Program, world_process: PracticeWorld) -> None:
    world_process.scenario_of("sixty-pages", other_pages=299)
    ended = check(program, world_process)
    assert len(ended.said.splitlines()) < 300 + 30


@pytest.mark.parametrize("format", ["json", "markdown", "html", "junit"])
def test_each_form_of_the_report_holds_all_pages(
    program: Program, sixty: PracticeWorld, tmp_path: Path, format: str
) -> None:
    path = tmp_path / "report"
    ended = check(program, sixty, "--format", format, "-o", str(path))
    assert ended.code == 1
    assert ended.said == ""
    assert str(path) in ended.complained
    text = path.read_text(encoding="utf-8")
    assert all(f"Lumen Coffee {number:02d}" in text for number in range(1, 60))
    assert "EAA" not in text
    if format == "json":
        found = report(path)
        assert (len(set(ids(found))), found["is_complete"], found["counts"]["outcomes"]["wrong"]) == (60, True, 22)
    elif format == "junit":
        assert len(ElementTree.fromstring(text).findall("testsuite")) == 60


def test_json_on_standard_output_is_nothing_but_the_report(program: Program, sixty: PracticeWorld) -> None:
    assert len(json.loads(check(program, sixty, "--format", "json").said)["pages"]) == 60


def test_the_pretend_owner_gives_token_and_apps_in_practice(program: Program) -> None:
    ended = program.run("check", "--all-pages", "--practice", "sixty-pages")
    assert ended.code == 1
    assert ended.last_line.startswith("60 Pages. 22 have a problem.")


def test_pages_without_a_problem_are_exit_code_0(program: Program, world_process: PracticeWorld) -> None:
    world_process.scenario_of("sixty-pages", other_pages=3)
    ended = check(program, world_process)
    assert (ended.code, ended.last_line) == (0, "4 Pages. On 4 nothing wrong was seen, but the handover is not proven.")


def test_a_saved_set_up_says_what_is_known_of_its_page(program: Program, world_process: PracticeWorld) -> None:
    world_process.scenario_of("sixty-pages", other_pages=1)
    content = {
        "page_id": world_process.page_id,
        "page_name": "Lumen Coffee",
        "bot": {"id": world_process.app("primary")},
        "live_chat": {"id": world_process.app("third")},
        "saved_at": 1_790_000_000.0,
        "graph": world_process.graph_url,
    }
    folder = program.home / "config" / PRACTICE / Places(PRACTICE).setups.name
    folder.mkdir(parents=True)
    saved = {"version": 1, "kind": "handover-setup", "content": content}
    (folder / f"{world_process.page_id}.handover.json").write_text(json.dumps(saved), encoding="utf-8")
    where = ("check", "--all-pages", "--practice-at", world_process.control_url, "--token-env", "TOKEN")
    ended = program.run(*where, "--format", "json", TOKEN=world_process.token("user"))
    pages = {page["page"]["name"]: page for page in json.loads(ended.said)["pages"]}
    assert pages["Lumen Coffee"]["live_chat"] == {"id": world_process.app("third"), "name": "Order Robot"}
    assert pages["Lumen Coffee 01"]["live_chat"] is None


def test_control_c_writes_what_is_done_and_says_how_to_go_on(
    program: Program, world_process: PracticeWorld, tmp_path: Path
) -> None:
    world_process.scenario_of("sixty-pages", other_pages=499, reply_delay_ms=20)
    path = tmp_path / "report.json"
    more = ("--format", "json", "-o", str(path))
    with program.started(*arguments(world_process, *more), TOKEN=world_process.token("user")) as process:
        wait_until(lambda: world_process.counts()["calls"].get("GET app", 0) > 150, "some Pages to be checked")
        process.send_signal(signal.SIGINT)
        said, complained = process.communicate(timeout=20)
    assert said == ""
    assert "--resume" in complained
    assert "Traceback" not in complained
    assert process.returncode == 1
    first = report(path)
    assert first["is_complete"] is False
    assert 100 < len(first["pages"]) < 500
    assert len(kept(program)) == 1
    text = kept(program)[0].read_text(encoding="utf-8")
    assert "EAA" not in text
    assert "10229481736205517" not in text + kept(program)[0].name  # the person behind the token

    asked = world_process.counts()["calls"]["GET app"]
    ended = check(program, world_process, *more, "--resume")
    second = report(path)
    assert second["is_complete"] is True
    assert len(second["pages"]) == len(set(ids(second))) == 500
    assert set(ids(first)) <= set(ids(second))
    assert "were checked before" in ended.complained
    again = world_process.counts()["calls"]["GET app"] - asked
    assert again <= 500 - len(first["pages"])
    pages = world_process.counts()["pages"]["GET app"]
    assert set(pages) <= {"1", "2"}
    assert pages.get("2", 0) <= 8  # those that were under way when it was stopped
    assert kept(program) == []


def test_resume_with_other_options_begins_with_the_first_page(program: Program, sixty: PracticeWorld) -> None:
    ended = check(program, sixty, "--resume")
    assert "begins with the first Page" in ended.complained
    assert ended.last_line.startswith("60 Pages. 22 have a problem.")


def test_the_apps_limit_ends_the_check_and_says_when_to_go_on(program: Program, world_process: PracticeWorld) -> None:
    world_process.scenario_of("sixty-pages", other_pages=3)
    # The person's own token is asked first: it has no such edge, so that its refusal there is no trouble.
    world_process.fault("GET me/subscribed_apps", "throttled", times=None, code=4, minutes=30)
    ended = check(program, world_process)
    assert ended.code == 3
    assert "--resume" in ended.complained
    assert "lets calls through again at about" in ended.complained
    assert ended.last_line == "The check was stopped before the first Page."


def test_a_page_that_stays_at_its_limit_is_no_reason_to_stop(program: Program, sixty: PracticeWorld) -> None:
    sixty.fault("*", "throttled", times=None, page=sixty.page_id, minutes=30)
    ended = check(program, sixty, "--format", "json", "--patience", "1")
    stuck = next(page for page in json.loads(ended.said)["pages"] if page["page"]["id"] == sixty.page_id)
    assert stuck["not_checked"]["kind"] == "throttled"
    assert stuck["not_checked"]["code"] == 80006


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (("--page", "1"), "--page"),
        (("--remembered",), "once"),
        (("--no-token",), "once"),
        (("--save-facts", "x"), "--save-facts"),
        (("file.handover.json",), "FILE"),
        (("--facts", "x"), "--facts"),
        (("--jobs", "0"), "--jobs"),
        (("--jobs", "65"), "--jobs"),
        (("--patience", "-1"), "--patience"),
        (("-o", "/nowhere/at/all"), "/nowhere/at"),
        (("--bot", "abc"), "digits"),
        (("--live-chat", "123"), "App ID"),
    ],
)
def test_what_does_not_go_together_is_wrong_use_and_named(
    program: Program, sixty: PracticeWorld, more: tuple[str, ...], named: str
) -> None:
    ended = check(program, sixty, *more)
    assert ended.code == 2
    assert named in ended.complained


@pytest.mark.parametrize("option", [("--jobs", "3"), ("--patience", "1"), ("--resume",)])
def test_options_of_many_pages_alone_are_wrong_use(
    program: Program, sixty: PracticeWorld, option: tuple[str, ...]
) -> None:
    where = ("check", "--practice-at", sixty.control_url, "--token-env", "TOKEN")
    ended = program.run(*where, *option, TOKEN=sixty.token())
    assert ended.code == 2
    assert "--all-pages" in ended.complained


def test_a_token_of_one_page_is_told_apart(program: Program, sixty: PracticeWorld) -> None:
    ended = check(program, sixty, token="page")
    assert ended.code == 2
    assert "This token is for one Page only." in ended.complained


def test_where_it_is_not_told_whose_token_it_is_that_is_said(program: Program, sixty: PracticeWorld) -> None:
    sixty.fault("GET me", {"code": 10}, times=None)
    ended = check(program, sixty)
    assert ended.code == 1
    assert "(#10)" in ended.complained
    assert "This token is for one Page only." not in ended.complained


def test_a_token_that_does_not_work_is_told_before_any_page(program: Program, sixty: PracticeWorld) -> None:
    ended = check(program, sixty, token="expired")
    assert ended.code == 1
    assert "expired" in ended.complained
    assert ended.said == ""


def test_who_stops_listening_ends_the_check(program: Program, world_process: PracticeWorld) -> None:
    world_process.scenario_of("sixty-pages", other_pages=999)
    with program.started(*arguments(world_process), TOKEN=world_process.token("user")) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip()
        process.stdout.close()
        assert process.stderr is not None
        complained = process.stderr.read()
        process.wait(20)
    assert "Traceback" not in complained
    assert "BrokenPipe" not in complained
    assert world_process.counts()["calls"]["GET app"] < 900


def test_a_terminal_shows_the_lines_as_they_come(program: Program, world_process: PracticeWorld) -> None:
    world_process.scenario_of("sixty-pages", other_pages=299, reply_delay_ms=100)
    with program.at_a_terminal(*arguments(world_process), TOKEN=world_process.token("user")) as user:
        user.sees("Lumen Coffee 01")
        user.presses_control_c()
        user.sees("--resume")
        assert user.waits_for_the_end() in (0, 1, 3)


def test_a_terminal_shows_how_far_a_report_came(program: Program, world_process: PracticeWorld, tmp_path: Path) -> None:
    world_process.scenario_of("sixty-pages", other_pages=99, reply_delay_ms=50)
    more = ("--format", "html", "-o", str(tmp_path / "report.html"))
    with program.at_a_terminal(*arguments(world_process, *more), TOKEN=world_process.token("user")) as user:
        user.sees("/100")
        user.sees("The report is in")
        assert user.waits_for_the_end() == 1


def test_many_pages_are_compared_with_an_earlier_report(
    program: Program, world_process: PracticeWorld, tmp_path: Path
) -> None:
    world_process.scenario_of("sixty-pages", other_pages=3)
    before = tmp_path / "before.json"
    check(program, world_process, "--format", "json", "-o", str(before))
    world_process.scenario_of("sixty-pages", other_pages=4)  # the fourth lacks the bot
    ended = check(program, world_process, "--since", str(before))
    line = next(line for line in ended.said.splitlines() if "Lumen Coffee 04" in line)
    assert "This Page is not in the earlier report." in line
    assert sum("earlier report" in line for line in ended.said.splitlines()) == 1


@pytest.mark.parametrize(("subcode", "said"), [(460, "password was changed"), (463, "has expired")])
def test_a_token_that_ends_while_pages_are_listed_is_a_problem_of_the_token(
    subcode: int, said: str, program: Program, sixty: PracticeWorld
) -> None:
    sixty.fault("GET me/accounts", {"code": 190, "subcode": subcode}, None)
    ended = check(program, sixty)
    assert ended.code == 1
    assert said in ended.said + ended.complained


@pytest.mark.parametrize("minutes", [1e18, 1e308])
def test_a_wait_that_nobody_lives_to_see_is_no_crash(minutes: float, program: Program, sixty: PracticeWorld) -> None:
    sixty.fault("GET me/accounts", "throttled", times=None, minutes=minutes)
    ended = check(program, sixty, "--patience", "0")
    assert ended.code == 3
    assert "The check was stopped before the first Page." in ended.said
