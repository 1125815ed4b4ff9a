"""Every sentence reaches the translators, and a translation that would break a sentence does not reach the user."""

import gettext
import io
import re
from pathlib import Path

import babel_toml
import pytest
import words
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from compile_words import compile_words

from wizard.core.resource import load_toml, resource
from wizard.i18n import language

TOML = """
id = "not a sentence"
checked = 2026-01-31
[expired]
title = "The token has expired"
text = "It was valid until {date}."
action = "Get a new one"
link = "{facebook}/tools"
[[paths]]
kind = "professional"
steps = ["Open Settings", "Choose Messaging"]
[[paths.steps_old]]
text = "Open the Page"
"""

SOURCE = """
from wizard.i18n.language import _, ngettext, pgettext

def page(count: int) -> list[str]:
    # Translators: a heading
    return [_("Who answers first"), ngettext("{count} Page", "{count} Pages", count), pgettext("button", "Back")]

def act(count: int) -> str:
    return f"{count} {_('Do this:')}"
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small source tree with sentences in source and data."""
    files = {"wizard/page.py": SOURCE, "resources/errors.toml": TOML, "resources/style/t.toml": 'text = "#fff"'}
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def test_extractor_finds_the_sentence_fields_and_nothing_else() -> None:
    found = list(babel_toml.extract(io.BytesIO(TOML.encode()), (), (), {}))
    assert [(sentence, comments) for _line, _function, sentence, comments in found] == [
        ("The token has expired", ["expired.title"]),
        ("It was valid until {date}.", ["expired.text"]),
        ("Get a new one", ["expired.action"]),
        ("Open Settings", ["paths 1.steps 1"]),
        ("Choose Messaging", ["paths 1.steps 2"]),
        ("Open the Page", ["paths 1.steps_old 1.text"]),
    ]


def test_template_holds_the_sentences_of_source_and_data(tree: Path) -> None:
    words.update(tree)
    template = read(tree / "resources/locale/wizard.pot")
    ids = {message.id for message in template if message.id}
    assert {"Who answers first", ("{count} Page", "{count} Pages"), "Back", "The token has expired"} <= ids
    heading = template.get("Who answers first")
    assert heading is not None
    assert heading.auto_comments == ["a heading"]
    assert [name for name, _line in heading.locations] == ["wizard/page.py"]
    assert template.get("Back", context="button") is not None
    assert "#fff" not in ids


def test_a_sentence_inside_an_f_string_reaches_the_translators(tree: Path) -> None:
    words.update(tree)
    assert read(tree / "resources/locale/wizard.pot").get("Do this:") is not None


def test_a_second_update_without_new_sentences_changes_no_file(tree: Path) -> None:
    words.update(tree)
    words.add(tree, "de")
    words.update(tree)
    before = {path: path.stat().st_mtime_ns for path in (tree / "resources/locale").iterdir()}
    words.update(tree)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_update_keeps_translations_and_adds_what_is_new(tree: Path) -> None:
    words.update(tree)
    german = words.add(tree, "de")
    german.write_text(
        german.read_text(encoding="utf-8").replace(
            'msgid "Get a new one"\nmsgstr ""', 'msgid "Get a new one"\nmsgstr "Holen Sie ein neues"'
        ),
        encoding="utf-8",
    )
    data = tree / "resources/errors.toml"
    data.write_text(data.read_text(encoding="utf-8") + '[revoked]\ntitle = "The token was revoked"\n', encoding="utf-8")
    words.update(tree)
    catalogue = read(german)
    kept, added = catalogue.get("Get a new one"), catalogue.get("The token was revoked")
    assert kept is not None
    assert kept.string == "Holen Sie ein neues"
    assert added is not None
    assert added.string == ""


HEADER = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


@pytest.mark.parametrize(
    "translated",
    [
        'msgid "Open {place}."\nmsgstr "Öffnen Sie {platz}."\n',
        'msgid "Open {place}."\nmsgstr "Öffnen Sie das."\n',
        'msgid "Open {place}."\nmsgstr "Öffnen Sie {place."\n',
        'msgid "Open it."\nmsgstr "Öffnen Sie {place}."\n',
        'msgid "{count} Page"\nmsgid_plural "{count} Pages"\nmsgstr[0] "{count} Seite"\nmsgstr[1] "{zahl} Seiten"\n',
    ],
)
def test_translation_with_wrong_placeholders_stays_english_and_is_named(
    tmp_path: Path, translated: str, capsys: pytest.CaptureFixture[str]
) -> None:
    right = 'msgid "Save."\nmsgstr "Speichern."\n\n'
    (tmp_path / "de.po").write_text(HEADER + right + translated, encoding="utf-8")
    (compiled,) = compile_words(tmp_path)
    assert re.search(r"de\.po: .*(Open|Page)", capsys.readouterr().out)
    with compiled.open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("Save.") == "Speichern."
    assert spoken.gettext("Open {place}.") == "Open {place}."
    assert spoken.ngettext("{count} Page", "{count} Pages", 2) == "{count} Pages"


@pytest.mark.parametrize(
    ("translated", "is_marked"),
    [
        ("{bot} أجاب", True),
        ("Messenger {bot} مفتوح", True),
        ("أجاب {bot}", False),
        ("3 {bot} أيام", True),
        ("{bot}.", True),
    ],
)
def test_sentence_read_from_the_right_that_begins_with_a_latin_name_says_so(
    tmp_path: Path, translated: str, is_marked: bool
) -> None:
    header = HEADER.replace("nplurals=2; plural=(n != 1)", "nplurals=1; plural=0")
    (tmp_path / "ar.po").write_text(header + f'msgid "It {{bot}}"\nmsgstr "{translated}"\n', encoding="utf-8")
    (compiled,) = compile_words(tmp_path)
    with compiled.open("rb") as file:
        said = gettext.GNUTranslations(file).gettext("It {bot}")
    assert said == ("\u200f" if is_marked else "") + translated


def test_a_name_alone_is_the_same_where_people_read_from_the_right(tmp_path: Path) -> None:
    header = HEADER.replace("nplurals=2; plural=(n != 1)", "nplurals=1; plural=0")
    (tmp_path / "ar.po").write_text(header + 'msgid "Flow.ai"\nmsgstr "Flow.ai"\n', encoding="utf-8")
    (compiled,) = compile_words(tmp_path)
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Flow.ai") == "Flow.ai"


def test_what_lacks_before_a_release_is_named() -> None:
    template = read_po(io.BytesIO((HEADER + 'msgid "Save {name}."\nmsgstr ""\n\nmsgid "Stop."\nmsgstr ""\n').encode()))
    translated = {
        "": ["not translated: 'Save {name}.'", "not translated: 'Stop.'"],
        'msgid "Save {name}."\nmsgstr "{name} speichern."\n\n#, fuzzy\nmsgid "Stop."\nmsgstr "Los."\n': [
            "fuzzy: 'Stop.'"
        ],
        'msgid "Save {name}."\nmsgstr "Speichern."\n\nmsgid "Stop."\nmsgstr "Halt."\n': [
            "other placeholders: 'Save {name}.'"
        ],
        'msgid "Save {name}."\nmsgstr "{name} speichern."\n\nmsgid "Stop."\nmsgstr "Halt."\n': [],
    }
    for texts, found in translated.items():
        catalogue = read_po(io.BytesIO((HEADER + texts).encode()), locale="de")
        assert list(words.faults(catalogue, template)) == found


def test_plural_form_may_leave_the_number_out(tmp_path: Path) -> None:
    (tmp_path / "de.po").write_text(
        HEADER
        + 'msgid "{count} Page"\nmsgid_plural "{count} Pages"\nmsgstr[0] "Eine Seite"\nmsgstr[1] "{count} Seiten"\n',
        encoding="utf-8",
    )
    assert compile_words(tmp_path) == [tmp_path / "de" / "LC_MESSAGES" / "wizard.mo"]


def test_each_translation_says_whether_a_native_speaker_has_read_it() -> None:
    told = [one["code"] for one in load_toml("languages.toml")["language"]]
    assert told == sorted(path.stem for path in resource("locale").glob("*.po"))


def test_each_translation_has_the_name_that_its_speakers_give_it() -> None:
    for one in load_toml("languages.toml")["language"]:
        name = Locale.parse(one["code"]).get_display_name(one["code"]) or ""
        assert language.own_name(one["code"]) == name[:1].upper() + name[1:]


def test_what_facebook_calls_a_place_comes_from_its_own_list_with_the_english_behind_it(tmp_path: Path) -> None:
    (tmp_path / "facebook_words.toml").write_text(
        '[[word]]\nenglish = "Connected apps"\n[word.said]\nde = "Verbundene Apps"\n', encoding="utf-8"
    )
    locale = tmp_path / "locale"
    locale.mkdir()
    said = {
        "Open “Connected apps”, then “Save”.": "Öffnen Sie “Connected apps” (verknüpfte Apps), dann “Save” (Sichern).",
        "Open “Connected apps”.": "Öffnen Sie “Connected apps”.",
    }
    texts = "".join(f'msgid "{english}"\nmsgstr "{german}"\n\n' for english, german in said.items())
    (locale / "de.po").write_text(HEADER + texts, encoding="utf-8")
    (compiled,) = compile_words(locale)
    with compiled.open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    first, second = map(spoken.gettext, said)
    assert first == "Öffnen Sie “Verbundene Apps” (Connected apps), dann “Save” (Sichern)."
    assert second == "Öffnen Sie “Verbundene Apps” (Connected apps)."


def test_every_word_of_facebooks_is_one_that_the_program_shows_and_has_its_source() -> None:
    data = load_toml("facebook_words.toml")
    languages = {one["code"] for one in load_toml("languages.toml")["language"]}
    shown = resource("ui_paths.toml").read_text(encoding="utf-8")
    for word in data["word"]:
        assert f"“{word['english']}”" in shown
        assert word["source"].startswith("https://")
        assert set(word["said"]) <= languages


def test_translators_read_what_is_filled_in_and_what_stays(tmp_path: Path) -> None:
    (tmp_path / "wizard").mkdir()
    (tmp_path / "wizard" / "page.py").write_text(
        '_("{bot} sends CUSTOMER_SERVICE_APP_ID to {unknown} with --page.")', encoding="utf-8"
    )
    (message,) = [one for one in words.collect(tmp_path) if one.id]
    assert message.auto_comments == [
        "{bot}: name of the app that answers first",
        "Stays as it is: --page, CUSTOMER_SERVICE_APP_ID",
    ]


def test_a_name_that_a_translation_changed_is_named() -> None:
    template = read_po(io.BytesIO((HEADER + 'msgid "Set LIVE_CHAT_ID in .env."\nmsgstr ""\n').encode()))
    for said, found in (
        ("Setzen Sie LIVE_CHAT_ID in .env.", []),
        ("Setzen Sie LIVE_CHAT_KENNUNG.", ["lost LIVE_CHAT_ID: 'Set LIVE_CHAT_ID in .env.'"]),
    ):
        texts = f'msgid "Set LIVE_CHAT_ID in .env."\nmsgstr "{said}"\n'
        assert list(words.faults(read_po(io.BytesIO((HEADER + texts).encode()), locale="de"), template)) == found


def test_files_name_no_address_that_is_an_example(tree: Path) -> None:
    words.update(tree)
    words.add(tree, "de")
    for path in (tree / "resources/locale").iterdir():
        assert "EMAIL@ADDRESS" not in path.read_text(encoding="utf-8")
