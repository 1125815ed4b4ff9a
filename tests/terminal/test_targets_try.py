"""`targets try`: what would change, shown and not done."""

from pathlib import Path

import pytest

from tests.terminal.program import Program

APP_ID = "538127490663815"


def test_a_change_is_shown_and_nothing_is_written(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "credentials.yml"
    file.write_text("facebook:\n  verify: geheim\n  handover-app-id: '1'\n")
    before = file.read_bytes()
    key = ("--key", "facebook.handover-app-id", "--app-id", APP_ID)
    done = program.run("targets", "try", "rasa", "--file", str(file), *key)
    assert done.code == 0
    assert f"+  handover-app-id: '{APP_ID}'" in done.said
    assert "geheim" not in done.said
    assert 'credentials.get("handover-app-id")' in done.said
    assert "Nothing was written." in done.said
    assert file.read_bytes() == before


def test_a_key_or_a_file_that_is_missing_is_said_to_be_added(program: Program, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    options = ("--file", str(file), "--app-id", APP_ID)
    assert "The file does not exist yet." in program.run("targets", "try", "bottender", *options).said
    file.write_text("PORT=1\n")
    assert "HANDOVER_TARGET_APP_ID is not there yet." in program.run("targets", "try", "bottender", *options).said
    file.write_text(f"HANDOVER_TARGET_APP_ID={APP_ID}\n")
    assert "is there already" in program.run("targets", "try", "bottender", *options).said
    assert file.read_text() == f"HANDOVER_TARGET_APP_ID={APP_ID}\n"


def test_what_may_be_meant_otherwise_is_said_before_it_is_written(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "docker-compose.yml"
    file.write_text("services:\n  bot:\n    image: x\n  admin:\n    image: y\n")
    mistyped = program.run("targets", "try", "yaml", "--file", str(file), "--key", "services.bto.environment.ID").said
    assert "There are now: bot, admin. Was one of them meant?" in mistyped
    word = program.run("targets", "try", "yaml", "--file", str(file), "--key", "services.bot.image").said
    assert "services.bot.image holds a word now, not an App ID." in word


def test_the_key_as_other_tools_write_it_is_answered_with_the_right_one(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "appsettings.json"
    file.write_text('{"Facebook": {"PageId": "1"}}')
    done = program.run("targets", "try", "json", "--file", str(file), "--key", "/Facebook/HandoverAppId")
    assert done.code == 1
    assert "Write Facebook.HandoverAppId as the key. Names have dots between them" in done.said + done.complained


def test_a_file_that_cannot_be_changed_is_a_problem_with_its_line(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "bot.yml"
    file.write_text("a: 1\n\tb: 2\n")
    done = program.run("targets", "try", "yaml", "--file", str(file), "--key", "b")
    assert done.code == 1
    assert "has a mistake in it" in done.said + done.complained
    assert "line 2" in done.said + done.complained


@pytest.mark.parametrize(
    "arguments",
    [
        ("try",),
        ("try", "nowhere"),
        ("try", "rasa", "--key", "a"),
        ("try", "rasa", "--file", "x.yml"),
        ("try", "rasa", "--file", "x.yml", "--key", "a..b"),
        ("try", "ini", "--file", "x.ini", "--key", "a"),
        ("try", "flow-ai", "--app-id", "12a45"),
    ],
)
def test_what_is_missing_or_cannot_be_is_wrong_usage(program: Program, arguments: tuple[str, ...]) -> None:
    assert program.run("targets", *arguments).code == 2


def test_a_mistake_in_a_preset_of_ones_own_is_named_with_its_place(program: Program) -> None:
    folder = program.home / "config" / "handover-wizard" / "presets"
    folder.mkdir(parents=True)
    example = Path("resources/presets/example/our-bot.toml").read_text(encoding="utf-8")
    (folder / "our-bot.toml").write_text(example.replace("key =", "keys ="), encoding="utf-8")
    done = program.run("targets", "try", "our-bot", "--file", "bot.yml")
    assert done.code == 2
    assert "our-bot.toml cannot be used: keys: there is no such field" in done.said + done.complained
