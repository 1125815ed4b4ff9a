"""What a picture looks like from afar, in a line of text: small enough to be kept beside the source."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

COLUMNS, ROWS = 24, 14
_SHADES = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"  # dark to light
_TOLERANCE = 2  # shades: another machine smooths letters otherwise, and a clock on the page goes on


def signature(picture: QImage) -> str:
    """Return the mean lightness of each field of a grid, row by row."""
    small = picture.convertToFormat(QImage.Format.Format_Grayscale8).scaled(
        COLUMNS, ROWS, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return "".join(
        _SHADES[small.pixelColor(column, row).lightness() // 4] for row in range(ROWS) for column in range(COLUMNS)
    )


def changed_fields(one: str, other: str) -> int:
    """Return how many fields of two signatures differ so that it can be seen."""
    if len(one) != len(other):
        return ROWS * COLUMNS
    return sum(abs(_SHADES.index(a) - _SHADES.index(b)) > _TOLERANCE for a, b in zip(one, other, strict=True))


def painted(text: str, width: int, height: int) -> QImage:
    """Return a signature as a picture, for whoever has no better one of that time."""
    small = QImage(COLUMNS, ROWS, QImage.Format.Format_Grayscale8)
    for at, shade in enumerate(text[: COLUMNS * ROWS]):
        small.setPixel(at % COLUMNS, at // COLUMNS, 0xFF000000 | 0x010101 * (_SHADES.index(shade) * 4))
    mode = Qt.TransformationMode.SmoothTransformation
    return small.scaled(width, height, Qt.AspectRatioMode.IgnoreAspectRatio, mode)


def read(path: Path) -> dict[str, str]:
    """Return signatures by the name of their picture, none where there is no file."""
    if not path.exists():
        return {}
    return dict(line.split(" ", 1) for line in path.read_text(encoding="ascii").splitlines() if line)


def write(path: Path, signatures: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{name} {text}\n" for name, text in sorted(signatures.items())), encoding="ascii")
