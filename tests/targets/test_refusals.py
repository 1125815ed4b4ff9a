"""What a file target says to a file that is something else, and to a key that would lead nowhere."""

from pathlib import Path

import pytest

from tests.targets.properties import NEW
from wizard.core.target import TargetChoice, TargetError, TargetProblem, TargetTrouble
from wizard.core.world import World
from wizard.targets.base import Plan
from wizard.targets.choose import target_for
from wizard.targets.presets import load_presets
from wizard.words import targets

PRESETS = load_presets()


def plan(folder: Path, kind: str, name: str, text: str, key: str) -> Plan:
    (folder / name).write_text(text, encoding="utf-8")
    choice = TargetChoice(kind, str(folder / name), key)
    return target_for(choice, PRESETS, World(), folder / "state").plan(NEW)


def trouble(folder: Path, kind: str, name: str, text: str, key: str = "app_id") -> TargetTrouble:
    with pytest.raises(TargetError) as raised:
        plan(folder, kind, name, text, key)
    assert (folder / name).read_text(encoding="utf-8") == text
    return raised.value.trouble


@pytest.mark.parametrize(
    ("kind", "name", "text", "problem"),
    [
        ("dotenv", "bot.config.ts", "A=1\n", TargetProblem.PROGRAM),
        ("toml", "settings.py.example", "A = 1\n", TargetProblem.PROGRAM),
        ("dotenv", "start", "#!/bin/sh\nexport A=1\nexec node bot.js\n", TargetProblem.PROGRAM),
        ("json", "config", "const a = { b: 1 }\n", TargetProblem.PROGRAM),
        ("yaml", "bot", "<?php\nreturn [1];\n", TargetProblem.PROGRAM),
        ("ini", "bot.config", '<?xml version="1.0"?>\n<a/>\n', TargetProblem.XML_FILE),
        ("yaml", "bot.plist", "a: 1\n", TargetProblem.XML_FILE),
        ("yaml", "values.yml", "a: 1\n{{- if .Values.x }}\nb: 2\n{{- end }}\n", TargetProblem.TEMPLATE),
        ("yaml", "bot.yml", "a: {{ live_chat }}\n", TargetProblem.TEMPLATE),
        ("yaml", "database.yml", "a:\n<% if x %>\n  b: 1\n<% end %>\n", TargetProblem.TEMPLATE),
        ("json", "bot.json", '{"a": {{ live_chat }}}\n', TargetProblem.TEMPLATE),
        ("dotenv", ".env", "{% for one in all %}\nA={{ one }}\n{% endfor %}\n", TargetProblem.TEMPLATE),
        ("dotenv", ".env.j2", "A=1\n", TargetProblem.TEMPLATE),
        ("yaml", "bot.yml", 'a: "{{ not_here }}"\n\tb: 1\n', TargetProblem.BROKEN_FILE),
        ("json", "bot.json", '{"a": 1,\n"b" 2}\n', TargetProblem.BROKEN_FILE),
        ("json", "bot.json5", "{a: 1}\n", TargetProblem.JSON5),
        ("json", "bot.json", "{\n  // x\n  a: 'b',\n}\n", TargetProblem.JSON5),
        ("json", "bot.json", '{"a": "b: c", "d": tru}\n', TargetProblem.BROKEN_FILE),
        ("dotenv", ".env", "services:\n  bot:\n    image: x\n", TargetProblem.NO_DOTENV),
    ],
)
def test_a_program_markup_and_a_template_are_called_what_they_are(
    tmp_path: Path, kind: str, name: str, text: str, problem: TargetProblem
) -> None:
    found = trouble(tmp_path, kind, name, text, "a.app_id" if kind == "ini" else "app_id")
    assert found.problem is problem
    is_in_order = problem in (TargetProblem.PROGRAM, TargetProblem.XML_FILE, TargetProblem.TEMPLATE)
    assert ("mistake" in targets.said(found).text) is (problem is TargetProblem.BROKEN_FILE)
    assert not is_in_order or "Correct" not in targets.said(found).action


@pytest.mark.parametrize(
    ("kind", "name", "text", "is_really"),
    [
        ("dotenv", "docker-compose.yml", "a: 1\n", "YAML"),
        ("dotenv", "settings", "a: 1\nb:\n  c: 2\n", "YAML"),
        ("json", "bot.yaml", "a: 1\n", "YAML"),
        ("yaml", "bot.json", "{}", "JSON"),
        ("toml", "settings", '{"a": 1}', "JSON"),
        ("yaml", "prod", "A=1\nB=2\n", ".env"),
        ("ini", "bot.env", "A=1\n", ".env"),
        ("ini", "bot.toml", "[a]\nb = 1\n", "TOML"),
        ("json", "settings", "[a]\nb = x\n", "INI"),
    ],
)
def test_another_format_is_named(tmp_path: Path, kind: str, name: str, text: str, is_really: str) -> None:
    found = trouble(tmp_path, kind, name, text, "a.app_id" if kind == "ini" else "app_id")
    assert found.problem is TargetProblem.OTHER_FORMAT
    assert f"is a {is_really} file" in targets.said(found).text


@pytest.mark.parametrize("name", ["bot.ini", "bot.conf", "app.properties", ".env.example", "env"])
def test_lines_of_name_and_value_are_taken_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    assert plan(tmp_path, "dotenv", name, "A=1\nB=2\n", "APP_ID").adds_key


FLAT = "facebook.page.id: 1\n"
DEEP = '{"Facebook": {"PageId": 1}, "a.b": {"c": 1}}'


@pytest.mark.parametrize(
    ("kind", "text", "key", "way"),
    [
        ("json", DEEP, "/Facebook/AppId", "Facebook.AppId"),
        ("json", DEEP, "Facebook/AppId", "Facebook.AppId"),
        ("json", DEEP, "Facebook:AppId", "Facebook.AppId"),
        ("json", DEEP, "Facebook__AppId", "Facebook.AppId"),
        ("json", DEEP, "$.Facebook.AppId", "Facebook.AppId"),
        ("json", DEEP, "Facebook['AppId']", "Facebook.AppId"),
        ("json", DEEP, "Facebook.pages[0]", "Facebook.pages.0"),
        ("json", DEEP, "facebook.AppId", "Facebook.AppId"),
        ("json", DEEP, "Facebook.page_id", "Facebook.PageId"),
        ("json", DEEP, "a.b.app", "a~1b.app"),
        ("json", "", "/Facebook/AppId", "Facebook.AppId"),
        ("yaml", FLAT, "facebook.page.app_id", "facebook~1page~1app_id"),
        ("yaml", "channels.shop:\n  id: 1\n", "channels.shop.app_id", "channels~1shop.app_id"),
        ("yaml", "live-chat-id: 1\n", "live_chat_id", "live-chat-id"),
        ("yaml", "env:\n- name: ID\n  value: '0'\n", "env.ID", "env.0.value"),
        ("toml", "[Facebook]\na = 1\n", "facebook.app_id", "Facebook.app_id"),
        ("ini", "[Facebook]\na = 1\n", "facebook.app_id", "Facebook.app_id"),
        ("dotenv", "PAGE_ID=1\n", "facebook.app_id", "FACEBOOK_APP_ID"),
        ("dotenv", "page_id=1\n", "facebook.app-id", "facebook_app_id"),
        ("dotenv", "LIVE_CHAT_ID=1\n", "live_chat_id", "LIVE_CHAT_ID"),
    ],
)
def test_a_key_that_programs_would_not_find_is_refused_with_the_right_one(
    tmp_path: Path, kind: str, text: str, key: str, way: str
) -> None:
    found = trouble(tmp_path, kind, "settings", text, key)
    assert (found.problem, found.way) == (TargetProblem.WRITE_IT_SO, way)
    assert way in targets.said(found).action


@pytest.mark.parametrize(
    ("kind", "text", "key"),
    [
        ("yaml", "annotations:\n  shop.test/on: x\n", "annotations.shop~1test/id"),
        ("yaml", "a:\n  b: 1\n", "a.facebook~1id"),
        ("json", '{"a:b": 1}', "a:c"),
        ("dotenv", "server.port=1\n", "messenger.app-id"),
        ("dotenv", "", "messenger.id"),
        ("json", DEEP, "Facebook.AppId"),
    ],
)
def test_signs_that_other_names_there_have_too_belong_to_the_name(
    tmp_path: Path, kind: str, text: str, key: str
) -> None:
    assert plan(tmp_path, kind, "settings", text, key).changes[0].new == NEW


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [("info", True), ("true", True), ("0", False), ("", False), ("<your id>", False), ("YOUR_APP_ID", False)],
)
def test_a_word_is_replaced_only_after_a_warning(tmp_path: Path, text: str, is_asked: bool) -> None:
    found = plan(tmp_path, "yaml", "bot.yml", f"a: {text}\n", "a")
    assert found.is_other_text is is_asked
    assert bool(targets.doubts(found.key, found.is_other_text, found.beside)) is is_asked


@pytest.mark.parametrize(
    ("kind", "text", "key", "names"),
    [
        ("yaml", "s:\n  bot: {a: 1}\n  admin: {a: 1}\n", "s.bto.env.id", ("bot", "admin")),
        ("json", '{"s": {"bot": {}}}', "s.bto.env.id", ("bot",)),
        ("toml", "[s.bot]\na = 1\n", "s.bto.env.id", ("bot",)),
        ("yaml", "s:\n  bot: {a: 1}\n", "s.bto.id", ()),
        ("yaml", "", "s.bot.id", ()),
    ],
)
def test_where_two_groups_would_be_new_those_that_stand_there_are_named(
    tmp_path: Path, kind: str, text: str, key: str, names: tuple[str, ...]
) -> None:
    found = plan(tmp_path, kind, "settings", text, key)
    assert found.beside == names
    assert all(name in " ".join(targets.doubts(found.key, found.is_other_text, found.beside)) for name in names)


def test_a_list_that_holds_no_names_is_not_taken_for_another_format(tmp_path: Path) -> None:
    assert trouble(tmp_path, "toml", "bot.toml", "env = ['A=1']\n", "env.A").problem is TargetProblem.NOT_A_GROUP
