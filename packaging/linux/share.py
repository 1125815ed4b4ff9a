"""What both packages put beside the program: menu entry, icons, file type, description, manual page."""

import gzip
import shutil
from datetime import datetime
from pathlib import Path

import package_words
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from linux.man_page import man_page
from wizard.i18n import language

_HERE = Path(__file__).resolve().parent
_ICONS = _HERE.parents[1] / "resources" / "icons"
_SIZES = (16, 24, 32, 48, 64, 128, 256)
_PICTURES = {"apps/handover-wizard": _ICONS / "handover-wizard.svg"} | {
    "mimetypes/application-x-handover-setup": _HERE / "handover-setup.svg"
}


def put_share(share: Path, version: str, date: datetime) -> None:
    """Fill a folder as /usr/share is filled."""
    entry = _copy(_HERE / "handover-wizard.desktop", share / "applications")
    entry.write_text(package_words.desktop_entry(entry.read_text(encoding="utf-8")), encoding="utf-8")
    mime = _copy(_HERE / "handover-wizard.mime.xml", share / "mime" / "packages")
    mime.write_text(package_words.xml(mime.read_text(encoding="utf-8")), encoding="utf-8")
    mime.rename(mime.with_name("handover-wizard.xml"))
    about = _copy(_HERE / "handover-wizard.metainfo.xml", share / "metainfo")
    said = about.read_text(encoding="utf-8").replace("@VERSION@", version).replace("@DATE@", f"{date:%Y-%m-%d}")
    about.write_text(package_words.xml(said), encoding="utf-8")
    for name, source in _PICTURES.items():
        put_icon(source, share / "icons" / "hicolor", name)
    for code in language.available():
        folder = share / "man" / ("" if code == language.ENGLISH else code) / "man1"
        folder.mkdir(parents=True)
        page = man_page(version, f"{date:%Y-%m-%d}", code)
        (folder / "handover-wizard.1.gz").write_bytes(gzip.compress(page.encode(), 9, mtime=0))


def put_icon(source: Path, theme: Path, name: str) -> None:
    """Put a drawing, and pictures of it, into an icon theme. name: "apps/handover-wizard"."""
    drawing = theme / "scalable" / f"{name}.svg"
    drawing.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, drawing)
    for size in _SIZES:
        picture = QImage(size, size, QImage.Format.Format_ARGB32)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        QSvgRenderer(str(source)).render(painter)
        painter.end()
        path = theme / f"{size}x{size}" / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not picture.save(str(path)):
            raise OSError(f"{path} could not be written")


def _copy(source: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(source, folder / source.name))
