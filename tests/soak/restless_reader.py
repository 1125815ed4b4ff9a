"""Reads all that a program shows, as a screen reader without a cache: again and again, until its input closes. Then it
prints how often it read all, and how many things in all.

restless_reader.py PID. Runs in Debian's own Python, which has the bindings of the accessibility bus."""

import select
import sys

import gi  # type: ignore[import-not-found] # belongs to Debian's own Python

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found] # noqa: E402


def read(node: "Atspi.Accessible") -> int:
    """Count the children, then ask for each by its number, for its name and its role. Return how many were there."""
    count = 1
    for number in range(node.get_child_count()):
        child = node.get_child_at_index(number)
        if child is not None:
            child.get_name()
            child.get_role_name()
            count += read(child)
    return count


def read_program(pid: int) -> int:
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    for number in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(number)
        if program is not None and program.get_process_id() == pid:
            program.set_cache_mask(Atspi.Cache.NONE)
            return read(program)
    return 0


times, things = 0, 0
while not select.select([sys.stdin], [], [], 0)[0]:
    try:
        things += read_program(int(sys.argv[1]))
        times += 1
    except GLib.Error:  # a widget went while it was read
        continue
print(times, things, flush=True)
