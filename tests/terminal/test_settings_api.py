"""The App ID goes through a settings API, alone or together with a file; and `targets undo`."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.program import Ended, Program
from tests.terminal.route_options import by_hand


def saved(world: PracticeWorld) -> str:
    return str(world.world()["platform"]["secondary_receiver"])


def run(program: Program, world: PracticeWorld, *more: str, key: str | None = None) -> Ended:
    given = [option for option in by_hand(world) if option != "--confirm-saved"]
    known = str(world.start["platform_api_key"])
    return program.run(*given, *more, PAGE_TOKEN=world.token(), API_KEY=known if key is None else key)


API = ("--target", "practice-api", "--settings-key-env", "API_KEY")


def test_it_is_written_through_the_api_and_read_back(program: Program, world: PracticeWorld) -> None:
    ended = run(program, world, *API, "--json")
    assert ended.code == 0
    assert json.loads(ended.said)["saved"] == "read_back"
    assert saved(world) == world.app("secondary")
    assert f'+/integrations/messenger/secondary_receiver: "{world.app("secondary")}"' in ended.complained
    assert "Written and read back" in ended.complained
    key = str(world.start["platform_api_key"])
    assert key not in ended.said + ended.complained
    files = [path for path in program.home.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if key.encode() in path.read_bytes()]


def test_then_the_bot_hands_over_with_it(hurried: Program, world: PracticeWorld) -> None:
    simulated = ("--owner", "simulated", "--consent")
    ended = hurried.run("setup", "--practice-at", world.control_url, *simulated, "--target", "practice-api")
    assert ended.code == 0
    assert "Support Desk got it through the bot, Flow bot has it now." in ended.last_line


def test_a_wrong_key_is_said_and_nothing_is_sent(program: Program, world: PracticeWorld) -> None:
    ended = run(program, world, *API, key="wrong")
    assert ended.code == 1
    assert "refuses this key (answer 401)" in ended.said
    assert saved(world) == ""


def test_a_key_that_is_not_there_is_asked_for_by_the_name_of_its_option(program: Program, world: PracticeWorld) -> None:
    ended = run(program, world, "--target", "practice-api")
    assert ended.code == 2
    assert "--settings-key-env" in ended.complained
    missing = run(program, world, "--target", "practice-api", "--settings-key-env", "NO_SUCH")
    assert missing.code == 2
    assert "--settings-key-env" in missing.complained


def test_an_api_without_a_preset_is_told_by_options(program: Program, world: PracticeWorld) -> None:
    url = f"{world.start['platform_api_url']}/settings"
    pointer = "/integrations/messenger/secondary_receiver"
    told = ("--target", "http", "--url", url, "--method", "PATCH", "--key", pointer)
    ended = run(program, world, *told, "--settings-key-env", "API_KEY")
    assert ended.code == 0
    assert saved(world) == world.app("secondary")


def test_several_places_are_all_written(program: Program, world: PracticeWorld, tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("CUSTOMER_SERVICE_APP_ID=1\n")
    ended = run(program, world, "--target", "meta-feedback-sample", "--file", str(env), *API)
    assert ended.code == 0
    assert env.read_text() == f"CUSTOMER_SERVICE_APP_ID={world.app('secondary')}\n"
    assert saved(world) == world.app("secondary")


def test_if_the_second_place_fails_the_first_is_put_back_and_said(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    env = tmp_path / ".env"
    env.write_text("CUSTOMER_SERVICE_APP_ID=1\n")
    world.fault("PUT platform/settings", "refuse")
    ended = run(program, world, "--target", "meta-feedback-sample", "--file", str(env), *API)
    assert ended.code == 1
    assert f"What was written before holds again what it held: {env}." in ended.said
    assert env.read_text() == "CUSTOMER_SERVICE_APP_ID=1\n"
    assert saved(world) == ""


def test_nothing_is_written_anywhere_before_every_place_was_looked_at(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    env = tmp_path / ".env"
    env.write_text("A='1\n")
    ended = run(program, world, *API, "--target", "dotenv", "--file", str(env), "--key", "A")
    assert ended.code == 1
    assert saved(world) == ""


def test_what_is_left_over_of_the_options_is_wrong_usage(program: Program, world: PracticeWorld) -> None:
    for more in (("--file", "x"), ("--key", "/a", "--key", "/b")):
        assert run(program, world, *API, *more).code == 2


def test_undo_puts_back_what_another_run_wrote_the_newest_first(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    env = tmp_path / ".env"
    env.write_text("CUSTOMER_SERVICE_APP_ID=1\n")
    assert run(program, world, "--target", "meta-feedback-sample", "--file", str(env), *API).code == 0
    undo = ("targets", "undo", "--practice-at", world.control_url)
    asked = program.run(*undo)
    assert asked.code == 2, "nobody is there to agree"
    first = program.run(
        *undo, "practice-api", "--yes", "--settings-key-env", "K", K=str(world.start["platform_api_key"])
    )
    assert first.code == 0
    assert saved(world) == ""
    assert "start yours again" not in first.said
    second = program.run(*undo, "--yes")
    assert second.code == 0
    assert str(env) in second.said
    assert "start yours again" in second.said
    assert env.read_text() == "CUSTOMER_SERVICE_APP_ID=1\n"
    third = program.run(*undo, "--yes")
    assert third.code == 2
    assert "nothing to undo" in third.said


def test_undo_leaves_alone_what_somebody_changed_since(program: Program, world: PracticeWorld, tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("CUSTOMER_SERVICE_APP_ID=1\n")
    assert run(program, world, "--target", "meta-feedback-sample", "--file", str(env)).code == 0
    env.write_text("CUSTOMER_SERVICE_APP_ID=2\n")
    done = program.run("targets", "undo", "--practice-at", world.control_url, "--yes")
    assert done.code == 1
    assert "changed by somebody else" in done.said
    assert env.read_text() == "CUSTOMER_SERVICE_APP_ID=2\n"


def test_a_forged_note_of_a_write_touches_no_other_file(program: Program, world: PracticeWorld, tmp_path: Path) -> None:
    env, decoy, forged = tmp_path / ".env", tmp_path / "decoy", tmp_path / "forged"
    env.write_text("CUSTOMER_SERVICE_APP_ID=1\n")
    decoy.write_text("mine")
    forged.write_text("not mine")
    assert run(program, world, "--target", "meta-feedback-sample", "--file", str(env)).code == 0
    (note,) = (program.home / "state").glob("*/undo/*.json")
    content = json.loads(note.read_text())
    kept = content["content"]
    kept |= {"file": str(decoy), "digest": hashlib.sha256(b"mine").hexdigest(), "backup": str(forged)}
    note.write_text(json.dumps(content))
    done = program.run("targets", "undo", "--practice-at", world.control_url, "--yes")
    assert done.code == 1
    assert decoy.read_text() == "mine"
    assert "538127490663815" in env.read_text() or world.app("secondary") in env.read_text()


def test_trying_a_settings_api_reads_it_and_sends_nothing(program: Program, world: PracticeWorld) -> None:
    key = str(world.start["platform_api_key"])
    given = ("--practice-at", world.control_url, "--settings-key-env", "K")
    done = program.run("targets", "try", "practice-api", *given, K=key)
    assert done.code == 0
    assert "PUT http://127.0.0.1" in done.said
    assert '+/integrations/messenger/secondary_receiver: "263902037430900"' in done.said
    assert "Nothing was written." in done.said
    assert saved(world) == ""


@pytest.mark.parametrize(
    "more",
    [
        ("--url", "bot.example"),
        ("--url", "http://bot.example/"),
        ("--url", "https://bot.example/", "--key", "a"),
        ("--url", "https://bot.example/", "--key", "/a", "--template", "{app_id}"),
        ("--url", "https://bot.example/", "--key", "/a", "--header", "Host"),
        ("--key", "/a"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(program: Program, more: tuple[str, ...]) -> None:
    assert program.run("targets", "try", "http", *more).code == 2


def blind(world: PracticeWorld) -> tuple[str, ...]:
    url = f"{world.start['platform_api_url']}/settings"
    sends = ("--method", "POST", "--template", '{"secondary_receiver": "{app_id}"}')
    return ("--target", "http", "--url", url, *sends, "--settings-key-env", "API_KEY")


def test_what_nobody_can_read_back_is_not_called_saved_before_somebody_has_said_so(
    program: Program, world: PracticeWorld
) -> None:
    asked = run(program, world, *blind(world))
    assert asked.code == 2
    assert "--confirm-saved" in asked.complained
    confirmed = run(program, world, *blind(world), "--confirm-saved", "--json")
    assert confirmed.code == 0
    assert json.loads(confirmed.said)["saved"] == "confirmed"


def test_where_nobody_can_confirm_the_place_by_hand_no_file_is_written(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    env = tmp_path / ".env"
    env.write_text("CUSTOMER_SERVICE_APP_ID=1\n")
    ended = run(program, world, "--target", "meta-feedback-sample", "--file", str(env), "--target", "flow-ai")
    assert ended.code == 2
    assert "--confirm-saved" in ended.complained
    assert env.read_text() == "CUSTOMER_SERVICE_APP_ID=1\n"


def test_an_older_write_is_undone_by_its_file_when_the_newest_cannot_be(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    older, newest = tmp_path / "a.env", tmp_path / "b.env"
    for env in (older, newest):
        env.write_text("CUSTOMER_SERVICE_APP_ID=1\n")
        assert run(program, world, "--target", "meta-feedback-sample", "--file", str(env)).code == 0
    newest.write_text("CUSTOMER_SERVICE_APP_ID=2\n")
    undo = ("targets", "undo", "--practice-at", world.control_url, "--yes")
    stuck = program.run(*undo)
    assert stuck.code == 1
    assert str(older) in stuck.said
    assert program.run(*undo, "--file", str(older)).code == 0
    assert older.read_text() == "CUSTOMER_SERVICE_APP_ID=1\n"
    assert newest.read_text() == "CUSTOMER_SERVICE_APP_ID=2\n"


@pytest.mark.parametrize(("kind", "code"), [("http_500", 3), ("html", 3), ("throttled", 3), ("refuse", 1)])
def test_trouble_of_the_server_is_not_a_problem_of_the_set_up(
    program: Program, world: PracticeWorld, kind: str, code: int
) -> None:
    world.fault("GET platform/settings", kind, times=None)
    assert run(program, world, *API).code == code
    assert saved(world) == ""


def test_the_terminal_names_the_option_that_trusts_an_address(program: Program) -> None:
    done = program.run("targets", "try", "http", "--url", "https://127.0.0.1:9/x", "--key", "/a")
    assert done.code == 1
    assert "--trust-address" in done.said
