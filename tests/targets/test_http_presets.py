"""Presets of settings APIs: the shipped ones, those of one's own, and what stays apart in practice."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld
from tests.targets.http_bot import NEW, POINTER, http_bot
from wizard.actions.practice import join_practice
from wizard.core.secret import Secret
from wizard.core.target import TargetChoice, TargetError, TargetProblem
from wizard.core.world import World
from wizard.targets.choose import api_of, target_for
from wizard.targets.http_shape import Method
from wizard.targets.presets import load_presets, offered

OWN = """
name = "our-api"
kind = "http"
product = "Our bot"
date = 2026-11-01
source = "our handbook"
title = "Our bot"
url = "https://bot.example/settings"
key = "/handover/app_id"
method = "PATCH"
header = "X-API-Key"
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "our-api.toml").write_text(OWN, encoding="utf-8")
    return tmp_path


def test_the_pretend_platforms_preset_writes_what_its_bot_reads(world: PracticeWorld, tmp_path: Path) -> None:
    bot, asked = http_bot(world), []

    def keys(url: str, header: str) -> Secret:
        asked.append((url, header))
        return Secret(bot.key)

    here = join_practice(world.control_url).world
    target = target_for(TargetChoice("practice-api"), load_presets(), here, tmp_path, keys)
    target.apply(target.plan(NEW))
    assert bot.saved() == NEW
    assert asked == [(bot.api.url, "Authorization")]


def test_the_preset_for_any_api_takes_what_the_person_types(world: PracticeWorld, tmp_path: Path) -> None:
    bot = http_bot(world)
    choice = TargetChoice("http", key=POINTER, url=bot.api.url, method="PATCH", private_ok=True)
    target = target_for(choice, load_presets(), World(), tmp_path, lambda url, header: Secret(bot.key))
    target.apply(target.plan(NEW))
    assert bot.saved() == NEW
    refused = target_for(replace(choice, private_ok=False), load_presets(), World(), tmp_path)
    with pytest.raises(TargetError) as raised:
        refused.plan(NEW)
    assert raised.value.problem is TargetProblem.PRIVATE_ADDRESS


def test_the_pretend_platform_is_offered_in_practice_only(world: PracticeWorld) -> None:
    here = join_practice(world.control_url).world
    assert "practice-api" in offered(load_presets(), here).by_name
    assert "practice-api" not in offered(load_presets(), World()).by_name


def test_practice_calls_no_settings_api_of_life(own: Path, world: PracticeWorld) -> None:
    here, presets = join_practice(world.control_url).world, load_presets([own])
    for choice in (TargetChoice("our-api"), TargetChoice("http", key="/a", url="https://x.example/", private_ok=True)):
        with pytest.raises(TargetError) as raised:
            target_for(choice, presets, here, own)
        assert raised.value.problem is TargetProblem.NOT_IN_PRACTICE


def test_a_preset_of_ones_own_says_how_and_the_person_may_say_otherwise(own: Path) -> None:
    presets = load_presets([own])
    api = api_of(TargetChoice("our-api"), presets.by_name["our-api"], World())
    assert (api.method, api.pointer, api.header, api.prefix) == (Method.PATCH, "/handover/app_id", "X-API-Key", "")
    other = TargetChoice("our-api", key="/x", method="PUT", header="Authorization")
    api = api_of(other, presets.by_name["our-api"], World())
    assert (api.method, api.pointer, api.header, api.prefix) == (Method.PUT, "/x", "Authorization", "Bearer ")


@pytest.mark.parametrize(
    ("was", "now", "place"),
    [
        ("https://bot.example/settings", "http://bot.example/settings", "url: must begin with https://"),
        ("https://bot.example/settings", "{graph}/settings", "url: must begin with https://"),
        ('"PATCH"', '"DELETE"', "method: one of PUT, PATCH, POST"),
        ('"PATCH"', '"POST"\ntemplate = "{app_id}"', "template: JSON with “{app_id}” in quotes"),
        ('"X-API-Key"', '"X Key"', "header: no such name"),
        ('"X-API-Key"', '"Host"', "header: no such name"),
        ('"X-API-Key"', '"X-API-Key"\nprefix = "ä"', "prefix: no such text"),
        ("/handover/app_id", "handover.app_id", "key: a JSON Pointer, such as /handover/app_id"),
        ('"PATCH"', '"PATCH"\nfile = "x"', "file: does not go with the kind http"),
    ],
)
def test_a_mistake_in_a_preset_of_an_api_is_named(own: Path, was: str, now: str, place: str) -> None:
    assert was in OWN
    (own / "our-api.toml").write_text(OWN.replace(was, now), encoding="utf-8")
    (problem,) = load_presets([own]).problems
    assert place in problem.place
