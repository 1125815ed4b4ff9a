"""A file that came by mail: what is right in it is taken, and every mistake is named with its place."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import tomlkit

from tests.catalogues.sent import ERRORS, PATHS, catalogue, file, wrong
from wizard.catalogues.imported import shipped_text
from wizard.catalogues.readers import read
from wizard.core.catalogues import CatalogueKind, CatalogueProblem, shipped_entries
from wizard.core.explain.error_rules import entries_with
from wizard.core.resource import resource
from wizard.core.world import World
from wizard.targets.presets import Preset
from wizard.words.catalogues import said


def test_a_short_file_is_taken_with_what_holds_for_the_whole(tmp_path: Path) -> None:
    found = catalogue(file(tmp_path, PATHS))
    assert (found.kind, found.date, found.source) == (CatalogueKind.UI_PATHS, date(2026, 12, 24), "Support")
    (path,) = found.entries[0]["path"]
    assert (path["date"], path["source"], path["mark"]) == (date(2026, 12, 24), "Support", "reported")
    assert found.translations == {"de": {"Save.": "Speichern Sie."}}


def test_a_file_from_windows_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "sent.toml"
    path.write_bytes(b"\xef\xbb\xbf" + PATHS.replace("\n", "\r\n").encode())
    assert catalogue(path).entries[0]["id"] == "default_app"


@pytest.mark.parametrize("kind", CatalogueKind)
def test_what_ships_is_right_in_the_form_of_a_file_and_says_the_same(tmp_path: Path, kind: CatalogueKind) -> None:
    path = file(tmp_path, shipped_text(kind))
    found = catalogue(path)
    assert [one["id"] for one in found.entries] == [one["id"] for one in shipped_entries(kind)]
    if kind is CatalogueKind.ERRORS:
        assert entries_with(found) == entries_with(None)
    else:
        ours = [{name: one[name] for name in ("id", "title", "text")} for one in shipped_entries(kind)]
        assert [{name: one[name] for name in ("id", "title", "text")} for one in found.entries] == ours
        for one, other in zip(found.entries, shipped_entries(kind), strict=True):
            lists = [{name: tuple(path[name]) for name in ("steps", "pictures")} for path in other["path"]]
            assert one["path"] == [path | own for path, own in zip(other["path"], lists, strict=True)]


def test_the_example_is_right(tmp_path: Path) -> None:
    found = catalogue(resource("catalogues/example.catalogue.toml"))
    assert [one["id"] for one in found.entries] == ["social_route"]
    assert found.entries[0]["path"][0]["link"].startswith("{facebook}/"), "in practice it opens practice's Facebook"


def test_every_field_is_described() -> None:
    from wizard.catalogues import readers as module

    described = resource("catalogues/README.md").read_text(encoding="utf-8")
    models = (module.UiPaths, module.Errors, module.SettingModel, module.Way, module.Error, module.MatchModel)
    for name in {name for model in models for name in model.__struct_fields__} - {"translations"}:
        assert any(f"`{one}`" in described for one in (name, f"[[{name}]]", f"[[setting.{name}]]")), name
    for setting in shipped_entries(CatalogueKind.UI_PATHS):
        assert f"`{setting['id']}`" in described


@pytest.mark.parametrize(
    ("was", "now", "place"),
    [
        ('kind = "ui-paths"', "", "kind: is missing"),
        ('kind = "ui-paths"', 'kind = "menus"', "kind: menus is unknown; known are ui-paths, errors"),
        ('kind = "ui-paths"', "kind = 5", "kind: must be a text"),
        ("version = 1", "", "version: is missing"),
        ("version = 1", 'version = "1"', "version: a number"),
        ("version = 1", "version = true", "version: a number"),
        ("version = 1", "version = 0", "version: a number"),
        ("date = 2026-12-24", "", "date: is missing"),
        ("date = 2026-12-24", 'date = "soon"', "date: a date"),
        ("date = 2026-12-24", "date = 2026-12-24T10:00:00", "date: a date"),
        ('source = "Support"', "", "source: is missing"),
        ('source = "Support"', 'source = "Support"\nretry = "soon"', "retry: there is no such field; known are kind"),
        ('id = "default_app"', 'id = "colour"', "setting 1 (colour), id: colour is unknown; known are default_app"),
        ('id = "default_app"', 'id = "default_app"\ncannot_be_read = true', "(default_app), cannot_be_read: there is"),
        ('text = "It answers first."', "", "setting 1 (default_app), text: is missing"),
        ('text = "It answers first."', 'text = " "', "text: must be a text"),
        ('"It answers first."', '"a\\u0007b"', "text: has a character in it that cannot be seen (U+0007)"),
        ('"It answers first."', '"a\\u202Eb"', "text: has a character in it that cannot be seen (U+202E)"),
        ('"It answers first."', '"a\\nb"', "text: has a character in it that cannot be seen (U+000A)"),
        ('"It answers first."', f'"{"a" * 1001}"', "text: is longer than 1000 characters"),
        ("{bot} is", "{bot.__class__} is", "title: “bot.__class__” cannot be filled in; known are {page}"),
        ("{bot} is", "{bot!r} is", "title: “bot” cannot be filled in"),
        ("{bot} is", "{bot:>999999999} is", "title: “bot” cannot be filled in"),
        ("{bot} is", "{} is", "title: “” cannot be filled in"),
        ("{bot} is", "{bot is", "title: has a curly bracket without its other half"),
        ("“{page}”", "“{token}”", "path 1 (routing), steps: “token” cannot be filled in"),
        ('["Choose “{page}”.", "Save."]', "[]", "path 1 (routing), steps: is missing"),
        ('["Choose “{page}”.", "Save."]', '"Save."', "steps: a list of sentences"),
        ('["Choose “{page}”.", "Save."]', "[1]", "steps: a list of sentences"),
        ('["Choose “{page}”.", "Save."]', f'["{"a" * 1001}"]', "steps: is longer"),
        ('["Choose “{page}”.", "Save."]', str(["a"] * 41), "steps: more than 40"),
        ('generation = "routing"', 'generation = "A B"', "generation: small letters"),
        ("[[setting.path]]", "[setting.path]", "path: must be tables, each under [[path]]"),
        ("[[setting.path]]", "[[setting.paths]]", "paths: there is no such field"),
        (
            'title = "Settings"',
            'title = "Settings"\npictures = ["photo"]',
            "pictures: photo is unknown; known are account",
        ),
        ('title = "Settings"', 'title = "Settings"\npictures = ["messenger"]', "pictures: “messenger” lacks a label"),
        ('title = "Settings"', 'title = "Settings"\npictures = ["list {x}"]', "pictures: “x” cannot be filled in"),
        ('title = "Settings"', f'title = "Settings"\npictures = {[""] * 9}', "pictures: more than there are steps"),
        ('title = "Settings"', 'title = "Settings"\nmark = "sworn"', "mark: sworn is unknown"),
        ('"Speichern Sie."', '"{token}"', "translations, de: “token” cannot be filled in"),
        ('"Speichern Sie."', "5", "translations: a table for each language"),
        ("translations.de", 'translations."../x"', "translations: ../x is no language"),
    ],
)
def test_a_mistake_in_instructions_is_named_with_its_place(tmp_path: Path, was: str, now: str, place: str) -> None:
    error = wrong(file(tmp_path, PATHS, was, now))
    assert error.problem is CatalogueProblem.MISTAKE
    assert place in error.what
    text, action = said(error)
    assert str(error.path) in text
    assert error.what in text
    assert action


@pytest.mark.parametrize(
    ("was", "now", "place"),
    [
        ('kind = "unknown"', 'kind = "sad"', "error 1 (of-tomorrow), kind: sad is unknown; known are no_connection"),
        ('id = "of-tomorrow"', 'id = "take-refused"', "error 1 (take-refused), kind: must stay take_refused"),
        ('id = "of-tomorrow"', 'id = "Of Tomorrow"', "id: small letters"),
        ('who = "wait"', 'who = "mother"', "who: mother is unknown; known are developer, facebook, owner, wait"),
        ('who = "wait"', 'who = "wait"\nretry = "soon"', "retry: there is no such field"),
        ('who = "wait"', 'who = "wait"\ndefault = true', "default: there is no such field"),
        ('who = "wait"', 'who = "wait"\nchannel = "fax"', "channel: fax is unknown; known are instagram"),
        ('who = "wait"', 'who = "wait"\nlink = "https://example.com/"', "link: must lead to Facebook"),
        ("codes = [4711]", 'codes = ["4711"]', "match 1, codes: a list of numbers"),
        ("codes = [4711]", "codes = [true]", "match 1, codes: a list of numbers"),
        ("codes = [4711]", "codes = [99999999999]", "match 1, codes: a list of numbers"),
        ("between = [4700, 4800]", "between = [4700]", "between: the first number and the last"),
        ('words = ["brand new"]', 'words = ["a"]', "words: each needs three letters"),
        ("codes = [4711], words", "code = [4711], words", "code: there is no such field"),
        ('match = [{ codes = [4711], words = ["brand new"], ', "match = [{ ", ""),
        (
            'codes = [4711], words = ["brand new"], calls = ["take_thread_control"], between = [4700, 4800]',
            'calls = ["take_thread_control"]',
            "match 1: needs codes, subcodes, words or between",
        ),
    ],
)
def test_a_mistake_in_error_texts_is_named_with_its_place(tmp_path: Path, was: str, now: str, place: str) -> None:
    path = file(tmp_path, ERRORS, was, now)
    if not place:
        assert catalogue(path).entries[0]["match"] == [{"calls": ["take_thread_control"], "between": [4700, 4800]}]
        return
    error = wrong(path)
    assert error.problem is CatalogueProblem.MISTAKE
    assert place in error.what


def test_a_way_may_say_what_is_drawn_beside_its_steps(tmp_path: Path) -> None:
    now = 'title = "Settings"\npictures = ["list {page}"]'
    found = catalogue(file(tmp_path, PATHS, 'title = "Settings"', now))
    assert list(found.entries[0]["path"][0]["pictures"]) == ["list {page}"]


@pytest.mark.parametrize("name", ["x` - at `$.setting[7].path", "x` - at `$.version", "\n", "a - at `$`"])
def test_a_field_with_an_odd_name_is_a_mistake_like_any_other(tmp_path: Path, name: str) -> None:
    odd = f'source = "Support"\n{tomlkit.item({name: 1}).as_string()}'
    assert "there is no such field; known are kind" in wrong(file(tmp_path, PATHS, 'source = "Support"', odd)).what


def test_the_same_entry_twice_is_a_mistake(tmp_path: Path) -> None:
    setting = PATHS[PATHS.index("[[setting]]") : PATHS.index("[translations")]
    assert "default_app is there twice" in wrong(file(tmp_path, PATHS, setting, setting + setting)).what
    way = setting[setting.index("[[setting.path]]") :]
    assert "routing is there twice" in wrong(file(tmp_path, PATHS, way, way + way)).what


def test_a_file_without_an_entry_is_a_mistake(tmp_path: Path) -> None:
    head = PATHS[: PATHS.index("[[setting]]")]
    assert wrong(file(tmp_path, head)).what == "setting: is missing"


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/settings",
        "https://facebook.com.example.com/",
        "https://www.facebook.com",
        "https://www.facebook.com@example.com/",
        "https://www.facebook.com/l.php?u=https://example.com",
        "https://www.facebook.com/l.php?u=https%3A%2F%2Fexample.com",
        "https://www.facebook.com//example.com",
        "https://www.facebook.com/\\\\example.com",
        "http://www.facebook.com/settings",
        "https://example.com/{facebook}/settings",
        "{facebook}.example.com/",
        "{facebook}",
        "{platform}/settings",
        "{facebook}/settings {business}/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "{facebook}/" + "a" * 400,
    ],
)
def test_a_link_that_does_not_lead_to_facebook_alone_is_refused(tmp_path: Path, link: str) -> None:
    path = file(tmp_path, PATHS, '"{facebook}/settings?tab=routing"', f"'{link}'")
    assert "path 1 (routing), link: " in wrong(path).what


@pytest.mark.parametrize(
    ("link", "in_life"),
    [
        ("https://www.facebook.com/settings?tab=x", "https://www.facebook.com/settings?tab=x"),
        ("https://facebook.com/settings", "https://www.facebook.com/settings"),
        ("https://business.facebook.com/latest/settings", "https://business.facebook.com/latest/settings"),
        ("https://developers.facebook.com/apps/", "https://developers.facebook.com/apps/"),
        ("{business}/latest/settings#top", "https://business.facebook.com/latest/settings#top"),
        ("", ""),
    ],
)
def test_a_link_to_facebook_is_taken_and_opens_practice_in_practice(tmp_path: Path, link: str, in_life: str) -> None:
    found = catalogue(file(tmp_path, PATHS, "{facebook}/settings?tab=routing", link)).entries[0]["path"][0]["link"]
    assert World().link(found) == in_life
    here = "http://127.0.0.1:1"
    assert World(facebook=here, business=here, developers=here).link(found).startswith(here if link else "")


@pytest.mark.parametrize("text", [PATHS, ERRORS, resource("presets/example/our-bot.toml").read_text("utf-8")])
def test_a_file_from_the_future_is_said_to_be_one_whatever_is_new_in_it(tmp_path: Path, text: str) -> None:
    newer = text.replace("version = 1", "").replace("\nkind =", "\nversion = 2\nworld = { x = 1 }\nkind =")
    error = wrong(file(tmp_path, newer))
    assert error.problem is CatalogueProblem.NEWER
    assert "newer version of this program" in said(error)[0]


def test_a_kind_from_the_future_is_too(tmp_path: Path) -> None:
    assert wrong(file(tmp_path, 'kind = "holograms"\nversion = 3\n')).problem is CatalogueProblem.NEWER


def test_a_preset_is_known_by_its_kind(tmp_path: Path) -> None:
    text = resource("presets/example/our-bot.toml").read_text("utf-8")
    what = read(file(tmp_path, text))[1]
    assert isinstance(what, Preset)
    assert what.name == "our-bot"
    assert "name: errors is the name of something else" in wrong(file(tmp_path, text, '"our-bot"', '"errors"')).what
    assert "keys: there is no such field" in wrong(file(tmp_path, text, "key =", "keys =")).what


def test_dates_may_differ_from_entry_to_entry(tmp_path: Path) -> None:
    earlier = date(2026, 12, 24) - timedelta(days=30)
    found = catalogue(file(tmp_path, PATHS, 'title = "Settings"', f'title = "Settings"\ndate = {earlier}'))
    assert found.entries[0]["path"][0]["date"] == earlier


@pytest.mark.parametrize("link", ["https://[", "https://", "https:///x", "https://[::1"])
def test_a_preset_with_half_an_address_is_refused(tmp_path: Path, link: str) -> None:
    text = resource("presets/chatfuel.toml").read_text("utf-8") + f'\nlink = "{link}"\n'
    assert wrong(file(tmp_path, text)).what.startswith("link: ")
    api = resource("presets/http.toml").read_text("utf-8") + '\nurl = "http://127.0.0.1.example.com/"\n'
    assert wrong(file(tmp_path, api)).what.startswith("url: ")
