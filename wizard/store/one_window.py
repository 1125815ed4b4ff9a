"""Two windows of one person would undo each other's answers: the first that opened keeps them."""

from contextlib import suppress
from pathlib import Path

from wizard.store.atomic import make_private_folder
from wizard.store.entry_lock import HeldElsewhere, hold, is_held_elsewhere, let_go


class OneWindow:
    """state: `Places().state`. The system frees the claim of a window that crashed."""

    def __init__(self, state: Path) -> None:
        self._lock = state / "window.lock"

    def claim(self) -> bool:
        """Whether this is the only window, from now on. Where nothing can be written nobody claims: nothing is
        overwritten there."""
        try:
            if is_held_elsewhere(self._lock):
                return False
            make_private_folder(self._lock.parent)
            hold(self._lock)
        except HeldElsewhere:  # it was opened this very moment
            return False
        except OSError:
            pass
        return True

    def give_back(self) -> None:
        with suppress(OSError):
            let_go(self._lock)
