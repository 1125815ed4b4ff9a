"""The token table: which colour stands for what, in light and in dark."""

import functools
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QJsonDocument
from PySide6.QtGui import QColor, QGuiApplication, QPalette, qGray

from wizard.core.resource import resource

HIGH_CONTRAST = "high_contrast"  # the column, and a property of the application while it is in use
_TABLE = "style/tokens.json"
_LEAST_APART = 60  # of 255 levels of grey: what is off is read with less than other text, but it is read


class Scheme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


class Colours(NamedTuple):
    """One column of resources/style/tokens.json."""

    window: QColor
    sidebar: QColor
    line: QColor  # decoration only: separates areas that text and space tell apart already
    field_line: QColor  # edge of an input: must be seen to be used
    text: QColor
    muted: QColor
    accent: QColor
    accent_strong: QColor  # pressed, hovered
    accent_soft: QColor
    on_accent: QColor
    ok: QColor
    ok_soft: QColor
    on_ok: QColor
    warning: QColor
    warning_soft: QColor
    problem: QColor
    problem_soft: QColor
    disabled: QColor
    on_disabled: QColor
    hover: QColor
    shade: QColor  # behind an overlay, half transparent
    practice: QColor  # the band of the pretend sites
    on_practice: QColor


@functools.cache
def _table() -> dict[str, dict[str, str]]:
    """Read by Qt: the first page does not wait for Python's own reader."""
    read = QJsonDocument.fromJson(resource(_TABLE).read_bytes())
    table: dict[str, dict[str, str]] = read.toVariant()
    return table


@functools.cache
def colours_of(scheme: Scheme) -> Colours:
    table = _table()[scheme.value]
    return Colours(**{name: QColor(table[name]) for name in Colours._fields})


def in_high_contrast(palette: QPalette) -> Colours:
    """Those of the system's palette alone; one between text and window for what is off, where the system's own cannot
    be told from the window: on some desktops it is the same."""

    def colour(name: str) -> QColor:
        group, _dot, role = name.rpartition(".")
        return palette.color(QPalette.ColorGroup[group or "Active"], QPalette.ColorRole[role])

    table = _table()[HIGH_CONTRAST]  # text on its background: the pair that every palette keeps apart
    colours = Colours(**{name: colour(table[name]) for name in Colours._fields})
    if _apart(colours.on_disabled, colours.window) >= _LEAST_APART:
        return colours
    return colours._replace(on_disabled=_between(colours.text, colours.window))


def _apart(one: QColor, other: QColor) -> int:
    return abs(qGray(one.rgb()) - qGray(other.rgb()))


def _between(one: QColor, other: QColor) -> QColor:
    parts = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(sum(pair) // 2 for pair in parts))


def scheme_of(palette: QPalette) -> Scheme:
    return Scheme.DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else Scheme.LIGHT


def current_colours() -> Colours:
    """The colours in use now. Read them when painting: a change of the application's palette repaints everything."""
    palette, app = QGuiApplication.palette(), QGuiApplication.instance()
    if app is not None and app.property(HIGH_CONTRAST):
        return in_high_contrast(palette)
    return colours_of(scheme_of(palette))


def type_scale(role: str) -> float:
    """Return how many times the body text a role ("title", "sentence", "small", ...) is."""
    return float(_table()["type"][role])
