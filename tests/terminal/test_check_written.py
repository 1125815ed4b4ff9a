"""What `check` writes: facts that can be judged elsewhere, and reports in each form, to a file or through a pipe."""

import json
import os
import stat
from pathlib import Path

import pytest

from tests.pipes import named_pipe
from tests.simulator.world import PracticeWorld
from tests.terminal.checking import OTHER_PAGE, check, set_up, states, write
from tests.terminal.program import Program


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
