"""What the system knows of a person who does not want things to move. Qt does not tell."""

import configparser
import ctypes
import os
import subprocess
import sys
from pathlib import Path

_LONGEST = 2.0  # seconds
_ANIMATION_IN_WINDOWS = 0x1042  # SPI_GETCLIENTAREAANIMATION. Source: SystemParametersInfo, Microsoft Learn, 2025
_GNOME = ("gsettings", "get", "org.gnome.desktop.interface", "enable-animations")
_MAC = ("defaults", "read", "com.apple.universalaccess", "reduceMotion")


def is_less_motion_wanted(platform: str = sys.platform) -> bool:
    """Return whether the person asked their system for it; False where that cannot be known. Takes a moment."""
    if platform == "win32":
        is_animated = ctypes.c_int(1)
        windows = getattr(ctypes, "windll")  # noqa: B009 - only there
        windows.user32.SystemParametersInfoW(_ANIMATION_IN_WINDOWS, 0, ctypes.byref(is_animated), 0)
        return not is_animated.value
    if platform == "darwin":
        return _said_by(_MAC) == "1"
    return _is_still_in_kde() or _said_by(_GNOME) == "false"


def _said_by(command: tuple[str, ...]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def _is_still_in_kde() -> bool:
    """Its speed of animations is set to "instant"."""
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    settings = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        settings.read(folder / "kdeglobals", encoding="utf-8")
        return settings.getfloat("KDE", "AnimationDurationFactor", fallback=1.0) == 0.0
    except (OSError, ValueError, configparser.Error):
        return False
