"""`catalogues`, and what every other command does with what was imported, by the real program."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.program import Program
from wizard.catalogues.imported import shipped_text
from wizard.core.catalogues import CatalogueKind, shipped_on
from wizard.core.resource import resource

NEWER = shipped_on(CatalogueKind.UI_PATHS) + timedelta(days=1)
EXAMPLE = (
    resource("catalogues/example.catalogue.toml").read_text("utf-8").replace("date = 2026-11-29", f"date = {NEWER}")
)
PRESET = Path("resources/presets/example/our-bot.toml")


def sent(tmp_path: Path, text: str = EXAMPLE) -> str:
    path = tmp_path / "facebook-2027-01.catalogue.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def kept(program: Program, name: str = "ui-paths.toml", practice: str = "") -> Path:
    return program.home / "config" / f"handover-wizard{practice}" / "catalogues" / name


def broken(program: Program, content: bytes = b"kind = 'ui-paths'\nversion = 7\n", practice: str = "") -> Path:
    path = kept(program, practice=practice)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


def row(listed: str, name: str) -> str:
    return next(line for line in listed.splitlines() if line.startswith(f"{name} "))


def test_a_file_is_imported_listed_and_removed_again(program: Program, tmp_path: Path) -> None:
    done = program.run("catalogues", "import", sent(tmp_path))
    assert done.code == 0
    assert "The newer instructions are in use now." in done.said
    assert f"1 setting, of {NEWER}, from: Support of a bot platform" in done.said
    listed = program.run("catalogues")
    assert listed.code == 0
    assert row(listed.said, "ui-paths").split()[1:3] == [str(NEWER), "imported"]
    assert "Support of a bot platform" in row(listed.said, "ui-paths")
    assert "built in" in row(listed.said, "errors")
    assert "built in" in row(listed.said, "flow-ai")
    assert program.run("catalogues", "remove", "ui-paths").code == 0
    assert not kept(program).exists()
    assert "built in" in row(program.run("catalogues", "list").said, "ui-paths")


def test_set_up_leads_by_what_was_imported(program: Program, world: PracticeWorld, tmp_path: Path) -> None:
    """Practice has a folder of its own: what is imported there is not used in life, and the other way round."""
    assert program.run("--practice", "catalogues", "import", sent(tmp_path)).code == 0
    assert kept(program, practice="-practice").exists()
    assert not kept(program).exists()
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    given = ("--practice-at", world.control_url, "--token-env", "PAGE_TOKEN", *apps, "--yes")
    done = program.run("setup", *given, PAGE_TOKEN=world.token())
    assert "then “Messaging”, then “Routing”" in done.said


def test_a_preset_is_imported_and_a_target_from_then_on(program: Program) -> None:
    done = program.run("catalogues", "import", str(PRESET))
    assert done.code == 0
    assert "“Our bot” is now one of the places where the App ID can go." in done.said
    assert program.run("targets", "show", "our-bot").code == 0
    assert "imported" in row(program.run("catalogues").said, "our-bot")
    assert program.run("catalogues", "remove", "our-bot").code == 0
    assert program.run("targets", "show", "our-bot").code == 2


def test_where_the_link_of_a_preset_leads_is_told(program: Program, tmp_path: Path) -> None:
    text = resource("presets/chatfuel.toml").read_text("utf-8") + '\nlink = "https://bots.example/settings"\n'
    assert "Its link leads to bots.example." in program.run("catalogues", "import", sent(tmp_path, text)).said


def test_where_the_key_of_a_settings_api_goes_is_told(program: Program, tmp_path: Path) -> None:
    text = resource("presets/http.toml").read_text("utf-8").replace('"http"', '"our-api"', 1)
    text += '\nurl = "https://bots.example/settings"\n'
    done = program.run("catalogues", "import", sent(tmp_path, text))
    assert "It sends the App ID, with the key you give it, to bots.example." in done.said


def test_what_is_shown_can_be_changed_and_imported(program: Program, tmp_path: Path) -> None:
    start = tmp_path / "start.toml"
    assert program.run("catalogues", "show", "ui-paths", "-o", str(start)).code == 0
    shown = program.run("catalogues", "show", "ui-paths", PYTHONIOENCODING="ascii")
    assert shown.code == 0
    assert shown.said == start.read_text("utf-8") == shipped_text(CatalogueKind.UI_PATHS)
    refused = program.run("catalogues", "import", str(start))
    assert refused.code == 2
    assert "the newer ones are in use" in refused.said
    day = shipped_on(CatalogueKind.UI_PATHS)
    start.write_text(start.read_text("utf-8").replace(f"date = {day}", f"date = {NEWER}", 1), encoding="utf-8")
    assert program.run("catalogues", "import", str(start)).code == 0
    assert program.run("catalogues", "show", "ui-paths").said == start.read_text("utf-8")
    assert 'name = "flow-ai"' in program.run("catalogues", "show", "flow-ai").said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (EXAMPLE.replace("version = 1", "version = 2").encode(), "was made for a newer version of this program"),
        (EXAMPLE.encode()[:-90], "stops in the middle"),
        (EXAMPLE.encode("utf-16"), "is not a text file"),
        (b"#" * 1_000_000, "far too large"),
        (EXAMPLE.replace("version = 1", "version: 1").encode(), "line 4"),
        (
            EXAMPLE.replace("steps", "stepps").encode(),
            "setting 1 (social_route), path 1 (routing), stepps: there is no",
        ),
        (EXAMPLE.replace("www.facebook", "www.facebock").encode(), "link: must lead to Facebook"),
        (EXAMPLE.replace(f"date = {NEWER}", "date = 2031-01-01").encode(), "that day has not come yet"),
        (EXAMPLE.replace(f"date = {NEWER}", "date = 2024-01-01").encode(), "is of 2024-01-01. What the program has"),
        (b"", "kind: is missing"),
    ],
)
def test_a_bad_file_is_a_sentence_that_names_it_and_nothing_changes(
    program: Program, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "sent.toml"
    path.write_bytes(content)
    done = program.run("catalogues", "import", str(path))
    assert done.code == 2
    assert said in done.said
    assert str(path) in done.said
    assert not kept(program).exists()


def test_a_missing_file_and_a_folder_are_sentences_too(program: Program, tmp_path: Path) -> None:
    for path, said in ((tmp_path / "nowhere.toml", "There is no file"), (tmp_path, "is no file")):
        done = program.run("catalogues", "import", str(path))
        assert (done.code, said in done.said) == (2, True)


def test_a_home_that_cannot_be_written_to_is_a_problem_with_a_sentence(program: Program, tmp_path: Path) -> None:
    folder = program.home / "config" / "handover-wizard"
    folder.parent.mkdir(parents=True)
    folder.write_text("a file where a folder belongs")
    done = program.run("catalogues", "import", sent(tmp_path))
    assert done.code == 1
    assert "could not be saved" in done.said


def test_a_broken_import_is_named_by_list_with_the_way_out(program: Program) -> None:
    path = broken(program)
    done = program.run("catalogues")
    assert done.code == 1
    assert f"“{path}” was made for a newer version" in done.said
    assert "handover-wizard catalogues remove ui-paths" in done.said
    assert "built in" in row(done.said, "ui-paths")
    assert program.run("catalogues", "remove", "ui-paths").code == 0
    assert program.run("catalogues").code == 0


def test_a_broken_import_is_said_once_by_the_other_commands_and_ours_serves(
    program: Program, world: PracticeWorld
) -> None:
    broken(program)
    explained = program.run("explain", "code", "190")
    assert explained.code == 0
    assert explained.said.count("The built-in ones are used instead.") == 1
    assert "access token" in explained.said
    as_json = program.run("explain", "--json", "190")
    assert as_json.said.startswith("{")
    assert as_json.complained.count("The built-in ones are used instead.") == 1
    broken(program, b"\xff", "-practice")
    given = ("--practice-at", world.control_url, "--token-env", "PAGE_TOKEN")
    for command in ("check", "recover"):
        done = program.run(command, *given, PAGE_TOKEN=world.token())
        assert done.code == 0
        assert (done.said + done.complained).count("The built-in ones are used instead.") == 1


def test_a_file_that_nobody_imported_is_named(program: Program, tmp_path: Path) -> None:
    program.run("catalogues", "import", sent(tmp_path))
    kept(program, "facebook-2030.toml").write_text(EXAMPLE, encoding="utf-8")
    done = program.run("catalogues")
    assert done.code == 1
    assert "facebook-2030.toml” is not used" in done.said
    assert program.run("catalogues", "remove", "facebook-2030.toml").code == 0


@pytest.mark.parametrize(
    "arguments", [("import",), ("remove",), ("show",), ("list", "x"), ("-o", "x"), ("export",), ("import", "a", "b")]
)
def test_what_is_missing_is_wrong_usage(program: Program, arguments: tuple[str, ...]) -> None:
    assert program.run("catalogues", *arguments).code == 2


@pytest.mark.parametrize("name", ["nothing", "flow-ai", "../../answers.json"])
def test_what_was_not_imported_is_not_removed(program: Program, name: str) -> None:
    done = program.run("catalogues", "remove", name)
    assert done.code == 2
    assert f"“{name}”" in done.said


def test_what_there_is_not_is_not_shown(program: Program) -> None:
    done = program.run("catalogues", "show", "nothing")
    assert (done.code, done.said) == (2, "")
    assert "catalogues list" in done.complained
