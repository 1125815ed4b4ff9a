"""Every option of the terminal, what it says to bad input, and its exit codes, by the real program."""

import json
import signal
import sys
from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld, request
from tests.terminal.program import Program
from tests.terminal.route_options import base, by_hand

# Nobody is there: the missing option is named.


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ((), "--token-env"),
        (("--token-env", "PAGE_TOKEN"), "--bot"),
        (("--token-env", "PAGE_TOKEN", "--bot", "{primary}"), "--live-chat"),
        (("--token-env", "PAGE_TOKEN", "--bot", "{primary}", "--live-chat", "{secondary}"), "--confirm-roles"),
        (
            ("--token-env", "PAGE_TOKEN", "--bot", "{primary}", "--live-chat", "{secondary}", "--confirm-roles"),
            "--confirm-saved",
        ),
    ],
    ids=["token", "whose token", "live chat", "roles", "saved"],
)
def test_what_cannot_be_asked_is_wrong_use_and_names_the_option(
    given: tuple[str, ...], named: str, program: Program, world: PracticeWorld
) -> None:
    names = {"primary": world.app("primary"), "secondary": world.app("secondary")}
    options = [option.format(**names) for option in given]
    ended = program.run(*base(world), *options, PAGE_TOKEN=world.token())
    assert ended.code == 2
    assert named in ended.complained


def test_a_users_token_of_several_pages_needs_the_page_named(program: Program, world_process: PracticeWorld) -> None:
    world_process.scenario("sixty-pages")
    given = ("--token-env", "PAGE_TOKEN", "--bot", world_process.app("primary"))
    ended = program.run(*base(world_process), *given, PAGE_TOKEN=world_process.token("user"))
    assert ended.code == 2
    assert "--page" in ended.complained


def test_a_code_that_nobody_sent_needs_the_conversation_named(hurried: Program, world: PracticeWorld) -> None:
    ended = hurried.run(*by_hand(world), "--consent", "--wait", "1", PAGE_TOKEN=world.token())
    assert ended.code == 2
    assert "--test-conversation" in ended.complained


# Where the token comes from.


@pytest.mark.parametrize("way", [("--log-in",), ("--with-code",), ("--own-app", "1234567890"), ("--no-token",)])
@pytest.mark.parametrize("command", ["setup", "check", "recover"])
def test_a_proof_for_a_token_that_nobody_named_is_wrong_use(
    command: str, way: tuple[str, ...], program: Program, world: PracticeWorld
) -> None:
    ended = program.run(command, "--practice-at", world.control_url, *way, "--proof-env", "P", P="ab" * 32)
    assert ended.code == 2
    assert "leave --proof-env out" in ended.complained
    assert world.calls() == []


def test_without_consent_the_test_is_skipped_and_said_so(program: Program, world: PracticeWorld) -> None:
    ended = program.run(*by_hand(world), PAGE_TOKEN=world.token())
    assert ended.code == 0
    assert ended.last_line.startswith("Not tested. Reason: The test was skipped: nobody agreed to it")
    assert not [call for call in world.calls() if "thread_control" in call]


def test_yes_agrees_to_no_test(program: Program, world: PracticeWorld) -> None:
    ended = program.run(*by_hand(world), "--yes", "--test-conversation", world.tester, PAGE_TOKEN=world.token())
    assert ended.code == 0
    assert ended.last_line.startswith("Not tested. Reason: The test was skipped: nobody agreed to it")
    assert not [call for call in world.calls() if "thread_control" in call]


def test_a_token_on_standard_input_is_used_and_never_shown(program: Program, world: PracticeWorld) -> None:
    given = ["--token-stdin" if option == "--token-env" else option for option in by_hand(world)]
    given.remove("PAGE_TOKEN")
    ended = program.run(*given, typed=f'  "{world.token()}"\n')
    assert ended.code == 0
    assert "The token belongs to Flow bot." in ended.said
    assert world.token() not in ended.said + ended.complained


def test_a_part_a_alone_says_that_the_bot_was_not_seen(hurried: Program, world: PracticeWorld) -> None:
    test = ("--consent", "--wait", "1", "--test-conversation", world.tester)
    ended = hurried.run(*by_hand(world), *test, PAGE_TOKEN=world.token())
    assert "Facebook lets the conversation go to Support Desk." in ended.said
    assert "Your message was not seen" in ended.last_line
    assert ended.code == 0
    assert world.calls().count("POST me/pass_thread_control") == 1
    assert world.owner_of() in (None, world.app("primary"))


def test_nobody_there_leaves_a_refused_take_back_open(hurried: Program, world_process: PracticeWorld) -> None:
    world = world_process.scenario("take-refused-when-held")
    request("POST", f"{world.control_url}/scenario", json_body={"name": "take-refused-when-held"})
    for step in ("default_app", "take_control_live_chat"):
        world.instruct(step)
    test = ("--consent", "--wait", "1", "--test-conversation", world.tester)
    ended = hurried.run(*by_hand(world), *test, PAGE_TOKEN=world.token())
    assert ended.code == 4
    assert "There are three ways out:" in ended.said
    listed = hurried.run("recover", "--practice-at", world.control_url, "--token-env", "T", "--list", T=world.token())
    assert listed.code == 4
    assert "Support Desk has the conversation" in listed.said.splitlines()
    assert "The test is still open." in listed.said
    world.forget_requests()
    again = hurried.run(*by_hand(world), *test, PAGE_TOKEN=world.token())
    assert again.code == 4
    assert "An earlier test of this conversation is still open." in again.said
    assert "Run “handover-wizard recover”." in again.said
    assert not [call for call in world.calls() if "thread" in call]


def test_what_had_no_visible_owner_is_no_success_and_nobody_is_named(hurried: Program, world: PracticeWorld) -> None:
    world.scenario_of("happy-routing", thread_owner="empty")
    world.control_of("pass", target_app_id=world.app("third"))
    test = ("--consent", "--wait", "1", "--test-conversation", world.tester)
    ended = hurried.run(*by_hand(world), *test, PAGE_TOKEN=world.token())
    assert ended.code == 3
    assert ended.last_line.endswith("The wizard has let the conversation go again. Who had it before was not shown.")
    assert "It was given back" not in ended.said
    assert not hurried.run("recover", "--practice-at", world.control_url, "--list").code


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be held still there")
def test_a_conversation_that_another_terminal_tests_is_not_read(hurried: Program, world: PracticeWorld) -> None:
    test = (*by_hand(world), "--consent", "--test-conversation", world.tester)
    with hurried.started(*test, "--wait", "60", PAGE_TOKEN=world.token()) as first:
        assert first.stdout is not None
        while "Part 2 of 2" not in (line := first.stdout.readline()):
            assert line, "it ended"
        first.send_signal(signal.SIGSTOP)  # it still runs, but calls nothing, so that every call is the second one's
        world.forget_requests()
        second = hurried.run(*test, "--wait", "1", PAGE_TOKEN=world.token())
        assert [call for call in world.calls() if "thread" in call or "conversation" in call] == []
    assert second.code == 4
    assert "This conversation is being tested in another window or terminal." in second.said


def test_without_a_token_the_route_goes_by_hand_and_nobody_claims_to_have_looked(
    program: Program, world: PracticeWorld
) -> None:
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    given = (*base(world), "--no-token", "--page", world.page_id, *apps, "--confirm-roles", "--confirm-saved")
    for more in ((), ("--consent",), ("--consent", "--yes")):
        ended = program.run(*given, *more)
        assert ended.code == 0
        assert "somebody has to look" in ended.last_line
    assert world.requests() == []
    unnamed = program.run(*base(world), "--no-token")
    assert unnamed.code == 2
    assert "--page" in unnamed.said


def test_remembered_without_anything_remembered_says_so(program: Program, world: PracticeWorld) -> None:
    ended = program.run(*base(world), "--remembered")
    assert ended.code == 1
    assert "No token is remembered on this computer for this Page." in ended.said


# Bad tokens


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("", "Paste an access token."),
        ("hello", "This is too short for an access token."),
        ("EAA" + "x" * 40 + " " + "y" * 40, "There are spaces inside this text, and a token has none."),
        ("EAA" + "x" * 40 + "…", "Part of this token is hidden."),
        ("EAA" + "x" * 160, "Copy the whole token again"),
        ("expired", "The access token has expired."),
        ("app", "This is an app token with the app’s secret in it."),
    ],
    ids=["empty", "too short", "broken by a space", "shortened", "invented", "expired", "app token"],
)
def test_a_bad_token_is_named_in_a_sentence(token: str, said: str, program: Program, world: PracticeWorld) -> None:
    value = world.start["tokens"].get(token, token)
    ended = program.run(*base(world), "--token-env", "T", T=value)
    assert ended.code == 1
    assert said in ended.said
    assert "✗" in ended.said
    assert not value or value not in ended.said + ended.complained


def test_a_token_is_said_only_once_and_by_a_name_that_exists(program: Program, world: PracticeWorld) -> None:
    twice = program.run(*base(world), "--token-env", "T", "--token-stdin", T="x")
    assert (twice.code, "Say only once where the token comes from." in twice.complained) == (2, True)
    missing = program.run(*base(world), "--token-env", "NOT_THERE")
    assert (missing.code, "--token-env" in missing.complained) == (2, True)
    no_proof = program.run(*base(world), "--token-env", "T", "--proof-env", "NOT_THERE", T="x")
    assert (no_proof.code, "--proof-env" in no_proof.complained) == (2, True)


@pytest.mark.parametrize("command", ["setup", "check", "recover"])
@pytest.mark.parametrize("odd", ["\udcff\udcfe", "é" * 64, "0" * 63, "secret"])
def test_a_proof_that_can_be_none_is_named_and_not_printed(
    odd: str, command: str, program: Program, world: PracticeWorld
) -> None:
    given = ("--practice-at", world.control_url, "--token-env", "T", "--proof-env", "P")
    ended = program.run(command, *given, T=world.token(), P=odd)
    assert ended.code == 2
    assert "A proof has exactly 64 characters" in ended.complained
    assert odd not in ended.complained + ended.said


@pytest.mark.parametrize("odd", ["https://[", "https://[::1", "\udcff" * 60, "EAA" + "\x80" * 60])
def test_half_an_address_or_half_a_character_as_a_token_is_a_sentence(
    odd: str, program: Program, world: PracticeWorld
) -> None:
    for command in ("setup", "check", "recover"):
        ended = program.run(command, "--practice-at", world.control_url, "--token-env", "T", T=odd)
        assert ended.code in (0, 1)  # 0: there is nothing to bring back


@pytest.mark.parametrize(
    "given",
    [
        ("setup", "--no-token", "--page"),
        ("check", "--token-env", "T", "--page"),
        ("setup", "--token-env", "T", "--consent", "--test-conversation"),
    ],
    ids=" ".join,
)
def test_half_a_character_as_an_id_is_a_sentence(
    given: tuple[str, ...], program: Program, world: PracticeWorld
) -> None:
    ended = program.run(*given, "1\udcff", "--practice-at", world.control_url, T=world.token())
    assert ended.code == 2
    assert "An ID has digits only." in ended.complained
    assert world.requests() == []


def test_a_token_of_another_page_than_the_named_one_is_refused(program: Program, world: PracticeWorld) -> None:
    ended = program.run(*by_hand(world), "--page", "123456789", PAGE_TOKEN=world.token())
    assert ended.code == 1
    assert "This token is for another Page." in ended.said


# Bad App IDs


@pytest.mark.parametrize(
    ("typed", "said"),
    [("12ab", "An App ID has digits only."), ("{page}", "This is the ID of your Page."), ("{primary}", "same App ID.")],
    ids=["letters", "the Page's own", "the same for both"],
)
def test_a_bad_app_id_is_refused_before_anything_is_saved(
    typed: str, said: str, program: Program, world: PracticeWorld
) -> None:
    typed = typed.format(page=world.page_id, primary=world.app("primary"))
    given = ("--token-env", "T", "--bot", world.app("primary"), "--live-chat", typed, "--confirm-roles")
    ended = program.run(*base(world), *given, "--confirm-saved", T=world.token())
    assert ended.code == 1
    assert said in ended.said
    assert "Tell your bot who takes over" not in ended.said


def test_an_app_id_that_facebook_does_not_name_is_said_to_be_looked_at(program: Program, world: PracticeWorld) -> None:
    given = ("--token-env", "T", "--bot", world.app("primary"), "--live-chat", world.app("secondary")[:-1])
    ended = program.run(*base(world), *given, "--confirm-roles", "--confirm-saved", T=world.token())
    assert "Facebook shows no name for this App ID. Compare the digits." in ended.said


# A file as the target


def file_target(world: PracticeWorld, path: Path, preset: str = "meta-feedback-sample") -> tuple[str, ...]:
    given = [option for option in by_hand(world) if option != "--confirm-saved"]
    return (*given, "--target", preset, "--file", str(path))


def test_the_app_id_is_written_into_a_file_shown_and_read_back(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    path = tmp_path / ".env"
    path.write_bytes(b"# bot\r\nPORT=80\r\nCUSTOMER_SERVICE_APP_ID='1'\r\n")
    first = program.run(*file_target(world, path), "--json", PAGE_TOKEN=world.token())
    assert first.code == 0
    assert json.loads(first.said)["saved"] == "read_back"
    assert world.app("secondary") in first.complained
    saved = f"# bot\r\nPORT=80\r\nCUSTOMER_SERVICE_APP_ID='{world.app('secondary')}'\r\n"
    assert path.read_bytes() == saved.encode()
    again = program.run(*file_target(world, path), PAGE_TOKEN=world.token())
    assert again.code == 0
    assert "The App ID is there already" in again.said
    assert path.read_bytes() == saved.encode()


def test_a_key_of_ones_own_is_written_and_a_bad_file_refused(
    program: Program, world: PracticeWorld, tmp_path: Path
) -> None:
    path = tmp_path / "settings.env"
    path.write_text("A=1\n")
    given = (*file_target(world, path, "dotenv"), "--key", "HANDOVER_TO")
    asked = program.run(*given, PAGE_TOKEN=world.token())
    assert asked.code == 2, "a key that is not there is made only after asking"
    assert "--yes" in asked.complained
    assert path.read_text() == "A=1\n"
    ended = program.run(*given, "--yes", PAGE_TOKEN=world.token())
    assert ended.code == 0
    assert path.read_text() == f"A=1\nHANDOVER_TO={world.app('secondary')}\n"
    refused = program.run(*file_target(world, tmp_path), PAGE_TOKEN=world.token())
    assert refused.code == 1
    assert "✗" in refused.said
    no_target = program.run(*by_hand(world), "--target", "nonsense", PAGE_TOKEN=world.token())
    assert no_target.code == 1
    assert "This place for the App ID is not known here." in no_target.said


# What a program reads


def test_json_is_one_object_on_standard_output_and_sentences_go_elsewhere(
    hurried: Program, world: PracticeWorld
) -> None:
    ended = hurried.run(*base(world), "--owner", "simulated", "--consent", "--json", "--wait", "4")
    data = json.loads(ended.said)
    assert data["exit_code"] == ended.code == 0
    assert data["page"] == world.start["page"]
    for role, of in (("primary", data["bot"]), ("secondary", data["live_chat"])):
        assert of == {name: world.start["apps"][role][name] for name in ("id", "name")}
    assert data["saved_app_id"] == world.app("secondary")
    assert (data["saved"], data["test"], data["trouble"]) == ("confirmed", "passed", None)
    assert [(part["part"], part["found"], part["back"]) for part in data["parts"]] == [
        ("facebook_allows", "works", "back"),
        ("bot_does", "bot_handed_over", "back"),
    ]
    assert data["parts"][1]["answered_first"] == data["bot"]
    assert {verdict["state"] for verdict in data["verdicts"]} <= {"ok", "warning", "problem", "unknown", "not_checked"}
    assert data["summary"].startswith("Handover tested:")
    assert "Test the handover" in ended.complained


def test_json_answers_where_the_route_ends_early_too(program: Program, world: PracticeWorld) -> None:
    ended = program.run(*base(world), "--json", "--token-env", "T", T=world.token("expired"))
    data = json.loads(ended.said)
    assert data["exit_code"] == ended.code == 1
    assert data["trouble"] == "The access token has expired."
    assert data["parts"] == []
