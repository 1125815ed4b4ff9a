"""`explain` and `targets` as a person at a terminal, or another program, uses them."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.terminal.program import Program

TOKEN = "EAAGm0PX4ZCpsBAKZAbcdEFGh1234567890ijklmnopQRSTuvwxYZ"
BODY = '{"error":{"message":"(#10) another app is controlling this thread","code":10,"error_subcode":2018300}}'


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_an_error_is_explained_with_action_who_link_and_a_text_to_send(program: Program) -> None:
    done = program.run("explain", "(#27) Take thread control is not supported when Conversation Routing is not enabled")
    assert done.code == 0
    assert "No default app is chosen" in done.said
    assert "→ Open Conversation routing" in done.said
    assert "https://www.facebook.com/settings?tab=msgr_conversation_routing" in done.said
    assert "To send to the customer" in done.said
    assert "What to do now: Open Conversation routing" in done.said


def test_words_need_no_quotes(program: Program) -> None:
    done = program.run("explain", "code", "190", "subcode", "463")
    assert done.code == 0
    assert "The access token has expired." in done.said


def test_a_code_is_explained_whatever_the_language_of_the_words_around_it(program: Program) -> None:
    done = program.run("explain", "--json", "Fehler", "190")
    assert done.code == 0
    assert [(one["id"], one["number"]) for one in json.loads(done.said)["found"]] == [("token-invalid", "190")]


def test_a_question_is_answered_with_what_fits_and_said_to_be_no_more(program: Program) -> None:
    done = program.run("explain", "Why do both the bot and a human answer?")
    assert done.code == 0
    assert "no error in this text" in done.said
    assert "No default app is chosen" in done.said


def test_a_log_on_standard_input_is_read_and_its_tokens_come_out_nowhere(program: Program) -> None:
    log = f"GET /me?access_token={TOKEN}\n{BODY}\nretry with Bearer {TOKEN}\n{BODY}\n"
    shown, answered = (program.run("explain", "-", *options, typed=log) for options in ((), ("--json",)))
    for done in (shown, answered):
        assert done.code == 0
        assert TOKEN[:20] not in done.said + done.complained
    assert "Seen 2 times, first in line 2." in shown.said
    found = json.loads(answered.said)
    assert found["exit_code"] == 0
    assert [(one["id"], one["number"], one["times"], one["first_line"]) for one in found["found"]] == [
        ("another-app-in-control", "10/2018300", 2, 2)
    ]
    assert "What is wrong" in found["customer"]


def test_what_concerns_instagram_only_says_so(program: Program) -> None:
    assert "about Instagram only" in program.run("explain", "10/2534022").said


def test_nothing_known_is_said_honestly_with_what_to_send(program: Program) -> None:
    nothing = program.run("explain", "what is the weather today")
    assert nothing.code == 3
    assert "Nothing was found" in nothing.said
    assert "name of the call" in nothing.said
    unknown = program.run("explain", "code 99999")
    assert unknown.code == 3
    assert "does not know" in unknown.said
    assert "Code: 99999" in unknown.said


def test_a_token_pasted_by_mistake_is_not_repeated(program: Program) -> None:
    done = program.run("explain", "-", typed=f"{TOKEN}\n")
    assert done.code == 3
    assert "This is a token or a secret" in done.said
    assert TOKEN not in done.said + done.complained


@pytest.mark.parametrize(("arguments", "typed"), [((), ""), (("-",), " \n"), (("",), ""), (("--what", "x"), "")])
def test_nothing_to_explain_is_wrong_usage(program: Program, arguments: tuple[str, ...], typed: str) -> None:
    done = program.run("explain", *arguments, typed=typed)
    assert done.code == 2
    assert done.complained


def test_json_of_nothing_found_is_still_one_object(program: Program) -> None:
    done = program.run("explain", "--json", "hello")
    assert done.code == 3
    assert json.loads(done.said) == {"exit_code": 3, "found": [], "notes": [], "customer": None}


def test_a_log_file_is_explained_in_a_table_the_newest_first(program: Program, tmp_path: Path) -> None:
    log = tmp_path / "bot.log"
    expired = "Error validating access token: Session has expired on Wednesday, 14-Feb-18 18:00:00 PST."
    log.write_text(
        f"2026-09-01 08:00:00,113 {BODY} Bearer {TOKEN}\n2026-09-02 09:00:00,113 {expired}\n"
        f"2026-09-03 10:00:00,113 {BODY} from +49 170 1234567\n"
    )
    shown, answered = (program.run("explain", *options, str(log)) for options in ((), ("--json",)))
    for done in (shown, answered):
        assert done.code == 0
        assert TOKEN[:20] not in done.said + done.complained
    assert "bot.log: 2 troubles, the newest first" in shown.said
    assert "Trouble" in shown.said
    assert "Seen 2 times, first on 2026-09-01 08:00:00, last on 2026-09-03 10:00:00." in shown.said
    assert shown.said.index("2026-09-03") < shown.said.index("2026-09-02")
    answer = json.loads(answered.said)
    assert [(one["id"], one["times"], one["first_time"], one["last_time"]) for one in answer["found"]] == [
        ("another-app-in-control", 2, "2026-09-01 08:00:00", "2026-09-03 10:00:00"),
        ("token-expired", 1, "2026-09-02 09:00:00", "2026-09-02 09:00:00"),
    ]
    assert answer["found"][0]["example"].startswith("2026-09-03 10:00:00")
    assert answer["files"][0]["name"] == "bot.log"
    assert answer["files"][0]["is_all_read"] is True
    assert "What is wrong" in answer["customer"]


def test_what_is_piped_in_is_read_without_a_dash_whatever_its_size(program: Program) -> None:
    done = program.run("explain", typed="code 190 subcode 463")
    assert done.code == 0
    assert "The access token has expired." in done.said
    long = program.run("explain", "--json", typed="2026-09-01 08:00:00 fine\n" * 100_000 + f"2026-09-03 {BODY}\n")
    assert long.code == 0
    assert [one["id"] for one in json.loads(long.said)["found"]] == ["another-app-in-control"]


def test_a_short_log_that_is_piped_in_has_its_times_too(program: Program) -> None:
    log = f"2026-09-01 08:00:00 {BODY}\n2026-09-02 08:00:00 fine\n2026-09-03 08:00:00 {BODY}\n"
    found = json.loads(program.run("explain", "--json", typed=log).said)["found"]
    assert [(one["id"], one["times"], one["first_time"], one["last_time"]) for one in found] == [
        ("another-app-in-control", 2, "2026-09-01 08:00:00", "2026-09-03 08:00:00")
    ]


def test_a_redirected_log_is_read_from_its_end(program: Program, tmp_path: Path) -> None:
    log = tmp_path / "bot.log"
    log.write_text("2026-09-01 08:00:00 fine\n" * 100_000 + f"2026-09-03 10:00:00 {BODY}\n")
    with log.open() as file:
        done = subprocess.run(
            program.command("explain", "--json", "-"),
            env=program.environment(),
            stdin=file,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["found"][0]["last_time"] == "2026-09-03 10:00:00"
    assert json.loads(done.stdout)["files"][0]["bytes"] == log.stat().st_size


@pytest.mark.skipif(sys.platform == "win32", reason="memory of a child is not told there")
def test_forty_five_megabytes_take_less_than_150_of_memory(program: Program, tmp_path: Path) -> None:
    log = tmp_path / "bot.log"
    with log.open("w") as file:
        for second in range(400_000):
            file.write(
                f"2026-09-14 08:21:07,113 INFO bot.web POST /webhook 200 in {second}ms events=3 errors=0 code=ok fine\n"
            )
        file.write(f"2026-11-29 06:00:00,001 ERROR {BODY}\n")
    assert log.stat().st_size > 36_000_000
    measured = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:]);"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)"
    )
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", measured, *program.command("explain", "--json", str(log))],
        env=program.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    print(f"{log.stat().st_size / 1e6:.0f} MB in {time.monotonic() - begun:.1f} s")
    code, kilobytes = done.stderr.split()[-2:]
    assert int(code) == 0
    assert int(kilobytes) < 150_000
    assert [one["id"] for one in json.loads(done.stdout)["found"]] == ["another-app-in-control"]


def test_control_c_stops_reading_and_shows_what_was_found(program: Program, tmp_path: Path) -> None:
    log = tmp_path / "bot.log"
    log.write_text(f"2026-09-03 10:00:00 {BODY}\n" * 500_000)
    with program.at_a_terminal("explain", str(log)) as user:
        user.sees("Reading bot.log")
        user.presses_control_c()
        user.sees("Stopped. The newest")
        assert user.waits_for_the_end() == 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("nowhere.log", None, "There is no file"),
        ("a.handover.json", b"{}", "is a set-up saved by this program"),
        ("picture.log", bytes(range(256)) * 40, "is not text"),
        ("bot.log.gz", b"\x1f\x8b\x08\x00", "is packed"),
        ("empty.log", b"", "is empty"),
    ],
)
def test_a_file_that_is_no_log_is_called_what_it_is(
    program: Program, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = program.run("explain", str(path))
    assert done.code == 2
    assert words in done.said
    answer = json.loads(program.run("explain", "--json", str(path)).said)
    assert (answer["exit_code"], answer["found"]) == (2, [])
    assert words in answer["files"][0]["title"]


def test_several_files_are_told_apart_and_a_log_without_errors_is_said(program: Program, tmp_path: Path) -> None:
    good, fine = tmp_path / "good.log", tmp_path / "fine.log"
    good.write_text(f"2026-09-03 10:00:00 {BODY}\n")
    fine.write_text("2026-09-03 10:00:00 code 190 items\n")
    both = program.run("explain", str(good), str(fine))
    assert both.code == 0
    assert "good.log" in both.said
    assert "No error of Facebook was found in “fine.log”." in both.said
    assert program.run("explain", str(fine)).code == 3


def test_nothing_but_a_token_is_said_in_json_too(program: Program) -> None:
    answer = json.loads(program.run("explain", "--json", "-", typed=TOKEN).said)
    assert [note["id"] for note in answer["notes"]] == ["only_secret"]
    assert "token or a secret" in answer["notes"][0]["title"]


def test_a_question_in_another_language_is_told_that_english_is_needed(program: Program) -> None:
    done = program.run("explain", "El bot dejó de responder después de que un agente contestó en la bandeja de entrada")
    assert done.code == 3
    assert "understood in English only" in done.said
    assert "What is wrong" not in done.said


def test_targets_are_listed_by_the_name_that_setup_takes(program: Program) -> None:
    for arguments in ((), ("list",)):
        done = program.run("targets", *arguments)
        assert done.code == 0
        names = [line.split()[0] for line in done.said.splitlines()]
        assert names[0] == "flow-ai"  # what `setup` takes without --target
        assert {"dotenv", "yaml", "bottender", "woztell"} < set(names)


def test_a_target_shows_steps_field_date_and_source(program: Program) -> None:
    done = program.run("targets", "show", "flow-ai")
    assert done.code == 0
    for words in ("1. Open your bot", "Field: Secondary receiver", "Checked: 2026-11-22", "Source: https://flow.ai/"):
        assert words in done.said


def test_a_file_target_shows_file_and_key(program: Program) -> None:
    done = program.run("targets", "show", "meta-feedback-sample")
    assert "File: " in done.said
    assert "Key: CUSTOMER_SERVICE_APP_ID" in done.said


@pytest.mark.parametrize("arguments", [("show", "nowhere"), ("show",), ("list", "flow-ai"), ("what",)])
def test_an_unknown_target_is_wrong_usage(program: Program, arguments: tuple[str, ...]) -> None:
    assert program.run("targets", *arguments).code == 2


def test_a_preset_of_ones_own_is_listed_and_a_broken_one_is_named(program: Program) -> None:
    shipped = Path("resources/presets/flow-ai.toml").read_text(encoding="utf-8")
    folder = program.home / "config" / "handover-wizard" / "presets"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(shipped.replace('name = "flow-ai"', 'name = "my-bot"'), encoding="utf-8")
    (folder / "broken.toml").write_text("kind =", encoding="utf-8")
    done = program.run("targets")
    assert done.code == 0
    assert "my-bot" in done.said
    assert "broken.toml cannot be used" in done.said
