"""Styles the whole application: palette, body font and one stylesheet, from one token table.

Follows the system's light or dark mode and text size while the program runs."""

import string
import sys

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from wizard.core.resource import resource
from wizard.ui.colours import HIGH_CONTRAST, Colours, Scheme, colours_of, in_high_contrast, scheme_of, type_scale
from wizard.ui.metrics import body_pixels, em

_LINUX_SMALLEST = 11.0  # points; without a desktop's own setting Qt falls back to 9, too small for reading


def body_points(system_points: float, platform: str) -> float:
    """Return the size of body text for the size the system uses for labels.

    Windows keeps 9 pt for old dialogs, while its own settings pages read at 14 px = 10.5 pt."""
    if platform == "win32":
        return system_points * 10.5 / 9
    if platform == "darwin":
        return system_points
    return max(system_points, _LINUX_SMALLEST)


class Theme(QObject):
    """One per application, whose style is Fusion; built before the first window.

    text_scale: 2.0 doubles all text (for screenshots and tests; in life the system's size decides).
    scheme: fixed light or dark instead of the system's."""

    changed = Signal()

    def __init__(self, app: QApplication, text_scale: float = 1.0, scheme: Scheme | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._text_scale = text_scale
        self._fixed_scheme = scheme
        self._original_scheme = scheme_of(app.palette())
        self._applied: tuple[Scheme | QPalette, float, str] | None = None
        app.styleHints().colorSchemeChanged.connect(self.refresh)
        if hasattr(app.styleHints(), "accessibility"):  # Qt 6.10
            app.styleHints().accessibility().contrastPreferenceChanged.connect(self.refresh)
        self.refresh()

    @property
    def scheme(self) -> Scheme:
        if self._fixed_scheme is not None:
            return self._fixed_scheme
        told = self._app.styleHints().colorScheme()
        if told == Qt.ColorScheme.Unknown:  # desktops without the setting: what Qt chose before we painted over it
            return self._original_scheme
        return Scheme.DARK if told == Qt.ColorScheme.Dark else Scheme.LIGHT

    @property
    def is_high_contrast(self) -> bool:
        """Whether the system asks for it. A scheme that was fixed stays."""
        hints = self._app.styleHints()
        if self._fixed_scheme is not None or not hasattr(hints, "accessibility"):
            return False
        return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast

    def use_scheme(self, scheme: Scheme | None) -> None:
        """Fix light or dark, or follow the system again with None."""
        self._fixed_scheme = scheme
        self.refresh()

    def use_text_scale(self, text_scale: float) -> None:
        self._text_scale = text_scale
        self.refresh()

    def refresh(self) -> None:
        """Read the system's settings again and apply them if they changed. The shell calls it on ThemeChange."""
        body_pixels.cache_clear()
        system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        points = body_points(system.pointSizeF(), sys.platform) * self._text_scale
        is_high = self.is_high_contrast
        if is_high:
            self._app.setPalette(QPalette())  # the system's own again, and it stays
        wanted = (self._app.palette() if is_high else self.scheme, points, system.family())
        if wanted == self._applied:
            return
        self._applied = wanted
        font = QFont(system)
        font.setPointSizeF(points)
        colours = in_high_contrast(self._app.palette()) if is_high else colours_of(self.scheme)
        self._app.setStyleSheet("")  # a sheet in place of another is three times as slow as one in place of none
        self._app.setFont(font)
        body_pixels.cache_clear()  # parts that were told of the missing sheet have asked
        self._app.setProperty(HIGH_CONTRAST, is_high)
        if not is_high:
            self._app.setPalette(palette_of(colours))
        self._app.setStyleSheet(stylesheet(colours, points))
        self.changed.emit()


def palette_of(colours: Colours) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette(colours.window)
    for name, colour in (
        (role.Window, colours.window),
        (role.Base, colours.window),
        (role.AlternateBase, colours.sidebar),
        (role.Button, colours.window),
        (role.ToolTipBase, colours.window),
        (role.WindowText, colours.text),
        (role.Text, colours.text),
        (role.ButtonText, colours.text),
        (role.ToolTipText, colours.text),
        (role.BrightText, colours.problem),
        (role.PlaceholderText, colours.muted),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Accent, colours.accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.Mid, colours.field_line),
    ):
        palette.setColor(name, colour)
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, name, colours.muted)
    return palette


def stylesheet(colours: Colours, points: float) -> str:
    """Fill resources/style/window.qss. points: size of body text; lengths follow the application's font."""
    mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    values: dict[str, str] = {"mono": f'"{mono}"'}
    for name, colour in colours._asdict().items():
        values[name] = colour.name()
    for role in ("title", "sentence", "small", "product"):
        values[f"{role}_pt"] = f"{points * type_scale(role):.2f}"
    lengths = {
        "radius": em(0.6),
        "radius_small": em(0.4),
        "pad_y": em(0.45),
        "pad_x": em(1.2),
        "pad_small": em(0.35),
        "pad_field": em(0.5),
        "line_height": em(1.35),
        "bar": em(0.4),
        "bar_half": em(0.2),
        "scroll": em(0.8),
        "scroll_gap": em(0.2),
    }
    for name in ("pad_y", "pad_x", "pad_small", "pad_field"):
        lengths[f"{name}_less"] = max(0, lengths[name] - 1)  # a focus ring is one pixel thicker than the edge
    lengths["pad_field_least"] = max(0, lengths["pad_field"] - 3)  # where an edge is thick already, its ring is inside
    values.update({name: str(length) for name, length in lengths.items()})
    template = resource("style/window.qss").read_text(encoding="utf-8")
    return string.Template(template).substitute(values)
