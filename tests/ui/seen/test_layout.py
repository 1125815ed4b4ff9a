"""No text is cut off, lies over another, is untranslated or unturned: on any page, in any state, at any size.

English and the pseudo-languages, each in one look, in every run; in `make soak` all languages that ship, both themes
and all sizes of the window and of the text."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests import pseudo_languages
from tests.simulator.world import PracticeWorld
from tests.ui.cut_text import cut_texts, too_wide
from tests.ui.seen.looks import ALL_SCALES, ALL_SIZES, Look, LookingGlass, looks
from tests.ui.seen.rounds import ROUNDS
from tests.ui.seen.sights import Place
from tests.ui.seen.texts import never_translated, untranslated
from tests.ui.seen.trial_rounds import beside_browser
from tests.ui.seen.turned import unturned
from wizard.core import resource as resource_module
from wizard.i18n import language
from wizard.ui.colours import Scheme
from wizard.ui.theme import Theme
from wizard.ui.window.languages import speak_on_screen

pytestmark = [pytest.mark.serial]

_IS_WHOLE = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
_ALL_LOOKS = looks(tuple(Scheme), ALL_SCALES, ALL_SIZES)
# A change of the style is dear: each language keeps to one. English is where nothing may have to be scrolled sideways,
# which large text in a small window is the trial of.
_ONE_LOOK = {
    "en": Look(Scheme.LIGHT, 2.0, (800, 600)),
    pseudo_languages.LONG: Look(Scheme.DARK, 1.0, (1024, 640)),
    pseudo_languages.MIRRORED: Look(Scheme.LIGHT, 1.5, (1366, 768)),
}
_PSEUDO = (pseudo_languages.LONG, pseudo_languages.MIRRORED)
_LANGUAGES = ("en", *_PSEUDO, *(one for one in language.available() if _IS_WHOLE and one != "en"))


@pytest.fixture
def spoken(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    code = str(request.param)
    if code in _PSEUDO:
        pseudo_languages.compile_into(tmp_path / "locale")
        monkeypatch.setattr(resource_module, "_ROOTS", (tmp_path, *resource_module._ROOTS))
    language.use(code)
    speak_on_screen(qapp)
    yield code
    language.use("en")
    speak_on_screen(qapp)


@pytest.mark.timeout(3600 if _IS_WHOLE else 300)
@pytest.mark.parametrize("spoken", _LANGUAGES, indirect=True)
@pytest.mark.parametrize("name", ROUNDS)
def test_every_page_and_state_is_whole(
    name: str, spoken: str, qtbot: QtBot, world_process: PracticeWorld, theme: Theme
) -> None:
    all_looks = _ALL_LOOKS if _IS_WHOLE else (_ONE_LOOK[spoken],)
    glass = LookingGlass(theme, all_looks)
    names = never_translated(world_process.start, spoken)
    found = dict[str, list[str]]()
    for sight in ROUNDS[name](Place(qtbot, world_process, theme)):
        for look in glass.each(sight.window, sight.is_dialog):
            seen = cut_texts(sight.part)
            if spoken not in _PSEUDO:  # longer words than any that ships may have to be scrolled
                seen += too_wide(sight.part)
            if look is all_looks[0] and spoken == pseudo_languages.LONG:
                seen += untranslated(sight.part, names)
            if look is all_looks[0] and spoken == pseudo_languages.MIRRORED:
                seen += unturned(sight.part)
            for one in seen:
                found.setdefault(one, []).append(f"{sight.name} {look}")
    print(f"{name} in {spoken}: {glass.rests} pictures looked through")
    assert not found, "\n".join(f"{what} ({len(where)} times, first: {where[0]})" for what, where in found.items())


@pytest.mark.parametrize("spoken", ["de", "th"], indirect=True)  # long words, and none with a space after it
def test_nothing_lies_beyond_the_edge_of_the_panel_beside_the_browser(
    spoken: str, qtbot: QtBot, world_process: PracticeWorld, theme: Theme
) -> None:
    glass = LookingGlass(theme, looks((Scheme.LIGHT,), ALL_SCALES, ALL_SIZES[:1]))
    found = [
        f"{sight.name} {look}: {one}"
        for sight in beside_browser(Place(qtbot, world_process, theme))
        for look in glass.each(sight.window, sight.is_dialog)
        for one in too_wide(sight.part)
    ]
    assert not found, spoken
