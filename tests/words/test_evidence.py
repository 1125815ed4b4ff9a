"""What a call answered is told in the person's language, and kept in English."""

from pathlib import Path

import pytest

from tests import pseudo_languages
from wizard.core import resource as resource_module
from wizard.i18n import language
from wizard.words import evidence


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("an empty list", "an empty list"),
        ("works for 5180000 s", "works for 5180000 s"),
        ("without messages, messaging_handovers", "without messages, messaging_handovers"),
        ("code 190, subcode 463", ""),
        ("app_id 263902037430900", ""),
        ("is_published False", ""),
    ],
)
def test_words_are_translated_and_facebooks_own_stay(
    kept: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pseudo_languages.compile_into(tmp_path / "locale")
    monkeypatch.setattr(resource_module, "_ROOTS", (tmp_path, *resource_module._ROOTS))
    assert evidence.answer(kept) == kept
    with language.speaking(pseudo_languages.LONG):
        assert evidence.answer(kept).startswith("⟦") == bool(told)
        assert evidence.call("GET me/subscribed_apps") == "GET me/subscribed_apps"
        assert evidence.call("pasted text").startswith("⟦")
