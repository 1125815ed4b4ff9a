"""Every pair of colours that carries text or meaning reaches WCAG 2.2 AA, in light and in dark."""

import pytest
from PySide6.QtGui import QColor

from wizard.ui.colours import Scheme, colours_of

TEXT, SHAPE = 4.5, 3.0

PAIRS = [
    *((text, back, TEXT) for text in ("text", "muted", "accent") for back in ("window", "sidebar")),
    *(("text", back, TEXT) for back in ("accent_soft", "ok_soft", "warning_soft", "problem_soft", "hover")),
    *(("muted", back, TEXT) for back in ("accent_soft", "hover")),
    *((sign, "window", TEXT) for sign in ("ok", "warning", "problem")),
    *((sign, f"{sign}_soft", SHAPE) for sign in ("ok", "warning", "problem", "accent")),
    ("accent", "problem_soft", TEXT),  # the Details button in a notice
    ("accent", "warning_soft", TEXT),
    ("accent", "ok_soft", TEXT),
    ("accent", "accent_soft", TEXT),
    ("on_accent", "accent", TEXT),
    ("on_accent", "accent_strong", TEXT),
    ("on_ok", "ok", SHAPE),
    ("on_practice", "practice", TEXT),
    ("on_disabled", "disabled", SHAPE),
    ("field_line", "window", SHAPE),
    ("accent", "window", SHAPE),  # focus ring
]


def luminance(colour: QColor) -> float:
    """Relative luminance. Source: WCAG 2.2, definition of relative luminance."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: QColor, second: QColor) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_pair_can_be_read(scheme: Scheme, front: str, back: str, least: float) -> None:
    colours = colours_of(scheme)
    assert contrast(getattr(colours, front), getattr(colours, back)) >= least
