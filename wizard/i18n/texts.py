"""Sentences that are kept as data: the fields title, text, action and steps of `resources/*.toml`.

`packaging/babel_toml.py` takes them into the same catalogue as the sentences of the source. A catalogue the user
imported carries its own translations instead: `[translations.LANG]`, the English sentence to the translated one.
"""

from collections.abc import Mapping
from typing import Any

from wizard.i18n.language import _, current

FIELDS = ("title", "text", "action", "steps")

Translations = Mapping[str, Mapping[str, str]]


def translate(sentence: str, translations: Translations | None = None) -> str:
    """Return a sentence of a data file in the current language, English where there is no translation.

    translations: those an imported catalogue carries, by language code; None for the files we ship.
    """
    if translations is None:
        return _(sentence)
    language = current()
    for code in (language, language.split("_")[0]):
        if translated := translations.get(code, {}).get(sentence):
            return translated
    return sentence


def translate_tree(data: Any, translations: Translations | None = None) -> Any:
    """Return a copy of what a TOML file holds with every sentence, at any depth, in the current language.

    Only the fields title, text, action and steps are sentences; ids, links, dates and other fields stay as they are.
    """
    if isinstance(data, Mapping):
        return {
            key: _translate_field(value, translations) if key in FIELDS else translate_tree(value, translations)
            for key, value in data.items()
        }
    if isinstance(data, list):
        return [translate_tree(value, translations) for value in data]
    return data


def _translate_field(value: Any, translations: Translations | None) -> Any:
    if isinstance(value, str):
        return translate(value, translations)
    if isinstance(value, list):
        return [_translate_field(part, translations) for part in value]
    return translate_tree(value, translations)
