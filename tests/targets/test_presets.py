import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.targets.test_preset_files import REAL_FILES
from wizard.core.products import DEVELOPER, ELSEWHERE
from wizard.core.resource import resource
from wizard.core.target import TargetChoice, TargetError, TargetProblem
from wizard.core.world import World
from wizard.i18n import language, texts
from wizard.targets.choose import target_for
from wizard.targets.presets import FIELDS, PresetKind, load_presets

NEW = "263902037430900"
PRACTICE = World(
    graph="http://127.0.0.1:1/g", platform="http://127.0.0.1:1/p", control="http://127.0.0.1:1/c", label="Practice"
)
OWN = """
name = "our-bot"
kind = "guided"
product = "Our bot"
date = 2026-11-01
source = "our handbook"
title = "Our bot"
steps = ["Open the settings.", "Save."]
field = "Human agent app"
link = "https://bot.example/settings"
[translations.de]
"Open the settings." = "Öffne die Einstellungen."
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "our-bot.toml").write_text(OWN, encoding="utf-8")
    return tmp_path


def test_the_shipped_presets_are_whole_dated_and_sourced() -> None:
    presets = load_presets()
    assert presets.problems == ()
    assert {"flow-ai", "dotenv", "meta-feedback-sample"} <= set(presets.by_name)
    for name, preset in presets.by_name.items():
        assert preset.name == name
        assert preset.title
        assert preset.source
        assert date(2025, 1, 1) < preset.checked


def test_flow_ai_is_pasted_by_the_person_on_the_documented_path(tmp_path: Path) -> None:
    target = target_for(TargetChoice("flow-ai"), load_presets(), World(), tmp_path)
    plan = target.plan(NEW)
    assert plan.is_guided
    assert not plan.is_empty
    assert plan.paste_into == "Secondary receiver"
    path = " ".join(plan.steps)
    at = [path.index(word) for word in ("Integrations", "Messenger", "Advanced", "Secondary receiver", "Save")]
    assert at == sorted(at)
    applied = target.apply(plan)
    assert applied.by_person
    assert not applied.can_undo
    target.undo(applied)
    assert target.read_back() is None
    assert not list(tmp_path.iterdir())


PLATFORMS = {
    # The words printed there, in the order in which a person meets them; the field is the last but for saving.
    "flow-ai": ("Integrations", "Messenger", "Advanced", "Secondary receiver"),
    "chatfuel": ("Blocks", "+ More", "Conversation Handover", "Secondary Receiver"),
    "woztell": ("post-action", "Facebook Pass Thread Control", "Target Facebook App ID"),
    "cognigy": ("Flow", "HTTP Request Node", "target_app_id"),
    "other-platform": ("Messenger or Facebook channel", "Live chat app", "Target app", "Secondary receiver"),
}


@pytest.mark.parametrize("name", PLATFORMS)
def test_each_platform_has_the_path_and_the_field_as_printed_there(name: str, tmp_path: Path) -> None:
    plan = target_for(TargetChoice(name), load_presets(), World(), tmp_path).plan(NEW)
    path, words = " ".join(plan.steps), PLATFORMS[name]
    at = [path.index(word) for word in words]
    assert at == sorted(at)
    assert plan.paste_into == words[-1]
    assert len(plan.steps) >= 4


def test_meya_is_never_offered_the_live_chats_id_for_its_field_of_the_primary_receiver(tmp_path: Path) -> None:
    preset = load_presets().by_name["meya"]
    plan = target_for(TargetChoice("meya"), load_presets(), World(), tmp_path).plan(NEW)
    assert plan.paste_into == ""
    assert "never put the App ID of the live chat there" in preset.text
    assert any("“Primary Receiver App ID” takes the App ID of your bot" in step for step in plan.steps)
    assert plan.code == f'"target_app_id": "{NEW}"'


def test_a_developer_gets_the_line_that_uses_the_app_id(tmp_path: Path) -> None:
    plan = target_for(TargetChoice("developer"), load_presets(), World(), tmp_path).plan(NEW)
    assert plan.is_guided
    assert plan.code == f'"target_app_id": "{NEW}"'


HTTP_PRESETS = {"http", "practice-api"}  # tried on the practice world's platform: test_http_presets.py


def test_no_shipped_preset_goes_without_a_test() -> None:
    tested = {*PLATFORMS, "meya", "developer", *HTTP_PRESETS, *(name for name, _key in REAL_FILES)}
    assert set(load_presets().by_name) == tested


def test_the_platform_that_this_program_follows_comes_first_and_files_come_last() -> None:
    presets = list(load_presets().by_name.values())
    assert presets[0].name == "flow-ai"
    assert [preset.name for preset in presets if preset.is_guided][-1] == ELSEWHERE
    kinds = [(not preset.is_guided, preset.is_http) for preset in presets]
    assert kinds == sorted(kinds)
    by_hand = [preset.name for preset in presets if preset.is_guided and preset.name != "developer"]
    assert by_hand[-1] == "other-platform", "whose bot is described finds it before"


@pytest.mark.parametrize("code", language.available())
def test_products_have_their_names_and_their_order_in_every_language(code: str) -> None:
    def titles() -> list[str]:
        guided = [preset for preset in load_presets().by_name.values() if preset.is_guided]
        return [preset.title for preset in guided if preset.name not in (DEVELOPER, ELSEWHERE)]

    english = titles()
    with language.speaking(code):
        assert titles() == english


def test_the_example_of_a_preset_of_ones_own_is_right_and_does_what_it_says(tmp_path: Path) -> None:
    folder = resource("presets/example")
    presets = load_presets([folder])
    assert presets.problems == ()
    assert "our-bot" in presets.by_name
    assert "our-bot" not in load_presets().by_name
    file = tmp_path / "bot.yml"
    target = target_for(TargetChoice("our-bot", str(file)), presets, World(), tmp_path / "state")
    target.apply(target.plan(NEW))
    assert yaml.safe_load(file.read_text()) == {"messenger": {"live_chat_app_id": NEW}}


def test_the_fields_that_are_described_are_those_that_are_read() -> None:
    table = re.findall(r"^\| `(?:\[translations|(\w+))", resource("presets/README.md").read_text("utf-8"), re.MULTILINE)
    assert {name or "translations" for name in table} == set(FIELDS)


def test_the_pretend_platform_is_opened_in_practice_only(tmp_path: Path) -> None:
    choice, presets = TargetChoice("flow-ai"), load_presets()
    assert target_for(choice, presets, World(), tmp_path).plan(NEW).link == ""
    assert target_for(choice, presets, PRACTICE, tmp_path).plan(NEW).link == "http://127.0.0.1:1/p/"


def test_a_guided_target_takes_nothing_but_an_app_id(tmp_path: Path) -> None:
    with pytest.raises(TargetError) as raised:
        target_for(TargetChoice("flow-ai"), load_presets(), World(), tmp_path).plan("EAAGtoken")
    assert raised.value.problem is TargetProblem.BAD_APP_ID


def test_people_can_add_presets_with_their_own_translations(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    presets = load_presets([own, own / "not there"])
    preset = presets.by_name["our-bot"]
    assert preset.kind is PresetKind.GUIDED
    assert preset.steps == ("Open the settings.", "Save.")
    monkeypatch.setattr(texts, "current", lambda: "de_AT")  # a language the program itself need not speak
    assert preset.steps == ("Öffne die Einstellungen.", "Save.")
    assert "flow-ai" in presets.by_name


def test_a_preset_of_the_persons_own_replaces_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(OWN.replace("our-bot", "flow-ai"), encoding="utf-8")
    assert load_presets([tmp_path]).by_name["flow-ai"].product == "Our bot"


def test_a_site_of_life_is_not_opened_in_practice(own: Path) -> None:
    presets, choice = load_presets([own]), TargetChoice("our-bot")
    assert target_for(choice, presets, World(), own).plan(NEW).link == "https://bot.example/settings"
    assert target_for(choice, presets, PRACTICE, own).plan(NEW).link == ""


@pytest.mark.parametrize(
    ("was", "now", "place"),
    [
        ('name = "our-bot"', 'name = "../x"', "name"),
        ('kind = "guided"', 'kind = "carrier-pigeon"', "kind: carrier-pigeon"),
        ('product = "Our bot"', "", "product"),
        ("date = 2026-11-01", 'date = "yesterday"', "date"),
        ('source = "our handbook"', 'source = ""', "source"),
        ('title = "Our bot"', "title = 5", "title"),
        ('["Open the settings.", "Save."]', "[]", "steps"),
        ('["Open the settings.", "Save."]', "[1]", "steps"),
        ('field = "Human agent app"', "", "steps, field"),
        ("https://bot.example/settings", "javascript:alert(1)", "link"),
        ("https://bot.example/settings", "file:///etc/passwd", "link"),
        ("https://bot.example/settings", "http://bot.example/", "link"),
        ('field = "Human agent app"', 'feild = "Human agent app"', "feild: there is no such field"),
        ('field = "Human agent app"', 'field = "Human agent app"\nkey = "A"', "key: does not go with the kind guided"),
        ('kind = "guided"', 'kind = "yaml"', "steps: does not go with the kind yaml"),
        ("Öffne die Einstellungen.", 'x"\n"', "line 13"),
        ('"Öffne die Einstellungen."', "5", "translations"),
    ],
)
def test_a_preset_with_a_mistake_is_named_and_hides_no_other(own: Path, was: str, now: str, place: str) -> None:
    text = OWN.replace(was, now)
    assert text != OWN
    (own / "our-bot.toml").write_text(text, encoding="utf-8")
    presets = load_presets([own])
    assert "our-bot" not in presets.by_name
    assert "flow-ai" in presets.by_name
    (problem,) = presets.problems
    assert problem.file == own / "our-bot.toml"
    assert place in problem.place


@pytest.mark.parametrize(
    ("kind", "key", "place"),
    [
        ("yaml", "a..b", "key: names from the outside in"),
        ("ini", "no_section", "key: the section, a dot and the key"),
        ("dotenv", "A B", "key: letters, digits and underscores"),
    ],
)
def test_a_key_that_cannot_be_is_named_before_it_is_used(own: Path, kind: str, key: str, place: str) -> None:
    (own / "file.toml").write_text(
        f'name = "file"\nkind = "{kind}"\nproduct = "x"\ndate = 2026-11-01\nsource = "x"\ntitle = "x"\nkey = "{key}"\n'
    )
    (problem,) = load_presets([own]).problems
    assert problem.file == own / "file.toml"
    assert place in problem.place


def test_a_preset_file_that_cannot_be_read_is_named_with_the_reason(own: Path) -> None:
    (own / "folder.toml").mkdir()
    (problem,) = load_presets([own]).problems
    assert problem.place == "it is no file"


def test_a_preset_file_that_is_not_text_is_named(own: Path) -> None:
    (own / "binary.toml").write_bytes(b"\xff\xfe")
    assert [problem.file.name for problem in load_presets([own]).problems] == ["binary.toml"]


def test_a_title_with_an_accent_stands_beside_its_letter(tmp_path: Path) -> None:
    text = (resource("presets") / "flow-ai.toml").read_text(encoding="utf-8")
    titles = ("Webchat", "Çare", "Dialog", "Ávila")
    for number, title in enumerate(titles):
        own = re.sub(r"^title = .*$", f'title = "{title}"', text, count=1, flags=re.MULTILINE)
        own = re.sub(r"^name = .*$", f'name = "own-{number}"', own, count=1, flags=re.MULTILINE)
        (tmp_path / f"own-{number}.toml").write_text(own, encoding="utf-8")
    found = [one.title for one in load_presets([tmp_path]).by_name.values() if one.title in titles]
    assert found == ["Ávila", "Çare", "Dialog", "Webchat"]
