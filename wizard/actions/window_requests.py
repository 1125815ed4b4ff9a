"""What windows of this program want of each other: the one that is open comes to the front, and takes over."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from wizard.core.answers import Answers, load_types, with_changes
from wizard.store.places import LIFE, Places
from wizard.store.window_requests import WindowRequest, WindowRequests, wait_until_taken

__all__ = ["WindowRequest", "WindowRequests", "ask_open_window", "go_for_real", "with_products"]

_CARRIED = ("bot_product", "live_chat_product")  # names that a person said; no token, no number, nothing that was seen
_PATIENCE = 1.5  # seconds; a window that is open takes it at once


def ask_open_window(state: Path, files: Sequence[Path] = ()) -> bool:
    """Have the window that is open come to the front and open files. Return whether it did. Takes a moment."""
    paths = tuple(str(path.absolute()) for path in files)
    return _post(state, WindowRequest(paths), _PATIENCE)


def go_for_real(practised: Answers) -> bool:
    """From practice: have the real window, if one is open, come to the front with the products that were practised
    with. Else a window that is started within a minute takes them. Return whether one is open. Takes a moment."""
    values = asdict(practised)
    carried = {name: values[name] for name in _CARRIED if values.get(name) is not None}
    state = Places(LIFE).state
    if _post(state, WindowRequest(products=carried), _PATIENCE):
        return True
    with suppress(OSError):  # else they are asked again
        WindowRequests(state).post(WindowRequest(products=carried))
    return False


def with_products(answers: Answers, products: Mapping[str, Any] | None) -> Answers:
    """Return answers with products that were practised with, where none was named for real. What cannot be read is
    left out: it is asked again."""
    if not products or any(getattr(answers, name, None) is not None for name in _CARRIED):
        return answers
    load_types()
    try:
        read = msgspec.convert({name: products[name] for name in _CARRIED if name in products}, Answers)
    except msgspec.ValidationError:
        return answers
    found = {name: value for name in _CARRIED if (value := getattr(read, name, None)) is not None}
    return with_changes(answers, **found)


def _post(state: Path, request: WindowRequest, patience: float) -> bool:
    try:
        posted = WindowRequests(state).post(request)
    except OSError:
        return False
    return wait_until_taken(posted, patience)
