"""An X display as a person has it: pictures of it, a pointer and a button. Nothing is asked of what is on it."""

import ctypes
import ctypes.util
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_ALL_PLANES, _Z_PIXMAP = ~0 & 0xFFFFFFFF, 2  # Xlib.h, X.h


class _Image(ctypes.Structure):
    """The first fields of XImage, Xlib.h."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("width", "height", "xoffset", "format")),
        ("data", ctypes.POINTER(ctypes.c_char)),
        *((name, ctypes.c_int) for name in ("byte_order", "unit", "bit_order", "pad", "depth", "bytes_per_line")),
    )


@dataclass(frozen=True, slots=True)
class Box:
    x: int
    y: int
    width: int
    height: int


class Screen:
    """name: of the display, None for $DISPLAY. Raises OSError where there is none."""

    def __init__(self, name: str | None = None) -> None:
        self._x, self._test = _library("X11"), _library("Xtst")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XGetImage.restype = ctypes.POINTER(_Image)
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(name.encode() if name is not None else None))
        if self._display.value is None:
            raise OSError("there is no X display")
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        screen = ctypes.c_int(self._x.XDefaultScreen(self._display))
        width = self._x.XDisplayWidth(self._display, screen)
        self.whole = Box(0, 0, width, self._x.XDisplayHeight(self._display, screen))

    def picture(self, box: Box) -> bytes:
        """Four bytes a pixel, blue first, line by line. box: within the screen."""
        sides = [ctypes.c_uint(side) for side in (box.width, box.height)]
        image = self._x.XGetImage(
            self._display, self._root, box.x, box.y, *sides, ctypes.c_ulong(_ALL_PLANES), _Z_PIXMAP
        )
        picture = ctypes.string_at(image.contents.data, image.contents.bytes_per_line * box.height)
        self._x.XDestroyImage(image)
        return picture

    def point_at(self, x: int, y: int) -> None:
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, ctypes.c_ulong(0))
        self._x.XSync(self._display, 0)

    def click(self) -> None:
        """The left button, where the pointer is."""
        for is_down in (1, 0):
            self._test.XTestFakeButtonEvent(self._display, 1, is_down, ctypes.c_ulong(0))
        self._x.XSync(self._display, 0)

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)


def _library(name: str) -> ctypes.CDLL:
    return ctypes.CDLL(ctypes.util.find_library(name) or f"lib{name}.so.6")


@contextmanager
def without_window_manager() -> Iterator[str]:
    """A display of its own on which no window is ever brought to the front; its name."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1440x1000x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()
