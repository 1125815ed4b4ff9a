"""Pictures of now against the accepted ones, side by side; and contact sheets.

    python -m tests.ui.seen.compare FOLDER [--accept]

FOLDER holds now/LANGUAGE/LOOK/NAME.png, and accepted/ with those of the last acceptance on this machine, which git does
not keep: all together they are hundreds of megabytes. It keeps tests/ui/seen/accepted/LANGUAGE.txt, the signatures of
three languages: whoever has no accepted pictures sees by them what changed, and before as a coarse mosaic."""

import html
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from tests.ui.seen.signatures import changed_fields, painted, read, signature, write

KEPT_LANGUAGES = ("ar", "en", "vi")
_ACCEPTED = Path(__file__).parent / "accepted"
_COLUMNS, _ROWS, _WIDTH, _HEIGHT, _WORDS = 4, 4, 520, 360, 18  # of a contact sheet, in pixels


@dataclass(frozen=True, slots=True)
class Change:
    """name: LANGUAGE/LOOK/NAME. fields: how many of its fields differ. before: None where only a signature is left or
    there is nothing."""

    name: str
    fields: int
    now: Path
    before: Path | None
    signature: str = ""


def changes(folder: Path) -> list[Change]:
    """Return the pictures that are new or differ, the worst first."""
    return sorted(_changes(folder), key=lambda change: (-change.fields, change.name))


def _changes(folder: Path) -> Iterator[Change]:
    for language in sorted((folder / "now").iterdir()):
        known = read(_ACCEPTED / f"{language.name}.txt")
        for now in sorted(language.rglob("*.png")):
            name = now.relative_to(folder / "now").with_suffix("").as_posix()
            before = folder / "accepted" / f"{name}.png"
            kept = known.get(name.split("/", 1)[1], "")
            if before.exists():
                if now.read_bytes() == before.read_bytes():
                    continue
                kept = signature(QImage(str(before)))
            fields = changed_fields(signature(QImage(str(now))), kept)
            if fields:
                yield Change(name, fields, now, before if before.exists() else None, kept)


def show(folder: Path, found: list[Change], count: int) -> Path:
    """Write one page with before, after and their difference. count: of all pictures."""
    shown = folder / "changes"
    shutil.rmtree(shown, ignore_errors=True)
    shown.mkdir()
    rows = []
    for at, change in enumerate(found):
        now = QImage(str(change.now))
        before = _before(change, now)
        if before is not None:
            before.save(str(shown / f"{at}-before.png"), quality=90)
            _difference(before, now).save(str(shown / f"{at}-difference.png"), quality=90)
        cells = [
            f"<img loading=lazy src='{source}'>" if source else "new"
            for source in (
                f"changes/{at}-before.png" if before is not None else "",
                change.now.relative_to(folder).as_posix(),
                f"changes/{at}-difference.png" if before is not None else "",
            )
        ]
        title = f"<tr><th colspan=3>{html.escape(change.name)} ({change.fields} fields)</th></tr>"
        rows.append(f"{title}<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    page = folder / "changes.html"
    head = "<!doctype html><meta charset=utf-8><title>Changed pictures</title>"
    style = (
        "<style>body{font-family:sans-serif}img{width:100%}td{width:33%;vertical-align:top}th{text-align:left}</style>"
    )
    said = f"<h1>{len(found)} of {count} pictures changed</h1><p>before | after | difference</p>"
    page.write_text(f"{head}{style}{said}<table>{''.join(rows)}</table>", encoding="utf-8")
    return page


def _before(change: Change, now: QImage) -> QImage | None:
    if change.before is not None:
        return QImage(str(change.before))
    return painted(change.signature, now.width(), now.height()) if change.signature else None


def _difference(before: QImage, now: QImage) -> QImage:
    """Black where both are alike."""
    made = now.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(made)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, before.convertToFormat(QImage.Format.Format_RGB32))
    painter.end()
    return made


def accept(folder: Path) -> None:
    """What is there now is right."""
    for language in sorted((folder / "now").iterdir()):
        target = folder / "accepted" / language.name
        shutil.copytree(language, target, dirs_exist_ok=True)
        if language.name in KEPT_LANGUAGES:
            path = _ACCEPTED / f"{language.name}.txt"
            seen = {
                one.relative_to(language).with_suffix("").as_posix(): signature(QImage(str(one)))
                for one in language.rglob("*.png")
            }
            looks = {name.split("/")[0] for name in seen}
            others = {name: text for name, text in read(path).items() if name.split("/")[0] not in looks}
            write(path, {**others, **seen})


def sheets(folder: Path) -> list[Path]:
    """Write the contact sheets of each language and look: all pages and states, small."""
    made = []
    for look in sorted(path for path in (folder / "now").glob("*/*") if path.is_dir()):
        pictures = sorted(look.glob("*.png"))
        size = _COLUMNS * _ROWS
        for number, start in enumerate(range(0, len(pictures), size), start=1):
            path = folder / "sheets" / f"{look.parent.name}-{look.name}-{number}.png"
            path.parent.mkdir(exist_ok=True)
            _sheet(pictures[start : start + size]).save(str(path), quality=90)
            made.append(path)
    return made


def _sheet(pictures: list[Path]) -> QImage:
    rows = -(-len(pictures) // _COLUMNS)
    made = QImage(_COLUMNS * _WIDTH, rows * _HEIGHT, QImage.Format.Format_RGB32)
    made.fill(QColor("gray"))
    painter = QPainter(made)
    for at, path in enumerate(pictures):
        x, y = at % _COLUMNS * _WIDTH, at // _COLUMNS * _HEIGHT
        ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        painter.drawImage(x, y, QImage(str(path)).scaled(_WIDTH - 6, _HEIGHT - _WORDS - 6, ratio, smooth))
        painter.drawText(QRect(x, y + _HEIGHT - _WORDS, _WIDTH, _WORDS), path.stem)
    painter.end()
    return made


def main() -> None:
    _app = QGuiApplication([])
    folder = Path(sys.argv[1])
    if "--accept" in sys.argv[2:]:
        accept(folder)
        return
    count = sum(1 for _one in (folder / "now").rglob("*.png"))
    found = changes(folder)
    page = show(folder, found, count)
    print(f"{count} pictures compared, {len(found)} changed or new: {page}")
    print(f"{len(sheets(folder))} contact sheets: {folder / 'sheets'}")


if __name__ == "__main__":
    main()
