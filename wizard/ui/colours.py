"""The token table: which colour stands for what, in light and in dark."""

import functools
from dataclasses import dataclass, fields
from enum import StrEnum

from PySide6.QtGui import QColor, QGuiApplication, QPalette

from wizard.core.resource import load_toml

HIGH_CONTRAST = "high_contrast"  # the column, and a property of the application while it is in use
_TABLE = "style/tokens.toml"


class Scheme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Colours:
    """One column of resources/style/tokens.toml."""

    window: QColor
    sidebar: QColor
    line: QColor
    field_line: QColor
    text: QColor
    muted: QColor
    accent: QColor
    accent_strong: QColor
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
    shade: QColor
    practice: QColor
    on_practice: QColor


@functools.cache
def colours_of(scheme: Scheme) -> Colours:
    table = load_toml(_TABLE)[scheme.value]
    return Colours(**{field.name: QColor(table[field.name]) for field in fields(Colours)})


def in_high_contrast(palette: QPalette) -> Colours:
    """Those of the system's palette alone."""

    def colour(name: str) -> QColor:
        group, _dot, role = name.rpartition(".")
        return palette.color(QPalette.ColorGroup[group or "Active"], QPalette.ColorRole[role])

    table = load_toml(_TABLE)[HIGH_CONTRAST]
    return Colours(**{field.name: colour(table[field.name]) for field in fields(Colours)})


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
    return float(load_toml(_TABLE)["type"][role])
