from datetime import date
from pathlib import Path

import pytest

from wizard.core.answers import TargetChoice
from wizard.core.target import TargetError, TargetProblem
from wizard.core.world import World
from wizard.targets.choose import target_for
from wizard.targets.presets import PresetKind, load_presets
from wizard.words import texts

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
        ("Öffne die Einstellungen.", 'x"\n"', ""),
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


def test_a_preset_file_that_is_not_text_is_named(own: Path) -> None:
    (own / "binary.toml").write_bytes(b"\xff\xfe")
    assert [problem.file.name for problem in load_presets([own]).problems] == ["binary.toml"]
