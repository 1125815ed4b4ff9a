"""`explain` and `targets` as a person at a terminal, or another program, uses them."""

import json
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
