"""No text is cut off or lies over another, on any page, in long and in mirrored languages, at any size of the text."""

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from tests import pseudo_languages
from tests.measure.tour import Tour, settle
from tests.simulator.world import PracticeWorld
from tests.ui.cut_text import cut_texts
from wizard.core import resource as resource_module
from wizard.i18n import language
from wizard.ui.colours import Scheme
from wizard.ui.theme import Theme
from wizard.ui.window.languages import speak_on_screen

pytestmark = [pytest.mark.serial, pytest.mark.qt_log_ignore("This plugin does not support")]

_FEW = ((QSize(1024, 640), 1.0), (QSize(800, 600), 2.0))
_ALL = tuple(product((QSize(800, 600), QSize(1024, 640), QSize(1366, 768), QSize(2560, 1440)), (1.0, 1.5, 2.0)))


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp, scheme=Scheme.LIGHT)
    yield theme
    theme.use_text_scale(1.0)
    language.use("en")
    speak_on_screen(qapp)


@pytest.mark.parametrize("code", ["en", pseudo_languages.LONG, pseudo_languages.MIRRORED])
def test_on_no_page_text_is_cut(
    code: str,
    world_process: PracticeWorld,
    theme: Theme,
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pseudo_languages.compile_into(tmp_path / "locale")
    monkeypatch.setattr(resource_module, "_ROOTS", (tmp_path, *resource_module._ROOTS))
    language.use(code)
    speak_on_screen(qapp)
    found = list[str]()
    tour = Tour(world_process.scenario("new-page"), theme, slow_return=True)
    for moment in tour.moments():
        for size, scale in _ALL if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else _FEW:
            theme.use_text_scale(scale)
            tour.window.resize(size)
            settle(tour.window)
            found += [f"{moment} {size.width()} {scale}: {one}" for one in cut_texts(tour.window)]
        theme.use_text_scale(1.0)
        tour.window.resize(_FEW[0][0])
    tour.close()
    assert found == []
