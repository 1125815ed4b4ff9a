"""Dies at every system call of a change, each time in a child of its own, and tells what each death left behind.

    python -m tests.targets.crashes apply|undo PRESET FILE KEY STATE APP_ID

Nothing chooses which calls count: the child is traced, and killed as it enters its first call, then its second, and so
on to the end. So none can be forgotten, whether on the file, its temporary one, the backup, the note or the lock.
Prints a JSON list, one object a death.
"""

import ctypes
import gc
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from wizard.core.target import TargetChoice
from wizard.core.world import World
from wizard.targets.base import Applied, Target
from wizard.targets.choose import target_for
from wizard.targets.presets import load_presets
from wizard.targets.unfinished import Unfinished

# Of <sys/ptrace.h>; the same on every machine that Linux runs on.
_TRACEME, _SYSCALL, _SETOPTIONS = 0, 24, 0x4200
_O_TRACESYSGOOD, _O_EXITKILL = 1, 0x100000
_AT_CALL = signal.SIGTRAP | 0x80

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long


def _trace(request: int, child: int = 0, data: int = 0) -> None:
    if _libc.ptrace(request, child, None, data) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")


def dies_at(number: int, work: Callable[[], object]) -> bool:
    """Do the work in a child that is killed as it enters its call of this number, from 1. False: it ended before."""
    child = os.fork()
    if child == 0:
        _trace(_TRACEME)
        os.kill(os.getpid(), signal.SIGSTOP)
        try:
            work()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    _trace(_SETOPTIONS, child, _O_TRACESYSGOOD | _O_EXITKILL)
    stops = 0
    while True:
        _trace(_SYSCALL, child)
        _, status = os.waitpid(child, 0)
        if not os.WIFSTOPPED(status):
            return False
        if os.WSTOPSIG(status) == _AT_CALL:
            stops += 1
            if stops == 2 * number - 1:  # a call stops twice: as it is entered and as it returns
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return True


class Change:
    """One that is done over and over, from the same start."""

    def __init__(self, is_undo: bool, choice: TargetChoice, state: Path, app_id: str) -> None:
        self._is_undo, self._file, self._state, self._app_id = is_undo, Path(choice.path), state, app_id
        self._start = self._file.read_bytes() if self._file.exists() else None
        self._target: Target = target_for(choice, load_presets(), World(), state)
        self._applied = Applied(app_id)

    def prepare(self) -> Callable[[], object]:
        """Put everything at its start, and return what changes it."""
        self._file.unlink(missing_ok=True)
        if self._start is not None:
            self._file.write_bytes(self._start)
        if self._state.exists():
            shutil.rmtree(self._state)
        plan = self._target.plan(self._app_id)
        if not self._is_undo:
            return lambda: self._target.apply(plan)
        applied = self._target.apply(plan)
        return lambda: self._target.undo(applied)

    def left(self) -> dict[str, object]:
        """What stands there now, and after the next start of the program."""
        held = self._file.read_bytes().hex() if self._file.exists() else None
        beside = self._names(self._file.parent)
        Unfinished(self._state).clear()
        after = {
            "beside_after_start": self._names(self._file.parent),
            "state_after_start": [Path(name).suffix for name in self._names(self._state)],
            "backups": [path.read_bytes().hex() for path in self._state.glob("*.backup")],
        }
        self._target.apply(self._target.plan(self._app_id))
        return {"file": held, "beside": beside, **after, "next_time": self._target.read_back()}

    def _names(self, folder: Path) -> list[str]:
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def main() -> None:
    act, preset, file, key, state, app_id = sys.argv[1:]
    change = Change(act == "undo", TargetChoice(preset, file, key), Path(state), app_id)
    change.prepare()()  # what is imported when first needed is there, in the children too
    gc.disable()
    gc.freeze()
    deaths: list[dict[str, object]] = []
    while dies_at(len(deaths) + 1, change.prepare()):
        deaths.append(change.left())
    print(json.dumps(deaths))


if __name__ == "__main__":
    main()
