"""Newer instructions come in under Help: pages show them at once, what is wrong is said there, one can go back."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.hands import click
from tests.ui.harness import Window, open_window
from tests.ui.program import keep, program_in
from tests.ui.set_up import logged_in, new_session
from wizard.actions.roles import DONE
from wizard.core.answers import with_changes
from wizard.core.catalogues import CatalogueKind, shipped_on
from wizard.core.flow import StepId
from wizard.core.resource import resource
from wizard.store.places import PRACTICE, Places
from wizard.ui import file_dialogs
from wizard.ui.pages.log_in.get_token import GetOneGuide
from wizard.ui.theme import Theme
from wizard.ui.widgets.notice import Tone
from wizard.ui.window.newer_instructions import NewerInstructions

NEWER = shipped_on(CatalogueKind.UI_PATHS) + timedelta(days=1)
EXAMPLE = (
    resource("catalogues/example.catalogue.toml").read_text("utf-8").replace("date = 2026-11-29", f"date = {NEWER}")
)
NEW_STEP = "Open “Settings”, then “Messaging”, then “Routing”."

Choose = Callable[[str | bytes], Path]


@pytest.fixture
def choose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Choose:
    """Write a file, which the dialog then answers."""

    def choose(content: str | bytes) -> Path:
        path = tmp_path / "facebook-2027-01.catalogue.toml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        monkeypatch.setattr(file_dialogs, "ask_for_file", lambda _parent, _title, _start: str(path))
        return path

    return choose


def at(qtbot: QtBot, world: PracticeWorld, step: StepId = StepId.ROLES) -> Window:
    session = new_session(world)
    roles = frozenset({DONE}) if step is not StepId.ROLES else frozenset()
    return open_window(qtbot, session, with_changes(logged_in(session, world), roles_confirmed=roles), step)


def opened(qtbot: QtBot, window: Window) -> NewerInstructions:
    """Open Help, and in it what to do when Facebook looks different."""
    window.shell.show_help()
    assert window.shell.help_panel is not None
    newer = window.shell.help_panel.newer
    assert newer is not None
    qtbot.waitUntil(newer.isVisible)
    window.wait()
    if not newer.fold.is_open:
        click(newer.fold.button)
    qtbot.waitUntil(newer.import_button.isVisible)
    return newer


def bring_in(qtbot: QtBot, window: Window, newer: NewerInstructions) -> None:
    click(newer.import_button)
    window.wait()


def said_by(newer: NewerInstructions) -> Tone:
    return newer.result.tone


def way(window: Window) -> list[str]:
    row = window.page.rows["social_route"]
    window.page.show_place("social_route")
    return [step.text for step in row.path.steps()]


def test_newer_instructions_are_on_the_page_at_once_and_gone_again(
    qtbot: QtBot, world: PracticeWorld, choose: Choose
) -> None:
    choose(EXAMPLE)
    window = at(qtbot, world)
    before = way(window)
    newer = opened(qtbot, window)
    assert not newer.back_button.isVisible()
    assert "built in" in newer.in_use.text()
    bring_in(qtbot, window, newer)
    assert newer.result.tone is Tone.OK
    assert newer.result.title() == "Imported. The newer instructions are in use now."
    assert newer.result.text() == f"1 setting, of {NEWER}, from: Support of a bot platform"
    assert "imported" in newer.in_use.text()
    assert way(window)[1] == NEW_STEP
    assert newer.import_button.isEnabled()
    click(newer.back_button)
    window.wait()
    assert newer.result.title() == "The built-in ones are in use again."
    assert way(window) == before
    assert not newer.back_button.isVisible()
    assert not list(window.session.places.catalogues.glob("*"))


def test_the_new_link_is_what_the_button_opens(qtbot: QtBot, world: PracticeWorld, choose: Choose) -> None:
    choose(EXAMPLE.replace("?tab=msgr_conversation_routing", "?tab=new_routing"))
    window = at(qtbot, world)
    bring_in(qtbot, window, opened(qtbot, window))
    window.page.show_place("social_route")
    click(window.page.rows["social_route"].open_button)
    assert window.opened == [f"{window.session.world.facebook}/settings?tab=new_routing"], "practice's own Facebook"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (EXAMPLE.replace("version = 1", "version = 2"), "newer version of this program"),
        (EXAMPLE[:-90], "stops in the middle"),
        (EXAMPLE.encode("utf-16"), "not a text file"),
        (EXAMPLE.replace("{bot}", "{token}"), "“token” cannot be filled in"),
        (b"", "kind: is missing"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_with_what_to_do_and_nothing_changes(
    qtbot: QtBot, world: PracticeWorld, choose: Choose, content: str | bytes, said: str
) -> None:
    path = choose(content)
    window = at(qtbot, world)
    before = way(window)
    newer = opened(qtbot, window)
    bring_in(qtbot, window, newer)
    assert newer.result.tone is Tone.PROBLEM
    assert said in newer.result.title()
    assert path.name in newer.result.title()
    assert newer.result.text()
    assert newer.import_button.isEnabled()
    assert way(window) == before


def test_a_dialog_that_was_left_changes_nothing(
    qtbot: QtBot, world: PracticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "ask_for_file", lambda _parent, _title, _start: "")
    window = at(qtbot, world)
    newer = opened(qtbot, window)
    bring_in(qtbot, window, newer)
    assert not newer.result.isVisible()


def test_a_folder_that_cannot_be_written_to_is_said(
    qtbot: QtBot, world: PracticeWorld, choose: Choose, tmp_path: Path
) -> None:
    choose(EXAMPLE)
    window = at(qtbot, world)
    newer = opened(qtbot, window)
    config = window.session.places.config
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("a file where a folder belongs")
    bring_in(qtbot, window, newer)
    assert newer.result.tone is Tone.PROBLEM
    assert "cannot be changed" in newer.result.title()


def test_what_the_terminal_imported_meanwhile_is_found_when_help_opens(
    qtbot: QtBot, world: PracticeWorld, choose: Choose
) -> None:
    window = at(qtbot, world)
    window.session.catalogues.take(choose(EXAMPLE), window.session.clock.now())
    newer = opened(qtbot, window)
    qtbot.waitUntil(lambda: way(window)[1] == NEW_STEP)
    assert newer.back_button.isVisible()
    assert not newer.result.isVisible()


def test_an_import_that_broke_is_said_under_help_and_can_be_replaced(
    qtbot: QtBot, world: PracticeWorld, choose: Choose
) -> None:
    window = at(qtbot, world)
    folder = window.session.places.catalogues
    folder.mkdir(parents=True)
    (folder / "errors.toml").write_bytes(b"\xff")
    window.shell.show_help()
    window.wait()
    assert window.shell.help_panel is not None
    assert window.shell.help_panel.newer is not None
    assert not window.shell.help_panel.newer.fold.is_open, "whoever asked for help reads that first"
    newer = opened(qtbot, window)
    assert newer.result.isVisible()
    assert said_by(newer) is Tone.WARNING
    assert "The built-in ones are used instead." in newer.result.title()
    click(newer.back_button)
    window.wait()
    assert said_by(newer) is Tone.OK
    assert not (folder / "errors.toml").exists()


def test_a_preset_is_among_the_places_at_once(qtbot: QtBot, world: PracticeWorld, choose: Choose) -> None:
    choose(resource("presets/example/our-bot.toml").read_text("utf-8"))
    window = at(qtbot, world, StepId.APP_ID)
    newer = opened(qtbot, window)
    bring_in(qtbot, window, newer)
    assert "“Our bot” is now one of the places" in newer.result.title()
    qtbot.waitUntil(lambda: "our-bot" in [card.key for card in window.page.places.cards])


def test_fewer_ways_than_the_one_that_is_shown_lead_to_the_first(
    qtbot: QtBot, world: PracticeWorld, choose: Choose
) -> None:
    text = EXAMPLE.replace('"social_route"', '"get_token"')
    window = at(qtbot, world)
    guide = GetOneGuide(window.shell._services)
    qtbot.addWidget(guide)
    guide.show()
    for _press in range(2):
        click(guide.other_button)
    choose(text)
    bring_in(qtbot, window, opened(qtbot, window))
    click(guide.other_button)
    assert guide.steps.steps()[1].text == NEW_STEP


def test_other_rows_keep_the_way_they_show(qtbot: QtBot, world: PracticeWorld, choose: Choose) -> None:
    choose(EXAMPLE.replace('"social_route"', '"default_app"'))
    window = at(qtbot, world)
    row = window.page.rows["default_app"]
    for _press in range(2):
        click(row.unseen_button)
    bring_in(qtbot, window, opened(qtbot, window))
    row = window.page.rows["default_app"]
    assert [step.text for step in row.path.steps()][1] == NEW_STEP, "the only one that is left"
    click(row.unseen_button)
    assert window.page.someone_fold.is_open, "it was the last one known"
    assert "newer instructions" in window.page.someone_fold.message.intro.text()


# At the start of the program.


@pytest.fixture
def catalogues() -> Iterator[Path]:
    """The folder that the program itself looks into; no answer and no open test of another test lies beside it."""
    places = Places(PRACTICE)
    folder = places.catalogues
    for path in (*places.config.glob("answers*"), *places.journal.glob("*")):
        path.unlink()
    folder.mkdir(parents=True)
    yield folder
    for path in (*folder.glob("*"), *places.config.glob("answers*")):
        path.unlink()
    folder.rmdir()


def test_a_broken_import_is_said_once_when_the_window_opens(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, catalogues: Path
) -> None:
    (catalogues / "ui-paths.toml").write_text("kind = 'ui-paths'\nversion = 9\n")
    with program_in(qtbot, world, theme) as shell:
        qtbot.waitUntil(shell.page.notice.isVisible)
        assert "was made for a newer version of this program" in shell.page.notice.title()
        assert "The built-in ones are used instead." in shell.page.notice.title()
        assert "Help" in shell.page.notice.text()
        click(shell.next_button)
        qtbot.waitUntil(lambda: shell.page.step is StepId.PRODUCTS)
        assert not shell.page.notice.isVisible()


def test_damaged_answers_are_said_beside_it(qtbot: QtBot, world: PracticeWorld, theme: Theme, catalogues: Path) -> None:
    keep("{")
    (catalogues / "errors.toml").write_bytes(b"\xff")
    with program_in(qtbot, world, theme) as shell:
        qtbot.waitUntil(lambda: "errors.toml" in shell.page.notice.title())
        assert "previous answers" in shell.page.notice.title()


def test_what_was_imported_earlier_is_in_use_from_the_start(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, catalogues: Path
) -> None:
    from wizard.words import guides

    (catalogues / "ui-paths.toml").write_text(EXAMPLE, encoding="utf-8")
    names = guides.Names("P", "B", "L")
    with program_in(qtbot, world, theme) as shell:
        qtbot.waitUntil(lambda: NEW_STEP in guides.paths("social_route", names)[0].steps)
        assert not shell.page.notice.isVisible()
