"""Sentences follow the current language at once, in the source and in data, and fall back to English."""

from pathlib import Path

import pytest
from compile_words import compile_words

from wizard.core import resource as resource_module
from wizard.i18n import language
from wizard.i18n.language import _, available, current, ngettext, pgettext, use
from wizard.i18n.texts import translate, translate_tree

GERMAN = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Answers first"
msgstr "Antwortet zuerst"

msgid "Open {place}."
msgstr "Öffnen Sie {place}."

msgid "{count} Page"
msgid_plural "{count} Pages"
msgstr[0] "{count} Seite"
msgstr[1] "{count} Seiten"

msgctxt "button"
msgid "Back"
msgstr "Zurück"
"""

POLISH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "{count} Page"
msgid_plural "{count} Pages"
msgstr[0] "{count} strona"
msgstr[1] "{count} strony"
msgstr[2] "{count} stron"
"""


@pytest.fixture
def translations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small German and a small Polish catalogue, compiled as a build compiles them."""
    locale = tmp_path / "locale"
    locale.mkdir()
    (locale / "de.po").write_text(GERMAN, encoding="utf-8")
    (locale / "pl.po").write_text(POLISH, encoding="utf-8")
    compile_words(locale)
    monkeypatch.setattr(resource_module, "_ROOTS", (tmp_path,))


@pytest.mark.usefixtures("translations")
def test_switching_changes_sentences_of_source_and_data_at_once() -> None:
    catalogue = {"id": "role", "title": "Answers first"}
    assert (_("Answers first"), translate_tree(catalogue)["title"]) == ("Answers first", "Answers first")
    use("de")
    assert (_("Answers first"), translate_tree(catalogue)["title"]) == ("Antwortet zuerst", "Antwortet zuerst")
    assert pgettext("button", "Back") == "Zurück"
    use("en")
    assert (_("Answers first"), translate_tree(catalogue)["title"]) == ("Answers first", "Answers first")
    assert catalogue == {"id": "role", "title": "Answers first"}


@pytest.mark.usefixtures("translations")
@pytest.mark.parametrize(("count", "expected"), [(1, "strona"), (3, "strony"), (5, "stron"), (22, "strony")])
def test_plural_follows_the_rules_of_the_language(count: int, expected: str) -> None:
    use("pl")
    assert ngettext("{count} Page", "{count} Pages", count) == "{count} " + expected


def test_english_plural_needs_no_catalogue() -> None:
    assert [ngettext("Page", "Pages", count) for count in (0, 1, 2)] == ["Pages", "Page", "Pages"]


@pytest.mark.usefixtures("translations")
@pytest.mark.parametrize(
    ("asked", "spoken_now"),
    [
        ("de", "de"),
        ("de_AT", "de"),
        ("de-CH", "de"),
        ("de_DE.UTF-8", "de"),
        ("en_GB", "en"),
        ("fr", "en"),
        ("C.UTF-8", "en"),
        ("", "en"),
        ("../locale/de", "en"),
    ],
)
def test_language_falls_back_to_the_closest_and_then_to_english(asked: str, spoken_now: str) -> None:
    assert (use(asked), current()) == (spoken_now, spoken_now)


@pytest.mark.usefixtures("translations")
def test_languages_with_a_catalogue_are_offered_and_english_always() -> None:
    assert available() == ("de", "en", "pl")


def test_english_is_offered_where_no_translation_is_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource_module, "_ROOTS", (tmp_path,))
    assert available() == ("en",)
    assert use("de") == "en"


@pytest.mark.usefixtures("translations")
def test_system_language_is_taken_when_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "fr:de_AT:en")
    assert use(None) == "de"
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "pl_PL.UTF-8")
    assert use(None) == "pl"


@pytest.mark.usefixtures("translations")
def test_empty_sentence_stays_empty_in_every_language() -> None:
    use("de")
    assert _("") == ""  # gettext alone would answer the header of the catalogue


@pytest.mark.usefixtures("translations")
def test_only_sentence_fields_of_data_are_translated_at_any_depth() -> None:
    use("de")
    data = {
        "id": "Answers first",
        "checked": 2026,
        "page": [{"steps": ["Answers first", "Open {place}."], "link": "Answers first", "action": {"text": "Back"}}],
    }
    assert translate_tree(data) == {
        "id": "Answers first",
        "checked": 2026,
        "page": [
            {
                "steps": ["Antwortet zuerst", "Öffnen Sie {place}."],
                "link": "Answers first",
                "action": {"text": "Back"},
            }
        ],
    }


@pytest.mark.usefixtures("translations")
def test_imported_catalogue_brings_its_own_translations_or_stays_english() -> None:
    own = {"de": {"Press Save": "Speichern"}}
    use("de")
    assert translate("Press Save", own) == "Speichern"
    assert translate("Answers first", own) == "Answers first"  # ours are for our files
    assert translate_tree({"steps": ["Press Save"]}, own) == {"steps": ["Speichern"]}
    use("pl")
    assert translate("Press Save", own) == "Press Save"


def test_language_of_the_test_before_does_not_leak() -> None:
    assert language.current() == "en"
