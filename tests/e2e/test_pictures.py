"""Pictures of every page, of the program itself.

WIZARD_PICTURES names the folder for the README's; WIZARD_ALL_PICTURES a folder for all pages in light and dark, at
100 % and 200 % text, in two sizes of the window, and for all drawings of places outside the wizard, to be looked at
before a release."""

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from tests.measure.tour import Tour, settle
from tests.simulator.world import PracticeWorld
from tests.ui import gallery
from wizard.ui.colours import Scheme
from wizard.ui.theme import Theme

pytestmark = [pytest.mark.pictures, pytest.mark.serial, pytest.mark.qt_log_ignore("This plugin does not support")]

_README = {"welcome": Scheme.LIGHT, "roles": Scheme.LIGHT, "test": Scheme.LIGHT, "finished": Scheme.DARK}
_SIZES = (QSize(1040, 720), QSize(1024, 640))
_SCALES = (1.0, 2.0)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp, scheme=Scheme.LIGHT)
    yield theme
    theme.use_text_scale(1.0)


def test_every_page_has_its_picture(world_process: PracticeWorld, theme: Theme, tmp_path: Path) -> None:
    folder = Path(os.environ.get("WIZARD_PICTURES") or tmp_path)
    everything = os.environ.get("WIZARD_ALL_PICTURES", "")
    tour = Tour(world_process.scenario("new-page"), theme, slow_return=True)
    seen: list[str] = []
    for moment in tour.moments():
        seen.append(moment)
        if moment in _README:
            theme.use_scheme(_README[moment])
            tour.window.resize(_SIZES[0])  # whatever the screen has room for
            _save(tour.window, folder / f"{moment}.png")
            theme.use_scheme(Scheme.LIGHT)
        if everything:
            _save_all(tour.window, theme, Path(everything), f"{len(seen):02}-{moment}")
    tour.close()
    if everything:
        drawings = gallery.sketches()
        drawings.setProperty("plain", True)  # painted like a page
        for scheme, scale in product(Scheme, _SCALES):
            theme.use_scheme(scheme)
            theme.use_text_scale(scale)
            width = round(1300 * scale)
            drawings.resize(width, drawings.heightForWidth(width))
            _save(drawings, Path(everything) / f"drawings-{scheme.value}-{scale:.0%}.png".replace("%", ""))
    assert set(_README) <= set(seen)
    for name, scheme in _README.items():
        picture = QImage(str(folder / f"{name}.png"))
        assert picture.width() == _SIZES[0].width()
        is_dark = QColor(picture.pixel(picture.width() // 2, picture.height() - 8)).lightness() < 128
        assert is_dark == (scheme is Scheme.DARK), name


def _save_all(window: QWidget, theme: Theme, folder: Path, name: str) -> None:
    for scheme, scale, size in product(Scheme, _SCALES, _SIZES):
        theme.use_scheme(scheme)
        theme.use_text_scale(scale)
        window.resize(size)
        kind = f"{scheme.value}-{scale:.0%}".replace("%", "")
        _save(window, folder / f"{kind}-{size.width()}x{size.height()}" / f"{name}.png")
    theme.use_scheme(Scheme.LIGHT)
    theme.use_text_scale(1.0)
    window.resize(_SIZES[0])


def _save(window: QWidget, path: Path) -> None:
    settle(window)
    path.parent.mkdir(parents=True, exist_ok=True)
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)  # no transparency: smaller
    assert image.save(str(path), quality=0), path  # 0: packed as small as can be
