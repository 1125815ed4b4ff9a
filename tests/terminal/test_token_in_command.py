"""A token that was typed in the wrong place of a command: it is printed nowhere, and what to do is said."""

import pytest

from tests.terminal.program import Ended, Program

TOKEN = "EAAGm0PX4ZCpsBAKZAbcdEFGh1234567890ijklmnopQRSTuvwxYZ"
APP_TOKEN = "1234567890123456|aBcDeFgHiJkLmNoPqRsTuVwXyZ0"
INSTAGRAM = "IGQVJXa1b2c3d4e5f6g7h8"
SENTENCE = "This is a token. Give it with --token-stdin, and make a new one."


def printed(ended: Ended) -> str:
    return ended.said + ended.complained


@pytest.mark.parametrize(
    "arguments",
    [
        ("{token}",),
        ("--open", "{token}"),
        ("--language", "{token}"),
        ("--practice", "{token}"),
        ("--no-such-option={token}",),
        ("--practice", "new-page", "{token}"),
        ("check", "{token}"),
        ("check", "./{token}"),
        ("check", "Bearer {token}"),
        ("check", "--facts", "{token}"),
        ("check", "--since", "{token}"),
        ("check", "--since", "explain", "{token}"),
        ("check", "explain", "{token}"),
        ("--open", "explain", "{token}"),
        ("check", "--practice", "{token}"),
        ("check", "--practice-at", "http://127.0.0.1:1/?access_token={token}"),
        ("check", "--token-env", "{token}"),
        ("check", "--token-stdin", "{token}"),
        ("check", "--page", "{token}"),
        ("check", "--bot={token}"),
        ("check", "--format", "{token}"),
        ("check", "--jobs", "{token}"),
        ("check", "-o", "{token}"),
        ("check", "-o{token}"),
        ("check", "--all-pages", "-o", "/nowhere/{token}/report.html"),
        ("setup", "--practice", "{token}"),
        ("setup", "--live-chat", "{token}"),
        ("recover", "{token}"),
        ("targets", "{token}"),
        ("targets", "show", "{token}"),
        ("targets", "try", "env-file", "--file", "{token}"),
        ("targets", "undo", "{token}"),
        ("catalogues", "import", "{token}"),
        ("catalogues", "show", "{token}"),
        ("catalogues", "remove", "{token}"),
        ("simulator", "--scenario", "{token}"),
        ("self-test", "--practice", "{token}"),
        ("about", "{token}"),
    ],
    ids=" ".join,
)
def test_a_token_in_the_wrong_place_is_refused_and_not_printed(program: Program, arguments: tuple[str, ...]) -> None:
    ended = program.run(*(argument.format(token=TOKEN) for argument in arguments))
    assert ended.code == 2
    assert SENTENCE in ended.complained
    assert TOKEN[3:] not in printed(ended)
    assert ended.said == ""


@pytest.mark.parametrize("token", [APP_TOKEN, INSTAGRAM, TOKEN[:20]])
def test_other_tokens_are_known_too(program: Program, token: str) -> None:
    ended = program.run("check", token)
    assert ended.code == 2
    assert SENTENCE in ended.complained
    assert token[3:] not in printed(ended)


@pytest.mark.parametrize(
    "arguments",
    [
        ("{token}.handover.json",),
        ("{token}-1",),
        ("check", "{token}.handover.json"),
        ("check", "--since", "{token}.json"),
        ("check", "--facts", "{token}-1.facts.json"),
        ("check", "--practice", "{token}-1"),
        ("targets", "{token}-1"),
        ("targets", "show", "{token}-1"),
        ("catalogues", "import", "{token}.toml"),
        ("catalogues", "remove", "{token}-1"),
    ],
    ids=" ".join,
)
def test_what_may_be_a_token_with_more_around_it_is_blanked(program: Program, arguments: tuple[str, ...]) -> None:
    ended = program.run(*(argument.format(token=TOKEN) for argument in arguments))
    assert ended.code == 2
    assert "(hidden)" in ended.complained + ended.said
    assert TOKEN[3:] not in printed(ended)


def test_a_file_may_begin_like_a_token(program: Program) -> None:
    ended = program.run("check", "--facts", "EAA-report-of-2026.facts.json")
    assert ended.code == 2
    assert "There is no file" in ended.complained
    assert SENTENCE not in ended.complained


def test_only_what_explain_is_given_may_hold_a_token(program: Program) -> None:
    ended = program.run("explain", f"Error validating access token {TOKEN}: Session has expired")
    assert SENTENCE not in printed(ended)
    assert TOKEN[3:] not in printed(ended)
    assert program.run("--practice", TOKEN, "explain", "190").complained.count(SENTENCE) == 1
