"""Pictures of every page and state in each language and look, for `make pictures`. One process a language.

WIZARD_SEEN names the folder; LANGUAGES, THEMES, TEXT (in percent) and SIZES choose, all of them where they are empty.
What a picture shows by chance is pinned here: codes, IDs and tokens, the port of the practice world, the time."""

import os
import secrets
import shutil
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld, start_world
from tests.ui.harness import MachineClock
from tests.ui.seen.looks import LookingGlass, Size, looks
from tests.ui.seen.rounds import ROUNDS
from tests.ui.seen.sights import Place
from wizard.i18n import language
from wizard.ui.colours import Scheme
from wizard.ui.theme import Theme
from wizard.ui.window.languages import speak_on_screen

pytestmark = [pytest.mark.pictures, pytest.mark.serial]

_PORT = 47_300
_BEGIN = "2026-11-30T10:00:00Z"
_BEGIN_SECONDS = 1_796_032_800.0
_CODE = 544  # the test of a handover gets 1544


def _chosen(name: str, usual: str) -> list[str]:
    return (os.environ.get(name) or usual).split()


def _size(text: str) -> Size:
    width, height = text.split("x")
    return int(width), int(height)


def _pinned_world(stack: ExitStack, number: int) -> PracticeWorld:
    """At a port of its own; at another one where something listens there already."""
    options = ("--scenario", "new-page", "--id-seed", "1", "--clock", _BEGIN)
    for port in (_PORT + number, _PORT + 50 + number):
        with suppress(AssertionError):
            return stack.enter_context(start_world(port=port, options=options))
    return stack.enter_context(start_world(options=options))


@pytest.fixture
def folder() -> Path:
    return Path(os.environ["WIZARD_SEEN"])


@pytest.mark.skipif("WIZARD_SEEN" not in os.environ, reason="takes minutes: make pictures")
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("code", _chosen("LANGUAGES", " ".join(language.available())))
def test_every_page_and_state_has_its_picture(
    code: str, folder: Path, qtbot: QtBot, qapp: QApplication, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "randbelow", lambda _limit: _CODE)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    ahead = _BEGIN_SECONDS - time.time()
    monkeypatch.setattr(MachineClock, "now", lambda _clock: time.time() + ahead)
    qapp.setCursorFlashTime(0)
    language.use(code)
    speak_on_screen(qapp)
    target = folder / "now" / code
    shutil.rmtree(target, ignore_errors=True)
    glass = LookingGlass(
        theme,
        looks(
            [Scheme(one) for one in _chosen("THEMES", "light dark")],
            [int(one) / 100 for one in _chosen("TEXT", "100 200")],
            [_size(one) for one in _chosen("SIZES", "1024x640")],
        ),
    )
    names = set[str]()
    begun = time.monotonic()
    with ExitStack() as stack:
        world = _pinned_world(stack, language.available().index(code))
        for make in ROUNDS.values():
            for sight in make(Place(qtbot, world, theme)):
                names.add(sight.name)
                for look in glass.each(sight.window, sight.is_dialog):
                    path = target / str(look) / f"{sight.name}.png"
                    path.parent.mkdir(parents=True, exist_ok=True)
                    picture = sight.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
                    assert picture.save(str(path), quality=75), path  # 75: quickly, not as small as can be
    print(f"{code}: {glass.rests} pictures of {len(names)} pages and states in {time.monotonic() - begun:.0f} s")
    language.use("en")
    speak_on_screen(qapp)
    assert glass.rests >= len(names) > 40
