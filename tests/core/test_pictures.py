"""Which drawing goes with which step of a way, and what stands in it."""

import re
from datetime import date

import pytest

from wizard.core.pictures import Part, Picture, draw, is_english, labels_of, part_of, site_of
from wizard.core.resource import load_toml, resource
from wizard.targets.presets import load_presets
from wizard.words import guides

AS_OF = date(2026, 11, 22)
NAMES = guides.Names("Lumen Coffee", "Flow bot", "Support Desk")
WAYS = [
    (path["steps"], path["pictures"]) for setting in load_toml("ui_paths.toml")["setting"] for path in setting["path"]
] + [
    (preset.english_steps, preset.drawn)
    for preset in load_presets().by_name.values()
    if preset.is_guided and preset.name != "developer"  # who needs no way: there is no window to draw
]


def drawn(entries: list[str], steps: list[str]) -> tuple[Picture | None, ...]:
    return draw(entries, steps, [step.upper() for step in steps], "site.example", AS_OF, lambda label: (label,), False)


def test_the_labels_are_what_the_english_step_quotes_and_what_the_entry_adds() -> None:
    (found,) = drawn(["choice {bot}"], ["At “Meta App” choose your bot’s app."])
    text = "AT “META APP” CHOOSE YOUR BOT’S APP."
    assert found == Picture(Part.CHOICE, ("Meta App", "{bot}"), "site.example", "", 1, text, AS_OF)


def test_what_was_opened_in_a_menu_is_the_heading_of_what_follows() -> None:
    found = drawn(["menu", "", "button Save"], ["Open “Settings”, then “Routing”.", "Look.", "Save."])
    assert [picture and picture.place for picture in found] == ["", None, "Routing"]
    assert [picture and picture.number for picture in found] == [1, None, 3]


@pytest.mark.parametrize("entries", [[], ["", ""], ["menu"], ["row"], ["no-such-thing “x”"], ["list", "list", "list"]])
def test_a_step_without_a_picture_or_without_its_labels_has_none(entries: list[str]) -> None:
    assert drawn(entries, ["Save.", "Go “back”."])[0] is None


def test_a_name_of_the_person_with_quotation_marks_is_one_label() -> None:
    path = guides.paths("default_app", guides.Names("A “B” | C", "Bot", "Chat"))[0]
    assert path.pictures[0] is not None
    assert path.pictures[0].labels == ("A “B” | C",)


@pytest.mark.parametrize(
    ("link", "site"),
    [
        ("{facebook}/settings?tab=x", "facebook.com"),
        ("{developers}/apps/", "developers.facebook.com"),
        ("https://www.bot.example/settings", "bot.example"),
        ("{platform}/", "Flow.ai"),
        ("", "Flow.ai"),
    ],
)
def test_the_address_in_a_picture_is_the_site_of_life(link: str, site: str) -> None:
    assert site_of(link, "Flow.ai") == site


@pytest.mark.parametrize(("steps", "entries"), WAYS)
def test_a_picture_that_ships_says_nothing_that_its_step_does_not_say(steps: list[str], entries: list[str]) -> None:
    assert len(entries) == len(steps)
    assert any(entries)
    for entry, step in zip(entries, steps, strict=True):
        assert not entry or part_of(entry, step) is not None, step
        for label in labels_of(entry, step) if entry else ():
            assert label in step or re.fullmatch(r"\{(page|bot|live_chat|permissions)\}", label), label


def test_every_kind_of_picture_is_described_for_those_who_write_a_catalogue() -> None:
    text = resource("catalogues/README.md").read_text("utf-8")
    table = text[text.index("### Pictures") :].split("\n## ")[0]
    named = {
        name
        for row in table.splitlines()
        if row.startswith("| `")
        for name in re.findall(r"`(\w+)`", row.split("|")[1])
    }
    assert named == set(Part)


def test_only_what_developers_use_has_english_menus_in_every_language() -> None:
    assert is_english("{developers}/tools/explorer/")
    assert not any(map(is_english, ("{facebook}/settings", "{business}/settings", "")))


def test_messenger_on_a_phone_speaks_the_language_of_its_owner() -> None:
    steps = ["Press “Save”.", "Send “human” to “Lumen”."]
    found = draw(["button", "messenger"], steps, steps, "flow.example", AS_OF, lambda label: (label,), True)
    assert [one is not None and one.is_english for one in found] == [True, False]
